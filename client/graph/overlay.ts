/** Run states by node of a picture: exact for instances, the worst of all its instances for a component. */
import type { RunState } from '../../media/protocol.ts';
import type { DeploymentSnapshot, InstanceSnapshot, InstanceStatus } from '../../runner/protocol.ts';
import { failureWord, instanceWords, isChanging, lookOf } from '../deployments/status-words.ts';

/** States by node id, for both perspectives: a picture uses those of the nodes it has. `driven`: somebody goes on with what is begun. */
export function overlayOf(snapshot: DeploymentSnapshot, driven: boolean): Readonly<Record<string, RunState>> {
    const instances = snapshot.instances.map(
        (instance) => [`instance:${instance.path}`, instanceState(instance, driven)] as const,
    );
    const byComponent = Map.groupBy(snapshot.instances, ({ component }) => component);
    const components = [...byComponent].map(
        ([name, group]) => [`component:${name}`, componentState(group, driven)] as const,
    );
    return Object.fromEntries([...instances, ...components]);
}

function instanceState(instance: InstanceSnapshot, driven: boolean): RunState {
    return { status: shownStatus(instance), text: instanceWords(instance, driven) };
}

/** A failed instance is drawn as a problem, whatever state the failure left it in. */
function shownStatus({ status, failure }: InstanceSnapshot): InstanceStatus {
    return failure === null || isChanging(status) ? status : 'PROBLEM';
}

function componentState(instances: readonly InstanceSnapshot[], driven: boolean): RunState {
    const status = worstOf(instances.map(shownStatus));
    const concerned = instances.filter((instance) => shownStatus(instance) === status);
    const failure = concerned.find((instance) => instance.failure !== null)?.failure ?? null;
    const word = failure === null ? statusWord(status, driven) : failureWord(failure);
    const isWhole = concerned.length === instances.length;
    return {
        status,
        text: isWhole
            ? wholeText(instances.length, word)
            : `${String(concerned.length)} of ${String(instances.length)} ${word}`,
    };
}

function wholeText(count: number, word: string): string {
    return count === 1 ? word : `${String(count)} ${word}`;
}

/** What most needs a look comes first: trouble, then what moves, then what waits, then what is at rest. */
const SEVERITY: readonly InstanceStatus[] = [
    'PROBLEM',
    'STARTING',
    'STOPPING',
    'DEPLOYING',
    'UNDEPLOYING',
    'UNRESOLVED',
    'WAITING_FOR_ANCESTOR',
    'DEPLOYED_STOPPED',
    'NOT_DEPLOYED',
    'DEPLOYED_STARTED',
];

function worstOf(statuses: readonly InstanceStatus[]): InstanceStatus {
    return SEVERITY.find((status) => statuses.includes(status)) ?? 'NOT_DEPLOYED';
}

function statusWord(status: InstanceStatus, driven: boolean): string {
    return !driven && isChanging(status) ? 'interrupted' : lookOf(status).word;
}
