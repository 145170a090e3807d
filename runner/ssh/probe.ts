/** Looks whether a host of a pool can be used, without leaving anything on it. */
import type { Clock } from '../clock.ts';
import type { SecretLookup, TargetDefinition } from '../targets/target.ts';
import type { Environment } from '../targets/secrets.ts';
import type { ConnectRefusal, HostConnection } from './connection-port.ts';
import { createHostConnections } from './connections.ts';
import { hostSpecOf } from './host-spec.ts';
import { hostLabelOf } from './refusals.ts';
import { createTimeLimit } from './time-limit.ts';

export interface ProbeContext {
    readonly secretOf: SecretLookup;
    readonly environment: Environment;
    /** Absolute home directory of this user. */
    readonly home: string;
    readonly clock: Clock;
    /** From 0 to below 1. */
    readonly random: () => number;
}

/** What a host says of itself. */
export interface HostReport {
    readonly kind: 'answers';
    /** Such as `root@10.0.0.11:2222`. */
    readonly host: string;
    /** Milliseconds from nothing to a login. */
    readonly connectMs: number;
    /** Such as `Linux 6.1.0 x86_64`; empty when it does not say. */
    readonly system: string;
    /** Such as `Debian GNU/Linux 12 (bookworm)`; empty when it does not say. */
    readonly release: string;
    /** Whether the user is root, or may become root without being asked. */
    readonly canBecomeRoot: boolean;
    /** What should be known before it is used, each a sentence. */
    readonly warnings: readonly string[];
}

export type ProbeOutcome =
    HostReport | (ConnectRefusal & { readonly host: string; readonly knownHostsFile: string | null });

const ANSWER_TIMEOUT_MS = 10_000;

const QUESTIONS = `uname -srm; (. /etc/os-release 2>/dev/null; echo "$PRETTY_NAME"); if [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; then echo root; else echo user; fi`;

/** Connects to one entry of a pool and asks what is there. Its own connection, ended again. */
export async function probeHost(
    definition: TargetDefinition,
    entry: string,
    context: ProbeContext,
    signal: AbortSignal,
): Promise<ProbeOutcome> {
    const read = hostSpecOf(definition, entry, context);
    if (read.kind === 'failed')
        return {
            kind: 'refused',
            code: 'configuration',
            message: read.reason,
            hostKey: null,
            host: entry,
            knownHostsFile: null,
        };
    const { spec } = read;
    const host = hostLabelOf(spec);
    const connections = createHostConnections({ ...context, concurrency: 1 });
    const begun = context.clock.now();
    try {
        const connected = await connections.connect(spec, signal);
        if (connected.kind === 'refused') return { ...connected, host, knownHostsFile: spec.knownHostsFile };
        const connectMs = context.clock.now() - begun;
        const answer = await ask(connected.connection, context.clock, signal);
        if (typeof answer !== 'string') return { ...answer, host, knownHostsFile: spec.knownHostsFile };
        const [system = '', release = '', rights = ''] = answer.split('\n').map((line) => line.trim());
        const canBecomeRoot = rights === 'root';
        const warnings = warningsOf(spec, canBecomeRoot);
        return { kind: 'answers', host, connectMs, system, release, canBecomeRoot, warnings };
    } finally {
        await connections.dispose();
    }
}

function warningsOf(spec: HostConnection['spec'], canBecomeRoot: boolean): readonly string[] {
    const open = spec.isUnverified && spec.fingerprint === null;
    return [
        ...(open
            ? ['Any host key is accepted (scp.disable.host.validation): anybody on the way can pose as this host.']
            : []),
        ...(spec.sudo && !canBecomeRoot
            ? [`Recipes are to run by sudo, but '${spec.user}' may not become root without a password.`]
            : []),
    ];
}

/** Answers end within the time limit, or what came until then is taken. */
async function ask(connection: HostConnection, clock: Clock, signal: AbortSignal): Promise<string | ConnectRefusal> {
    const channel = await connection.openChannel(QUESTIONS, signal);
    if ('kind' in channel) return channel;
    const limit = createTimeLimit(clock, ANSWER_TIMEOUT_MS, signal);
    let answer = '';
    await new Promise<void>((resolve) => {
        channel.onData((data) => {
            // A host that answers without end is not believed.
            if (answer.length < 4_096) answer += data.toString('utf8');
        });
        channel.onClose(resolve);
        limit.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    limit.end();
    channel.close();
    return answer;
}
