/** Cures for files of keys and values: the descriptor, targets, policies of recipes (reference: language, sections 1.1, 4.4 and 8). */
import { asName } from './block-words.ts';
import {
    anyOf,
    atSpot,
    type Change,
    create,
    type Cure,
    type Cures,
    didYouMean,
    fix,
    type Fix,
    insert,
    preferred,
    replace,
    replaceSpot,
    type Site,
    type Spot,
    spotAt,
} from './fix.ts';
import { insertLines, removeLine } from './lines.ts';
import type { SourceLine, SourceText } from './source-text.ts';
import { baseNameOf } from './types.ts';

export const DESCRIPTOR = 'descriptor/application.properties';

const ENTRY = /^\s*(?<key>[^=:\s#!]+)\s*(?<sign>[=:])?[ \t]*(?<value>.*)$/;

/** The last line that sets a key; values over several lines have their first one. */
export function lineOfKey(source: SourceText, key: string): SourceLine | undefined {
    return source.lines.findLast(({ text }) => {
        const name = ENTRY.exec(text)?.groups?.['key'];
        return name === key || name === `application-${key}`;
    });
}

/** Sets a key: on its line when it has one, else behind those of `after`, else before the first key there is. */
export function setKey(source: SourceText, key: string, value: string, after: readonly string[] = []): Change {
    const line = lineOfKey(source, key);
    if (line !== undefined) return replace(source, line.start, line.end, `${line.indent}${keyIn(line)} = ${value}`);
    const added = `${key} = ${value}`;
    const before = after.map((name) => lineOfKey(source, name)).findLast((one) => one !== undefined);
    if (before !== undefined) return insertLines(source, lastLineOf(source, before) + 1, [added]);
    const first = source.lines.find(({ text }) => ENTRY.test(text));
    return first === undefined ? endWith(source, added) : insertLines(source, first.number, [added]);
}

/** Values may go on behind a backslash. */
function lastLineOf(source: SourceText, line: SourceLine): number {
    let last = line.number;
    while (last < source.lines.length && /(?:^|[^\\])(?:\\\\)*\\$/.test(source.lineOf(last).text)) last += 1;
    return last;
}

function keyIn(line: SourceLine): string {
    return ENTRY.exec(line.text)?.groups?.['key'] ?? '';
}

/** The value a key has; null when it has none. */
export function valueOfKey(source: SourceText, key: string): string | null {
    const value = ENTRY.exec(lineOfKey(source, key)?.text ?? '')?.groups?.['value']?.trim() ?? '';
    return value === '' ? null : value;
}

/** Puts a line at the end of a file. */
export function endWith(source: SourceText, line: string): Change {
    const { text } = source;
    const gap = text === '' || text.endsWith('\n') ? '' : '\n';
    return insert(source, text.length, `${gap}${line}\n`);
}

/** The descriptor of a new application, named after its directory. */
export function descriptorText(site: Site): string {
    const entry = entryFile(site, 'graph') ?? 'main.graph';
    const instances = entryFile(site, 'instances');
    return [
        `name = ${asName(baseNameOf(site.application.directory))}`,
        'version = 1.0',
        'dsl-id = roboconf-1.0',
        `graph-entry-point = ${entry}`,
        ...(instances === undefined ? [] : [`instance-entry-point = ${instances}`]),
        '',
    ].join('\n');
}

/** The likeliest entry point: the file called main, else the first one. */
export function entryFile(site: Site, root: 'graph' | 'instances'): string | undefined {
    const files = site.filesBelow(root).filter((file) => file.endsWith(`.${root}`));
    return files.find((file) => /^(?:main|model)\./.test(file)) ?? files[0];
}

/** The keys of a descriptor in their usual order. */
export const ORDER = ['name', 'description', 'version', 'dsl-id', 'graph-entry-point', 'instance-entry-point'];

/** Adds a key of the descriptor in its usual place. */
const addKey = (key: string, value: (site: Site) => string): Cure =>
    atSpot(({ source, site }) => {
        const written = value(site);
        const title = `Set '${key} = ${written}'`;
        return [preferred(title, [setKey(source, key, written, ORDER.slice(0, Math.max(0, ORDER.indexOf(key))))])];
    });

/** Names the likeliest graph file, or makes one. */
export const addGraphEntry: Cure = atSpot(({ source, site }) => {
    const known = entryFile(site, 'graph');
    const entry = known ?? 'main.graph';
    const changes = [
        setKey(source, 'graph-entry-point', entry, ORDER.slice(0, 4)),
        ...(known === undefined ? [create(`graph/${entry}`, FIRST_GRAPH)] : []),
    ];
    return [preferred(`Set 'graph-entry-point = ${entry}'`, changes)];
});

/** What a graph begins with: one machine. */
export const FIRST_GRAPH = 'Machine {\n\tinstaller: target;\n}\n';

const validName: Cure = atSpot((spot) => {
    const name = spot.text
        .replaceAll(/[^\w\-.() ]+/g, '_')
        .replace(/^[^a-zA-Z_]+/, '')
        .trim();
    return name === '' || name === spot.text ? [] : [preferred(`Change to '${name}'`, [replaceSpot(spot, name)])];
});

/** `1` and `v1.2` are nearly versions. */
const validVersion: Cure = atSpot((spot) => {
    const [major, minor] = /(\d+)(?:\.(\d+))?/.exec(spot.text)?.slice(1) ?? [];
    const rest = /\d+\.\d+(?:\.\d+)?(?:[.-].+)?$/.exec(spot.text)?.[0];
    const version = rest ?? `${major ?? '1'}.${minor ?? '0'}`;
    return [preferred(`Change to '${version}'`, [replaceSpot(spot, version)])];
});

const validWord: Cure = atSpot((spot) => {
    const name = asName(spot.text);
    return name === spot.text || name === '_' ? [] : [preferred(`Change to '${name}'`, [replaceSpot(spot, name)])];
});

/** The outside name cannot be mended where it stands: its prefix is wrong. */
const validVariable: Cure = atSpot((spot) => {
    const prefix = spot.finding.related[0]?.range;
    const at = prefix === undefined ? spot : (spotAt(spot.finding, spot.site, prefix) ?? spot);
    const name = asName(at.text);
    return name === at.text ? [] : [preferred(`Change to '${name}'`, [replaceSpot(at, name)])];
});

/** `Type.variable as` lacks its outside name; nothing between commas is too much. */
const externalExport: Cure = atSpot((spot) => {
    const { source, start, end, text } = spot;
    const [variable = ''] = text.split(/\s+/);
    if (variable === '' || !variable.includes('.')) return [removeListed(spot)];
    const name = text.split(/\s+/).at(-1) ?? '';
    const outside = name === variable || /^as$/i.test(name) ? variable.slice(variable.lastIndexOf('.') + 1) : name;
    const written = `${variable} as ${asName(outside)}`;
    return [
        preferred(`Write '${written}'`, [replace(source, start, end, written)]),
        { ...removeListed(spot), isPreferred: false },
    ];
});

/** Takes an item with one comma out of the value of a key. */
function removeListed({ source, start, end, text }: Spot): Fix {
    const before = /,[ \t]*$/.exec(source.text.slice(0, start))?.[0].length ?? 0;
    const behind = /^[ \t]*,[ \t]*/.exec(source.text.slice(end))?.[0].length ?? 0;
    const change = before > 0 ? replace(source, start - before, end, '') : replace(source, start, end + behind, '');
    return preferred(text === '' ? 'Remove the extra comma' : `Remove '${text}'`, [change]);
}

/** The export around a place in the descriptor. */
export const removeExport: Cure = atSpot((spot) => {
    const { source, start } = spot;
    const line = source.lineAt(start);
    const from = Math.max(source.text.lastIndexOf(',', start - 1) + 1, line.start + line.text.search(/[=:]/) + 1);
    const comma = source.text.indexOf(',', start);
    const to = comma < 0 || comma > line.end ? line.end : comma;
    const raw = source.text.slice(from, to);
    const first = from + raw.length - raw.trimStart().length;
    const last = to - (raw.length - raw.trimEnd().length);
    const item = { ...spot, start: first, end: last, text: source.text.slice(first, last) };
    return [{ ...removeListed(item), isPreferred: false }];
});

const uniqueOutsideName: Cure = atSpot((spot) => {
    const { source, text, start } = spot;
    const names = new Set(
        source
            .lineAt(start)
            .text.match(/\bas\s+([^\s,]+)/gi)
            ?.map((word) => word.replace(/^as\s+/i, '')),
    );
    let name = text;
    for (let number = 2; names.has(name); number += 1) name = `${text}${number}`;
    return [preferred(`Change to '${name}'`, [replaceSpot(spot, name)])];
});

const escapeBackslash: Cure = atSpot((spot) => {
    const at = spotOfFault(spot);
    return [preferred("Write '\\\\' for a backslash", [insert(at.source, at.start, '\\')])];
});

/** Findings about targets may stand at the installer, with the exact place beside. */
function spotOfFault(spot: Spot): Spot {
    const [place] = spot.finding.related;
    return (place === undefined ? undefined : spotAt(spot.finding, spot.site, place.range)) ?? spot;
}

/** Sets a key of the target file that the finding is about. */
const setTargetKey = (key: string, values: (source: SourceText) => readonly string[]): Cure =>
    atSpot((spot) => {
        const { source } = spotOfFault(spot);
        const [best = '', ...others] = values(source);
        const action = (value: string, make: typeof fix): Fix =>
            make(`Set '${key} = ${value}' in ${baseNameOf(source.file)}`, [setKey(source, key, value, ['id', 'name'])]);
        return [action(best, preferred), ...others.map((value) => action(value, fix))];
    });

/** An id made from the file's own name, or that of its directory. */
export function targetId({ file }: SourceText): string {
    const name = baseNameOf(file).replace(/\.properties$/i, '');
    const folder = file.split('/').at(-2) ?? name;
    return asName(/^target$/i.test(name) ? folder : name).toLowerCase();
}

/** The second file gets another id, made from its own name. */
const conflictingId: Cure = atSpot((spot) => {
    const { finding, site, fact } = spot;
    const isInTarget = /\.properties$/i.test(spot.range.file);
    const places = isInTarget ? [spot.range] : finding.related.map(({ range }) => range);
    const sources = places.flatMap((range) => site.textOf(range.file) ?? []);
    return sources
        .slice(1)
        .concat(sources.length === 1 ? sources : [])
        .map((source, i) => {
            const own = targetId(source);
            const id = own === fact('NAME') ? `${own}-2` : own;
            const make = i === 0 ? preferred : fix;
            return make(`Set 'id = ${id}' in ${baseNameOf(source.file)}`, [setKey(source, 'id', id)]);
        });
});

const removeEntry: Cure = atSpot(({ source, start, fact }) => [
    fix(`Remove '${fact('NAME')}'`, [removeLine(source, source.lineAt(start))]),
]);

/** A value of the wrong form is replaced by a usual one. */
const policyValue: Cure = atSpot((spot) => {
    const { source, start, fact } = spot;
    const usual: Readonly<Record<string, string>> = {
        timeout: '60s',
        retries: '2',
        'retry-delay': '5s',
        'retry-factor': '2',
        cascade: 'false',
    };
    const value = usual[fact('SHAPE')];
    const remove = fix(`Remove '${fact('NAME')}'`, [removeLine(source, source.lineAt(start))]);
    if (value === undefined) return [{ ...remove, isPreferred: true }];
    return [preferred(`Set '${fact('NAME')} = ${value}'`, [setKey(source, fact('NAME'), value)]), remove];
});

export const KEY_FILE_CURES: Cures = {
    RM_MISSING_APPLICATION_NAME: addKey('name', ({ application }) => asName(baseNameOf(application.directory))),
    RM_MISSING_APPLICATION_DSL_ID: addKey('dsl-id', () => 'roboconf-1.0'),
    RM_MISSING_APPLICATION_VERSION: addKey('version', () => '1.0'),
    RM_MISSING_APPLICATION_GEP: addGraphEntry,
    RM_MISSING_APPLICATION_EXPORT_PREFIX: addKey('exports-prefix', ({ application }) =>
        asName(application.model.name || baseNameOf(application.directory)),
    ),
    RM_INVALID_APPLICATION_NAME: validName,
    RM_INVALID_APPLICATION_VERSION: validVersion,
    RM_INVALID_APPLICATION_EXPORT_PREFIX: validWord,
    RM_INVALID_VARIABLE_NAME: validVariable,
    RM_INVALID_EXTERNAL_EXPORT: anyOf(didYouMean, removeExport),
    RM_ALREADY_DEFINED_EXTERNAL_EXPORT: anyOf(uniqueOutsideName, removeExport),
    PROJ_INVALID_EXTERNAL_EXPORTS: externalExport,
    X_MALFORMED_ESCAPE: escapeBackslash,
    X_RECIPE_INVALID_VALUE: policyValue,
    X_RECIPE_UNKNOWN_KEY: anyOf(didYouMean, removeEntry),
    REC_TARGET_INVALID_FILE_OR_CONTENT: escapeBackslash,
    REC_TARGET_NO_ID: setTargetKey('id', (source) => [targetId(source)]),
    REC_TARGET_NO_HANDLER: setTargetKey('handler', () => ['local', 'in-memory']),
    REC_TARGET_NO_NAME: setTargetKey('name', (source) => [valueOfKey(source, 'id') ?? targetId(source)]),
    REC_TARGET_CONFLICTING_ID: conflictingId,
};
