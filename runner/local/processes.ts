/**
 * Which processes belong to whom. A process belongs to a step or an instance when its environment carries their mark, or when it
 * lives in the session of the step's supervisor (which covers those that cleared their environment).
 * A process that did both, cleared its environment and left the session, cannot be told from a stranger and is left alone.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import type { Clock } from '../clock.ts';
import type { ProcessNote } from '../executor.ts';
import { plainLine } from '../terminal-text.ts';

/** A live process. `born` tells it from a later one with the same number. */
export interface ProcessEntry extends ProcessNote {
    readonly session: number;
    readonly born: string;
    /** Its environment, `NAME=value` each followed by a separator; empty when it belongs to another user. */
    readonly environment: string;
}

export interface ProcessTable {
    /** All of them; with `bornSince` (a `born` of the same system) those older than that may be left out, which is much quicker. */
    readonly list: (bornSince?: string) => readonly ProcessEntry[];
    /** Undefined when there is no such process, or only what is left of a dead one. */
    readonly find: (pid: number) => ProcessEntry | undefined;
}

/** Time between the polite request to end and the killing. */
export const KILL_GRACE_MS = 5_000;

const POLL_MS = 25;
/** What survives a KILL that long is not ours to kill (another user's) or stuck in the kernel; waiting longer would hang a run. */
const GIVE_UP_MS = 10_000;
const COMMAND_LENGTH = 200;

/** The processes of this computer. */
export function createProcessTable(platform: NodeJS.Platform): ProcessTable {
    return platform === 'linux' ? linuxTable : psTable;
}

const linuxTable: ProcessTable = {
    list: (bornSince = '0') =>
        readdirSync('/proc')
            .filter((name) => /^\d+$/.test(name))
            .map((name) => readLinuxProcess(Number(name), Number(bornSince)))
            .filter((entry) => entry !== undefined),
    find: (pid) => readLinuxProcess(pid, 0),
};

function readLinuxProcess(pid: number, bornSince: number): ProcessEntry | undefined {
    const stat = readProcFile(pid, 'stat');
    const fields = parseLinuxStat(stat);
    if (fields === undefined || fields.dead || Number(fields.born) < bornSince) return undefined;
    const commandLine = readProcFile(pid, 'cmdline').replaceAll('\0', ' ').trim();
    return {
        pid,
        session: fields.session,
        born: fields.born,
        command: (commandLine || fields.name).slice(0, COMMAND_LENGTH),
        environment: readProcFile(pid, 'environ'),
    };
}

function readProcFile(pid: number, name: string): string {
    try {
        return readFileSync(`/proc/${pid}/${name}`, 'utf8');
    } catch {
        // The process is gone, or it is another user's: both have nothing to tell.
        return '';
    }
}

export interface LinuxStat {
    readonly name: string;
    readonly session: number;
    /** Start time in clock ticks after boot. */
    readonly born: string;
    /** Only its exit status is left. */
    readonly dead: boolean;
}

/** Reads a line of `/proc/<pid>/stat`; the name may hold spaces and parentheses. Undefined when it is no such line. */
export function parseLinuxStat(line: string): LinuxStat | undefined {
    const open = line.indexOf('(');
    const close = line.lastIndexOf(')');
    if (open < 0 || close < open) return undefined;
    const fields = line.slice(close + 2).split(' ');
    const [state, born] = [fields[0], fields[19]];
    if (state === undefined || born === undefined) return undefined;
    return {
        name: line.slice(open + 1, close),
        session: Number(fields[3]),
        born,
        dead: state === 'Z' || state === 'X',
    };
}

/** For systems without `/proc`: the process group stands for the session, and the environment is shown after the command. */
const psTable: ProcessTable = {
    list: () => runPs(['-A', '-E', '-ww', '-o', 'pid=,pgid=,stat=,lstart=,command=']),
    find: (pid) => runPs(['-E', '-ww', '-o', 'pid=,pgid=,stat=,lstart=,command=', '-p', String(pid)])[0],
};

function runPs(options: readonly string[]): readonly ProcessEntry[] {
    try {
        const text = execFileSync('ps', options, {
            encoding: 'utf8',
            stdio: ['ignore', 'pipe', 'ignore'],
            maxBuffer: 64 * 1024 * 1024,
            env: { ...process.env, LC_ALL: 'C' },
        });
        return text.split('\n').flatMap((line) => parsePsLine(line) ?? []);
    } catch {
        // `ps -p` fails when the process does not exist.
        return [];
    }
}

/** Reads a line of `ps -o pid=,pgid=,stat=,lstart=,command=`. Undefined for dead processes and other text. */
export function parsePsLine(line: string): ProcessEntry | undefined {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\w+ +\w+ +\d+ +[\d:]+ +\d+)\s+(.*)$/.exec(line);
    if (match === null) return undefined;
    const [, pid = '', group = '', state = '', born = '', command = ''] = match;
    if (state.startsWith('Z')) return undefined;
    return {
        pid: Number(pid),
        session: Number(group),
        born: born.replace(/ +/g, ' '),
        command: command.slice(0, COMMAND_LENGTH),
        environment: `${command.replaceAll(' ', '\0')}\0`,
    };
}

/** Whether the environment holds exactly this variable and value. */
export function carriesMark(entry: ProcessEntry, variable: string, mark: string): boolean {
    return entry.environment.includes(`${variable}=${mark}\0`);
}

/**
 * Ends what `find` finds until it finds nothing: first asks (TERM, once each), after `KILL_GRACE_MS` kills. What these processes
 * start meanwhile is found and ended too. Answers all that had to be ended.
 */
export async function endProcesses(
    find: () => readonly ProcessEntry[],
    clock: Clock,
    graceMs: number = KILL_GRACE_MS,
): Promise<readonly ProcessEntry[]> {
    const ended = new Map<string, ProcessEntry>();
    const deadline = clock.now() + graceMs;
    for (let alive = find(); alive.length > 0 && clock.now() < deadline + GIVE_UP_MS; alive = find()) {
        const impatient = clock.now() >= deadline;
        for (const entry of alive) endOne(entry, ended, impatient);
        await clock.sleep(POLL_MS);
    }
    return [...ended.values()];
}

function endOne(entry: ProcessEntry, ended: Map<string, ProcessEntry>, impatient: boolean): void {
    const identity = `${entry.pid} ${entry.born}`;
    if (!ended.has(identity)) sendSignal(entry.pid, 'SIGTERM');
    if (impatient) sendSignal(entry.pid, 'SIGKILL');
    ended.set(identity, entry);
}

function sendSignal(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
    try {
        process.kill(pid, signal);
    } catch {
        // It ended by itself, which is what is wanted.
    }
}

/** What of a process may be told to others. */
export function noteOf(entry: ProcessEntry): ProcessNote {
    return { pid: entry.pid, command: plainLine(entry.command) };
}
