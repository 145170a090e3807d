/** Declarations and references of an application, for definition, rename, hover and the like. */
import type { Declaration, Reference } from '../application.ts';
import type { SourceRange } from '../model/application-model.ts';
import type { ImportDeclaration, InstanceDeclaration, TypeDeclaration, Word } from '../model/declarations.ts';
import { prefixOf, simpleNameOf } from '../model/exported-variables.ts';
import { memo, type TypeGraph } from '../model/type-graph.ts';
import type { Analysis } from './analysis.ts';
import { joinPath, normalizePath } from './paths.ts';

export interface Names {
    readonly declarations: readonly Declaration[];
    readonly references: readonly Reference[];
}

/** Every place where a name is introduced or used, file by file in the order the files were reached. */
export function namesIn(analysis: Analysis): Names {
    const index = createIndex(analysis);
    const references: Reference[] = [];
    for (const type of analysis.files.graph.declarations) addTypeReferences(index, type, references);
    for (const instance of instancesIn(analysis)) addInstanceReferences(index, instance.declaration, references);
    addFileReferences(index, analysis, references);
    return { declarations: index.declarations, references };
}

interface Index {
    readonly graph: TypeGraph;
    readonly declarations: readonly Declaration[];
    /** By kind of name: types and files by their name, variables as `Type.variable`. */
    readonly named: ReadonlyMap<string, readonly Declaration[]>;
    readonly typesCalled: (name: string) => readonly Declaration[];
}

interface PlacedInstance {
    readonly declaration: InstanceDeclaration;
    readonly path: string;
}

function createIndex(analysis: Analysis): Index {
    const { graph } = analysis.files;
    const declarations = [
        ...[...(analysis.graph?.files ?? []), ...(analysis.instances?.files ?? [])].map(({ file }) =>
            fileDeclaration(file),
        ),
        ...graph.declarations.flatMap(typeDeclarations),
        ...instancesIn(analysis).flatMap(instanceDeclaration),
    ];
    const named = new Map<string, Declaration[]>();
    for (const declaration of declarations) {
        const known = named.get(declaration.name);
        if (known === undefined) named.set(declaration.name, [declaration]);
        else known.push(declaration);
    }
    const typesCalled = memo((name) =>
        (named.get(name) ?? []).filter(({ kind }) => kind === 'component' || kind === 'facet'),
    );
    return { graph, declarations, named, typesCalled };
}

function fileDeclaration(file: string): Declaration {
    const range: SourceRange = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
    return { kind: 'file', name: file, range, block: range, description: null };
}

function typeDeclarations(type: TypeDeclaration): readonly Declaration[] {
    if (type.name.text === '') return [];
    const { kind, name, block, description } = type;
    const variables = type.exports.map((item): Declaration => {
        const written = item.name.text;
        const full = written.startsWith(`${name.text}.`) ? written : `${name.text}.${written}`;
        return { kind: 'variable', name: full, range: item.name.range, block: item.range, description: null };
    });
    return [{ kind, name: name.text, range: name.range, block, description }, ...variables];
}

/** All written instances with their paths; a counted one has the path without number. */
function instancesIn(analysis: Analysis): readonly PlacedInstance[] {
    const found: PlacedInstance[] = [];
    const visit = (declaration: InstanceDeclaration, parent: string): void => {
        const path = `${parent}/${declaration.name?.text ?? ''}`;
        found.push({ declaration, path });
        for (const child of declaration.instances) visit(child, path);
    };
    for (const { loaded } of analysis.instances?.files ?? [])
        for (const instance of loaded.declarations.instances) visit(instance, '');
    return found;
}

function instanceDeclaration({ declaration, path }: PlacedInstance): readonly Declaration[] {
    const { name, block, description } = declaration;
    return name === null ? [] : [{ kind: 'instance', name: path, range: name.range, block, description }];
}

function addTypeReferences(index: Index, type: TypeDeclaration, references: Reference[]): void {
    for (const word of [...type.extends, ...type.facets, ...type.children]) references.push(typeReference(index, word));
    for (const item of type.imports) references.push(...importReferences(index, item));
    for (const { name } of type.exports) {
        // An inherited variable that is overridden under its full name.
        const prefix = prefixOf(name.text);
        if (prefix === '' || prefix === type.name.text) continue;
        const targets = variablesOf(index, prefix, simpleNameOf(name.text));
        if (targets.length > 0) references.push({ range: name.range, name: name.text, targets });
    }
}

function typeReference(index: Index, word: Word): Reference {
    return { range: word.range, name: word.text, targets: index.typesCalled(word.text) };
}

function importReferences(index: Index, item: ImportDeclaration): readonly Reference[] {
    if (item.external) return [{ range: item.prefix.range, name: item.prefix.text, targets: [] }];
    const type = typeReference(index, item.prefix);
    if (item.variable === null || item.variable.text === '*') return [type];
    const targets = variablesOf(index, item.prefix.text, item.variable.text);
    return [type, { range: item.variable.range, name: item.text, targets }];
}

/** Declarations of a variable a type exports: its own, else the nearest inherited ones. */
function variablesOf(index: Index, type: string, variable: string): readonly Declaration[] {
    const { graph } = index;
    const declared = (owner: string): readonly Declaration[] =>
        (index.named.get(`${owner}.${variable}`) ?? []).filter(({ kind }) => kind === 'variable');
    const heirs = graph.components.has(type)
        ? [...graph.lineageOf(type), ...graph.allFacetsOf(type)]
        : graph.facetClosureOf(type);
    const owner = heirs.find((name) => declared(name).length > 0);
    return owner === undefined ? [] : declared(owner);
}

function addInstanceReferences(index: Index, declaration: InstanceDeclaration, references: Reference[]): void {
    const { component } = declaration;
    if (component === null) return;
    references.push({ ...typeReference(index, component) });
    for (const { key } of declaration.overrides) {
        const prefix = prefixOf(key.text);
        const own = variablesOf(index, component.text, key.text);
        const targets = own.length > 0 || prefix === '' ? own : variablesOf(index, prefix, simpleNameOf(key.text));
        references.push({ range: key.range, name: key.text, targets });
    }
}

function addFileReferences(index: Index, analysis: Analysis, references: Reference[]): void {
    const targetsOf = (file: string): readonly Declaration[] =>
        (index.named.get(file) ?? []).filter(({ kind }) => kind === 'file');
    for (const closure of [analysis.graph, analysis.instances]) {
        for (const { word, file } of closure?.links ?? [])
            references.push({ range: word.range, name: file, targets: targetsOf(file) });
    }
    for (const [key, root] of [
        ['graph-entry-point', 'graph'],
        ['instance-entry-point', 'instances'],
    ] as const) {
        const entry = analysis.descriptor?.entryOf(key) ?? null;
        const file =
            entry === null || entry.value.trim() === '' ? null : normalizePath(joinPath(root, entry.value.trim()));
        if (entry !== null && file !== null)
            references.push({ range: entry.valueRange, name: file, targets: targetsOf(file) });
    }
}
