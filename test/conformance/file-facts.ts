/** What a file says, in the words of the corpus. */
import type { Application, FileKind } from '../../language/index.ts';
import { parseCommands } from '../../language/commands/commands-file.ts';
import type { InstructionKind } from '../../language/commands/instruction.ts';
import { parseMeasures } from '../../language/measures/measures-file.ts';
import { parseRules } from '../../language/rules/rules-file.ts';
import { descriptorOf } from '../../language/application/descriptor.ts';
import { lastEntries, parseProperties } from '../../language/application/properties.ts';

/** Facts by the kind of the file; those of other kinds are absent. */
export interface FileFacts {
    readonly properties?: Readonly<Record<string, string>>;
    readonly descriptor?: Readonly<Record<string, unknown>>;
    readonly instructions?: readonly InstructionFact[];
    readonly rule?: RuleFact;
    readonly sections?: readonly SectionFact[];
}

export interface InstructionFact {
    readonly type: string;
    readonly line: number;
}

export interface RuleFact {
    readonly name: string;
    readonly event: string;
    readonly commands: readonly string[];
    readonly timeWindow: number;
    readonly sleepPeriod: number;
}

export interface SectionFact {
    readonly handler: string;
    readonly event: string;
}

/** Reads the facts of a text; `application` is what was found out about it. */
export function factsAbout(kind: FileKind, text: string, application: Application): FileFacts {
    switch (kind) {
        case 'descriptor':
            return { descriptor: descriptorFacts(text, application) };
        case 'target':
        case 'recipe':
        case 'instructions':
        case 'measureValues':
            return { properties: propertiesIn(text) };
        case 'commands':
            return { instructions: instructionsIn(text) };
        case 'rules':
            return { rule: ruleIn(text) };
        case 'measures':
            return { sections: sectionsIn(text) };
        case 'graph':
        case 'instances':
            return {};
        default:
            return kind satisfies never;
    }
}

function propertiesIn(text: string): Readonly<Record<string, string>> {
    return Object.fromEntries([...lastEntries(parseProperties(text, ''))].map(([key, { value }]) => [key, value]));
}

function descriptorFacts(text: string, { model }: Application): Readonly<Record<string, unknown>> {
    const descriptor = descriptorOf(text);
    const entry = (key: string): string | null => descriptor.entryOf(key)?.value ?? null;
    return {
        name: model.displayName,
        version: model.version,
        description: model.description,
        'graph-entry-point': entry('graph-entry-point'),
        'instance-entry-point': entry('instance-entry-point'),
        'exports-prefix': model.externalExportsPrefix,
        exports: model.externalExports,
        tags: model.tags.toSorted(),
    };
}

function instructionsIn(text: string): readonly InstructionFact[] {
    return parseCommands(text, '').instructions.flatMap((instruction) => {
        const kind = instruction.kind === 'malformed' ? instruction.expected : instruction.kind;
        return kind === 'unrecognized' ? [] : [{ type: INSTRUCTION_TYPES[kind], line: instruction.line }];
    });
}

/** The line that the corpus has for a finding at a line of a command file: the first one of its instruction. */
export function instructionLine(text: string, line: number): number {
    const around = parseCommands(text, '').instructions.find(
        ({ range }) => range.line <= line && line <= range.endLine,
    );
    return around?.line ?? line;
}

const INSTRUCTION_TYPES: { readonly [K in InstructionKind]: string } = {
    create: 'CreateInstance',
    replicate: 'Replicate',
    rename: 'Rename',
    associate: 'AssociateTarget',
    changeStatus: 'ChangeState',
    bulkOnPath: 'Bulk',
    bulkOnComponent: 'Bulk',
    email: 'Email',
    define: 'DefineVariable',
    write: 'Write',
    append: 'Append',
    execute: 'Execute',
};

/** Of several rules in a file, the corpus has the name of the first, the first times that are given, the event and the commands of the last. */
function ruleIn(text: string): RuleFact {
    const { rules } = parseRules(text, '');
    const [first] = rules;
    const last = rules.at(-1);
    const attributes = rules.flatMap((rule) => rule.attributes);
    return {
        name: first?.name.text ?? '',
        event: last?.event.text ?? '',
        commands: last?.commands.map((command) => command.text) ?? [],
        timeWindow: attributes.find(({ name }) => name === 'time window')?.value ?? -1,
        sleepPeriod: attributes.find(({ name }) => name === 'sleep period')?.value ?? 0,
    };
}

function sectionsIn(text: string): readonly SectionFact[] {
    return parseMeasures(text, '').probes.map(({ handler, event }) => ({ handler: handler.text, event: event.text }));
}
