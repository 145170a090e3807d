/** Names of files in imports and in the descriptor, and what the descriptor exports to other applications. */
import type { Declaration, Reference } from '../application.ts';
import type { SourceRange } from '../model/application-model.ts';
import { prefixOf, simpleNameOf } from '../model/exported-variables.ts';
import type { Analysis } from './analysis.ts';
import type { Descriptor, ExternalExport } from './descriptor.ts';
import type { NameIndex } from './name-index.ts';
import { joinPath, normalizePath } from './paths.ts';
import type { PropertyEntry } from './properties.ts';

/** The model files of the closures: each stands for its whole text. */
export function fileDeclarations(analysis: Analysis): readonly Declaration[] {
    const files = [...(analysis.graph?.files ?? []), ...(analysis.instances?.files ?? [])].map(({ file }) => file);
    return [...new Set(files)].map((file) => {
        const range: SourceRange = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
        return { kind: 'file', name: file, range, block: range, description: null };
    });
}

/** The prefix of what the application exports, and each outside name under it. */
export function externalDeclarations({ descriptor }: Analysis): readonly Declaration[] {
    const prefix = descriptor?.exportsPrefix ?? null;
    const entry = descriptor?.entryOf('exports-prefix') ?? null;
    if (descriptor === null || prefix === null || entry === null) return [];
    const range = valueRange(entry);
    const named: Declaration = { kind: 'external', name: prefix, range, block: range, description: null };
    const exported = partsOf(descriptor).map(({ item, name, rangeOf }): Declaration => {
        const place = rangeOf(item.end - name.length, item.end);
        const block = rangeOf(item.start, item.end);
        return { kind: 'external', name: `${prefix}.${name}`, range: place, block, description: null };
    });
    return [named, ...exported];
}

/** Imports, entry points, and the variables the descriptor exports. */
export function fileReferences(analysis: Analysis, index: NameIndex): readonly Reference[] {
    const links = [analysis.graph, analysis.instances].flatMap((closure) => closure?.links ?? []);
    const imports = links.map(({ word, file }) => ({
        range: word.range,
        name: file,
        targets: index.filesCalled(file),
    }));
    if (analysis.descriptor === null) return imports;
    return [
        ...imports,
        ...entryPoints(analysis.descriptor, index),
        ...partsOf(analysis.descriptor).flatMap((part) => exportedVariable(index, part)),
    ];
}

function entryPoints(descriptor: Descriptor, index: NameIndex): readonly Reference[] {
    const pairs = [
        ['graph-entry-point', 'graph'],
        ['instance-entry-point', 'instances'],
    ] as const;
    return pairs.flatMap(([key, root]) => {
        const entry = descriptor.entryOf(key);
        const value = entry?.value.trim() ?? '';
        const file = value === '' ? null : normalizePath(joinPath(root, value));
        if (entry === null || file === null) return [];
        return [{ range: valueRange(entry), name: file, targets: index.filesCalled(file) }];
    });
}

interface ExportPart {
    readonly item: ExternalExport;
    readonly variable: string;
    readonly name: string;
    readonly rangeOf: (start: number, end: number) => SourceRange;
}

function partsOf({ exports, entryOf }: Descriptor): readonly ExportPart[] {
    const entry = entryOf('exports');
    if (entry === null) return [];
    return exports.flatMap((item) =>
        item.parts === null ? [] : [{ item, ...item.parts, rangeOf: entry.rangeOfPart }],
    );
}

function exportedVariable(index: NameIndex, { item, variable, rangeOf }: ExportPart): readonly Reference[] {
    const [prefix, simple] = [prefixOf(variable), simpleNameOf(variable)];
    if (prefix === '') return [];
    const dot = item.start + prefix.length;
    return [
        { range: rangeOf(item.start, dot), name: prefix, targets: index.typesCalled(prefix) },
        {
            range: rangeOf(dot + 1, item.start + variable.length),
            name: variable,
            targets: index.variablesOf(prefix, simple),
        },
    ];
}

/** The place of a value without the blanks around it. */
function valueRange({ value, rangeOfPart }: PropertyEntry): SourceRange {
    const start = value.length - value.trimStart().length;
    return rangeOfPart(start, start + value.trim().length);
}
