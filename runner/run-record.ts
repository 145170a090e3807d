/**
 * What a run was, step by step, made from the events of its deployment: the same record from a live stream, from a simulation and from
 * a journal that is played again. Pure: no clock, no disk.
 *
 * Invariants:
 * 1. A step is what took time for one instance: a recipe phase, or the making or destroying of its machine.
 * 2. Steps stand in the order in which they were begun; a step keeps its place and its id, and is a new object when something of it changed.
 * 3. What was under way when the run began is part of it; what begins after its end is not.
 */
import type { FailureNote, InstanceSnapshot, Phase, RunnerEvent, RunSummary } from './protocol.ts';

/** What a step of a record does: a recipe's phase, or work on a machine. */
export type RecordedPhase = Phase | 'createMachine' | 'destroyMachine';

export interface RecordedStep {
    /** Unique in the record: the attempt, or the machine's path and when the work began. */
    readonly id: string;
    readonly path: string;
    readonly phase: RecordedPhase;
    /** Null for work on a machine, which leaves no output. */
    readonly attempt: string | null;
    /** Milliseconds since 1970, virtual in a simulation; both. */
    readonly begunAt: number;
    /** Null while it is under way, and when nobody could tell its end before the run ended. */
    readonly endedAt: number | null;
    /** `succeeded`, `failed`, `timedOut`, `cancelled` or `unknown`; null while it is under way. */
    readonly outcome: string | null;
    /** 1 for the first try, one more for each retry of a failed one. */
    readonly tryNumber: number;
    /** Why it was begun, one clause; empty when nobody said. */
    readonly because: string;
    /** Of an `update`: the instance whose exports came, changed or went. */
    readonly exporter: string | null;
    /** Why it failed, one sentence; empty when it did not. */
    readonly message: string;
    readonly exitCode: number | null;
    /** The end of its output, when it failed. */
    readonly lastLines: readonly string[];
}

/** A time in which an instance could not go on: exports were missing, its parent was not started, or a retry was not due yet. */
export interface RecordedWait {
    readonly path: string;
    readonly kind: 'imports' | 'parent' | 'retry';
    readonly begunAt: number;
    /** Null while it goes on. */
    readonly endedAt: number | null;
    /** What was missing, for `imports`. */
    readonly missing: readonly string[];
}

/** An instance of the deployment while the run went on. */
export interface RecordedInstance {
    readonly path: string;
    readonly name: string;
    readonly component: string;
    readonly installer: string;
    /** Path of the one above; null at the top. */
    readonly parent: string | null;
    /** The address of the machine that a target made for it; empty when there is none. */
    readonly address: string;
}

export interface RunRecord {
    readonly run: RunSummary;
    /** All of the deployment, parents before children. */
    readonly instances: readonly RecordedInstance[];
    readonly steps: readonly RecordedStep[];
    readonly waits: readonly RecordedWait[];
    /** The last journal record it contains. */
    readonly sequence: number;
}

/** Follows one run. */
export interface RunRecorder {
    /** Takes the next event of the deployment. Those it contains already, and those of other runs, change nothing. */
    readonly take: (event: RunnerEvent) => void;
    /** What is known so far; shares nothing that will change. */
    readonly record: () => RunRecord;
}

/** A record that begins with a run: `instances` are those of the deployment at that moment, as far as they are known. */
export function beginRecord(run: RunSummary, instances: readonly InstanceSnapshot[]): RunRecorder {
    return new Recorder({ run, instances: [], steps: [], waits: [], sequence: 0 }, instances);
}

/** Goes on with a record that was read. */
export function continueRecord(record: RunRecord): RunRecorder {
    return new Recorder(record, []);
}

type StepBegun = Extract<RunnerEvent, { kind: 'stepBegun' }>;
type StepEnded = Extract<RunnerEvent, { kind: 'stepEnded' }>;

