/** Every single write of the journal of a deployment meets every kind of misfortune, one in each life. */
import { expect, test } from 'vitest';
import { leaveFigures } from '../support/figures.ts';
import { FATES, fiftyInstances, liveThrough, outcomeOf, quickDirectory } from '../runner/support/unlucky.ts';

const application = fiftyInstances();

test(
    'one misfortune at any write of a deployment of 50 instances: its end is that of the run without',
    { timeout: 600_000 },
    async ({ task }) => {
        using place = quickDirectory();
        const whole = await liveThrough(`${place.path}/whole`, application, []);
        let points = 0;
        for (const fate of FATES) {
            for (let write = 0; write < whole.writes; write++) {
                const root = `${place.path}/${JSON.stringify(fate).replaceAll(/\W+/g, ' ')} ${write}`;
                const unlucky = await liveThrough(root, application, [{ write, ...fate }]);
                expect(outcomeOf(unlucky), `${JSON.stringify(fate)} at ${write}`).toEqual(outcomeOf(whole));
                points += unlucky.met;
            }
        }
        expect(points).toBe(FATES.length * whole.writes);
        leaveFigures(task, [`${points} points`, `${whole.writes} writes`, `${FATES.length} misfortunes`]);
    },
);
