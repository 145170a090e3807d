/**
 * A state as plain data, and back: what facts up to some record lead to, kept so that they need not be replayed.
 *
 * 1. Every field of the state is saved but those that follow from others: counters are made anew from what they count, indexes from the
 *    model and from what instances run as.
 * 2. What was saved by a core whose state has other fields is not restored: the facts are replayed instead.
 */
import type { ApplicationModel, ComponentModel } from '../../language/index.ts';
import { note } from './agenda.ts';
import { recount } from './recount.ts';
import { createState, type Settings, type State } from './state.ts';
import { definitionsOf, topologyFrom, type Definition, type Recipes, type Topology } from './topology.ts';

/** One field of the state, with what says how its maps and sets were made plain. */
type SavedField =
    | { readonly value: unknown }
    | { readonly set: readonly unknown[] }
    | { readonly map: readonly (readonly [unknown, unknown])[] }
    /** A map whose values are maps or sets. */
    | { readonly nested: readonly (readonly [unknown, SavedField])[] };

/** An instance that runs as the model has it, by path; or what it runs as. */
type SavedDefinition =
    | string
    | {
          readonly instance: Definition['instance'];
          /** Its place in `components`. */
          readonly component: number;
          readonly recipe: string | null;
      };

/** Serialisable. */
export interface SavedState {
    readonly model: ApplicationModel;
    readonly recipes: Recipes;
    /** Parents first; null when every instance runs as the model has it. */
    readonly definitions: readonly SavedDefinition[] | null;
    /** Components of earlier models that instances still run as. */
    readonly components: readonly ComponentModel[];
    /** Another model was accepted over the first one. */
    readonly isChanged: boolean;
    readonly fields: Readonly<Record<string, SavedField>>;
}

/** Given from outside, or made anew from the model. */
const GIVEN = ['topology', 'settings', 'asked', 'agenda'] as const;
/** Made anew by counting. */
const COUNTED = [
    ...(['presentChildren', 'activeBelow', 'occupied', 'feeders'] as const),
    ...(['busyImporters', 'runningCount', 'timerCount'] as const),
];
const UNSAVED: ReadonlySet<string> = new Set<keyof State>([...GIVEN, ...COUNTED]);

/** What has to be kept of a state. It shares objects with the state: serialise it before the state changes. */
export function savedStateOf(state: State): SavedState {
    const { model, recipes } = state.topology;
    const saved = Object.entries(state).filter(([name]) => !UNSAVED.has(name));
    return {
        model,
        recipes,
        ...savedDefinitionsOf(state.topology),
        isChanged: state.asked.size > 0,
        fields: Object.fromEntries(saved.map(([name, value]) => [name, fieldOf(value)])),
    };
}

/** The state that was saved, under the settings of this runner; null when a core with another state saved it. */
export function restoreState(saved: SavedState, settings: Settings): State | null {
    const { model, recipes } = saved;
    const asked = definitionsOf(model, recipes);
    const state = createState(topologyFrom(model, recipes, restoredDefinitions(saved, asked)), settings);
    const names = Object.keys(state).filter((name) => !UNSAVED.has(name));
    if (names.length !== Object.keys(saved.fields).length || !names.every((name) => Object.hasOwn(saved.fields, name)))
        return null;
    const [local] = state.machines;
    for (const [name, field] of Object.entries(saved.fields)) Object.assign(state, { [name]: valueOf(field) });
    // Where this computer is belongs to the settings.
    if (local !== undefined) state.machines.set(...local);
    if (saved.isChanged) state.asked = new Map(asked.map((definition) => [definition.instance.path, definition]));
    recount(state);
    for (const { index } of state.topology.nodes) note(state.agenda, index);
    return state;
}

/** Attempts made until then. */
export function attemptCountOf({ fields }: SavedState): number {
    const field = fields['attemptCount'];
    return field !== undefined && 'value' in field && typeof field.value === 'number' ? field.value : 0;
}

function fieldOf(value: unknown): SavedField {
    if (value instanceof Set) return { set: [...value] };
    if (!(value instanceof Map)) return { value };
    const entries = [...value] as (readonly [unknown, unknown])[]; // a map has nothing but such pairs
    const isNested = entries.some(([, each]) => each instanceof Map || each instanceof Set);
    return isNested ? { nested: entries.map(([key, each]) => [key, fieldOf(each)]) } : { map: entries };
}

function valueOf(field: SavedField): unknown {
    if ('set' in field) return new Set(field.set);
    if ('map' in field) return new Map(field.map);
    if ('nested' in field) return new Map(field.nested.map(([key, each]) => [key, valueOf(each)]));
    return field.value;
}

function savedDefinitionsOf({ model, recipes, nodes }: Topology): Pick<SavedState, 'definitions' | 'components'> {
    const asked = new Map(definitionsOf(model, recipes).map((definition) => [definition.instance.path, definition]));
    const components = new Map<ComponentModel, number>();
    const placeOf = (component: ComponentModel): number => {
        const place = components.get(component) ?? components.size;
        components.set(component, place);
        return place;
    };
    const definitions = nodes.map((node): SavedDefinition => {
        const { path, instance, component, recipe } = node;
        const known = asked.get(path);
        const isAsked = known?.instance === instance && known.component === component && known.recipe === recipe;
        return isAsked ? path : { instance, component: placeOf(component), recipe };
    });
    const paths = [...asked.keys()];
    const isModel = definitions.length === paths.length && definitions.every((each, index) => each === paths[index]);
    return { definitions: isModel ? null : definitions, components: [...components.keys()] };
}

function restoredDefinitions(saved: SavedState, asked: readonly Definition[]): readonly Definition[] {
    if (saved.definitions === null) return asked;
    const byPath = new Map(asked.map((definition) => [definition.instance.path, definition]));
    return saved.definitions.flatMap((definition) => {
        if (typeof definition === 'string') return byPath.get(definition) ?? [];
        const component = saved.components[definition.component];
        return component === undefined ? [] : [{ ...definition, component }];
    });
}
