/** Host keys that nobody has vouched for: shown, asked about, and kept exactly as they were shown. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ProbeOutcome } from '../../runner/index.ts';
import { CANCELLED, DONE, failed, type Outcome } from '../ui/outcome.ts';
import type { KeyedTarget, TargetAccess } from './target-access.ts';

/** A key that an address showed and of which nothing is known. */
export interface StrangerKey {
    readonly target: KeyedTarget;
    /** As the pool has it. */
    readonly address: string;
    /** The host that showed it, such as `root@10.0.0.11`: one on the way to the address shows its key first. */
    readonly host: string;
    readonly algorithm: string;
    /** `SHA256:…` */
    readonly fingerprint: string;
    /** Base64. */
    readonly key: string;
    readonly knownHostsFile: string | null;
}

/** The key among what came of connecting; undefined when it is known, or not the matter. */
export function strangerKeyOf(target: KeyedTarget, address: string, outcome: ProbeOutcome): StrangerKey | undefined {
    if (outcome.kind !== 'refused' || outcome.code !== 'hostKeyUnknown' || outcome.hostKey === null) return undefined;
    const { host, hostKey, knownHostsFile } = outcome;
    return { target, address, host, knownHostsFile, ...hostKey };
}

/** Shows keys and keeps them when somebody says that they are those of the hosts. Nothing else is ever kept. At least one key. */
export async function approveKeys(
    access: Pick<TargetAccess, 'approve'>,
    keys: readonly StrangerKey[],
): Promise<Outcome<undefined>> {
    const [question, detail] = [questionOf(keys), detailOf(keys)];
    const approve = keys.length === 1 ? vscode.l10n.t('Approve') : vscode.l10n.t('Approve All');
    if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, approve)) !== approve)
        return CANCELLED;
    for (const { target, address, host, key } of keys) {
        const kept = await access.approve(target, address, key);
        if (kept.kind === 'failed') return failed({ kind: 'keyNotKept', host, reason: kept.reason });
    }
    return DONE;
}

function questionOf(keys: readonly StrangerKey[]): string {
    const [first] = keys;
    return keys.length === 1
        ? vscode.l10n.t('Is this the key of {0}?', first?.host ?? '')
        : vscode.l10n.t('Are these the keys of these {0} hosts?', keys.length);
}

function detailOf(keys: readonly StrangerKey[]): string {
    const files = [
        ...new Set(keys.flatMap(({ knownHostsFile }) => (knownHostsFile === null ? [] : shortPath(knownHostsFile)))),
    ];
    return [
        ...keys.map((key) => keyLine(key, keys.length > 1)),
        '',
        vscode.l10n.t(
            'Nothing is known of it yet. Whoever stands between here and the host could show a key as well, and would get the recipes and the login.',
        ),
        '',
        vscode.l10n.t('On the host itself this shows the fingerprint of its key:'),
        ...new Set(keys.map(({ algorithm }) => `ssh-keygen -lf /etc/ssh/ssh_host_${keyNameOf(algorithm)}_key.pub`)),
        '',
        vscode.l10n.t('Approving adds what is shown here to {0}.', files.join(', ')),
    ].join('\n');
}

function keyLine({ host, algorithm, fingerprint }: StrangerKey, isNamed: boolean): string {
    return isNamed ? `${host}: ${algorithm} ${fingerprint}` : `${algorithm} ${fingerprint}`;
}

/** The word for a kind of key in the names of files of a host. */
function keyNameOf(algorithm: string): string {
    return ['ed25519', 'ecdsa', 'rsa'].find((name) => algorithm.toLowerCase().includes(name)) ?? '*';
}

function shortPath(file: string): string {
    const home = homedir();
    return file.startsWith(join(home, '/')) ? `~${file.slice(home.length)}` : file;
}
