/** Messages over a socket: the same on both of its sides. */
import type { Socket } from 'node:net';
import {
    createMessageConnection,
    SocketMessageReader,
    SocketMessageWriter,
    type MessageConnection,
} from 'vscode-jsonrpc/node';

/** A connection that does not listen yet. A socket that fails is closed: its `close` event tells the end, whatever the reason. */
export function connectionOver(socket: Socket): MessageConnection {
    socket.on('error', () => socket.destroy());
    return createMessageConnection(new SocketMessageReader(socket), new SocketMessageWriter(socket));
}
