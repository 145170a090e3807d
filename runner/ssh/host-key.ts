/** Keys that hosts show: raw blobs of the SSH wire format, and what people compare of them. */
import { hash } from 'node:crypto';
import type { ConnectRefusal } from './connection-port.ts';

/** What a host showed, as it is told to people and approved by them. */
export type HostKey = NonNullable<ConnectRefusal['hostKey']>;

/** A key as the wire has it, with its kind and its fingerprint. */
export function hostKeyOf(raw: Buffer): HostKey {
    return { algorithm: keyTypeOf(raw), fingerprint: sha256FingerprintOf(raw), key: raw.toString('base64') };
}

/** The kind of a raw key, such as `ssh-ed25519`; empty for what is no key. */
export function keyTypeOf(raw: Buffer): string {
    if (raw.length < 4) return '';
    const length = raw.readUInt32BE(0);
    return length > 64 || raw.length < 4 + length ? '' : raw.toString('latin1', 4, 4 + length);
}

/** Whether a key has a fingerprint as `normalFingerprint` gives them. */
export function hasFingerprint(raw: Buffer, fingerprint: string): boolean {
    return fingerprint === (fingerprint.startsWith('MD5:') ? md5FingerprintOf(raw) : sha256FingerprintOf(raw));
}

/** One spelling for each fingerprint: `SHA256:<Base64 without padding>` or `MD5:<pairs of hex digits>`; null for what is none. */
export function normalFingerprint(text: string): string | null {
    const trimmed = text.trim();
    const [, sha256] = /^(?:SHA256:)?([A-Za-z0-9+/]{43})=?$/i.exec(trimmed) ?? [];
    if (sha256 !== undefined) return `SHA256:${sha256}`;
    const [, md5] = /^(?:MD5:)?((?:[0-9a-f]{2}:){15}[0-9a-f]{2})$/i.exec(trimmed) ?? [];
    return md5 === undefined ? null : `MD5:${md5.toLowerCase()}`;
}

function sha256FingerprintOf(raw: Buffer): string {
    return `SHA256:${hash('sha256', raw, 'base64').replace(/=+$/, '')}`;
}

function md5FingerprintOf(raw: Buffer): string {
    return `MD5:${hash('md5', raw, 'hex').replace(/(..)(?!$)/g, '$1:')}`;
}

/** Signature algorithms a kind of key is used with; those with SHA-1 are none. */
const ALGORITHMS: Readonly<Record<string, readonly string[]>> = {
    'ssh-ed25519': ['ssh-ed25519'],
    'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
    'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
    'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
    'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
};

/**
 * Host key algorithms in the order they are offered: those of the kinds that are known of a host come first, as it would otherwise show
 * another one of its keys, which nobody knows. Those of `refused` kinds are left out.
 */
export function hostKeyAlgorithms(knownTypes: readonly string[], refused: ReadonlySet<string>): readonly string[] {
    const types = new Set([...knownTypes, ...Object.keys(ALGORITHMS)]);
    return [...types].filter((type) => !refused.has(type)).flatMap((type) => ALGORITHMS[type] ?? []);
}
