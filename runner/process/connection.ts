/** Messages over a socket: the same on both of its sides. */
import type { Socket } from 'node:net';
import {
    createMessageConnection,
    SocketMessageReader,
    SocketMessageWriter,
    type DataCallback,
    type Disposable,
    type MessageConnection,
} from 'vscode-jsonrpc/node';

/** A connection that does not listen yet. A socket that fails is closed: its `close` event tells the end, whatever the reason. */
export function connectionOver(socket: Socket): MessageConnection {
    return drainableConnectionOver(socket).connection;
}

/** A connection together with the way to hear the last of it. */
export interface DrainableConnection {
    readonly connection: MessageConnection;
    /** After the socket's `close`: resolves when every message that came before it has reached its handler. */
    readonly drained: () => Promise<void>;
}

/** The same, for those who care for the last words of the other side. */
export function drainableConnectionOver(socket: Socket): DrainableConnection {
    socket.on('error', () => socket.destroy());
    const reader = new CountingReader(socket);
    // The other side may be killed in the middle of a message: the reader would watch over the rest for ever, and no process would end.
    reader.partialMessageTimeout = 0;
    let handledCount = 0;
    const connection = createMessageConnection(reader, new SocketMessageWriter(socket), undefined, {
        messageStrategy: {
            handleMessage: (message, next) => {
                handledCount += 1;
                return next(message);
            },
        },
    });
    const drained = async (): Promise<void> => {
        do await reader.quiet();
        while (handledCount < reader.messageCount());
    };
    return { connection, drained };
}

/** Bytes that were read become messages within two turns of the event loop: this many without any message say that there are no more. */
const QUIET_TURNS = 8;

/**
 * The `close` of a socket overtakes what came before it: bytes that were read wait in the reader, messages in the connection's queue, and
 * disposing drops both.
 */
class CountingReader extends SocketMessageReader {
    #messageCount = 0;

    messageCount(): number {
        return this.#messageCount;
    }

    override listen(callback: DataCallback): Disposable {
        return super.listen((message) => {
            this.#messageCount += 1;
            callback(message);
        });
    }

    /** Resolves when no message has come for some turns of the event loop. */
    async quiet(): Promise<void> {
        let before = -1;
        while (before !== this.#messageCount) {
            before = this.#messageCount;
            for (let i = 0; i < QUIET_TURNS; i++) await new Promise((resolve) => setImmediate(resolve));
        }
    }
}
