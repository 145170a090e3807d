/**
 * Where deployments live on disk. One folder a deployment, named for people and made unique by a hash of its key:
 *
 *     <state>/<clean name>-<hash>/key.json            the key itself, for listing
 *                                 identity            what its machines carry
 *                                 lock/<fence>.claim  who drives it (runner/process/lock.ts)
 *                                 current/            the deployment under way (journal, recipes, targets, instances, steps)
 *                                 history/<n>/        finished ones: journal and step outputs
 */
import { hash } from 'node:crypto';
import { readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, posix, resolve, win32 } from 'node:path';
import type { DeploymentKey } from './protocol.ts';

/** Environment and platform that decide where state is kept. */
export interface StateDirectoryContext {
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly platform: NodeJS.Platform;
    readonly home: string;
}

/** The folder with all deployments of this user, absolute: `$ROBOCONF_STATE`, else the platform's place for state. */
export function defaultStateDirectory(
    context: StateDirectoryContext = { environment: process.env, platform: process.platform, home: homedir() },
): string {
    const { environment, platform, home } = context;
    const chosen = environment['ROBOCONF_STATE'];
    if (chosen !== undefined && chosen !== '') return chosen;
    if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'roboconf');
    if (platform === 'win32') return windowsStateDirectory(environment, home);
    const xdg = environment['XDG_STATE_HOME'];
    const base = xdg !== undefined && posix.isAbsolute(xdg) ? xdg : posix.join(home, '.local', 'state');
    return posix.join(base, 'roboconf');
}

function windowsStateDirectory(environment: StateDirectoryContext['environment'], home: string): string {
    return win32.join(environment['LOCALAPPDATA'] ?? win32.join(home, 'AppData', 'Local'), 'roboconf');
}

/** The key of a deployment. A directory that does not exist (any more) is taken as it is written. */
export function deploymentKeyOf(directory: string, deployment: string): DeploymentKey {
    try {
        return { directory: realpathSync(directory), deployment };
    } catch {
        // What was deployed from a directory can still be looked at and undeployed when that is gone.
        return { directory: resolve(directory), deployment };
    }
}

/** Paths inside one deployment's folder, all absolute. */
export interface DeploymentPaths {
    readonly root: string;
    readonly keyFile: string;
    /** Tells the deployment from all others on the machines of targets. */
    readonly identity: string;
    readonly lockDirectory: string;
    readonly historyDirectory: string;
    readonly runnerLog: string;
    readonly current: string;
    readonly journal: string;
    readonly recipes: string;
    /** Copies of the targets that machines were made by. */
    readonly targets: string;
    /** What says which machines of this computer there are. */
    readonly machines: string;
    readonly instances: string;
    readonly steps: string;
}

/** Where the deployment of a key is kept. Different keys never share a folder. */
export function deploymentPathsOf(stateDirectory: string, key: DeploymentKey): DeploymentPaths {
    const fingerprint = hash('sha256', JSON.stringify([key.directory, key.deployment]), 'hex').slice(0, 12);
    return deploymentPathsIn(join(stateDirectory, `${cleanNameOf(key.deployment)}-${fingerprint}`));
}

/** The same paths for a folder that was found by listing. */
export function deploymentPathsIn(root: string): DeploymentPaths {
    const current = join(root, 'current');
    return {
        root,
        keyFile: join(root, 'key.json'),
        identity: join(root, 'identity'),
        lockDirectory: join(root, 'lock'),
        historyDirectory: join(root, 'history'),
        runnerLog: join(root, 'runner.log'),
        current,
        journal: join(current, 'journal.jsonl'),
        recipes: join(current, 'recipes'),
        targets: join(current, 'targets'),
        machines: join(current, 'machines'),
        instances: join(current, 'instances'),
        steps: join(current, 'steps'),
    };
}

/** Where journal and outputs of a deployment are that is over: `name` is one of those in the history directory. */
export function retiredPathsOf(paths: DeploymentPaths, name: string): DeploymentPaths {
    const folder = join(paths.historyDirectory, name);
    return { ...paths, journal: join(folder, 'journal.jsonl'), steps: join(folder, 'steps') };
}

/** The directory of an instance: readable, and different for every instance path even where cleaning makes them equal. */
export function instanceDirectoryOf(paths: DeploymentPaths, instancePath: string): string {
    const fingerprint = hash('sha256', instancePath, 'hex').slice(0, 8);
    return join(paths.instances, `${cleanNameOf(instancePath)}-${fingerprint}`);
}

/** The directory of one attempt: outputs, process note and result of a step. Attempt ids are clean already; cleaning keeps it so. */
export function stepDirectoryOf(paths: DeploymentPaths, attempt: string): string {
    return join(paths.steps, attempt.replace(/[^A-Za-z0-9._-]/g, '_'));
}

/** Names of what is in a directory, in no order; none when it does not exist (yet) or cannot be read. */
export function namesIn(directory: string): readonly string[] {
    try {
        return readdirSync(directory);
    } catch {
        // Folders are made when something is first put into them: none there says that nothing was.
        return [];
    }
}

function cleanNameOf(text: string): string {
    const clean = text.replace(/^\/+/, '').replace(/[^A-Za-z0-9_]+/g, '_');
    return clean.slice(0, 60) || 'deployment';
}
