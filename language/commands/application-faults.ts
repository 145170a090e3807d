/** What is wrong with an instruction because of its application (reference: language, sections 4.7 and 5.2). */
import type { RelatedPlace } from '../finding.ts';
import type { SourceRange } from '../model/application-model.ts';
import type { Word } from '../model/declarations.ts';
import type { Fault } from './fault.ts';
import type { Instruction } from './instruction.ts';
import type { PathWord } from './located-text.ts';
import { unknownPath } from './path-fault.ts';
import type { SimulatedInstance } from './simulated-instances.ts';
import type { Step } from './simulate.ts';
import { commandNamed, placeOfMissing, quoted } from './text-faults.ts';
import type { World } from './world.ts';

const TARGET = 'target';
/** So many names are listed in a message. */
const MAX_LISTED = 5;

/** Faults of an instruction whose text is right. */
export function applicationFaultsOf(world: World, step: Step): readonly Fault[] {
    const { instruction } = step;
    switch (instruction.kind) {
        case 'create':
            return createFaults(world, step, instruction);
        case 'replicate':
            return [...existing(world, step, instruction.path, notRoot), ...rootNameFaults(step, instruction.name)];
        case 'rename':
            return existing(world, step, instruction.path, (instance) =>
                siblingFaults(step, instance, instruction.name),
            );
        case 'associate':
            return existing(world, step, instruction.path, (instance, path) => scopeFaults(world, instance, path));
        case 'changeStatus':
        case 'bulkOnPath':
            return existing(world, step, instruction.path);
        case 'bulkOnComponent':
            return componentFaults(world, instruction, instruction.component);
        case 'define':
            return instruction.under === null ? [] : existing(world, step, instruction.under);
        case 'execute':
            return executeFaults(world, step, instruction.command);
        case 'email':
        case 'write':
        case 'append':
        case 'malformed':
        case 'unrecognized':
            return [];
        default:
            return instruction satisfies never;
    }
}

type Further = (instance: SimulatedInstance, path: PathWord) => readonly Fault[];

/** CMD_NO_MATCHING_INSTANCE, else what else is wrong with the instance. */
function existing(world: World, step: Step, path: PathWord, further: Further = () => []): readonly Fault[] {
    const trail = step.instances.find(path.segments.map(({ text }) => text));
    if (trail.instance !== null && path.text.startsWith('/')) return further(trail.instance, path);
    return step.instances.isCertain() ? [unknownPath(world, step, path, trail)] : [];
}

function notRoot({ parent }: SimulatedInstance, { text, range }: PathWord): readonly Fault[] {
    if (parent === null) return [];
    const message = `Only root instances can be replicated, and ${quoted(text)} stands in another one: replicate that one, or create an instance.`;
    return [{ code: 'CMD_NOT_A_ROOT_INSTANCE', range, message, details: { INSTANCE: text } }];
}

function rootNameFaults({ instances }: Step, name: Word): readonly Fault[] {
    const taken = instances.childCalled(null, name.text);
    return taken === null ? [] : [conflict(taken, name, `/${name.text}`)];
}

function siblingFaults({ instances }: Step, instance: SimulatedInstance, name: Word): readonly Fault[] {
    const taken = instances.childCalled(instance.parent, name.text);
    if (taken === null) return [];
    return [conflict(taken, name, pathTo(instance.parent, name.text), taken === instance ? 'itself' : null)];
}

function pathTo(parent: SimulatedInstance | null, name: string): string {
    let path = `/${name}`;
    for (let each = parent; each !== null; each = each.parent) path = `/${each.name}${path}`;
    return path;
}

function conflict(taken: SimulatedInstance, name: Word, path: string, shape: 'itself' | null = null): Fault {
    return {
        code: 'CMD_CONFLICTING_INSTANCE_NAME',
        range: name.range,
        message:
            shape === null
                ? `There is an instance ${quoted(path)} already: choose another name.`
                : `${quoted(path)} has this name already: choose another one.`,
        details: { CONFLICTING: path, ...(shape === null ? {} : { SHAPE: shape }) },
        related: placesOf(taken, `${quoted(path)} gets its name here.`),
    };
}

function placesOf({ named, node }: SimulatedInstance, message: string): readonly RelatedPlace[] {
    const range = named ?? node?.declaration.name?.range;
    return range === undefined ? [] : [{ message, range }];
}

function createFaults(
    world: World,
    step: Step,
    { component, name, under }: Instruction & { readonly kind: 'create' },
): readonly Fault[] {
    const unknown = component.text === '' ? [] : componentFaults(world, step.instruction, component);
    const isJudged = unknown.length === 0 && isKnown(world, component.text) && !world.isUncertain(component.text);
    const rooted = isJudged ? rootFaults(world, component, { name, under }) : [];
    const parent = under === null ? null : step.instances.find(under.segments.map(({ text }) => text)).instance;
    const placed =
        under === null
            ? []
            : existing(world, step, under, (instance) =>
                  isJudged && rooted.length === 0 ? parentFaults(world, component, under, instance) : [],
              );
    const isPlaced = under === null || parent !== null;
    const taken = isPlaced ? step.instances.childCalled(parent, name.text) : null;
    return [
        ...unknown,
        ...rooted,
        ...placed,
        ...(taken === null ? [] : [conflict(taken, name, pathTo(parent, name.text))]),
    ];
}

function isKnown({ analysis }: World, component: string): boolean {
    return analysis.files.graph.components.has(component);
}

