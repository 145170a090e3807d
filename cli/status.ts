/** `roboconf status`: what is deployed and how it is, without disturbing it. */
import {
    isMachineWork,
    isNamedBy,
    listDeployments,
    readStatus,
    type DeploymentListing,
    type DeploymentSnapshot,
    type FailureNote,
    type InstanceSnapshot,
    type StatusAnswer,
} from '../runner/index.ts';
import type { Arguments } from './arguments.ts';
import { deploymentWords, listingFault, type DeploymentWords } from './deployment-words.ts';
import { dateText, durationText } from './durations.ts';
import { STATUS_STYLE } from './events.ts';
import { meantHint } from './nearest.ts';
import type { Output } from './output.ts';
import { countsText, tryText } from './progress.ts';
import { causeLines, nextSteps } from './run-summary.ts';
import { table, type Cell } from './table.ts';
import { FORMAT, NAME, usageFault, wantsJson, type ExitCode, type Verb } from './verb.ts';

export const status: Verb = {
    group: 'looking',
    summary: 'shows the instances of a deployment; with --all every deployment of this user',
    operands: '[DIR] [PATH…]',
    operandKinds: ['application', 'instance'],
    examples: [
        ['roboconf status my-app', 'every instance, its exports, what failed and why'],
        ['roboconf status --all', 'the deployments of this user, wherever they were made from'],
    ],
    options: { ...NAME, ...FORMAT, all: { type: 'boolean', short: 'a', help: 'lists every deployment' } },
    run: async (args, output) => (args.flag('all') ? all(args, output) : one(args, output)),
};

type Known = Extract<StatusAnswer, { kind: 'known' }>;

async function one(args: Arguments, output: Output): Promise<ExitCode> {
    const words = await deploymentWords(args);
    if ('fault' in words) return usageFault(output, 'status', words.fault);
    const answer = await readStatus(words.directory, words.deployment);
    switch (answer.kind) {
        case 'none':
            return notDeployed(words, wantsJson(args), output);
        case 'damaged':
            output.fault(`roboconf status: ${answer.message}`);
            return 1;
        case 'known':
            return told(words, answer, wantsJson(args), output);
        default:
            throw new Error(`unexpected answer ${JSON.stringify(answer satisfies never)}`);
    }
}

/** What is deployed under the same name from elsewhere may be this application before it was moved, or the other way round. */
async function notDeployed(words: DeploymentWords, json: boolean, output: Output): Promise<ExitCode> {
    const { deployment, directory, word } = words;
    if (json) {
        output.json({ deployment, directory, instances: [] });
        return 0;
    }
    output.line(`'${deployment}' is not deployed. Deploy it with: roboconf deploy ${quoted(word)}`);
    for (const { key } of await listDeployments()) {
        if (key.directory === directory)
            output.line(`'${key.deployment}' is deployed from here: add --name ${quoted(key.deployment)}`);
        else if (key.deployment === deployment)
            output.line(
                `A '${deployment}' is deployed from ${key.directory}: roboconf status ${quoted(key.directory)}`,
            );
    }
    return 0;
}

