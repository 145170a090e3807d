/** Instances with their copies made by `count` (reference: language, section 3.6). */
import type { SourceRange } from './application-model.ts';
import type { InstanceDeclaration } from './declarations.ts';

/** A model never holds more instances: beyond, `count` is not applied. */
export const MAX_INSTANCES = 100_000;

/** One instance of the tree, copies included. */
export interface InstanceNode {
    readonly path: string;
    readonly name: string;
    readonly component: string;
    readonly declaration: InstanceDeclaration;
    readonly parent: InstanceNode | null;
    /** The declaration whose `count` made this copy; null for instances written as they are. */
    readonly copiedBy: InstanceDeclaration | null;
    /** False for the second and further copies, and what they contain: data and status stay with the first. */
    readonly isFirst: boolean;
}

export interface InstanceTree {
    /** Parents before their children, siblings in file order, copies in order. Every path once: the first one counts. */
    readonly nodes: readonly InstanceNode[];
    /** Further nodes with a path that is taken, with the node that has it. */
    readonly clashes: readonly { readonly node: InstanceNode; readonly taken: InstanceNode }[];
    /** `count` values that were not applied because of MAX_INSTANCES. */
    readonly tooMany: readonly SourceRange[];
}

/** Names every instance. Instances without a name are left out, with what they contain. */
export function instanceTreeOf(declarations: readonly InstanceDeclaration[]): InstanceTree {
    const counts = affordableCounts(declarations);
    const nodes = new Map<string, InstanceNode>();
    const clashes: { node: InstanceNode; taken: InstanceNode }[] = [];
    const visit = (declaration: InstanceDeclaration, parent: InstanceNode | null): void => {
        const count = counts.counts.get(declaration) ?? 1;
        for (let i = 1; declaration.name !== null && i <= count; i++) {
            const node = copyOf(declaration, parent, { i, count, name: declaration.name.text });
            const taken = nodes.get(node.path);
            if (taken === undefined) nodes.set(node.path, node);
            else clashes.push({ node, taken });
            for (const child of declaration.instances) visit(child, node);
        }
    };
    for (const declaration of declarations) visit(declaration, null);
    return { nodes: [...nodes.values()], clashes, tooMany: counts.tooMany };
}

/** Which copy of how many, of what is called so without its number. */
interface Copy {
    readonly i: number;
    readonly count: number;
    readonly name: string;
}

function copyOf(declaration: InstanceDeclaration, parent: InstanceNode | null, copy: Copy): InstanceNode {
    const name = copy.count === 1 ? copy.name : copy.name + numberOf(copy.i, copy.count);
    return {
        path: parent === null ? `/${name}` : `${parent.path}/${name}`,
        name,
        component: declaration.component?.text ?? '',
        declaration,
        parent,
        copiedBy: copy.count === 1 ? (parent?.copiedBy ?? null) : declaration,
        isFirst: copy.i === 1 && (parent?.isFirst ?? true),
    };
}

/** Padded with zeros to the number of digits of the count. */
function numberOf(i: number, count: number): string {
    return String(i).padStart(String(count).length, '0');
}

interface Counts {
    readonly counts: ReadonlyMap<InstanceDeclaration, number>;
    readonly tooMany: readonly SourceRange[];
}

/** Decides which counts fit under MAX_INSTANCES, the innermost first: they are the ones the outer ones multiply. */
function affordableCounts(declarations: readonly InstanceDeclaration[]): Counts {
    const counts = new Map<InstanceDeclaration, number>();
    const tooMany: SourceRange[] = [];
    let total = 0;
    const sizeOf = (declaration: InstanceDeclaration): number => {
        let single = 1;
        for (const child of declaration.instances) single += sizeOf(child);
        const { count } = declaration;
        if (count === null || count.value <= 1) return single;
        if (total + single * count.value > MAX_INSTANCES) {
            tooMany.push(count.range);
            return single;
        }
        counts.set(declaration, count.value);
        return single * count.value;
    };
    for (const declaration of declarations) total += sizeOf(declaration);
    return { counts, tooMany };
}
