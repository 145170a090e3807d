/** What is drawn on top of a laid-out graph and changes without a new layout. Everything is keyed by node id. */
import type { InstanceStatus } from '../../runner/protocol.ts';
import type { FindingCount } from '../../server/protocol.ts';

export interface RunState {
    readonly status: InstanceStatus;
    /** What the status badge says; empty = the status in plain words. Longer texts are cut. */
    readonly text: string;
}

export interface PictureOverlay {
    /** Nodes without findings may be absent. */
    readonly findings: Readonly<Record<string, FindingCount>>;
    /** Nodes without a run state are drawn without a status badge. */
    readonly states: Readonly<Record<string, RunState>>;
    readonly selected: string | null;
}

/** Nothing found, nothing running, nothing selected. */
export const EMPTY_OVERLAY: PictureOverlay = { findings: {}, states: {}, selected: null };
