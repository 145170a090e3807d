/** Which targets a deploy means: what its words say, over what was said at the last one, over what the files say. */
import { isAbsolute } from 'node:path';
import {
    associateTargets,
    type Application,
    type Association,
    type TargetChoice,
    type TargetSource,
    type TargetUse,
} from '../language/index.ts';
import {
    createSecrets,
    readTargetChoices,
    strangersFor,
    withTargetFiles,
    type DeploymentTargets,
    type TargetDefinition,
} from '../runner/index.ts';
import type { Arguments, OptionTable } from './arguments.ts';
import type { DeploymentWords } from './deployment-words.ts';
import { askedKeysFault, probeAll, strangerKeysIn } from './host-keys.ts';
import type { Output } from './output.ts';
import type { ExitCode } from './verb.ts';
import { knownTargets, readChoices } from './target-files.ts';

export const TARGET = {
    target: {
        type: 'string',
        value: 'TARGET',
        isRepeatable: true,
        completes: 'target',
        help: 'who makes the machines: the id or the file of a target, local is this one; /PATH=TARGET or COMPONENT=TARGET for some of them; repeatable',
    },
} as const satisfies OptionTable;

/** An association, and the targets it was made from: those that are known and the files that were chosen. */
export interface ChosenAssociation extends Association {
    readonly sources: readonly TargetSource[];
}

/** The association of every machine, or what is wrong with the words. Its faults are still to be told. */
export function associationOf(
    args: Arguments,
    { directory, deployment }: Pick<DeploymentWords, 'directory' | 'deployment'>,
    application: Application,
): ChosenAssociation | { readonly fault: string } {
    const before = readTargetChoices(directory, deployment);
    const chosen = readChoices(args.texts('target'), withFilesOf(before, knownTargets(application)));
    if ('fault' in chosen) return chosen;
    const choices: readonly TargetChoice[] = [...before, ...chosen.choices];
    const association = associateTargets({ model: application.model, sources: chosen.sources, choices });
    return { ...association, sources: chosen.sources };
}

function withFilesOf(choices: readonly TargetChoice[], known: readonly TargetSource[]): readonly TargetSource[] {
    const files = choices.map(({ target }) => target).filter((target) => isAbsolute(target));
    return withTargetFiles(known, files);
}

/** The targets that make these machines, each once; this computer is none. */
export function definitionsFor(
    uses: readonly TargetUse[],
    { associations, definitions }: DeploymentTargets,
): readonly TargetDefinition[] {
    const ids = new Set(uses.flatMap(({ path }) => associations[path] ?? []));
    return [...ids].flatMap((id) => definitions[id] ?? []);
}

/** ` on this machine`, ` onto pool`, ` onto pool and this machine`: for a question. */
export function placeText(uses: readonly TargetUse[], { associations }: DeploymentTargets): string {
    const names = uses.map(({ path, source }) =>
        associations[path] === undefined ? 'this machine' : (source?.id ?? ''),
    );
    const found = [...new Set(names)];
    const [only = 'this machine'] = found;
    if (found.length <= 1) return only === 'this machine' ? ' on this machine' : ` onto ${only}`;
    return ` onto ${found.slice(0, -1).join(', ')} and ${found.at(-1) ?? ''}`;
}

/**
 * Before anything begins every host must be one that is known: at a terminal the keys that are not are shown and asked about. Null when
 * nothing is in the way; else the exit code, and what is missing has been said.
 */
export async function strangerFault(
    uses: readonly TargetUse[],
    targets: DeploymentTargets,
    { words, output }: { readonly words: DeploymentWords; readonly output: Output },
    signal: AbortSignal,
): Promise<ExitCode | null> {
    const { secretOf } = createSecrets(process.env);
    for (const definition of definitionsFor(uses, targets)) {
        const machineCount = uses.filter(({ path }) => targets.associations[path] === definition.id).length;
        const strangers = strangersFor(definition, machineCount, secretOf);
        if (strangers.length === 0) continue;
        const fault = output.interactive
            ? await askedFault(definition, strangers, output, signal)
            : `nothing is known of the host keys of ${strangers.join(', ')}: 'roboconf target approve ${definition.id} ${words.word}' shows and keeps them.`;
        if (fault === null) continue;
        output.fault(`roboconf deploy: ${fault}`);
        return 2;
    }
    return null;
}

async function askedFault(
    definition: TargetDefinition,
    addresses: readonly string[],
    output: Output,
    signal: AbortSignal,
): Promise<string | null> {
    const { secretOf } = createSecrets(process.env);
    const probed = await probeAll(definition, addresses, secretOf, signal);
    const keys = strangerKeysIn(probed);
    // A host that cannot be reached is told when its machine is made: another one of the pool may do.
    return keys.length === 0 ? null : askedKeysFault(keys, secretOf, output, signal);
}
