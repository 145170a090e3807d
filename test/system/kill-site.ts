/** Where the recipes of a kill campaign run: on this computer here, on hosts in test/hosts/kill-site.ts. */
import type { ChildProcess } from 'node:child_process';
import { createFileProduct, type Product } from './product.ts';

export interface KillSite {
    readonly product: Product;
    /** A process is killed when it has written fewer than this many records, */
    readonly mostRecords: number;
    /** and less than this later: also before its first record, and while recipes run. */
    readonly latestMs: number;
    /** Ends without warning what drives the deployment; where that is another process, also the verb, unless `isAlone`. */
    readonly kill: (verb: ChildProcess, isAlone: boolean) => void;
    /** As `trace` of a product, of all machines together. */
    readonly trace: () => Promise<readonly string[]>;
    /** What is there after an undeployment and should not be, one clause each. */
    readonly left: () => Promise<readonly string[]>;
    readonly dispose: () => Promise<void>;
}

/** Recipes run on this computer, and the verb drives them itself. */
export function createLocalSite(files: Readonly<Record<string, string>>): Promise<KillSite> {
    const target = { 'graph/Machine/target.properties': 'id = here\nname = Here\nhandler = local\n' };
    const product = createFileProduct({ ...files, ...target });
    return Promise.resolve({
        product,
        mostRecords: 14,
        latestMs: 150,
        kill: (verb) => void verb.kill('SIGKILL'),
        trace: () => Promise.resolve(product.trace()),
        left: () => Promise.resolve(product.processes().map((command) => `alive: ${command}`)),
        dispose: product.dispose,
    });
}
