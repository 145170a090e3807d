/**
 * The deployments this window shows: those with a runner, those only a journal tells of, and simulations. Events come in, readonly views go out.
 *
 * Invariants:
 * 1. One entry a deployment key; simulations have one each.
 * 2. An entry with an engine shows what the engine says; without one, what the journal said when it was last read.
 * 3. Nothing here asks the user anything or shows anything.
 */
import type { DeploymentListing, RunnerEnd } from '../../runner/index.ts';
import type { DeploymentKey, Order, RunnerEvent, RunSummary } from '../../runner/protocol.ts';
import { createEmitter, type Subscription } from '../ui/emitter.ts';
import { CANCELLED, done, failed, type Outcome } from '../ui/outcome.ts';
import { deploymentId, type DeploymentView } from './deployment-view.ts';
import type { Engine, RunnerAccess } from './engine.ts';
import { emptySnapshot, Entry } from './entry.ts';
import { isAbsent } from './live-state.ts';

export interface Deployments {
    /** In the order they appeared. */
    readonly list: () => readonly DeploymentView[];
    readonly find: (id: string) => DeploymentView | undefined;
    readonly onChange: (listener: () => void) => Subscription;
    /** Every event of every engine, as it comes. */
    readonly onEvent: (listener: (event: DeploymentEvent) => void) => Subscription;
    /** Gives an order, finding or starting the runner when the deployment has none. Done = accepted; it goes on by itself. */
    readonly order: (request: OrderRequest, signal: AbortSignal) => Promise<Outcome<AcceptedRun>>;
    /** Shows a simulation under a fresh id. */
    readonly addSimulation: (engine: Engine, signal: AbortSignal) => Promise<string>;
    /** Takes an entry out of the list and leaves its engine. A running deployment goes on. */
    readonly remove: (id: string) => Promise<void>;
    /** Reads the state directory again: attaches to runners that live (when `mayConnect`), shows what is left of the others. */
    readonly rescan: (scan: Scan, signal: AbortSignal) => Promise<void>;
    readonly dispose: () => void;
}

export interface DeploymentEvent {
    readonly deployment: DeploymentView;
    readonly event: RunnerEvent;
}

export interface OrderRequest {
    readonly key: DeploymentKey;
    /** Of the entry, when there is one already; simulations are only found by it. */
    readonly id: string;
    readonly order: Order;
}

export interface AcceptedRun {
    readonly id: string;
    /** Resolves when nothing runs; null = there was no run, or its runner left before its end. */
    readonly whenQuiet: (signal: AbortSignal) => Promise<RunSummary | null>;
}

export interface Scan {
    /** Whether a deployment of this directory belongs into this window. */
    readonly concerns: (directory: string) => boolean;
    readonly mayConnect: boolean;
}

export interface DeploymentsConfig {
    readonly access: RunnerAccess;
    /** Told what went wrong where nobody asked. */
    readonly report: (message: string) => void;
}

/** An empty list. */
export function createDeployments(config: DeploymentsConfig): Deployments {
    const list = new DeploymentList(config);
    return {
        list: () => list.views(),
        find: (id) => list.find(id),
        onChange: list.changes.listen,
        onEvent: list.events.listen,
        order: (request, signal) => list.order(request, signal),
        addSimulation: (engine, signal) => list.addSimulation(engine, signal),
        remove: (id) => list.remove(id),
        rescan: (scan, signal) => list.rescan(scan, signal),
        dispose: () => list.dispose(),
    };
}

class DeploymentList {
    readonly changes = createEmitter<void>();
    readonly events = createEmitter<DeploymentEvent>();
    readonly #config: DeploymentsConfig;
    readonly #entries = new Map<string, Entry>();
    /** Entries the user took out of the list: they come back with an order only. */
    readonly #removed = new Set<string>();
    readonly #disposal = new AbortController();
    #simulationCount = 0;
    #changeCount = 0;
    #lastScan: Scan | undefined;

    constructor(config: DeploymentsConfig) {
        this.#config = config;
    }

