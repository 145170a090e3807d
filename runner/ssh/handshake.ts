/** One try to connect: from an open stream to a login, or the reason there is none. Everything ssh2 throws or emits ends here. */
import type { Duplex } from 'node:stream';
import ssh2 from 'ssh2';
import type { Client, ConnectConfig, ServerHostKeyAlgorithm } from 'ssh2';
import { createLogin, loginPlanOf, refusedLoginText, type LoginKeys, type LoginPlan } from './authentication.ts';
import type { ConnectRefusal, HostSpec } from './connection-port.ts';
import { hasFingerprint, hostKeyAlgorithms, hostKeyOf, keyTypeOf } from './host-key.ts';
import { knownKeyTypes, verdictOn } from './known-hosts.ts';
import type { KnownHostsRead } from './known-hosts-file.ts';
import { distrusted, refused } from './refusals.ts';
import { SIGN_OF_LIFE_MS } from './silence.ts';

/** What trust and login are decided by. */
export interface HandshakeConfig extends LoginKeys {
    readonly knownHosts: (file: string) => KnownHostsRead;
}

export type Handshake =
    | { readonly kind: 'ready'; readonly client: Client }
    | ConnectRefusal
    /** Nothing was said against us: trying again may help. */
    | { readonly kind: 'broken'; readonly reason: string };

/**
 * What ssh2 offers by itself, the cheapest secure ones first (Curve25519, AES-GCM), but for what rests on SHA-1, and without compression.
 * Lists are told by what is left out: what this Node cannot do is in none of them, and naming it would be a fault.
 */
const ALGORITHMS = {
    hmac: {
        append: [],
        prepend: [],
        remove: ['hmac-sha1-etm@openssh.com' as const, 'hmac-sha1' as const],
    },
    compress: ['none' as const],
};

/** Where a try is; of what it found only the last word counts. */
interface Attempt {
    isTrusted: boolean;
    /** Set before the connection is ended on purpose. */
    refusal: ConnectRefusal | null;
    fault: string | null;
    /** What the host takes for a login, once it said so. */
    accepted: readonly string[];
}

/**
 * Shakes hands and logs in over an open stream. Keys of the kinds in `refusedTypes` are not asked for. When the signal aborts, or anything
 * is wrong, the stream is destroyed.
 */
export function shakeHands(
    spec: HostSpec,
    request: { readonly stream: Duplex; readonly refusedTypes: ReadonlySet<string> },
    config: HandshakeConfig,
    signal: AbortSignal,
): Promise<Handshake> {
    const { stream } = request;
    const known = config.knownHosts(spec.knownHostsFile);
    const plan = loginPlanOf(spec, config);
    const fault = localFault(spec, known, plan);
    if (fault !== null || signal.aborted) {
        stream.destroy();
        return Promise.resolve(fault ?? { kind: 'broken', reason: 'it was given up' });
    }
    const attempt: Attempt = { isTrusted: false, refusal: null, fault: null, accepted: [] };
    return new Promise((resolve) => {
        const client = new ssh2.Client();
        const end = (handshake: Handshake): void => {
            signal.removeEventListener('abort', abort);
            resolve(handshake);
        };
        const abort = (): void => {
            attempt.fault ??= attempt.isTrusted ? 'it does not answer the login' : 'it does not answer';
            stream.destroy();
            end(attempt.refusal ?? { kind: 'broken', reason: attempt.fault });
        };
        signal.addEventListener('abort', abort, { once: true });
        client.on('ready', () => end({ kind: 'ready', client }));
        client.on('error', (error: SshError) => noteFault(spec, attempt, error));
        client.on('close', () => end(attempt.refusal ?? { kind: 'broken', reason: attempt.fault ?? 'it hung up' }));
        client.on('change password', () => {
            attempt.refusal = refused(
                spec,
                'authentication',
                `The password of '${spec.user}' has expired on the host.`,
            );
            stream.destroy();
        });
        const algorithms = hostKeyAlgorithms(knownTypesOf(spec, known), request.refusedTypes);
        client.connect({
            ...FIXED,
            sock: stream,
            username: spec.user,
            // The types name only what ssh2 knows; these are all of them.
            algorithms: { ...ALGORITHMS, serverHostKey: algorithms as ServerHostKeyAlgorithm[] },
            hostVerifier: (raw: Buffer) => isTrusted(spec, raw, known, attempt),
            authHandler: loginHandler(spec, plan, attempt),
        });
    });
}

