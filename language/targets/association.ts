/**
 * Which target makes the machine of each scoped instance (reference: runtime, sections 5.1 and 5.2). What is said of an instance counts
 * before what is said of its component, that before what is said of the whole application, and that before the target file in the
 * recipe directory of the component. Without any, the machine is a directory of this computer.
 */
import { parentOf } from '../application/paths.ts';
import type { ApplicationModel, InstanceModel } from '../model/application-model.ts';
import { recordOf } from '../model/instance-exports.ts';
import { DRIVEN_HANDLERS, handlerNamed, isThisComputer, targetKeyOf } from './handlers.ts';
import type { TargetSource } from './target-source.ts';

/** What somebody decided: `place` is the path of an instance, the name of a component, or empty for the whole application. */
export interface TargetChoice {
    readonly place: string;
    /** The id of a target, or the absolute path of its file; `local` is this computer where no target has that id. */
    readonly target: string;
}

export interface AssociationRequest {
    readonly model: ApplicationModel;
    /** Those of the application, then others that can be chosen. */
    readonly sources: readonly TargetSource[];
    /** Of several for one place the last one counts. */
    readonly choices: readonly TargetChoice[];
}

/** Targets in the form in which they are recorded with a deployment. Those of this computer are not among them. */
export interface AssociatedTargets {
    /** By id; a target whose values an instance replaces has an entry of its own for it. */
    readonly definitions: Readonly<Record<string, AssociatedDefinition>>;
    /** Path of a scoped instance to the id of its target. */
    readonly associations: Readonly<Record<string, string>>;
    /** What was decided: kept, so that a later deploy goes on from it. */
    readonly choices: readonly TargetChoice[];
}

export interface AssociatedDefinition {
    readonly id: string;
    readonly handler: string;
    readonly name: string;
    readonly properties: Readonly<Record<string, string>>;
    /** Absolute directory of the target file. */
    readonly directory: string;
    /** Absolute directory beside the file, called like it: scripts for the machines it makes. It may not exist. */
    readonly scripts: string;
}

/** Why an instance has its target. */
export type AssociationReason = 'instance' | 'component' | 'application' | 'recipe' | 'none';

/** The target of one scoped instance. */
export interface TargetUse {
    readonly path: string;
    readonly component: string;
    readonly because: AssociationReason;
    /** Null = no target file: this computer. */
    readonly source: TargetSource | null;
}

/** Why an application cannot be deployed onto its targets. */
export interface AssociationFault {
    /** `choice`: it cannot be meant so; `target`: it cannot make the machine of the instance. */
    readonly kind: 'choice' | 'target';
    /** The scoped instance; null for a choice for several. */
    readonly path: string | null;
    /** A whole sentence, with the next step. */
    readonly message: string;
}

export interface Association {
    readonly targets: AssociatedTargets;
    /** In the order of the model's instances. */
    readonly uses: readonly TargetUse[];
    /** With any, nothing must be deployed. */
    readonly faults: readonly AssociationFault[];
}

/** The choice that stands for this computer. */
export const THIS_COMPUTER = 'local';

/** Associates every scoped instance of a model. Never throws; what cannot be is among the faults. */
export function associateTargets(request: AssociationRequest): Association {
    const machines = machinesOf(request.model);
    const chosen = new Map(request.choices.map((choice) => [choice.place, choice]));
    const uses = machines.map((machine) => useOf(machine, chosen, request.sources));
    const choiceFaults = [...chosen.values()].flatMap((choice) => faultOfChoice(choice, request, machines) ?? []);
    const useFaults = uses.flatMap((use) => faultOfUse(use) ?? strandedFault(use, uses) ?? []);
    const faults = [...choiceFaults, ...useFaults, ...clashes(uses)];
    return { targets: targetsOf(uses, machines, chosen), uses, faults };
}