    views(): readonly DeploymentView[] {
        return [...this.#entries.values()].map((entry) => entry.view());
    }

    find(id: string): DeploymentView | undefined {
        return this.#entries.get(id)?.view();
    }

    async order(request: OrderRequest, signal: AbortSignal): Promise<Outcome<AcceptedRun>> {
        this.#removed.delete(request.id);
        const found = await this.#engineOf(request, signal);
        if (found.kind !== 'done') return found;
        const engine = found.value;
        const accepted = await giveOrder(engine, request, signal);
        if (accepted.kind !== 'done') return accepted;
        const whenQuiet = async (until: AbortSignal): Promise<RunSummary | null> => {
            const entry = this.#entries.get(request.id);
            try {
                const run = await engine.whenQuiet(until);
                await entry?.settled();
                return run;
            } catch (fault) {
                // A runner that is gone cannot be waited for: the run is answered as it stood.
                if (until.aborted || entry?.engine() === engine) throw fault;
                return entry?.view().snapshot.run ?? null;
            }
        };
        return done({ id: accepted.value, whenQuiet });
    }

    async addSimulation(engine: Engine, signal: AbortSignal): Promise<string> {
        this.#simulationCount += 1;
        const entry = this.#entryOf(`simulation:${String(this.#simulationCount)}`, engine.key, true);
        await this.#connect(entry, engine, signal);
        return entry.view().id;
    }

    async remove(id: string): Promise<void> {
        const engine = this.#entries.get(id)?.engine();
        this.#removed.add(id);
        this.#entries.delete(id);
        this.changes.emit();
        await engine?.dispose();
    }

    async rescan(scan: Scan, signal: AbortSignal): Promise<void> {
        this.#lastScan = scan;
        const listings = await this.#config.access.list();
        const isWanted = ({ key }: DeploymentListing): boolean =>
            scan.concerns(key.directory) && !this.#removed.has(deploymentId(key));
        for (const { key, alive } of listings.filter(isWanted)) {
            const isAttached = scan.mayConnect && alive && (await this.#attach(key, signal));
            if (!isAttached) await this.#showFromJournal(key);
        }
    }

    dispose(): void {
        this.#disposal.abort();
        const engines = [...this.#entries.values()].map((entry) => entry.engine());
        this.#entries.clear();
        for (const engine of engines) void engine?.dispose();
    }

    #touch(entry: Entry): void {
        this.#changeCount += 1;
        entry.touch(this.#changeCount);
        this.changes.emit();
    }

    #entryOf(id: string, key: DeploymentKey, simulated = false): Entry {
        const known = this.#entries.get(id);
        if (known !== undefined) return known;
        const entry = new Entry(id, emptySnapshot(key, simulated));
        this.#entries.set(id, entry);
        return entry;
    }

    async #engineOf({ id, key }: OrderRequest, signal: AbortSignal): Promise<Outcome<Engine>> {
        const present = this.#entries.get(id)?.engine();
        if (present !== undefined) return done(present);
        const opened = await this.#config.access.open(key, true, signal);
        if (opened.kind === 'refused') {
            return failed({ kind: 'notConnected', deployment: key.deployment, message: opened.message });
        }
        return done(await this.#adopt(opened.runner, signal));
    }

    async #connect(entry: Entry, engine: Engine, signal: AbortSignal): Promise<void> {
        try {
            await entry.connect(engine, (event) => this.#tell(entry, event), signal);
        } catch (fault) {
            // An engine nobody is shown must not be kept: its runner would wait for this window.
            if (entry.engine() === engine) entry.disconnect();
            await engine.dispose();
            throw fault;
        }
        if (this.#disposal.signal.aborted) await engine.dispose();
        void engine.stopped.then((end) => this.#leave(entry, engine, end));
        this.#touch(entry);
    }

    #tell(entry: Entry, event: RunnerEvent): void {
        this.events.emit({ deployment: entry.view(), event });
        if (event.kind !== 'output') this.#touch(entry);
    }

    #leave(entry: Entry, engine: Engine, end: RunnerEnd): void {
        if (entry.engine() !== engine || this.#disposal.signal.aborted) return;
        if (end.kind === 'lost' || end.kind === 'failed')
            this.#config.report(`${engine.key.deployment}: ${end.message}`);
        entry.disconnect();
        this.#touch(entry);
        if (!entry.view().simulated) void this.#readAfterLoss(engine.key);
    }

    /** What the journal says of a deployment whose runner left; somebody else may drive it already. */
    async #readAfterLoss(key: DeploymentKey): Promise<void> {
        const concerns = (directory: string) => directory === key.directory;
        const mayConnect = this.#lastScan?.mayConnect ?? false;
        try {
            await this.rescan({ concerns, mayConnect }, this.#disposal.signal);
        } catch (fault) {
            // Nobody waits for this: the entry stays as it was.
            this.#config.report(`${key.deployment}: ${String(fault)}`);
        }
    }

    async #attach(key: DeploymentKey, signal: AbortSignal): Promise<boolean> {
        if (this.#entries.get(deploymentId(key))?.engine() !== undefined) return true;
        const opened = await this.#config.access.open(key, false, signal);
        if (opened.kind === 'refused') return false;
        await this.#adopt(opened.runner, signal);
        return true;
    }

    /** Shows a runner that was opened. When another way to it was opened meanwhile, that is kept: one connection is enough. */
    async #adopt(runner: Engine, signal: AbortSignal): Promise<Engine> {
        const entry = this.#entryOf(deploymentId(runner.key), runner.key);
        const present = entry.engine();
        if (present === undefined) await this.#connect(entry, runner, signal);
        else await runner.dispose();
        return present ?? runner;
    }

    async #showFromJournal(key: DeploymentKey): Promise<void> {
        const answer = await this.#config.access.status(key);
        if (answer.kind === 'none') return;
        const isKnown = this.#entries.has(deploymentId(key));
        // What was undeployed before this window looked is history.
        if (!isKnown && answer.kind !== 'damaged' && !answer.resumable && isAbsent(answer.snapshot)) return;
        const entry = this.#entryOf(deploymentId(key), key);
        if (entry.engine() !== undefined) return;
        if (answer.kind === 'damaged') entry.setLink({ kind: 'damaged', message: answer.message });
        else {
            entry.reset(answer.snapshot);
            entry.setLink({ kind: answer.resumable ? 'interrupted' : 'idle' });
        }
        this.#touch(entry);
    }
}

async function giveOrder(engine: Engine, { key, order }: OrderRequest, signal: AbortSignal): Promise<Outcome<string>> {
    if (signal.aborted) return CANCELLED;
    const answer = await engine.order(order, signal);
    if (answer.kind === 'refused') {
        return failed({ kind: 'refused', deed: order.kind, deployment: key.deployment, message: answer.message });
    }
    if (answer.kind === 'changed') {
        const message = answer.difference.others.join('\n');
        return failed({ kind: 'refused', deed: order.kind, deployment: key.deployment, message });
    }
    return done(answer.run);
}
