/** Messages between a runner and those attached to it: JSON-RPC over its socket. Each has a row in docs/protocol.md. */
import { NotificationType, RequestType } from 'vscode-jsonrpc/node';
import type { DeploymentKey, DeploymentSnapshot, Order, OrderAnswer, RunnerEvent, RunSummary } from '../protocol.ts';
import type { RunnerEnd, StepLog } from '../runner.ts';

export interface Hello {
    readonly protocolVersion: number;
}

export interface Welcome {
    readonly protocolVersion: number;
    readonly pid: number;
    readonly key: DeploymentKey;
}

export interface Subscription {
    /** Events after this record are sent first; null = only those to come. */
    readonly after: number | null;
}

export interface Subscribed {
    /** False when events after the record wanted are not remembered any more: take a snapshot. */
    readonly complete: boolean;
}

export const helloRequest = new RequestType<Hello, Welcome, void>('roboconf/hello');
export const orderRequest = new RequestType<Order, OrderAnswer, void>('roboconf/order');
/** Values of secrets by name. */
export const secretsRequest = new RequestType<Readonly<Record<string, string>>, null, void>('roboconf/secrets');
export const snapshotRequest = new RequestType<null, DeploymentSnapshot, void>('roboconf/snapshot');
export const quietRequest = new RequestType<null, RunSummary | null, void>('roboconf/whenQuiet');
export const logsRequest = new RequestType<readonly string[], readonly StepLog[], void>('roboconf/logs');
export const subscribeRequest = new RequestType<Subscription, Subscribed, void>('roboconf/subscribe');
/** Asks the runner to leave; it does so only when nothing is under way. True when it leaves. */
export const shutdownRequest = new RequestType<null, boolean, void>('roboconf/shutdown');
export const eventNotification = new NotificationType<RunnerEvent>('roboconf/event');
/** The last word of a runner before it leaves. */
export const endNotification = new NotificationType<RunnerEnd>('roboconf/end');
