/** Files of known hosts as OpenSSH writes them, decided without touching any disk. Format: sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT". */
import { createHmac } from 'node:crypto';
import { keyTypeOf } from './host-key.ts';

/** One line that says something about keys. */
export interface KnownHostsEntry {
    /** From 1. */
    readonly line: number;
    readonly marker: 'none' | 'revoked' | 'authority';
    readonly hosts: HostPatterns;
    /** Such as `ssh-ed25519`. */
    readonly keyType: string;
    /** Base64 of the raw key. */
    readonly key: string;
}

type HostPatterns =
    | { readonly kind: 'hashed'; readonly salt: Buffer; readonly digest: string }
    | { readonly kind: 'plain'; readonly patterns: readonly string[] };

/** What a file says of a key that a host showed. */
export type HostKeyVerdict =
    | { readonly kind: 'known' }
    | {
          readonly kind: 'unknown';
          /** Kinds of the keys that are known of this host instead. */
          readonly otherTypes: readonly string[];
          /** Whether the file trusts an authority for this host: certificates of hosts are not understood here. */
          readonly hasAuthority: boolean;
      }
    | { readonly kind: 'changed'; readonly line: number }
    | { readonly kind: 'revoked'; readonly line: number };

const MARKERS: Readonly<Record<string, KnownHostsEntry['marker']>> = {
    '@revoked': 'revoked',
    '@cert-authority': 'authority',
};

const DEFAULT_PORT = 22;

/** Lines that cannot be understood say nothing, as with OpenSSH. */
export function parseKnownHosts(text: string): readonly KnownHostsEntry[] {
    return text.split(/\r?\n/).flatMap((line, index) => {
        const entry = entryOf(line.trim(), index + 1);
        return entry === null ? [] : [entry];
    });
}

function entryOf(line: string, number: number): KnownHostsEntry | null {
    if (line === '' || line.startsWith('#')) return null;
    const words = line.split(/[ \t]+/);
    const marker = words[0]?.startsWith('@') === true ? MARKERS[words.shift() ?? ''] : 'none';
    const [names = '', keyType = '', key = ''] = words;
    const hosts = patternsOf(names);
    if (marker === undefined || hosts === null || keyTypeOf(Buffer.from(key, 'base64')) !== keyType) return null;
    return { line: number, marker, hosts, keyType, key };
}

function patternsOf(names: string): HostPatterns | null {
    if (!names.startsWith('|')) return names === '' ? null : { kind: 'plain', patterns: names.split(',') };
    const [, version, salt, digest, ...more] = names.split('|');
    if (version !== '1' || salt === undefined || digest === undefined || more.length > 0) return null;
    return { kind: 'hashed', salt: Buffer.from(salt, 'base64'), digest };
}

/** How a host is named in the file: with its port when that is another one than usual. */
export function knownHostName(host: string, port: number): string {
    const name = host.toLowerCase();
    return port === DEFAULT_PORT ? name : `[${name}]:${port}`;
}

/** A name as it is written where names are not to be read by others. */
export function hashedHostName(name: string, salt: Buffer): string {
    return `|1|${salt.toString('base64')}|${digestOf(name, salt)}`;
}

/** Whether names are hashed in a file: what is added to it is written the same way. */
export function hasHashedNames(entries: readonly KnownHostsEntry[]): boolean {
    return entries.some((entry) => entry.hosts.kind === 'hashed');
}

/** Kinds of the keys that are known of a host, in the order of the file. */
export function knownKeyTypes(entries: readonly KnownHostsEntry[], host: string, port: number): readonly string[] {
    return [...new Set(trustedEntries(entries, host, port).map((entry) => entry.keyType))];
}

/** Decides about the raw key that a host showed. A revoked one is refused whatever else is said of it. */
export function verdictOn(
    entries: readonly KnownHostsEntry[],
    host: string,
    port: number,
    rawKey: Buffer,
): HostKeyVerdict {
    const key = rawKey.toString('base64');
    const about = entries.filter((entry) => isAbout(entry, host, port));
    const revoked = about.find((entry) => entry.marker === 'revoked' && entry.key === key);
    if (revoked !== undefined) return { kind: 'revoked', line: revoked.line };
    const trusted = trustedEntries(entries, host, port);
    if (trusted.some((entry) => entry.key === key)) return { kind: 'known' };
    const type = keyTypeOf(rawKey);
    const replaced = trusted.find((entry) => entry.keyType === type);
    if (replaced !== undefined) return { kind: 'changed', line: replaced.line };
    const otherTypes = [...new Set(trusted.map((entry) => entry.keyType))];
    return { kind: 'unknown', otherTypes, hasAuthority: about.some((entry) => entry.marker === 'authority') };
}

/** Entries with the port come before those for the host alone, which hold for every port nothing else is said of. */
function trustedEntries(entries: readonly KnownHostsEntry[], host: string, port: number): readonly KnownHostsEntry[] {
    const plain = entries.filter((entry) => entry.marker === 'none');
    const exact = plain.filter((entry) => matches(entry.hosts, knownHostName(host, port)));
    if (exact.length > 0 || port === DEFAULT_PORT) return exact;
    return plain.filter((entry) => matches(entry.hosts, knownHostName(host, DEFAULT_PORT)));
}

function isAbout(entry: KnownHostsEntry, host: string, port: number): boolean {
    return matches(entry.hosts, knownHostName(host, port)) || matches(entry.hosts, knownHostName(host, DEFAULT_PORT));
}

function matches(hosts: HostPatterns, name: string): boolean {
    if (hosts.kind === 'hashed') return digestOf(name, hosts.salt) === hosts.digest;
    const isNegated = hosts.patterns.some((pattern) => pattern.startsWith('!') && matchesGlob(pattern.slice(1), name));
    return !isNegated && hosts.patterns.some((pattern) => matchesGlob(pattern, name));
}

/** `*` and `?` as in shells; no expression is built from the file, so that none of its lines can be slow. */
function matchesGlob(pattern: string, name: string): boolean {
    const wanted = pattern.toLowerCase();
    let at = 0;
    let star = -1;
    let resume = 0;
    for (let i = 0; i < name.length;) {
        if (at < wanted.length && wanted[at] === '*') {
            star = at++;
            resume = i;
        } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === name[i])) {
            at++;
            i++;
        } else if (star >= 0) {
            at = star + 1;
            i = ++resume;
        } else return false;
    }
    return /^\**$/.test(wanted.slice(at));
}

function digestOf(name: string, salt: Buffer): string {
    return createHmac('sha1', salt).update(name).digest('base64');
}
