/**
 * The deployments this window shows: those with a runner, those only a journal tells of, and simulations. Events come in, readonly views go out.
 *
 * Invariants:
 * 1. One entry a deployment key; simulations have one each.
 * 2. An entry with an engine shows what the engine says; without one, what the journal said when it was last read.
 * 3. Nothing here asks the user anything or shows anything.
 */
import type { DeploymentListing, RunnerEnd, StatusAnswer } from '../../runner/index.ts';
import type {
    DeploymentDifference,
    DeploymentKey,
    Order,
    OrderAnswer,
    RunnerEvent,
    RunSummary,
} from '../../runner/protocol.ts';
import { createEmitter, type Subscription } from '../ui/emitter.ts';
import { CANCELLED, done, DONE, failed, type Outcome } from '../ui/outcome.ts';
import { deploymentId, type DeploymentView } from './deployment-view.ts';
import type { Engine, RunnerAccess } from './engine.ts';
import { emptySnapshot, Entry } from './entry.ts';
import { isAbsent, isRunning } from './live-state.ts';

export interface Deployments {
    /** In the order they appeared. */
    readonly list: () => readonly DeploymentView[];
    readonly find: (id: string) => DeploymentView | undefined;
    readonly onChange: (listener: () => void) => Subscription;
    /** Every event of every engine, as it comes. */
    readonly onEvent: (listener: (event: DeploymentEvent) => void) => Subscription;
    /** Gives an order, finding or starting the runner when the deployment has none. An accepted one goes on by itself. */
    readonly order: (request: OrderRequest, signal: AbortSignal) => Promise<Outcome<OrderResult>>;
    /** Whether a run that this window ordered was not seen to end: whoever ordered it tells what became of it. */
    readonly isFollowed: (id: string) => boolean;
    /** Asks a runner of another version to leave, waits until it has, and follows the deployment with one of this version, which is given the secrets. */
    readonly takeOver: (
        key: DeploymentKey,
        secrets: Readonly<Record<string, string>>,
        signal: AbortSignal,
    ) => Promise<Outcome<undefined>>;
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
    /** Whether a runner of another version is asked to leave first. */
    readonly takeOver?: boolean;
    /** Values that targets refer to, handed to the runner before the order. They are kept nowhere here. */
    readonly secrets?: Readonly<Record<string, string>>;
}

export type OrderResult =
    | ({ readonly kind: 'accepted' } & AcceptedRun)
    /** Nothing was changed: the model is another one than is deployed. Ordered again with `accept`, the difference is applied. */
    | { readonly kind: 'changed'; readonly difference: DeploymentDifference }
    /** Nothing was changed: a runner of another version drives the deployment. `message` says what can be done. */
    | { readonly kind: 'otherVersion'; readonly message: string };

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
        isFollowed: (id) => list.followed.has(id),
        takeOver: (key, secrets, signal) => list.takeOver(key, secrets, signal),
        addSimulation: (engine, signal) => list.addSimulation(engine, signal),
        remove: (id) => list.remove(id),
        rescan: (scan, signal) => list.rescan(scan, signal),
        dispose: () => list.dispose(),
    };
}

class DeploymentList {
    readonly changes = createEmitter<void>();
    readonly events = createEmitter<DeploymentEvent>();
    /** Entries with a run that this window ordered and that was not seen to end. */
    readonly followed = new Set<string>();
    readonly #config: DeploymentsConfig;
    readonly #entries = new Map<string, Entry>();
    /** Entries the user took out of the list: they come back with an order only. */
    readonly #removed = new Set<string>();
    readonly #disposal = new AbortController();
    #simulationCount = 0;
    #changeCount = 0;
    #lookCount = 0;
    /** The last look into the journal of a deployment that has answered, by its id. */
    readonly #latestLooks = new Map<string, number>();
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

    async order(request: OrderRequest, signal: AbortSignal): Promise<Outcome<OrderResult>> {
        this.#removed.delete(request.id);
        const found = await this.#engineOf(request, signal);
        if (found.kind !== 'done') return found;
        if (found.value.kind === 'otherVersion') return done(found.value);
        const { engine } = found.value;
        const { secrets = {} } = request;
        if (Object.keys(secrets).length > 0) await engine.giveSecrets(secrets, signal);
        const answered = await giveOrder(engine, request, signal);
        if (answered.kind !== 'done') return answered;
        if (answered.value.kind === 'changed') return done(answered.value);
        this.followed.add(request.id);
        return done({ kind: 'accepted', id: answered.value.run, whenQuiet: this.#waitingFor(request.id, engine) });
    }

    #waitingFor(id: string, engine: Engine): AcceptedRun['whenQuiet'] {
        return async (until) => {
            const entry = this.#entries.get(id);
            try {
                const run = await engine.whenQuiet(until);
                await entry?.caughtUp();
                if (run !== null && !isRunning(run)) this.followed.delete(id);
                return run;
            } catch (fault) {
                // A runner that is gone cannot be waited for: the run is answered as it stood.
                if (until.aborted || entry?.engine() === engine) throw fault;
                return entry?.view().snapshot.run ?? null;
            }
        };
    }

    async takeOver(
        key: DeploymentKey,
        secrets: Readonly<Record<string, string>>,
        signal: AbortSignal,
    ): Promise<Outcome<undefined>> {
        const opened = await this.#config.access.open(key, 'takeOver', signal);
        if (opened.kind === 'refused')
            return failed({ kind: 'notConnected', deployment: key.deployment, message: opened.message });
        const engine = await this.#adopt(opened.runner, signal);
        if (Object.keys(secrets).length > 0) await engine.giveSecrets(secrets, signal);
        return DONE;
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
            const attached = scan.mayConnect && alive ? await this.#attach(key, signal) : NOT_ATTACHED;
            if (attached.kind !== 'attached') await this.#showFromJournal(key, attached);
        }
        const listed = new Set(listings.map(({ key }) => deploymentId(key)));
        await this.#readUnlisted(scan, listed);
    }

