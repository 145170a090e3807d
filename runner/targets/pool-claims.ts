/**
 * Who uses which address of the pools that all deployments of this user share: one file an address, there or not, made whole at once. The
 * file names the machine that has it, so that a claim is found again after a crash and everybody can be told who is in the way.
 *
 *     <state>/pools/<clean address>-<hash>.json    {"version":1,"address":…,"deployment":…,"path":…,"isTouched":…,"leftBy":…,"isGivenUp":…}
 */
import { hash, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MachineTag } from './target.ts';

export interface PoolClaim extends MachineTag {
    /** As the pool has it: `host`, `host:port` or `user@host:port`. */
    readonly address: string;
    /** Whether anything may have been put on the machine: one that was never reached can be given back unseen. */
    readonly isTouched: boolean;
    /** A deployment that is over and could not tidy up: what it left on the machine goes before anything is put there. Null = none. */
    readonly leftBy: string | null;
    /** Its deployment does not ask for its end any more, and may have left things on the machine: whoever needs the address may take it. */
    readonly isGivenUp: boolean;
}

const VERSION = 1;

/** All claims of this user, by address. Files that cannot be understood claim their address for nobody that is known. */
export function listClaims(stateDirectory: string): readonly PoolClaim[] {
    const directory = poolsDirectoryOf(stateDirectory);
    const names = readNames(directory).filter((name) => name.endsWith('.json'));
    const claims = names.flatMap((name) => readClaim(join(directory, name)) ?? []);
    return claims.sort((left, right) => (left.address < right.address ? -1 : 1));
}

/** What was read of claims, by file. */
const known = new Map<string, PoolClaim>();

/**
 * The claims of a deployment that this process drives, by address. Nobody else changes them but those it gave up: each file is read once,
 * however many machines look for theirs.
 */
export function claimsOfDriven(stateDirectory: string, deployment: string): readonly PoolClaim[] {
    const directory = poolsDirectoryOf(stateDirectory);
    const files = readNames(directory).filter((name) => name.endsWith('.json'));
    const claims = files.flatMap((name) => knownClaim(join(directory, name)) ?? []);
    const mine = claims.filter((claim) => claim.deployment === deployment);
    return mine.sort((left, right) => (left.address < right.address ? -1 : 1));
}

function knownClaim(file: string): PoolClaim | null {
    const claim = known.get(file) ?? readClaim(file);
    if (claim !== null) known.set(file, claim);
    return claim;
}

/** Takes an address, which is `key` whatever user it is reached as. Null when it is taken, by whomever; throws when the disk refuses. */
export function takeClaim(stateDirectory: string, key: string, claim: PoolClaim): 'taken' | 'busy' {
    const directory = poolsDirectoryOf(stateDirectory);
    const file = claimFileOf(stateDirectory, key);
    // Most of a large pool is taken: a draft is written for what may be free alone.
    if (isTaken(file)) return 'busy';
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const draft = draftIn(directory);
    // A power cut may undo it: nothing is put on the machine before more is noted than this.
    writeFileSync(draft, textOf(claim), { mode: 0o600 });
    try {
        linkSync(draft, file);
        known.delete(file);
        return 'taken';
    } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return 'busy';
        throw error;
    } finally {
        rmSync(draft, { force: true });
    }
}

/** A file without content is what a power cut left of a claim under which nothing was done. */
function isTaken(file: string): boolean {
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    if (size === 0) rmSync(file, { force: true });
    return size !== undefined && size > 0;
}

/** Notes what is known of the machine of a claim from then on; a power cut does not undo it. Throws when the disk refuses. */
export function updateClaim(stateDirectory: string, key: string, claim: PoolClaim): void {
    const draft = draftIn(poolsDirectoryOf(stateDirectory));
    writeFileSync(draft, textOf(claim), { mode: 0o600, flush: true });
    putClaim(draft, claimFileOf(stateDirectory, key));
}

/** The same for one of many at a time. Rejects when the disk refuses. */
export async function noteClaim(stateDirectory: string, key: string, claim: PoolClaim): Promise<void> {
    const draft = draftIn(poolsDirectoryOf(stateDirectory));
    await writeFile(draft, textOf(claim), { mode: 0o600, flush: true });
    putClaim(draft, claimFileOf(stateDirectory, key));
}

