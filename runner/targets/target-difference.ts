/** What other targets mean to what is deployed: machines that are there stay where they are, the others are made by the new ones. */
import { mergedPaths } from '../core/difference.ts';
import type { State, Targets } from '../core/state.ts';
import type { InstanceChange } from '../protocol.ts';
import { copyNameOf, readTarget } from './snapshots.ts';
import type { DeploymentTargets } from './target.ts';

/** Targets a deployment is asked to have, and where the copies of those it has are. */
export interface AskedTargets {
    readonly targets: DeploymentTargets;
    /** Absolute directory. */
    readonly copies: string;
}

/**
 * The changes with what they mean to machines: a scoped instance whose target is another one than was assigned last is `noted`, or told so
 * with its other change. `paths` are those of the asked model, in its order.
 */
export function withTargetChanges(
    changes: readonly InstanceChange[],
    state: State,
    asked: AskedTargets,
    paths: readonly string[],
): readonly InstanceChange[] {
    const reasons = new Map(state.topology.nodes.flatMap((node) => reasonFor(state, node, asked)));
    const told = changes.map((change) => withReason(change, reasons.get(change.path), asked));
    const changed = new Set(changes.map(({ path }) => path));
    const noted = paths.flatMap((path): readonly InstanceChange[] => {
        const reason = changed.has(path) ? undefined : reasons.get(path)?.staying;
        return reason === undefined ? [] : [{ path, kind: 'noted', reasons: [reason] }];
    });
    return inOrder(
        told,
        noted,
        mergedPaths(
            state.topology.nodes.map(({ path }) => path),
            paths,
        ),
    );
}

interface Reasons {
    /** While the instance stays. */
    readonly staying: string;
    /** When its machine is made again anyway. */
    readonly anew: string;
}

function reasonFor(
    state: State,
    { index, path }: State['topology']['nodes'][number],
    { targets, copies }: AskedTargets,
): readonly (readonly [string, Reasons])[] {
    const id = nameIn(targets.associations, path);
    const definition = id === null ? undefined : targets.definitions[id];
    const after = definition === undefined ? null : copyNameOf(definition);
    if (nameIn(state.targets, path) === after) return [];
    const anew = anewText(id);
    const machine = state.machines.get(index);
    const staying = machine === undefined ? anew : stayingText({ id, after }, machine.target, copies);
    return [[path, { staying, anew }]];
}

interface After {
    readonly id: string | null;
    readonly after: string | null;
}

/** What was assigned last may be newer than what the machine was made by. */
function stayingText({ id, after }: After, made: string | null, copies: string): string {
    const told = id ?? HERE;
    if (after === made) return `its target is ${told} again, where it is`;
    const before = made === null ? HERE : (readTarget(copies, made)?.id ?? made);
    return told === before
        ? `its target ${told} was changed; it stays as it was made until it is undeployed`
        : `its target is ${told}; it stays on ${before} until it is undeployed`;
}

const HERE = 'this computer';

function anewText(id: string | null): string {
    return `its machine will be made by ${id ?? HERE}`;
}

function withReason(change: InstanceChange, reasons: Reasons | undefined, { targets }: AskedTargets): InstanceChange {
    switch (change.kind) {
        case 'removed':
            return change;
        case 'added': {
            const id = nameIn(targets.associations, change.path);
            return id === null ? change : { ...change, reasons: [...change.reasons, anewText(id)] };
        }
        case 'replaced':
            return reasons === undefined ? change : { ...change, reasons: [...change.reasons, reasons.anew] };
        case 'reinstalled':
        case 'restarted':
        case 'noted':
            return reasons === undefined ? change : { ...change, reasons: [...change.reasons, reasons.staying] };
        default:
            throw new Error(`unexpected change ${JSON.stringify(change.kind satisfies never)}`);
    }
}

/** Both lists as one: `added` stand before the first of the others that comes later in `paths`. */
function inOrder(
    changes: readonly InstanceChange[],
    added: readonly InstanceChange[],
    paths: readonly string[],
): readonly InstanceChange[] {
    const places = new Map(paths.map((path, place) => [path, place]));
    const placeOf = ({ path }: InstanceChange): number => places.get(path) ?? -1;
    const merged: InstanceChange[] = [];
    let next = 0;
    for (const change of changes) {
        for (let each = added[next]; each !== undefined && placeOf(each) < placeOf(change); each = added[++next])
            merged.push(each);
        merged.push(change);
    }
    return [...merged, ...added.slice(next)];
}

function nameIn(names: Targets, path: string): string | null {
    return Object.hasOwn(names, path) ? (names[path] ?? null) : null;
}
