/**
 * One step on a host, from its request to its end.
 * 1. The answer of the channel that runs it is its end. What it writes is looked at meanwhile over the channel for control.
 * 2. When the channel breaks the step goes on. Its host is then asked, by the attempt's files, how it stands: it is awaited, its result is
 *    taken, or it is run because it was certainly never begun. A host that does not answer for too long leaves the end unknown.
 */
import type { Clock } from '../clock.ts';
import type { ProcessNote, StepOutput, StepRequest } from '../executor.ts';
import type { StepEnd } from '../local/outcome.ts';
import { TAIL_LIMITS } from '../local/tail.ts';
import { unwritableText, type Answer } from './agent.ts';
import { OUTPUT_WITH_END } from './agent-script.ts';
import { endOnHost, parseProcessNotes } from './remote-processes.ts';
import type { Asked, RemoteHost } from './remote-host.ts';
import type { RemoteOutput, Stream } from './remote-output.ts';
import { settledWithin } from './settled-within.ts';
import {
    aimAtStep,
    askText,
    capText,
    endedText,
    killSupervisorText,
    lookText,
    runText,
    streamEndText,
    type Program,
    type StepPlace,
} from './step-text.ts';

export interface StepServices {
    readonly clock: Clock;
    /** Time between TERM and KILL, in milliseconds. */
    readonly killGraceMs: number;
    /** How long a host may not answer before the end of a step is unknown. */
    readonly reconnectMs: number;
    /** Once aborted, steps are neither followed nor killed any more. */
    readonly detached: AbortSignal;
}

export interface RemoteStep {
    readonly request: StepRequest;
    readonly place: StepPlace;
    readonly host: RemoteHost;
    readonly output: RemoteOutput;
    readonly onOutput: (output: StepOutput) => void;
    readonly signal: AbortSignal;
    readonly services: StepServices;
}

export type RemoteEnd =
    | (StepEnd & { readonly left: readonly ProcessNote[] })
    /** No script was found; `sections` may hold the template. */
    | { readonly kind: 'noScript'; readonly answer: Answer };

/** What an ask may find besides an end. */
export type Standing = RemoteEnd | { readonly kind: 'unbegun'; /** The claim that counts. */ readonly claim: string };

/** Steps that end sooner are never looked at: their output comes with their end. */
const FIRST_LOOK_MS = 400;
const BUSY_LOOK_MS = 100;
const QUIET_LOOK_MS = 1_000;
const LOOK_BYTES = 64 * 1024;
const END_BYTES = 256 * 1024;
/** How long a supervisor may take to say who it is, or to end after its recipe. */
const SETTLE_MS = 500;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
const STREAMS = ['stdout', 'stderr'] as const;

/** Runs a program as the step, under a claim nobody has taken. */
export async function runRemote(step: RemoteStep, program: Program, claim: string): Promise<RemoteEnd> {
    const { request, place, services, signal } = step;
    const begunAt = services.clock.now();
    const text = runText({ place, program, environment: request.environment, claim, keepsLeft: keepsLeft(request) });
    let isSent = false;
    let isWithdrawn = false;
    const pending = step.host.withAgent(async (agent) => {
        if (isWithdrawn) return { kind: 'broken', reason: 'it was withdrawn' };
        isSent = true;
        const answer = await agent.request(text);
        if (answer.kind === 'answered' && answer.sections.has('left')) agent.close();
        return answer;
    }, signal);
    const watched = await watchStep(step, pending, begunAt);
    if (watched === 'timedOut' || watched === 'cancelled') {
        isWithdrawn = true;
        return isSent ? killStep(step, watched, pending) : withdrawn(step, watched);
    }
    if (watched.kind === 'answered') return concluded(step, watched, begunAt);
    if (!isSent) return endOf(step, { kind: 'notBegun', reason: reasonOf(watched) }, begunAt);
    const standing = await askRemote(step, reasonOf(watched));
    return standing.kind === 'unbegun' ? runRemote(step, program, standing.claim) : standing;
}

/**
 * What is known of a step that was, or may have been, begun by somebody who does not wait for it any more. A live one is awaited.
 * `reason` says what made the question necessary.
 */
export async function askRemote(step: RemoteStep, reason: string): Promise<Standing> {
    for (;;) {
        const answer = await askHost(step, reason);
        if (answer.kind === 'unknown') return answer;
        const standing = await standingOf(step, answer);
        if (standing !== 'broken') return standing;
    }
}

function keepsLeft({ phase }: StepRequest): boolean {
    return phase === 'start' || phase === 'update';
}

function reasonOf(asked: Exclude<Asked, Answer>): string {
    return asked.kind === 'broken' ? asked.reason : asked.message;
}

type Stop = 'timedOut' | 'cancelled';

