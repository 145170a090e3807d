/** Paths of instances: each declared once, and made once by the counts (reference: language, sections 3.6 and 4.3). */
import type { InstanceDeclaration, Word } from '../model/declarations.ts';
import type { InstanceNode, InstanceTree } from '../model/instance-tree.ts';
import { besides, others, type Scope } from './scope.ts';

/** CO_ALREADY_DEFINED_INSTANCE for paths as they are written, CO_CONFLICTING_INFERRED_INSTANCE for those that a count makes. */
export function checkPaths(scope: Scope): void {
    const { tree } = scope.analysis.files;
    if (tree.clashes.length === 0 && !tree.nodes.some(({ copiedBy }) => copiedBy !== null)) return;
    const written = declaredPaths(tree);
    for (const [path, nodes] of nodesByPath(written)) {
        if (nodes.length > 1) reportDeclaredTwice(scope, path, nodes.map(nameOf));
    }
    const reported = new Set<InstanceDeclaration>();
    for (const { node, taken } of tree.clashes) {
        if (node.declaration === taken.declaration || reported.has(node.declaration)) continue;
        if (written.get(node.declaration)?.path === written.get(taken.declaration)?.path) continue;
        reported.add(node.declaration);
        reportInferred(scope, node, taken);
    }
}

/** The name of an instance, or its block when it has none. */
export function nameOf({ declaration, name }: InstanceNode): Word {
    return declaration.name ?? { text: name, range: declaration.block };
}

interface WrittenPath {
    /** Names as they are written, without the numbers of copies. */
    readonly path: string;
    readonly node: InstanceNode;
}

/** The path of each declaration before any count is applied. The first node of each declaration stands for it. */
function declaredPaths({ nodes, clashes }: InstanceTree): ReadonlyMap<InstanceDeclaration, WrittenPath> {
    const paths = new Map<InstanceDeclaration, WrittenPath>();
    const pathOf = (node: InstanceNode): string => {
        const known = paths.get(node.declaration);
        if (known !== undefined) return known.path;
        const above = node.parent === null ? '' : pathOf(node.parent);
        const path = `${above}/${node.declaration.name?.text ?? ''}`;
        if (node.isFirst) paths.set(node.declaration, { path, node });
        return path;
    };
    for (const node of nodes) if (node.isFirst) pathOf(node);
    for (const { node } of clashes) if (node.isFirst) pathOf(node);
    return paths;
}

function nodesByPath(
    written: ReadonlyMap<InstanceDeclaration, WrittenPath>,
): ReadonlyMap<string, readonly InstanceNode[]> {
    const groups = new Map<string, InstanceNode[]>();
    for (const { path, node } of written.values()) {
        const group = groups.get(path);
        if (group === undefined) groups.set(path, [node]);
        else group.push(node);
    }
    return groups;
}

function reportDeclaredTwice(scope: Scope, path: string, words: readonly Word[]): void {
    for (const word of words) {
        if (scope.report.isFull('CO_ALREADY_DEFINED_INSTANCE', word.range.file)) continue;
        const related = others(`'${path}' is also declared here.`, word, words);
        const message = `The instance '${path}' is declared ${words.length} times: give each a name of its own.`;
        scope.report.add('CO_ALREADY_DEFINED_INSTANCE', word.range, message, {
            details: { INSTANCE: path, ALREADY_DEFINED: path, COUNT: String(words.length) },
            related,
        });
    }
}

function reportInferred(scope: Scope, node: InstanceNode, taken: InstanceNode): void {
    const [copy, other] = node.copiedBy === null ? [taken, node] : [node, taken];
    const place = copy.copiedBy?.count?.range ?? nameOf(copy).range;
    const message = `The count makes a copy called '${node.path}', but an instance of this name exists: rename one of them.`;
    const facts = besides(
        { INSTANCE: node.name, PATH: node.path },
        `'${node.path}' is declared here.`,
        nameOf(other).range,
    );
    scope.report.add('CO_CONFLICTING_INFERRED_INSTANCE', place, message, facts);
}
