/** What of a deployment's events travels along the edges of a picture. */
import type { Perspective } from '../../language/index.ts';
import type { Pulse } from '../../media/protocol.ts';
import type { RunnerEvent } from '../../runner/protocol.ts';

/**
 * An update is told by the exporter it is about; an instance that waited for its imports and can start is told by all it depends on.
 * `componentOf` names the component of an instance.
 */
export function pulsesOf(
    event: RunnerEvent,
    perspective: Perspective,
    componentOf: (path: string) => string | undefined,
): readonly Pulse[] {
    const idOf = (path: string): string =>
        perspective === 'components' ? `component:${componentOf(path) ?? ''}` : `instance:${path}`;
    if (event.kind === 'stepBegun' && event.exporter !== undefined)
        return [{ from: idOf(event.exporter), to: idOf(event.path) }];
    const isFreed =
        event.kind === 'instanceChanged' && event.from === 'UNRESOLVED' && event.instance.status === 'STARTING';
    return isFreed ? [{ from: null, to: idOf(event.instance.path) }] : [];
}
