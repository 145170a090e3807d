/**
 * Lays graphs out in one worker thread, one after the other.
 *
 * 1. Callers asking for the same picture share one layout; finished ones are remembered.
 * 2. A request whose callers have all given up before its turn is never laid out.
 * 3. A worker that dies or takes too long costs the picture its routing, never the answer: that graph is packed by hand and the next request
 *    starts another worker.
 */
import { Worker } from 'node:worker_threads';
import type { GraphView } from '../../language/index.ts';
import { isTooLargeForElk } from './arrange.ts';
import type { LaidOutGraph, Orientation } from './laid-out-graph.ts';
import { createLayoutCache, layoutKeyOf, withRangesOf } from './layout-cache.ts';
import { packGraph } from './packing.ts';
import type { LayoutReply, LayoutRequest } from './worker-messages.ts';

export interface LayoutConfig {
    /** Path of the bundled worker (`layout-worker.cjs`). */
    readonly workerPath: string;
    /** How long one graph may take; 15,000 when absent. */
    readonly timeoutMs?: number;
}

export interface Layout {
    /** Rejects with the signal's reason when it is aborted or the layout disposed; never rejects because of the graph. */
    readonly layout: (view: GraphView, orientation: Orientation, signal: AbortSignal) => Promise<LaidOutGraph>;
    /** Starts the worker ahead of the first request. */
    readonly warmUp: () => void;
    /** Ends the worker; requests under way are rejected. */
    readonly dispose: () => Promise<void>;
}

/** Starts nothing until the first request or `warmUp`. */
export function createLayout(config: LayoutConfig): Layout {
    const service = new LayoutService(config);
    return {
        layout: (view, orientation, signal) => service.layout(view, orientation, signal),
        warmUp: () => service.warmUp(),
        dispose: () => service.dispose(),
    };
}

const TIMEOUT_MS = 15_000;
const MEMORY_MB = 1_024;

interface Job {
    readonly id: number;
    readonly key: string;
    readonly view: GraphView;
    readonly orientation: Orientation;
    readonly waiting: Set<Waiter>;
}

interface Waiter {
    readonly resolve: (graph: LaidOutGraph) => void;
    readonly reject: (reason: unknown) => void;
}

class LayoutService {
    readonly #config: LayoutConfig;
    readonly #cache = createLayoutCache();
    readonly #queue: Job[] = [];
    #worker: Worker | null = null;
    #running: { readonly job: Job; readonly timer: NodeJS.Timeout } | null = null;
    #lastId = 0;
    #isDisposed = false;

    constructor(config: LayoutConfig) {
        this.#config = config;
    }

    async layout(view: GraphView, orientation: Orientation, signal: AbortSignal): Promise<LaidOutGraph> {
        signal.throwIfAborted();
        if (this.#isDisposed) throw disposedError();
        if (isTooLargeForElk(view)) return packGraph(view, orientation);
        const key = layoutKeyOf(view, orientation);
        const graph = this.#cache.get(key) ?? (await this.#join({ key, view, orientation }, signal));
        return withRangesOf(view, graph);
    }

    warmUp(): void {
        if (!this.#isDisposed) this.#ensureWorker();
    }

    async dispose(): Promise<void> {
        this.#isDisposed = true;
        const jobs = [...this.#queue.splice(0), ...(this.#running === null ? [] : [this.#running.job])];
        this.#endRun();
        for (const job of jobs) for (const waiter of job.waiting) waiter.reject(disposedError());
        await this.#dropWorker()?.terminate();
    }

    #join(wanted: Pick<Job, 'key' | 'view' | 'orientation'>, signal: AbortSignal): Promise<LaidOutGraph> {
        const known = [this.#running?.job, ...this.#queue].find((job) => job?.key === wanted.key);
        const job = known ?? { ...wanted, id: ++this.#lastId, waiting: new Set<Waiter>() };
        if (known === undefined) this.#queue.push(job);
        const answer = this.#wait(job, signal);
        this.#runNext();
        return answer;
    }

    #wait(job: Job, signal: AbortSignal): Promise<LaidOutGraph> {
        return new Promise((resolve, reject) => {
            const leave = (): void => {
                job.waiting.delete(waiter);
                signal.removeEventListener('abort', giveUp);
            };
            const waiter: Waiter = {
                resolve: (graph) => {
                    leave();
                    resolve(graph);
                },
                reject: (reason) => {
                    leave();
                    reject(reason instanceof Error ? reason : new Error(String(reason)));
                },
            };
            const giveUp = (): void => waiter.reject(signal.reason);
            job.waiting.add(waiter);
            signal.addEventListener('abort', giveUp, { once: true });
        });
    }

    #runNext(): void {
        while (this.#running === null) {
            const job = this.#queue.shift();
            if (job === undefined) return;
            if (job.waiting.size > 0) this.#run(job);
        }
    }

    #run(job: Job): void {
        const timer = setTimeout(() => this.#fail(), this.#config.timeoutMs ?? TIMEOUT_MS);
        this.#running = { job, timer };
        const worker = this.#ensureWorker();
        worker.ref();
        const request: LayoutRequest = { id: job.id, view: job.view, orientation: job.orientation };
        worker.postMessage(request);
    }

    #ensureWorker(): Worker {
        if (this.#worker !== null) return this.#worker;
        const worker = new Worker(this.#config.workerPath, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
        // An idle worker must not keep a command line alive.
        worker.unref();
        worker.on('message', (reply: LayoutReply) => this.#finish(reply));
        worker.on('error', () => this.#failOf(worker));
        worker.on('exit', () => this.#failOf(worker));
        this.#worker = worker;
        return worker;
    }

    #finish({ id, graph }: LayoutReply): void {
        const job = this.#running?.job;
        if (job?.id !== id) return;
        this.#worker?.unref();
        this.#cache.put(job.key, graph);
        this.#settle(job, graph);
    }

    #failOf(worker: Worker): void {
        if (this.#worker === worker) this.#fail();
    }

    /** The worker is lost or stuck: what it was at is packed by hand. Not remembered, since another worker may do better. */
    #fail(): void {
        // A worker that is told to end reports nothing anybody waits for.
        void this.#dropWorker()?.terminate();
        const job = this.#running?.job;
        if (job !== undefined) this.#settle(job, packGraph(job.view, job.orientation));
    }

    #settle(job: Job, graph: LaidOutGraph): void {
        this.#endRun();
        for (const waiter of job.waiting) waiter.resolve(graph);
        this.#runNext();
    }

    #endRun(): void {
        clearTimeout(this.#running?.timer);
        this.#running = null;
    }

    #dropWorker(): Worker | null {
        const worker = this.#worker;
        this.#worker = null;
        return worker;
    }
}

function disposedError(): Error {
    return new Error('the layout was disposed');
}
