/** `roboconf logs`: what recipes wrote, now and from now on. */
import { followLogs, readLogs, readStatus, type LogPiece, type Phase, type StepLog } from '../runner/index.ts';
import type { Arguments } from './arguments.ts';
import { deploymentWords, type DeploymentWords } from './deployment-words.ts';
import { onInterrupt } from './interrupt.ts';
import { createLogPrinter, type LogPrinter } from './log-lines.ts';
import { meantHint } from './nearest.ts';
import type { Output } from './output.ts';
import { FORMAT, NAME, usageFault, wantsJson, type ExitCode, type Verb } from './verb.ts';

const PHASES: readonly Phase[] = ['initialize', 'deploy', 'start', 'update', 'stop', 'undeploy'];

export const logs: Verb = {
    group: 'looking',
    summary: 'prints what the recipes wrote; with --follow also what they write from now on',
    operands: '[DIR] [PATH…]',
    operandKinds: ['application', 'instance'],
    examples: [
        ['roboconf logs my-app /web-1', 'what the recipes of /web-1 and of all on it wrote'],
        ['roboconf logs my-app --last --phase start', 'the latest start of each instance'],
        ['roboconf logs my-app --follow', 'goes on until Ctrl+C'],
    ],
    options: {
        ...NAME,
        ...FORMAT,
        follow: { type: 'boolean', short: 'f', help: 'goes on with what is written from now on, until Ctrl+C' },
        phase: {
            type: 'string',
            value: 'PHASE',
            choices: PHASES,
            help: `only steps of this phase: ${PHASES.join(', ')}`,
        },
        last: { type: 'boolean', help: 'only the latest step of each instance (and phase, with --phase)' },
    },
    run: printLogs,
};

async function printLogs(args: Arguments, output: Output, signal: AbortSignal): Promise<ExitCode> {
    const words = await deploymentWords(args);
    if ('fault' in words) return usageFault(output, 'logs', words.fault);
    if (args.flag('follow') && args.flag('last'))
        return usageFault(output, 'logs', '--follow and --last exclude each other');
    const unknown = await faultOf(words);
    if (unknown !== null && !args.flag('follow')) {
        output.fault(`roboconf logs: ${unknown}`);
        return 1;
    }
    if (unknown !== null) output.note(`roboconf logs: ${unknown} Waiting for it.`);
    const write: LogPrinter = wantsJson(args) ? (piece) => output.json(recordOf(piece)) : createLogPrinter(output);
    if (args.flag('follow')) return follow(words, args, write, signal);
    const steps = selected(readLogs(words.directory, words.deployment, words.paths), args);
    for (const step of steps) for (const piece of piecesOf(step)) write(piece);
    if (steps.length === 0) output.note('No recipe has run yet for what was asked.');
    return 0;
}

/** Why there is nothing to read; null when there may be. */
async function faultOf({ directory, deployment, paths, word }: DeploymentWords): Promise<string | null> {
    const status = await readStatus(directory, deployment);
    switch (status.kind) {
        case 'none':
            return `'${deployment}' is not deployed from '${word}'.`;
        case 'damaged':
            return status.message;
        case 'known': {
            const known = status.snapshot.instances.map(({ path }) => path);
            const wrong = paths.find((path) => !known.includes(path));
            return wrong === undefined ? null : `'${deployment}' has no instance ${wrong}.${meantHint(wrong, known)}`;
        }
        default:
            throw new Error(`unexpected answer ${JSON.stringify(status satisfies never)}`);
    }
}

async function follow(
    { directory, deployment, paths }: DeploymentWords,
    args: Arguments,
    write: LogPrinter,
    signal: AbortSignal,
): Promise<ExitCode> {
    const stopped = new AbortController();
    const forget = onInterrupt(() => stopped.abort());
    // Nobody reads any more, as in `| head`.
    process.stdout.once('error', () => stopped.abort());
    const phase = args.text('phase');
    try {
        const options = { signal: AbortSignal.any([stopped.signal, signal]) };
        for await (const piece of followLogs(directory, deployment, paths, options))
            if (phase === undefined || piece.phase === phase) write(piece);
        return 0;
    } finally {
        forget();
    }
}

function selected(steps: readonly StepLog[], args: Arguments): readonly StepLog[] {
    const phase = args.text('phase');
    const ofPhase = steps.filter((step) => phase === undefined || step.phase === phase);
    if (!args.flag('last')) return ofPhase;
    const last = new Map(ofPhase.map((step) => [step.path, step.attempt]));
    return ofPhase.filter((step) => last.get(step.path) === step.attempt);
}

function piecesOf({ path, phase, attempt, stdout, stderr, outcome }: StepLog): readonly LogPiece[] {
    const step = { path, phase, attempt } as const;
    return [
        ...(stdout === '' ? [] : [{ kind: 'output', ...step, stream: 'stdout', text: stdout } as const]),
        ...(stderr === '' ? [] : [{ kind: 'output', ...step, stream: 'stderr', text: stderr } as const]),
        ...(outcome === null ? [] : [{ kind: 'ended', ...step, outcome } as const]),
    ];
}

/** The record of the public contract: `{path, phase, attempt, stream, text}`, then `{path, phase, attempt, outcome}`. */
function recordOf(piece: LogPiece): object {
    const { path, phase, attempt } = piece;
    return piece.kind === 'output'
        ? { path, phase, attempt, stream: piece.stream, text: piece.text }
        : { path, phase, attempt, outcome: piece.outcome };
}