    /** What is shown and not listed any more came to its end while nobody here followed it: its journal tells how. */
    async #readUnlisted({ concerns }: Scan, listed: ReadonlySet<string>): Promise<void> {
        const shown = this.views().filter(({ id, simulated }) => !simulated && !listed.has(id));
        for (const { id, key } of shown) {
            const isLeft = this.#entries.has(id) && this.#entries.get(id)?.engine() === undefined;
            if (isLeft && concerns(key.directory)) await this.#showFromJournal(key, NOT_ATTACHED);
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

    async #engineOf(
        { id, key, takeOver }: OrderRequest,
        signal: AbortSignal,
    ): Promise<Outcome<{ readonly kind: 'engine'; readonly engine: Engine } | OtherVersion>> {
        const present = this.#entries.get(id)?.engine();
        if (present !== undefined) return done({ kind: 'engine', engine: present });
        const opened = await this.#config.access.open(key, takeOver === true ? 'takeOver' : 'start', signal);
        if (opened.kind === 'opened') return done({ kind: 'engine', engine: await this.#adopt(opened.runner, signal) });
        const { code, message } = opened;
        if (code === 'protocolVersion') return done({ kind: 'otherVersion', message });
        return failed({ kind: 'notConnected', deployment: key.deployment, message });
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

    async #attach(key: DeploymentKey, signal: AbortSignal): Promise<Attachment> {
        if (this.#entries.get(deploymentId(key))?.engine() !== undefined) return ATTACHED;
        const opened = await this.#config.access.open(key, 'attach', signal);
        if (opened.kind === 'refused')
            return opened.code === 'protocolVersion' ? { kind: 'otherVersion', message: opened.message } : NOT_ATTACHED;
        await this.#adopt(opened.runner, signal);
        return ATTACHED;
    }

    /** Shows a runner that was opened. When another way to it was opened meanwhile, that is kept: one connection is enough. */
    async #adopt(runner: Engine, signal: AbortSignal): Promise<Engine> {
        const entry = this.#entryOf(deploymentId(runner.key), runner.key);
        const present = entry.engine();
        if (present === undefined) await this.#connect(entry, runner, signal);
        else await runner.dispose();
        return present ?? runner;
    }

    async #showFromJournal(key: DeploymentKey, attached: Attachment): Promise<void> {
        const answer = await this.#readStatus(key);
        if (answer === undefined) return;
        if (answer.kind === 'none') {
            this.#forget(deploymentId(key));
            return;
        }
        const isKnown = this.#entries.has(deploymentId(key));
        // What was undeployed before this window looked is history.
        if (!isKnown && answer.kind !== 'damaged' && !answer.resumable && isAbsent(answer.snapshot)) return;
        const entry = this.#entryOf(deploymentId(key), key);
        if (entry.engine() !== undefined) return;
        if (answer.kind === 'damaged') entry.setLink({ kind: 'damaged', message: answer.message });
        else {
            entry.reset(answer.snapshot);
            const resting = answer.resumable ? 'interrupted' : 'idle';
            entry.setLink(attached.kind === 'otherVersion' ? attached : { kind: resting });
        }
        this.#touch(entry);
    }

    /** What the journal says; undefined when a look that began after this one has answered already. */
    async #readStatus(key: DeploymentKey): Promise<StatusAnswer | undefined> {
        this.#lookCount += 1;
        const look = this.#lookCount;
        const answer = await this.#config.access.status(key);
        const id = deploymentId(key);
        if (look < (this.#latestLooks.get(id) ?? 0)) return undefined;
        this.#latestLooks.set(id, look);
        return answer;
    }

    /** Takes out what nothing is kept of. */
    #forget(id: string): void {
        const entry = this.#entries.get(id);
        if (entry === undefined || entry.engine() !== undefined) return;
        this.#entries.delete(id);
        this.changes.emit();
    }
}

type OtherVersion = Extract<OrderResult, { kind: 'otherVersion' }>;

/** Whether a runner that lives could be followed. */
type Attachment = OtherVersion | { readonly kind: 'attached' } | { readonly kind: 'notAttached' };

const ATTACHED: Attachment = { kind: 'attached' };
const NOT_ATTACHED: Attachment = { kind: 'notAttached' };

type Answered = Extract<OrderAnswer, { kind: 'accepted' }> | Extract<OrderAnswer, { kind: 'changed' }>;

async function giveOrder(
    engine: Engine,
    { key, order }: OrderRequest,
    signal: AbortSignal,
): Promise<Outcome<Answered>> {
    if (signal.aborted) return CANCELLED;
    const answer = await engine.order(order, signal);
    if (answer.kind !== 'refused') return done(answer);
    return failed({ kind: 'refused', deed: order.kind, deployment: key.deployment, message: answer.message });
}
