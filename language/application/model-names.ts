/** Names in graph and instances files. */
import type { Declaration, Reference } from '../application.ts';
import type { SourceRange } from '../model/application-model.ts';
import type {
    ExportDeclaration,
    ImportDeclaration,
    InstanceDeclaration,
    TypeDeclaration,
    Word,
} from '../model/declarations.ts';
import { prefixOf, simpleNameOf } from '../model/exported-variables.ts';
import type { TypeGraph } from '../model/type-graph.ts';
import type { Analysis } from './analysis.ts';
import { overriddenBy, type NameIndex } from './name-index.ts';

/** What the types of a graph introduce: types, and the variables they export under their own name. */
export function typeDeclarations({ files }: Analysis): readonly Declaration[] {
    const { graph } = files;
    return graph.declarations.flatMap((type) => {
        const { kind, name, block, description } = type;
        if (name.text === '') return [];
        const own = type.exports.flatMap((item) => ownVariable(graph, type, item));
        return [{ kind, name: name.text, range: name.range, block, description }, ...own];
    });
}

/** A written instance with its path; a counted one has the path without number. */
export interface WrittenInstance {
    readonly declaration: InstanceDeclaration;
    readonly path: string;
}

/** All written instances, parents before their children. */
export function writtenInstances(analysis: Analysis): readonly WrittenInstance[] {
    const found: WrittenInstance[] = [];
    const visit = (declaration: InstanceDeclaration, parent: string): void => {
        const path = `${parent}/${declaration.name?.text ?? ''}`;
        found.push({ declaration, path });
        for (const child of declaration.instances) visit(child, path);
    };
    for (const { loaded } of analysis.instances?.files ?? [])
        for (const instance of loaded.declarations.instances) visit(instance, '');
    return found;
}

/** What an instance introduces; nothing when it has no name. */
export function instanceDeclaration({ declaration, path }: WrittenInstance): Declaration | null {
    const { name, block, description } = declaration;
    return name === null ? null : { kind: 'instance', name: path, range: name.range, block, description };
}

/** Names used in the types of the graph, then in the instances. */
export function modelReferences(
    analysis: Analysis,
    index: NameIndex,
    instances: readonly WrittenInstance[],
): readonly Reference[] {
    const references: Reference[] = [];
    for (const type of analysis.files.graph.declarations) {
        for (const word of [...type.extends, ...type.facets, ...type.children])
            references.push(typeReference(index, word));
        for (const item of type.imports) references.push(...importReferences(index, item));
        for (const { name } of type.exports) references.push(...exportReferences(index, type, name));
    }
    for (const { declaration } of instances) addInstanceReferences(index, declaration, references);
    return references;
}

/** Imports from other applications: the prefix, and the variable as `<prefix>.<variable>`. */
export function externalImports({ files }: Analysis): readonly Reference[] {
    const items = files.graph.declarations.flatMap(({ imports }) => imports).filter(({ external }) => external);
    return items.flatMap(({ prefix, variable, text }) => {
        const used = [{ range: prefix.range, name: prefix.text, targets: [] }];
        if (variable === null || variable.text === '*') return used;
        return [...used, { range: variable.range, name: text, targets: [] }];
    });
}

/** A variable written with the prefix of a type it is inherited from overrides that type's: it introduces nothing. */
function ownVariable(graph: TypeGraph, type: TypeDeclaration, item: ExportDeclaration): readonly Declaration[] {
    const { text, range } = item.name;
    const owner = type.name.text;
    const simple = prefixOf(text) === owner ? simpleNameOf(text) : text;
    if (simple === '' || isInheritedFrom(graph, type, prefixOf(text))) return [];
    const place = behindPrefix(range, simple);
    return [{ kind: 'variable', name: `${owner}.${simple}`, range: place, block: item.range, description: null }];
}

function isInheritedFrom(graph: TypeGraph, { kind, name: { text } }: TypeDeclaration, other: string): boolean {
    if (other === '' || other === text) return false;
    if (kind === 'facet') return graph.facetClosureOf(text).includes(other);
    return graph.lineageOf(text).includes(other) || graph.allFacetsOf(text).includes(other);
}

function typeReference(index: NameIndex, word: Word): Reference {
    return { range: word.range, name: word.text, targets: index.typesCalled(word.text) };
}

function importReferences(index: NameIndex, item: ImportDeclaration): readonly Reference[] {
    if (item.external) return [];
    const type = typeReference(index, item.prefix);
    if (item.variable === null) return [type];
    if (item.variable.text === '*') return [type, { range: item.variable.range, name: item.text, targets: [] }];
    const targets = index.variablesOf(item.prefix.text, item.variable.text);
    return [type, { range: item.variable.range, name: item.text, targets }];
}

/** An exported variable names its type when it is written in full, and the inherited variables it overrides. */
function exportReferences(index: NameIndex, type: TypeDeclaration, word: Word): readonly Reference[] {
    const prefix = prefixOf(word.text);
    const own = type.name.text;
    if (isInheritedFrom(index.graph, type, prefix)) return qualifiedReferences(index, word);
    const simple = prefix === own ? simpleNameOf(word.text) : word.text;
    const targets = overriddenBy(index, own, simple);
    const overridden = { range: behindPrefix(word.range, simple), name: word.text, targets };
    return [
        ...(prefix === own ? [typeReference(index, prefixWord(word))] : []),
        ...(targets.length === 0 ? [] : [overridden]),
    ];
}

/** `Type.variable` in one word: a reference to each. None when the variable is not known: the dot is part of the name then. */
function qualifiedReferences(index: NameIndex, word: Word): readonly Reference[] {
    const simple = simpleNameOf(word.text);
    const targets = index.variablesOf(prefixOf(word.text), simple);
    if (targets.length === 0) return [];
    return [
        typeReference(index, prefixWord(word)),
        { range: behindPrefix(word.range, simple), name: word.text, targets },
    ];
}

function addInstanceReferences(index: NameIndex, declaration: InstanceDeclaration, references: Reference[]): void {
    const { component } = declaration;
    if (component === null) return;
    references.push(typeReference(index, component));
    for (const { key } of declaration.overrides) {
        const own = index.variablesOf(component.text, key.text);
        const qualified = own.length > 0 || prefixOf(key.text) === '' ? [] : qualifiedReferences(index, key);
        if (qualified.length > 0) references.push(...qualified);
        else references.push({ range: key.range, name: key.text, targets: own });
    }
}

function prefixWord({ text, range }: Word): Word {
    const prefix = prefixOf(text);
    return { text: prefix, range: { ...range, endLine: range.line, endColumn: range.column + prefix.length } };
}

/** The last part of a word, which stands on one line. */
function behindPrefix(range: SourceRange, simple: string): SourceRange {
    return { ...range, line: range.endLine, column: range.endColumn - simple.length };
}