/** Waits for the answer and tells what the step writes meanwhile. */
async function watchStep(step: RemoteStep, pending: Promise<Asked>, begunAt: number): Promise<Asked | Stop> {
    const { services, signal, request } = step;
    const look = createLook(step);
    let pause = FIRST_LOOK_MS;
    for (;;) {
        const left = begunAt + request.timeoutMs - services.clock.now();
        const asked = await settledWithin(pending, Math.min(pause, left), services.clock, [signal, services.detached]);
        if (services.detached.aborted) return abandon();
        if (asked !== null && !(signal.aborted && asked.kind !== 'answered')) return asked;
        const stop = stopOf(step, begunAt);
        if (stop !== null) return stop;
        const { arrived } = await look();
        pause = arrived > 0 ? BUSY_LOOK_MS : Math.min(pause * 1.5, QUIET_LOOK_MS);
    }
}

function stopOf({ signal, services, request }: RemoteStep, begunAt: number): Stop | null {
    if (signal.aborted) return 'cancelled';
    return services.clock.now() - begunAt >= request.timeoutMs ? 'timedOut' : null;
}

/** Never settles: whoever waits for the step has gone, and a settled promise would be taken for an end. */
function abandon(): Promise<never> {
    return new Promise(() => undefined);
}

interface Look {
    /** Bytes that came with it. */
    readonly arrived: number;
    /** `ended`, `live`, `gone`, `other`, `none`; null when the host did not answer. */
    readonly state: string | null;
    /** A stream has more than what came. */
    readonly hasMore: boolean;
}

function createLook({ place, output, host }: RemoteStep): () => Promise<Look> {
    let turn: 0 | 1 = 1;
    return async () => {
        turn = turn === 0 ? 1 : 0;
        const spans = STREAMS.map((stream) => {
            return { stream, offset: output.offsetOf(stream), bytes: Math.min(LOOK_BYTES, output.roomOf(stream)) };
        });
        const [stdout, stderr] = spans;
        if (stdout === undefined || stderr === undefined) throw new Error('a step has two streams');
        const answer = await host.control(lookText(place, turn, stdout, stderr));
        if (answer.kind !== 'answered') return { arrived: 0, state: null, hasMore: false };
        let arrived = 0;
        let hasMore = false;
        for (const { stream, offset, bytes } of spans) {
            const piece = answer.sections.get(stream) ?? Buffer.alloc(0);
            output.add(stream, piece, offset);
            arrived += piece.length;
            if (bytes > 0 && piece.length === bytes) hasMore = true;
            if (bytes === 0 && answer.words[0] === 'live') await host.control(capText(place, stream, TAIL_LIMITS.kept));
        }
        return { arrived, state: answer.words[0] ?? null, hasMore };
    };
}

/** The end of a step by the answer its channel, or the question about it, was given. */
async function concluded(step: RemoteStep, answer: Answer, begunAt: number): Promise<RemoteEnd> {
    const [code = '', status = ''] = answer.words;
    if (!/^(?:-|\d+)$/.test(code)) return { kind: 'noScript', answer };
    if (answer.words.includes('unbegun'))
        return endOf(step, { kind: 'notBegun', reason: unbegunText(step, status) }, begunAt);
    if (code === '-') return vanished(step, begunAt);
    const heads = STREAMS.map((stream) => addHead(step.output, stream, answer));
    if (answer.words.includes('seen') || heads.some((length) => length >= OUTPUT_WITH_END)) await fetchRest(step);
    const left = parseProcessNotes(answer.sections.get('left'));
    return { ...endOf(step, { kind: 'exited', exitCode: Number(code) }, begunAt), left };
}

function addHead(output: RemoteOutput, stream: Stream, answer: Answer): number {
    const head = answer.sections.get(stream);
    if (head !== undefined) output.add(stream, head, 0);
    return head?.length ?? 0;
}

function unbegunText({ host, place }: RemoteStep, status: string): string {
    const why = status === '126' ? 'its environment is too large for the system there, or ' : '';
    return `it could not be begun: ${why}${unwritableText(host.name, `the folder of the instance ${place.instance}`)}`;
}

/** What was written and has not come: up to what is passed on, then the end alone. */
async function fetchRest(step: RemoteStep): Promise<void> {
    const look = createLook(step);
    for (let latest = await look(); latest.hasMore;) latest = await look();
    for (const stream of STREAMS) {
        if (step.output.roomOf(stream) > 0) continue;
        const answer = await step.host.control(streamEndText(step.place, stream, END_BYTES));
        if (answer.kind !== 'answered') continue;
        step.output.addEnd(stream, answer.sections.get('tail') ?? Buffer.alloc(0), Number(answer.words[0]));
    }
}

type Bare =
    | { readonly kind: 'exited'; readonly exitCode: number }
    | { readonly kind: Stop; readonly killed: readonly ProcessNote[] }
    | { readonly kind: 'notBegun' | 'unknown'; readonly reason: string };

function endOf({ output, services }: RemoteStep, end: Bare, begunAt: number): Exclude<RemoteEnd, { kind: 'noScript' }> {
    const durationMs = Math.max(0, services.clock.now() - begunAt);
    return { ...end, durationMs, lastLines: output.finish(), left: [] };
}

