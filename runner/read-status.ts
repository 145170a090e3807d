/** What the state directory tells without any runner. */
import { connect } from 'node:net';
import { join } from 'node:path';
import { highestFence, readClaim } from './process/claim.ts';
import type { State } from './core/state.ts';
import type { CoreEvent } from './core/event.ts';
import { isNamedBy } from './core/instance-path.ts';
import { isOver, readDeployment } from './deployment-store.ts';
import { readJournal } from './journal/read.ts';
import { createStreamReader } from './local/stream-reader.ts';
import { deploymentSnapshotOf } from './projection.ts';
import type { DeploymentKey, DeploymentSnapshot } from './protocol.ts';
import { readKey, relatedDeployments } from './related-deployments.ts';
import type { DeploymentListing, StatusAnswer, StepLog } from './runner.ts';
import {
    defaultStateDirectory,
    deploymentKeyOf,
    deploymentPathsIn,
    deploymentPathsOf,
    namesIn,
    stepDirectoryOf,
    type DeploymentPaths,
} from './state-directory.ts';

/** The state of one deployment as of its last record. */
export async function readStatus(
    directory: string,
    deployment: string,
    stateDirectory?: string,
): Promise<StatusAnswer> {
    const key = deploymentKeyOf(directory, deployment);
    const root = stateDirectory ?? defaultStateDirectory();
    const paths = deploymentPathsOf(root, key);
    const read = readDeployment(paths);
    if (read.kind === 'empty') return { kind: 'none', key, related: relatedDeployments(root, key) };
    if (read.kind === 'damaged') return { kind: 'damaged', key, message: read.message };
    const { state } = read;
    const alive = await isDriven(paths);
    return {
        kind: 'known',
        snapshot: deploymentSnapshotOf(state, key, false),
        alive,
        resumable: isResumable(state, alive),
    };
}

/** Every deployment that is not over, and those whose journal cannot be read, by directory and name. */
export async function listDeployments(stateDirectory?: string): Promise<readonly DeploymentListing[]> {
    const root = stateDirectory ?? defaultStateDirectory();
    const listings = await Promise.all(namesIn(root).map((name) => listingOf(deploymentPathsIn(join(root, name)))));
    const shown = listings.filter((listing) => listing !== null);
    return shown.sort((left, right) => (sortKeyOf(left) < sortKeyOf(right) ? -1 : 1));
}

/** Every deployment there ever was of which anything is kept, those that are over included. */
export function listDeploymentKeys(stateDirectory?: string): readonly DeploymentKey[] {
    const root = stateDirectory ?? defaultStateDirectory();
    const keys = namesIn(root).map((name) => readKey(deploymentPathsIn(join(root, name)).keyFile));
    return keys.filter((key) => key !== null);
}

/** Output of the steps of the sub-trees of `instancePaths` (empty = all), oldest first; empty when nothing is deployed. */
export function readLogs(
    directory: string,
    deployment: string,
    instancePaths: readonly string[],
    stateDirectory?: string,
): readonly StepLog[] {
    const paths = deploymentPathsOf(stateDirectory ?? defaultStateDirectory(), deploymentKeyOf(directory, deployment));
    return logsOf(paths, instancePaths);
}

/** The same for a deployment's folder. */
export function logsOf(paths: DeploymentPaths, instancePaths: readonly string[]): readonly StepLog[] {
    const journal = readJournal(paths.journal);
    if (journal.kind !== 'read') return [];
    const outcomes = new Map(journal.events.filter(isStepEnd).map(({ attempt, result }) => [attempt, result.kind]));
    const begun = journal.events.filter((event) => event.kind === 'stepBegun');
    return begun
        .filter(({ path }) => isNamedBy(path, instancePaths))
        .map(({ path, phase, attempt, time }) => {
            const directory = stepDirectoryOf(paths, attempt);
            const [stdout = '', stderr = ''] = ['stdout', 'stderr'].map((name) =>
                createStreamReader().read(join(directory, name)),
            );
            return { path, phase, attempt, begunAt: time, outcome: outcomes.get(attempt) ?? null, stdout, stderr };
        });
}

function isStepEnd(event: CoreEvent): event is Extract<CoreEvent, { kind: 'stepEnded' }> {
    return event.kind === 'stepEnded';
}

function isResumable(state: State, alive: boolean): boolean {
    return !alive && (state.runs.length > 0 || state.tasks.size > 0);
}

async function listingOf(paths: DeploymentPaths): Promise<DeploymentListing | null> {
    const key = readKey(paths.keyFile);
    if (key === null) return null;
    const read = readDeployment(paths);
    if (read.kind === 'empty') return null;
    const alive = await isDriven(paths);
    if (read.kind === 'damaged') return { key, alive, resumable: false, run: null, statuses: {}, damage: read.message };
    const { state } = read;
    if (isOver(state)) return null;
    const snapshot = deploymentSnapshotOf(state, key, false);
    const { run } = snapshot;
    return { key, alive, resumable: isResumable(state, alive), run, statuses: countsOf(snapshot), damage: null };
}

function countsOf({ instances }: DeploymentSnapshot): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { status } of instances) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
}

function isDriven(paths: DeploymentPaths): Promise<boolean> {
    const fence = highestFence(paths.lockDirectory);
    const claim = fence === 0 ? null : readClaim(paths.lockDirectory, fence);
    if (claim === null) return Promise.resolve(false);
    return new Promise((resolve) => {
        const socket = connect(claim.socket);
        socket.once('connect', () => {
            socket.destroy();
            resolve(true);
        });
        socket.once('error', () => resolve(false));
    });
}

function sortKeyOf({ key }: DeploymentListing): string {
    return `${key.directory}\0${key.deployment}`;
}
