/**
 * A runner killed at any write of its journal, and a disk that fails at any: the end is that of the run nothing happened to. Here the
 * misfortunes of one life follow each other; the tests of real processes have them one by one.
 */
import { expect, test } from 'vitest';
import { leaveFigures } from '../../support/figures.ts';
import { FATES, fiftyInstances, liveThrough, outcomeOf, quickDirectory, type Misfortune } from '../support/unlucky.ts';

const application = fiftyInstances();
/** In one life every so many writes meet a misfortune. */
const EVERY = 5;
/** More writes than a life has. */
const LONGEST = 400;

/** Each fate with the writes at which it begins: a death in the middle of every write, the others at every fifth. */
const LIVES = FATES.flatMap((fate, index) => {
    const isMiddle = fate.error === null && fate.kept === 'half';
    return isMiddle ? Array.from({ length: EVERY }, (_, first) => ({ fate, first })) : [{ fate, first: index % EVERY }];
});

function misfortunesOf({ fate, first }: (typeof LIVES)[number]): readonly Misfortune[] {
    return Array.from({ length: LONGEST / EVERY }, (_, index) => ({ write: first + index * EVERY, ...fate }));
}

test(
    'deployments of 50 instances met by one misfortune after the other end as if there had been none',
    { timeout: 120_000 },
    async ({ task }) => {
        using place = quickDirectory();
        const whole = await liveThrough(`${place.path}/whole`, application, []);
        expect(application.model.instances).toHaveLength(50);
        expect(whole.segments).toBeGreaterThan(0);
        expect(new Set(whole.begun.values())).toEqual(new Set([1]));
        let points = 0;
        for (const [index, each] of LIVES.entries()) {
            const unlucky = await liveThrough(`${place.path}/${index}`, application, misfortunesOf(each));
            expect(outcomeOf(unlucky), JSON.stringify(each)).toEqual(outcomeOf(whole));
            expect(unlucky.met).toBeGreaterThanOrEqual(Math.floor(whole.writes / EVERY));
            points += unlucky.met;
        }
        expect(points).toBeGreaterThan(LIVES.length * Math.floor(whole.writes / EVERY));
        leaveFigures(task, [`${points} kills and failed writes`, `${LIVES.length} deployments of 50 instances`]);
    },
);
