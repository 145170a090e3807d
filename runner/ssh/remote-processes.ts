/** Ending processes on a host. */
import type { Clock } from '../clock.ts';
import type { ProcessNote } from '../executor.ts';
import { parseLinuxStat } from '../local/processes.ts';
import { plainLine } from '../terminal-text.ts';
import type { RemoteHost } from './remote-host.ts';
import { killText } from './step-text.ts';

const COMMAND_LENGTH = 200;
const POLL_MS = 30;
/** What survives a KILL that long is not ours to kill, or stuck in the kernel. */
const GIVE_UP_MS = 10_000;

export type RemoteKill =
    | { readonly kind: 'ended'; readonly killed: readonly ProcessNote[] }
    /** The host did not answer: nobody knows what still runs. */
    | { readonly kind: 'unreachable'; readonly reason: string; readonly killed: readonly ProcessNote[] };

export interface KillServices {
    readonly clock: Clock;
    /** Time between TERM and KILL, in milliseconds. */
    readonly killGraceMs: number;
}

/**
 * Ends what a host finds when it is aimed so, until it finds nothing: first asks (TERM, once each), after the grace kills.
 * Answers all that had to be ended.
 */
export async function endOnHost(host: RemoteHost, aim: string, services: KillServices): Promise<RemoteKill> {
    const { clock, killGraceMs } = services;
    const killed = new Map<number, ProcessNote>();
    const deadline = clock.now() + killGraceMs;
    while (clock.now() < deadline + GIVE_UP_MS) {
        const answer = await host.control(killText(aim, clock.now() >= deadline, [...killed.keys()]));
        if (answer.kind !== 'answered') {
            const reason = answer.kind === 'broken' ? answer.reason : answer.message;
            return { kind: 'unreachable', reason, killed: [...killed.values()] };
        }
        for (const note of parseProcessNotes(answer.sections.get('killed'))) killed.set(note.pid, note);
        if (answer.words[0] === '0') break;
        await clock.sleep(POLL_MS);
    }
    return { kind: 'ended', killed: [...killed.values()] };
}

/** Reads lines of `/proc/<number>/stat`, each followed by a tab and the command. */
export function parseProcessNotes(bytes: Buffer | undefined): readonly ProcessNote[] {
    const lines = (bytes?.toString('utf8') ?? '').split('\n');
    return lines.flatMap((line) => parseNote(line) ?? []);
}

function parseNote(line: string): ProcessNote | undefined {
    const tab = line.indexOf('\t', line.lastIndexOf(') '));
    const stat = tab < 0 ? line : line.slice(0, tab);
    const fields = parseLinuxStat(stat);
    const pid = Number.parseInt(stat, 10);
    if (fields === undefined || fields.dead || !Number.isSafeInteger(pid)) return undefined;
    const command = tab < 0 ? '' : line.slice(tab + 1).trim();
    return { pid, command: plainLine((command || fields.name).slice(0, COMMAND_LENGTH)) };
}
