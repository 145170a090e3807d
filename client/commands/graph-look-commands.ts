/** Commands about the way a graph is looked at: what its nodes are, what is folded, what is drawn over it, and where it is shown. They run no recipe. */
import * as vscode from 'vscode';
import type { Perspective } from '../../language/index.ts';
import type { PlannedOrder } from '../../runner/index.ts';
import type { GraphPanel } from '../graph/graph-panel.ts';
import type { Shown } from '../graph/graph-session.ts';
import { withAllClosed, withAllOpen, withEverything, withFocus } from '../graph/looks.ts';
import { CANCELLED, DONE, failed, type Outcome } from '../ui/outcome.ts';
import { chooseApplication } from './choose.ts';
import type { Command, CommandContext, CommandTable } from './command.ts';
import { confirm } from './confirm.ts';
import { parseNodeTarget } from './node-target.ts';
import { parseTarget } from './target.ts';

/** Handlers by command name, without the prefix `roboconf.`. */
export function graphLookCommands(ctx: CommandContext): CommandTable {
    const onGraph = (deed: (graph: GraphPanel, node: string | undefined) => void): Command => {
        return (argument) => Promise.resolve(withGraph(ctx, argument, deed));
    };
    const showing =
        (shown: Shown): Command =>
        (argument, signal) =>
            showOver(ctx, argument, shown, signal);
    const turnedTo =
        (perspective: Perspective): Command =>
        (argument, signal) =>
            showPerspective(ctx, argument, perspective, signal);
    return {
        'graph.showComponents': turnedTo('components'),
        'graph.showInstances': turnedTo('instances'),
        'graph.showHosts': turnedTo('hosts'),
        'graph.find': onGraph((graph) => {
            graph.frame.reveal(false);
            graph.find();
        }),
        'graph.collapseAll': onGraph((graph) => graph.relook(withAllClosed)),
        'graph.expandAll': onGraph((graph) => graph.relook(withAllOpen)),
        'graph.focus': (argument) => Promise.resolve(focus(ctx, argument)),
        'graph.showAll': onGraph((graph) => graph.relook(withEverything)),
        'graph.showPlan': showing('plan'),
        'graph.planNode': (argument) => planNode(ctx, argument),
        'graph.compareCommit': showing('changesSinceCommit'),
        'graph.compareDeployment': showing('changesSinceDeployment'),
        'graph.hideOverlay': onGraph((graph) => graph.show('nothing')),
        'graph.export': (argument) => save(ctx, argument),
        'graph.openInWindow': (argument, signal) => openInWindow(ctx, argument, signal),
        'graph.resetPosition': (argument) => resetPosition(ctx, argument),
        'graph.resetPositions': (argument) => resetPositions(ctx, argument),
        'graph.undoMove': (argument) => undoMove(ctx, argument),
    };
}

/** The graph that a menu of a page names, else the one that commands are about. */
function graphOf({ graphs }: CommandContext, argument: unknown): GraphPanel | undefined {
    return graphs.current(parseNodeTarget(argument)?.application);
}

function withGraph(
    ctx: CommandContext,
    argument: unknown,
    deed: (graph: GraphPanel, node: string | undefined) => void,
): Outcome<unknown> {
    const graph = graphOf(ctx, argument);
    if (graph === undefined) return failed({ kind: 'noGraph' });
    deed(graph, parseNodeTarget(argument)?.node ?? graph.selected());
    return DONE;
}

function focus(ctx: CommandContext, argument: unknown): Outcome<unknown> {
    const graph = graphOf(ctx, argument);
    if (graph === undefined) return failed({ kind: 'noGraph' });
    const node = parseNodeTarget(argument)?.node ?? graph.selected();
    if (node === undefined) return failed({ kind: 'noNodeSelected' });
    graph.relook((look) => withFocus(look, node));
    return DONE;
}

/** In the graph there is; without one, in a new one of the application that is chosen. */
async function showOver(
    ctx: CommandContext,
    argument: unknown,
    shown: Shown,
    signal: AbortSignal,
): Promise<Outcome<unknown>> {
    const graph = parseTarget(argument).kind === 'none' ? graphOf(ctx, argument) : undefined;
    if (graph !== undefined) {
        graph.frame.reveal(true);
        graph.show(shown);
        return DONE;
    }
    const title = vscode.l10n.t('Choose the application to draw');
    const chosen = await chooseApplication(ctx, argument, title, signal);
    if (chosen.kind !== 'done') return chosen;
    const { directoryUri, model } = chosen.value;
    const perspective = shown === 'plan' ? ({ perspective: 'instances' } as const) : {};
    ctx.graphs.show(vscode.Uri.parse(directoryUri), model.displayName || model.name, { shown, ...perspective });
    return DONE;
}

