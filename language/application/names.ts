/** Declarations and references of an application, for definition, rename, hover and the like. */
import type { Declaration, Reference } from '../application.ts';
import type { InstanceDeclaration } from '../model/declarations.ts';
import type { Analysis } from './analysis.ts';
import { commandNamesIn } from './command-names.ts';
import { externalDeclarations, fileDeclarations, fileReferences } from './file-names.ts';
import {
    externalImports,
    instanceDeclaration,
    modelReferences,
    typeDeclarations,
    writtenInstances,
    type WrittenInstance,
} from './model-names.ts';
import { measureNames } from './measure-names.ts';
import { createNameIndex, type NameIndex, type Names } from './name-index.ts';
import { ruleNames } from './rule-names.ts';
import { targetNames } from './target-names.ts';

export interface ApplicationNames extends Names {
    /** Uses of what other applications export: their targets are not in this application. */
    readonly externalReferences: readonly Reference[];
}

/** Every place where a name is introduced or used, file by file in the order the files were reached. */
export function namesIn(analysis: Analysis): ApplicationNames {
    const instances = writtenInstances(analysis);
    const declared = instances.map((instance) => [instance, instanceDeclaration(instance)] as const);
    const index = createNameIndex(analysis.files.graph, instanceFinder(analysis, declared));
    const declarations: Declaration[] = [];
    const references: Reference[] = [];
    const add = (names: Names): void => {
        index.add(names.declarations);
        for (const declaration of names.declarations) declarations.push(declaration);
        for (const reference of names.references) references.push(reference);
    };
    const own = [
        ...fileDeclarations(analysis),
        ...typeDeclarations(analysis),
        ...declared.flatMap(([, declaration]) => declaration ?? []),
        ...externalDeclarations(analysis),
    ];
    add({ declarations: own, references: [] });
    add({ declarations: [], references: modelReferences(analysis, index, instances) });
    add({ declarations: [], references: fileReferences(analysis, index) });
    for (const part of PARTS) add(part(analysis, index));
    return { declarations, references, externalReferences: externalImports(analysis) };
}

/** The parts beside the model, in the order they are asked: see NameIndex. */
const PARTS: readonly ((analysis: Analysis, index: NameIndex) => Names)[] = [
    measureNames,
    targetNames,
    commandNamesIn,
    ruleNames,
];

/** Blocks by the paths of the instances they make; the tree is gone through when the first one is asked for. */
function instanceFinder(
    { files }: Analysis,
    declared: readonly (readonly [WrittenInstance, Declaration | null])[],
): NameIndex['instancesAt'] {
    let byPath: ReadonlyMap<string, readonly Declaration[]> | undefined;
    const find = (): ReadonlyMap<string, readonly Declaration[]> => {
        const blocks = new Map<InstanceDeclaration, Declaration>();
        for (const [{ declaration }, made] of declared) if (made !== null) blocks.set(declaration, made);
        const nodes = [...files.tree.nodes, ...files.tree.clashes.map(({ node }) => node)];
        const found = new Map<string, Declaration[]>();
        for (const { path, declaration } of nodes) {
            const block = blocks.get(declaration);
            const known = found.get(path) ?? [];
            found.set(path, known);
            if (block !== undefined && !known.includes(block)) known.push(block);
        }
        return found;
    };
    return (path) => (byPath ??= find()).get(path) ?? [];
}
