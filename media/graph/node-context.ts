/** What the editor's context menu knows of a node: it decides by these fields what to offer, and hands them to the command that is chosen. */
import type { PlacedNode } from '../../server/layout.ts';
import type { RunState } from '../protocol.ts';

/** For the whole page: no cutting and pasting in a picture. */
export const PAGE_CONTEXT = JSON.stringify({ preventDefaultContextMenuItems: true });

/** Where a node is shown: `application` is the URI of the directory, `deployment` the id that commands know it by. */
export interface ContextPlace {
    readonly application: string;
    readonly deployment: string | null;
}

/** For one node; the fields of an instance of a deployment are those its commands take. */
export function nodeContext(
    node: PlacedNode,
    state: RunState | undefined,
    { application, deployment }: ContextPlace,
): string {
    const { id, range, isPinned } = node;
    const common = { webviewSection: 'node', application, node: id, hasSource: range !== null, isPinned };
    if (node.kind !== 'instance' || state === undefined || deployment === null) return JSON.stringify(common);
    const path = node.id.slice(INSTANCE.length);
    return JSON.stringify({ ...common, kind: 'instance', deployment, path, flags: state.flags });
}

const INSTANCE = 'instance:';
