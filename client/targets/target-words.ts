/** What is known of a host, in words. */
import * as vscode from 'vscode';
import type { ConnectRefusalCode, PoolHolder, ProbeOutcome } from '../../runner/index.ts';
import type { HostState, HostTest } from './targets.ts';

/** `free`, or who has it: `shop /vm 1`. */
function holderWords(holder: PoolHolder | null): string {
    if (holder === null) return vscode.l10n.t('free');
    return holder.deployment === null
        ? vscode.l10n.t('{0} of an unknown deployment', holder.path)
        : `${holder.deployment.deployment} ${holder.path}`;
}

/** What is said of a host in its row, the first that matters first: what is wrong with it, who has it, how it was reached. */
export function hostWords(host: HostState): string {
    const [test, holder] = [testWords(host), holderWords(host.holder)];
    if (test === null) return holder;
    const isWell = !host.isLost && host.test?.kind === 'tested' && host.test.outcome.kind === 'answers';
    return (isWell && host.holder !== null ? [holder, test] : [test, holder]).join(' · ');
}

/** What came of connecting, in a few words; without a test, whether the host key is known. */
function testWords({ test, isStranger, isLost }: HostState): string | null {
    if (test?.kind === 'testing') return vscode.l10n.t('connecting…');
    if (isLost) return vscode.l10n.t('does not answer');
    if (test === null) return isStranger ? vscode.l10n.t('host key not approved') : null;
    return outcomeWords(test.outcome);
}

function outcomeWords(outcome: ProbeOutcome): string {
    if (outcome.kind === 'refused') return refusalWords(outcome.code);
    const connected = vscode.l10n.t('connected in {0} ms', Math.round(outcome.connectMs));
    return [connected, outcome.release || outcome.system].filter((words) => words !== '').join(' · ');
}

/** Why a host cannot be used, in a few words. */
function refusalWords(code: ConnectRefusalCode): string {
    switch (code) {
        case 'hostKeyUnknown':
            return vscode.l10n.t('host key not approved');
        case 'hostKeyChanged':
            return vscode.l10n.t('host key changed');
        case 'authentication':
            return vscode.l10n.t('login refused');
        case 'unreachable':
            return vscode.l10n.t('does not answer');
        case 'configuration':
            return vscode.l10n.t('cannot be tried');
        default:
            return code satisfies never;
    }
}

export interface HostLook {
    /** Id of a product icon: no two states share a shape. */
    readonly icon: string;
    /** Id of a theme colour; null = that of ordinary text. */
    readonly colour: string | null;
}

const TROUBLE = 'problemsErrorIcon.foreground';
const WARNING = 'problemsWarningIcon.foreground';

/** How a host looks. */
export function hostLook({ test, isStranger, holder, isLost }: HostState): HostLook {
    if (test?.kind === 'testing') return { icon: 'sync~spin', colour: 'charts.blue' };
    if (isLost) return { icon: 'debug-disconnect', colour: TROUBLE };
    const known = test === null ? null : outcomeLook(test);
    if (known !== null) return known;
    if (isStranger) return { icon: 'key', colour: WARNING };
    return holder === null ? { icon: 'vm-outline', colour: null } : { icon: 'vm-active', colour: null };
}

function outcomeLook({ outcome }: Extract<HostTest, { kind: 'tested' }>): HostLook {
    if (outcome.kind === 'answers') return { icon: 'pass', colour: 'testing.iconPassed' };
    switch (outcome.code) {
        case 'hostKeyUnknown':
            return { icon: 'key', colour: WARNING };
        case 'hostKeyChanged':
            return { icon: 'shield', colour: TROUBLE };
        case 'authentication':
            return { icon: 'lock', colour: TROUBLE };
        case 'unreachable':
            return { icon: 'debug-disconnect', colour: TROUBLE };
        case 'configuration':
            return { icon: 'warning', colour: WARNING };
        default:
            return outcome.code satisfies never;
    }
}

/** All that is known of a host, a line each. */
export function hostLines(host: HostState): readonly string[] {
    const { test, isStranger, holder } = host;
    const lines = [holder === null ? holderWords(holder) : vscode.l10n.t('Used by {0}', holderWords(holder))];
    if (host.isLost) return [...lines, vscode.l10n.t('The runner of the deployment finds that it does not answer.')];
    if (test === null || test.kind === 'testing') return isStranger ? [...lines, strangerText()] : lines;
    const { outcome } = test;
    if (outcome.kind === 'refused') return [...lines, outcome.message];
    const { host: label, system, canBecomeRoot, warnings } = outcome;
    const rights = canBecomeRoot ? vscode.l10n.t('Root is possible') : vscode.l10n.t('Root is not possible');
    return [...lines, label, outcomeWords(outcome), system, rights, ...warnings].filter((line) => line !== '');
}

function strangerText(): string {
    return vscode.l10n.t('Its host key is not known yet: testing the connection shows it.');
}
