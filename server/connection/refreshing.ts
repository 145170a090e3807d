/** Tells a client to ask again about its open files when what names mean has changed elsewhere. */
import { createHash } from 'node:crypto';
import type { ApplicationModel } from '../../language/index.ts';
import type { Clock } from '../clock.ts';
import type { RefreshMethod } from '../presentation-abilities.ts';
import type { Analysis } from '../workspace/units.ts';

export interface RefreshingConfig {
    readonly clock: Clock;
    /** What the client asks for again when it is told to. */
    readonly methods: () => readonly RefreshMethod[];
    readonly send: (method: RefreshMethod) => void;
}

export interface Refreshing {
    /** Takes notice of an analysis; what it changes is told once for those that come together. */
    readonly analysed: (analysis: Analysis) => void;
    readonly dropped: (key: string) => void;
    /** Tells it soon, whatever the analyses say. */
    readonly request: () => void;
    readonly dispose: () => void;
}

const PAUSE_MS = 100;

/** Nothing is told for the first analysis of a unit: what was asked before waited for it. */
export function createRefreshing({ clock, methods, send }: RefreshingConfig): Refreshing {
    const digests = new Map<string, string>();
    let cancel: (() => void) | undefined;
    const request = (): void => {
        cancel ??= clock.schedule(PAUSE_MS, () => {
            cancel = undefined;
            for (const method of methods()) if (method !== 'workspace/diagnostic/refresh') send(method);
        });
    };
    return {
        analysed: ({ key, application }) => {
            if (methods().length === 0) return;
            const digest = digestOf(application.model);
            const before = digests.get(key);
            digests.set(key, digest);
            if (before !== undefined && before !== digest) request();
        },
        dropped: (key) => void digests.delete(key),
        request,
        dispose: () => cancel?.(),
    };
}

/** Stands for all that colours, hints and lenses show of other files. */
function digestOf({ components, facets, instances, externalExports }: ApplicationModel): string {
    const hash = createHash('sha1');
    for (const { name, exports, ownImports, range } of components)
        hash.update(JSON.stringify([name, exports, ownImports, range.file]));
    for (const { name, exports } of facets) hash.update(JSON.stringify([name, exports]));
    for (const { path, component } of instances) hash.update(`${path} ${component}\n`);
    return hash.update(JSON.stringify(externalExports)).digest('hex');
}
