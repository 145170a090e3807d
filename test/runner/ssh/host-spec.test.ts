/** From target files to the way a host is reached. */
import { describe, expect, test } from 'vitest';
import { hostSpecOf, parsePoolEntry, poolOf } from '../../../runner/ssh/host-spec.ts';
import type { TargetDefinition } from '../../../runner/targets/target.ts';

const context = {
    secretOf: (name: string) => (name === 'P' ? 'p-value' : undefined),
    environment: { SSH_AUTH_SOCK: '/run/agent', KEY: 'keys/id' },
    home: '/home/me',
};

function definitionOf(properties: Readonly<Record<string, string>>): TargetDefinition {
    return { id: 't', handler: 'embedded', name: 't', directory: '/app/graph/VM', properties };
}

const PLAIN = {
    address: 'h1',
    port: 22,
    user: 'ubuntu',
    keyFile: null,
    passphrase: null,
    password: null,
    agent: '/run/agent',
    knownHostsFile: '/home/me/.ssh/known_hosts',
    fingerprint: null,
    isUnverified: false,
    jump: null,
    sudo: false,
};
const SHA = `SHA256:${'a'.repeat(43)}`;

describe('a host', () => {
    test.each([
        ['alone', 'h1', {}, {}],
        ['with a port', 'h1:2222', {}, { port: 2222 }],
        [
            'with a user and a port',
            'root@h1:2222',
            { 'scp.user': 'me', 'ssh.port': '22' },
            { user: 'root', port: 2222 },
        ],
        ['of IPv6 with a port', '[fe80::1]:2222', {}, { address: 'fe80::1', port: 2222 }],
        ['of IPv6', 'root@fe80::1', {}, { address: 'fe80::1', user: 'root' }],
        [
            'with the user and the port of the target',
            'h1',
            { 'scp.user': 'me', 'ssh.port': '2222' },
            { user: 'me', port: 2222 },
        ],
        ['with a key of the home', 'h1', { 'scp.keyfile': '~/.ssh/x' }, { keyFile: '/home/me/.ssh/x' }],
        ['with a key beside the target', 'h1', { 'scp.keyfile': '../id' }, { keyFile: '/app/graph/id' }],
        [
            'with a key the environment names',
            'h1',
            { 'scp.keyfile': '${env:KEY}' },
            { keyFile: '/app/graph/VM/keys/id' },
        ],
        ['with known hosts', 'h1', { 'scp.known.hosts.file': '/k' }, { knownHostsFile: '/k' }],
        ['with a fingerprint', 'h1', { 'hostkey.h1': SHA }, { fingerprint: SHA }],
        ['with the fingerprint of another', 'h1', { 'hostkey.h2': SHA }, {}],
        ['that is not verified', 'h1', { 'scp.disable.host.validation': 'TRUE' }, { isUnverified: true }],
        ['without an agent', 'h1', { 'ssh.agent': 'none' }, { agent: null }],
        ['with another agent', 'h1', { 'ssh.agent': '~/a' }, { agent: '/home/me/a' }],
        ['with a password', 'h1', { 'ssh.password': '${secret:P}' }, { password: 'p-value' }],
        ['with a passphrase', 'h1', { 'ssh.passphrase': '${secret:P}' }, { passphrase: 'p-value' }],
        ['with sudo', 'h1', { 'embedded.sudo': 'true' }, { sudo: true }],
        ['with blank keys', 'h1', { 'scp.user': ' ', 'ssh.port': '', 'ssh.jump': '' }, {}],
    ])('%s', (...[, entry, properties, expected]) => {
        const read = hostSpecOf(definitionOf(properties), entry, context);
        expect(read).toEqual({ kind: 'spec', spec: { ...PLAIN, ...expected } });
    });

    test('through another one, which never sees its password', () => {
        const properties = {
            'ssh.jump': 'gate:2200',
            'ssh.password': '${secret:P}',
            'hostkey.gate': SHA,
            'embedded.sudo': 'true',
        };
        const jump = { ...PLAIN, address: 'gate', port: 2200, fingerprint: SHA };
        expect(hostSpecOf(definitionOf(properties), 'h1', context)).toEqual({
            kind: 'spec',
            spec: { ...PLAIN, password: 'p-value', sudo: true, jump },
        });
    });

    test.each([
        ['an entry that is none', 'a b', {}, /'a b' is no address/],
        ['a port that is none', 'h1', { 'ssh.port': '0' }, /ssh\.port is no port: '0'/],
        ['a way that is none', 'h1', { 'ssh.jump': 'a, b' }, /ssh\.jump is no host/],
        ['a fingerprint that is none', 'h1', { 'hostkey.h1': 'abc' }, /hostkey\.h1 is no fingerprint/],
        ['a secret nobody gave', 'h1', { 'ssh.password': '${secret:Q}' }, /secret Q/],
        ['a variable nobody set', 'h1', { 'scp.user': '${env:WHO}' }, /variable WHO/],
    ])('is refused with %s', (...[, entry, properties, reason]) => {
        expect(hostSpecOf(definitionOf(properties), entry, context)).toEqual({
            kind: 'failed',
            reason: expect.stringMatching(reason) as string,
        });
    });

    test('a password that stands in the file is refused and not repeated', () => {
        const read = hostSpecOf(definitionOf({ 'ssh.password': 'hunter2' }), 'h1', context);
        expect(read).toMatchObject({ kind: 'failed', reason: expect.stringContaining("'ssh.password'") as string });
        expect(JSON.stringify(read)).not.toContain('hunter2');
    });
});

test.each(['', ':22', 'h:', 'h:0', 'h:65536', 'h:22:23', '@h', 'a@b@c', '[h', 'h one'])('%j is no entry', (text) => {
    expect(parsePoolEntry(text)).toBeNull();
});

test('the pool has each entry once', () => {
    expect(poolOf(definitionOf({ 'embedded.ip': ' a, b:22 ,a,, root@c ' }))).toEqual(['a', 'b:22', 'root@c']);
    expect(poolOf(definitionOf({}))).toEqual([]);
});
