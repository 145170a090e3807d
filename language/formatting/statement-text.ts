/** The words of one line, with the blanks between them that the language's examples have. */
import type { Piece } from '../parsing/piece.ts';

const BLANK_AFTER: ReadonlySet<string> = new Set(['import', 'facet', 'instance', 'of', ':', ',', ']', '=', 'external']);
const BLANK_BEFORE: ReadonlySet<string> = new Set(['{', '=', '(optional)']);

/** Joins the pieces of one line. Their own texts are kept as they are: blanks before a semicolon are part of some values. */
export function statementText(text: string, pieces: readonly Piece[]): string {
    let words = '';
    let previous: Piece['type'] | undefined;
    for (const piece of pieces) {
        if (needsBlank(previous, piece.type) && words !== '' && !words.endsWith(' ')) words += ' ';
        words += text.slice(piece.start, piece.end);
        previous = piece.type;
    }
    return words;
}

/** A name that a blank behind it would turn into a keyword: `facet{` opens a component called facet (reference: language, section 2.4). */
export function isNamedLikeKeyword(header: string): boolean {
    return /(?:^facet|^instance of|import)[^\w{]*\{/i.test(header);
}

function needsBlank(previous: Piece['type'] | undefined, type: Piece['type']): boolean {
    if (previous === '=' && (type === ',' || type === ';')) return false;
    return BLANK_BEFORE.has(type) || (previous !== undefined && BLANK_AFTER.has(previous));
}
