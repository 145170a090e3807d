/** Runs a command file in thought: what each instruction finds, what is wrong with it, and what it leaves behind. */
import type { SourceRange } from '../model/application-model.ts';
import { applicationFaultsOf } from './application-faults.ts';
import { addDefinition, readInstruction, type CommandLine, type CommandsFile } from './commands-file.ts';
import type { Fault } from './fault.ts';
import type { Instruction } from './instruction.ts';
import { simulateInstances, type SimulatedInstance, type SimulatedInstances } from './simulated-instances.ts';
import { textFaultsOf, unresolvedFault, type TextFaults } from './text-faults.ts';
import type { Variables, VariableValue } from './variables.ts';
import type { World } from './world.ts';

/** One instruction at its turn; `instances` are those right before it. */
export interface Step {
    readonly instruction: Instruction;
    readonly commands: CommandsFile;
    readonly instances: SimulatedInstances;
    /** Instructions that took an instance away from its path, or were refused to put one there. */
    readonly traces: ReadonlyMap<string, Trace>;
    readonly variables: Variables;
}

interface Trace {
    readonly kind: 'deleted' | 'renamed' | 'refused';
    readonly range: SourceRange;
}

/** `faults` are those that the text alone does not show. */
export type Visit = (step: Step, faults: readonly Fault[]) => void;

const NO_FAULTS: TextFaults = { formal: [], ofParts: [] };

/** Visits all instructions in order. What is refused changes nothing for those after it. */
export function simulate(world: World, commands: CommandsFile, visit: Visit): void {
    new Run(world, commands).all(visit);
}

class Run {
    readonly #world: World;
    readonly #commands: CommandsFile;
    readonly #instances: SimulatedInstances;
    readonly #variables = new Map<string, VariableValue>();
    readonly #refused = new Map<string, SourceRange>();
    readonly #traces = new Map<string, Trace>();

    constructor(world: World, commands: CommandsFile) {
        this.#world = world;
        this.#commands = commands;
        this.#instances = simulateInstances(world.childrenOf);
    }

    all(visit: Visit): void {
        for (const line of this.#commands.lines) {
            const instruction = this.#current(line);
            const step = this.#step(instruction);
            const faults = this.#faultsOf(line, step);
            visit(step, faults);
            if (line.isSound && faults.length === 0) this.#apply(instruction);
            else this.#refuse(instruction);
        }
    }

    #step(instruction: Instruction): Step {
        return {
            instruction,
            commands: this.#commands,
            instances: this.#instances,
            traces: this.#traces,
            variables: this.#variables,
        };
    }

    /** The instruction with the values this application gives to variables. */
    #current({ instruction, logical }: CommandLine): Instruction {
        const isSame = instruction.uses.every(({ isDefined }) => !isDefined);
        return isSame ? instruction : readInstruction(logical, this.#commands.places, this.#variables);
    }

    #faultsOf({ instruction: written, isReadable, isSound }: CommandLine, step: Step): readonly Fault[] {
        const { instruction } = step;
        const names = (): Iterable<string> => this.#variables.keys();
        const lost = instruction.uses.filter(({ isDefined }, i) => !isDefined && written.uses[i]?.isDefined === true);
        if (lost.length > 0)
            return lost.map((use) => {
                const range = this.#refused.get(use.name.text);
                const message = `This instruction, which defines '${use.name.text}', is refused.`;
                return { ...unresolvedFault(use, names), related: range === undefined ? [] : [{ message, range }] };
            });
        if (!isReadable) return [];
        // What the text shows is found when it is read; only values that depend on the application can show more.
        const isShown = instruction === written || !isSound;
        const { formal, ofParts } = isShown ? NO_FAULTS : textFaultsOf(instruction, names);
        if (formal.length > 0) return formal;
        return [...ofParts, ...applicationFaultsOf(this.#world, step)];
    }

    #refuse(instruction: Instruction): void {
        const { kind, range } = instruction;
        if (kind === 'define') this.#refused.set(instruction.name.text, range);
        if (kind === 'create')
            this.#trace(`${instruction.under?.text ?? ''}/${instruction.name.text}`, 'refused', range);
        if (kind === 'replicate') this.#trace(`/${instruction.name.text}`, 'refused', range);
        if (kind === 'rename') {
            const parent = instruction.path.text.replace(/\/[^/]*$/, '');
            this.#trace(`${parent}/${instruction.name.text}`, 'refused', range);
        }
    }

    #trace(path: string, kind: Trace['kind'], range: SourceRange): void {
        this.#traces.set(path, { kind, range });
    }

    #apply(instruction: Instruction): void {
        const { kind } = instruction;
        switch (kind) {
            case 'create':
                return this.#create(instruction);
            case 'replicate':
                return this.#on(instruction.path.segments, (root) =>
                    this.#instances.replicate(root, instruction.name.text, instruction.name.range),
                );
            case 'rename':
                return this.#on(instruction.path.segments, (instance) => {
                    this.#trace(instruction.path.text, 'renamed', instruction.range);
                    this.#instances.rename(instance, instruction.name.text, instruction.name.range);
                });
            case 'bulkOnPath':
                if (instruction.action !== 'delete') return undefined;
                return this.#on(instruction.path.segments, (instance) => {
                    this.#trace(instruction.path.text, 'deleted', instruction.range);
                    this.#instances.remove(instance);
                });
            case 'bulkOnComponent':
                if (instruction.action === 'delete') this.#instances.removeAll(instruction.component.text);
                return undefined;
            case 'define':
                return this.#define(instruction);
            case 'associate':
            case 'changeStatus':
            case 'email':
            case 'write':
            case 'append':
            case 'execute':
            case 'malformed':
            case 'unrecognized':
                return undefined;
            default:
                return kind satisfies never;
        }
    }

    #on(segments: Segments, change: (instance: SimulatedInstance) => void): void {
        const { instance } = this.#instances.find(segments.map(({ text }) => text));
        if (instance !== null) change(instance);
    }

    #create({ component, name, under }: Instruction & { readonly kind: 'create' }): void {
        const parent = this.#parent(under?.segments ?? []);
        this.#instances.create({ name: name.text, component: component.text, parent, named: name.range });
    }

    #define(instruction: Instruction & { readonly kind: 'define' }): void {
        const parent = this.#parent(instruction.under?.segments ?? []);
        const isDisabled = addDefinition(this.#variables, instruction, this.#instances.indexesUnder(parent));
        if (isDisabled) this.#instances.addStandIn(parent);
    }

    #parent(segments: Segments): SimulatedInstance | null {
        return this.#instances.find(segments.map(({ text }) => text)).instance;
    }
}

type Segments = readonly { readonly text: string }[];
