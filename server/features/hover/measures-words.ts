/** Handlers and fixed words of probes. */
import type { Position } from 'vscode-languageserver/node';
import { FILE_ACTIONS, NAGIOS_SERVER, probeHandlerCalled } from '../../../language/index.ts';
import type { Lines } from '../line-context.ts';
import { measuresPlaceAt } from '../measures-context.ts';
import { codeBlock, keywordMarkdown } from '../wording.ts';
import { explained, type ExplainedWord, wordTouching } from './word-at.ts';

/** The word of the language at a position. */
export function measuresWord(lines: Lines, { line, character }: Position): ExplainedWord | undefined {
    const text = lines[line] ?? '';
    const header = wordTouching(text, /^\s*\[event\s+(?<word>[^\s\]]+)/dgi, character);
    const handler = probeHandlerCalled(header?.text ?? '');
    if (handler !== undefined)
        return explained(header, `**${handler.name}** — ${keywordMarkdown(handler, 'roboconf-measures')}`);
    const place = measuresPlaceAt(lines, line, character);
    if (place?.kind !== 'body') return undefined;
    const known = probeHandlerCalled(place.handler);
    const word = wordTouching(text, PHRASES, character);
    if (known === undefined || word === undefined) return undefined;
    return explained(word, `${codeBlock(known.form, 'roboconf-measures')}\n\n${known.summary}`);
}

const PHRASES = new RegExp(
    `^\\s*(?<word>${FILE_ACTIONS.delete}|${FILE_ACTIONS.notify}|${NAGIOS_SERVER}|check\\b)`,
    'dgi',
);
