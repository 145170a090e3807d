/** Which target or host a command of the Targets view is about: the row it was called on, the only one there is, or the one picked. */
import * as vscode from 'vscode';
import { parseTargetElement } from '../targets/target-element.ts';
import { hostWords } from '../targets/target-words.ts';
import type { ApplicationTargetsView, HostState, TargetView } from '../targets/targets.ts';
import { CANCELLED, done, failed, type Outcome } from '../ui/outcome.ts';
import type { CommandContext } from './command.ts';

/** A target of an application. */
export interface ChosenTarget {
    readonly application: ApplicationTargetsView;
    readonly target: TargetView;
    /** The host whose row it was; null when the target as a whole is meant. */
    readonly host: HostState | null;
}

/** `usable` tells targets that the command can do something with. What is shown is read first when nothing was. */
export async function chooseTarget(
    ctx: Pick<CommandContext, 'targets'>,
    argument: unknown,
    title: string,
    usable: (target: TargetView) => boolean,
): Promise<Outcome<ChosenTarget>> {
    const given = await givenTarget(ctx, argument);
    if (given !== undefined) return done(given);
    if (ctx.targets.list().length === 0) await ctx.targets.refresh();
    const all = ctx.targets
        .list()
        .flatMap((application) =>
            application.targets.filter(usable).map((target) => ({ application, target, host: null })),
        );
    const [only] = all;
    if (only === undefined) return failed({ kind: 'noTarget' });
    if (all.length === 1) return done(only);
    const items = all.map((chosen) => ({ chosen, ...itemOf(chosen) }));
    const picked = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
    return picked === undefined ? CANCELLED : done(picked.chosen);
}

/** The host of a target that a command is about, of those it can do something with. */
export async function chooseHost(
    { target, host }: ChosenTarget,
    title: string,
    usable: (host: HostState) => boolean,
): Promise<HostState | undefined> {
    if (host !== null) return host;
    const hosts = target.hosts.filter(usable);
    if (hosts.length <= 1) return hosts[0];
    const items = hosts.map((each) => {
        return { label: each.address, description: hostWords(each), host: each };
    });
    return (await vscode.window.showQuickPick(items, { title }))?.host;
}

async function givenTarget(
    { targets }: Pick<CommandContext, 'targets'>,
    argument: unknown,
): Promise<ChosenTarget | undefined> {
    const element = parseTargetElement(argument);
    if (element === undefined || (element.kind !== 'target' && element.kind !== 'host')) return undefined;
    const find = (): ChosenTarget | undefined => {
        const application = targets.list().find(({ directory }) => directory === element.directory);
        const target = application?.targets.find(({ source }) => source.file === element.file);
        if (application === undefined || target === undefined) return undefined;
        const address = element.kind === 'host' ? element.address : null;
        return { application, target, host: target.hosts.find((host) => host.address === address) ?? null };
    };
    const known = find();
    if (known !== undefined) return known;
    await targets.refresh();
    return find();
}

function itemOf({ application, target: { source } }: ChosenTarget): vscode.QuickPickItem {
    const label = `$(remote) ${source.id ?? source.name}`;
    return { label, description: application.name, detail: vscode.workspace.asRelativePath(source.file) };
}
