/**
 * `npm run campaign [-- --kills 200 --seed N]`: kills runners at random instants and says whether every deployment came to the end it
 * should. The built product is used: `npm run build` first.
 */
import { parseArgs } from 'node:util';
import { runCampaign } from '../test/system/kill-campaign.ts';

const { values } = parseArgs({ options: { kills: { type: 'string' }, seed: { type: 'string' } } });
const kills = Number(values.kills ?? 200);
const seed = Number(values.seed ?? Date.now() % 1_000_000);

if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
    console.error('--kills takes a number from 1, --seed a whole number.');
    process.exitCode = 2;
} else await campaign();

async function campaign(): Promise<void> {
    const begunAt = Date.now();
    console.error(`${kills} kills, seed ${seed}`);
    const report = await runCampaign({ kills, seed, onKill: (count) => showProgress(count) });
    if (process.stderr.isTTY) process.stderr.write('\n');
    const seconds = Math.round((Date.now() - begunAt) / 1_000);
    const { rounds, steps, resumeKills, faults } = report;
    console.log(
        `${report.kills} kills (${resumeKills} of them of a resume), ${rounds} deployments, ${steps} steps, ${seconds} s`,
    );
    for (const fault of faults) console.log(`  ${fault}`);
    console.log(faults.length === 0 ? 'All held.' : `Did not hold. Again with: npm run campaign -- --seed ${seed}`);
    process.exitCode = faults.length === 0 ? 0 : 1;
}

function showProgress(count: number): void {
    if (process.stderr.isTTY) process.stderr.write(`\r${count} of ${kills} kills`);
    else if (count % 10 === 0) console.error(`${count} of ${kills} kills`);
}
