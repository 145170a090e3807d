/** The file of known hosts on disk: read when it changed, and extended by keys that somebody approved. */
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import {
    hasHashedNames,
    hashedHostName,
    knownHostName,
    parseKnownHosts,
    verdictOn,
    type KnownHostsEntry,
} from './known-hosts.ts';
import { keyTypeOf } from './host-key.ts';

/** The lines of a file; none when it does not exist. What else keeps it from being read is a fault. */
export type KnownHostsRead =
    | { readonly kind: 'read'; readonly entries: readonly KnownHostsEntry[] }
    | { readonly kind: 'unreadable'; readonly reason: string };

/** Reads files of known hosts again only after they changed: a hundred hosts are looked up in one file. */
export function createKnownHostsReader(): (file: string) => KnownHostsRead {
    const kept = new Map<string, { readonly mark: string; readonly read: KnownHostsRead }>();
    return (file) => {
        const mark = changeMarkOf(file);
        const before = kept.get(file);
        if (before !== undefined && before.mark === mark) return before.read;
        const read = readKnownHosts(file);
        kept.set(file, { mark, read });
        return read;
    };
}

function changeMarkOf(file: string): string {
    const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
    return stat === undefined ? 'none' : `${stat.ino}/${stat.size}/${stat.mtimeNs}`;
}

function readKnownHosts(file: string): KnownHostsRead {
    try {
        return { kind: 'read', entries: parseKnownHosts(readFileSync(file, 'utf8')) };
    } catch (error) {
        if (isMissing(error)) return { kind: 'read', entries: [] };
        return { kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
    }
}

function isMissing(error: unknown): boolean {
    return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

export type ApprovalOutcome =
    { readonly kind: 'approved' } | { readonly kind: 'failed'; /** With the next step. */ readonly reason: string };

/**
 * Adds the key a host showed (Base64 of the raw key) to the file, in one write and written as its other lines are: with hashed names, or
 * without. A file that is made is for this user alone. Nothing is written when the host is known already, and a key in the place of a
 * known one is refused: its line has to be removed by hand first.
 */
export function approveHostKey(file: string, host: string, port: number, key: string): ApprovalOutcome {
    const raw = Buffer.from(key, 'base64');
    const type = keyTypeOf(raw);
    if (type === '') return { kind: 'failed', reason: 'This is not a host key.' };
    const read = readKnownHosts(file);
    if (read.kind === 'unreadable') return { kind: 'failed', reason: `${file} cannot be read: ${read.reason}.` };
    const verdict = verdictOn(read.entries, host, port, raw);
    if (verdict.kind === 'known') return { kind: 'approved' };
    if (verdict.kind !== 'unknown') return { kind: 'failed', reason: replacedText(file, verdict.line, verdict.kind) };
    const name = knownHostName(host, port);
    const written = hasHashedNames(read.entries) ? hashedHostName(name, randomBytes(20)) : name;
    return append(file, `${written} ${type} ${raw.toString('base64')}\n`);
}

function replacedText(file: string, line: number, kind: 'changed' | 'revoked'): string {
    return kind === 'revoked'
        ? `Line ${line} of ${file} revokes this key.`
        : `Line ${line} of ${file} has another key for this host. Find out why it changed; only then remove that line.`;
}

function append(file: string, line: string): ApprovalOutcome {
    try {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        appendFileSync(file, endsLine(file) ? line : `\n${line}`, { mode: 0o600, flush: true });
        return { kind: 'approved' };
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { kind: 'failed', reason: `${file} cannot be written: ${reason}.` };
    }
}

function endsLine(file: string): boolean {
    if (statSync(file, { throwIfNoEntry: false }) === undefined) return true;
    const text = readFileSync(file, 'utf8');
    return text === '' || text.endsWith('\n');
}
