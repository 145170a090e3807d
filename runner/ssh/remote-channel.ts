/** A program on a host behind the port of the steps: what ssh2's channels do not say in order is said in order here. */
import type { ClientChannel } from 'ssh2';
import type { RemoteChannel } from './connection-port.ts';

export interface OpenChannel {
    readonly channel: RemoteChannel;
    /** The connection is gone: ssh2 does not tell it to a channel whose output nobody reads. */
    readonly breakOff: () => void;
}

/** How long the answer to the end of a channel is waited for. */
const FAREWELL_MS = 1_000;

/** `drainLink` resolves when the connection took what was written. `onEnd` is called once, before the channel's listener. */
export function openChannelOf(stream: ClientChannel, drainLink: () => Promise<void>, onEnd: () => void): OpenChannel {
    let isClosed = false;
    let closeListener: (() => void) | null = null;
    let unsent = 0;
    const waiting: (() => void)[] = [];
    const settle = (): void => {
        for (const resolve of waiting.splice(0)) resolve();
    };
    const written = (): void => {
        if (--unsent === 0) settle();
    };
    const close = (): void => {
        if (isClosed) return;
        isClosed = true;
        onEnd();
        settle();
        closeListener?.();
    };
    stream.stderr.resume();
    stream.on('close', close);
    stream.on('error', () => undefined);
    const channel: RemoteChannel = {
        write: (data) => {
            if (isClosed || !stream.writable) return;
            unsent++;
            stream.write(data, written);
        },
        drained: async () => {
            if (unsent > 0 && !isClosed) await new Promise<void>((resolve) => waiting.push(resolve));
            if (!isClosed) await drainLink();
        },
        onData: (listener) => void stream.on('data', listener),
        onClose: (listener) => {
            closeListener = listener;
            if (isClosed) queueMicrotask(listener);
        },
        pause: () => void stream.pause(),
        resume: () => void stream.resume(),
        close: () => {
            // What is not read keeps ssh2 from telling that it is closed.
            stream.resume();
            stream.close();
            // A host keeps the channel for as long as what runs there holds on to it.
            setTimeout(close, FAREWELL_MS).unref();
        },
    };
    return { channel, breakOff: () => void setImmediate(close) };
}
