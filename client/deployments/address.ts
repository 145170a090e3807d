/** Where something that runs can be reached, from what it exports. */

/** Among several ports, the one a person would try is `port`, then that of a browser. */
const PREFERRED = [/^port$/i, /^https?_?port$/i, /port$/i];

/** `address:port`, from an exported port and the `ip` exported beside it; undefined when no port is exported. */
export function addressOf(exports: Readonly<Record<string, string | null>>): string | undefined {
    const ports = Object.entries(exports).flatMap(([name, value]) =>
        value !== null && /^\d{1,5}$/.test(value) ? [{ name, port: value }] : [],
    );
    const [found] = PREFERRED.flatMap((pattern) => ports.filter(({ name }) => pattern.test(ownName(name))));
    if (found === undefined) return undefined;
    const host = exports[`${found.name.slice(0, found.name.lastIndexOf('.'))}.ip`] ?? '';
    return host === '' ? found.port : `${host}:${found.port}`;
}

/** `Tomcat.httpPort` → `httpPort`. */
function ownName(variable: string): string {
    return variable.slice(variable.lastIndexOf('.') + 1);
}

/** The address as it is said of something on this machine, where room is short: `:port`. */
export function shortAddress(address: string): string {
    return address.replace(/^(?:127\.0\.0\.1|localhost|::1)(?=:\d+$)/, '');
}
