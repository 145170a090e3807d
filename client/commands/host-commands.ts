/** Commands that connect to hosts of targets: Test Connection and Approve Host Key. Each checks trust itself, whatever the menus hide. */
import * as vscode from 'vscode';
import { approveKeys, strangerKeyOf } from '../targets/host-keys.ts';
import type { HostState, TestedHost } from '../targets/targets.ts';
import { signalOf } from '../ui/cancellation.ts';
import type { RefusedHost } from '../ui/failures.ts';
import { CANCELLED, DONE, failed, type Outcome } from '../ui/outcome.ts';
import { chooseHost, chooseTarget, type ChosenTarget } from './choose-target.ts';
import type { CommandContext, CommandTable } from './command.ts';

/** Handlers by command name, without the prefix `roboconf.`. */
export function hostCommands(ctx: CommandContext): CommandTable {
    return {
        testTarget: (argument, signal) => testTarget(ctx, argument, signal),
        approveHostKey: (argument, signal) => approveHostKey(ctx, argument, signal),
    };
}

/** Connects to a host, or to all of a target. Fails with those that cannot be used. */
async function testTarget(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    if (!vscode.workspace.isTrusted) return failed({ kind: 'notTrustedToConnect' });
    const title = vscode.l10n.t('Choose the target to test');
    const chosen = await chooseTarget(ctx, argument, title, ({ hosts }) => hosts.length > 0);
    if (chosen.kind !== 'done') return chosen;
    const { target, host } = chosen.value;
    const hosts = host === null ? target.hosts : [host];
    if (hosts.length === 0) return failed({ kind: 'nothingToDo', deed: 'test' });
    const tested = await testHosts(ctx, chosen.value, hosts, signal);
    return tested === undefined ? CANCELLED : endOf(chosen.value, tested);
}

async function testHosts(
    { targets }: CommandContext,
    { application, target }: ChosenTarget,
    hosts: readonly HostState[],
    signal: AbortSignal,
): Promise<readonly TestedHost[] | undefined> {
    const { source } = target;
    const addresses = hosts.map(({ address }) => address);
    const title = vscode.l10n.t('Connecting to {0}', addresses.length === 1 ? (addresses[0] ?? '') : (source.id ?? ''));
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    return vscode.window.withProgress(options, async (_progress, token) => {
        const { signal: until, dispose } = signalOf(token, signal);
        try {
            return await targets.test({ directory: application.directory, source, addresses }, until);
        } catch (fault) {
            if (until.aborted) return undefined;
            throw fault;
        } finally {
            dispose();
        }
    });
}

function endOf({ application, target: { source } }: ChosenTarget, tested: readonly TestedHost[]): Outcome<unknown> {
    const hosts = tested.flatMap(({ address, outcome }): readonly RefusedHost[] => {
        if (outcome.kind === 'answers') return [];
        const { code, message, knownHostsFile } = outcome;
        return [{ address, code, message, knownHostsFile }];
    });
    if (hosts.length === 0) return DONE;
    const { directory } = application;
    return failed({ kind: 'hostsRefused', directory, file: source.file, target: source.id ?? source.name, hosts });
}

/** Shows the key that a host shows at this moment, keeps exactly that when it is approved, and connects again: behind a host on the way there is another key. */
async function approveHostKey(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    if (!vscode.workspace.isTrusted) return failed({ kind: 'notTrustedToConnect' });
    const isUnknown = ({ isStranger, test }: HostState): boolean =>
        isStranger || (test?.kind === 'tested' && test.outcome.kind === 'refused');
    const title = vscode.l10n.t('Choose the host whose key is approved');
    const chosen = await chooseTarget(ctx, argument, title, ({ hosts }) => hosts.some(isUnknown));
    if (chosen.kind !== 'done') return chosen;
    const host = await chooseHost(chosen.value, title, isUnknown);
    if (host === undefined) return failed({ kind: 'nothingToDo', deed: 'approve' });
    const { application, target } = chosen.value;
    const keyed = await ctx.targets.keyed(application.directory, target.source);
    if (keyed === undefined) return failed({ kind: 'nothingToDo', deed: 'approve' });
    for (;;) {
        const tested = await testHosts(ctx, chosen.value, [host], signal);
        const [first] = tested ?? [];
        if (tested === undefined || first === undefined) return CANCELLED;
        const key = strangerKeyOf(keyed, host.address, first.outcome);
        // A key that changed ends here: it is told, and there is no button for it.
        if (key === undefined) return endOf(chosen.value, tested);
        const approved = await approveKeys(ctx.targetAccess, [key]);
        if (approved.kind !== 'done') return approved;
        await ctx.targets.refresh();
    }
}
