/** Events of a runner as lines for people and as records for programs. */
import type { InstanceSnapshot, InstanceStatus, RunnerEvent } from '../runner/index.ts';
import { colouredLine, plainLine } from '../runner/terminal-text.ts';
import { durationText } from './durations.ts';
import type { Output, Style } from './output.ts';
import { tryText } from './progress.ts';

export type EventWriter = (event: RunnerEvent) => void;

/** How a status looks. */
export const STATUS_STYLE: Readonly<Record<InstanceStatus, Style>> = {
    NOT_DEPLOYED: 'quiet',
    DEPLOYING: 'strong',
    DEPLOYED_STOPPED: 'quiet',
    UNRESOLVED: 'warning',
    WAITING_FOR_ANCESTOR: 'warning',
    STARTING: 'strong',
    DEPLOYED_STARTED: 'success',
    STOPPING: 'strong',
    UNDEPLOYING: 'strong',
    PROBLEM: 'error',
};

type Look = Pick<Output, 'paint' | 'isColoured'>;

/** One line for people, or null for events that only repeat another. Times are seconds since `begunAt` (milliseconds). */
export function eventLine(event: RunnerEvent, begunAt: number, look: Look): string | null {
    const text = eventText(event, look);
    if (text === null) return null;
    const seconds = Math.max(0, (event.time - begunAt) / 1000).toFixed(1);
    return `${look.paint('quiet', `${seconds.padStart(6)}s`)}  ${text}`;
}

function eventText(event: RunnerEvent, look: Look): string | null {
    const { paint } = look;
    switch (event.kind) {
        case 'runBegun':
            return paint('strong', `${event.run.order} begins`);
        case 'runCancelling':
            return cancellingText(event, look);
        case 'runEnded':
            return paint(
                event.run.outcome === 'succeeded' ? 'success' : 'error',
                `${event.run.order} ${event.run.outcome ?? ''}`,
            );
        case 'instancesListed':
            return paint('quiet', 'another model was accepted');
        case 'instancesForgotten':
            return event.paths.map((path) => `${path}  ${paint('quiet', 'removed')}`).join('\n         ');
        case 'instanceChanged':
            return changeText(event, look);
        case 'stepBegun':
            return event.phase === 'update'
                ? `${event.path}  ${paint('strong', 'update')}  ${paint('quiet', event.because)}`
                : null;
        case 'stepEnded':
            return event.outcome === 'succeeded'
                ? null
                : `${event.path}  ${paint('error', plainLine(event.message === '' ? `${event.phase} ${event.outcome}` : event.message))}`;
        case 'output':
            return outputText(event.path, event.text, look);
        default:
            throw new Error(`unexpected event ${JSON.stringify(event satisfies never)}`);
    }
}

function cancellingText({ run, steps }: Extract<RunnerEvent, { kind: 'runCancelling' }>, { paint }: Look): string {
    const names = steps.map(({ path, phase }) => `${path} ${phase}`);
    const ending = names.length === 0 ? '' : `: ending ${names.join(', ')}`;
    return paint('warning', `${run.order} is being cancelled${ending}`);
}

function changeText(
    { instance, from, because, time }: Extract<RunnerEvent, { kind: 'instanceChanged' }>,
    { paint }: Look,
): string | null {
    const { path, status, retryAt, retries } = instance;
    if (from !== status) return `${path}  ${paint(STATUS_STYLE[status], status)}  ${paint('quiet', because)}`;
    if (retryAt === null || retryAt <= time) return null;
    const wait = `${tryText(retries)} in ${durationText(retryAt - time)}`;
    return `${path}  ${paint('warning', wait)}`;
}

function outputText(path: string, text: string, { paint, isColoured }: Look): string {
    const clean = isColoured ? (line: string) => colouredLine(line).text : plainLine;
    const lines = text.replace(/\n$/, '').split('\n');
    return lines.map((line) => `${path} ${paint('quiet', '|')} ${clean(line)}`).join('\n         ');
}

/** The event as it is, with instances reduced to what changes: one JSON object per line is a public contract. */
export function eventRecord(event: RunnerEvent): object {
    if (event.kind === 'instancesListed') return { ...event, instances: event.instances.map(instanceRecord) };
    if (event.kind !== 'instanceChanged') return event;
    const { instance, ...rest } = event;
    return { ...rest, ...instanceRecord(instance) };
}

function instanceRecord({ path, component, status, desired, missing, failure }: InstanceSnapshot): object {
    return { path, component, status, desired, missing, failure };
}
