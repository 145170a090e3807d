/** Commands about runs, past and present: what they did and when, and two of them side by side. They run no recipe and work in every workspace. */
import * as vscode from 'vscode';
import type { PageRun } from '../../media/timeline/page.ts';
import type { PastRun } from '../../runner/index.ts';
import { deploymentId, keyOfDeployment } from '../deployments/deployment-view.ts';
import { runEntry } from '../deployments/history-entries.ts';
import { parseElement } from '../deployments/tree-element.ts';
import { openStepRecipe } from '../timeline/open-step.ts';
import type { RunDeed } from '../timeline/run-panels.ts';
import { CANCELLED, DONE, failed, type Outcome } from '../ui/outcome.ts';
import type { CommandContext, CommandTable } from './command.ts';
import { targetDeployment } from './target.ts';

/** Handlers by command name, without the prefix `roboconf.`. */
export function timelineCommands(ctx: CommandContext): CommandTable {
    let selected: PageRun | null = null;
    return {
        'run.show': (argument) => showRun(ctx, argument),
        'run.selectForCompare': async (argument) => {
            const run = runOf(ctx, argument);
            if (run === undefined) return failed({ kind: 'nothingToDo', deed: 'compare' });
            selected = run;
            await vscode.commands.executeCommand('setContext', 'roboconf.hasRunToCompare', true);
            return DONE;
        },
        'run.compareWithSelected': (argument) => {
            const run = runOf(ctx, argument);
            if (run === undefined || selected === null) return compareRuns(ctx, argument);
            ctx.runs.show({ run: selected, other: run });
            return Promise.resolve(DONE);
        },
        'run.compare': (argument) => compareRuns(ctx, argument),
    };
}

/** Without an argument: the one that goes on, else the one that is picked. */
async function showRun(ctx: CommandContext, argument: unknown): Promise<Outcome<unknown>> {
    const given = runOf(ctx, argument) ?? (argument === undefined ? runningOf(ctx) : undefined);
    const run = given ?? (await pickRun(ctx, vscode.l10n.t('Choose the run to show'), null));
    if (run === undefined) return CANCELLED;
    if (run === null) return failed({ kind: 'nothingToDo', deed: 'show' });
    ctx.runs.show({ run, other: null });
    return DONE;
}

/** Compares a run with one that is picked; without an argument both are. The older one stands on the left. */
async function compareRuns(ctx: CommandContext, argument: unknown): Promise<Outcome<unknown>> {
    const first = runOf(ctx, argument) ?? (await pickRun(ctx, vscode.l10n.t('Choose the first run to compare'), null));
    if (first === undefined) return CANCELLED;
    if (first === null) return failed({ kind: 'nothingToDo', deed: 'compare' });
    const second = await pickRun(ctx, vscode.l10n.t('Choose the run to compare it with'), first);
    if (second === undefined) return CANCELLED;
    if (second === null) return failed({ kind: 'nothingToDo', deed: 'compare' });
    const isLater = orderOf(ctx, second) > orderOf(ctx, first);
    ctx.runs.show(isLater ? { run: first, other: second } : { run: second, other: first });
    return DONE;
}

/** When a run began, as far as it is known. */
function orderOf(ctx: CommandContext, named: PageRun): number {
    return pastRunsOf(ctx).find((known) => isNamed(known, named))?.run.begunAt ?? 0;
}

/** The run a command was called on: a past one, or the last one of a deployment. */
function runOf(ctx: CommandContext, argument: unknown): PageRun | undefined {
    const element = parseElement(argument);
    if (element?.kind === 'run' || element?.kind === 'step' || element?.kind === 'unreached') {
        const { deployment, begunAt, run } = element;
        return { deployment, begunAt, run };
    }
    if (isPageRun(argument)) return argument;
    const id = targetDeployment(argument);
    return id === undefined ? undefined : lastRunOf(ctx, id);
}

function isPageRun(value: unknown): value is PageRun {
    if (typeof value !== 'object' || value === null || 'kind' in value) return false;
    return 'run' in value && typeof value.run === 'string' && 'deployment' in value && 'begunAt' in value;
}

function lastRunOf(ctx: CommandContext, deployment: string): PageRun | undefined {
    const run = ctx.deployments.find(deployment)?.snapshot.run?.id;
    if (run === undefined) return undefined;
    const past = pastRunsOf(ctx).find((each) => each.deployment === deployment && each.run.id === run);
    return { deployment, run, begunAt: past?.run.deploymentBegunAt ?? null };
}

function runningOf(ctx: CommandContext): PageRun | undefined {
    const running = ctx.deployments.list().filter(({ snapshot }) => snapshot.run?.endedAt === null);
    const latest = running.toSorted((left, right) => right.changedAt - left.changedAt)[0];
    return latest === undefined ? undefined : lastRunOf(ctx, latest.id);
}

