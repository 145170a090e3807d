/** The texts of the graph page and its picture in the editor's language. */
import * as vscode from 'vscode';
import type { Texts } from '../../media/picture.ts';

/** Asked anew for every page: the language is that of the window. */
export function pageTexts(): Texts {
    return {
        ...statusTexts(),
        ...edgeTexts(),
        ...legendTexts(),
        ...nodeTexts(),
        ...pictureTexts(),
        ...cardTexts(),
        ...pageParts(),
        ...toolTexts(),
        ...simulationTexts(),
        ...liveTexts(),
    };
}

function statusTexts() {
    return {
        'status.NOT_DEPLOYED': vscode.l10n.t('not deployed'),
        'status.DEPLOYING': vscode.l10n.t('deploying'),
        'status.DEPLOYED_STOPPED': vscode.l10n.t('stopped'),
        'status.UNRESOLVED': vscode.l10n.t('waiting for imports'),
        'status.WAITING_FOR_ANCESTOR': vscode.l10n.t('waiting for parent'),
        'status.STARTING': vscode.l10n.t('starting'),
        'status.DEPLOYED_STARTED': vscode.l10n.t('started'),
        'status.STOPPING': vscode.l10n.t('stopping'),
        'status.UNDEPLOYING': vscode.l10n.t('undeploying'),
        'status.PROBLEM': vscode.l10n.t('problem'),
    };
}

function edgeTexts() {
    return {
        'edge.mandatory': vscode.l10n.t('{0} imports from {1}'),
        'edge.optional': vscode.l10n.t('{0} may import from {1}'),
        'edge.external': vscode.l10n.t('{0} imports {1} from another application'),
        'edge.external-optional': vscode.l10n.t('{0} may import {1} from another application'),
        'edge.extends': vscode.l10n.t('{0} extends {1}'),
        'edge.facet': vscode.l10n.t('{0} has the facet {1}'),
        'edge.child': vscode.l10n.t('{0} may contain {1}'),
    };
}

function legendTexts() {
    return {
        'legend.title': vscode.l10n.t('Legend'),
        'legend.mandatory': vscode.l10n.t('imports'),
        'legend.optional': vscode.l10n.t('imports, optional'),
        'legend.external': vscode.l10n.t('imports from another application'),
        'legend.external-optional': vscode.l10n.t('imports from another application, optional'),
        'legend.extends': vscode.l10n.t('extends'),
        'legend.facet': vscode.l10n.t('has the facet'),
        'legend.child': vscode.l10n.t('may contain'),
    };
}

function nodeTexts() {
    return {
        'node.outside': vscode.l10n.t('another application'),
        'node.oneError': vscode.l10n.t('1 error'),
        'node.errors': vscode.l10n.t('{0} errors'),
        'node.oneWarning': vscode.l10n.t('1 warning'),
        'node.warnings': vscode.l10n.t('{0} warnings'),
        'node.copy': vscode.l10n.t('copy {0} of {1}'),
    };
}

function pictureTexts() {
    return {
        'picture.components': vscode.l10n.t('Graph of {0} components and {1} relations'),
        'picture.instances': vscode.l10n.t('Graph of {0} instances and {1} relations'),
    };
}

function cardTexts() {
    return {
        'card.exports': vscode.l10n.t('Exports'),
        'card.imports': vscode.l10n.t('Imports'),
        'card.none': vscode.l10n.t('Exports nothing and imports nothing.'),
        'card.more': vscode.l10n.t('and {0} more'),
        'card.noValue': vscode.l10n.t('set when it runs'),
        'card.randomPort': vscode.l10n.t('a free port'),
        'card.from': vscode.l10n.t('from {0}'),
        'card.fromMore': vscode.l10n.t('from {0} and {1} more'),
        'card.outside': vscode.l10n.t('from another application'),
        'card.nobody': vscode.l10n.t('nobody exports it'),
        'card.nobodyOptional': vscode.l10n.t('nobody exports it; it is optional'),
        'card.optional': vscode.l10n.t('optional'),
    };
}

function pageParts() {
    return {
        'page.loading': vscode.l10n.t('Drawing the graph…'),
        'page.graph': vscode.l10n.t('Graph'),
        'page.graphOf': vscode.l10n.t('Graph of {0}'),
        'page.oneError': vscode.l10n.t('1 error in this application. The picture shows what is understood.'),
        'page.errors': vscode.l10n.t('{0} errors in this application. The picture shows what is understood.'),
        'page.showProblems': vscode.l10n.t('Show Problems'),
        'page.noComponents': vscode.l10n.t('No components yet'),
        'page.noComponentsDetail': vscode.l10n.t(
            'Declare one in a .graph file of this application, for example “Server { installer: script; }”. It appears here while you type.',
        ),
        'page.noInstances': vscode.l10n.t('No instances yet'),
        'page.noInstancesDetail': vscode.l10n.t(
            'Describe one in an .instances file of this application, for example “instance of Server { name: server-1; }”. It appears here while you type.',
        ),
        'page.noApplication': vscode.l10n.t('No application here'),
        'page.noApplicationDetail': vscode.l10n.t('Open a .graph or .instances file to see its application.'),
        'page.failed': vscode.l10n.t('The graph could not be drawn'),
    };
}

function toolTexts() {
    return {
        'tool.perspective': vscode.l10n.t('What the nodes are'),
        'tool.components': vscode.l10n.t('Components'),
        'tool.instances': vscode.l10n.t('Instances'),
        'tool.showComponents': vscode.l10n.t('Show the components (1)'),
        'tool.showInstances': vscode.l10n.t('Show the instances (2)'),
        'tool.zoomOut': vscode.l10n.t('Zoom out (-)'),
        'tool.zoomIn': vscode.l10n.t('Zoom in (+)'),
        'tool.fit': vscode.l10n.t('Fit the picture into the panel (F)'),
        'tool.actualSize': vscode.l10n.t('Show at actual size (0)'),
        'tool.exportSvg': vscode.l10n.t('Save the picture as an SVG file'),
    };
}

function simulationTexts() {
    return {
        'simulation.title': vscode.l10n.t('Simulation'),
        'simulation.pause': vscode.l10n.t('Pause (F6)'),
        'simulation.continue': vscode.l10n.t('Continue (F5)'),
        'simulation.step': vscode.l10n.t('Go to what happens next (F10)'),
        'simulation.slower': vscode.l10n.t('Slower (Alt+,)'),
        'simulation.faster': vscode.l10n.t('Faster (Alt+.)'),
        'simulation.end': vscode.l10n.t('Skip to the end (Alt+End)'),
        'simulation.restart': vscode.l10n.t('Restart (Ctrl+Shift+F5)'),
        'simulation.clock': vscode.l10n.t('Simulated time'),
        'simulation.speed': vscode.l10n.t('Speed ×{0}'),
        'simulation.paused': vscode.l10n.t('Simulation paused'),
        'simulation.running': vscode.l10n.t('Simulation running'),
        'simulation.over': vscode.l10n.t('Simulation over'),
    };
}

function liveTexts() {
    return {
        'live.changed': vscode.l10n.t('{0}: {1}'),
        'live.more': vscode.l10n.t('and {0} more changes'),
    };
}
