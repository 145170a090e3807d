/** The lock of a deployment: of all who claim a number, one has it, and the highest number wins. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
    claimFence,
    highestFence,
    isReleased,
    readClaim,
    releaseClaim,
    removeOlderClaims,
} from '../../../runner/process/claim.ts';
import { temporaryDirectory } from '../support/application.ts';

const claimOf = (pid: number) => ({ pid, born: '', socket: `/tmp/${String(pid)}.sock` });

test('a number is claimed once, and the first claim stays', () => {
    using place = temporaryDirectory();
    expect(claimFence(place.path, 1, claimOf(11))).toBe(true);
    expect(claimFence(place.path, 1, claimOf(12))).toBe(false);
    expect(readClaim(place.path, 1)).toEqual(claimOf(11));
});

test('of two who claim one number only one goes on', () => {
    using place = temporaryDirectory();
    const answers = [21, 22, 23].map((pid) => claimFence(place.path, 7, claimOf(pid)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(highestFence(place.path)).toBe(7);
});

test('a claim that comes after a higher one is withdrawn', () => {
    using place = temporaryDirectory();
    expect(claimFence(place.path, 5, claimOf(31))).toBe(true);
    expect(claimFence(place.path, 4, claimOf(32))).toBe(false);
    expect(readClaim(place.path, 4)).toBeNull();
    expect(highestFence(place.path)).toBe(5);
});

test('nobody becomes the holder with a number below that of the holder', () => {
    using place = temporaryDirectory();
    expect(claimFence(place.path, 9, claimOf(41))).toBe(true);
    const later = [1, 2, 8].map((fence) => claimFence(place.path, fence, claimOf(42)));
    expect(later).toEqual([false, false, false]);
    expect(readdirSync(place.path)).toEqual(['9.claim']);
});

test('a claim appears whole and leaves nothing beside it', () => {
    using place = temporaryDirectory();
    const folder = join(place.path, 'lock');
    claimFence(folder, 1, claimOf(51));
    claimFence(folder, 1, claimOf(52));
    expect(readdirSync(folder)).toEqual(['1.claim']);
});

test('who has left is known to have, and the next one clears what is older', () => {
    using place = temporaryDirectory();
    claimFence(place.path, 1, claimOf(61));
    releaseClaim(place.path, 1);
    expect([isReleased(place.path, 1), isReleased(place.path, 2)]).toEqual([true, false]);
    claimFence(place.path, 2, claimOf(62));
    removeOlderClaims(place.path, 2);
    expect(readdirSync(place.path)).toEqual(['2.claim']);
});

test('what is no claim counts for nothing', () => {
    using place = temporaryDirectory();
    mkdirSync(place.path, { recursive: true });
    for (const name of ['0.claim', '03.claim', 'x.claim', '8.left']) writeFileSync(join(place.path, name), '{}');
    writeFileSync(join(place.path, '2.claim'), '{}');
    expect(highestFence(place.path)).toBe(2);
    expect(readClaim(place.path, 2)).toBeNull();
    expect(readClaim(place.path, 3)).toBeNull();
});
