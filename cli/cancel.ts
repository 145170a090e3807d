/** `roboconf cancel`: ends the run under way and waits until nothing of it runs any more. */
import type { DeploymentSnapshot, Runner } from '../runner/index.ts';
import { lastSnapshot, runnerFor } from './deployment.ts';
import { deploymentWords } from './deployment-words.ts';
import type { Arguments } from './arguments.ts';
import { eventRecord } from './events.ts';
import { onInterrupt } from './interrupt.ts';
import { howOf, TAKE_OVER } from './orders.ts';
import type { Output } from './output.ts';
import { createProgress } from './progress.ts';
import { FORMAT, NAME, usageFault, wantsJson, type ExitCode, type Verb } from './verb.ts';

export const cancel: Verb = {
    group: 'deploying',
    summary: 'ends the run under way: no new step is begun, running ones are ended; waits until all is quiet',
    operands: '[DIR]',
    operandKinds: ['application', 'none'],
    examples: [['roboconf cancel my-app', 'also a run of another terminal or of an editor']],
    options: {
        ...NAME,
        ...FORMAT,
        ...TAKE_OVER,
        'no-wait': { type: 'boolean', help: 'returns as soon as the cancel is recorded' },
    },
    run: cancelRun,
};

async function cancelRun(args: Arguments, output: Output, signal: AbortSignal): Promise<ExitCode> {
    const words = await deploymentWords(args);
    if ('fault' in words) return usageFault(output, 'cancel', words.fault);
    const runner = await runnerFor(words, 'cancel', howOf(args, output), signal);
    if (runner === null) return 1;
    try {
        return await cancelAndWait(runner, args, output, signal);
    } finally {
        await runner.dispose();
    }
}

async function cancelAndWait(runner: Runner, args: Arguments, output: Output, signal: AbortSignal): Promise<ExitCode> {
    const progress = createProgress(runner, output, signal);
    const stopEvents = runner.onEvent((event) => {
        if (wantsJson(args)) output.json(eventRecord(event));
        else if (event.kind === 'stepEnded' && !output.isQuiet)
            output.line(`${event.path}  ${event.phase} ${event.outcome}`);
    });
    const left = new AbortController();
    const forget = onInterrupt(() => left.abort());
    try {
        // Asked before: a step that is told to end may be over at once.
        const before = await runner.snapshot(signal);
        const answer = await runner.order({ kind: 'cancel' }, signal);
        if (answer.kind === 'refused') {
            output.fault(`roboconf cancel: ${answer.message}`);
            return 1;
        }
        noteEnding(before, output);
        // A run driven by this very process would lose its driver: it is waited for whatever was asked.
        if (args.flag('no-wait') && !runner.inProcess) return 0;
        await progress.begin();
        const seen = await runner.whenQuiet(AbortSignal.any([left.signal, signal]));
        progress.end();
        const { run } = await lastSnapshot(runner, seen, signal);
        const end =
            run === null ? 'nothing was under way' : `the ${run.order} has ended: ${run.outcome ?? 'interrupted'}`;
        output.note(`roboconf cancel: ${end}.`);
        return 0;
    } catch (error) {
        if (!left.signal.aborted) throw error;
        output.fault('roboconf cancel: it goes on being cancelled; `roboconf status` shows when it is quiet.');
        return 1;
    } finally {
        progress.end();
        forget();
        stopEvents();
    }
}

/** What has to end before all is quiet. */
function noteEnding({ instances }: DeploymentSnapshot, output: Output): void {
    const steps = instances.flatMap(({ path, step }) => (step === null ? [] : [`${path} ${step.phase}`]));
    if (steps.length > 0) output.note(`Ending ${steps.join(', ')} …`);
}
