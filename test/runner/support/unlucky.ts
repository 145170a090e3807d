/**
 * Runners that die, and disks that fail, at any write of a journal: the real runner over files of this computer, in a world of instances
 * that outlives it. A dead runner does nothing more: what it waits for never comes.
 */
import {
    appendFileSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    realpathSync,
    renameSync,
    rmSync,
    statSync,
    truncateSync,
    writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate as tick } from 'node:timers/promises';
import type { ApplicationModel } from '../../../language/index.ts';
import type { Executor, StepOutcome, StepRequest } from '../../../runner/executor.ts';
import type { JournalFile, OpenJournalFile } from '../../../runner/journal/file-port.ts';
import { readJournal, type ReadJournal } from '../../../runner/journal/read.ts';
import type { JournalRotation } from '../../../runner/journal/rotate.ts';
import { segmentsDirectoryOf, segmentsOf } from '../../../runner/journal/segments.ts';
import { snapshotFileOf } from '../../../runner/journal/snapshot.ts';
import type { DeploymentSnapshot, Order } from '../../../runner/protocol.ts';
import type { Runner } from '../../../runner/runner.ts';
import { deploymentPathsOf } from '../../../runner/state-directory.ts';
import { modelOf } from '../../scenarios/model-text.ts';
import { drive, recordingExecutor } from './driven.ts';

/** What is on the disk of a write that was not reported as done. */
export type Kept = 'nothing' | 'one byte' | 'half' | 'half and zeros' | 'zeros' | 'all but the line end' | 'all';

/** What happens at one write, counted from 0 over the whole life of the deployment, in other files' beginnings and snapshots too. */
export interface Misfortune {
    readonly write: number;
    readonly kept: Kept;
    /** Null: the runner is killed. Else the write is refused with this error and the runner goes on. */
    readonly error: 'ENOSPC' | 'EIO' | null;
}

/** The kinds of misfortune: a runner is killed, a write is refused half-way, what was written cannot be flushed. */
export const FATES: readonly Omit<Misfortune, 'write'>[] = [
    ...(['nothing', 'one byte', 'half', 'half and zeros', 'zeros', 'all but the line end', 'all'] as const).map(
        (kept) => ({ kept, error: null }),
    ),
    ...(['nothing', 'half', 'zeros'] as const).map((kept) => ({ kept, error: 'ENOSPC' as const })),
    ...(['nothing', 'half', 'all'] as const).map((kept) => ({ kept, error: 'EIO' as const })),
];

/** Instances and what was run for them. */
export interface World {
    /** How often each phase of each instance was begun, `PATH PHASE`. */
    readonly begun: Map<string, number>;
    readonly attempts: Map<string, Promise<StepOutcome>>;
}

export interface Life {
    /** The state after each order, as far as it matters to users. */
    readonly states: readonly unknown[];
    readonly begun: ReadonlyMap<string, number>;
    readonly writes: number;
    /** Misfortunes that were met. */
    readonly met: number;
    readonly journal: ReadJournal;
    /** Files of the journal but the last one. */
    readonly segments: number;
}

const signal = AbortSignal.timeout(600_000);

interface Place {
    readonly root: string;
    readonly world: World;
    readonly disk: Disk;
}

/** What is deployed, and how: one of its instances cannot be started. */
export interface Application {
    readonly model: ApplicationModel;
    /** Bytes after which another file of the journal is begun. */
    readonly fullBytes: number;
    readonly failing: string;
}

/** Fifty instances on ten machines. */
export function fiftyInstances(): Application {
    const machines = Array.from({ length: 9 }, (_, machine) => [
        `/vm${machine} VM`,
        ...Array.from({ length: 4 }, (_each, part) => `/vm${machine}/part${part} Part`),
    ]);
    const components = ['VM is target gives ip', 'Store gives ip', 'Part gives ip needs Store.ip', 'Broken'];
    const first = ['/data VM', '/data/store Store', '/data/broken Broken', '/data/part Part', '/data/other Part'];
    const model = modelOf([...components, ...first, ...machines.flat()].join('\n'));
    return { model, fullBytes: 60_000, failing: '/data/broken' };
}

/** What has to be as if nothing had happened: the states, and that no step was begun twice. */
export function outcomeOf({ states, begun }: Life): unknown {
    return { states, begun: Object.fromEntries([...begun].filter(([name]) => !name.endsWith(' update'))) };
}

