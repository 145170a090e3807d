/** Machines others depend on: what is done to them needs the name of the deployment, typed or given. */
import { createInterface } from 'node:readline/promises';
import { isProduction, type TargetUse } from '../language/index.ts';
import type { TargetDefinition } from '../runner/index.ts';
import type { Arguments, OptionTable } from './arguments.ts';
import type { Output } from './output.ts';
import type { ExitCode } from './verb.ts';

export const CONFIRM = {
    confirm: {
        type: 'string',
        value: 'NAME',
        completes: 'deployment',
        help: 'the name of the deployment, where its target is marked as production: --yes alone is refused there',
    },
} as const satisfies OptionTable;

/** Names of the targets among these that are marked as production, each once. */
export function productionTargetsOf(
    targets: readonly (Pick<TargetDefinition, 'id' | 'properties'> | null)[],
): readonly string[] {
    const marked = targets.flatMap((target) => (target !== null && isProduction(target.properties) ? [target.id] : []));
    return [...new Set(marked)];
}

/** What makes these machines, for `productionTargetsOf`. */
export function targetsOfUses(
    uses: readonly TargetUse[],
): readonly (Pick<TargetDefinition, 'id' | 'properties'> | null)[] {
    return uses.map(({ source }) =>
        source === null ? null : { id: source.id ?? source.name, properties: source.properties },
    );
}

/** Null when the name was given or typed, or no target asks for it; else the exit code, and what is missing has been said. */
export async function unconfirmedCode(
    verb: string,
    { deployment, targets }: { readonly deployment: string; readonly targets: readonly string[] },
    { args, output }: { readonly args: Arguments; readonly output: Output },
    signal: AbortSignal,
): Promise<ExitCode | null> {
    if (targets.length === 0) return null;
    const place = `${targets.join(', ')} ${targets.length === 1 ? 'is' : 'are'} marked as production`;
    const given = args.text('confirm');
    if (given === undefined && !output.interactive) {
        output.fault(`roboconf ${verb}: ${place}: add --confirm ${deployment}.`);
        return 2;
    }
    const typed = given ?? (await typedName(`${place}. Type the name of the deployment to ${verb}: `, signal));
    if (typed === deployment) return null;
    output.fault(`roboconf ${verb}: nothing was changed: the name of the deployment is '${deployment}'.`);
    return 2;
}

async function typedName(question: string, signal: AbortSignal): Promise<string> {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    // Ctrl+C and Ctrl+D are no name.
    const left = new AbortController();
    terminal.once('close', () => left.abort());
    try {
        return (await terminal.question(question, { signal: AbortSignal.any([left.signal, signal]) })).trim();
    } catch (error) {
        if (!left.signal.aborted) throw error;
        process.stderr.write('\n');
        return '';
    } finally {
        terminal.close();
    }
}
