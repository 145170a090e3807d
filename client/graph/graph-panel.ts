/** One graph: the page, what it was last told, and the way from its nodes to the files. Where the run states come from is its owner's business. */
import type * as vscode from 'vscode';
import type { Perspective } from '../../language/index.ts';
import type { PageLook, Pulse, SimulationView } from '../../media/protocol.ts';
import type { PlannedOrder } from '../../runner/index.ts';
import type { Outcome } from '../ui/outcome.ts';
import type { GraphFrame } from './graph-frame.ts';
import { GraphSession, type Drawn, type GraphPanelConfig, type RunStates, type Shown } from './graph-session.ts';

export interface GraphPanel extends vscode.Disposable {
    readonly directory: vscode.Uri;
    readonly frame: GraphFrame;
    readonly perspective: () => Perspective;
    /** Shows another kind of node, or stays with this one. */
    readonly choose: (perspective: Perspective) => void;
    /** Looks at it another way, made of the way it is looked at and of what is drawn. */
    readonly relook: (change: (look: PageLook, graph: Drawn['graph']) => PageLook) => void;
    /** Draws something over the model, or takes it away again. `order`: what a plan is of; absent = of deploying all. */
    readonly show: (what: Shown, order?: PlannedOrder) => void;
    /** What is drawn over the model. */
    readonly shown: () => Shown;
    /** Asks the server for the picture again. */
    readonly refresh: () => void;
    readonly showStates: (states: RunStates) => void;
    readonly showSimulation: (simulation: SimulationView | null) => void;
    readonly showPulses: (pulses: readonly Pulse[]) => void;
    /** Opens the search of the page. */
    readonly find: () => void;
    /** Selects what the cursor of a file is on. */
    readonly selectAt: (uri: vscode.Uri, position: vscode.Position) => void;
    /** Selects a node by its id and scrolls it into sight; waits for the picture when there is none yet. */
    readonly select: (node: string) => void;
    /** The node that is selected; undefined when none is, or several are. */
    readonly selected: () => string | undefined;
    /** Opens the declaration of a node. */
    readonly open: (node: string, preserveFocus: boolean) => Promise<Outcome<unknown>>;
    /** Saves the picture as a file that the person chooses. */
    readonly save: () => Promise<Outcome<unknown>>;
}

/** Takes a frame over. Disposing ends the frame too. */
export function createGraphPanel(config: GraphPanelConfig): GraphPanel {
    const session = new GraphSession(config);
    return {
        directory: config.directory,
        frame: config.frame,
        perspective: () => session.perspective(),
        choose: (perspective) => session.choose(perspective),
        relook: (change) => session.relook(change),
        show: (what, order) => session.show(what, order),
        shown: () => session.shown(),
        refresh: () => session.refresh(),
        showStates: (states) => session.showStates(states),
        showSimulation: (simulation) => session.showSimulation(simulation),
        showPulses: (pulses) => session.showPulses(pulses),
        find: () => session.find(),
        selectAt: (uri, position) => session.selectAt(uri, position),
        select: (node) => session.select(node),
        selected: () => session.selected(),
        open: (node, preserveFocus) => session.open(node, preserveFocus),
        save: () => session.save(),
        dispose: () => session.dispose(),
    };
}
