/** Where something that runs can be reached, from what it exports. */

/** `address:port`, from the first exported port and the `ip` exported beside it; undefined when no port is exported. */
export function addressOf(exports: Readonly<Record<string, string | null>>): string | undefined {
    for (const [name, value] of Object.entries(exports)) {
        const dot = name.lastIndexOf('.');
        if (value === null || !/port$/i.test(name.slice(dot + 1)) || !/^\d{1,5}$/.test(value)) continue;
        const host = exports[`${name.slice(0, dot)}.ip`];
        return host === undefined || host === null || host === '' ? value : `${host}:${value}`;
    }
    return undefined;
}

/** The address as it is said of something on this machine, where room is short: `:port`. */
export function shortAddress(address: string): string {
    return address.replace(/^(?:127\.0\.0\.1|localhost|::1)(?=:\d+$)/, '');
}
