/** Which start of a host it is: what ran before another one does not run any more. */
import type { HostConnection } from './connection-port.ts';

/** The system's own mark, and when its first process began: containers share the mark of their computer. Built into every shell. */
const QUESTION =
    'read -r boot </proc/sys/kernel/random/boot_id; read -r first </proc/1/stat; set -- ${first##*) }; echo "boot=$boot.${20}."';
const LONGEST_ANSWER = 4096;
const PATIENCE_MS = 3_000;

/** What tells this start of the host from others; null when that cannot be learnt soon. */
export async function bootOf(connection: HostConnection, signal: AbortSignal): Promise<string | null> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    const channel = await connection.openChannel(`exec sh -c '${QUESTION}'`, limit);
    if ('kind' in channel) return null;
    const answered = Promise.withResolvers<string>();
    let text = '';
    channel.onData((data) => {
        text = `${text}${data.toString('latin1')}`.slice(-LONGEST_ANSWER);
    });
    channel.onClose(() => answered.resolve(text));
    limit.addEventListener('abort', channel.close, { once: true });
    if (limit.aborted) channel.close();
    const answer = await answered.promise;
    limit.removeEventListener('abort', channel.close);
    return /boot=([0-9a-f-]+\.\d+)\./.exec(answer)?.[1] ?? null;
}
