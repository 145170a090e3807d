/**
 * `roboconf complete`: what a shell may offer at the end of a command line. Asked by the completion scripts, not by people, so it is in
 * no table of verbs. Answers one candidate a line, with a description behind a tab; `:files` and `:directories` leave it to the shell.
 */
import { listDeployments, readHistory, readStatus } from '../runner/index.ts';
import { locateDirectory } from './application.ts';
import type { OptionSpec, OptionTable } from './arguments.ts';
import type { VerbTable } from './help.ts';
import { JOURNAL_ACTIONS } from './journal-actions.ts';
import type { Output } from './output.ts';
import { SHELLS } from './shells.ts';
import { TARGET_ACTIONS } from './target-actions.ts';
import { knownTargets } from './target-files.ts';
import { optionsOf, type ExitCode, type Operand, type Verb } from './verb.ts';

/** `words`: those behind `roboconf`, the one that is being written last (empty when it has not been begun). */
export async function complete(words: readonly string[], verbs: VerbTable, output: Output): Promise<ExitCode> {
    for (const { word, description } of await candidatesFor(words, verbs))
        output.line(description === '' ? word : `${word}\t${description}`);
    return 0;
}

export interface Candidate {
    readonly word: string;
    readonly description: string;
}

/** Every candidate that begins as the last word does. Never fails: where nothing is known nothing is offered. */
export async function candidatesFor(words: readonly string[], verbs: VerbTable): Promise<readonly Candidate[]> {
    const last = words.at(-1) ?? '';
    const before = words.slice(0, -1);
    if (before[0] === '-C') {
        if (before.length === 1) return [DIRECTORIES];
        return candidatesIn(before[1] ?? '.', words.slice(2), verbs);
    }
    const found = await everythingFor(before, last, verbs);
    return found.filter(({ word }) => word.startsWith(':') || word.startsWith(last));
}

/** As if the shell stood in another directory. */
async function candidatesIn(
    directory: string,
    words: readonly string[],
    verbs: VerbTable,
): Promise<readonly Candidate[]> {
    try {
        process.chdir(directory);
    } catch {
        // It is being written, or wrong: nothing in it can be offered.
        return [];
    }
    return candidatesFor(words, verbs);
}

const FILES: Candidate = { word: ':files', description: '' };
const DIRECTORIES: Candidate = { word: ':directories', description: '' };

function everythingFor(
    before: readonly string[],
    last: string,
    verbs: VerbTable,
): Promise<readonly Candidate[]> | readonly Candidate[] {
    const [name, ...rest] = before;
    if (name === undefined) return last.startsWith('-') ? GLOBAL_OPTIONS : verbCandidates(verbs);
    if (name === 'help') return rest.length === 0 ? verbCandidates(verbs) : [];
    const verb = verbs.get(name);
    return verb === undefined ? [] : wordsFor(verb, readWords(rest, verb), last);
}

function wordsFor(verb: Verb, words: ReadWords, last: string): Promise<readonly Candidate[]> | readonly Candidate[] {
    const directory = words.positionals[0] ?? '.';
    if (words.pending !== null) return valuesOf(words.pending, directory);
    if (!last.startsWith('-') || words.isLiteral) return operandCandidates(verb, words);
    const inline = /^--([\w-]+)=/.exec(last)?.[1];
    return inline === undefined ? optionCandidates(verb, words.options) : inlineValues(verb, inline, directory);
}

const GLOBAL_OPTIONS: readonly Candidate[] = [
    { word: '--help', description: 'lists the verbs' },
    { word: '--version', description: 'shows the version' },
    { word: '-C', description: 'works in another directory' },
];

function verbCandidates(verbs: VerbTable): readonly Candidate[] {
    return [
        ...[...verbs].map(([word, { summary }]) => ({ word, description: summary })),
        { word: 'help', description: "shows a verb's options" },
    ];
}

interface ReadWords {
    readonly positionals: readonly string[];
    /** Names of the options given already. */
    readonly options: ReadonlySet<string>;
    /** An option whose value is being written. */
    readonly pending: OptionSpec | null;
    /** Behind `--`: nothing is an option any more. */
    readonly isLiteral: boolean;
    /** The value of `--name`, which decides whose instances are meant. */
    readonly name: string | undefined;
}

function readWords(words: readonly string[], verb: Verb): ReadWords {
    const end = words.indexOf('--');
    const [head, literal] = end === -1 ? [words, []] : [words.slice(0, end), words.slice(end + 1)];
    const { positionals, options, pending } = readOptions(head, optionsOf(verb));
    return {
        positionals: [...positionals, ...literal],
        options: new Set(options.keys()),
        pending: end === -1 ? pending : null,
        isLiteral: end !== -1,
        name: options.get('name'),
    };
}

