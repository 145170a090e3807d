/**
 * Who drives a deployment. A claim is a file `<fence>.claim` made once and never changed; the highest number holds. Listening at the
 * claim's socket is the lock: the system frees it at death, and the next runner claims the next number.
 *
 * 1. A claim appears with its whole content (written aside, then linked), so a reader never sees half of one.
 * 2. Whoever has claimed a number looks again: a higher one that appeared meanwhile wins, and the own claim is withdrawn.
 * 3. Only the holder removes lower claims; the highest is never removed, so numbers never come twice.
 */
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Claim {
    readonly pid: number;
    /** Start time of the process, to tell it from a later one with the same number; empty when unknown. */
    readonly born: string;
    readonly socket: string;
}

/** The highest number claimed; 0 when there is none. */
export function highestFence(lockDirectory: string): number {
    return Math.max(0, ...fencesIn(lockDirectory));
}

/** The claim of a number; null when it does not exist (any more). */
export function readClaim(lockDirectory: string, fence: number): Claim | null {
    try {
        return parseClaim(readFileSync(claimFile(lockDirectory, fence), 'utf8'));
    } catch {
        // Withdrawn, or removed by a newer holder.
        return null;
    }
}

/** Claims exactly this number. False when somebody else has it or a higher one. */
export function claimFence(lockDirectory: string, fence: number, claim: Claim): boolean {
    mkdirSync(lockDirectory, { recursive: true, mode: 0o700 });
    const part = join(lockDirectory, `.${process.pid}.${fence}.part`);
    writeFileSync(part, JSON.stringify(claim), { mode: 0o600 });
    const file = claimFile(lockDirectory, fence);
    try {
        linkSync(part, file);
    } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
        throw error;
    } finally {
        rmSync(part, { force: true });
    }
    if (highestFence(lockDirectory) === fence) return true;
    rmSync(file, { force: true });
    return false;
}

/** Says that the holder of a number has left although its process may live on. */
export function releaseClaim(lockDirectory: string, fence: number): void {
    try {
        writeFileSync(releaseFile(lockDirectory, fence), '', { mode: 0o600 });
    } catch {
        // The folder was deleted, or the disk is full: the end of this process will say the same.
    }
}

/** Whether the holder of a number has left by itself. */
export function isReleased(lockDirectory: string, fence: number): boolean {
    return existsSync(releaseFile(lockDirectory, fence));
}

/** Removes what runners before this one left behind. */
export function removeOlderClaims(lockDirectory: string, fence: number): void {
    for (const older of fencesIn(lockDirectory).filter((candidate) => candidate < fence)) {
        const claim = readClaim(lockDirectory, older);
        if (claim !== null && !claim.socket.startsWith('\\\\')) rmSync(claim.socket, { force: true });
        rmSync(releaseFile(lockDirectory, older), { force: true });
        rmSync(claimFile(lockDirectory, older), { force: true });
    }
}

function releaseFile(lockDirectory: string, fence: number): string {
    return join(lockDirectory, `${fence}.left`);
}

function claimFile(lockDirectory: string, fence: number): string {
    return join(lockDirectory, `${fence}.claim`);
}

function fencesIn(lockDirectory: string): readonly number[] {
    try {
        return readdirSync(lockDirectory).flatMap((name) => {
            const number = /^([1-9]\d{0,14})\.claim$/.exec(name)?.[1];
            return number === undefined ? [] : [Number(number)];
        });
    } catch {
        // Nobody has ever driven this deployment.
        return [];
    }
}

function parseClaim(text: string): Claim | null {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const { pid, born, socket } = value as Record<string, unknown>; // any property may be absent, each is checked below
    if (typeof pid !== 'number' || typeof born !== 'string' || typeof socket !== 'string') return null;
    return { pid, born, socket };
}