/** Gives the orders one after the other, whatever happens, until each has come to its end. */
export async function liveThrough(
    root: string,
    { model, fullBytes, failing }: Application,
    misfortunes: readonly Misfortune[],
): Promise<Life> {
    const { journal } = deploymentPathsOf(join(root, 'state'), { directory: root, deployment: 'shop' });
    const world: World = { begun: new Map(), attempts: new Map() };
    const disk = createDisk(misfortunes);
    const place = { root, world, disk };
    const orders: readonly Order[] = [
        { kind: 'deploy', model, paths: [] },
        { kind: 'undeploy', paths: [] },
    ];
    const states: unknown[] = [];
    let runners = 0;
    for (const order of orders) {
        let snapshot: DeploymentSnapshot | null = null;
        while (snapshot === null) {
            runners++;
            const fence = runners;
            const died = disk.beginLife();
            const work = oneLife(place, order, { fence, fullBytes, failing });
            snapshot = await Promise.race([work, died]);
        }
        states.push(contentOf(snapshot));
    }
    const read = readJournal(journal);
    if (read.kind !== 'read') throw new Error(`the journal is ${read.kind}`);
    const segments = segmentsOf(journal).length;
    return { states, begun: world.begun, writes: disk.writes(), met: disk.met(), journal: read, segments };
}

/** The state when the order has come to its end; null when the runner ended before. */
async function oneLife(
    { root, world, disk }: Place,
    order: Order,
    { fence, fullBytes, failing }: { readonly fence: number; readonly fullBytes: number; readonly failing: string },
): Promise<DeploymentSnapshot | null> {
    const runner = await opened(root, {
        fence,
        clock: CLOCK,
        openFile: disk.openFile,
        rotation: { fullBytes, create: (file) => disk.rotationOf(file) },
        executorFor: () => executorIn(world, failing),
    });
    if (runner === null) return null;
    const isRecorded = await isOrdered(runner, order);
    const hasEnded = await carriedOut(runner, isRecorded ? { kind: 'resume', retryUnknown: false } : order);
    const snapshot = hasEnded ? await runner.snapshot(signal) : null;
    await runner.dispose();
    return snapshot;
}

async function opened(root: string, changes: Parameters<typeof drive>[2]): Promise<Runner | null> {
    try {
        return await drive(root, [], changes);
    } catch (error) {
        // The disk refused it: the next one tries again.
        if (error instanceof Error && error.message.startsWith('Nothing can be recorded')) return null;
        throw error;
    }
}

/** Whether the order is on the disk: what is wanted of the instances says so. */
async function isOrdered(runner: Runner, { kind }: Order): Promise<boolean> {
    const { instances } = await runner.snapshot(signal);
    const wanted = kind === 'deploy' ? 'DEPLOYED_STARTED' : 'NOT_DEPLOYED';
    return instances.length > 0 && instances.every(({ desired }) => desired === wanted);
}

/** False when the runner ended before the run did. */
async function carriedOut(runner: Runner, order: Order): Promise<boolean> {
    const answer = await runner.order(order, signal);
    if (answer.kind === 'refused' && answer.code === 'journalNotWritable') return false;
    // A run that had ended when its runner was killed has nothing to resume.
    if (answer.kind === 'refused' && answer.code !== 'nothingUnderWay') throw new Error(answer.message);
    if (answer.kind === 'changed') throw new Error('the model is the same');
    return (await runner.whenQuiet(signal))?.outcome !== null;
}

function contentOf({ instances }: DeploymentSnapshot): unknown {
    return instances.map(({ path, status, desired, exports, failure }) => ({
        ...{ path, status, desired, exports },
        failure: failure === null ? null : { kind: failure.kind, phase: failure.phase, message: failure.message },
    }));
}

/** Time goes on with every look at it; nobody waits. */
const CLOCK = { now: () => ++now, sleep: () => new Promise<never>(() => undefined) };
let now = 1_700_000_000_000;

/** Steps go on when their runner is dead, and can be asked about. Starts of `failing` fail. */
function executorIn(world: World, failing: string): Executor {
    const run = ({ attempt, instancePath, phase }: StepRequest): Promise<StepOutcome> => {
        const name = `${instancePath} ${phase}`;
        world.begun.set(name, (world.begun.get(name) ?? 0) + 1);
        const isFailing = instancePath === failing && phase === 'start';
        const outcome = tick(isFailing ? FAILED : SUCCEEDED);
        world.attempts.set(attempt, outcome);
        return outcome;
    };
    return {
        ...recordingExecutor([]),
        runStep: run,
        askStep: (request) => world.attempts.get(request.attempt) ?? run(request),
    };
}

