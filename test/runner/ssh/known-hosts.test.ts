/** Which keys a file of known hosts vouches for, and how one is added to it. */
import { createHmac } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
    hasFingerprint,
    hostKeyAlgorithms,
    hostKeyOf,
    keyTypeOf,
    normalFingerprint,
} from '../../../runner/ssh/host-key.ts';
import { knownKeyTypes, parseKnownHosts, verdictOn } from '../../../runner/ssh/known-hosts.ts';
import { approveHostKey, createKnownHostsReader } from '../../../runner/ssh/known-hosts-file.ts';

/** A raw key of a kind: only its shape matters here. */
function rawKey(type: string, seed: string): Buffer {
    const name = Buffer.from(type);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(name.length);
    return Buffer.concat([head, name, Buffer.from(seed)]);
}

const ED = rawKey('ssh-ed25519', 'first');
const OTHER = rawKey('ssh-ed25519', 'second');
const RSA = rawKey('ssh-rsa', 'third');
const line = (hosts: string, key = ED): string => `${hosts} ${keyTypeOf(key)} ${key.toString('base64')}`;

function hashed(name: string): string {
    const salt = Buffer.from('a salt of 20 bytes!!');
    return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
}

/** What the lines say of a key that `host` shows. */
function verdict(text: string, host: string, port = 22, key = ED): unknown {
    const { kind, ...rest } = verdictOn(parseKnownHosts(text), host, port, key);
    return 'line' in rest ? `${kind} ${rest.line}` : kind;
}

describe('a key that a host shows', () => {
    test.each([
        ['a name', line('h1'), 'h1', 22, 'known'],
        ['a name in other letters', line('H1.Example.ORG'), 'h1.example.org', 22, 'known'],
        ['one of several names', line('h0,h1,10.0.0.1'), '10.0.0.1', 22, 'known'],
        ['a comment behind the key', `${line('h1')} me@here and more`, 'h1', 22, 'known'],
        ['tabs and a carriage return', `${line('h1').replaceAll(' ', '\t')}\r\n`, 'h1', 22, 'known'],
        ['a hashed name', line(hashed('h1')), 'h1', 22, 'known'],
        ['the hash of another name', line(hashed('h2')), 'h1', 22, 'unknown'],
        ['a name with a port', line('[h1]:2222'), 'h1', 2222, 'known'],
        ['a hashed name with a port', line(hashed('[h1]:2222')), 'h1', 2222, 'known'],
        ['another port', line('[h1]:2222'), 'h1', 2223, 'unknown'],
        ['a port, when none was used', line('[h1]:2222'), 'h1', 22, 'unknown'],
        ['the name alone, for any port', line('h1'), 'h1', 2222, 'known'],
        ['an address of IPv6', line('fe80::1'), 'fe80::1', 22, 'known'],
        ['a star', line('*.example.org'), 'h1.example.org', 22, 'known'],
        ['a star that is another domain', line('*.example.org'), 'h1.example.com', 22, 'unknown'],
        ['question marks', line('h??'), 'h10', 22, 'known'],
        ['too few question marks', line('h?'), 'h10', 22, 'unknown'],
        ['several stars', line('h*.*.o*g'), 'h1.example.org', 22, 'known'],
        ['a negated name', line('*.example.org,!h1.example.org'), 'h1.example.org', 22, 'unknown'],
        ['a negated name of another host', line('*.example.org,!h1.example.org'), 'h2.example.org', 22, 'known'],
        ['only a negated name', line('!h2'), 'h1', 22, 'unknown'],
        ['nothing', '', 'h1', 22, 'unknown'],
        ['a comment', `# ${line('h1')}`, 'h1', 22, 'unknown'],
        ['a broken line', 'h1 ssh-ed25519', 'h1', 22, 'unknown'],
        ['a key of another kind than it says', line('h1').replace('ssh-ed25519', 'ssh-rsa'), 'h1', 22, 'unknown'],
        ['a marker nobody knows', `@trusted ${line('h1')}`, 'h1', 22, 'unknown'],
        ['an authority', `@cert-authority ${line('h1')}`, 'h1', 22, 'unknown'],
        ['another key', line('h1', OTHER), 'h1', 22, 'changed 1'],
        ['another key for the name alone', line('h1', OTHER), 'h1', 2222, 'changed 1'],
        [
            'its key for the port, another for the name',
            `${line('h1', OTHER)}\n${line('[h1]:2222')}`,
            'h1',
            2222,
            'known',
        ],
        ['one of two keys', `${line('h1', OTHER)}\n${line('h1')}`, 'h1', 22, 'known'],
        ['a key of another kind', line('h1', RSA), 'h1', 22, 'unknown'],
        ['a revoked key', `\n@revoked ${line('*')}`, 'h1', 22, 'revoked 2'],
        ['a key that is known and revoked', `${line('h1')}\n@revoked ${line('h1')}`, 'h1', 22, 'revoked 2'],
        ['another key that is revoked', `@revoked ${line('h1', OTHER)}\n${line('h1')}`, 'h1', 22, 'known'],
    ])('with %s', (...[, text, host, port, expected]) => {
        expect(verdict(text, host, port)).toBe(expected);
    });

    test('an unknown one is told with what is known instead', () => {
        const entries = parseKnownHosts(`${line('h1', RSA)}\n@cert-authority ${line('h1', OTHER)}`);
        expect(verdictOn(entries, 'h1', 22, ED)).toEqual({
            kind: 'unknown',
            otherTypes: ['ssh-rsa'],
            hasAuthority: true,
        });
    });

    test('a long pattern of stars takes no time', () => {
        const begun = performance.now();
        expect(verdict(line(`${'*a'.repeat(2_000)}b`), 'a'.repeat(2_000))).toBe('unknown');
        expect(performance.now() - begun).toBeLessThan(1_000);
    });
});

