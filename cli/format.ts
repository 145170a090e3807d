/** `roboconf format`: the canonical form of the files of an application. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { formatFile, MAX_FILE_BYTES, type FileKind } from '../language/index.ts';
import { shownPath } from './application.ts';
import type { Arguments } from './arguments.ts';
import { filesToFormat, formattedKindOf } from './files-to-format.ts';
import type { Output } from './output.ts';
import { replaceFile } from './replace-file.ts';
import { systemReason } from './system-reason.ts';
import { unifiedDiff } from './unified-diff.ts';
import { FORMAT, usageFault, wantsJson, type ExitCode, type Verb } from './verb.ts';

/** Words for what standard input is. */
const INPUT_KINDS: Readonly<Record<string, FileKind>> = {
    graph: 'graph',
    instances: 'instances',
    commands: 'commands',
    properties: 'target',
};

export const format: Verb = {
    group: 'writing',
    summary: 'writes graphs, instances, commands and properties in their canonical form',
    operands: '[DIR|FILE…]',
    operandKinds: ['model', 'model'],
    examples: [
        ['roboconf format', 'formats every file of the applications below the working directory'],
        [
            'roboconf format --check --diff my-app',
            'changes nothing, shows what would change and exits with 1 if anything',
        ],
        ['roboconf format --stdin --kind graph <draft', 'formats standard input, for editors'],
    ],
    options: {
        ...FORMAT,
        check: { type: 'boolean', help: 'changes nothing; names the files that would change and exits with 1 if any' },
        diff: { type: 'boolean', help: 'changes nothing; prints what would change as a unified diff' },
        stdin: { type: 'boolean', help: 'formats standard input to standard output; needs --kind' },
        kind: {
            type: 'string',
            value: 'KIND',
            choices: Object.keys(INPUT_KINDS),
            help: `what standard input is: ${Object.keys(INPUT_KINDS).join(', ')}`,
        },
    },
    run: async (args, output) => (args.flag('stdin') ? formatInput(args, output) : formatAll(args, output)),
};

/** What became of one file. */
type Formatted = { readonly kind: 'same' | 'changed' } | { readonly kind: 'failed'; readonly message: string };

function formatAll(args: Arguments, output: Output): ExitCode {
    if (args.text('kind') !== undefined) return usageFault(output, 'format', '--kind goes with --stdin');
    const words = args.positionals.length === 0 ? ['.'] : args.positionals;
    const found = words.map((word) => filesOf(word));
    const fault = found.find((files) => 'fault' in files);
    if (fault !== undefined && 'fault' in fault) return usageFault(output, 'format', fault.fault);
    const files = [...new Set(found.flatMap((one) => ('fault' in one ? [] : one.files)))];
    const results = files.map((file) => formatOne(file, args, output));
    const count = (kind: Formatted['kind']): number => results.filter((result) => result.kind === kind).length;
    output.note(summaryOf(count('changed'), count('same'), isDry(args)));
    return count('failed') > 0 || (args.flag('check') && count('changed') > 0) ? 1 : 0;
}

function formatOne(file: string, args: Arguments, output: Output): Formatted {
    const result = tryFormat(file, args, output);
    if (result.kind === 'failed')
        output.fault(`roboconf format: ${shownPath(file)} was left as it is: ${result.message}`);
    if (result.kind === 'changed' && wantsJson(args)) output.json({ file: shownPath(file), written: !isDry(args) });
    if (result.kind === 'changed' && !wantsJson(args) && !args.flag('diff')) output.line(shownPath(file));
    return result;
}

function tryFormat(file: string, args: Arguments, output: Output): Formatted {
    const kind = formattedKindOf(file);
    if (kind === null)
        return { kind: 'failed', message: 'its name ends with neither .graph, .instances, .commands nor .properties' };
    try {
        if (statSync(file).size > MAX_FILE_BYTES) return { kind: 'failed', message: 'it is larger than 8 MB' };
        const before = decoded(readFileSync(file));
        if (before === null) return { kind: 'failed', message: 'it is not UTF-8' };
        const after = formattedText(kind, before);
        if (after === before) return { kind: 'same' };
        if (args.flag('diff') && !wantsJson(args))
            output.raw(paintedDiff(unifiedDiff(shownPath(file), before, after), output));
        if (!isDry(args)) replaceFile(realpathSync(file), after);
        return { kind: 'changed' };
    } catch (error) {
        return { kind: 'failed', message: systemReason(error).text };
    }
}

/** Applies the edits, which stand in the order of the text. */
function formattedText(kind: FileKind, text: string): string {
    let formatted = '';
    let offset = 0;
    for (const edit of formatFile(kind, text)) {
        formatted += text.slice(offset, edit.start) + edit.text;
        offset = edit.end;
    }
    return formatted + text.slice(offset);
}

function isDry(args: Arguments): boolean {
    return args.flag('check') || args.flag('diff');
}

function summaryOf(changed: number, same: number, dry: boolean): string {
    if (changed + same === 0) return 'There are no files of applications here.';
    const formatted = dry ? `${files(changed)} would change` : `${files(changed)} formatted`;
    return changed === 0 ? `${files(same)}, nothing to change` : `${formatted}, ${same} with nothing to change`;
}

function files(count: number): string {
    return `${count} file${count === 1 ? '' : 's'}`;
}

/** Null when the bytes are no UTF-8: writing them back would lose what they were. A byte order mark stays. */
function decoded(bytes: Buffer): string | null {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
        // The decoder has no other way to say it.
        return null;
    }
}

function filesOf(word: string): { readonly files: readonly string[] } | { readonly fault: string } {
    try {
        return { files: statSync(word).isDirectory() ? filesToFormat(word) : [word] };
    } catch (error) {
        const { code, text } = systemReason(error);
        return { fault: code === 'ENOENT' ? `there is no file or directory '${word}'` : `'${word}': ${text}` };
    }
}

function paintedDiff(diff: string, { paint }: Output): string {
    return diff
        .split('\n')
        .map((line) =>
            line.startsWith('+') ? paint('added', line) : line.startsWith('-') ? paint('removed', line) : line,
        )
        .join('\n');
}

async function formatInput(args: Arguments, output: Output): Promise<ExitCode> {
    const kind = INPUT_KINDS[args.text('kind') ?? ''];
    if (kind === undefined)
        return usageFault(output, 'format', `--stdin needs --kind, one of ${Object.keys(INPUT_KINDS).join(', ')}`);
    if (args.positionals.length > 0) return usageFault(output, 'format', '--stdin takes no files');
    const before = decoded(await buffer(process.stdin));
    if (before === null) {
        output.fault('roboconf format: standard input is not UTF-8.');
        return 1;
    }
    const after = formattedText(kind, before);
    if (args.flag('diff')) output.raw(paintedDiff(unifiedDiff('standard input', before, after), output));
    else if (!args.flag('check')) output.raw(after);
    return args.flag('check') && after !== before ? 1 : 0;
}
