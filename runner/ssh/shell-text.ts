/** Text for a POSIX shell. Values reach a host as quoted words only: nothing in them is ever taken for a command. */
import type { HostSpec } from './connection-port.ts';

/** One word that stands for exactly this text. The text holds no NUL: no word can. */
export function quoted(text: string): string {
    return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What a login shell of any kind is told in order to become the shell that runs recipes: a POSIX one, of the user they run as. */
export function shellCommandOf(spec: HostSpec): string {
    return spec.sudo ? 'exec sudo -n -H /bin/sh' : 'exec /bin/sh';
}