function readOptions(
    words: readonly string[],
    table: OptionTable,
): Pick<ReadWords, 'positionals' | 'pending'> & { readonly options: ReadonlyMap<string, string> } {
    const positionals: string[] = [];
    const options = new Map<string, string>();
    let pending = '';
    for (const word of words) {
        if (pending !== '') {
            options.set(pending, word);
            pending = '';
            continue;
        }
        const { name, value } = OPTION.exec(word)?.groups ?? {};
        if (name === undefined) positionals.push(word);
        else options.set(name, value ?? '');
        if (name !== undefined && value === undefined && takesValue(table, name)) pending = name;
    }
    return { positionals, options, pending: table[pending] ?? null };
}

const OPTION = /^--?(?<name>[\w-]+)(?:=(?<value>.*))?$/;

function takesValue(table: OptionTable, name: string): boolean {
    return table[name]?.type === 'string';
}

function optionCandidates(verb: Verb, given: ReadonlySet<string>): readonly Candidate[] {
    return Object.entries(optionsOf(verb))
        .filter(([name]) => !given.has(name))
        .map(([name, { help }]) => ({ word: `--${name}`, description: help }));
}

async function inlineValues(verb: Verb, name: string, directory: string): Promise<readonly Candidate[]> {
    const spec = optionsOf(verb)[name];
    const values = spec === undefined ? [] : await valuesOf(spec, directory);
    return values
        .filter(({ word }) => !word.startsWith(':'))
        .map(({ word }) => ({ word: `--${name}=${word}`, description: '' }));
}

async function valuesOf({ choices, completes }: OptionSpec, directory: string): Promise<readonly Candidate[]> {
    if (choices !== undefined) return choices.map((word) => ({ word, description: '' }));
    if (completes === 'file') return [FILES];
    if (completes === 'target') return [...targetCandidates(directory), FILES];
    if (completes !== 'deployment') return [];
    const located = locateDirectory(directory);
    const wanted = located.kind === 'application' ? located.application.directory : null;
    const listings = (await listDeployments()).filter(({ key }) => key.directory === wanted);
    return listings.map(({ key }) => ({ word: key.deployment, description: '' }));
}

function operandCandidates(verb: Verb, words: ReadWords): Promise<readonly Candidate[]> | readonly Candidate[] {
    const [first, others] = verb.operandKinds;
    const kind: Operand = words.positionals.length === 0 ? first : others;
    switch (kind) {
        case 'application':
            return [DIRECTORIES];
        case 'model':
            return [FILES];
        case 'instance':
            return instancePaths(words);
        case 'run':
            return words.positionals.length === 1 ? runNumbers(words) : [];
        case 'shell':
            return SHELLS.map((word) => ({ word, description: '' }));
        case 'action':
            return TARGET_ACTIONS.map((word) => ({ word, description: '' }));
        case 'journalAction':
            return JOURNAL_ACTIONS.map((word) => ({ word, description: '' }));
        case 'target':
            return targetOperands(words);
        case 'none':
            return [];
        default:
            throw new Error(`unexpected operand ${JSON.stringify(kind satisfies never)}`);
    }
}

/** Behind `target`: what is acted on, and where. */
function targetOperands({ positionals: [action, ...words] }: ReadWords): readonly Candidate[] {
    const isNamed = action === 'list' || words.length > 0;
    return isNamed ? [DIRECTORIES] : [...targetCandidates('.'), FILES];
}

/** The ids of the targets of an application. */
function targetCandidates(directory: string): readonly Candidate[] {
    const located = locateDirectory(directory);
    if (located.kind === 'absent') return [];
    return knownTargets(located.application).flatMap(({ id, name }) =>
        id === null ? [] : [{ word: id, description: name === id ? '' : name }],
    );
}

/** Instances of what is deployed, and of the model as it stands: a deploy may name new ones. */
async function instancePaths({ positionals, name }: ReadWords): Promise<readonly Candidate[]> {
    const located = locateDirectory(positionals[0] ?? '.');
    if (located.kind === 'absent') return [];
    const { directory, model } = located.application;
    const answer = await readStatus(directory, name ?? model.name);
    const deployed = answer.kind === 'known' ? answer.snapshot.instances : [];
    const found = new Map<string, string>();
    for (const { path, status } of deployed) found.set(path, status);
    for (const { path, component } of model.instances) if (!found.has(path)) found.set(path, component);
    for (const path of positionals.slice(1)) found.delete(path);
    return [...found].map(([word, description]) => ({ word, description }));
}

function runNumbers({ positionals, name }: ReadWords): readonly Candidate[] {
    const located = locateDirectory(positionals[0] ?? '.');
    if (located.kind === 'absent') return [];
    const { directory, model } = located.application;
    return readHistory(directory, name ?? model.name).map(({ order, outcome }, index) => ({
        word: String(index + 1),
        description: `${order} ${outcome ?? 'not ended'}`,
    }));
}