function quoted(word: string): string {
    return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function told({ paths, deployment }: DeploymentWords, answer: Known, json: boolean, output: Output): ExitCode {
    const { snapshot, alive, resumable } = answer;
    const known = snapshot.instances.map((instance) => instance.path);
    const wrong = paths.find((path) => !known.includes(path));
    if (wrong !== undefined)
        return usageFault(output, 'status', `'${deployment}' has no instance ${wrong}.${meantHint(wrong, known)}`);
    const instances = snapshot.instances.filter(({ path }) => isNamedBy(path, paths));
    if (json) output.json({ ...snapshot, instances, alive, resumable });
    else for (const line of snapshotLines({ ...snapshot, instances }, answer, output)) output.line(line);
    return 0;
}

function snapshotLines(
    snapshot: DeploymentSnapshot,
    answer: Pick<Known, 'alive' | 'resumable'>,
    { paint }: Pick<Output, 'paint'>,
): readonly string[] {
    const { key, run, instances } = snapshot;
    const now = Date.now();
    const causes = instances.filter(({ failure, status: found }) => failure !== null || found === 'UNRESOLVED');
    return [
        `${paint('strong', `${key.deployment}  ${stateOf(snapshot, answer)}`)}  ${paint('quiet', tallyOf(instances))}`,
        ...(run === null ? [] : [paint('quiet', `  ${runText(run)}`)]),
        ...table(
            instances.map((instance) => cellsOf(instance, now)),
            paint,
        ),
        ...causes.flatMap((instance) => causeLines(instance)),
        ...nextSteps(instances),
    ];
}

function tallyOf(instances: readonly InstanceSnapshot[]): string {
    const kinds = instances.flatMap(({ failure }) => (failure === null ? [] : [failureWord(failure)]));
    const counts = [...new Set(kinds)].map((kind) => `${kinds.filter((other) => other === kind).length} ${kind}`);
    return [countsText(instances), ...(counts.length === 0 ? [] : [counts.join(', ')])].join('; ');
}

function failureWord({ kind, phase }: FailureNote): string {
    if (phase === 'reachMachine') return 'without an answer';
    return kind === 'timedOut' ? 'timed out' : kind;
}

function stateOf(
    { run, instances }: DeploymentSnapshot,
    { alive, resumable }: Pick<Known, 'alive' | 'resumable'>,
): string {
    if (resumable) return 'interrupted: `roboconf resume` goes on with it';
    if (run !== null && run.endedAt === null)
        return run.cancelling ? `the ${run.order} is being cancelled` : `a ${run.order} is under way`;
    if (alive) return 'a runner is driving it';
    const isUnwatched = instances.some(({ machine }) => machine !== undefined);
    return isUnwatched ? 'quiet, and nobody watches its machines: `roboconf resume` does' : 'quiet';
}

function runText({ order, begunAt, endedAt, outcome }: NonNullable<DeploymentSnapshot['run']>): string {
    if (endedAt === null) return `${order} begun ${dateText(begunAt)}`;
    return `last run: ${order} ${outcome ?? ''} ${dateText(endedAt)}, after ${durationText(endedAt - begunAt)}`;
}

function cellsOf(instance: InstanceSnapshot, now: number): readonly Cell[] {
    const exported = Object.entries(instance.exports).map(([name, value]) => `${name}=${value}`);
    const leaving = instance.leaving ? ['leaves: the model does not have it any more'] : [];
    const address = instance.machine?.address ?? '';
    const machine = address === '' ? [] : [`on ${address}`];
    const notes = [...stepNotes(instance, now), ...leaving, ...machine, ...exported];
    return [
        { text: instance.path },
        { text: instance.status, style: STATUS_STYLE[instance.status] },
        ...failureCells(instance),
        { text: notes.join('  '), style: 'quiet' },
    ];
}

/** A status alone does not tell that a step failed: what could not be started is stopped. */
function failureCells({ failure, retryAt }: InstanceSnapshot): readonly Cell[] {
    if (failure === null || retryAt !== null) return [];
    return [{ text: failureText(failure), style: 'error' }];
}

function failureText(failure: FailureNote): string {
    const { phase } = failure;
    return isMachineWork(phase) ? MACHINE_FAILURES[phase] : `${phase} ${failureWord(failure)}`;
}

const MACHINE_FAILURES = {
    createMachine: 'no machine',
    reachMachine: 'does not answer',
    destroyMachine: 'machine not removed',
} as const satisfies Record<string, string>;

function stepNotes({ step, retryAt, retries }: InstanceSnapshot, now: number): readonly string[] {
    if (step !== null) return [`${step.phase} for ${durationText(now - step.begunAt)}`];
    return retryAt === null ? [] : [`${tryText(retries)} in ${durationText(retryAt - now)}`];
}

async function all(args: Arguments, output: Output): Promise<ExitCode> {
    if (args.positionals.length > 0) return usageFault(output, 'status', '--all takes no directory');
    const fault = listingFault();
    if (fault !== null) {
        output.fault(`roboconf status: ${fault}`);
        return 1;
    }
    const listings = await listDeployments();
    if (wantsJson(args)) for (const listing of listings) output.json(listing);
    else for (const line of table(listings.map(listingCells), output.paint)) output.line(line);
    for (const { damage } of listings) if (damage !== null) output.fault(`roboconf status: ${damage}`);
    if (listings.length === 0 && !wantsJson(args)) output.line('Nothing is deployed.');
    return 0;
}

function listingCells(listing: DeploymentListing): readonly Cell[] {
    const counts = Object.entries(listing.statuses).map(([name, count]) => `${count} ${name}`);
    const quiet = listing.alive ? 'running' : listing.resumable ? 'resumable' : 'quiet';
    const state = listing.damage === null ? quiet : 'damaged';
    return [
        { text: listing.key.deployment },
        { text: state, style: listing.damage === null ? 'strong' : 'error' },
        { text: counts.join(', ') },
        { text: listing.key.directory, style: 'quiet' },
    ];
}
