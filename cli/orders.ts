/** The verbs that order something of what is deployed: start, stop, undeploy, retry, settle, resume. `deploy` and `cancel` have files of their own. */
import { listDeployments, readRecordedTargets, type Order } from '../runner/index.ts';
import type { Arguments, OptionTable } from './arguments.ts';
import { declinedCode } from './confirm.ts';
import { carryOut } from './deployment.ts';
import { deploymentWords, listingFault, type DeploymentWords } from './deployment-words.ts';
import type { Output } from './output.ts';
import { CONFIRM, productionTargetsOf, unconfirmedCode } from './production.ts';
import { FORMAT, NAME, usageFault, wantsJson, YES, type ExitCode, type Verb } from './verb.ts';

/** What to do with a runner of another version. */
export const TAKE_OVER = {
    'take-over': {
        type: 'boolean',
        help: 'asks a runner of another version to leave, waits for it, and goes on itself',
    },
} as const satisfies OptionTable;

const SHARED = { ...NAME, ...FORMAT, ...TAKE_OVER };

export const start: Verb = orderVerb({
    verb: 'start',
    summary: 'starts what is deployed (default: all)',
    orderOf: (paths) => ({ kind: 'start', paths }),
    examples: [['roboconf start my-app /web-1/worker', 'starts one instance and what is on it']],
});

export const stop: Verb = orderVerb({
    verb: 'stop',
    summary: 'stops the named sub-trees (default: all), those that depend on them first',
    orderOf: (paths) => ({ kind: 'stop', paths }),
    examples: [['roboconf stop my-app /data', 'stops what needs /data/store, then the store']],
});

export const undeploy: Verb = orderVerb({
    verb: 'undeploy',
    summary: 'stops and removes the named sub-trees (default: all): processes and directories',
    orderOf: (paths, args) => ({ kind: 'undeploy', paths, ...(args.flag('force') ? { force: true } : {}) }),
    question: (words) => `Undeploy ${scopeOf(words)}?`,
    examples: [
        ['roboconf undeploy my-app --yes', 'leaves nothing but the history'],
        ['roboconf undeploy my-app /web-2 --force', 'gives up a machine without running the recipes of what is on it'],
    ],
    options: {
        force: {
            type: 'boolean',
            help: 'runs no recipe of theirs, kills what runs, gives up machines that cannot be destroyed',
        },
    },
});

export const retry: Verb = orderVerb({
    verb: 'retry',
    summary: 'tries again what failed (default: everything that did), at once where it waits for its next try',
    orderOf: (paths) => ({ kind: 'retry', paths }),
    examples: [['roboconf retry my-app /web-1/worker', 'after the cause of a failure is gone']],
});

export const settle: Verb = {
    ...orderVerb({
        verb: 'settle',
        summary: 'says how steps ended of which nobody can tell, because their runner died',
        orderOf: (paths, args) => ({ kind: 'settle', paths, succeeded: args.flag('succeeded') }),
        faultOf: settleFault,
        examples: [
            ['roboconf settle my-app /data/store --succeeded', 'its step has done its work: goes on from there'],
            ['roboconf settle my-app /data/store --failed', 'it has not: `roboconf retry` runs it again'],
        ],
        options: {
            succeeded: { type: 'boolean', help: 'they did what they were to do' },
            failed: { type: 'boolean', help: 'they did not' },
        },
    }),
    operands: 'DIR PATH… --succeeded|--failed',
};

export const resume: Verb = {
    group: 'deploying',
    summary: 'goes on with a deployment whose runner ended; without a directory lists what can be resumed',
    operands: '[DIR]',
    operandKinds: ['application', 'none'],
    examples: [
        ['roboconf resume', 'lists what was interrupted'],
        ['roboconf resume my-app', 'goes on with what was wanted'],
    ],
    options: {
        ...SHARED,
        'retry-unknown': { type: 'boolean', help: 'runs again the steps of which nobody can tell how they ended' },
    },
    run: async (args, output, signal) => {
        if (args.positionals.length === 0) return listResumable(output, wantsJson(args));
        const words = await deploymentWords(args);
        if ('fault' in words) return usageFault(output, 'resume', words.fault);
        const order: Order = { kind: 'resume', retryUnknown: args.flag('retry-unknown') };
        return carryOut(words, order, howOf(args, output), signal);
    },
};

/** How the options of a verb say an order is to be carried out. */
export function howOf(
    args: Arguments,
    output: Output,
): { readonly mode: 'attachOrStart'; readonly json: boolean; readonly output: Output; readonly takeOver: boolean } {
    return { mode: 'attachOrStart', json: wantsJson(args), output, takeOver: args.flag('take-over') };
}

/** What is meant, for a question. */
export function scopeOf(words: DeploymentWords): string {
    return words.paths.length === 0 ? `'${words.deployment}'` : `${words.paths.join(', ')} of '${words.deployment}'`;
}

interface OrderVerb {
    readonly verb: string;
    readonly summary: string;
    readonly orderOf: (paths: readonly string[], args: Arguments) => Order;
    readonly examples: Verb['examples'];
    /** Asked before, unless `--yes`. */
    readonly question?: (words: DeploymentWords) => string;
    /** What is wrong with the words beyond what all these verbs look at. */
    readonly faultOf?: (words: DeploymentWords, args: Arguments) => string | null;
    readonly options?: OptionTable;
}

function orderVerb({ verb, summary, orderOf, examples, question, faultOf, options }: OrderVerb): Verb {
    return {
        group: 'deploying',
        summary,
        operands: '[DIR] [PATH…]',
        operandKinds: ['application', 'instance'],
        examples,
        options: { ...options, ...(question === undefined ? {} : { ...YES, ...CONFIRM }), ...SHARED },
        run: async (args, output, signal) => {
            const words = await deploymentWords(args);
            if ('fault' in words) return usageFault(output, verb, words.fault);
            const fault = faultOf?.(words, args) ?? null;
            if (fault !== null) return usageFault(output, verb, fault);
            if (question !== undefined) {
                const declined = await declinedCode(verb, { question: question(words), args, output }, signal);
                if (declined !== null) return declined;
                const targets = productionTargetsOf(readRecordedTargets(words.directory, words.deployment));
                const about = { deployment: words.deployment, targets };
                const unconfirmed = await unconfirmedCode(verb, about, { args, output }, signal);
                if (unconfirmed !== null) return unconfirmed;
            }
            return carryOut(words, orderOf(words.paths, args), howOf(args, output), signal);
        },
    };
}

function settleFault({ paths }: DeploymentWords, args: Arguments): string | null {
    if (paths.length === 0) return "name the instances: 'roboconf status' shows whose step is unknown";
    return args.flag('succeeded') === args.flag('failed') ? 'say --succeeded or --failed' : null;
}

async function listResumable(output: Output, json: boolean): Promise<ExitCode> {
    const fault = listingFault();
    if (fault !== null) {
        output.fault(`roboconf resume: ${fault}`);
        return 1;
    }
    const listings = (await listDeployments()).filter((listing) => listing.resumable);
    for (const listing of listings) {
        if (json) output.json(listing);
        else
            output.line(
                `${listing.key.deployment}  ${listing.key.directory}  ${listing.run?.order ?? 'a cancel'} was interrupted`,
            );
    }
    if (listings.length === 0 && !json) output.note('Nothing to resume.');
    return 0;
}
