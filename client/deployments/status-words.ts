/** How a status looks: a shape, a colour and a word, so that none of the three has to be seen to understand it. */
import type {
    DeploymentSnapshot,
    FailureNote,
    InstanceSnapshot,
    InstanceStatus,
    Order,
    Phase,
} from '../../runner/protocol.ts';

export interface StatusLook {
    /** In plain words, lower case. */
    readonly word: string;
    /** Id of a product icon; no two statuses that last share a shape. */
    readonly icon: string;
    /** Id of a theme colour; null = that of ordinary text. */
    readonly colour: string | null;
}

const BUSY = { icon: 'sync~spin', colour: 'charts.blue' } as const;

const LOOKS: Readonly<Record<InstanceStatus, StatusLook>> = {
    NOT_DEPLOYED: { word: 'not deployed', icon: 'circle-large-outline', colour: 'disabledForeground' },
    DEPLOYING: { word: 'deploying', ...BUSY },
    DEPLOYED_STOPPED: { word: 'stopped', icon: 'stop-circle', colour: null },
    UNRESOLVED: { word: 'waiting for imports', icon: 'watch', colour: 'charts.yellow' },
    WAITING_FOR_ANCESTOR: { word: 'waiting for its parent', icon: 'arrow-circle-up', colour: 'charts.yellow' },
    STARTING: { word: 'starting', ...BUSY },
    DEPLOYED_STARTED: { word: 'started', icon: 'pass-filled', colour: 'testing.iconPassed' },
    STOPPING: { word: 'stopping', ...BUSY },
    UNDEPLOYING: { word: 'undeploying', ...BUSY },
    PROBLEM: { word: 'problem', icon: 'question', colour: 'problemsErrorIcon.foreground' },
};

/** The look of a status. */
export function lookOf(status: InstanceStatus): StatusLook {
    return LOOKS[status];
}

/** Whether a status is one that passes by itself as long as somebody drives the deployment. */
export function isChanging(status: InstanceStatus): boolean {
    return LOOKS[status].icon === BUSY.icon;
}

/** The look of an instance: a failure shows while nothing is done about it, and nothing turns unless it is `driven`: somebody goes on with what is begun. */
export function instanceLook(instance: InstanceSnapshot, driven: boolean): StatusLook {
    const look = lookOf(instance.status);
    if (!driven && isChanging(instance.status))
        return { word: look.word, icon: 'debug-pause', colour: 'charts.yellow' };
    if (instance.failure === null || look.icon === BUSY.icon) return look;
    return { word: look.word, icon: 'error', colour: 'problemsErrorIcon.foreground' };
}

const FAILED: Readonly<Record<FailureNote['phase'], string>> = {
    initialize: 'initialize failed',
    deploy: 'deploy failed',
    start: 'start failed',
    update: 'update failed',
    stop: 'stop failed',
    undeploy: 'undeploy failed',
    createMachine: 'no machine',
    destroyMachine: 'machine not removed',
};

/** A failure in two or three words: `start failed`, `start cancelled`. */
export function failureWord({ kind, phase }: FailureNote): string {
    const isStep = phase !== 'createMachine' && phase !== 'destroyMachine';
    return isStep && kind !== 'failed' ? `${phase} ${ENDS[kind]}` : FAILED[phase];
}

const ENDS: Readonly<Record<Exclude<FailureNote['kind'], 'failed'>, string>> = {
    timedOut: 'timed out',
    cancelled: 'cancelled',
    unknown: 'ended unknown',
};

/** What an instance is doing, in words: `starting`, `started · update`, `start failed`, `waiting for Store`. */
export function instanceWords(instance: InstanceSnapshot, driven: boolean): string {
    if (!driven && isChanging(instance.status)) return `${lookOf(instance.status).word} · interrupted`;
    const { word } = lookOf(instance.status);
    if (instance.failure !== null && !isChanging(instance.status))
        return failedWords(instance.failure, instance.status);
    if (instance.status === 'UNRESOLVED' && instance.missing.length > 0)
        return `waiting for ${instance.missing.join(', ')}`;
    return instance.step === null || IMPLIED[instance.step.phase] === instance.status
        ? word
        : `${word} · ${instance.step.phase}`;
}

/** What failed says more than where it left the instance, unless that runs all the same. */
function failedWords(failure: FailureNote, status: InstanceStatus): string {
    return status === 'DEPLOYED_STARTED' ? `${failureWord(failure)} · ${lookOf(status).word}` : failureWord(failure);
}

/** The status that already says that a phase is running. */
const IMPLIED: Readonly<Record<Phase, InstanceStatus | null>> = {
    initialize: null,
    deploy: 'DEPLOYING',
    start: 'STARTING',
    update: null,
    stop: 'STOPPING',
    undeploy: 'UNDEPLOYING',
};

const DOING: Readonly<Record<Order['kind'], string>> = {
    deploy: 'deploying',
    start: 'starting',
    stop: 'stopping',
    undeploy: 'undeploying',
    resume: 'resuming',
    retry: 'retrying',
    cancel: 'cancelling',
};

/** `deploying`, for a run under way. */
export function orderDoing(order: Order['kind']): string {
    return DOING[order];
}

/** How far a deployment is: `4 of 6 started`, `not deployed`. */
export function progressWords(snapshot: DeploymentSnapshot): string {
    const { instances } = snapshot;
    const startedCount = countOf(snapshot, 'DEPLOYED_STARTED');
    const absentCount = countOf(snapshot, 'NOT_DEPLOYED');
    if (instances.length === 0) return 'no instances';
    if (absentCount === instances.length) return 'not deployed';
    if (startedCount === instances.length) return 'started';
    return `${String(startedCount)} of ${String(instances.length)} started`;
}

function countOf(snapshot: DeploymentSnapshot, status: InstanceStatus): number {
    return snapshot.instances.filter((instance) => instance.status === status).length;
}
