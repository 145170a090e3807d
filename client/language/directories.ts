/** Directories as the runner names them. */
import { realpathSync } from 'node:fs';

/** The real path of a directory: links resolved, as in a DeploymentKey. A directory that cannot be reached is answered as it is. */
export function realDirectory(directory: string): string {
    try {
        return realpathSync(directory);
    } catch {
        // It is only compared with keys of deployments: one that is gone equals none that is there.
        return directory;
    }
}
