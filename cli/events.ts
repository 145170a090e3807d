/** Events of a runner as lines for people and as records for programs. */
import type { InstanceStatus, RunnerEvent } from '../runner/index.ts';
import type { Paint, Style } from './output.ts';

export type EventWriter = (event: RunnerEvent) => void;

const STATUS_STYLE: Readonly<Record<InstanceStatus, Style>> = {
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

/** One line for people, or null for events that only repeat another. Times are seconds since `begunAt` (milliseconds). */
export function eventLine(event: RunnerEvent, begunAt: number, paint: Paint): string | null {
    const text = eventText(event, paint);
    if (text === null) return null;
    const seconds = Math.max(0, (event.time - begunAt) / 1000).toFixed(1);
    return `${paint('quiet', `${seconds.padStart(6)}s`)}  ${text}`;
}

function eventText(event: RunnerEvent, paint: Paint): string | null {
    switch (event.kind) {
        case 'runBegun':
            return paint('strong', `${event.run.order} begins`);
        case 'runEnded':
            return paint(
                event.run.outcome === 'succeeded' ? 'success' : 'error',
                `${event.run.order} ${event.run.outcome ?? ''}`,
            );
        case 'instanceChanged':
            return event.from === event.instance.status
                ? null
                : `${event.instance.path}  ${paint(STATUS_STYLE[event.instance.status], event.instance.status)}  ${paint('quiet', event.because)}`;
        case 'stepBegun':
            return event.phase === 'update'
                ? `${event.path}  ${paint('strong', 'update')}  ${paint('quiet', event.because)}`
                : null;
        case 'stepEnded':
            return event.outcome === 'succeeded'
                ? null
                : `${event.path}  ${paint('error', event.message === '' ? `${event.phase} ${event.outcome}` : event.message)}`;
        case 'output':
            return outputText(event.path, event.text, paint);
    }
}

function outputText(path: string, text: string, paint: Paint): string {
    const lines = text.replace(/\n$/, '').split('\n');
    return lines.map((line) => `${path} ${paint('quiet', '|')} ${line}`).join('\n         ');
}

/** The event as it is, with the instance reduced to what changed: one JSON object per line is a public contract. */
export function eventRecord(event: RunnerEvent): object {
    if (event.kind !== 'instanceChanged') return event;
    const { instance, ...rest } = event;
    return {
        ...rest,
        path: instance.path,
        component: instance.component,
        status: instance.status,
        desired: instance.desired,
        missing: instance.missing,
        failure: instance.failure,
    };
}
