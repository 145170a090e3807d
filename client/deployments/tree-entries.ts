/** What the Deployments view shows, as plain data: which entries there are and what each says. */
import { isAbsent, isRunning } from './live-state.ts';
import type { FailureNote, InstanceSnapshot } from '../../runner/protocol.ts';
import type { DeploymentView } from './deployment-view.ts';
import {
    failureWord,
    instanceLook,
    instanceWords,
    orderDoing,
    progressWords,
    type StatusLook,
} from './status-words.ts';

/** An element of the tree. Ids hold no text that changes, so that what is open stays open. */
export type TreeElement =
    | { readonly kind: 'deployment'; readonly deployment: string }
    | { readonly kind: 'instance'; readonly deployment: string; readonly path: string };

export interface TreeEntry {
    readonly id: string;
    readonly label: string;
    readonly description: string;
    readonly icon: string;
    readonly colour: string | null;
    /** Flags between semicolons, for `when` clauses: `instance;startable;undeployable;`. */
    readonly flags: string;
    /** Read out by screen readers; holds Roboconf's own status name. */
    readonly ariaLabel: string;
    /** Lines of the tooltip, as plain text. */
    readonly tooltip: Tooltip;
    readonly hasChildren: boolean;
}

export interface Tooltip {
    readonly title: string;
    readonly lines: readonly string[];
    /** Shown as they are, in a fixed-width block. */
    readonly output: readonly string[];
    /** Commands without the prefix `roboconf.`, called with the element. */
    readonly links: readonly { readonly title: string; readonly command: LinkedCommand }[];
}

/** What tooltips may call. */
export type LinkedCommand = 'openRecipe' | 'showOutput' | 'retry';

/** The identity of an element over all refreshes. */
export function elementId(element: TreeElement): string {
    return element.kind === 'deployment' ? element.deployment : `${element.deployment}#${element.path}`;
}

/** Children of each instance by the parent's path; the roots under null. Order as in the snapshot. */
export type InstanceTree = ReadonlyMap<string | null, readonly InstanceSnapshot[]>;

/** Nests the instances as the model does. An instance whose parent is not listed is a root. */
export function instanceTreeOf(instances: readonly InstanceSnapshot[]): InstanceTree {
    const paths = new Set(instances.map((instance) => instance.path));
    const parentOf = ({ parent }: InstanceSnapshot) => (parent !== null && paths.has(parent) ? parent : null);
    return Map.groupBy(instances, parentOf);
}

/** The entry of a deployment. */
export function deploymentEntry(view: DeploymentView): TreeEntry {
    const look = deploymentLook(view);
    const description = deploymentDescription(view);
    return {
        id: view.id,
        label: view.key.deployment,
        description,
        icon: look.icon,
        colour: look.colour,
        flags: deploymentFlags(view),
        ariaLabel: `${view.simulated ? 'Simulation' : 'Deployment'} ${view.key.deployment}: ${description}`,
        tooltip: deploymentTooltip(view),
        // Also before its runner has said what there is: the editor keeps an entry closed that once had nothing to open.
        hasChildren: true,
    };
}

/** The entry of an instance. `childCount`: instances right below it. */
export function instanceEntry(view: DeploymentView, instance: InstanceSnapshot, childCount: number): TreeEntry {
    const driven = view.link.kind === 'live';
    const look = instanceLook(instance, driven);
    const words = instanceWords(instance, driven);
    return {
        id: elementId({ kind: 'instance', deployment: view.id, path: instance.path }),
        label: instance.name,
        description: words,
        icon: look.icon,
        colour: look.colour,
        flags: instanceFlags(view, instance),
        ariaLabel: `${instance.name}, ${instance.component}: ${words} (${instance.status})`,
        tooltip: instanceTooltip(view, instance),
        hasChildren: childCount > 0,
    };
}

/** The run under way as one line, empty when there is none: `deploying, 2 of 6 started`. */
export function runWords(view: DeploymentView): string {
    const { run } = view.snapshot;
    return run === null || !isRunning(run) || view.link.kind !== 'live'
        ? ''
        : `${orderDoing(run.order)}, ${progressWords(view.snapshot)}`;
}

function deploymentDescription(view: DeploymentView): string {
    const state = linkWords(view) ?? (runWords(view) || outcomeWords(view));
    return view.simulated ? `simulation · ${state}` : state;
}

function linkWords({ link }: DeploymentView): string | null {
    switch (link.kind) {
        case 'damaged':
            return 'journal cannot be read';
        case 'interrupted':
            return 'interrupted';
        case 'live':
        case 'idle':
            return null;
    }
}

function outcomeWords(view: DeploymentView): string {
    const { run } = view.snapshot;
    const words = progressWords(view.snapshot);
    if (run?.outcome === 'failed') return `${words} · ${run.order} failed`;
    return run?.outcome === 'cancelled' ? `${words} · ${run.order} cancelled` : words;
}

function deploymentLook(view: DeploymentView): Pick<StatusLook, 'icon' | 'colour'> {
    const { snapshot, link } = view;
    if (link.kind === 'damaged') return { icon: 'error', colour: 'problemsErrorIcon.foreground' };
    if (link.kind === 'interrupted') return { icon: 'debug-pause', colour: 'charts.yellow' };
    if (runWords(view) !== '') return { icon: 'sync~spin', colour: 'charts.blue' };
    if (snapshot.instances.some(({ failure }) => failure !== null))
        return { icon: 'warning', colour: 'problemsWarningIcon.foreground' };
    if (view.simulated) return { icon: 'beaker', colour: null };
    const isStarted = snapshot.instances.every(({ status }) => status === 'DEPLOYED_STARTED');
    return { icon: 'server-process', colour: isStarted ? 'testing.iconPassed' : null };
}

