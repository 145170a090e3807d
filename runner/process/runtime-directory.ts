/** Where sockets live: a directory of this user alone, with a path short enough for the system's limit on socket names. */
import { hash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RuntimeContext {
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly platform: NodeJS.Platform;
    /** Id of this user; -1 where there are none. */
    readonly user: number;
}

/** Systems accept 104 to 108 bytes; a name is 16 characters, a fence and a suffix. */
const LONGEST_SOCKET = 99;

/** The context of this process. */
export function runtimeContext(): RuntimeContext {
    return { environment: process.env, platform: process.platform, user: process.getuid?.() ?? -1 };
}

/**
 * The path to listen at for a deployment's folder under a fencing number; a pipe name on Windows.
 * Throws when no directory can be made that is this user's alone.
 */
export function socketPathOf(deploymentRoot: string, fence: number, context: RuntimeContext): string {
    const name = `${hash('sha256', deploymentRoot, 'hex').slice(0, 16)}.${fence}`;
    if (context.platform === 'win32') return `\\\\.\\pipe\\roboconf-${name}`;
    const candidates = runtimeDirectories(context).map((directory) => ({
        directory,
        path: join(directory, `${name}.sock`),
    }));
    const fitting = candidates.find(
        ({ directory, path }) => Buffer.byteLength(path) <= LONGEST_SOCKET && isPrivate(directory, context),
    );
    if (fitting !== undefined) return fitting.path;
    throw new Error(
        `no directory for the runner's socket: none of ${candidates.map(({ directory }) => directory).join(', ')} is usable`,
    );
}

function runtimeDirectories({ environment, user }: RuntimeContext): readonly string[] {
    const xdg = environment['XDG_RUNTIME_DIR'];
    const own = `roboconf-${user}`;
    return [
        ...(xdg === undefined || xdg === '' ? [] : [join(xdg, 'roboconf')]),
        join(tmpdir(), own),
        join('/tmp', own),
    ];
}

/** Makes the directory when it is missing. Others must not be able to put a socket of theirs there. */
function isPrivate(directory: string, { user }: RuntimeContext): boolean {
    try {
        mkdirSync(directory, { recursive: true, mode: 0o700 });
        const stat = lstatSync(directory);
        return stat.isDirectory() && stat.uid === user && (stat.mode & 0o077) === 0;
    } catch {
        // Not writable, or something else has this name: another candidate serves.
        return false;
    }
}
