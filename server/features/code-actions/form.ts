/** Cures for faults in the form of model files: brackets, semicolons, lines (reference: language, section 4.1). */
import { PROPERTIES, type RelatedPlace } from '../../../language/index.ts';
import {
    anyOf,
    atSpot,
    type Cure,
    type Cures,
    fix,
    type Fix,
    insert,
    preferred,
    replace,
    replaceSpot,
    safe,
    shown,
    type Spot,
} from './fix.ts';
import { addImport, insertLines, removeLine } from './lines.ts';
import { propertyIn } from './properties.ts';
import type { SourceLine, SourceText } from './source-text.ts';
import { blockAround } from './types.ts';

/** What belongs on lines of its own: what ends with a semicolon outside quotes, headers, closing brackets. */
function statementsIn(text: string): readonly string[] {
    const found = text.match(/(?:"[^"]*"|[^;{}"]|")*(?:;|\{|\}|$)/g) ?? [];
    return found
        .flatMap((part) => {
            const closing = part.trim().endsWith('}') ? part.trim().slice(0, -1).trim() : null;
            return closing === null ? [part.trim()] : [closing, '}'];
        })
        .filter((part) => part !== '' && part !== ';');
}

/** What stands deeper is indented no further. */
const DEEPEST = 64;

/** Statements as lines, indented from a depth on; what a bracket closes stands one level less deep. */
function asLines(statements: readonly string[], indent: string, unit: string): readonly string[] {
    let depth = 0;
    return statements.map((statement) => {
        if (statement === '}') depth -= 1;
        const outer = depth < 0 && indent.endsWith(unit) ? indent.slice(0, indent.length - unit.length) : indent;
        const line = outer + unit.repeat(Math.min(Math.max(0, depth), DEEPEST)) + statement;
        if (statement.endsWith('{')) depth += 1;
        return line;
    });
}

const splitLine = atSpot((spot) => {
    const { source, start, end, text } = spot;
    const line = source.lineAt(start);
    const rest = text.replace(/^\s*;/, '');
    const isClosed = text !== rest;
    const from = isClosed ? start + 1 : line.start + source.text.slice(line.start, start).trimEnd().length;
    const lines = asLines(statementsIn(rest), line.indent, source.unit);
    if (lines.length === 0) return [safe('Remove the second semicolon', [replace(source, start, end, ';')])];
    return [safe(`Move '${shown(rest)}' to its own line`, [replace(source, from, end, `\n${lines.join('\n')}`)])];
});

/** A bracket that closes the block on the line of its last property goes to its own line. */
const endWithSemicolon = atSpot(({ source, end, text }) => {
    if (text !== '}') return [safe('Add the semicolon', [insert(source, end, ';')])];
    const line = source.lineAt(end);
    const before = line.code.slice(0, -1).trimEnd();
    const outer = line.indent.endsWith(source.unit) ? line.indent.slice(source.unit.length) : '';
    const semicolon = before.endsWith(';') ? '' : ';';
    const change = replace(source, line.start + before.length, end, `${semicolon}\n${outer}}`);
    return [preferred("Move '}' to its own line", [change])];
});