function deploymentFlags(view: DeploymentView): string {
    const { instances } = view.snapshot;
    const running = runWords(view) !== '';
    const orderable = !running && isOrderable(view);
    return flagsOf('deployment', {
        simulation: view.simulated,
        running,
        resumable: view.link.kind === 'interrupted',
        deployable: orderable && !view.simulated && isAbsent(view.snapshot),
        startable: orderable && hasStartable(view),
        retryable: orderable && instances.some(isRetryable),
        stoppable: orderable && instances.some(isStoppable),
        undeployable: orderable && instances.some(isUndeployable),
        removable: view.simulated || (!running && view.link.kind !== 'interrupted' && !instances.some(isUndeployable)),
    });
}

/** What is absent as a whole is deployed rather than started; what failed is tried again. A simulation knows no difference. */
function hasStartable({ simulated, snapshot }: DeploymentView): boolean {
    const isWorthIt = simulated || !isAbsent(snapshot);
    return isWorthIt && snapshot.instances.some((instance) => isStartable(instance) && !isRetryable(instance));
}

function instanceFlags(view: DeploymentView, instance: InstanceSnapshot): string {
    const orderable = isOrderable(view);
    return flagsOf('instance', {
        simulation: view.simulated,
        startable: orderable && isStartable(instance) && !isRetryable(instance),
        retryable: orderable && isRetryable(instance),
        failed: instance.failure !== null,
        stoppable: orderable && isStoppable(instance),
        undeployable: orderable && isUndeployable(instance),
    });
}

function flagsOf(kind: TreeElement['kind'], flags: Readonly<Record<string, boolean>>): string {
    return [kind, ...Object.keys(flags).filter((flag) => flags[flag] === true), ''].join(';');
}

function isOrderable({ link }: DeploymentView): boolean {
    return link.kind === 'live' || link.kind === 'idle';
}

/** A failure nobody works on. */
export function isRetryable({ failure, step }: InstanceSnapshot): boolean {
    return failure !== null && step === null;
}

function isStartable({ desired, status, failure }: InstanceSnapshot): boolean {
    return desired !== 'DEPLOYED_STARTED' || (failure !== null && status !== 'DEPLOYED_STARTED');
}

function isStoppable({ desired, status }: InstanceSnapshot): boolean {
    return desired === 'DEPLOYED_STARTED' || status === 'DEPLOYED_STARTED';
}

function isUndeployable({ desired, status }: InstanceSnapshot): boolean {
    return desired !== 'NOT_DEPLOYED' || status !== 'NOT_DEPLOYED';
}

function deploymentTooltip(view: DeploymentView): Tooltip {
    const { key, snapshot, link } = view;
    const { run } = snapshot;
    const lines = [
        view.simulated ? 'Simulation: no recipe is run.' : `Application: ${key.directory}`,
        progressWords(snapshot),
        ...(run === null
            ? []
            : [
                  `Last order: ${run.order}${run.paths.length > 0 ? ` of ${run.paths.join(', ')}` : ''} (${run.outcome ?? 'not ended'})`,
              ]),
        ...(link.kind === 'damaged' ? [link.message] : []),
        ...(link.kind === 'interrupted'
            ? ['The runner ended during this run. Resume goes on with what the journal says.']
            : []),
        ...view.unknownSteps.map(({ path, phase }) => `Nobody knows how ${phase} of ${path} ended.`),
    ];
    return { title: key.deployment, lines, output: [], links: [] };
}

function instanceTooltip(view: DeploymentView, instance: InstanceSnapshot): Tooltip {
    const { failure, missing, exports, step } = instance;
    const lines = [
        `${instance.component} (${instance.installer || 'no installer'})`,
        `Status: ${instance.status}, wanted: ${instance.desired}`,
        ...(step === null ? [] : [`Running: ${step.phase}`]),
        ...(missing.length === 0 ? [] : [`Missing imports: ${missing.join(', ')}`]),
        ...Object.entries(exports).map(([name, value]) => `${name} = ${value}`),
        ...(failure === null ? [] : failureLines(failure)),
    ];
    const links = failure === null ? [] : failureLinks(view, failure);
    return { title: instance.path, lines, output: failure?.lastLines ?? [], links };
}

function failureLinks({ simulated }: DeploymentView, { phase }: FailureNote): Tooltip['links'] {
    const hasRecipe = phase !== 'createMachine' && phase !== 'destroyMachine';
    return [
        ...(hasRecipe ? [{ title: `Open the ${phase} recipe`, command: 'openRecipe' } as const] : []),
        ...(simulated ? [] : [{ title: 'Show output', command: 'showOutput' } as const]),
        { title: 'Retry', command: 'retry' },
    ];
}

function failureLines(failure: FailureNote): readonly string[] {
    const code = failure.exitCode === null ? [] : [`Exit code: ${String(failure.exitCode)}`];
    const word = failureWord(failure);
    const isTold = failure.message.startsWith(word);
    return [isTold ? failure.message : `${word}: ${failure.message}`, ...code];
}
