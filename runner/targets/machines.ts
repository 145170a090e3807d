/**
 * The life of a machine behind the port of targets: made once for its tag, whatever was interrupted before, and ended whole.
 * What was made is always looked for first: an answer that never came does not leave a machine nobody knows.
 */
import type { MachineOutcome } from '../executor.ts';
import type { FoundMachine, MachineTag, Target, TargetFailure } from './target.ts';

/** So many machines are tried in a row when a target gives up those that cannot be made fit. */
const MOST_TRIES = 3;

/**
 * The machine of a tag, fit to run recipes: the one there is, or one that is made. Repeating it after a crash is harmless. A target that
 * gives up a machine it cannot make fit, such as an address where nobody answers, is asked for another one.
 */
export async function makeMachine(target: Target, tag: MachineTag, signal: AbortSignal): Promise<MachineOutcome> {
    const reasons = new Set<string>();
    for (let tries = 0; ; tries++) {
        const outcome = await tryMachine(target, tag, signal);
        if (outcome.kind === 'up') return outcome;
        reasons.add(outcome.reason);
        const isLast = !outcome.isGivenUp || tries + 1 === MOST_TRIES || signal.aborted;
        if (isLast) return { kind: 'failed', reason: [...reasons].join('\n') };
    }
}

type Tried =
    | Extract<MachineOutcome, { readonly kind: 'up' }>
    /** `isGivenUp`: there was a machine and there is none any more. */
    | (TargetFailure & { readonly isGivenUp: boolean });

async function tryMachine(target: Target, tag: MachineTag, signal: AbortSignal): Promise<Tried> {
    const found = await usableMachine(target, tag, signal);
    if (found.kind === 'failed') return { ...found, isGivenUp: false };
    const machine = found.kind === 'found' ? found : await createdMachine(target, tag, signal);
    if (machine.kind === 'failed') return { ...machine, isGivenUp: false };
    const configured = await target.configure(machine.machine, signal);
    if (configured.kind === 'configured')
        return { kind: 'up', machineId: machine.machine.machineId, address: configured.address };
    const left = await machinesOf(target, tag, signal);
    return { ...configured, isGivenUp: left.kind === 'listed' && left.machines.length === 0 };
}

/** Ends every machine of a tag, also those nobody was told of; `machineId` is empty when none is known. */
export async function endMachine(
    target: Target,
    { tag, machineId }: FoundMachine,
    signal: AbortSignal,
): Promise<{ readonly kind: 'down' } | TargetFailure> {
    const listed = await machinesOf(target, tag, signal);
    const known = listed.kind === 'listed' ? listed.machines.map((machine) => machine.machineId) : [];
    const all = new Set(machineId === '' ? known : [machineId, ...known]);
    for (const each of all) {
        const destroyed = await target.destroy({ tag, machineId: each }, signal);
        if (destroyed.kind === 'failed') return destroyed;
    }
    // Who does not answer may still have one.
    return listed.kind === 'failed' ? listed : { kind: 'down' };
}

type Usable = { readonly kind: 'found'; readonly machine: FoundMachine } | { readonly kind: 'none' } | TargetFailure;

/** One machine of the tag that is there; the others, and those that were destroyed by hand, are done away with. */
async function usableMachine(target: Target, tag: MachineTag, signal: AbortSignal): Promise<Usable> {
    const listed = await machinesOf(target, tag, signal);
    if (listed.kind === 'failed') return listed;
    const states = await Promise.all(
        listed.machines.map(async (machine) => ({ machine, state: await target.isRunning(machine, signal) })),
    );
    // One that does not answer at this moment may be running: another one beside it would be made in vain.
    const kept = states.find(({ state }) => state === 'running') ?? states.find(({ state }) => state === 'unknown');
    for (const { machine } of states) {
        if (machine === kept?.machine) continue;
        const destroyed = await target.destroy(machine, signal);
        if (destroyed.kind === 'failed') return destroyed;
    }
    return kept === undefined ? { kind: 'none' } : { kind: 'found', machine: kept.machine };
}

/** When making it failed it may be there nevertheless: whoever makes machines may have answered too late. */
async function createdMachine(
    target: Target,
    tag: MachineTag,
    signal: AbortSignal,
): Promise<{ readonly kind: 'found'; readonly machine: FoundMachine } | TargetFailure> {
    const made = await target.create(tag, signal);
    if (made.kind === 'made') return { kind: 'found', machine: { tag, machineId: made.machineId } };
    if (signal.aborted) return made;
    const found = await usableMachine(target, tag, signal);
    return found.kind === 'found' ? found : made;
}

async function machinesOf(
    target: Target,
    tag: MachineTag,
    signal: AbortSignal,
): Promise<{ readonly kind: 'listed'; readonly machines: readonly FoundMachine[] } | TargetFailure> {
    const listed = await target.list(tag.deployment, signal);
    if (listed.kind === 'failed') return listed;
    return { kind: 'listed', machines: listed.machines.filter((machine) => machine.tag.path === tag.path) };
}