interface KnownRun {
    /** Id of the deployment's view. */
    readonly deployment: string;
    readonly run: PastRun;
}

/** Newest first. */
function pastRunsOf({ histories }: Pick<CommandContext, 'histories'>): readonly KnownRun[] {
    const known = [...histories.all()].flatMap(([directory, runs]) =>
        runs.map(({ deployment, run }) => ({ deployment: deploymentId({ directory, deployment }), run })),
    );
    return known.sort((left, right) => right.run.begunAt - left.run.begunAt);
}

/** Asks for a run; null when there is none to choose, undefined when nothing was chosen. `besides`: one that is no choice. */
async function pickRun(
    ctx: CommandContext,
    title: string,
    besides: PageRun | null,
): Promise<PageRun | null | undefined> {
    const known = pastRunsOf(ctx).filter(({ deployment, run }) => !isNamed({ deployment, run }, besides));
    const simulated = simulatedRuns(ctx).filter(
        (run) => run.deployment !== besides?.deployment || run.run !== besides.run,
    );
    if (known.length + simulated.length === 0) return null;
    const now = Date.now();
    const items = [
        ...simulated.map((run) => ({ label: `$(beaker) ${nameOf(ctx, run.deployment)}`, description: run.run, run })),
        ...known.map(({ deployment, run }) => {
            const { icon, label, description } = runEntry(run, nameOf(ctx, deployment), now);
            const named = { deployment, run: run.id, begunAt: run.deploymentBegunAt };
            return { label: `$(${icon}) ${label}`, description, run: named };
        }),
    ];
    return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.run;
}

function isNamed({ deployment, run }: KnownRun, named: PageRun | null): boolean {
    const isSameTime = named?.begunAt === null || named?.begunAt === run.deploymentBegunAt;
    return named !== null && deployment === named.deployment && run.id === named.run && isSameTime;
}

function simulatedRuns({ deployments, records }: CommandContext): readonly PageRun[] {
    const simulations = deployments.list().filter(({ simulated }) => simulated);
    return simulations.flatMap(({ id }) => records.seen(id).map((run) => ({ deployment: id, run, begunAt: null })));
}

function nameOf({ deployments }: CommandContext, id: string): string {
    return deployments.find(id)?.key.deployment ?? keyOfDeployment(id)?.deployment ?? '';
}

/** Does what the page of a run asks for. */
export async function serveRunPage(ctx: CommandContext, run: PageRun, deed: RunDeed): Promise<Outcome<unknown>> {
    switch (deed.kind) {
        case 'select':
        case 'graph': {
            const element = { kind: 'instance', deployment: run.deployment, path: deed.path };
            const command = deed.kind === 'select' ? 'roboconf.showDeployments' : 'roboconf.showGraph';
            await vscode.commands.executeCommand(command, element);
            return DONE;
        }
        case 'output':
            return showStepOutput(ctx, run, deed.step);
        case 'recipe': {
            const record = await ctx.records.open(run);
            const step = record?.steps.find(({ id }) => id === deed.step);
            const key = ctx.deployments.find(run.deployment)?.key ?? keyOfDeployment(run.deployment);
            if (record === null || step === undefined || key === undefined)
                return failed({ kind: 'nothingToDo', deed: 'open' });
            return openStepRecipe(ctx, key.directory, record, step);
        }
        case 'compare':
            return compareRuns(ctx, run);
        default:
            return deed satisfies never;
    }
}

/** A step that has ended is shown alone; one that goes on is followed. */
async function showStepOutput(ctx: CommandContext, run: PageRun, id: string): Promise<Outcome<unknown>> {
    const record = await ctx.records.open(run);
    const step = record?.steps.find((each) => each.id === id);
    if (step === undefined || step.attempt === null) return failed({ kind: 'nothingToDo', deed: 'open' });
    if (await showPastStep(ctx, run, { path: step.path, attempt: step.attempt })) return DONE;
    const view = ctx.deployments.find(run.deployment);
    if (view === undefined) return failed({ kind: 'nothingToDo', deed: 'open' });
    ctx.output.show(view, [step.path]);
    return DONE;
}

/** Answers false when the step has not ended, or when nobody knows in which life of its deployment it was. */
async function showPastStep(
    ctx: CommandContext,
    { deployment, run, begunAt }: PageRun,
    step: { readonly path: string; readonly attempt: string },
): Promise<boolean> {
    const known = begunAt ?? lastRunOf(ctx, deployment)?.begunAt ?? null;
    return known !== null && ctx.output.showStep({ kind: 'step', ...step, deployment, run, begunAt: known });
}
