/**
 * DOOR: the messages between the extension host and the page of a run. Plain, readonly, serialisable data; each message has a row in
 * docs/protocol.md. The page says `ready` first; the host answers with `run`, `comparison` or `empty`, and sends `progress` while it goes on.
 * Both sides read what they receive with the parser of its direction and drop what it refuses.
 */
import { isOneOf, recordOf, text } from '../protocol/fields.ts';
import { parseComparison, parseHead, parseProgress, parseRunView } from './fields.ts';
import type { ComparisonView, RunHead, RunProgress, RunView } from './view.ts';

export type {
    ComparisonView,
    FailureView,
    RunHead,
    RunProgress,
    RunState,
    RunView,
    StepOutcome,
    TimelineLane,
    TimelineRow,
    TimelineStep,
    TimelineWait,
} from './view.ts';

/** From the extension host to the page. */
export type ToTimeline =
    /** The whole run; replaces what was shown. */
    | { readonly kind: 'run'; readonly view: RunView }
    /** What changed of the run that is shown. */
    | { readonly kind: 'progress'; readonly progress: RunProgress }
    /** Two runs side by side; replaces what was shown. */
    | { readonly kind: 'comparison'; readonly view: ComparisonView }
    /** The head alone: times go by. */
    | { readonly kind: 'head'; readonly head: RunHead }
    /** Nothing is kept of the run. */
    | { readonly kind: 'empty' };

/** From the page to the extension host. */
export type FromTimeline =
    /** The page listens; sent once per load. */
    | { readonly kind: 'ready' }
    /** Show an instance in the list of deployments. */
    | { readonly kind: 'select'; readonly path: string }
    /** Show an instance in the graph. */
    | { readonly kind: 'graph'; readonly path: string }
    /** Show what a step wrote. */
    | { readonly kind: 'output'; readonly step: string }
    /** Open what a step ran, at the line that failed when that is known. */
    | { readonly kind: 'recipe'; readonly step: string }
    /** Ask which run this one is compared with. */
    | { readonly kind: 'compare' }
    /** Exchange the two runs of a comparison. */
    | { readonly kind: 'swap' }
    /** Open a run of a comparison alone. */
    | { readonly kind: 'openRun'; readonly side: 'left' | 'right' };

/** Reads a message for the page; undefined when it is not one. */
export function parseToTimeline(message: unknown): ToTimeline | undefined {
    const fields = recordOf(message);
    switch (fields?.['kind']) {
        case 'run': {
            const view = parseRunView(fields['view']);
            return view === undefined ? undefined : { kind: 'run', view };
        }
        case 'progress': {
            const progress = parseProgress(fields['progress']);
            return progress === undefined ? undefined : { kind: 'progress', progress };
        }
        case 'comparison': {
            const view = parseComparison(fields['view']);
            return view === undefined ? undefined : { kind: 'comparison', view };
        }
        case 'head': {
            const head = parseHead(fields['head']);
            return head === undefined ? undefined : { kind: 'head', head };
        }
        case 'empty':
            return { kind: 'empty' };
        default:
            return undefined;
    }
}

const SIDES = ['left', 'right'] as const;

/** Reads a message of the page; undefined when it is not one. */
export function parseFromTimeline(message: unknown): FromTimeline | undefined {
    const fields = recordOf(message);
    const kind = fields?.['kind'];
    switch (kind) {
        case 'ready':
        case 'compare':
        case 'swap':
            return { kind };
        case 'select':
        case 'graph': {
            const path = text(fields?.['path']);
            return path === undefined ? undefined : { kind, path };
        }
        case 'output':
        case 'recipe': {
            const step = text(fields?.['step']);
            return step === undefined ? undefined : { kind, step };
        }
        case 'openRun': {
            const side = fields?.['side'];
            return isOneOf(SIDES, side) ? { kind, side } : undefined;
        }
        default:
            return undefined;
    }
}