function machinesOf(model: ApplicationModel): readonly InstanceModel[] {
    const isTarget = ({ resolvedInstaller }: ApplicationModel['components'][number]): boolean =>
        resolvedInstaller?.toLowerCase() === 'target';
    const components = new Set(model.components.filter(isTarget).map(({ name }) => name));
    return model.instances.filter(({ component }) => components.has(component));
}

type Chosen = ReadonlyMap<string, TargetChoice>;

function useOf({ path, component }: InstanceModel, chosen: Chosen, sources: readonly TargetSource[]): TargetUse {
    const use = { path, component };
    const places = [
        ['instance', path],
        ['component', component],
        ['application', ''],
    ] as const;
    for (const [because, place] of places) {
        const choice = chosen.get(place);
        if (choice !== undefined) return { ...use, because, source: sourcesMeant(choice.target, sources)[0] ?? null };
    }
    const own = sources.find(({ defaultOf }) => defaultOf.includes(component));
    return own === undefined ? { ...use, because: 'none', source: null } : { ...use, because: 'recipe', source: own };
}

/** Those a word of a choice may mean: the file of that path, else all of that id. */
function sourcesMeant(word: string, sources: readonly TargetSource[]): readonly TargetSource[] {
    const file = sources.find((source) => source.file === word);
    return file === undefined ? sources.filter(({ id }) => id === word) : [file];
}

function faultOfChoice(
    { place, target }: TargetChoice,
    { model, sources }: AssociationRequest,
    machines: readonly InstanceModel[],
): AssociationFault | null {
    const message = placeFault(place, model, machines) ?? wordFault(target, sources);
    return message === null ? null : { kind: 'choice', path: place.startsWith('/') ? place : null, message };
}

function placeFault(place: string, model: ApplicationModel, machines: readonly InstanceModel[]): string | null {
    if (place === '') return null;
    if (place.startsWith('/')) {
        if (machines.some(({ path }) => path === place)) return null;
        const isThere = model.instances.some(({ path }) => path === place);
        return isThere
            ? `${place} is no machine: a target is chosen for the machine it is on.`
            : `There is no instance ${place} to choose a target for.`;
    }
    const component = model.components.find(({ name }) => name === place);
    if (component === undefined) return `There is no component '${place}' to choose a target for.`;
    return component.resolvedInstaller?.toLowerCase() === 'target'
        ? null
        : `'${place}' is no component of machines: its installer is not 'target'.`;
}

function wordFault(word: string, sources: readonly TargetSource[]): string | null {
    const meant = sourcesMeant(word, sources);
    if (meant.length === 1 || (meant.length === 0 && word === THIS_COMPUTER)) return null;
    if (meant.length > 1) {
        const files = meant.map(({ file }) => file).join(', ');
        return `Several target files have the id '${word}': ${files}. Choose one by its path.`;
    }
    const ids = [...new Set(sources.flatMap(({ id }) => id ?? [])), THIS_COMPUTER];
    return `There is no target '${word}'. Known are ${[...new Set(ids)].join(', ')}; the path of a target file will do as well.`;
}

function faultOfUse({ path, source }: TargetUse): AssociationFault | null {
    if (source === null) return null;
    const message = sourceFault(source) ?? nestedFault(path, source);
    return message === null ? null : { kind: 'target', path, message };
}

function sourceFault({ file, id, handler, properties }: TargetSource): string | null {
    if (id === null) return `The target file ${file} has no id: add 'id = …' to it.`;
    if (handler === null) return `The target '${id}' has no handler: add 'handler = …' to ${file}.`;
    if (!DRIVEN_HANDLERS.includes(handler))
        return `The target '${id}' makes its machines with '${handler}', which this version cannot do yet: it knows ${DRIVEN_HANDLERS.join(', ')}. Choose another target, such as '${THIS_COMPUTER}' for this computer.`;
    if (handler === 'embedded' && (properties['embedded.ip'] ?? '').trim() === '')
        return `The target '${id}' has no machines: name their addresses with 'embedded.ip = …' in ${file}.`;
    return null;
}