/** CMD_INEXISTING_COMPONENT. */
function componentFaults({ analysis }: World, instruction: Instruction, component: Word): readonly Fault[] {
    const { graph } = analysis.files;
    if (graph.components.has(component.text)) return [];
    const { text, range } = component;
    const code = 'CMD_INEXISTING_COMPONENT';
    const details = { COMPONENT: text };
    if (text === '')
        return [
            {
                code,
                range: placeOfMissing(instruction, component),
                message: "The name of a component is missing after 'instances of'.",
                details: { ...details, SHAPE: 'missing' },
            },
        ];
    if (graph.facets.has(text))
        return [
            {
                code,
                range,
                message: `'${text}' is a facet: instances are made of components.`,
                details: { ...details, SHAPE: 'facet' },
                related: declarationOf(graph.facets.get(text)?.name, `'${text}' is declared here.`),
            },
        ];
    const message = `No component is called ${quoted(text)}.`;
    const near = { word: text, candidates: () => graph.components.keys() };
    return [{ code, range, message, details, near }];
}

function declarationOf(word: Word | undefined, message: string): readonly RelatedPlace[] {
    return word === undefined ? [] : [{ message, range: word.range }];
}

type CreatedPlace = Pick<Instruction & { readonly kind: 'create' }, 'name' | 'under'>;

/** Whether the instance is a root one exactly when its component is. */
function rootFaults({ analysis }: World, component: Word, { name, under }: CreatedPlace): readonly Fault[] {
    const parents = analysis.files.containment.ancestorsOf(component.text);
    const declared = analysis.files.graph.components.get(component.text)?.name;
    const related = declarationOf(declared, `'${component.text}' is declared here.`);
    if (parents.length > 0 && under === null) {
        const listed = parents.slice(0, MAX_LISTED).join(', ');
        const message = `An instance of '${component.text}' stands in another one: add 'under' and the path of an instance of ${listed}.`;
        const details = { COMPONENT: component.text, PARENTS: listed };
        return [{ code: 'CMD_MISSING_PARENT_INSTANCE', range: name.range, message, details, related }];
    }
    if (parents.length > 0 || under === null) return [];
    const message = `'${component.text}' is a root component: its instances stand in no other one. Remove 'under' and the path.`;
    const details = { COMPONENT: component.text };
    return [{ code: 'CMD_CANNOT_HAVE_ANY_PARENT', range: under.range, message, details, related }];
}

function parentFaults(
    { analysis, isUncertain }: World,
    component: Word,
    under: PathWord,
    parent: SimulatedInstance,
): readonly Fault[] {
    if (parent.component === null || isUncertain(parent.component)) return [];
    const { childrenOf, ancestorsOf } = analysis.files.containment;
    if (childrenOf(parent.component).includes(component.text)) return [];
    const parents = ancestorsOf(component.text).slice(0, MAX_LISTED).join(', ');
    const holder = analysis.files.graph.components.get(parent.component)?.name;
    return [
        {
            code: 'CMD_NOT_AN_ACCEPTABLE_PARENT',
            range: under.range,
            message: `${quoted(under.text)} is an instance of '${parent.component}', which contains no '${component.text}': choose an instance of ${parents}.`,
            details: { COMPONENT: component.text, INSTANCE: under.text, PARENT: parent.component, PARENTS: parents },
            related: declarationOf(holder, `'${parent.component}' is declared here.`),
        },
    ];
}

/** CMD_NOT_A_SCOPED_INSTANCE: only what a target runs can have another one. */
function scopeFaults(world: World, { component }: SimulatedInstance, path: PathWord): readonly Fault[] {
    if (component === null || !isKnown(world, component) || world.isUncertain(component)) return [];
    const { files } = world.analysis;
    const installer = files.installerOf(component);
    if (installer?.toLowerCase() === TARGET) return [];
    const holder = files.graph.lineageOf(component).map((name) => files.graph.components.get(name)?.installer ?? null);
    const place = holder.find((word) => word !== null);
    return [
        {
            code: 'CMD_NOT_A_SCOPED_INSTANCE',
            range: path.range,
            message: `Only instances whose installer is 'target' can be associated with one, and ${quoted(path.text)} is an instance of '${component}'. Name the machine it stands on.`,
            details: { INSTANCE: path.text, COMPONENT: component },
            related: declarationOf(place ?? undefined, `The installer of '${component}' is set here.`),
        },
    ];
}

function executeFaults(world: World, { commands }: Step, command: Word): readonly Fault[] {
    const name = commandNamed(command.text);
    if (name === '') return [];
    const called = world.commandCalled(name);
    const { range } = command;
    const details = { NAME: name };
    if (called === null) {
        const message = `There is no file ${quoted(`commands/${name}.commands`)}.`;
        const near = { word: name, candidates: world.commandNames, otherwise: 'Create it, or name another one.' };
        const file = `commands/${name}.commands`;
        return [{ code: 'CMD_INEXISTING_COMMAND', range, message, details: { ...details, FILE: file }, near }];
    }
    if (called.file === commands.file) {
        const message = `This file executes itself, so that a run of '${name}' would not end: remove this instruction.`;
        return [{ code: 'CMD_LOOPING_COMMAND', range, message, details }];
    }
    if (!world.isLooping(called.file)) return [];
    const message = `Executing '${name}' leads to executing it again, so that a run would not end: break the loop in one of its files.`;
    const place = loopingExecute(world, called.file);
    const related = place === undefined ? [] : [{ message: 'The loop goes on here.', range: place }];
    return [{ code: 'CMD_NASTY_LOOPING_COMMAND', range, message, details, related }];
}

/** Where a file of a loop executes another one of a loop. */
function loopingExecute(world: World, file: string): SourceRange | undefined {
    const commands = world.analysis.side.commands.find((each) => each.file === file);
    for (const instruction of commands?.instructions ?? []) {
        if (instruction.kind !== 'execute') continue;
        const next = world.commandCalled(commandNamed(instruction.command.text));
        if (next !== null && world.isLooping(next.file)) return instruction.command.range;
    }
    return undefined;
}
