/** `roboconf plan`: what an order would do, wave by wave, before it is given. Nothing is touched and no runner is asked. */
import {
    isNamedBy,
    readPlan,
    type DeploymentPlan,
    type PlannableOrder,
    type PlannedAction,
    type PlannedOrder,
    type PlannedStep,
} from '../runner/index.ts';
import { errorsOf, findingLine } from './application.ts';
import type { Arguments } from './arguments.ts';
import { associationOf, TARGET } from './deploy-targets.ts';
import { deploymentWords, type DeploymentWords } from './deployment-words.ts';
import { durationText } from './durations.ts';
import { meantHint } from './nearest.ts';
import type { Output, Style } from './output.ts';
import { table, type Cell } from './table.ts';
import { faultTexts } from './target-files.ts';
import { FORMAT, NAME, usageFault, wantsJson, type ExitCode, type Verb } from './verb.ts';

const ORDERS = ['deploy', 'start', 'stop', 'undeploy'] as const satisfies readonly PlannedOrder['kind'][];

export const plan: Verb = {
    group: 'deploying',
    summary: 'shows what an order would do, wave by wave, with the critical path; nothing is touched',
    operands: '[DIR] [PATH…]',
    operandKinds: ['application', 'instance'],
    examples: [
        ['roboconf plan my-app', 'what deploying it would do to what is deployed at this moment'],
        ['roboconf plan my-app /data --order stop', 'what stops with /data, and in which order'],
        ['roboconf plan my-app --format json', 'a JSON object for the plan, for each instance and for each step'],
    ],
    options: {
        order: {
            type: 'string',
            value: 'ORDER',
            choices: [...ORDERS],
            help: 'what is planned: deploy (default), start, stop or undeploy',
        },
        ...TARGET,
        ...NAME,
        ...FORMAT,
    },
    run: planOrder,
};

async function planOrder(args: Arguments, output: Output): Promise<ExitCode> {
    const words = await deploymentWords(args);
    if ('fault' in words) return usageFault(output, 'plan', words.fault);
    const order = orderOf(args, words, output);
    if (typeof order === 'number') return order;
    const answer = readPlan({ directory: words.directory, deployment: words.deployment }, order);
    if (answer.kind === 'refused') {
        output.fault(`roboconf plan: ${answer.message}`);
        return 1;
    }
    if (wantsJson(args)) printRecords(answer.plan, output);
    else for (const line of planLines(answer.plan, words, output)) output.line(line);
    return 0;
}

/** The order that is planned, or the exit code when there can be none. */
function orderOf(args: Arguments, words: DeploymentWords, output: Output): PlannableOrder | ExitCode {
    const asked = args.text('order') ?? 'deploy';
    const kind = ORDERS.find((known) => known === asked) ?? 'deploy';
    const { paths } = words;
    return kind === 'deploy' ? deployOf(args, words, output) : { kind, paths };
}

function deployOf(args: Arguments, words: DeploymentWords, output: Output): PlannableOrder | ExitCode {
    const { located, paths } = words;
    if (located.kind === 'absent') return usageFault(output, 'plan', located.message);
    const { application } = located;
    const { model } = application;
    const errors = errorsOf(application.findings);
    for (const finding of errors) output.fault(findingLine(words.directory, finding, output.paintNote));
    if (errors.length > 0) return 1;
    const known = model.instances.map(({ path }) => path);
    const unknown = paths.find((path) => !known.some((each) => isNamedBy(each, [path])));
    if (unknown !== undefined)
        return usageFault(
            output,
            'plan',
            `there is no instance ${unknown} in '${words.word}'.${meantHint(unknown, known)}`,
        );
    const association = associationOf(args, words, application);
    if ('fault' in association) return usageFault(output, 'plan', association.fault);
    for (const text of faultTexts(association.faults)) output.fault(`roboconf plan: ${text}`);
    if (association.faults.length > 0) return association.faults.some((fault) => fault.kind === 'choice') ? 2 : 1;
    return { kind: 'deploy', model, paths, targets: association.targets };
}

/** `{kind: 'plan'}` first, then each instance, then each step. */
function printRecords({ steps, instances, ...whole }: DeploymentPlan, output: Output): void {
    output.json({ kind: 'plan', ...whole });
    for (const instance of instances) output.json({ kind: 'instance', ...instance });
    for (const step of steps) output.json({ kind: 'step', ...step });
}

/** A line each step under the number of its wave, then what comes of it. */
function planLines(made: DeploymentPlan, words: DeploymentWords, output: Output): readonly string[] {
    const { paint } = output;
    if (made.instances.length === 0) return [`Nothing would be done: '${words.deployment}' is as it is asked to be.`];
    let wave = 0;
    const rows = made.steps.map((step) => {
        const isFirst = step.wave !== wave;
        ({ wave } = step);
        return stepRow(step, isFirst);
    });
    const unreached = made.unreached.map(({ path, reason }) =>
        paint('warning', `  ! ${path} is not reached: ${reason}`),
    );
    return [...table(rows, paint), ...unreached, paint('strong', summaryOf(made)), ...timeLines(made, paint)];
}

function stepRow(
    { wave, phase, path, component, estimateMs, isCritical }: PlannedStep,
    isFirst: boolean,
): readonly Cell[] {
    return [
        { text: isFirst ? String(wave) : '', align: 'right', style: 'quiet' },
        { text: isCritical ? '*' : '', style: 'changed' },
        { text: PHASES[phase], style: phaseStyle(phase) },
        { text: path },
        { text: component, style: 'quiet' },
        { text: estimateMs === null ? '' : durationText(estimateMs), align: 'right', style: 'quiet' },
    ];
}

const PHASES: Readonly<Record<PlannedStep['phase'], string>> = {
    createMachine: 'create machine',
    destroyMachine: 'destroy machine',
    initialize: 'initialize',
    deploy: 'deploy',
    start: 'start',
    update: 'update',
    stop: 'stop',
    undeploy: 'undeploy',
};

function phaseStyle(phase: PlannedStep['phase']): Style | undefined {
    switch (phase) {
        case 'createMachine':
        case 'deploy':
        case 'start':
            return 'added';
        case 'destroyMachine':
        case 'undeploy':
        case 'stop':
            return 'removed';
        case 'update':
            return 'changed';
        case 'initialize':
            return undefined;
        default:
            return phase satisfies never;
    }
}

const ACTIONS: Readonly<Record<PlannedAction, string>> = {
    create: 'created',
    start: 'started',
    update: 'updated',
    restart: 'restarted',
    stop: 'stopped',
    delete: 'deleted',
    recreate: 'made anew',
};

/** `Plan: 7 created, in 8 waves.` */
function summaryOf({ instances, waveCount }: DeploymentPlan): string {
    const counts = Map.groupBy(instances, ({ action }) => action);
    const parts = [...counts].map(([action, group]) => `${group.length} ${ACTIONS[action]}`);
    return `Plan: ${parts.join(', ')}, in ${waveCount === 1 ? 'one wave' : `${waveCount} waves`}.`;
}

function timeLines({ estimatedMs, guessedCount, steps }: DeploymentPlan, paint: Output['paint']): readonly string[] {
    const legend = paint('quiet', '* = on the critical path: the whole takes longer when it does.');
    if (estimatedMs === null) return [legend];
    const guessed = guessedCount === 0 ? '' : `; ${guessedCount} of ${steps.length} steps were never measured`;
    return [`It takes about ${durationText(estimatedMs)}${guessed}.`, legend];
}