async function vanished(step: RemoteStep, begunAt: number): Promise<RemoteEnd> {
    await endOnHost(step.host, aimAtStep(step.place), step.services);
    await fetchRest(step);
    const reason = `the supervisor of the recipe ended without a result (killed, or ${step.host.name} was restarted)`;
    return endOf(step, { kind: 'unknown', reason }, begunAt);
}

function withdrawn(step: RemoteStep, kind: Stop): RemoteEnd {
    return endOf(step, { kind, killed: [] }, step.services.clock.now());
}

/** `pending` is the answer of the channel that runs the step, where there is one. */
async function killStep(step: RemoteStep, kind: Stop, pending: Promise<Asked> | null): Promise<RemoteEnd> {
    const { host, place, services } = step;
    const begunAt = services.clock.now();
    const ended = await endOnHost(host, aimAtStep(place), services);
    if (ended.kind === 'unreachable') {
        const what = kind === 'cancelled' ? 'it was cancelled' : 'its time was over';
        return endOf(step, { kind: 'unknown', reason: `${what}, and it could not be ended: ${ended.reason}` }, begunAt);
    }
    const settled = pending === null ? null : await settledWithin(pending, SETTLE_MS, services.clock, []);
    if (settled === null) await host.control(killSupervisorText(place));
    if (settled?.kind === 'answered') STREAMS.forEach((stream) => addHead(step.output, stream, settled));
    await fetchRest(step);
    return endOf(step, { kind, killed: ended.killed }, begunAt);
}

type Unknown = Exclude<RemoteEnd, { kind: 'noScript' }> & { readonly kind: 'unknown' };

/** Asks until the host answers, for as long as it may not. */
async function askHost(step: RemoteStep, reason: string): Promise<Answer | Unknown> {
    const { host, services, signal } = step;
    const begunAt = services.clock.now();
    const deadline = begunAt + services.reconnectMs;
    const unknown = (why: string): Unknown => {
        const text = `${reason === '' ? '' : `${reason}; `}${why}, so nobody can tell how the step ended`;
        return { ...endOf(step, { kind: 'unknown', reason: text }, begunAt), kind: 'unknown', reason: text };
    };
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
        const left = Math.max(0, deadline - services.clock.now());
        const asking = host.control(askText(step.place));
        const answer = await settledWithin(asking, left, services.clock, [services.detached]);
        if (services.detached.aborted) return abandon();
        if (answer?.kind === 'answered') return answer;
        if (answer?.kind === 'refused' && answer.code !== 'unreachable') return unknown(answer.message);
        if (signal.aborted) return unknown(`it was cancelled while ${host.name} did not answer`);
        if (left === 0) return unknown(`${host.name} has not answered for ${services.reconnectMs / 1000} s`);
        await settledWithin(abandon(), Math.min(pause, left), services.clock, [signal, services.detached]);
    }
}

async function standingOf(step: RemoteStep, answer: Answer): Promise<Standing | 'broken'> {
    const { host, services } = step;
    const [state = '', detail = ''] = answer.words;
    const now = services.clock.now();
    switch (state) {
        case 'unbegun':
            return { kind: 'unbegun', claim: `${detail}/claim` };
        case 'nothing':
            return unknownOf(
                step,
                `${host.name} has nothing of this instance any more (reinstalled, or cleaned by hand)`,
                now,
            );
        case 'unwritable':
            return unknownOf(step, unwritableText(host.name, answer.line.slice('unwritable '.length)), now);
        default:
            return awaitStanding(step, state, now - (Number(detail) || 0) * 1000);
    }
}

function unknownOf(step: RemoteStep, reason: string, begunAt: number): RemoteEnd {
    return endOf(step, { kind: 'unknown', reason }, begunAt);
}

/** Looks until the step has ended. */
async function awaitStanding(step: RemoteStep, first: string, begunAt: number): Promise<RemoteEnd | 'broken'> {
    const { host, place, request, services, signal } = step;
    const look = createLook(step);
    let state: string | null = first;
    let goneSince: number | null = null;
    for (let pause = BUSY_LOOK_MS; state !== 'ended';) {
        const now = services.clock.now();
        goneSince = state === 'live' ? null : (goneSince ?? now);
        if (goneSince !== null && now - goneSince >= SETTLE_MS) return vanished(step, begunAt);
        const stop = stopOf(step, begunAt);
        if (stop !== null) return killStep(step, stop, null);
        await settledWithin(abandon(), pause, services.clock, [signal, services.detached]);
        if (services.detached.aborted) return abandon();
        const latest = await look();
        if (latest.state === null) return 'broken';
        state = latest.state;
        pause = latest.arrived > 0 || state !== 'live' ? BUSY_LOOK_MS : Math.min(pause * 1.5, QUIET_LOOK_MS);
    }
    const answer = await host.control(endedText(place, keepsLeft(request)));
    return answer.kind === 'answered' ? concluded(step, answer, begunAt) : 'broken';
}
