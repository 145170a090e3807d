/**
 * Lays graphs out in one worker thread, one after the other.
 *
 * 1. Callers asking for the same picture share one layout; finished ones are remembered.
 * 2. A request whose callers have all given up before its turn is never laid out. One that a newer request under the same memory's name
 *    overtakes before its turn is not either: its callers get the newer picture.
 * 3. Under a memory's name, pictures depend on the one before, which the worker keeps; the newest one is remembered here.
 * 4. A worker that dies or takes too long costs the picture its routing, never the answer: that graph is packed by hand and the next request
 *    starts another worker.
 */
import { Worker } from 'node:worker_threads';
import type { GraphView } from '../../language/index.ts';
import { isTooLargeForElk } from './arrange.ts';
import type { LaidOutGraph, LayoutWish } from './laid-out-graph.ts';
import { createLayoutCache, layoutKeyOf, withFactsOf } from './layout-cache.ts';
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
    readonly layout: (view: GraphView, wish: LayoutWish, signal: AbortSignal) => Promise<LaidOutGraph>;
    /** Starts the worker ahead of the first request. */
    readonly warmUp: () => void;
    /** Ends the worker; requests under way are rejected. */
    readonly dispose: () => Promise<void>;
}

/** Starts nothing until the first request or `warmUp`. */
export function createLayout(config: LayoutConfig): Layout {
    const service = new LayoutService(config);
    return {
        layout: (view, wish, signal) => service.layout(view, wish, signal),
        warmUp: () => service.warmUp(),
        dispose: () => service.dispose(),
    };
}

const TIMEOUT_MS = 15_000;
const MEMORY_MB = 1_024;
/** As many as the worker keeps. */
const MAX_NAMES = 24;

interface Job {
    readonly id: number;
    readonly key: string;
    readonly view: GraphView;
    readonly wish: LayoutWish;
    readonly waiting: Set<Waiter>;
}

interface Waiter {
    readonly resolve: (graph: LaidOutGraph) => void;
    readonly reject: (reason: unknown) => void;
}

class LayoutService {
    readonly #config: LayoutConfig;
    readonly #cache = createLayoutCache();
    /** By memory's name. */
    readonly #newest = new Map<string, { readonly key: string; readonly graph: LaidOutGraph }>();
    readonly #queue: Job[] = [];
    #worker: Worker | null = null;
    #running: { readonly job: Job; readonly timer: NodeJS.Timeout } | null = null;
    #lastId = 0;
    #isDisposed = false;

    constructor(config: LayoutConfig) {
        this.#config = config;
    }

    async layout(view: GraphView, wish: LayoutWish, signal: AbortSignal): Promise<LaidOutGraph> {
        signal.throwIfAborted();
        if (this.#isDisposed) throw disposedError();
        if (isTooLargeForElk(view)) return packGraph(view, wish.orientation);
        const key = layoutKeyOf(view, wish);
        const graph = this.#known(key, wish) ?? (await this.#join({ key, view, wish }, signal));
        return withFactsOf(view, graph);
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

    /** Finished before, and not overtaken by what is under way. */
    #known(key: string, { memory }: LayoutWish): LaidOutGraph | undefined {
        if (memory === '') return this.#cache.get(key);
        const isOvertaken = [this.#running?.job, ...this.#queue].some((job) => job?.wish.memory === memory);
        const newest = this.#newest.get(memory);
        return isOvertaken || newest?.key !== key ? undefined : newest.graph;
    }

    #join(wanted: Pick<Job, 'key' | 'view' | 'wish'>, signal: AbortSignal): Promise<LaidOutGraph> {
        const overtaken = this.#takeOvertaken(wanted);
        const known = [this.#running?.job, ...this.#queue].find((job) => job?.key === wanted.key);
        const job = known ?? { ...wanted, id: ++this.#lastId, waiting: new Set<Waiter>() };
        if (known === undefined) this.#queue.push(job);
        for (const waiter of overtaken) job.waiting.add(waiter);
        const answer = this.#wait(job, signal);
        this.#runNext();
        return answer;
    }

    /** Who waits for an older picture under the same name; it is not laid out. */
    #takeOvertaken({ key, wish }: Pick<Job, 'key' | 'wish'>): readonly Waiter[] {
        if (wish.memory === '') return [];
        const isOvertaken = (job: Job): boolean => job.wish.memory === wish.memory && job.key !== key;
        const overtaken = this.#queue.filter(isOvertaken);
        for (const job of overtaken) this.#queue.splice(this.#queue.indexOf(job), 1);
        return overtaken.flatMap((job) => [...job.waiting]);
    }

    #wait(job: Job, signal: AbortSignal): Promise<LaidOutGraph> {
        return new Promise((resolve, reject) => {
            const leave = (): void => {
                // By then it may wait for a newer picture.
                for (const one of [job, this.#running?.job, ...this.#queue]) one?.waiting.delete(waiter);
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
        const request: LayoutRequest = { id: job.id, view: job.view, wish: job.wish };
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
        this.#remember(job, graph);
        this.#settle(job, graph);
    }

    #remember({ key, wish: { memory } }: Job, graph: LaidOutGraph): void {
        if (memory === '') {
            this.#cache.put(key, graph);
            return;
        }
        this.#newest.delete(memory);
        this.#newest.set(memory, { key, graph });
        const [oldest] = this.#newest.keys();
        if (this.#newest.size > MAX_NAMES && oldest !== undefined) this.#newest.delete(oldest);
    }

    #failOf(worker: Worker): void {
        if (this.#worker === worker) this.#fail();
    }

    /** The worker is lost or stuck: what it was at is packed by hand. Not remembered, since another worker may do better. */
    #fail(): void {
        // A worker that is told to end reports nothing anybody waits for.
        void this.#dropWorker()?.terminate();
        const job = this.#running?.job;
        if (job !== undefined) this.#settle(job, packGraph(job.view, job.wish.orientation));
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
