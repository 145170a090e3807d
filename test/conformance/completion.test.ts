/** Compares what the language server proposes with a recorded corpus, where there is one. */
import { expect, test } from 'vitest';
import { compared } from './compared.ts';
import { completionAnswers, parseCompletionCases } from './completion-answer.ts';
import { corpus, isCorpusThere, recordedLines } from './corpus.ts';

test('completion proposes all that the recorded corpus has, except where a deviation is declared', async () => {
    if (!isCorpusThere()) return;
    const lines = recordedLines('completion.jsonl');
    const answers = await completionAnswers(parseCompletionCases(lines.join('\n')), corpus);
    const { status, output } = compared(lines, answers, ['--completion']);
    expect(output).toContain(' 0 failed');
    expect(status).toBe(0);
});
