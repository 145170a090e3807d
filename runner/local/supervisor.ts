/**
 * Runs one recipe so that neither its end nor its output depends on the runner's life.
 *
 * 1. A small `sh` in a session of its own runs the recipe with stdin closed off and output to files.
 * 2. Making the file `claim`, which tells who the supervisor is, is the right to run the recipe. A later runner that makes a folder of that name first learns that the
 *    recipe was never begun, and never will be by that supervisor: what counts from then on is the `claim` in that folder. So a recipe
 *    is never begun twice for one attempt, and a runner that dies with the right in its hands takes it from nobody.
 * 3. The step ends when the file `result` holds a whole line: the attempt's nonce and the exit code. On a full disk the supervisor waits
 *    until it can write that line.
 * 4. Else the supervisor uses nothing but what the shell has built in: each further program would cost a step a millisecond.
 *    Its notes are lines written at one go; a reader takes no line without its end.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { StepOutput } from '../executor.ts';
import { diskFailureText } from '../journal/disk-failure.ts';
import { carriesMark, endProcesses, type ProcessEntry, type ProcessTable } from './processes.ts';
import { SUPERVISOR_PROGRAM } from './supervisor-script.ts';
import { tooLargeText } from './recipe-environment.ts';
import { createTail, type Tail } from './tail.ts';

/** Variable that marks every process of a step. */
export const STEP_MARK = 'ROBOCONF_STEP_MARK';

export interface SupervisorServices {
    readonly clock: Clock;
    readonly processes: ProcessTable;
    /** Time between TERM and KILL, in milliseconds. */
    readonly killGraceMs: number;
    /** Once aborted, steps are neither followed nor killed any more: a later runner asks about them. */
    readonly detached: AbortSignal;
}

/** What must be known to find a step again. */
export interface SupervisedStep {
    readonly attempt: string;
    /** Absolute; holds outputs, claim and result. */
    readonly directory: string;
    /** Unique on this computer. */
    readonly mark: string;
    readonly timeoutMs: number;
}

export interface SupervisedProgram {
    /** Absolute path of an executable file. */
    readonly file: string;
    readonly workingDirectory: string;
    /** The whole environment; the step's mark is added. */
    readonly environment: Readonly<Record<string, string>>;
}

export type SupervisedEnd = {
    readonly lastLines: readonly string[];
    readonly durationMs: number;
} &
    /** `left`: processes of the step that outlive it. */
    (
        | { readonly kind: 'exited'; readonly exitCode: number; readonly left: readonly ProcessEntry[] }
        | { readonly kind: 'timedOut' | 'cancelled'; readonly killed: readonly ProcessEntry[] }
        /** The recipe did not run at all. */
        | { readonly kind: 'notBegun'; readonly reason: string }
        | { readonly kind: 'unknown'; readonly reason: string }
    );

const POLL_MS = 60;
/** How long a live supervisor may take to write its result after its recipe's end, or a process that was forked to become one. */
const SETTLE_MS = 500;

/** Runs the program to its end. A step directory is used for one attempt only. Aborting kills what runs and waits until it is gone. */
export async function runSupervised(
    step: SupervisedStep,
    program: SupervisedProgram,
    services: SupervisorServices,
    watch: { readonly onOutput: (output: StepOutput) => void; readonly signal: AbortSignal },
): Promise<SupervisedEnd> {
    const child = tryToStart(step, program);
    if ('reason' in child) return { kind: 'notBegun', ...child, lastLines: [], durationMs: 0 };
    child.unref();
    const exited = exitOf(child);
    const follow = followStep(step, services, watch.onOutput);
    const stop = await follow.until(() => exited.done(), exited.promise, watch.signal);
    const failure = exited.failure();
    if (failure !== null) return { kind: 'notBegun', reason: failure, ...follow.finish() };
    return follow.conclude(stop, child.pid ?? 0);
}

/** What is known of a step begun by an earlier runner. A live one is awaited. `notBegun` when the recipe is certain not to run. */
export async function askSupervised(
    step: SupervisedStep,
    services: SupervisorServices,
    watch: { readonly onOutput: (output: StepOutput) => void; readonly signal: AbortSignal },
): Promise<SupervisedEnd> {
    if (takeClaim(step.directory)) {
        return { kind: 'notBegun', reason: 'the recipe was not begun', lastLines: [], durationMs: 0 };
    }
    const follow = followStep(step, services, watch.onOutput);
    const isGone = goneChecker(step, services);
    const stop = await follow.until(() => readResult(step) !== null || isGone(), null, watch.signal);
    return follow.conclude(stop, readSupervisor(step)?.pid ?? 0);
}

