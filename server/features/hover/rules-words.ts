/** Words and attributes of rules. */
import type { Position } from 'vscode-languageserver/node';
import { RULE_ATTRIBUTES, RULE_KEYWORDS } from '../../../language/index.ts';
import type { Lines } from '../line-context.ts';
import { rulesPlaceAt } from '../rules-context.ts';
import { keywordMarkdown } from '../wording.ts';
import { explained, type ExplainedWord, wordTouching } from './word-at.ts';

/** The word of the language at a position. */
export function rulesWord(lines: Lines, { line, character }: Position): ExplainedWord | undefined {
    if (rulesPlaceAt(lines, line, character) === null) return undefined;
    const text = lines[line] ?? '';
    const sentence = wordTouching(text, /(?<word>\b(?:sleep period|time window|occurrences) is\s+\d+s?)/dgi, character);
    const attribute = RULE_ATTRIBUTES.find(({ name }) => sentence?.text.toLowerCase().startsWith(name) === true);
    if (attribute !== undefined) return explained(sentence, keywordMarkdown(attribute, 'roboconf-rules'));
    const word = wordTouching(text, /\b(?<word>rule(?=\s+")|when\b|then\b|end\b)/dgi, character);
    const keyword = RULE_KEYWORDS.find(({ name }) => name === word?.text.toLowerCase());
    return explained(word, keyword === undefined ? undefined : keywordMarkdown(keyword, 'roboconf-rules'));
}
