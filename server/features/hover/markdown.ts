/** Building blocks of the cards that hovers show. */
import { inlineCode } from '../wording.ts';

/** Rows of a table or names of a list beyond this are counted, not shown. */
const MOST_ROWS = 20;

/** Paragraphs, empty ones left out. */
export function paragraphs(parts: readonly string[]): string {
    return parts.filter((part) => part !== '').join('\n\n');
}

/** Lines of one paragraph, empty ones left out. */
export function lineByLine(parts: readonly string[]): string {
    return parts.filter((part) => part !== '').join('  \n');
}

/** Names as code, separated by commas. */
export function nameList(names: readonly string[], most = MOST_ROWS): string {
    const shown = names.slice(0, most).map(inlineCode).join(', ');
    return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** A title with names behind it; empty when there are none. */
export function relation(title: string, names: readonly string[], most = MOST_ROWS): string {
    return names.length === 0 ? '' : `${title}: ${nameList(names, most)}`;
}

/** A table; the rows are Markdown. */
export function table(titles: readonly string[], rows: readonly string[], most = MOST_ROWS): string {
    const head = [`| ${titles.join(' | ')} |`, `|${' --- |'.repeat(titles.length)}`];
    const more = rows.length > most ? [`| … and ${rows.length - most} more |`] : [];
    return [...head, ...rows.slice(0, most), ...more].join('\n');
}

/** A text as code in a cell. */
export function cell(text: string): string {
    return text === '' ? '' : inlineCode(text).replaceAll('|', '\\|');
}

/** Items of a list, one a line. */
export function list(items: readonly string[]): string {
    const more = items.length > MOST_ROWS ? [`- … and ${items.length - MOST_ROWS} more`] : [];
    return [...items.slice(0, MOST_ROWS).map((item) => `- ${item}`), ...more].join('\n');
}