/** Time-outs are the caller's; ssh2 asks for signs of life, what silence means is decided elsewhere. */
const FIXED: ConnectConfig = {
    readyTimeout: 0,
    keepaliveInterval: SIGN_OF_LIFE_MS,
    keepaliveCountMax: Number.MAX_SAFE_INTEGER,
};

type SshError = Error & { readonly level?: string; readonly code?: unknown };

function localFault(spec: HostSpec, known: KnownHostsRead, plan: LoginPlan): ConnectRefusal | null {
    if (plan.fault !== null) return refused(spec, 'configuration', plan.fault);
    if (known.kind === 'read' || spec.isUnverified || spec.fingerprint !== null) return null;
    const cause = `The file of known hosts ${spec.knownHostsFile} cannot be read: ${known.reason}.`;
    return refused(spec, 'configuration', cause);
}

function knownTypesOf(spec: HostSpec, known: KnownHostsRead): readonly string[] {
    return known.kind === 'read' ? knownKeyTypes(known.entries, spec.address, spec.port) : [];
}

function isTrusted(spec: HostSpec, raw: Buffer, known: KnownHostsRead, attempt: Attempt): boolean {
    attempt.refusal = trustRefusal(spec, raw, known);
    attempt.isTrusted = attempt.refusal === null;
    return attempt.isTrusted;
}

/** A demanded fingerprint decides alone; else the file of known hosts does. */
function trustRefusal(spec: HostSpec, raw: Buffer, known: KnownHostsRead): ConnectRefusal | null {
    const { fingerprint } = spec;
    if (fingerprint !== null) {
        if (hasFingerprint(raw, fingerprint)) return null;
        return distrusted(spec, hostKeyOf(raw), { kind: 'notDemanded', fingerprint });
    }
    if (spec.isUnverified) return null;
    const verdict = verdictOn(known.kind === 'read' ? known.entries : [], spec.address, spec.port, raw);
    return verdict.kind === 'known' ? null : distrusted(spec, hostKeyOf(raw), verdict);
}

/** The kind of the key a host was refused for, when it may have the demanded one of another kind. */
export function refusedTypeOf(spec: HostSpec, refusal: ConnectRefusal): string | null {
    if (spec.fingerprint === null || refusal.hostKey === null) return null;
    return keyTypeOf(Buffer.from(refusal.hostKey.key, 'base64'));
}

function loginHandler(spec: HostSpec, plan: LoginPlan, attempt: Attempt): NonNullable<ConnectConfig['authHandler']> {
    const login = createLogin(plan);
    return (methodsLeft, _isPartial, next) => {
        // Null before the host said anything, whatever the types tell.
        const accepted = (methodsLeft as readonly string[] | null) ?? null;
        if (accepted !== null) attempt.accepted = accepted;
        const way = login.next(accepted);
        if (way !== null) return next(way.method);
        const text = refusedLoginText(spec, plan, login.tried(), attempt.accepted);
        attempt.refusal = refused(spec, 'authentication', text);
        // What ends the list is not among the types' methods.
        return next(false as unknown as 'none');
    };
}

const TOO_MANY_TRIES = 2;

/** Levels of what is wrong with one way in: the next one is tried. */
const SKIPPED_LEVELS: ReadonlySet<string | undefined> = new Set(['agent', 'client-authentication']);

function noteFault(spec: HostSpec, attempt: Attempt, error: SshError): void {
    if (attempt.refusal !== null || SKIPPED_LEVELS.has(error.level)) return;
    if (error.level === 'handshake' && !attempt.isTrusted) {
        attempt.refusal = refused(
            spec,
            'configuration',
            `No way to encrypt or sign is common to both sides: ${error.message}.`,
        );
    } else if (attempt.isTrusted && error.code === TOO_MANY_TRIES) {
        const cause = `The host hung up during the login of '${spec.user}': ${error.message}. Name one key with scp.keyfile.`;
        attempt.refusal = refused(spec, 'authentication', cause);
    } else attempt.fault ??= faultText(error);
}

function faultText({ code, message }: SshError): string {
    if (code === 'ECONNRESET' || code === 'EPIPE') return 'the connection was reset';
    return message;
}
