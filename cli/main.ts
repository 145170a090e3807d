/** Entry of the command line: one verb, its options, one exit code. The only place that catches bugs. */
import { statSync } from 'node:fs';
import { readArguments } from './arguments.ts';
import { commandReference } from './command-reference.ts';
import { complete } from './complete.ts';
import { help, helpOf } from './help.ts';
import { meantHint } from './nearest.ts';
import { createOutput, type Output } from './output.ts';
import { productVersion } from './product-version.ts';
import { systemReason } from './system-reason.ts';
import { optionsOf, type ExitCode, type Verb } from './verb.ts';
import { VERBS } from './verbs.ts';

// The launcher that started this process on another Node was killed: so is this.
process.once('disconnect', () => process.exit(1));
process.channel?.unref();

const words = process.argv.slice(2);
const output = createOutput({
    out: process.stdout,
    err: process.stderr,
    in: process.stdin,
    environment: process.env,
    quiet: isQuiet(words),
});

for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error) => {
        const { code, text } = systemReason(error);
        // A reader that has seen enough, as in `| head`, is no fault; the work goes on unseen, and so it does on a full disk.
        if (code === 'EPIPE') return;
        if (stream === process.stdout) output.fault(`roboconf: standard output cannot be written: ${text}`);
        process.once('exit', (ended) => (process.exitCode = ended === 0 ? 1 : ended));
    });

run(words, output).then(
    (code) => {
        output.live?.clear();
        process.exitCode = code;
    },
    (error: unknown) => {
        output.live?.clear();
        output.fault(
            `roboconf: internal fault. Please report it with this text:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
        process.exitCode = 3;
    },
);

async function run(given: readonly string[], out: Output): Promise<ExitCode> {
    const [name, ...rest] = given;
    if (name === undefined) return faulted(out, help(VERBS));
    if (name === '-C') return runElsewhere(rest, out);
    if (name === 'help' || name === '--help' || name === '-h') return helpAnswer(out, rest[0]);
    if (name === '--version' || name === '-V' || name === 'version') return said(out, productVersion());
    // Asked by the completion scripts, whose words are not options of ours.
    if (name === 'complete') return complete(rest, VERBS, out);
    const verb = VERBS.get(name);
    if (verb === undefined) return faulted(out, unknownVerb(name));
    return runVerb(name, verb, rest, out);
}

async function runVerb(name: string, verb: Verb, rest: readonly string[], out: Output): Promise<ExitCode> {
    if (asksForHelp(rest)) return said(out, helpOf(name, verb));
    const args = readArguments(rest, optionsOf(verb));
    const message = args.kind === 'fault' ? args.message : surplusFault(verb, args.value.positionals);
    if (args.kind === 'fault' || message !== undefined)
        return faulted(out, `roboconf ${name}: ${message}\n'roboconf help ${name}' explains it.`);
    return verb.run(args.value, out, new AbortController().signal);
}

async function runElsewhere([directory, ...rest]: readonly string[], out: Output): Promise<ExitCode> {
    if (directory === undefined) return faulted(out, 'roboconf: -C needs a directory');
    if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true)
        return faulted(out, `roboconf: there is no directory '${directory}'`);
    process.chdir(directory);
    return run(rest, out);
}

/** Words that would be ignored are a mistake of the one who wrote them. */
function surplusFault({ operandKinds: [firstKind, others] }: Verb, positionals: readonly string[]): string | undefined {
    const taken = firstKind === 'none' ? 0 : others === 'none' ? 1 : positionals.length;
    const surplus = positionals[taken];
    return surplus === undefined ? undefined : `'${surplus}' is one word too many`;
}

function helpAnswer(out: Output, name: string | undefined): ExitCode {
    if (name === undefined) return said(out, help(VERBS));
    if (name === '--markdown') return said(out, commandReference(VERBS).trimEnd());
    const verb = VERBS.get(name);
    return verb === undefined ? faulted(out, unknownVerb(name)) : said(out, helpOf(name, verb));
}

function unknownVerb(name: string): string {
    const hint = meantHint(name, [...VERBS.keys(), 'help']);
    return `roboconf: there is no verb '${name}'.${hint === '' ? " 'roboconf help' lists them." : hint}`;
}

function said(out: Output, text: string): ExitCode {
    out.line(text);
    return 0;
}

function faulted(out: Output, text: string): ExitCode {
    out.fault(text);
    return 2;
}

function asksForHelp(rest: readonly string[]): boolean {
    const options = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
    return options.includes('--help') || options.includes('-h');
}

/** Known before the words are read, because reading them may already have something to say. */
function isQuiet(given: readonly string[]): boolean {
    return given.includes('--quiet') || given.includes('-q');
}
