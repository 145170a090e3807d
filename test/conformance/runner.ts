/**
 * Answers the lines of a recorded corpus with what the language says, or proposes:
 * `npm run --silent conformance -- EXPECTED.jsonl CORPUS_DIR > ACTUAL.jsonl`, or
 * `npm run --silent conformance -- --completion COMPLETION.jsonl CORPUS_DIR > ACTUAL.jsonl`.
 */
import { readFileSync } from 'node:fs';
import { answersFor, parseCases } from './answer.ts';

const words = process.argv.slice(2);
const [casesFile, corpus, ...rest] = words.filter((word) => word !== '--completion');
if (casesFile === undefined || corpus === undefined || rest.length > 0) {
    console.error('usage: conformance [--completion] CASES.jsonl CORPUS_DIR');
    process.exit(2);
}
const text = readFileSync(casesFile, 'utf8');
const answers = words.includes('--completion')
    ? await completionsFor(text, corpus)
    : answersFor(parseCases(text), corpus);
for (const answer of answers) process.stdout.write(`${JSON.stringify(answer)}\n`);

/** A language server is only started for questions about completion. */
async function completionsFor(cases: string, directory: string): Promise<readonly object[]> {
    const { completionAnswers, parseCompletionCases } = await import('./completion-answer.ts');
    return completionAnswers(parseCompletionCases(cases), directory);
}