class Recorder implements RunRecorder {
    #run: RunSummary;
    #sequence: number;
    readonly #instances: Map<string, RecordedInstance>;
    readonly #steps: RecordedStep[];
    readonly #waits: RecordedWait[];
    /** Places of steps by id. */
    readonly #places = new Map<string, number>();
    /** Place of the last step of an instance and phase. */
    readonly #lastOf = new Map<string, number>();
    /** Places of waits that go on, by path. */
    readonly #openWaits = new Map<string, number>();

    constructor(known: RunRecord, present: readonly InstanceSnapshot[]) {
        this.#run = known.run;
        this.#sequence = known.sequence;
        this.#instances = new Map(known.instances.map((instance) => [instance.path, instance]));
        this.#steps = [];
        this.#waits = [...known.waits];
        for (const step of known.steps) this.#push(step);
        known.waits.forEach((wait, index) => void (wait.endedAt === null && this.#openWaits.set(wait.path, index)));
        for (const instance of present) this.#takePresent(instance);
    }

    take(event: RunnerEvent): void {
        if (event.kind === 'output' || event.sequence < this.#sequence || this.#run.endedAt !== null) return;
        this.#sequence = event.sequence;
        switch (event.kind) {
            case 'runBegun':
            case 'runCancelling':
            case 'runEnded':
                if (event.run.id === this.#run.id) this.#takeRun(event.run);
                return;
            case 'instancesListed':
                for (const instance of event.instances) this.#note(instance);
                return;
            case 'instancesForgotten':
                return;
            case 'instanceChanged':
                this.#takeInstance(event.instance, event.time, event.because);
                return;
            case 'stepBegun':
                this.#beginStep(event);
                return;
            case 'stepEnded':
                this.#endStep(event);
                return;
            default:
                return event satisfies never;
        }
    }

    record(): RunRecord {
        return {
            run: this.#run,
            instances: [...this.#instances.values()],
            steps: [...this.#steps],
            waits: [...this.#waits],
            sequence: this.#sequence,
        };
    }

    #takeRun(run: RunSummary): void {
        this.#run = run;
        if (run.endedAt === null) return;
        for (const index of this.#openWaits.values()) this.#closeWait(index, run.endedAt);
        this.#openWaits.clear();
    }

    #note(instance: InstanceSnapshot): void {
        this.#instances.set(instance.path, recordedInstanceOf(instance));
    }

    /** What was under way before the run began. The instances may be seen a little later than that: what began since is told by events. */
    #takePresent(instance: InstanceSnapshot): void {
        this.#note(instance);
        const { path, step, since } = instance;
        const { begunAt } = this.#run;
        if (step !== null && step.begunAt < begunAt) this.#push({ ...BARE, id: step.attempt, path, ...step });
        if (since >= begunAt) return;
        const work = machineWorkOf(instance);
        if (work !== null) this.#beginMachineWork(instance, work, '');
        this.#takeWait(instance, begunAt);
    }

    #takeInstance(instance: InstanceSnapshot, time: number, because: string): void {
        this.#note(instance);
        if (instance.failure !== null) this.#takeFailure(instance.failure);
        this.#takeMachine(instance, time, because);
        this.#takeWait(instance, time);
    }

    /** What is known of a failure beyond its sentence comes with the instance. */
    #takeFailure({ attempt, message, exitCode, lastLines }: FailureNote): void {
        const index = attempt === null ? undefined : this.#places.get(attempt);
        const step = index === undefined ? undefined : this.#steps[index];
        if (index === undefined || step === undefined || step.lastLines === lastLines) return;
        this.#steps[index] = { ...step, message, exitCode, lastLines };
    }

    #takeMachine(instance: InstanceSnapshot, time: number, because: string): void {
        const work = machineWorkOf(instance);
        for (const phase of ['createMachine', 'destroyMachine'] as const) {
            const index = this.#lastOf.get(`${phase} ${instance.path}`);
            const step = index === undefined ? undefined : this.#steps[index];
            if (index === undefined || step === undefined || step.endedAt !== null || work === phase) continue;
            const { failure } = instance;
            this.#steps[index] =
                failure === null
                    ? { ...step, endedAt: time, outcome: 'succeeded' }
                    : { ...step, endedAt: time, outcome: failure.kind, message: failure.message };
        }
        if (work !== null) this.#beginMachineWork(instance, work, because);
    }

    #beginMachineWork({ path, since }: InstanceSnapshot, phase: MachinePhase, because: string): void {
        const known = this.#steps[this.#lastOf.get(`${phase} ${path}`) ?? -1];
        if (known !== undefined && known.endedAt === null) return;
        this.#push({ ...BARE, id: `${path}@${String(since)}`, path, phase, attempt: null, begunAt: since, because });
    }

    #takeWait(instance: InstanceSnapshot, time: number): void {
        const { path } = instance;
        const wanted = waitOf(instance);
        const index = this.#openWaits.get(path);
        const open = index === undefined ? undefined : this.#waits[index];
        if (index !== undefined && open !== undefined) {
            if (wanted !== null && open.kind === wanted.kind && sameList(open.missing, wanted.missing)) return;
            this.#closeWait(index, time);
            this.#openWaits.delete(path);
        }
        if (wanted === null) return;
        this.#openWaits.set(path, this.#waits.push({ path, ...wanted, begunAt: time, endedAt: null }) - 1);
    }

