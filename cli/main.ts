/** Entry of the command line: one verb, its options, one exit code. The only place that catches bugs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments } from './arguments.ts';
import { help, helpOf } from './help.ts';
import { createOutput, type Output } from './output.ts';
import type { ExitCode } from './verb.ts';
import { VERBS } from './verbs.ts';

const output = createOutput({ out: process.stdout, err: process.stderr });

// A reader that has seen enough, as in `| head`, is no fault; the work goes on unseen.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
});

// The launcher that started this process on another Node was killed: so is this.
process.once('disconnect', () => process.exit(1));
process.channel?.unref();

run(process.argv.slice(2), output).then(
    (code) => {
        process.exitCode = code;
    },
    (error: unknown) => {
        output.note(
            `roboconf: internal fault. Please report it with this text:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
        process.exitCode = 3;
    },
);

async function run(words: readonly string[], out: Output): Promise<ExitCode> {
    const [name, ...rest] = words;
    if (name === undefined) return usageFault(out, help(VERBS));
    if (name === 'help' || name === '--help' || name === '-h') return helpAnswer(out, rest[0]);
    if (name === '--version' || name === 'version') return said(out, version());
    const verb = VERBS.get(name);
    if (verb === undefined) return usageFault(out, `roboconf: there is no verb '${name}'. 'roboconf help' lists them.`);
    if (rest.includes('--help') || rest.includes('-h')) return said(out, helpOf(name, verb));
    const args = readArguments(rest, verb.options);
    if (args.kind === 'fault')
        return usageFault(out, `roboconf ${name}: ${args.message}\n'roboconf help ${name}' explains it.`);
    return verb.run(args.value, out, new AbortController().signal);
}

function helpAnswer(out: Output, name: string | undefined): ExitCode {
    const verb = name === undefined ? undefined : VERBS.get(name);
    return said(out, name === undefined || verb === undefined ? help(VERBS) : helpOf(name, verb));
}

function said(out: Output, text: string): ExitCode {
    out.line(text);
    return 0;
}

function usageFault(out: Output, text: string): ExitCode {
    out.note(text);
    return 2;
}

function version(): string {
    const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));
    const found: unknown =
        typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, 'version') : undefined;
    return typeof found === 'string' ? found : 'unknown';
}
