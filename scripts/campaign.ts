/**
 * `npm run campaign [-- --kills 200 --seed N --hosts]`: kills runners at random instants and says whether every deployment came to the end
 * it should. With `--hosts` recipes run over SSH (test/support/hosts/README.md). The built product is used: `npm run build` first.
 */
import { parseArgs } from 'node:util';
import { keepObservation } from './observations.ts';
import { createRemoteSite } from '../test/hosts/kill-site.ts';
import { runCampaign } from '../test/system/kill-campaign.ts';
import { createLocalSite } from '../test/system/kill-site.ts';

const { values } = parseArgs({
    options: { kills: { type: 'string' }, seed: { type: 'string' }, hosts: { type: 'boolean' } },
});
const kills = Number(values.kills ?? 200);
const seed = Number(values.seed ?? Date.now() % 1_000_000);

if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
    console.error('--kills takes a number from 1, --seed a whole number.');
    process.exitCode = 2;
} else await campaign();

async function campaign(): Promise<void> {
    const begunAt = Date.now();
    console.error(`${kills} kills, seed ${seed}`);
    const createSite = values.hosts === true ? createRemoteSite : createLocalSite;
    const report = await runCampaign({ kills, seed, createSite, onKill: (count) => showProgress(count) });
    if (process.stderr.isTTY) process.stderr.write('\n');
    const seconds = Math.round((Date.now() - begunAt) / 1_000);
    const { rounds, steps, resumeKills, faults } = report;
    console.log(
        `${report.kills} kills (${resumeKills} of them of a resume), ${rounds} deployments, ${steps} steps, ${seconds} s`,
    );
    const about = [
        `${report.kills} kills, ${resumeKills} of them of a resume`,
        `${rounds} deployments`,
        `${steps} steps`,
    ];
    await keepObservation(values.hosts === true ? 'hosts-campaign' : 'campaign', {
        passed: 0,
        failed: faults.length,
        figures: [...about, `seed ${seed}`],
    });
    for (const fault of faults) console.log(`  ${fault}`);
    console.log(
        faults.length === 0
            ? 'All held.'
            : `Did not hold. Again with: npm run campaign -- --seed ${seed}${values.hosts === true ? ' --hosts' : ''}`,
    );
    process.exitCode = faults.length === 0 ? 0 : 1;
}

function showProgress(count: number): void {
    if (process.stderr.isTTY) process.stderr.write(`\r${count} of ${kills} kills`);
    else if (count % 10 === 0) console.error(`${count} of ${kills} kills`);
}
