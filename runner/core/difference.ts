/**
 * What differs between what is deployed and another model with its recipes, instance by instance, and what applying that does to each.
 * Places and comments never count.
 */
import type { ApplicationModel, ComponentModel } from '../../language/index.ts';
import { reasonsOf } from './difference-reasons.ts';
import type { InstanceChangeKind } from './event.ts';
import type { State } from './state.ts';
import { definitionsOf, isMachine, nodeAt, topologyFrom, type Definition, type Recipes } from './topology.ts';

/** One instance that does not run as the other model has it. */
export interface Transition {
    readonly path: string;
    readonly kind: InstanceChangeKind;
    /** Of an added one: the path of a removed one that it is under another parent. */
    readonly from?: string;
    /** What differs from the model accepted last, one clause each; null when that has it already, only the instance has not. */
    readonly reasons: readonly string[] | null;
    /** When its component's recipe is another one: the name of the copy before, and the component as the other model has it. */
    readonly otherRecipe: { readonly before: string | null; readonly component: ComponentModel } | null;
}

/** Transitions in the order of the instances; those the model does not have stand where they were. */
export function transitionsTo(state: State, model: ApplicationModel, recipes: Recipes): readonly Transition[] {
    const asked = definitionsByPath(model, recipes);
    const known = definitionsByPath(state.topology.model, state.topology.recipes);
    const paths = mergedPaths(
        state.topology.nodes.map((node) => node.path),
        [...asked.keys()],
    );
    const kinds = new Map<string, InstanceChangeKind>();
    const transitions = paths.flatMap((path) => {
        const sight = {
            state,
            path,
            asked: asked.get(path),
            known: known.get(path),
            above: kinds.get(parentOf(path)),
        };
        const transition = transitionOf(sight);
        if (transition === null) return [];
        kinds.set(path, transition.kind);
        return [transition];
    });
    return withOrigins(transitions, asked, known);
}

type Definitions = ReadonlyMap<string, Definition>;

/**
 * An added instance is one that was removed, under another parent, when both have one name and one component and no other two do; what was
 * below it moved along.
 */
function withOrigins(
    transitions: readonly Transition[],
    asked: Definitions,
    known: Definitions,
): readonly Transition[] {
    const keyOf = (path: string, definitions: Definitions): string =>
        `${path.slice(path.lastIndexOf('/'))} ${definitions.get(path)?.component.name ?? ''}`;
    const removed = Map.groupBy(
        transitions.filter(({ kind, path }) => kind === 'removed' && known.has(path)).map(({ path }) => path),
        (path) => keyOf(path, known),
    );
    const added = transitions.filter(({ kind }) => kind === 'added').map(({ path }) => path);
    const addedOf = Map.groupBy(added, (path) => keyOf(path, asked));
    const origins = new Map<string, string>();
    for (const path of added) {
        const key = keyOf(path, asked);
        const candidates = removed.get(key) ?? [];
        const above = origins.get(parentOf(path));
        const isOnly = candidates.length === 1 && addedOf.get(key)?.length === 1;
        const origin = isOnly ? candidates[0] : candidates.find((candidate) => parentOf(candidate) === above);
        if (origin !== undefined) origins.set(path, origin);
    }
    return transitions.map((transition) => {
        const from = origins.get(transition.path);
        return from === undefined ? transition : { ...transition, from, reasons: [`it was ${from}`] };
    });
}

/**
 * Paths of two lists, each with parents before their children: those of `after` in its order, the others behind what they stood behind
 * (and behind their parents).
 */
export function mergedPaths(before: readonly string[], after: readonly string[]): readonly string[] {
    const places = new Map(after.map((path, place) => [path, place]));
    const staying = new Set(after);
    const gone: { readonly path: string; readonly place: number }[] = [];
    let previous = -1;
    for (const path of before) {
        const parent = places.get(parentOf(path)) ?? -1;
        const place = staying.has(path) ? (places.get(path) ?? -1) : Math.max(previous, parent);
        places.set(path, place);
        if (!staying.has(path)) gone.push({ path, place });
        previous = place;
    }
    gone.sort((left, right) => left.place - right.place);
    const merged: string[] = [];
    let next = 0;
    for (let place = -1; place < after.length; place++) {
        const path = after[place];
        if (path !== undefined) merged.push(path);
        for (let each = gone[next]; each?.place === place; each = gone[++next]) merged.push(each.path);
    }
    return merged;
}

