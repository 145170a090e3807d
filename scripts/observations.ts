/** Keeps what was counted of faults, for docs/reliability.md. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { observationsFile, readObservations, type Observation } from './reliability-page.ts';
import { root } from './steps.ts';

/** Puts what was counted of one fault in the place of what was counted before. */
export async function keepObservation(
    id: string,
    counted: Pick<Observation, 'passed' | 'failed' | 'figures'>,
): Promise<void> {
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
    const observations = { ...readObservations(root), [id]: { commit, node: process.version, ...counted } };
    const sorted = Object.fromEntries(Object.entries(observations).sort(([left], [right]) => (left < right ? -1 : 1)));
    const file = observationsFile(root);
    const config = { ...(await resolveConfig(file)), filepath: file };
    writeFileSync(file, await format(JSON.stringify(sorted), config));
}
