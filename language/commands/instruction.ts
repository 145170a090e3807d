/** Instructions of command files as data (reference: language, section 5.2). All words are those a run would see: values instead of variables. */
import type { SourceRange } from '../model/application-model.ts';
import type { Word } from '../model/declarations.ts';
import type { PathWord } from './located-text.ts';

/** What instructions that concern several instances do to them. */
export type BulkAction = 'delete' | 'deployAndStart' | 'stop' | 'undeploy';

/** The name of an instruction: what it does, whatever it does it to. */
export type InstructionKind =
    | 'create'
    | 'replicate'
    | 'rename'
    | 'associate'
    | 'changeStatus'
    | 'bulkOnPath'
    | 'bulkOnComponent'
    | 'email'
    | 'define'
    | 'write'
    | 'append'
    | 'execute';

/** What an instruction says. Parts that are missing are empty words at the place where they should stand. */
export type InstructionParts =
    | {
          readonly kind: 'create';
          readonly component: Word;
          readonly name: Word;
          /** The path of the parent; null for a root instance. */
          readonly under: PathWord | null;
      }
    | { readonly kind: 'replicate' | 'rename'; readonly path: PathWord; readonly name: Word }
    | { readonly kind: 'associate'; readonly path: PathWord; readonly target: Word }
    | { readonly kind: 'changeStatus'; readonly path: PathWord; readonly status: Word }
    | { readonly kind: 'bulkOnPath'; readonly action: BulkAction; readonly path: PathWord }
    | { readonly kind: 'bulkOnComponent'; readonly action: BulkAction; readonly component: Word }
    | { readonly kind: 'email'; readonly recipients: Word; readonly message: Word }
    | { readonly kind: 'define'; readonly name: Word; readonly value: Word; readonly under: PathWord | null }
    | { readonly kind: 'write' | 'append'; readonly content: Word; readonly target: Word }
    | { readonly kind: 'execute'; readonly command: Word }
    /** The first word says which instruction is meant, but the rest does not fit; `argument` is the first word that is not fixed. */
    | { readonly kind: 'malformed'; readonly expected: InstructionKind; readonly argument: Word }
    /** No instruction: a run ignores it. `head` is what should say which one is meant. */
    | { readonly kind: 'unrecognized'; readonly head: Word };

/** `$(name)` in an instruction. */
export interface VariableUse {
    /** Between the brackets. */
    readonly name: Word;
    readonly range: SourceRange;
    /** Whether an earlier instruction defines it. What is not defined stays in the words as it is written. */
    readonly isDefined: boolean;
    /** Whether it stands for something of its own, such as a date: section 5.3. */
    readonly isGenerator: boolean;
}

export type Instruction = InstructionParts & {
    /** The first physical line: the one that findings of the original name. */
    readonly line: number;
    /** From its first character to its last, without comment; the text of the file in between may hold continuations. */
    readonly range: SourceRange;
    /** The line as it is read, without comment and blanks at its ends, with values for variables. */
    readonly text: string;
    /** The fixed words, in order. */
    readonly keywords: readonly Word[];
    readonly uses: readonly VariableUse[];
};

/** The first words of instructions: letter case and nothing else is free. */
export const BULK_ACTIONS: readonly (readonly [string, BulkAction])[] = [
    ['delete', 'delete'],
    ['deploy and start all', 'deployAndStart'],
    ['stop all', 'stop'],
    ['undeploy all', 'undeploy'],
];

/** What each instruction looks like, for messages. */
export const FORMS: { readonly [K in InstructionKind]: string } = {
    create: 'create COMPONENT as NAME under /PATH',
    replicate: 'replicate /PATH as NAME',
    rename: 'rename /PATH as NAME',
    associate: 'associate /PATH with TARGET',
    changeStatus: 'change status of /PATH to STATUS',
    bulkOnPath: 'stop all /PATH',
    bulkOnComponent: 'stop all instances of COMPONENT',
    email: 'email ADDRESS, ADDRESS with MESSAGE',
    define: 'define NAME = VALUE',
    write: 'write TEXT into FILE',
    append: 'append TEXT into FILE',
    execute: 'execute COMMAND',
};

/** Whether the parts name instances by a path that must begin with a slash. */
export function startsWithPath(kind: InstructionKind): boolean {
    return kind === 'replicate' || kind === 'rename' || kind === 'associate' || kind === 'changeStatus';
}
