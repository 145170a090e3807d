/** From the handler of a target to what makes its machines and runs recipes on them. */
import { join } from 'node:path';
import { systemClock } from '../clock.ts';
import { openInMemoryTarget } from './in-memory-target.ts';
import { SCRIPT_ATTEMPT, withScripts } from './machine-scripts.ts';
import type { TargetAdapter, TargetContext, TargetFailure } from './target.ts';

/**
 * Opens the target of a context, with the scripts that are to run on its machines. What it needs is loaded then, not before: most
 * deployments stay on this computer.
 */
export async function openTarget(context: TargetContext): Promise<TargetAdapter | TargetFailure> {
    // Outputs of its scripts are no steps of the journal.
    const stepDirectoryOf = (attempt: string): string =>
        attempt.startsWith(SCRIPT_ATTEMPT)
            ? join(context.machineFolder, 'scripts', attempt)
            : context.stepDirectoryOf(attempt);
    const adapter = await openHandler({ ...context, stepDirectoryOf });
    return 'kind' in adapter ? adapter : withScripts(adapter, context);
}

async function openHandler(context: TargetContext): Promise<TargetAdapter | TargetFailure> {
    const { handler, id } = context.definition;
    switch (handler) {
        case 'in-memory':
            return openInMemoryTarget(context, process.env, systemClock);
        case 'embedded': {
            const { openEmbedded } = await import('./embedded.ts');
            return openEmbedded(context, process.env);
        }
        default:
            return {
                kind: 'failed',
                reason: `the handler '${handler}' of the target '${id}' is not one this runner can drive`,
            };
    }
}
