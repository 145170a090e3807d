/** Cures for names, lists and values inside the blocks of model files (reference: language, section 4.2). */
import {
    anyOf,
    atSpot,
    type Change,
    type Cure,
    type Cures,
    didYouMean,
    fix,
    type Fix,
    insert,
    preferred,
    replace,
    replaceSpot,
    safe,
    shown,
    type Site,
    type Spot,
} from './fix.ts';
import { removeLine } from './lines.ts';
import { addProperty, itemAt, itemsOf, propertiesIn, propertyOn, removeItemAt } from './properties.ts';
import type { SourceText } from './source-text.ts';
import { blockAround, componentModel, facetModel, freeName, freeTypeName } from './types.ts';

/** A text as an identifier: other characters become `_`. */
export function asName(text: string): string {
    const words = text
        .replaceAll(/["']/g, '')
        .trim()
        .replaceAll(/[^\w.-]+/g, '_');
    const name = words.replaceAll(/^_+(?=\w)|_+$/g, '');
    return /^[a-zA-Z_]/.test(name) ? name : `_${name}`;
}

/** The same without dots, for types. */
function asTypeName(text: string): string {
    return asName(text).replaceAll('.', '_');
}

const removeAsPreferred: Cure = atSpot(({ source, start }) => {
    const line = source.lineAt(start);
    const name = propertyOn(line)?.name.text ?? 'property';
    return [preferred(`Remove '${name}'`, [removeLine(source, line)])];
});

/** The name an instance gets from its component: in lower case, not that of a sibling. */
export function instanceNameIn(spot: Pick<Spot, 'site' | 'range'>, component: string): string {
    const { instances } = spot.site.application.model;
    const taken = new Set(instances.map(({ name }) => name));
    return freeName(component.toLowerCase() || 'instance', (name) => taken.has(name));
}

const emptyValue = atSpot((spot) => {
    const { source, start, end, fact, site, range } = spot;
    const property = propertyOn(source.lineAt(start));
    if (property === undefined) return [];
    const component = /^instance of\s+(?<name>[^\s{]+)/i.exec(headerCode(spot))?.groups?.['name'] ?? '';
    if (fact('NAME') === 'name' && component !== '') {
        const name = instanceNameIn({ site, range }, component);
        const change = replace(source, end, property.value.end, `: ${name}`);
        return [preferred(`Name the instance '${name}'`, [change])];
    }
    if (fact('NAME') !== 'installer')
        return [preferred(`Remove '${fact('NAME')}'`, [removeLine(source, property.line)])];
    const owner = blockAround(site, range)?.declaration.name ?? '';
    const isRoot = site.application.model.rootComponents.includes(owner);
    return (isRoot ? ['target', 'script', 'logger'] : ['script', 'target', 'logger']).map((one, i) =>
        (i === 0 ? preferred : fix)(`Set the installer to '${one}'`, [
            replace(source, end, property.value.end, `: ${one}`),
        ]),
    );
});

function headerCode({ source, range }: Spot): string {
    for (let number = range.line - 1; number > 0; number -= 1) {
        const code = source.lineOf(number).code.trim();
        if (code.endsWith('{')) return code;
    }
    return '';
}

/** What an item of a list is without a name: nothing, or only words around one. */
const NAMELESS = /^(?:random\[[^\]]*\]|external|=.*)?$/i;

/** Takes the items without a name out of the list of a line. */
const removeCommas = atSpot(({ source, start }) => {
    const list = propertyOn(source.lineAt(start));
    if (list === undefined) return [];
    const items = itemsOf(list.value);
    const kept = items.filter(({ text }) => !NAMELESS.test(text));
    if (kept.length === 0) return [fix(`Remove '${list.name.text}'`, [removeLine(source, list.line)])];
    const isBlankLast = items.at(-1)?.text === '' && list.hasSemicolon;
    const end = isBlankLast ? list.line.start + list.line.code.length - 1 : list.value.end;
    const change = replace(source, list.value.start, end, kept.map((item) => item.text).join(', '));
    const isOnlyCommas = items.every((item) => item.text === '' || kept.includes(item));
    return isOnlyCommas
        ? [safe('Remove the extra commas', [change])]
        : [preferred('Remove the items without a name', [change])];
});

/** Takes away the comma in front of an item, or behind the last one. */
const removeComma = atSpot(({ source, start, end }) => {
    const behind = source.text.slice(end).match(/^[ \t]*/)?.[0].length ?? 0;
    const isBeforeEnd = source.text[end + behind] === ';';
    return [safe('Remove the extra comma', [replace(source, start, isBeforeEnd ? end : end + behind, '')])];
});

/** `Rename to …` for a word that is no name. */
function renamed(spot: Spot, name: string): readonly Fix[] {
    return name === spot.text || name === '_' ? [] : [preferred(`Change to '${name}'`, [replaceSpot(spot, name)])];
}

const invalidListItem: Cure = atSpot((spot) => {
    const { text, site, fact } = spot;
    if (fact('NAME') === '') return [];
    const words = text
        .replaceAll('"', '')
        .split(/[\s,]+/)
        .filter((word) => word !== '');
    const isKnown = (name: string): boolean =>
        componentModel(site, name) !== undefined || facetModel(site, name) !== undefined;
    if (words.length > 1 && words.every(isKnown)) {
        return [preferred(`Separate them: '${words.join(', ')}'`, [replaceSpot(spot, words.join(', '))])];
    }
    const squeezed = words.join('').toLowerCase();
    const { components, facets } = site.application.model;
    const meant = [...components, ...facets].find(
        (type) => type.name.replaceAll(/[_-]/g, '').toLowerCase() === squeezed,
    );
    const name = isKnown(asTypeName(text)) ? asTypeName(text) : meant?.name;
    const change = name === undefined ? [] : renamed(spot, name);
    const removal = removeItemAt(spot.source, spot.start);
    return [...change, ...(removal === undefined ? [] : [fix(`Remove '${shown(text)}'`, [removal])])];
});

const invalidHeaderName: Cure = atSpot((spot) => {
    const { source, start, text, fact } = spot;
    if (fact('BLOCK') === '') return [];
    const { keyword = '', rest = '' } = /^(?<keyword>\w+)\s+(?<rest>[\w-]+)$/.exec(text)?.groups ?? {};
    const isHeaderStart = source.lineAt(start).text.trimStart().startsWith(text);
    if (keyword === 'component') return [preferred(`Remove the word '${keyword}'`, [replaceSpot(spot, rest)])];
    if (keyword === 'instance' && isHeaderStart)
        return [preferred(`Write 'instance of ${rest}'`, [replaceSpot(spot, `instance of ${rest}`)])];
    return renamed(spot, asTypeName(text));
});

/** The value of an export from behind `=` to its comma or semicolon. */
function valueAround(source: SourceText, start: number, end: number): { start: number; end: number } | undefined {
    const line = source.lineAt(start);
    const equals = source.text.lastIndexOf('=', start);
    if (equals < line.start) return undefined;
    const code = line.start + line.code.length;
    const comma = source.text.indexOf(',', end);
    const stop = comma < 0 || comma >= code ? code - (line.code.endsWith(';') ? 1 : 0) : comma;
    return { start: equals + 1, end: Math.max(stop, equals + 1) };
}

const quoteValue = atSpot(({ source, start, end, text }) => {
    const value = valueAround(source, start, end);
    if (value === undefined) return [];
    const written = source.text.slice(value.start, value.end);
    const bare = written.replaceAll('"', '').replaceAll(/\s+/g, ' ').trim();
    const whole = preferred(`Quote the whole value: "${shown(bare)}"`, [
        replace(source, value.start, value.end, ` "${bare}"`),
    ]);
    const isAside = !text.includes('"');
    const cut = written.replace(text, '').trim();
    return [
        whole,
        ...(isAside
            ? [fix(`Remove '${shown(text)}' beside the quotes`, [replace(source, value.start, value.end, ` ${cut}`)])]
            : []),
    ];
});

const exportedName = atSpot((spot) => {
    const { text, source, start } = spot;
    if (/^external\s/i.test(text)) return [];
    const name = asName(text);
    const removal = removeItemAt(source, start);
    const remove = removal === undefined ? [] : [fix(`Remove '${shown(text)}'`, [removal])];
    return /\w/.test(text) ? [...renamed(spot, name), ...remove] : remove;
});

const notExternal = atSpot((spot) => [
    preferred("Remove the word 'external'", [replaceSpot(spot, spot.text.replace(/^external\s+/i, ''))]),
]);

const IMPORTED = /^[a-zA-Z_][\w-]*\.(?:[\w.-]+|\*)$/;

/** The likeliest spelling of an imported variable. */
const importedName = atSpot((spot) => {
    const { text, source, start, site } = spot;
    const isOptional = /\(?\s*optional\s*\)?/i.test(text);
    const written = text
        .replace(/\(?\s*optional\s*\)?/i, '')
        .replace(/^external\b/i, '')
        .replaceAll(/["'()]+/g, '');
    const bare = meantVariable(site, written) ?? written.replaceAll(/\s+/g, '');
    const name = isOptional ? `${bare} (optional)` : bare;
    const removal = removeItemAt(source, start);
    return [
        ...(IMPORTED.test(bare) ? [preferred(`Write '${name}'`, [replaceSpot(spot, name)])] : []),
        ...(removal === undefined ? [] : [fix(`Remove '${shown(text)}'`, [removal])]),
    ];
});

/** The variable of the type that the words behind the dot name; null when none is named so. */
function meantVariable(site: Site, written: string): string | null {
    const [prefix = '', ...rest] = written.split('.').map((part) => part.trim());
    const exported = Object.keys((componentModel(site, prefix) ?? facetModel(site, prefix))?.exports ?? {});
    const words = rest.join('.').split(/\s+/);
    const spellings = [words.join(''), words.join('_'), words.join('-'), ...words.toReversed()];
    const meant = spellings.map((spelling) => `${prefix}.${spelling}`).find((name) => exported.includes(name));
    return meant ?? null;
}

const MOST_VARIABLES = 6;

/** Imports of a type name a variable or all of them. */
const incompleteImport = atSpot((spot) => {
    const { text, site } = spot;
    const name = text.replace(/\.$/, '');
    const exported = Object.keys((componentModel(site, name) ?? facetModel(site, name))?.exports ?? {});
    const own = exported
        .filter((full) => full.startsWith(`${name}.`))
        .sort()
        .slice(0, MOST_VARIABLES);
    const write = (full: string): Fix => fix(`Import '${full}'`, [replaceSpot(spot, full)]);
    const removal = removeItemAt(spot.source, spot.start);
    const all = own.length === 0 ? [] : [preferred(`Import '${name}.*'`, [replaceSpot(spot, `${name}.*`)])];
    return [
        ...all,
        ...own.map(write),
        ...(removal === undefined ? [] : [fix(`Remove the import of '${shown(text)}'`, [removal])]),
    ];
});

const installerName = atSpot((spot) => renamed(spot, asName(spot.text)));

const instanceCount = atSpot((spot) => {
    const count = /\d+/.exec(spot.text)?.[0] ?? '';
    const value = Number.parseInt(count, 10);
    const isUsable = value > 1 && value <= 100_000;
    const mended = isUsable ? [preferred(`Write '${value}'`, [replaceSpot(spot, String(value))])] : [];
    const remove = removeLine(spot.source, spot.source.lineAt(spot.start));
    return [...mended, isUsable ? fix("Remove 'count'", [remove]) : preferred("Remove 'count'", [remove])];
});

/** Right but for its letter case. */
function isCaseOnly(written: string, suggestion: string): boolean {
    return written !== suggestion && written.toLowerCase() === suggestion.toLowerCase();
}

const propertyName = atSpot((spot) => {
    const { source, start, text, fact, site, range } = spot;
    const suggestion = fact('SUGGESTION');
    const block = blockAround(site, range)?.declaration.block;
    const isThere = block !== undefined && propertiesIn(source, block).some(({ name }) => name.text === suggestion);
    const change: readonly Change[] = [replaceSpot(spot, suggestion)];
    const title = `Change to '${suggestion}'`;
    const isRepetition = isThere && suggestion !== 'exports' && suggestion !== 'imports';
    const mended =
        suggestion === '' || isRepetition
            ? []
            : [isCaseOnly(text, suggestion) ? safe(title, change) : preferred(title, change)];
    const removal = [removeLine(source, source.lineAt(start))];
    const isBest = mended.length === 0;
    return [...mended, (isBest ? preferred : fix)(`Remove '${shown(text)}'`, removal)];
});

const LISTS: ReadonlySet<string> = new Set(['children', 'facets', 'extends']);

/** Lists are merged, other repetitions removed. */
const duplicateProperty = atSpot(({ source, start, finding, text }) => {
    const line = source.lineAt(start);
    const repeated = propertyOn(line);
    const first = finding.related[0]?.range.line;
    const earlier = first === undefined ? undefined : propertyOn(source.lineOf(first));
    const remove = fix(`Remove this '${text}'`, [removeLine(source, line)]);
    if (repeated === undefined || earlier === undefined || !LISTS.has(text)) return [{ ...remove, isPreferred: true }];
    const known = new Set(itemsOf(earlier.value).map((item) => item.text));
    const added = itemsOf(repeated.value).filter((item) => item.text !== '' && !known.has(item.text));
    if (added.length === 0) return [safe(remove.title, remove.changes)];
    const items = added.map((item) => `, ${item.text}`).join('');
    const merged = [insert(source, earlier.value.end, items), removeLine(source, line)];
    return [preferred(`Merge with the '${text}' above`, merged), remove];
});

const missingName = atSpot(({ source, range, site, fact, finding }) => {
    const misspelled = finding.related[0]?.range;
    if (fact('SUGGESTION') !== '' && misspelled !== undefined) {
        const at = source.offsetOf(misspelled.line, misspelled.column);
        const change = replace(source, at, at + fact('MISSPELLED').length, 'name');
        const title = `Change '${fact('MISSPELLED')}' to 'name'`;
        return [isCaseOnly(fact('MISSPELLED'), 'name') ? safe(title, [change]) : preferred(title, [change])];
    }
    const component = /of\s+(?<name>[\w.-]+)/i.exec(source.lineOf(range.line).code)?.groups?.['name'] ?? '';
    const name = instanceNameIn({ site, range }, component);
    const block = { line: range.line, endLine: range.line };
    return [preferred(`Name the instance '${name}'`, [addProperty(source, block, `name: ${name};`, 'first')])];
});

const instanceName = atSpot((spot) => renamed(spot, asName(spot.text)));

/** An instance without component: one action for each that fits. */
const emptyComponent = atSpot((spot) => {
    const { source, start, text, site, range } = spot;
    if (!/^instance of/i.test(text)) return [];
    const parents = site.application.model.components;
    const around = source.lines
        .slice(0, range.line - 1)
        .findLast(
            ({ code, indent }) => /^\s*instance of\s/i.test(code) && indent.length < source.lineAt(start).indent.length,
        );
    const parent = /of\s+(?<name>[\w.-]+)/i.exec(around?.code ?? '')?.groups?.['name'];
    const fitting =
        parent === undefined
            ? site.application.model.rootComponents
            : (parents.find(({ name }) => name === parent)?.resolvedChildren ?? []);
    const make = fitting.length === 1 ? preferred : fix;
    return fitting
        .slice(0, MOST_VARIABLES)
        .map((name) => make(`Make it an instance of '${name}'`, [replaceSpot(spot, `instance of ${name}`)]));
});

const emptyFacet = atSpot(({ source, end, site }) => {
    const name = freeTypeName(site, 'newFacet');
    return [preferred(`Name it '${name}'`, [insert(source, end, ` ${name}`)])];
});

const closeQuote = atSpot((spot) => [
    preferred('Close the quotes', [insert(spot.source, spot.end, '"')]),
    ...withoutValue(spot),
]);

function withoutValue({ source, start }: Spot): readonly Fix[] {
    const found = itemAt(source, start);
    if (found === undefined) return [];
    const equals = source.text.lastIndexOf('=', start);
    return [
        fix('Remove the value', [replace(source, source.text.slice(0, equals).trimEnd().length, found.item.end, '')]),
    ];
}

export const WORD_CURES: Cures = {
    PM_EMPTY_PROPERTY_VALUE: emptyValue,
    PM_EMPTY_IMPORT_LOCATION: atSpot(({ source, start }) => [
        preferred('Remove this import', [removeLine(source, source.lineAt(start))]),
    ]),
    PM_EMPTY_FACET_NAME: emptyFacet,
    PM_EMPTY_COMPONENT_NAME: emptyComponent,
    PM_EMPTY_REFERENCED_NAME: removeCommas,
    PM_EMPTY_VARIABLE_NAME: removeCommas,
    PM_INVALID_CHILD_NAME: anyOf(
        (finding, site) => (finding.details['NAME'] === '' ? removeCommas(finding, site) : []),
        invalidListItem,
    ),
    PM_INVALID_NAME: anyOf(invalidHeaderName, (finding, site) =>
        finding.details['BLOCK'] === undefined ? invalidListItem(finding, site) : [],
    ),
    PM_DOT_IS_NOT_ALLOWED: invalidHeaderName,
    PM_INVALID_EXPORT_COMPLEX_VALUE: quoteValue,
    PM_INVALID_EXPORTED_VAR_NAME: exportedName,
    PM_EXTERNAL_IS_KEYWORD_FOR_IMPORTS: notExternal,
    PM_INVALID_IMPORTED_VAR_NAME: importedName,
    PM_INCOMPLETE_IMPORTED_VAR_NAME: incompleteImport,
    PM_INVALID_INSTALLER_NAME: installerName,
    PM_INVALID_INSTANCE_COUNT: instanceCount,
    PM_USELESS_INSTANCE_COUNT: atSpot(({ source, start }) => [
        safe("Remove 'count'", [removeLine(source, source.lineAt(start))]),
    ]),
    PM_PROPERTY_NOT_APPLIABLE: propertyName,
    PM_DUPLICATE_PROPERTY: duplicateProperty,
    PM_MISSING_INSTANCE_NAME: missingName,
    PM_INVALID_INSTANCE_NAME: instanceName,
    X_EXTERNAL_GLUED: atSpot(({ source, end }) => [
        preferred("Write a blank behind 'external'", [insert(source, end, ' ')]),
    ]),
    X_EXTRA_COMMA: removeComma,
    X_UNCLOSED_QUOTE: closeQuote,
    X_MISSPELLED_INSTALLER: didYouMean,
    X_CONFLICTING_OVERRIDES: removeAsPreferred,
};
