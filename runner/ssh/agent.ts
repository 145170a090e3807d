/** One kept channel to a host: requests go in, answers come out in the same order (see `agent-script.ts`). */
import { randomBytes } from 'node:crypto';
import { openingOf } from './agent-script.ts';
import type { ConnectRefusal, HostConnection, RemoteChannel } from './connection-port.ts';
import { shellCommandOf } from './shell-text.ts';
import { SHELL_MS, silenceText } from './silent-shell.ts';

/** What a host answered to one request. */
export interface Answer {
    readonly kind: 'answered';
    /** Bytes by the name of the line that followed them. */
    readonly sections: ReadonlyMap<string, Buffer>;
    /** Words of the last line. */
    readonly words: readonly string[];
    /** The last line as it was. */
    readonly line: string;
}

/** The channel ended before the answer did: nobody knows how much of the request was done. */
export interface Broken {
    readonly kind: 'broken';
    readonly reason: string;
}

export interface Agent {
    /** Sends commands; `textOf` is given the nonce their answer ends with. */
    readonly request: (textOf: (nonce: string) => string) => Promise<Answer | Broken>;
    /** Settles when the host has said whether recipes can be run there: null, or why they cannot, as one sentence for people. */
    readonly greeting: Promise<string | null>;
    readonly isOpen: () => boolean;
    /** Names of shell functions that were defined over this channel. */
    readonly defined: Set<string>;
    readonly close: () => void;
}

/** No request asks for more; a host that sends that much is not one of ours. */
const LONGEST_ANSWER = 32 * 1024 * 1024;

interface Pending {
    readonly marker: Buffer;
    readonly sections: Map<string, Buffer>;
    readonly resolve: (answer: Answer | null) => void;
}

/** Opens a channel for the folder of a deployment. Requests may be made at once. */
export async function openAgent(
    connection: HostConnection,
    folderName: string,
    signal: AbortSignal,
): Promise<Agent | ConnectRefusal> {
    const channel = await connection.openChannel(shellCommandOf(connection.spec), signal);
    if ('kind' in channel) return channel;
    const waiting = createAnswers(channel);
    let refusal: string | null = null;
    let isGreeted = false;
    let isGivenUp = false;
    let isEndless = false;
    const patience = setTimeout(() => {
        isEndless = true;
        channel.close();
    }, SHELL_MS);
    const reasonOfClose = (): string => {
        if (refusal !== null) return refusal;
        if (isGreeted || connection.isLost()) return `the connection to ${connection.spec.address} broke`;
        return silenceText(connection, { said: waiting.unread(), isEndless });
    };
    const ask = async (textOf: (nonce: string) => string): Promise<Answer | Broken> => {
        const answer = await waiting.expect((nonce) => channel.write(textOf(nonce)));
        return answer ?? { kind: 'broken', reason: reasonOfClose() };
    };
    const greeting = ask((nonce) => openingOf(folderName, nonce)).then((answer) => {
        clearTimeout(patience);
        if (answer.kind === 'broken') return answer.reason;
        isGreeted = true;
        refusal = refusalOf(connection, answer);
        return refusal;
    });
    return {
        request: (textOf) => ask((nonce) => `{\n${textOf(nonce)}\n}\n`),
        greeting,
        isOpen: () => !isGivenUp && refusal === null && waiting.isOpen(),
        defined: new Set(),
        close: () => {
            isGivenUp = true;
            channel.close();
        },
    };
}

/** What a host lacks that recipes need; null when it lacks nothing. */
function refusalOf({ spec: { address, user } }: HostConnection, { words, line }: Answer): string | null {
    const [word, what = '', name = ''] = words;
    if (word === 'ready') return null;
    if (word === 'unwritable') {
        const folder = line.slice('unwritable '.length);
        return `${address}: the folder ${folder} cannot be made or written to; look at its rights, and whether its disk may be written to`;
    }
    if (what === 'program') return `${address} has no program named "${name}"; install it there`;
    if (what === '/proc') return `${address} has no /proc file system; recipes run on Linux hosts only`;
    return `${address}: the user ${user} has no home directory there; give it one`;
}

/** What people are told when nothing can be written into a folder of a host. */
export function unwritableText(host: string, folder: string): string {
    return `${host}: nothing can be written into ${folder}; make room on its disk, or look at its rights`;
}

interface Answers {
    /** Null: the channel was closed before the answer. */
    readonly expect: (send: (nonce: string) => void) => Promise<Answer | null>;
    readonly isOpen: () => boolean;
    /** What came and belongs to no answer yet. */
    readonly unread: () => Buffer;
}

function createAnswers(channel: RemoteChannel): Answers {
    const pending: Pending[] = [];
    let held: Buffer = Buffer.alloc(0);
    let searched = 0;
    let isOpen = true;
    /** Takes one marked line, and what is before it, out of what is held. False when there is none yet. */
    const takeOne = (first: Pending): boolean => {
        const at = held.indexOf(first.marker, searched);
        if (at < 0) {
            searched = Math.max(0, held.length - first.marker.length);
            return false;
        }
        const end = held.indexOf(10, at + first.marker.length);
        if (end < 0) return false;
        const line = held.toString('utf8', at + first.marker.length, end);
        const before = held.subarray(0, at);
        held = held.subarray(end + 1);
        searched = 0;
        if (!line.startsWith('end')) {
            first.sections.set(line, before);
            return true;
        }
        pending.shift();
        const rest = line.slice('end '.length);
        first.resolve({ kind: 'answered', sections: first.sections, words: rest.split(' '), line: rest });
        return true;
    };
    channel.onData((data) => {
        held = held.length === 0 ? data : Buffer.concat([held, data]);
        for (let first = pending[0]; first !== undefined && takeOne(first);) first = pending[0];
        if (held.length > LONGEST_ANSWER) channel.close();
    });
    channel.onClose(() => {
        isOpen = false;
        for (const each of pending.splice(0)) each.resolve(null);
    });
    const expect: Answers['expect'] = (send) => {
        if (!isOpen) return Promise.resolve(null);
        const nonce = randomBytes(16).toString('hex');
        return new Promise((resolve) => {
            pending.push({ marker: Buffer.from(`\n${nonce} `), sections: new Map(), resolve });
            send(nonce);
        });
    };
    return { expect, isOpen: () => isOpen, unread: () => held };
}