const SUCCEEDED: StepOutcome = { kind: 'succeeded', durationMs: 1, leftRunning: [] };
const FAILED: StepOutcome = {
    ...{ kind: 'failed', durationMs: 1, exitCode: 3, signal: null, reason: 'exited with code 3' },
    ...{ lastLines: [], killed: [] },
};

interface Disk {
    readonly openFile: OpenJournalFile;
    readonly rotationOf: (journal: string) => JournalRotation;
    readonly writes: () => number;
    readonly met: () => number;
    /** Answers null as soon as the runner of that life is killed. */
    readonly beginLife: () => Promise<null>;
}

/** Files of this computer; the misfortunes come in the order of their writes. Nothing is flushed: this computer does not die. */
function createDisk(misfortunes: readonly Misfortune[]): Disk {
    let count = 0;
    let met = 0;
    let death = Promise.withResolvers<null>();
    /** Writes, or meets what is planned for this write. */
    const write = async (text: string, put: (bytes: Buffer) => void): Promise<void> => {
        const misfortune = misfortunes.find((each) => each.write === count);
        count++;
        put(keptOf(Buffer.from(text), misfortune?.kept ?? 'all'));
        await tick();
        if (misfortune === undefined) return;
        met++;
        if (misfortune.error === null) {
            death.resolve(null);
            await new Promise<never>(() => undefined);
        }
        throw Object.assign(new Error(String(misfortune.error)), { code: misfortune.error });
    };
    const openFile: OpenJournalFile = (file, validBytes) => {
        mkdirSync(dirname(file), { recursive: true });
        appendFileSync(file, '');
        if (statSync(file).size > validBytes) truncateSync(file, validBytes);
        return Promise.resolve({
            append: (text) => write(text, (bytes) => appendFileSync(file, bytes)),
            close: () => Promise.resolve(),
        });
    };
    return {
        openFile,
        rotationOf: (journal) => rotationOn(journal, { write, openFile }),
        writes: () => count,
        met: () => met,
        beginLife: () => {
            death = Promise.withResolvers();
            return death.promise;
        },
    };
}

/** Memory that looks like a disk where there is such a place: lives are short then. */
export function quickDirectory(): { readonly path: string } & Disposable {
    const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
    const path = realpathSync(mkdtempSync(join(base, 'roboconf luck ')));
    return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** The steps of the real one, each of which may be the last: the snapshot, the rename, the first byte of the next file. */
function rotationOn(
    journal: string,
    {
        write,
        openFile,
    }: {
        readonly write: (text: string, put: (bytes: Buffer) => void) => Promise<void>;
        readonly openFile: OpenJournalFile;
    },
): JournalRotation {
    return {
        saveSnapshot: async (text) => {
            try {
                await write(text, (bytes) => writeFileSync(`${snapshotFileOf(journal)}.part`, bytes));
                renameSync(`${snapshotFileOf(journal)}.part`, snapshotFileOf(journal));
                return true;
            } catch {
                return false;
            }
        },
        begin: async (): Promise<JournalFile> => {
            await write('', () => undefined);
            const directory = segmentsDirectoryOf(journal);
            mkdirSync(directory, { recursive: true });
            renameSync(journal, join(directory, `${segmentsOf(journal).length + 1}.jsonl`));
            await write('', () => undefined);
            return openFile(journal, 0);
        },
        settled: () => Promise.resolve(),
    };
}

function keptOf(bytes: Buffer, kept: Kept): Buffer {
    const half = bytes.subarray(0, Math.floor(bytes.length / 2));
    switch (kept) {
        case 'nothing':
            return Buffer.alloc(0);
        case 'one byte':
            return bytes.subarray(0, 1);
        case 'half':
            return half;
        case 'half and zeros':
            return Buffer.concat([half, Buffer.alloc(bytes.length - half.length)]);
        case 'zeros':
            return Buffer.alloc(bytes.length);
        case 'all but the line end':
            return bytes.subarray(0, -1);
        case 'all':
            return bytes;
        default:
            return kept satisfies never;
    }
}
