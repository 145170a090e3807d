/** Host keys that nobody has vouched for: shown, asked about, and written to the file of known hosts. */
import {
    approveAddress,
    probeAddress,
    type ProbeOutcome,
    type SecretLookup,
    type TargetDefinition,
} from '../runner/index.ts';
import { agreed } from './confirm.ts';
import type { Output } from './output.ts';

/** An address of a pool, and what came of connecting to it. */
export interface Probed {
    readonly definition: TargetDefinition;
    readonly address: string;
    readonly outcome: ProbeOutcome;
}

/** A key that an address showed, and that nothing is known of. */
export interface StrangerKey {
    readonly definition: TargetDefinition;
    readonly address: string;
    readonly algorithm: string;
    readonly fingerprint: string;
    /** Base64. */
    readonly key: string;
}

/** Connects to addresses, all at one time; answers in their order. */
export function probeAll(
    definition: TargetDefinition,
    addresses: readonly string[],
    secretOf: SecretLookup,
    signal: AbortSignal,
): Promise<readonly Probed[]> {
    const probe = async (address: string): Promise<Probed> => {
        return { definition, address, outcome: await probeAddress(definition, address, secretOf, signal) };
    };
    return Promise.all(addresses.map(probe));
}

/** The keys among what came of connecting that are of no known host. */
export function strangerKeysIn(probed: readonly Probed[]): readonly StrangerKey[] {
    return probed.flatMap(({ definition, address, outcome }) => {
        if (outcome.kind !== 'refused' || outcome.code !== 'hostKeyUnknown' || outcome.hostKey === null) return [];
        return [{ definition, address, ...outcome.hostKey }];
    });
}

/** One line a key: address, kind, fingerprint. */
export function keyLines(keys: readonly StrangerKey[], { paintNote }: Pick<Output, 'paintNote'>): readonly string[] {
    return keys.map(
        ({ address, algorithm, fingerprint }) => `  ${address}  ${algorithm} ${paintNote('strong', fingerprint)}`,
    );
}

/** Shows the keys and asks whether they are those of the hosts; null when they are and were kept, else why not. */
export async function askedKeysFault(
    keys: readonly StrangerKey[],
    secretOf: SecretLookup,
    output: Output,
    signal: AbortSignal,
): Promise<string | null> {
    output.fault(keys.length === 1 ? 'The key of a host is not known:' : 'The keys of these hosts are not known:');
    for (const line of keyLines(keys, output)) output.fault(line);
    const question = `Are these the fingerprints of the hosts themselves (ssh-keygen -lf /etc/ssh/ssh_host_…_key.pub there shows them)?`;
    if (!(await agreed(question, signal))) return 'nothing was changed.';
    return keepFault(keys, secretOf, output);
}

/** Writes keys to the files of known hosts; why that was not possible, or null. */
export function keepFault(keys: readonly StrangerKey[], secretOf: SecretLookup, output: Output): string | null {
    for (const { definition, address, key } of keys) {
        const approved = approveAddress(definition, address, key, secretOf);
        if (approved.kind === 'failed') return `${address}: ${approved.reason}`;
        output.note(`${address} is known from now on.`);
    }
    return null;
}
