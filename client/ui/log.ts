/** The log channel of the extension: INFO tells a user's story, DEBUG is for those who mend it. Secrets are taken out on the way in. */
import * as vscode from 'vscode';
import { redact } from './redact.ts';

export interface Log extends vscode.Disposable {
    readonly info: (message: string) => void;
    readonly debug: (message: string) => void;
    readonly warn: (message: string) => void;
    /** A fault's stack goes into the log, never into a message for people. */
    readonly error: (message: string, fault?: unknown) => void;
    readonly show: () => void;
    /** The channel itself, for the language client, which writes to it as well. */
    readonly channel: vscode.LogOutputChannel;
}

/** Opens the channel `Roboconf`. */
export function createLog(): Log {
    const channel = vscode.window.createOutputChannel('Roboconf', { log: true });
    return {
        channel,
        info: (message) => channel.info(redact(message)),
        debug: (message) => channel.debug(redact(message)),
        warn: (message) => channel.warn(redact(message)),
        error: (message, fault) =>
            channel.error(redact(fault === undefined ? message : `${message}\n${textOf(fault)}`)),
        show: () => channel.show(true),
        dispose: () => channel.dispose(),
    };
}

function textOf(fault: unknown): string {
    return fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
}
