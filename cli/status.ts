/** `roboconf status`: what is deployed and how it is, without disturbing it. */
import { listDeployments, readStatus, type DeploymentListing, type DeploymentSnapshot } from '../runner/index.ts';
import type { Arguments } from './arguments.ts';
import { causeLines, deploymentWords } from './deployment.ts';
import type { Output } from './output.ts';
import { FORMAT, NAME, usageFault, wantsJson, type ExitCode, type Verb } from './verb.ts';

export const status: Verb = {
    summary: 'shows the instances of a deployment; with --all every deployment of this user',
    operands: '[DIR]',
    options: { ...NAME, ...FORMAT, all: { type: 'boolean', help: 'lists every deployment' } },
    run: async (args, output) => (args.flag('all') ? all(args, output) : one(args, output)),
};

async function one(args: Arguments, output: Output): Promise<ExitCode> {
    const words = deploymentWords(args);
    if ('fault' in words) return usageFault(output, 'status', words.fault);
    const answer = await readStatus(words.directory, words.deployment);
    const json = wantsJson(args);
    switch (answer.kind) {
        case 'none':
            if (json) output.json({ deployment: words.deployment, directory: words.directory, instances: [] });
            else
                output.line(
                    `'${words.deployment}' is not deployed. Deploy it with: roboconf deploy ${args.positionals[0] ?? '.'}`,
                );
            return 0;
        case 'damaged':
            output.note(`roboconf status: ${answer.message}`);
            return 1;
        case 'known':
            if (json) output.json({ ...answer.snapshot, alive: answer.alive, resumable: answer.resumable });
            else printSnapshot(answer.snapshot, answer, output);
            return 0;
    }
}

function printSnapshot(
    snapshot: DeploymentSnapshot,
    { alive, resumable }: { readonly alive: boolean; readonly resumable: boolean },
    output: Output,
): void {
    const state = alive
        ? 'a runner is driving it'
        : resumable
          ? 'interrupted: `roboconf resume` goes on with it'
          : 'quiet';
    output.line(output.paint('strong', `${snapshot.key.deployment}  ${state}`));
    const width = Math.max(...snapshot.instances.map((instance) => instance.path.length), 0);
    for (const instance of snapshot.instances) {
        const exports = Object.entries(instance.exports).map(([name, value]) => `${name}=${value}`);
        output.line(
            `  ${instance.path.padEnd(width)}  ${instance.status.padEnd(20)}  ${output.paint('quiet', exports.join(' '))}`.trimEnd(),
        );
        if (instance.failure !== null) for (const line of causeLines(instance)) output.line(`  ${line}`);
    }
}

async function all(args: Arguments, output: Output): Promise<ExitCode> {
    const listings = await listDeployments();
    for (const listing of listings) {
        if (wantsJson(args)) output.json(listing);
        else output.line(listingLine(listing));
    }
    if (listings.length === 0 && !wantsJson(args)) output.line('Nothing is deployed.');
    return 0;
}

function listingLine(listing: DeploymentListing): string {
    const counts = Object.entries(listing.statuses).map(([name, count]) => `${count} ${name}`);
    const state = listing.damage ?? (listing.alive ? 'running' : listing.resumable ? 'resumable' : 'quiet');
    return `${listing.key.deployment}  ${listing.key.directory}  ${state}  ${counts.join(', ')}`;
}
