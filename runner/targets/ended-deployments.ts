/** Which deployments an identity is of, and which are over: what those left claimed belongs to nobody. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readIdentity } from '../deployment-identity.ts';
import { readKey } from '../related-deployments.ts';
import { deploymentPathsIn, namesIn } from '../state-directory.ts';

/**
 * Whether the deployment of an identity has ended: its folder is gone, or nothing is under way in it. Folders are looked at once, when the
 * first one is asked about. What is no identity is of an unknown kind, and never over.
 */
export function endedDeployments(stateDirectory: string): (deployment: string) => boolean {
    let living: ReadonlySet<string> | null = null;
    return (deployment) => {
        if (!/^[0-9a-f]{24}$/.test(deployment)) return false;
        living ??= livingDeployments(stateDirectory);
        return !living.has(deployment);
    };
}

function livingDeployments(stateDirectory: string): ReadonlySet<string> {
    const folders = namesIn(stateDirectory).map((name) => deploymentPathsIn(join(stateDirectory, name)));
    const living = folders.filter(({ current }) => existsSync(current));
    return new Set(living.flatMap(({ identity }) => readIdentity(identity) ?? []));
}

/** What people call the deployment of an identity, such as `'shop' in /home/me/shop`; the identity itself when its folder is gone. */
export function deploymentNameOf(stateDirectory: string, deployment: string): string {
    const folders = namesIn(stateDirectory).map((name) => deploymentPathsIn(join(stateDirectory, name)));
    const folder = folders.find(({ identity }) => readIdentity(identity) === deployment);
    const key = folder === undefined ? null : readKey(folder.keyFile);
    return key === null ? `the deployment ${deployment}` : `'${key.deployment}' in ${key.directory}`;
}