/** Takes the right to run a step's recipe from a supervisor that has not made use of it. False when it has. */
function takeClaim(directory: string): boolean {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    try {
        mkdirSync(claimIn(directory), { mode: 0o700 });
        return true;
    } catch {
        // It is there: the recipe was begun, or is about to be.
        return false;
    }
}

/** The claim that counts, made or not. */
function claimIn(directory: string): string {
    const claim = join(directory, 'claim');
    const isTaken = statSync(claim, { throwIfNoEntry: false })?.isDirectory() ?? false;
    return isTaken ? claimIn(claim) : claim;
}

/** Files that cannot be made keep a recipe from being begun. */
function tryToStart(step: SupervisedStep, program: SupervisedProgram): ChildProcess | { readonly reason: string } {
    try {
        return startSupervisor(step, program);
    } catch (error) {
        const isTooLarge = error instanceof Error && 'code' in error && error.code === 'E2BIG';
        const why = isTooLarge ? tooLargeText(program.environment) : null;
        return { reason: why ?? `it could not be begun. ${diskFailureText(error, step.directory)}` };
    }
}

function startSupervisor(step: SupervisedStep, program: SupervisedProgram): ChildProcess {
    const [stdout, stderr] = [openOutput(step, 'stdout'), openOutput(step, 'stderr')];
    try {
        const { directory, attempt } = step;
        const words = [`${directory}/`, attempt, program.file, claimIn(directory)];
        return spawn('/bin/sh', ['-c', SUPERVISOR_PROGRAM, 'roboconf-step', ...words], {
            cwd: program.workingDirectory,
            detached: true,
            env: { ...program.environment, [STEP_MARK]: step.mark },
            stdio: ['ignore', stdout, stderr],
        });
    } finally {
        closeSync(stdout);
        closeSync(stderr);
    }
}

function openOutput(step: SupervisedStep, stream: 'stdout' | 'stderr'): number {
    mkdirSync(step.directory, { recursive: true, mode: 0o700 });
    return openSync(join(step.directory, stream), 'a', 0o600);
}

interface Exit {
    readonly promise: Promise<void>;
    readonly done: () => boolean;
    /** Why the supervisor could not be started. */
    readonly failure: () => string | null;
}

function exitOf(child: ChildProcess): Exit {
    let done = false;
    let failure: string | null = null;
    const promise = new Promise<void>((resolve) => {
        child.once('exit', () => {
            done = true;
            resolve();
        });
        child.once('error', (error) => {
            done = true;
            failure = error.message;
            resolve();
        });
    });
    return { promise, done: () => done, failure: () => failure };
}

type Stop = 'ended' | 'timedOut' | 'cancelled';

interface Follow {
    readonly until: (isOver: () => boolean, wake: Promise<void> | null, signal: AbortSignal) => Promise<Stop>;
    readonly finish: () => { readonly lastLines: readonly string[]; readonly durationMs: number };
    readonly conclude: (stop: Stop, supervisor: number) => Promise<SupervisedEnd>;
}

function followStep(
    step: SupervisedStep,
    services: SupervisorServices,
    onOutput: (output: StepOutput) => void,
): Follow {
    const { clock } = services;
    closeSync(openOutput(step, 'stdout'));
    closeSync(openOutput(step, 'stderr'));
    const tail = createTail(step.directory, step.attempt, onOutput);
    const begunAt = begunAtOf(step) ?? clock.now();
    const finish: Follow['finish'] = () => ({
        lastLines: tail.finish(),
        durationMs: Math.max(0, clock.now() - begunAt),
    });
    const until: Follow['until'] = async (isOver, wake, signal) => {
        while (!isOver()) {
            if (services.detached.aborted) return abandon(tail);
            if (signal.aborted) return 'cancelled';
            if (clock.now() - begunAt >= step.timeoutMs) return 'timedOut';
            const pause = clock.sleep(POLL_MS, AbortSignal.any([signal, services.detached]));
            await (wake === null ? pause : Promise.race([pause, wake]));
            tail.poll();
        }
        return 'ended';
    };
    const conclude: Follow['conclude'] = async (stop, supervisor) => {
        if (stop !== 'ended') return endEarly(stop);
        const exitCode = readResult(step);
        const mine = (): readonly ProcessEntry[] => processesOfStep(step, supervisor, services.processes);
        if (exitCode !== null) return { kind: 'exited', exitCode, left: mine(), ...finish() };
        await endProcesses(mine, clock, services.killGraceMs);
        const reason = 'the supervisor of the recipe ended without a result (killed, or the computer was restarted)';
        if (takeClaim(step.directory)) return { kind: 'notBegun', reason: notWritable(step), ...finish() };
        return { kind: 'unknown', reason, ...finish() };
    };
    const endEarly = async (stop: 'timedOut' | 'cancelled'): Promise<SupervisedEnd> => {
        const supervisor = readSupervisor(step)?.pid ?? 0;
        const recipe = (): readonly ProcessEntry[] => processesOfStep(step, supervisor, services.processes);
        const killed = await endProcesses(recipe, clock, services.killGraceMs);
        await endProcesses(() => supervisorEntry(step, services), clock, SETTLE_MS);
        return { kind: stop, killed, ...finish() };
    };
    return { until, finish, conclude };
}