    #closeWait(index: number, time: number): void {
        const wait = this.#waits[index];
        if (wait !== undefined) this.#waits[index] = { ...wait, endedAt: time };
    }

    #beginStep({ path, phase, attempt, time, because, exporter }: StepBegun): void {
        if (this.#places.has(attempt)) return;
        this.#push({ ...BARE, id: attempt, path, phase, attempt, begunAt: time, because, exporter: exporter ?? null });
    }

    #endStep({ attempt, time, outcome, message }: StepEnded): void {
        const index = this.#places.get(attempt);
        const step = index === undefined ? undefined : this.#steps[index];
        if (index === undefined || step === undefined) return;
        this.#steps[index] = { ...step, endedAt: time, outcome, message };
    }

    #push(step: RecordedStep): void {
        const key = `${step.phase} ${step.path}`;
        const before = this.#steps[this.#lastOf.get(key) ?? -1];
        const isRetry = before !== undefined && before.outcome !== null && before.outcome !== 'succeeded';
        const tryNumber = isRetry ? Math.max(step.tryNumber, before.tryNumber + 1) : step.tryNumber;
        const index = this.#steps.push(tryNumber === step.tryNumber ? step : { ...step, tryNumber }) - 1;
        this.#places.set(step.id, index);
        this.#lastOf.set(key, index);
    }
}

const BARE = {
    endedAt: null,
    outcome: null,
    tryNumber: 1,
    because: '',
    exporter: null,
    message: '',
    exitCode: null,
    lastLines: [],
} as const;

type MachinePhase = 'createMachine' | 'destroyMachine';

/** What is being done about the machine of an instance; null when nothing is, or when that has failed. */
function machineWorkOf({ installer, status, failure }: InstanceSnapshot): MachinePhase | null {
    if (installer !== 'target' || failure !== null) return null;
    if (status === 'DEPLOYING') return 'createMachine';
    return status === 'UNDEPLOYING' ? 'destroyMachine' : null;
}

function waitOf({ status, retryAt, missing }: InstanceSnapshot): Pick<RecordedWait, 'kind' | 'missing'> | null {
    if (retryAt !== null) return { kind: 'retry', missing: [] };
    if (status === 'UNRESOLVED') return { kind: 'imports', missing };
    return status === 'WAITING_FOR_ANCESTOR' ? { kind: 'parent', missing: [] } : null;
}

function recordedInstanceOf(instance: InstanceSnapshot): RecordedInstance {
    const { path, name, component, installer, parent, machine } = instance;
    return { path, name, component, installer, parent, address: machine?.address ?? '' };
}

function sameList(left: readonly string[], right: readonly string[]): boolean {
    return left.length === right.length && left.every((entry, index) => entry === right[index]);
}