test('the kinds of keys that are known are asked for first, and SHA-1 never', () => {
    const types = knownKeyTypes(parseKnownHosts(line('h1', RSA)), 'h1', 22);
    expect(hostKeyAlgorithms(types, new Set()).slice(0, 3)).toEqual(['rsa-sha2-512', 'rsa-sha2-256', 'ssh-ed25519']);
    expect(hostKeyAlgorithms([], new Set(['ssh-ed25519']))[0]).toBe('ecdsa-sha2-nistp256');
    expect(hostKeyAlgorithms(types, new Set())).not.toContain('ssh-rsa');
});

test.each([
    ['SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU', 'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU'],
    ['47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', 'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU'],
    ['D4:1D:8C:D9:8F:00:B2:04:E9:80:09:98:EC:F8:42:7E', 'MD5:d4:1d:8c:d9:8f:00:b2:04:e9:80:09:98:ec:f8:42:7e'],
    ['MD5:d4:1d:8c:d9:8f:00:b2:04:e9:80:09:98:ec:f8:42:7e', 'MD5:d4:1d:8c:d9:8f:00:b2:04:e9:80:09:98:ec:f8:42:7e'],
    ['SHA256:short', null],
    ['d4:1d', null],
])('the fingerprint %s is read as %s', (text, expected) => {
    expect(normalFingerprint(text)).toBe(expected);
    // Both are those of no bytes at all.
    if (expected !== null) expect(hasFingerprint(Buffer.alloc(0), expected)).toBe(true);
    if (expected !== null) expect(hasFingerprint(ED, expected)).toBe(false);
});

describe('the file', () => {
    let directory = '';
    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), 'known-hosts-'));
    });
    afterEach(() => rmSync(directory, { recursive: true }));
    const file = (): string => join(directory, '.ssh', 'known_hosts');
    const fileWith = (text: string): string => {
        const path = join(directory, 'known_hosts');
        writeFileSync(path, text);
        return path;
    };

    test('one that does not exist knows nobody; one that cannot be read is told', () => {
        const read = createKnownHostsReader();
        expect(read(file())).toEqual({ kind: 'read', entries: [] });
        expect(read(directory)).toMatchObject({ kind: 'unreadable' });
    });

    test('is read again when it changed', () => {
        const path = fileWith('');
        const read = createKnownHostsReader();
        expect(read(path)).toMatchObject({ entries: [] });
        expect(approveHostKey(path, 'h1', 22, ED.toString('base64'))).toEqual({ kind: 'approved' });
        expect(read(path)).toMatchObject({ entries: [{ keyType: 'ssh-ed25519' }] });
        expect(read(path)).toBe(read(path));
    });

    test('is made for this user alone with the key that was approved', () => {
        expect(approveHostKey(file(), 'H1', 2222, ED.toString('base64'))).toEqual({ kind: 'approved' });
        expect(readFileSync(file(), 'utf8')).toBe(`${line('[h1]:2222')}\n`);
        expect(statSync(file()).mode & 0o777).toBe(0o600);
        expect(statSync(join(directory, '.ssh')).mode & 0o777).toBe(0o700);
    });

    test('keeps its other lines, its rights and its style', () => {
        const path = fileWith(`# mine\n${line(hashed('h0'), OTHER)}`);
        chmodSync(path, 0o644);
        expect(approveHostKey(path, 'h1', 22, ED.toString('base64'))).toEqual({ kind: 'approved' });
        const text = readFileSync(path, 'utf8');
        expect(text.startsWith(`# mine\n${line(hashed('h0'), OTHER)}\n|1|`)).toBe(true);
        // The name stands in no line; two letters may stand in a hash.
        expect(text).not.toMatch(/^h1[ ,]/m);
        expect(statSync(path).mode & 0o777).toBe(0o644);
        expect(verdict(text, 'h1')).toBe('known');
    });

    test('is not written twice for one key', () => {
        const path = fileWith(`${line('h1')}\n`);
        expect(approveHostKey(path, 'h1', 22, ED.toString('base64'))).toEqual({ kind: 'approved' });
        expect(readFileSync(path, 'utf8')).toBe(`${line('h1')}\n`);
    });

    test.each([
        ['a key in the place of another', line('h1', OTHER), ED.toString('base64'), /Line 1 of .* has another key/],
        ['a revoked key', `@revoked ${line('h1')}`, ED.toString('base64'), /revokes/],
        ['what is no key', '', 'bm90aGluZw==', /not a host key/],
    ])('refuses %s', (_, text, key, reason) => {
        const path = fileWith(text);
        expect(approveHostKey(path, 'h1', 22, key)).toMatchObject({
            kind: 'failed',
            reason: expect.stringMatching(reason) as string,
        });
        expect(readFileSync(path, 'utf8')).toBe(text);
    });

    test('a place that cannot be written to is told', () => {
        const path = join(fileWith(''), 'known_hosts');
        expect(approveHostKey(path, 'h1', 22, ED.toString('base64'))).toMatchObject({ kind: 'failed' });
        expect(existsSync(path)).toBe(false);
    });
});

test('a key is told by its kind and fingerprint', () => {
    expect(hostKeyOf(ED)).toEqual({
        algorithm: 'ssh-ed25519',
        fingerprint: expect.stringMatching(/^SHA256:[A-Za-z0-9+/]{43}$/) as string,
        key: ED.toString('base64'),
    });
    expect(keyTypeOf(Buffer.from('no key'))).toBe('');
});