const splitHeader = atSpot(({ source, start, end, text }) => {
    const line = source.lineAt(start);
    const from = line.start + line.text.lastIndexOf('{', start - line.start - 1) + 1;
    if (/^[{\s]+$/.test(text)) return [preferred(`Remove '${shown(text)}'`, [replace(source, from, end, '')])];
    const lines = asLines(statementsIn(text), line.indent + source.unit, source.unit);
    const make = text.includes('{') ? preferred : safe;
    return [make(`Move '${shown(text)}' to its own line`, [replace(source, from, end, `\n${lines.join('\n')}`)])];
});

const splitClosing = atSpot((spot) => {
    const { source, start, end, text } = spot;
    const line = source.lineAt(start);
    const from = line.start + line.text.slice(0, start - line.start).trimEnd().length;
    if (/^;+$/.test(text)) return [safe(`Remove '${text}'`, [replace(source, from, end, '')])];
    const remove = preferred(`Remove '${shown(text)}'`, [replace(source, from, end, '')]);
    if (text.startsWith('}') && /^[}\s]+$/.test(text)) {
        const outer = line.indent.endsWith(source.unit) ? line.indent.slice(source.unit.length) : line.indent;
        return [preferred("Move '}' to its own line", [replace(source, from, end, `\n${outer}${text}`)])];
    }
    if (!/[^{\s].*\{/.test(text)) return [remove];
    const lines = asLines(statementsIn(text), line.indent, source.unit);
    return [preferred(`Move '${shown(text)}' to its own line`, [replace(source, from, end, `\n${lines.join('\n')}`)])];
});

const openBracket = atSpot(({ source, end }) => {
    const line = source.lineAt(end);
    const next = source.lines.slice(line.number).find(({ code }) => code.trim() !== '');
    if (next?.code.trim() === '{') {
        return [safe("Move '{' to the end of this line", [insert(source, end, ' {'), removeLine(source, next)])];
    }
    if (next?.code.trimStart().startsWith('{') === true) {
        const bracket = next.start + next.code.indexOf('{');
        const moved = [insert(source, end, ' {'), replace(source, bracket, bracket + 1, source.unit)];
        return [preferred("Move '{' to the end of this line", moved)];
    }
    if (isBody(next, line)) return [preferred("Add '{'", [insert(source, end, ' {')])];
    return [preferred("Add '{' and '}'", [insert(source, end, ` {\n${line.indent}}`)])];
});

function isBody(next: SourceLine | undefined, header: SourceLine): boolean {
    if (next === undefined) return false;
    const code = next.code.trim();
    if (code.startsWith('}')) return true;
    return next.indent.length > header.indent.length && (code.includes(':') || /^instance of\b/i.test(code));
}

const closeBlock = atSpot(({ finding, source, start }) => {
    const [before] = finding.related.filter(({ range }) => isBefore(range, finding.related));
    const opened = finding.related.filter((place) => place !== before);
    const indents = opened.map(({ range }) => source.lineOf(range.line).indent);
    const [innermost = ''] = indents;
    if (before !== undefined) {
        return [preferred("Add '}' before this block", [insertLines(source, before.range.line, [`${innermost}}`])])];
    }
    const lines = indents.map((indent) => `${indent}}`);
    const change = source.text.endsWith('\n')
        ? insert(source, start, `${lines.join('\n')}\n`)
        : insert(source, start, `\n${lines.join('\n')}`);
    return [preferred(lines.length > 1 ? `Add ${lines.length} closing brackets` : "Add '}'", [change])];
});

/** The place before which a bracket is missing is the last one, behind those where blocks open. */
function isBefore(range: RelatedPlace['range'], related: readonly RelatedPlace[]): boolean {
    const [first] = related;
    return (
        related.length > 1 && first !== undefined && related.at(-1)?.range === range && range.line > first.range.line
    );
}

const commentOut = atSpot(({ source, start }) => {
    const line = source.lineAt(start);
    return [fix('Turn this line into a comment', [insert(source, line.start + line.indent.length, '# ')])];
});

const removeThisLine = (title: string): Cure =>
    atSpot(({ source, start }) => [preferred(title, [removeLine(source, source.lineAt(start))])]);

const unrecognized: Cure = (finding, site) => {
    switch (finding.details['SHAPE'] ?? '') {
        case 'closing':
            return removeThisLine("Remove this '}'")(finding, site);
        case 'import':
            return removeThisLine('Remove this import')(finding, site);
        default:
            return commentOut(finding, site);
    }
};

const KEYWORDS = PROPERTIES.map(({ name }) => name);

/** `exports ip;` and `exports = ip;` lack a colon. */
function addColon({ source, start, text, site, range }: Spot): readonly Fix[] {
    const { key = '', sign = '' } = /^(?<key>[\w-]+)(?<sign>\s*=\s*|\s+)/.exec(text)?.groups ?? {};
    const keyword = KEYWORDS.find((name) => name === key.toLowerCase());
    const block = blockAround(site, range)?.declaration.block;
    const isThere = block !== undefined && keyword !== undefined && propertyIn(source, block, keyword) !== undefined;
    if (keyword === undefined || isThere) return [];
    const change = replace(source, start, start + key.length + sign.length, `${keyword}: `);
    return [preferred(`Write '${keyword}:'`, [change])];
}

const invalidLine = atSpot((spot) => {
    const { source, start, fact, finding } = spot;
    const line = source.lineAt(start);
    switch (fact('SHAPE')) {
        case 'unclosed': {
            const opened = finding.related[0]?.range.line ?? line.number;
            const closing = `${source.lineOf(opened).indent}}`;
            return [preferred("Add '}' before this line", [insertLines(source, line.number, [closing])])];
        }
        case 'header':
            return fact('NAME') === ''
                ? []
                : [
                      preferred(`Write 'instance of ${fact('NAME')} {'`, [
                          replaceSpot(spot, `instance of ${fact('NAME')} {`),
                      ]),
                  ];
        case 'import':
            return [preferred('Move this import to the top of the file', moveToTop(source, line))];
        default:
            return addColon(spot);
    }
});

function moveToTop(source: SourceText, line: SourceLine) {
    const path = line.code
        .trim()
        .replace(/^import\s+/i, '')
        .replace(/;.*$/, '');
    return [addImport(source, path, line.number), removeLine(source, line)];
}

const removeText = (what: string): Cure =>
    atSpot(({ source, start, end, text }) => {
        const behind = /^\s*/.exec(source.text.slice(end, source.lineAt(start).end))?.[0].length ?? 0;
        return [safe(`Remove ${what} '${shown(text)}'`, [replace(source, start, end + behind, '')])];
    });

const removeCharacter = atSpot(({ source, start, end, fact }) => {
    const title = fact('CHARACTER') === 'U+FFFD' ? 'Remove the damaged character' : 'Remove the invisible character';
    const change = replace(source, start, end, '');
    return [fact('CHARACTER') === 'U+FFFD' ? preferred(title, [change]) : safe(title, [change])];
});

const endLines = atSpot((spot) => {
    const { source, start } = spot;
    const at = source.text.indexOf('\r', start);
    return at < 0 ? [] : [preferred('Turn the carriage return into a line end', [replace(source, at, at + 1, '\n')])];
});

const invalidProperty = anyOf(invalidLine, (finding, site) =>
    finding.details['SHAPE'] === 'text' ? commentOut(finding, site) : [],
);

export const FORM_CURES: Cures = {
    P_ONE_BLOCK_PER_LINE: splitLine,
    P_PROPERTY_ENDS_WITH_SEMI_COLON: endWithSemicolon,
    P_IMPORT_ENDS_WITH_SEMI_COLON: atSpot(({ source, end }) => [safe('Add the semicolon', [insert(source, end, ';')])]),
    P_O_C_BRACKET_EXTRA_CHARACTERS: splitHeader,
    P_C_C_BRACKET_EXTRA_CHARACTERS: splitClosing,
    P_O_C_BRACKET_MISSING: openBracket,
    P_C_C_BRACKET_MISSING: closeBlock,
    P_UNRECOGNIZED_BLOCK: unrecognized,
    P_INVALID_PROPERTY: invalidProperty,
    P_INVALID_PROPERTY_OR_INSTANCE: invalidProperty,
    X_WORDS_BEFORE_PROPERTY: removeText('the ignored words'),
    X_WORDS_BEFORE_IMPORT: removeText('the ignored words'),
    X_DOUBLED_BRACKET: atSpot((spot) => [safe('Remove the second bracket', [replaceSpot(spot, '')])]),
    X_UNEXPECTED_CHARACTER: removeCharacter,
    X_LONE_CARRIAGE_RETURN: endLines,
};