function nestedFault(path: string, { id, handler }: TargetSource): string | null {
    const known = handler === null ? null : handlerNamed(handler);
    if (known === null || known.acceptsNested || parentOf(path) === '/') return null;
    return `${path} stands in another instance, and the target '${id ?? ''}' makes machines for root instances alone. Choose another target for it.`;
}

/** A machine of which nothing is said is on this computer: nobody means that of one that stands in a machine elsewhere. */
function strandedFault({ path, source }: TargetUse, uses: readonly TargetUse[]): AssociationFault | null {
    const isElsewhere = (other: TargetSource | null): boolean =>
        other !== null && !isThisComputer(other.handler ?? '', other.properties);
    if (source !== null) return null;
    const outer = uses.find((use) => path.startsWith(`${use.path}/`) && isElsewhere(use.source));
    if (outer === undefined) return null;
    const message = `${path} would be on this computer, but it stands in ${outer.path}, whose machine the target '${outer.source?.id ?? ''}' makes. Choose a target for it too.`;
    return { kind: 'target', path, message };
}

/** One id is one target: two files that share it cannot both be recorded under it. */
function clashes(uses: readonly TargetUse[]): readonly AssociationFault[] {
    const files = new Map<string, string>();
    return uses.flatMap(({ path, source }): readonly AssociationFault[] => {
        if (source === null || source.id === null) return [];
        const other = files.get(source.id) ?? source.file;
        files.set(source.id, other);
        if (other === source.file) return [];
        const message = `The targets of ${other} and of ${source.file} have the same id '${source.id}': give each its own.`;
        return [{ kind: 'target', path, message }];
    });
}

function targetsOf(uses: readonly TargetUse[], machines: readonly InstanceModel[], chosen: Chosen): AssociatedTargets {
    const used = uses.flatMap(({ path, source }, index) => {
        const definition = source === null ? null : definitionOf(source, machines[index]);
        return definition === null ? [] : [{ path, definition }];
    });
    return {
        definitions: recordOf(used.map(({ definition }) => [definition.id, definition])),
        associations: recordOf(used.map(({ path, definition }) => [path, definition.id])),
        choices: [...chosen.values()],
    };
}

/** A target file in the form in which it is recorded; null for one that is not whole. */
export function targetDefinitionOf({ id, handler, name, file, properties }: TargetSource): AssociatedDefinition | null {
    if (id === null || handler === null) return null;
    const scripts = file.replace(/\.properties$/i, '');
    return { id, handler, name, properties, directory: parentOf(file), scripts };
}

/** Null for this computer, and for what is among the faults anyway. */
function definitionOf(source: TargetSource, machine: InstanceModel | undefined): AssociatedDefinition | null {
    const whole = targetDefinitionOf(source);
    if (whole === null || machine === undefined) return null;
    const { id, handler, name, properties } = whole;
    const own = overlaidBy(machine.data, handler, properties);
    if (!DRIVEN_HANDLERS.includes(handler) || isThisComputer(handler, own ?? properties)) return null;
    if (own === null) return whole;
    return { ...whole, id: `${id} for ${machine.path}`, name: `${name} for ${machine.path}`, properties: own };
}

/** The properties with what an instance replaces of them (reference: runtime, section 3.5); null when it replaces nothing. */
function overlaidBy(
    data: Readonly<Record<string, string>>,
    handlerName: string,
    properties: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | null {
    const handler = handlerNamed(handlerName);
    const isKey = (key: string): boolean => Object.hasOwn(properties, key) || targetKeyOf(handler, key) !== null;
    const replaced = Object.entries(data).filter(
        ([key, value]) => !IDENTITY.has(key) && isKey(key) && properties[key] !== value,
    );
    return replaced.length === 0 ? null : recordOf([...Object.entries(properties), ...replaced]);
}

/** What a target is cannot be replaced by one of its instances. */
const IDENTITY: ReadonlySet<string> = new Set(['id', 'handler', 'name', 'description']);
