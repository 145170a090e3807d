/** The process that drives a deployment over SSH dies at random instants: test/system/kill-campaign.ts says what must hold then. */
import { expect, test } from 'vitest';
import { leaveFigures } from '../support/figures.ts';
import { runCampaign } from '../system/kill-campaign.ts';
import { createRemoteSite } from './kill-site.ts';

/** `ROBOCONF_KILL_SEED` repeats what a failed run did. */
const seed = Number(process.env['ROBOCONF_KILL_SEED'] ?? '20260');

test(`25 runners over SSH killed at random, also while they resume and with the model edited meanwhile (seed ${seed})`, async ({
    task,
}) => {
    const report = await runCampaign({ kills: 25, seed, createSite: createRemoteSite, onKill: () => undefined });
    expect(report).toMatchObject({ kills: 25, faults: [] });
    expect(report.resumeKills).toBeGreaterThan(0);
    leaveFigures(task, [`${report.kills} kills, ${report.resumeKills} of them of a resume`, `${report.steps} steps`]);
}, 900_000);