/** Never settles: whoever waits for the step has gone, and a settled promise would be taken for an end. */
function abandon(tail: Tail): Promise<never> {
    tail.finish();
    return new Promise(() => undefined);
}

function notWritable(step: SupervisedStep): string {
    return `the recipe could not be begun: nothing can be written into ${step.directory}`;
}

/** Processes of a step other than its supervisor, which ends by itself. */
function processesOfStep(step: SupervisedStep, supervisor: number, processes: ProcessTable): readonly ProcessEntry[] {
    const session = isStranger(step, supervisor, processes) ? 0 : supervisor;
    // Nothing a step started is older than its supervisor.
    return processes
        .list(readSupervisor(step)?.born)
        .filter(
            (entry) =>
                entry.pid !== supervisor &&
                (carriesMark(entry, STEP_MARK, step.mark) || (session > 0 && entry.session === session)),
        );
}

/** Whether the supervisor's number has been given to another process meanwhile: then its session is not the step's either. */
function isStranger(step: SupervisedStep, supervisor: number, processes: ProcessTable): boolean {
    const holder = processes.find(supervisor);
    return holder !== undefined && holder.born !== readSupervisor(step)?.born;
}

function supervisorEntry(step: SupervisedStep, { processes }: SupervisorServices): readonly ProcessEntry[] {
    return processes.list().filter((entry) => carriesMark(entry, STEP_MARK, step.mark));
}

/** Tells when a supervisor that is nobody's child any more has ended without a result. */
function goneChecker(step: SupervisedStep, services: SupervisorServices): () => boolean {
    let goneSince: number | null = null;
    return () => {
        if (isSupervisorAlive(step, services)) {
            goneSince = null;
            return false;
        }
        // Right after it was forked a supervisor carries no mark yet: it gets some time.
        goneSince ??= services.clock.now();
        return services.clock.now() - goneSince >= SETTLE_MS && readResult(step) === null;
    };
}

/** One that has not yet written who it is shows its mark. */
function isSupervisorAlive(step: SupervisedStep, services: SupervisorServices): boolean {
    const noted = readSupervisor(step);
    if (noted === null) return supervisorEntry(step, services).length > 0;
    return services.processes.find(noted.pid)?.born === noted.born;
}

interface SupervisorIdentity {
    readonly pid: number;
    readonly born: string;
}

function readSupervisor(step: SupervisedStep): SupervisorIdentity | null {
    const [pid = '', born = '', end] = (readText(claimIn(step.directory)) ?? '').split('\n');
    if (!/^\d+$/.test(pid) || end === undefined) return null;
    return { pid: Number(pid), born: bornOf(born) };
}

/** A start time as the process table tells it, from what the supervisor wrote about itself. */
function bornOf(text: string): string {
    const close = text.lastIndexOf(') ');
    const ticks = close < 0 ? undefined : text.slice(close + 2).split(' ')[19];
    return ticks ?? text.trim().replace(/ +/g, ' ');
}

function readResult(step: SupervisedStep): number | null {
    const [, nonce, code] = /^(\S+) (\d+)\n$/.exec(readText(join(step.directory, 'result')) ?? '') ?? [];
    return nonce === step.attempt ? Number(code) : null;
}

function readText(file: string): string | null {
    try {
        return readFileSync(file, 'utf8');
    } catch {
        // Absent means: not written yet.
        return null;
    }
}

function begunAtOf(step: SupervisedStep): number | null {
    try {
        return statSync(claimIn(step.directory)).mtimeMs;
    } catch {
        // Not begun yet.
        return null;
    }
}