function putClaim(draft: string, file: string): void {
    renameSync(draft, file);
    known.delete(file);
}

/** Takes an address from one that will never give it back. Of several who try, one succeeds. */
export function replaceClaim(stateDirectory: string, key: string, from: PoolClaim, claim: PoolClaim): 'taken' | 'busy' {
    const file = claimFileOf(stateDirectory, key);
    const aside = draftIn(poolsDirectoryOf(stateDirectory));
    known.delete(file);
    try {
        renameSync(file, aside);
    } catch {
        // Somebody else was faster.
        return 'busy';
    }
    const moved = readClaim(aside);
    const isTheOne = moved?.deployment === from.deployment && moved.path === from.path;
    // In between it was replaced by somebody else's, which goes back.
    if (isTheOne) rmSync(aside, { force: true });
    else renameSync(aside, file);
    return isTheOne ? takeClaim(stateDirectory, key, claim) : 'busy';
}

/** Names the process that writes it. */
function draftIn(directory: string): string {
    return join(directory, `${process.pid}-${randomUUID()}.draft`);
}

/** A process that was killed while it took an address leaves its draft. */
function removeLeftDrafts(directory: string): void {
    for (const name of readNames(directory)) {
        const [, pid] = /^(\d+)-.*\.draft$/.exec(name) ?? [];
        if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(directory, name), { force: true });
    }
}

function isAlive(pid: number): boolean {
    try {
        return process.kill(pid, 0);
    } catch (error) {
        // Somebody else's process cannot be asked, and is there.
        return error instanceof Error && 'code' in error && error.code !== 'ESRCH';
    }
}

function textOf({ address, deployment, path, isTouched, leftBy, isGivenUp }: PoolClaim): string {
    return `${JSON.stringify({ version: VERSION, address, deployment, path, isTouched, leftBy, isGivenUp })}\n`;
}

/** Gives an address back, if it is this machine that has it. One that was never tidied goes back to the deployment that left it so. */
export function releaseClaim(stateDirectory: string, key: string, tag: MachineTag): void {
    const file = claimFileOf(stateDirectory, key);
    removeLeftDrafts(poolsDirectoryOf(stateDirectory));
    const claim = readClaim(file);
    if (claim?.deployment !== tag.deployment || claim.path !== tag.path) return;
    const { leftBy } = claim;
    known.delete(file);
    if (leftBy === null) rmSync(file, { force: true });
    else updateClaim(stateDirectory, key, { ...claim, deployment: leftBy, isTouched: true, leftBy: null });
}

/** Who has an address; null = nobody, or nobody that is known. */
export function claimOf(stateDirectory: string, key: string): PoolClaim | null {
    return readClaim(claimFileOf(stateDirectory, key));
}

function poolsDirectoryOf(stateDirectory: string): string {
    return join(stateDirectory, 'pools');
}

function claimFileOf(stateDirectory: string, key: string): string {
    const clean = key.replace(/[^A-Za-z0-9.-]+/g, '_').slice(0, 60);
    return join(poolsDirectoryOf(stateDirectory), `${clean}-${hash('sha256', key, 'hex').slice(0, 8)}.json`);
}

function readNames(directory: string): readonly string[] {
    try {
        return readdirSync(directory);
    } catch {
        // It is made with the first claim.
        return [];
    }
}

function readClaim(file: string): PoolClaim | null {
    try {
        const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
        if (!isClaim(value)) return null;
        const { address, deployment, path, isTouched, leftBy, isGivenUp } = value;
        return { address, deployment, path, isTouched, leftBy, isGivenUp };
    } catch {
        // It was released in between, or is none of ours.
        return null;
    }
}

function isClaim(value: unknown): value is PoolClaim {
    if (typeof value !== 'object' || value === null) return false;
    const claim = value as Readonly<Record<string, unknown>>; // each field is looked at below
    const isText = ['address', 'deployment', 'path'].every((key) => typeof claim[key] === 'string');
    const isLeft = claim['leftBy'] === null || typeof claim['leftBy'] === 'string';
    return isText && isLeft && typeof claim['isTouched'] === 'boolean' && typeof claim['isGivenUp'] === 'boolean';
}
