/** What an instance's steps left running: remembered across runners, ended when the instance is removed. */
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../clock.ts';
import type { ProcessNote } from '../executor.ts';
import { carriesMark, endProcesses, noteOf, type ProcessEntry, type ProcessTable } from './processes.ts';
import { INSTANCE_MARK } from './recipe-environment.ts';

export interface LeftServices {
    readonly clock: Clock;
    readonly processes: ProcessTable;
    readonly killGraceMs: number;
}

interface LeftProcess {
    readonly pid: number;
    readonly born: string;
    readonly session: number;
}

/** Notes processes that belong to an instance from this moment on. Marks alone would lose those that cleared their environment. */
export function rememberLeft(file: string, left: readonly ProcessEntry[]): void {
    if (left.length === 0) return;
    const lines = left.map(({ pid, born, session }) => `${JSON.stringify({ pid, born, session })}\n`);
    try {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        appendFileSync(file, lines.join(''));
    } catch {
        // The disk is full. Marks still find all but those that cleared their environment.
    }
}

/** Ends processes that were found to have outlived a step that may leave none. */
export async function endLeft(left: readonly ProcessEntry[], services: LeftServices): Promise<readonly ProcessNote[]> {
    const { clock, processes, killGraceMs } = services;
    const alive = (): readonly ProcessEntry[] => left.filter(({ pid, born }) => processes.find(pid)?.born === born);
    return (await endProcesses(alive, clock, killGraceMs)).map(noteOf);
}

/** Ends everything that belongs to an instance. Answers what had to be ended. */
export async function endInstance(
    file: string,
    instanceMark: string,
    services: LeftServices,
): Promise<readonly ProcessNote[]> {
    const remembered = readLeft(file);
    const belonging = (): readonly ProcessEntry[] => processesOf(instanceMark, remembered, services.processes.list());
    const ended = await endProcesses(belonging, services.clock, services.killGraceMs);
    rmSync(file, { force: true });
    return ended.map(noteOf);
}

function processesOf(
    instanceMark: string,
    remembered: readonly LeftProcess[],
    all: readonly ProcessEntry[],
): readonly ProcessEntry[] {
    const alive = all.filter((entry) => remembered.some(({ pid, born }) => entry.pid === pid && entry.born === born));
    // While one of its members lives, a session's number is not given away.
    const sessions = new Set(alive.map((entry) => entry.session));
    return all.filter((entry) => carriesMark(entry, INSTANCE_MARK, instanceMark) || sessions.has(entry.session));
}

function readLeft(file: string): readonly LeftProcess[] {
    try {
        const lines = readFileSync(file, 'utf8').split('\n');
        return lines.flatMap((line) => parseLeft(line) ?? []);
    } catch {
        // No step left anything.
        return [];
    }
}

function parseLeft(line: string): LeftProcess | undefined {
    const match = /^\{"pid":(\d+),"born":"([^"]*)","session":(\d+)\}$/.exec(line);
    if (match === null) return undefined;
    return { pid: Number(match[1]), born: match[2] ?? '', session: Number(match[3]) };
}
