/**
 * What differs in a node itself between two models, in lines for people. They are made of the words of the model files, of names and of signs, so
 * that they need no translation: `exports Db.port: 80 → 8080`, `+ imports Db.ip`, `− imports Db.port`, `/a/web → /b/web`.
 */
import { shownValue } from '../shown-value.ts';
import type { GraphNode, GraphView } from '../graph-view.ts';
import type {
    ApplicationModel,
    ComponentModel,
    FacetModel,
    ImportedVariable,
    InstanceModel,
    VariableValues,
} from '../model/application-model.ts';

export interface Notes {
    /** A node that the newer model has alone: where it was before, if it was moved there. */
    readonly ofAdded: (id: string) => readonly string[];
    /** A node that the older model has alone: where it went. */
    readonly ofRemoved: (id: string) => readonly string[];
    /** A node of both; empty when it says the same. */
    readonly ofKept: (was: GraphNode, is: GraphNode) => readonly string[];
}

export interface TwoModels {
    readonly before: ApplicationModel;
    readonly after: ApplicationModel;
    /** The pictures of both. */
    readonly old: GraphView;
    readonly fresh: GraphView;
}

/** Indexes both models once. */
export function createNotes({ before, after, old, fresh }: TwoModels): Notes {
    const [was, is] = [factsOf(before), factsOf(after)];
    const moves = movesBetween(old, fresh);
    return {
        ofAdded: (id) => moves.get(id) ?? [],
        ofRemoved: (id) => moves.get(id) ?? [],
        ofKept: (oldNode, freshNode) => [
            ...placeNotes(oldNode, freshNode),
            ...factNotes(was(oldNode.id), is(freshNode.id)),
        ],
    };
}

/** What people call a node: `component:Tomcat` is `Tomcat`, `instance:/vm` is `/vm`. */
export function nameIn(id: string): string {
    return id.slice(id.indexOf(':') + 1);
}

/** What is gone in one place and appears in one other under the same name, as the same component, was moved. By id, at both places. */
function movesBetween(old: GraphView, fresh: GraphView): ReadonlyMap<string, readonly string[]> {
    const [before, after] = [new Set(old.nodes.map(({ id }) => id)), new Set(fresh.nodes.map(({ id }) => id))];
    const gone = Map.groupBy(
        old.nodes.filter(({ id }) => !after.has(id)),
        identityOf,
    );
    const come = Map.groupBy(
        fresh.nodes.filter(({ id }) => !before.has(id)),
        identityOf,
    );
    const moves = [...gone].flatMap(([identity, [from, ...othersGone]]) => {
        const [to, ...othersCome] = come.get(identity) ?? [];
        if (from === undefined || to === undefined || othersGone.length + othersCome.length > 0) return [];
        const note = [`${nameIn(from.id)} → ${nameIn(to.id)}`];
        return [[from.id, note] as const, [to.id, note] as const];
    });
    return new Map(moves);
}

function identityOf({ kind, label, component }: GraphNode): string {
    return JSON.stringify([kind, label, component]);
}

function placeNotes(was: GraphNode, is: GraphNode): readonly string[] {
    return was.parent === is.parent ? [] : [`${placeOf(was)} → ${placeOf(is)}`];
}

function placeOf({ parent, label }: GraphNode): string {
    return parent === null ? label : `${nameIn(parent)}/${label}`;
}

/** What a node says itself, by the word of the model files, then by name. Where a word has one value, its name is empty. */
type Facts = ReadonlyMap<string, Values>;
type Values = ReadonlyMap<string, string>;

const NO_FACTS: Facts = new Map();
const NOTHING: Values = new Map();