interface OrderItem extends vscode.QuickPickItem {
    readonly order: PlannedOrder['kind'];
}

/** The plan of an order about the instance of a node. */
async function planNode(ctx: CommandContext, argument: unknown): Promise<Outcome<unknown>> {
    const graph = graphOf(ctx, argument);
    if (graph === undefined) return failed({ kind: 'noGraph' });
    const node = parseNodeTarget(argument)?.node ?? graph.selected();
    if (node === undefined || !node.startsWith(INSTANCE)) return failed({ kind: 'noNodeSelected' });
    const path = node.slice(INSTANCE.length);
    const items: readonly OrderItem[] = [
        { order: 'deploy', label: `$(cloud-upload) ${vscode.l10n.t('Deploy {0}', path)}` },
        { order: 'start', label: `$(debug-start) ${vscode.l10n.t('Start {0}', path)}` },
        { order: 'stop', label: `$(debug-stop) ${vscode.l10n.t('Stop {0}', path)}` },
        { order: 'undeploy', label: `$(trash) ${vscode.l10n.t('Undeploy {0}', path)}` },
    ];
    const title = vscode.l10n.t('Show what would be done');
    const chosen = await vscode.window.showQuickPick(items, { title });
    if (chosen === undefined) return CANCELLED;
    graph.show('plan', { kind: chosen.order, paths: [path] });
    return DONE;
}

const INSTANCE = 'instance:';

async function showPerspective(
    ctx: CommandContext,
    argument: unknown,
    perspective: Perspective,
    signal: AbortSignal,
): Promise<Outcome<unknown>> {
    const graph = parseTarget(argument).kind === 'none' ? ctx.graphs.current() : undefined;
    if (graph !== undefined) {
        graph.frame.reveal(true);
        graph.choose(perspective);
        return DONE;
    }
    const chosen = await chooseApplication(ctx, argument, vscode.l10n.t('Choose the application to draw'), signal);
    if (chosen.kind !== 'done') return chosen;
    const { directoryUri, model } = chosen.value;
    ctx.graphs.show(vscode.Uri.parse(directoryUri), model.displayName || model.name, { perspective });
    return DONE;
}

async function save(ctx: CommandContext, argument: unknown): Promise<Outcome<unknown>> {
    const graph = graphOf(ctx, argument);
    return graph === undefined ? failed({ kind: 'noGraph' }) : graph.save();
}

/** A graph of its own, so that what is beside the text stays there. */
async function openInWindow(ctx: CommandContext, argument: unknown, signal: AbortSignal): Promise<Outcome<unknown>> {
    const chosen = await chooseApplication(ctx, argument, vscode.l10n.t('Choose the application to draw'), signal);
    if (chosen.kind !== 'done') return chosen;
    const { directoryUri, model } = chosen.value;
    const directory = vscode.Uri.parse(directoryUri);
    const current = ctx.graphs.current(directoryUri);
    const wish = current === undefined ? {} : { perspective: current.perspective(), shown: current.shown() };
    const graph = ctx.graphs.show(directory, model.displayName || model.name, {
        ...wish,
        isNew: true,
        isFocused: true,
    });
    await graph.frame.whenActive(signal);
    await vscode.commands.executeCommand('workbench.action.moveEditorToNewWindow');
    return DONE;
}

async function resetPosition(ctx: CommandContext, argument: unknown): Promise<Outcome<unknown>> {
    const graph = graphOf(ctx, argument);
    if (graph === undefined) return failed({ kind: 'noGraph' });
    const node = parseNodeTarget(argument)?.node ?? graph.selected();
    if (node === undefined) return failed({ kind: 'noNodeSelected' });
    return ctx.pins.remove(graph.directory, graph.perspective(), [node]);
}

async function resetPositions(ctx: CommandContext, argument: unknown): Promise<Outcome<unknown>> {
    const graph = graphOf(ctx, argument);
    if (graph === undefined) return failed({ kind: 'noGraph' });
    const question = vscode.l10n.t('Place all nodes anew?');
    const detail = vscode.l10n.t('The positions that were given to nodes of this kind of graph are forgotten.');
    if (!(await confirm(question, detail, vscode.l10n.t('Reset Positions')))) return CANCELLED;
    return ctx.pins.remove(graph.directory, graph.perspective(), []);
}

async function undoMove(ctx: CommandContext, argument: unknown): Promise<Outcome<unknown>> {
    const graph = graphOf(ctx, argument);
    return graph === undefined ? failed({ kind: 'noGraph' }) : ctx.pins.undo(graph.directory);
}
