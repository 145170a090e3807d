/** `roboconf target`: the targets of an application, and the machines of their pools. */
import { targetDefinitionOf, type Association, type TargetSource } from '../language/index.ts';
import { createSecrets } from '../runner/index.ts';
import { locateDirectory } from './application.ts';
import type { Arguments } from './arguments.ts';
import { associationOf } from './deploy-targets.ts';
import type { Output } from './output.ts';
import { TARGET_ACTIONS } from './target-actions.ts';
import { knownTargets, namedTarget } from './target-files.ts';
import { approvePool, testPool } from './target-hosts.ts';
import { listingLines, targetListings, type TargetListing } from './target-list.ts';
import { FORMAT, NAME, usageFault, wantsJson, YES, type ExitCode, type Verb } from './verb.ts';

export const target: Verb = {
    group: 'looking',
    summary: 'lists the targets of an application, tests their machines, approves the keys of hosts',
    operands: 'list [DIR] | test TARGET [DIR] | approve TARGET [DIR]',
    operandKinds: ['action', 'target'],
    examples: [
        ['roboconf target list my-app', 'every target, what it makes, and who has which machine of its pool'],
        ['roboconf target test pool my-app', 'connects to each machine of the pool and tells what it is'],
        ['roboconf target approve pool my-app', 'shows the keys of hosts that are not known, and asks'],
        ['roboconf target approve pool --fingerprint SHA256:… --yes', 'approves this very key, without a terminal'],
    ],
    options: {
        host: { type: 'string', value: 'ADDRESS', help: 'only this machine of the pool, as the target file has it' },
        fingerprint: { type: 'string', value: 'SHA256:…', help: 'only the key with this fingerprint' },
        ...YES,
        ...NAME,
        ...FORMAT,
    },
    run: async (args, output, signal) => {
        const [action, ...rest] = args.positionals;
        if (action === 'list') return list(args, rest, output);
        if (action === 'test' || action === 'approve') return onPool(action, { args, rest, output }, signal);
        return usageFault(output, 'target', `say what is to be done: ${TARGET_ACTIONS.join(', ')}`);
    },
};

async function list(args: Arguments, [word = '.', ...surplus]: readonly string[], output: Output): Promise<ExitCode> {
    if (surplus.length > 0) return usageFault(output, 'target', `'${surplus[0] ?? ''}' is one word too many`);
    const located = locateDirectory(word);
    if (located.kind === 'absent') return usageFault(output, 'target', located.message);
    const { application } = located;
    const deployment = args.text('name') ?? application.model.name;
    const association = associationOf(args, { directory: application.directory, deployment }, application);
    if ('fault' in association) return usageFault(output, 'target', association.fault);
    const listings = targetListings(association.sources, association, createSecrets(process.env).secretOf);
    if (wantsJson(args)) for (const listing of listings) output.json(listing);
    else showList(listings, association, output);
    return 0;
}

function showList(listings: readonly TargetListing[], { uses, faults }: Association, output: Output): void {
    for (const listing of listings) for (const line of listingLines(listing, output)) output.line(line);
    // A choice that means no target any more is among the faults, and says nothing of this machine.
    const isChosen = faults.every(({ kind }) => kind !== 'choice');
    const here = uses.filter(({ source, because }) => source === null && (isChosen || because === 'none'));
    if (here.length > 0)
        output.line(`${output.paint('strong', 'this machine')}  makes ${here.map(({ path }) => path).join(', ')}`);
    if (listings.length === 0 && faults.length === 0)
        output.note('There are no target files: all machines are directories of this one.');
    for (const { message } of faults) output.note(output.paintNote('warning', message));
}

interface PoolCall {
    readonly args: Arguments;
    readonly rest: readonly string[];
    readonly output: Output;
}

async function onPool(
    action: 'test' | 'approve',
    { args, rest: [word, directory = '.', ...surplus], output }: PoolCall,
    signal: AbortSignal,
): Promise<ExitCode> {
    if (word === undefined) return usageFault(output, 'target', `name a target: roboconf target ${action} TARGET`);
    if (surplus.length > 0) return usageFault(output, 'target', `'${surplus[0] ?? ''}' is one word too many`);
    const source = namedTarget(word, targetsFrom(directory));
    if ('fault' in source) return usageFault(output, 'target', source.fault);
    const definition = targetDefinitionOf(source);
    if (definition === null) return usageFault(output, 'target', `${source.file} has no id or no handler`);
    const { secretOf } = createSecrets(process.env);
    const words = { word: directory === '.' ? word : `${word} ${directory}`, definition, secretOf, args, output };
    return action === 'test' ? testPool(words, signal) : approvePool(words, signal);
}

/** A target file needs no application around. */
function targetsFrom(directory: string): readonly TargetSource[] {
    const located = locateDirectory(directory);
    return located.kind === 'absent' ? [] : knownTargets(located.application);
}