interface Pair {
    readonly state: State;
    readonly path: string;
    /** As the other model has it. */
    readonly asked: Definition | undefined;
    /** As the model accepted last has it. */
    readonly known: Definition | undefined;
    /** What happens to its parent. */
    readonly above: InstanceChangeKind | undefined;
}

function transitionOf(pair: Pair): Transition | null {
    const { state, path, asked, known } = pair;
    const index = state.topology.indexOfPath.get(path);
    const plain = { path, otherRecipe: null };
    if (asked === undefined) return { ...plain, kind: 'removed', reasons: known === undefined ? null : [] };
    if (index === undefined) return { ...plain, kind: 'added', reasons: [] };
    if (known === undefined) return { ...plain, kind: 'replaced', reasons: [COMES_BACK] };
    return stayingTransition(pair, { index, asked, known });
}

/** An instance that both models have. It may still run as an even earlier one had it. */
function stayingTransition(
    { state, path, above }: Pair,
    { index, asked, known }: { readonly index: number; readonly asked: Definition; readonly known: Definition },
): Transition | null {
    const wasReplaced = state.successions.get(index)?.kind === 'replaced';
    const isReplaced = wasReplaced || above === 'replaced';
    const kind = isReplaced ? 'replaced' : kindOf(nodeAt(state.topology, index), asked);
    const shown = shownBetween(known, asked);
    const reasons = above === 'replaced' && !wasReplaced ? [...shown.reasons, PARENT_REPLACED] : shown.reasons;
    const isShown = reasons.length > 0 || shown.otherRecipe !== null;
    if (kind === null && !isShown) return null;
    return { path, kind: kind ?? 'noted', reasons: isShown ? reasons : null, otherRecipe: shown.otherRecipe };
}

function shownBetween(
    known: Definition,
    asked: Definition,
): Pick<Transition, 'otherRecipe'> & { readonly reasons: readonly string[] } {
    const kind = kindOf(known, asked);
    if (kind === null) return { reasons: [], otherRecipe: null };
    const isOther = asked.recipe !== known.recipe && kind !== 'replaced';
    const otherRecipe = isOther ? { before: known.recipe, component: asked.component } : null;
    return { reasons: reasonsOf(known, asked, kind === 'replaced'), otherRecipe };
}

const PARENT_REPLACED = 'its parent is replaced';
const COMES_BACK = 'it was being removed and is there again';

/** What has to be done to an instance that runs as `running` so that it is as `asked`; null = nothing. */
function kindOf(running: Definition, asked: Definition): InstanceChangeKind | null {
    const [before, after] = [running.component, asked.component];
    if (before.name !== after.name || installerOf(before) !== installerOf(after)) return 'replaced';
    const machine = isMachine(after);
    if (!machine && (running.recipe !== asked.recipe || hasOtherRandomPorts(running, asked))) return 'reinstalled';
    if (!isSame(seenByRecipes(running), seenByRecipes(asked))) return 'restarted';
    const isNoted = running.recipe !== asked.recipe || !isSame(notedOf(running), notedOf(asked));
    return isNoted ? 'noted' : null;
}

function installerOf(component: ComponentModel): string {
    return component.resolvedInstaller?.toLowerCase() ?? '';
}

/** Ports are searched for when an instance is deployed. */
function hasOtherRandomPorts(running: Definition, asked: Definition): boolean {
    const before = new Set(randomPortsOf(running));
    return randomPortsOf(asked).some((name) => !before.has(name));
}

function randomPortsOf({ component, instance }: Definition): readonly string[] {
    return component.randomPorts.filter((name) => (instance.exports[name] ?? null) === null);
}

function seenByRecipes(definition: Definition): unknown {
    const { component, instance } = definition;
    const imports = component.imports.map(({ name, optional, external }) => `${name} ${optional} ${external}`);
    return [sorted(instance.exports), sorted(instance.data), imports.sort(), [...randomPortsOf(definition)].sort()];
}

function notedOf({ component, instance }: Definition): unknown {
    return [[...instance.channels].sort(), component.policies ?? null];
}

function sorted(record: Readonly<Record<string, unknown>>): unknown {
    return Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1));
}

function isSame(left: unknown, right: unknown): boolean {
    return JSON.stringify(left) === JSON.stringify(right);
}

/** Instances that a topology of the model would have. */
function definitionsByPath(model: ApplicationModel, recipes: Recipes): ReadonlyMap<string, Definition> {
    const { nodes } = topologyFrom(model, recipes, definitionsOf(model, recipes));
    return new Map(nodes.map((node) => [node.path, node]));
}

function parentOf(path: string): string {
    return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
