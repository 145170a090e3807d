/** The verbs that change a deployment: deploy, start, stop, undeploy, cancel, resume. */
import { createInterface } from 'node:readline/promises';
import { listDeployments, type Order } from '../runner/index.ts';
import { errorsOf, findingLine } from './application.ts';
import type { Arguments } from './arguments.ts';
import { carryOut, deploymentWords, type DeploymentWords } from './deployment.ts';
import type { Output } from './output.ts';
import { FORMAT, NAME, usageFault, wantsJson, type ExitCode, type Verb } from './verb.ts';

const YES = { yes: { type: 'boolean', help: 'do not ask for confirmation' } } as const;

export const deploy: Verb = {
    summary: 'deploys and starts the application (or the named sub-trees) on this machine',
    operands: '[DIR] [PATH…]',
    options: { ...YES, ...NAME, ...FORMAT },
    run: deployApplication,
};

export const start: Verb = orderVerb('starts what is deployed', (paths) => ({ kind: 'start', paths }), { asks: false });

export const stop: Verb = orderVerb(
    'stops the named sub-trees (default: all), those that depend on them first',
    (paths) => ({ kind: 'stop', paths }),
    { asks: false },
);

export const undeploy: Verb = orderVerb(
    'stops and removes the named sub-trees (default: all): processes and directories',
    (paths) => ({ kind: 'undeploy', paths }),
    { asks: true },
);

export const cancel: Verb = {
    ...orderVerb('ends the run under way: no new step, running ones are ended', () => ({ kind: 'cancel' }), {
        asks: false,
    }),
    operands: '[DIR]',
};

export const resume: Verb = {
    summary: 'goes on with a deployment whose runner ended; without a directory lists what can be resumed',
    operands: '[DIR]',
    options: {
        ...NAME,
        ...FORMAT,
        'retry-unknown': { type: 'boolean', help: 'run again the steps of which nobody can tell how they ended' },
    },
    run: async (args, output, signal) => {
        if (args.positionals.length === 0) return listResumable(output, wantsJson(args));
        const order: Order = { kind: 'resume', retryUnknown: args.flag('retry-unknown') };
        return withWords('resume', args, output, (words) =>
            carryOut(words, order, { mode: 'attachOrStart', json: wantsJson(args), output }, signal),
        );
    },
};

function orderVerb(
    summary: string,
    orderOf: (paths: readonly string[]) => Order,
    { asks }: { readonly asks: boolean },
): Verb {
    return {
        summary,
        operands: '[DIR] [PATH…]',
        options: { ...(asks ? YES : {}), ...NAME, ...FORMAT },
        run: async (args, output, signal) =>
            withWords(orderOf([]).kind, args, output, async (words) => {
                if (asks && !args.flag('yes')) {
                    const confirmation = await confirmed(output, `Undeploy ${scopeOf(words)}?`, signal);
                    if (confirmation !== 'yes') return declined(output, 'undeploy', confirmation);
                }
                const how = { mode: 'attachOrStart', json: wantsJson(args), output } as const;
                return carryOut(words, orderOf(words.paths), how, signal);
            }),
    };
}

async function deployApplication(args: Arguments, output: Output, signal: AbortSignal): Promise<ExitCode> {
    return withWords('deploy', args, output, async (words) => {
        const { located } = words;
        if (located.kind === 'absent') return usageFault(output, 'deploy', located.message);
        const errors = errorsOf(located.application.findings);
        if (errors.length > 0) {
            for (const finding of errors) output.note(findingLine(words.directory, finding, output));
            output.note(
                `roboconf deploy: not deployed, the model has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}.`,
            );
            return 1;
        }
        if (!args.flag('yes')) {
            const confirmation = await confirmed(output, `Deploy ${scopeOf(words)} on this machine?`, signal);
            if (confirmation !== 'yes') return declined(output, 'deploy', confirmation);
        }
        const order: Order = { kind: 'deploy', model: located.application.model, paths: words.paths };
        return carryOut(words, order, { mode: 'attachOrStart', json: wantsJson(args), output }, signal);
    });
}

async function withWords(
    verb: string,
    args: Arguments,
    output: Output,
    act: (words: DeploymentWords) => Promise<ExitCode>,
): Promise<ExitCode> {
    const words = deploymentWords(args);
    return 'fault' in words ? usageFault(output, verb, words.fault) : act(words);
}

function scopeOf(words: DeploymentWords): string {
    return words.paths.length === 0 ? `'${words.deployment}'` : `${words.paths.join(', ')} of '${words.deployment}'`;
}

async function confirmed(output: Output, question: string, signal: AbortSignal): Promise<'yes' | 'no' | 'cannotAsk'> {
    if (!output.interactive) return 'cannotAsk';
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
        return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `, { signal })).trim()) ? 'yes' : 'no';
    } finally {
        terminal.close();
    }
}

function declined(output: Output, verb: string, why: 'no' | 'cannotAsk'): ExitCode {
    output.note(
        why === 'no'
            ? `roboconf ${verb}: nothing was changed.`
            : `roboconf ${verb}: add --yes; there is no terminal to ask for confirmation.`,
    );
    return 2;
}

async function listResumable(output: Output, json: boolean): Promise<ExitCode> {
    const listings = (await listDeployments()).filter((listing) => listing.resumable);
    for (const listing of listings) {
        if (json) output.json(listing);
        else
            output.line(
                `${listing.key.deployment}  ${listing.key.directory}  ${listing.run?.order ?? ''} was interrupted`,
            );
    }
    if (listings.length === 0 && !json) output.note('Nothing to resume.');
    return 0;
}
