/** Names in command files: the files, their variables, the instances they make, and all they use. */
import type { Declaration, Reference } from '../application.ts';
import type { CommandsFile } from '../commands/commands-file.ts';
import type { Instruction } from '../commands/instruction.ts';
import { isLiteral, type PathWord } from '../commands/located-text.ts';
import type { SimulatedInstance } from '../commands/simulated-instances.ts';
import { simulate, type Step } from '../commands/simulate.ts';
import { commandNamed } from '../commands/text-faults.ts';
import { worldOf, type World } from '../commands/world.ts';
import type { SourceRange } from '../model/application-model.ts';
import type { Word } from '../model/declarations.ts';
import type { Analysis } from './analysis.ts';
import { MOST_NAMESAKES, type NameIndex, type Names } from './name-index.ts';

/**
 * Command files are declared by their bare names, variables as `<command>.<name>`, instances under the path an instruction gives them.
 * What a variable stands for is no name in the text: there, only the variable is referred to.
 */
export function commandNamesIn(analysis: Analysis, index: NameIndex): Names {
    const world = worldOf(analysis);
    const files = new Map(analysis.side.commands.map((commands) => [commands.file, fileDeclaration(commands)]));
    const declarations: Declaration[] = [...files.values()];
    const references: Reference[] = [];
    for (const commands of analysis.side.commands) {
        const definitions = definitionsIn(commands);
        for (const each of definitions.values()) for (const one of each) declarations.push(one);
        const names = new CommandNames({ world, index, files, definitions });
        simulate(world, commands, (step) => names.add(step));
        // There may be more of them than a call can have arguments.
        for (const one of names.declarations) declarations.push(one);
        for (const one of names.references) references.push(one);
    }
    return { declarations, references };
}

function fileDeclaration({ file, name }: CommandsFile): Declaration {
    const range: SourceRange = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
    return { kind: 'command', name, range, block: range, description: null };
}

type Definitions = ReadonlyMap<string, readonly Declaration[]>;

/** By the name of the variable: all `define` of a name are one variable. */
function definitionsIn({ name: command, instructions }: CommandsFile): Definitions {
    const definitions = new Map<string, Declaration[]>();
    for (const { range: block, uses, ...instruction } of instructions) {
        if (instruction.kind !== 'define' || !isLiteral(instruction.name, uses) || instruction.name.text === '')
            continue;
        const { text, range } = instruction.name;
        const known = definitions.get(text) ?? [];
        known.push({ kind: 'definition', name: `${command}.${text}`, range, block, description: null });
        definitions.set(text, known);
    }
    return definitions;
}

interface Known {
    readonly world: World;
    readonly index: NameIndex;
    readonly files: ReadonlyMap<string, Declaration>;
    readonly definitions: Definitions;
}

/** The names of one file. */
class CommandNames {
    readonly declarations: Declaration[] = [];
    readonly references: Reference[] = [];
    readonly #known: Known;
    /** Instances by the place where an instruction names them. */
    readonly #named = new Map<SourceRange, Declaration>();

    constructor(known: Known) {
        this.#known = known;
    }

    add(step: Step): void {
        const { instruction } = step;
        for (const { name, isDefined, isGenerator } of instruction.uses) {
            const targets = (this.#known.definitions.get(name.text) ?? []).slice(0, MOST_NAMESAKES);
            if (isDefined || !isGenerator)
                this.references.push({ range: name.range, name: `$(${name.text})`, targets });
        }
        this.#addParts(step, instruction);
    }

    #addParts(step: Step, instruction: Instruction): void {
        switch (instruction.kind) {
            case 'create':
                this.#component(instruction, instruction.component);
                if (instruction.under !== null) this.#path(step, instruction.under);
                return this.#instance(instruction, instruction.name, instruction.under?.text ?? '');
            case 'replicate':
                this.#path(step, instruction.path);
                return this.#instance(instruction, instruction.name, '');
            case 'rename':
                this.#path(step, instruction.path);
                return this.#instance(instruction, instruction.name, instruction.path.text.replace(/\/[^/]*$/, ''));
            case 'associate':
                this.#path(step, instruction.path);
                return this.#refer(
                    instruction,
                    instruction.target,
                    this.#known.index.targetsCalled(instruction.target.text),
                );
            case 'changeStatus':
            case 'bulkOnPath':
                return this.#path(step, instruction.path);
            case 'bulkOnComponent':
                return this.#component(instruction, instruction.component);
            case 'define':
                return instruction.under === null ? undefined : this.#path(step, instruction.under);
            case 'execute':
                return this.#command(instruction, instruction.command);
            case 'email':
            case 'write':
            case 'append':
            case 'malformed':
            case 'unrecognized':
                return undefined;
            default:
                return instruction satisfies never;
        }
    }

    #refer({ uses }: Instruction, word: Word, targets: readonly Declaration[]): void {
        if (word.text !== '' && isLiteral(word, uses))
            this.references.push({ range: word.range, name: word.text, targets });
    }

    #component(instruction: Instruction, component: Word): void {
        this.#refer(instruction, component, this.#known.index.typesCalled(component.text));
    }

    /** Each name of a path refers to the instance it leads to. */
    #path({ instruction, instances }: Step, { segments }: PathWord): void {
        const { found } = instances.find(segments.map(({ text }) => text));
        let path = '';
        for (const [i, segment] of segments.entries()) {
            const instance = found[i];
            path = `${path}/${segment.text}`;
            if (instance === undefined) return;
            const word = { text: path, range: writtenName(segment, instance) };
            if (isLiteral(segment, instruction.uses))
                this.references.push({ range: word.range, name: path, targets: this.#targetsOf(instance) });
        }
    }

    #targetsOf({ named, node }: SimulatedInstance): readonly Declaration[] {
        const made = named === null ? undefined : this.#named.get(named);
        if (made !== undefined) return [made];
        return named !== null || node === null ? [] : this.#known.index.instancesAt(node.path);
    }

    #instance({ uses, range: block }: Instruction, name: Word, parent: string): void {
        if (name.text === '' || !isLiteral(name, uses)) return;
        const path = `${parent}/${name.text}`;
        const declaration: Declaration = { kind: 'instance', name: path, range: name.range, block, description: null };
        this.#named.set(name.range, declaration);
        this.declarations.push(declaration);
    }

    #command(instruction: Instruction, command: Word): void {
        const name = commandNamed(command.text);
        const called = this.#known.world.commandCalled(name);
        const declaration = called === null ? undefined : this.#known.files.get(called.file);
        if (!isLiteral(command, instruction.uses)) return;
        const { range } = command;
        const from = range.column + name.lastIndexOf('/') + 1;
        const bare = { ...range, column: from, endColumn: range.column + name.length };
        this.references.push({ range: bare, name, targets: declaration === undefined ? [] : [declaration] });
    }
}

/** Of a copy that `count` made, the name it was copied with stands before the number. */
function writtenName({ range }: Word, { node, named }: SimulatedInstance): SourceRange {
    const length = node?.copiedBy === node?.declaration ? node?.declaration.name?.text.length : undefined;
    return named !== null || length === undefined ? range : { ...range, endColumn: range.column + length };
}
