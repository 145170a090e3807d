/** The whole environment of a recipe on this computer: a minimal base, the variables of the contract, and what only the runner knows. */
import { join } from 'node:path';
import type { StepRequest } from '../executor.ts';

/** Where the base comes from: environment, version table and executable of the running process. */
export interface HostEnvironment {
    readonly variables: Readonly<Record<string, string | undefined>>;
    /** Absolute path of this Node (or Electron) binary. */
    readonly executable: string;
    readonly isElectron: boolean;
}

/** Variable that marks every process of an instance. */
export const INSTANCE_MARK = 'ROBOCONF_INSTANCE_MARK';

/** Variables of the login that a recipe sees. */
export const BASE_VARIABLES = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'USER', 'LOGNAME', 'TZ'] as const;
export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Names a model must not set: they change which programs run, or what the interpreter of a recipe loads. */
const RESERVED =
    /^(?:PATH|HOME|SHELL|IFS|ENV|BASH_ENV|SHELLOPTS|BASHOPTS|PS4|NODE_OPTIONS|ELECTRON_RUN_AS_NODE|LD_.*|DYLD_.*)$/;

/** Variables of one step. Contract variables that cannot be environment variables, or that are reserved, are left out. */
export function recipeEnvironmentOf(
    request: Pick<StepRequest, 'environment' | 'instanceDirectory'>,
    instanceMark: string,
    host: HostEnvironment,
): Readonly<Record<string, string>> {
    return {
        ...baseOf(host),
        ...contractVariablesOf(request.environment),
        ROBOCONF_FILES_DIR: join(request.instanceDirectory, 'files'),
        ROBOCONF_INSTANCE_DIR: request.instanceDirectory,
        ROBOCONF_NODE: host.executable,
        ...(host.isElectron ? { ELECTRON_RUN_AS_NODE: '1' } : {}),
        [INSTANCE_MARK]: instanceMark,
    };
}

/** The variables of the contract that a recipe is given. */
export function contractVariablesOf(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(environment).filter(([name, value]) => isPassable(name, value)));
}

function baseOf(host: HostEnvironment): Readonly<Record<string, string>> {
    const known = BASE_VARIABLES.flatMap((name) => {
        const value = host.variables[name];
        return value === undefined ? [] : [[name, value] as const];
    });
    return { PATH: DEFAULT_PATH, ...Object.fromEntries(known) };
}

function isPassable(name: string, value: string): boolean {
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !RESERVED.test(name) && !value.includes('\0');
}

/** What no system is sure to take in one variable: Linux takes 32 pages of memory, which are 4 KiB on most machines. */
const LARGE_BYTES = 128 * 1024;

/** Why a program was not begun that the system calls too large; null when no variable is as large as that. */
export function tooLargeText(environment: Readonly<Record<string, string>>): string | null {
    const sizes = Object.entries(environment).map(([name, value]) => [name, Buffer.byteLength(value)] as const);
    const [largest] = sizes.sort(([, left], [, right]) => right - left);
    if (largest === undefined || largest[1] + largest[0].length + 2 <= LARGE_BYTES) return null;
    return `it could not be begun: the variable ${largest[0]} has ${largest[1]} bytes, more than a program can be given; put such a value into a file`;
}