function factsOf({ components, facets, instances }: ApplicationModel): (id: string) => Facts {
    const byComponent = new Map(components.map((component) => [component.name, component]));
    const ofComponent = new Map(components.map((component) => [component.name, componentFacts(component)]));
    const byFacet = new Map(facets.map((facet) => [facet.name, facet]));
    const byPath = new Map(instances.map((instance) => [instance.path, instance]));
    return (id) => {
        const name = nameIn(id);
        if (id.startsWith('component:')) return ofComponent.get(name) ?? NO_FACTS;
        const [facet, instance] = [byFacet.get(name), byPath.get(name)];
        if (id.startsWith('facet:') && facet !== undefined) return facetFacts(facet);
        if (!id.startsWith('instance:') || instance === undefined) return NO_FACTS;
        const ports = byComponent.get(instance.component)?.randomPorts ?? [];
        return instanceFacts(instance, ofComponent.get(instance.component) ?? NO_FACTS, ports);
    };
}

function componentFacts(component: ComponentModel): Facts {
    const { exports, randomPorts, imports, facets } = component;
    return new Map([
        ['installer', single(component.resolvedInstaller)],
        ['extends', single(component.extends)],
        ['facets', named(facets)],
        ['exports', exportFacts(exports, randomPorts)],
        ['imports', importFacts(imports)],
    ]);
}

function facetFacts({ exports, extends: parents }: FacetModel): Facts {
    return new Map([
        ['extends', named(parents)],
        ['exports', exportFacts(exports, [])],
    ]);
}

/** What an instance exports is its own; what it imports and how it is installed are as its component has it. */
function instanceFacts(instance: InstanceModel, component: Facts, randomPorts: readonly string[]): Facts {
    const { exports, data, channels } = instance;
    return new Map([
        ['instance of', single(instance.component)],
        ['installer', component.get('installer') ?? NOTHING],
        ['channels', named(channels)],
        ['data', new Map(Object.entries(data))],
        ['exports', exportFacts(exports, randomPorts)],
        ['imports', component.get('imports') ?? NOTHING],
    ]);
}

function single(value: string | null): Values {
    return new Map(value === null ? [] : [['', value]]);
}

function named(names: readonly string[]): Values {
    return new Map(names.map((name) => [name, '']));
}

function exportFacts(exports: VariableValues, randomPorts: readonly string[]): Values {
    const random = new Set(randomPorts);
    return new Map(Object.entries(exports).map(([name, value]) => [name, value ?? (random.has(name) ? 'random' : '')]));
}

function importFacts(imports: readonly ImportedVariable[]): Values {
    const wordsOf = ({ optional, external }: ImportedVariable): string =>
        [...(external ? ['external'] : []), ...(optional ? ['optional'] : [])].join(' ');
    return new Map(imports.map((variable) => [variable.name, wordsOf(variable)]));
}

function factNotes(was: Facts, is: Facts): readonly string[] {
    const words = [...new Set([...was.keys(), ...is.keys()])];
    return words.flatMap((word) => valueNotes(word, was.get(word) ?? NOTHING, is.get(word) ?? NOTHING));
}

/** An arrow for what says something else, `+` for what came, `−` for what went. */
function valueNotes(word: string, was: Values, is: Values): readonly string[] {
    if (was.size + is.size === 0) return [];
    const titled = (name: string): string => (name === '' ? word : `${word} ${name}`);
    const came = [...is].filter(([name]) => !was.has(name));
    const gone = [...was].filter(([name]) => !is.has(name));
    const differing = [...is].flatMap(([name, value]) => {
        const former = was.get(name);
        return former === undefined || former === value
            ? []
            : [`${titled(name)}: ${said(name, former)} → ${said(name, value)}`];
    });
    return [
        ...differing,
        ...came.map(([name, value]) => `+ ${titled(name)}${value === '' ? '' : ` = ${said(name, value)}`}`),
        ...gone.map(([name]) => `− ${titled(name)}`),
    ];
}

const MOST_LETTERS = 80;

function said(name: string, whole: string): string {
    const value = shownValue(name, whole);
    if (value === '') return '—';
    if (value.length <= MOST_LETTERS) return value;
    // The first half of a pair of units is no letter.
    return `${value.slice(0, MOST_LETTERS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
