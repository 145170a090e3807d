/** Run states for pictures. */
import type { RunState } from '../../media/protocol.ts';

/** At rest, told by somebody, asked for nothing else, unless told otherwise. */
export function runState(status: RunState['status'], fields: Partial<RunState> = {}): RunState {
    return {
        status,
        text: '',
        isProviding: status === 'DEPLOYED_STARTED',
        notes: [],
        flags: '',
        wanted: '',
        isMoving: false,
        since: null,
        cause: '',
        isStale: false,
        ...fields,
    };
}
