/**
 * Notices a full disk that nobody writes to any more. A step whose result does not fit waits for room under its supervisor, so that no
 * record is due either: without a look at the disk its run would stand still and say nothing.
 */
import { statfsSync } from 'node:fs';
import type { Clock } from '../clock.ts';
import { diskFullText } from '../journal/disk-failure.ts';

const LOOK_MS = 1_000;

/** Calls `onFull` once, with what to tell people, when the disk of `place` has been full at two looks in a row while `isAtWork`. */
export async function watchDisk(
    { place, clock, isAtWork }: { readonly place: string; readonly clock: Clock; readonly isAtWork: () => boolean },
    onFull: (message: string) => void,
    signal: AbortSignal,
): Promise<void> {
    let fullLooks = 0;
    while (!signal.aborted && fullLooks < 2) {
        await clock.sleep(LOOK_MS, signal);
        fullLooks = isAtWork() && isFull(place) ? fullLooks + 1 : 0;
    }
    if (!signal.aborted) onFull(diskFullText(place));
}

/** Disks that do not count their blocks are never full. */
function isFull(place: string): boolean {
    try {
        const { blocks, bfree, bavail } = statfsSync(place);
        const free = process.getuid?.() === 0 ? bfree : bavail;
        return blocks > 0 && free === 0;
    } catch {
        // What is wrong with the place is told by whoever writes to it.
        return false;
    }
}
