import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock, type Clock } from '../../../runner/clock.ts';
import { deploymentPathsOf } from '../../../runner/state-directory.ts';
import { temporaryDirectory } from '../support/application.ts';
import { drive } from '../support/driven.ts';

/** A clock that knows how many wait. */
function countingClock(): { readonly clock: Clock; readonly waiting: () => number } {
    let count = 0;
    const sleep: Clock['sleep'] = async (ms, signal) => {
        count++;
        await systemClock.sleep(ms, signal);
        count--;
    };
    return { clock: { ...systemClock, sleep }, waiting: () => count };
}

test('whoever is refused a damaged journal is left with nothing that waits, and so can end', async () => {
    using place = temporaryDirectory();
    const { clock, waiting } = countingClock();
    const first = await drive(place.path, [], { clock });
    expect(waiting()).toBe(1);
    await first.dispose();
    await expect.poll(waiting).toBe(0);
    const { journal } = deploymentPathsOf(join(place.path, 'state'), { directory: place.path, deployment: 'shop' });
    mkdirSync(dirname(journal), { recursive: true });
    writeFileSync(journal, '{"foreign":true}\n');
    await expect(drive(place.path, [], { clock })).rejects.toThrow('is not a journal record');
    expect(waiting()).toBe(0);
});
