/** A host that lets somebody in and gives no shell that answers: what is told of it. */
import { plainLine } from '../terminal-text.ts';
import type { HostConnection } from './connection-port.ts';

/** How long a login may take until there is a shell, in milliseconds. */
export const SHELL_MS = 15_000;

/** What was noticed of it. */
export interface Silence {
    /** What came before the shell should have answered; what it means is not known. */
    readonly said: Buffer;
    /** Nothing was said for `SHELL_MS`, and nobody hung up. */
    readonly isEndless: boolean;
}

/** One sentence for people: cause and next step. */
export function silenceText({ spec: { address, user, sudo } }: HostConnection, { said, isEndless }: Silence): string {
    if (isEndless) {
        const place = sudo
            ? 'for sudo, or for something in ~/.bashrc or ~/.profile'
            : 'for something in ~/.bashrc or ~/.profile';
        return `${address}: the login of ${user} gave no shell within ${SHELL_MS / 1000} s; look whether it waits ${place} there`;
    }
    const words = wordsOf(said);
    const answer = words === '' ? '' : `; it said "${words}"`;
    if (sudo)
        return `${address}: "sudo -n" gave no shell to ${user}${answer}; allow it without a password (NOPASSWD), or take embedded.sudo away`;
    return `${address}: /bin/sh gave no answer to ${user}${answer}; look whether the user may run commands there, and what its ~/.bashrc or ~/.profile does`;
}

const MOST_WORDS = 160;

/** The last line there is text in, without anything that is no text. */
function wordsOf(said: Buffer): string {
    const lines = said.toString('utf8').split('\n');
    const words = lines.map((line) => plainLine(line).replaceAll('\uFFFD', '').trim());
    return (words.findLast((line) => line !== '') ?? '').slice(0, MOST_WORDS);
}
