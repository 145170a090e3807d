/** `roboconf target test` and `roboconf target approve`: what is done with the machines of one pool. */
import type { ProbeOutcome, SecretLookup, TargetDefinition } from '../runner/index.ts';
import { poolAddresses } from '../runner/index.ts';
import type { Arguments } from './arguments.ts';
import { askedKeysFault, keepFault, keyLines, probeAll, strangerKeysIn, type Probed } from './host-keys.ts';
import type { Output } from './output.ts';
import { wantsJson, type ExitCode } from './verb.ts';

/** The pool that is meant, and what secrets there are. */
export interface PoolWords {
    /** How the user wrote target and directory: `pool my-app`. */
    readonly word: string;
    readonly definition: TargetDefinition;
    readonly secretOf: SecretLookup;
    readonly args: Arguments;
    readonly output: Output;
}

/** Connects to every machine and tells what it is; 1 when one of them cannot be used. */
export async function testPool(words: PoolWords, signal: AbortSignal): Promise<ExitCode> {
    const { output, args } = words;
    const probed = await probedPool(words, signal);
    if (typeof probed === 'number') return probed;
    for (const { address, outcome } of probed) {
        if (wantsJson(args)) output.json(jsonOf(address, outcome));
        else for (const line of probeLines(address, outcome, output)) output.line(line);
    }
    const strangers = strangerKeysIn(probed);
    if (strangers.length > 0 && !wantsJson(args))
        output.note(`'roboconf target approve ${words.word}' shows the keys that are not known, and keeps them.`);
    return probed.every(({ outcome }) => outcome.kind === 'answers') ? 0 : 1;
}

/** Keeps keys of hosts that are not known yet, once somebody says that they are theirs. Other keys than those known are never kept. */
export async function approvePool(words: PoolWords, signal: AbortSignal): Promise<ExitCode> {
    const { args, output } = words;
    const wanted = args.text('fingerprint');
    if (args.flag('yes') && wanted === undefined)
        return faulted(
            output,
            'say with --fingerprint which key is meant: --yes alone would trust whoever answers.',
            2,
        );
    const probed = await probedPool(words, signal);
    if (typeof probed === 'number') return probed;
    const strangers = strangerKeysIn(probed);
    const keys = wanted === undefined ? strangers : strangers.filter(({ fingerprint }) => fingerprint === wanted);
    if (keys.length === 0 && wanted !== undefined) return faulted(output, notShownText(wanted, probed), 1);
    const code = keys.length === 0 ? null : await keptFault(words, keys, signal);
    return code ?? othersCode(probed, output);
}

/** Says what is wrong with hosts whose keys are not the matter. */
function othersCode(probed: readonly Probed[], output: Output): ExitCode {
    const faults = probed.flatMap(({ outcome }) =>
        outcome.kind === 'refused' && outcome.code !== 'hostKeyUnknown' ? [outcome.message] : [],
    );
    for (const message of faults) output.fault(message);
    if (probed.every(({ outcome }) => outcome.kind === 'answers')) output.note('All keys are known already.');
    return faults.length === 0 ? 0 : 1;
}

/** Asks, unless the very key was named with `--yes`. Null when all were kept. */
async function keptFault(
    { args, output, secretOf, word }: PoolWords,
    keys: ReturnType<typeof strangerKeysIn>,
    signal: AbortSignal,
): Promise<ExitCode | null> {
    if (args.flag('yes')) {
        const fault = keepFault(keys, secretOf, output);
        return fault === null ? null : faulted(output, fault, 1);
    }
    if (!output.interactive) {
        for (const line of keyLines(keys, output)) output.fault(line);
        const text = `there is no terminal to ask at: compare the fingerprints, then add --fingerprint SHA256:… --yes for each to 'roboconf target approve ${word}'.`;
        return faulted(output, text, 2);
    }
    const fault = await askedKeysFault(keys, secretOf, output, signal);
    return fault === null ? null : faulted(output, fault, 2);
}

/** What came of connecting to each address, or to the one that `--host` names; an exit code when there is nothing to connect to. */
async function probedPool(
    { args, definition, secretOf, output }: PoolWords,
    signal: AbortSignal,
): Promise<readonly Probed[] | ExitCode> {
    const pool = poolAddresses(definition, secretOf);
    if ('kind' in pool) return faulted(output, pool.reason, 1);
    const host = args.text('host');
    const all = pool.map(({ address }) => address);
    if (all.length === 0)
        return faulted(output, `the target '${definition.id}' has no pool of machines to connect to.`, 2);
    const chosen = host === undefined ? all : all.filter((address) => address === host);
    if (chosen.length === 0)
        return faulted(output, `'${host ?? ''}' is not in the pool of '${definition.id}': ${all.join(', ')}.`, 2);
    return probeAll(definition, chosen, secretOf, signal);
}

function notShownText(wanted: string, probed: readonly Probed[]): string {
    return probed.some(({ outcome }) => outcome.kind === 'refused' && outcome.code === 'hostKeyUnknown')
        ? `no host that is not known shows the key ${wanted}.`
        : `every host that answers is known already, and none is waiting for ${wanted}.`;
}

function probeLines(address: string, outcome: ProbeOutcome, { paint }: Output): readonly string[] {
    if (outcome.kind === 'refused') return [`${paint('error', '✗')} ${address}  ${outcome.message}`];
    const { host, connectMs, system, release, canBecomeRoot, warnings } = outcome;
    const rights = canBecomeRoot ? 'root is possible' : 'no root';
    const facts = [`${host} in ${Math.round(connectMs)} ms`, release, system, rights].filter((fact) => fact !== '');
    return [
        `${paint('added', '✓')} ${address}  ${facts.join(', ')}`,
        ...warnings.map((warning) => `  ${paint('warning', warning)}`),
    ];
}

function jsonOf(address: string, outcome: ProbeOutcome): object {
    if (outcome.kind === 'answers') return { address, ...outcome };
    const { kind, code, message, hostKey } = outcome;
    return { address, kind, code, message, hostKey };
}

function faulted(output: Output, text: string, code: ExitCode): ExitCode {
    output.fault(`roboconf target: ${text}`);
    return code;
}
