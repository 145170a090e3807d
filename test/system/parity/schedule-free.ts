/**
 * What no schedule can change. Real recipes take the time they take, simulated ones what the cost model says, so that two
 * runs may differ where the engine takes things as they come:
 *
 * 1. which of the instances that are ready on one machine goes first (one recipe runs there at a time);
 * 2. which of several exporters of one prefix an importer starts with, and of which it learns by an `update`;
 * 3. how many `update`s tell it: changes that come while one waits are merged, what was undone is not told;
 * 4. how often a start that fails is tried: one that had been waiting for imports waits again, and tries with each exporter that comes.
 *
 * Everything else must be the same, and is what these functions give.
 */
import type { CoreEvent } from '../../../runner/core/event.ts';
import { pathOf } from './answers.ts';
import { nodeAt, topologyOf, type Topology } from '../../../runner/core/topology.ts';
import type { ApplicationModel } from '../../../language/index.ts';

/** The phases each instance went through but for `update`, with their ends; starts that fail one after the other count as one. */
export function lifecycles(facts: readonly CoreEvent[]): ReadonlyMap<string, readonly string[]> {
    const found = new Map<string, readonly string[]>();
    for (const fact of facts) {
        const word = lifecycleWord(fact);
        if (word === null || !('path' in fact)) continue;
        found.set(fact.path, withoutRepeatedFailure([...(found.get(fact.path) ?? []), word]));
    }
    return new Map([...found].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function withoutRepeatedFailure(words: readonly string[]): readonly string[] {
    const repeated = 'begin start,start failed,begin start,start failed';
    return words.slice(-4).join() === repeated ? words.slice(0, -2) : words;
}

function lifecycleWord(fact: CoreEvent): string | null {
    if (fact.kind === 'stepBegun' && fact.phase !== 'update') return `begin ${fact.phase}`;
    if (fact.kind === 'stepEnded' && fact.phase !== 'update') return `${fact.phase} ${fact.result.kind}`;
    const others = ['machineCreated', 'machineDestroyed', 'portsAssigned', 'instanceRemoved', 'removalBegun'];
    return others.includes(fact.kind) ? fact.kind : null;
}

/**
 * For every two instances of which one cannot move without the other, the order of their moves: of a parent and its child, and of an
 * importer and the only instance that can give it a mandatory import. Starts of an instance of which one failed are left out.
 */
export function boundOrders(
    facts: readonly CoreEvent[],
    model: ApplicationModel,
): ReadonlyMap<string, readonly string[]> {
    const topology = topologyOf(model);
    const failing = new Set(facts.flatMap((fact) => (lifecycleWord(fact) === 'start failed' ? [pathOf(fact)] : [])));
    const moves = facts.flatMap((fact) => {
        const word = lifecycleWord(fact);
        const path = pathOf(fact);
        const isBound = path !== null && word !== null && !(word.includes('start') && failing.has(path));
        return isBound ? [{ path, word }] : [];
    });
    const orderOf = ({ first, second, counts }: Bond): readonly string[] =>
        moves
            .filter(({ path, word }) => (path === first || path === second) && counts(path, word))
            .map(({ path, word }) => `${path} ${word}`);
    return new Map(bondsOf(topology).map((bond) => [bond.title, orderOf(bond)]));
}

interface Bond {
    readonly title: string;
    readonly first: string;
    readonly second: string;
    /** Whether the order of this move of one of them is bound to those of the other. */
    readonly counts: (path: string, word: string) => boolean;
}

function bondsOf(topology: Topology): readonly Bond[] {
    return topology.nodes.flatMap((node) => [...parentBonds(topology, node), ...importBonds(topology, node)]);
}

type Node = Topology['nodes'][number];

/** A child comes to be after its parent is deployed and starts after it is started; the way down is the other way round. */
function parentBonds(topology: Topology, child: Node): readonly Bond[] {
    if (child.parent === -1) return [];
    const parent = nodeAt(topology, child.parent);
    const pair = { first: parent.path, second: child.path };
    const bond = (kind: string, ofParent: RegExp, ofChild: RegExp): Bond => ({
        ...pair,
        title: `${kind} of ${parent.path} and ${child.path}`,
        counts: (path, word) => (path === parent.path ? ofParent : ofChild).test(word),
    });
    return [
        bond(
            'existence',
            /^(deploy |machineCreated|begin undeploy|machineDestroyed)/,
            /^(begin initialize|instanceRemoved)/,
        ),
        bond('activity', /^(start |begin stop)/, /^(begin start|stop )/),
    ];
}

/** An importer starts after the only exporter it can have is started, and is stopped before that is. */
function importBonds(topology: Topology, importer: Node): readonly Bond[] {
    return importer.groups.flatMap((group) => {
        const feeders = topology.nodes.filter((node) => canFeed(topology, node, importer, group));
        const [only] = feeders;
        return feeders.length === 1 && only !== undefined ? [importBond(importer, only)] : [];
    });
}

function importBond(importer: Node, exporter: Node): Bond {
    return {
        title: `import of ${importer.path} from ${exporter.path}`,
        first: exporter.path,
        second: importer.path,
        counts: (path, word) => (path === exporter.path ? /^(start |begin stop)/ : /^(begin start|stop )/).test(word),
    };
}

function canFeed(topology: Topology, node: Node, importer: Node, index: number): boolean {
    const group = topology.groups[index];
    if (group === undefined || node.index === importer.index || !node.prefixes.includes(group.prefix)) return false;
    return group.variables.every((name) => Object.hasOwn(node.instance.exports, name));
}

/** Exporters by importer, both by path. */
export type Knowledge = Readonly<Record<string, readonly string[]>>;

/**
 * Of each started importer, the exporters its recipes know of whenever a run has ended: those there were when it was started, and those
 * it was told of by `update` since. `there` are the exporters that are really started at that moment.
 */
export function knowledgeAtRest(
    facts: readonly CoreEvent[],
    model: ApplicationModel,
): readonly { readonly known: Knowledge; readonly there: Knowledge }[] {
    const sources = sourcesOf(topologyOf(model));
    const started = new Set<string>();
    const known = new Map<string, ReadonlySet<string>>();
    const there = (importer: string) => (sources.get(importer) ?? []).filter((path) => started.has(path));
    const atRest: { readonly known: Knowledge; readonly there: Knowledge }[] = [];
    for (const fact of facts) {
        for (const { path, status } of fact.changes) {
            if (status === 'DEPLOYED_STARTED') started.add(path);
            else started.delete(path);
        }
        if (fact.kind === 'stepBegun' && fact.phase === 'start') known.set(fact.path, new Set(there(fact.path)));
        if (fact.kind === 'stepBegun' && fact.change !== null) {
            const { exporterPath, kind } = fact.change;
            const before = known.get(fact.path) ?? new Set();
            const others = [...before].filter((path) => path !== exporterPath);
            known.set(fact.path, new Set(kind === 'removed' ? others : [...others, exporterPath]));
        }
        if (fact.kind !== 'runEnded') continue;
        const importers = [...sources.keys()].filter((path) => started.has(path) && known.has(path));
        const record = (of: (path: string) => Iterable<string>): Knowledge =>
            Object.fromEntries(importers.map((path) => [path, [...of(path)].toSorted()]));
        atRest.push({ known: record((path) => known.get(path) ?? []), there: record(there) });
    }
    return atRest;
}

/** The exporters of which each importer is told. */
function sourcesOf(topology: Topology): ReadonlyMap<string, readonly string[]> {
    const found = topology.nodes.map((importer) => {
        const imported = importer.component.imports.filter(({ external }) => !external);
        const wanted = new Set(imported.map(({ name }) => name.split('.')[0] ?? ''));
        const exporters = topology.nodes.filter(
            (node) => node.index !== importer.index && node.prefixes.some((prefix) => wanted.has(prefix)),
        );
        return [importer.path, exporters.map(({ path }) => path)] as const;
    });
    return new Map(found.filter(([, exporters]) => exporters.length > 0));
}
