/** What is drawn on top of a laid-out graph and changes without a new layout. Everything is keyed by node id. */
import type { InstanceStatus } from '../../runner/protocol.ts';
import type { FindingCount } from '../../server/protocol.ts';

export interface RunState {
    readonly status: InstanceStatus;
    /** What the status badge says; empty = the status in plain words. Longer texts are cut. */
    readonly text: string;
    /** Whether others can use what it exports. */
    readonly isProviding: boolean;
    /** What else there is to say, a line each: the failure, what is missing, the addresses. */
    readonly notes: readonly string[];
    /** What can be done about it, between semicolons: `instance;stoppable;`. Empty for what is no instance. */
    readonly flags: string;
}

export interface PictureOverlay {
    /** Nodes without findings may be absent. */
    readonly findings: Readonly<Record<string, FindingCount>>;
    /** Nodes without a run state are drawn without a status badge. */
    readonly states: Readonly<Record<string, RunState>>;
    /** Several when one declaration stands for several nodes. */
    readonly selected: readonly string[];
}

/** Nothing found, nothing running, nothing selected. */
export const EMPTY_OVERLAY: PictureOverlay = { findings: {}, states: {}, selected: [] };
