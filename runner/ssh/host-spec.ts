/** From the keys of a target to the way a host is reached (keys: docs/targets.md, handler `embedded`). */
import { isAbsolute, join, resolve } from 'node:path';
import { expandedProperties, type Environment } from '../targets/secrets.ts';
import type { SecretLookup, TargetDefinition, TargetFailure } from '../targets/target.ts';
import type { HostSpec } from './connection-port.ts';
import { normalFingerprint } from './host-key.ts';

/** Where keys and agents are found on this computer. */
export interface HostSpecContext {
    readonly secretOf: SecretLookup;
    readonly environment: Environment;
    /** Absolute home directory of this user. */
    readonly home: string;
}

/** What an entry of a pool says: `host`, `host:port` or `user@host:port`. */
export interface PoolEntry {
    /** Null = the target's. */
    readonly user: string | null;
    readonly host: string;
    /** Null = the target's. */
    readonly port: number | null;
}

export type HostSpecRead = { readonly kind: 'spec'; readonly spec: HostSpec } | TargetFailure;

const DEFAULT_USER = 'ubuntu';
const DEFAULT_PORT = 22;

/** An entry of a pool or a host on the way; null for what is none. Addresses of IPv6 with a port stand in brackets. */
export function parsePoolEntry(text: string): PoolEntry | null {
    const [, user, bracketed, bare, port] =
        /^(?:([^@\s]+)@)?(?:\[([0-9A-Fa-f:.%\w]+)\]|([^\s@:[\]]+|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*))(?::(\d{1,5}))?$/.exec(
            text.trim(),
        ) ?? [];
    const host = bracketed ?? bare;
    const number = port === undefined ? null : Number(port);
    if (host === undefined || (number !== null && (number < 1 || number > 65_535))) return null;
    return { user: user ?? null, host, port: number };
}

/** The entries of `embedded.ip`, trimmed, each once, as they are written. */
export function poolOf(definition: TargetDefinition): readonly string[] {
    const entries = (definition.properties['embedded.ip'] ?? '').split(',').map((entry) => entry.trim());
    return [...new Set(entries.filter((entry) => entry !== ''))];
}

/** How a host of the pool is reached. Values of secrets are in the answer alone; a failure names what is missing or wrong. */
export function hostSpecOf(definition: TargetDefinition, entry: string, context: HostSpecContext): HostSpecRead {
    const expanded = expandedProperties(definition, context.secretOf, context.environment);
    if (expanded.kind === 'failed') return expanded;
    const bare = bareSecretOf(definition);
    if (bare !== null) return failed(definition, `'${bare}' stands in the file as it is: write \${secret:NAME}`);
    const place = parsePoolEntry(entry);
    if (place === null) return failed(definition, `'${entry}' is no address: write host, host:port or user@host:port`);
    return specIn({ definition, properties: expanded.properties, context }, place);
}

interface Reading {
    readonly definition: TargetDefinition;
    /** With the values of secrets. */
    readonly properties: Readonly<Record<string, string>>;
    readonly context: HostSpecContext;
}

/** Keys whose values are secrets: they are not read from files. */
const SECRET_KEYS = ['ssh.password', 'ssh.passphrase'];

function bareSecretOf({ properties }: TargetDefinition): string | null {
    const isBare = (value: string): boolean => value.trim() !== '' && !/^\s*\$\{(?:env|secret):[^}]+\}\s*$/.test(value);
    return SECRET_KEYS.find((key) => isBare(properties[key] ?? '')) ?? null;
}

function specIn(reading: Reading, place: PoolEntry): HostSpecRead {
    const { definition } = reading;
    const port = portOf(reading);
    if (port === null) return failed(definition, `ssh.port is no port: '${valueOf(reading, 'ssh.port') ?? ''}'`);
    const first = hostAt(reading, { user: place.user, host: place.host, port: place.port ?? port });
    if (first.kind === 'failed') return first;
    const { spec } = first;
    const jump = valueOf(reading, 'ssh.jump');
    if (jump === null) return first;
    const jumpPlace = parsePoolEntry(jump);
    if (jumpPlace === null)
        return failed(definition, `ssh.jump is no host: '${jump}'; write host, host:port or user@host:port`);
    const way = hostAt(reading, { ...jumpPlace, port: jumpPlace.port ?? DEFAULT_PORT });
    // A password is that of the machine, not of the host on the way: it is not shown to it.
    if (way.kind === 'failed') return way;
    return { kind: 'spec', spec: { ...spec, jump: { ...way.spec, password: null, sudo: false } } };
}

function hostAt(reading: Reading, { user, host, port }: PoolEntry & { readonly port: number }): HostSpecRead {
    const given = valueOf(reading, `hostkey.${host}`);
    const fingerprint = given === null ? null : normalFingerprint(given);
    if (given !== null && fingerprint === null)
        return failed(reading.definition, `hostkey.${host} is no fingerprint: '${given}'; write SHA256:…`);
    const keyFile = valueOf(reading, 'scp.keyfile');
    const known = valueOf(reading, 'scp.known.hosts.file');
    const spec: HostSpec = {
        address: host,
        port,
        user: user ?? valueOf(reading, 'scp.user') ?? DEFAULT_USER,
        keyFile: keyFile === null ? null : absolute(reading, keyFile),
        passphrase: valueOf(reading, 'ssh.passphrase'),
        password: valueOf(reading, 'ssh.password'),
        agent: agentOf(reading),
        knownHostsFile: absolute(reading, known ?? '~/.ssh/known_hosts'),
        fingerprint,
        isUnverified: isTrue(reading, 'scp.disable.host.validation'),
        jump: null,
        sudo: isTrue(reading, 'embedded.sudo'),
    };
    return { kind: 'spec', spec };
}

/** A socket, `none` for no agent; without the key, the one this session has. */
function agentOf(reading: Reading): string | null {
    const given = valueOf(reading, 'ssh.agent');
    if (given === 'none') return null;
    if (given !== null) return given === 'pageant' ? given : absolute(reading, given);
    const socket = reading.context.environment['SSH_AUTH_SOCK'];
    return socket === undefined || socket === '' ? null : socket;
}

function portOf(reading: Reading): number | null {
    const text = valueOf(reading, 'ssh.port');
    if (text === null) return DEFAULT_PORT;
    const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
    return port >= 1 && port <= 65_535 ? port : null;
}

function isTrue(reading: Reading, key: string): boolean {
    return valueOf(reading, key)?.toLowerCase() === 'true';
}

/** Null for what is absent or blank. */
function valueOf({ properties }: Reading, key: string): string | null {
    const value = properties[key]?.trim() ?? '';
    return value === '' ? null : value;
}

/** `~` is this user's home directory; other paths start from the directory of the target. */
function absolute({ definition, context }: Reading, path: string): string {
    if (path === '~') return context.home;
    if (/^~[/\\]/.test(path)) return join(context.home, path.slice(2));
    return isAbsolute(path) ? path : resolve(definition.directory, path);
}

function failed({ id }: TargetDefinition, reason: string): TargetFailure {
    return { kind: 'failed', reason: `the target '${id}': ${reason}` };
}
