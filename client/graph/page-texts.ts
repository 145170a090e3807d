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
        ...planTexts(),
        ...changeTexts(),
        ...ageTexts(),
        ...pictureTexts(),
        ...cardTexts(),
        ...pageParts(),
        ...toolTexts(),
        ...lookTexts(),
        ...findTexts(),
        ...helpTexts(),
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
        'legend.wave': vscode.l10n.t('number of the wave'),
        'legend.critical': vscode.l10n.t('critical path'),
        'legend.stale': vscode.l10n.t('as last known'),
        'legend.folded': vscode.l10n.t('collapsed, with how many inside'),
        'legend.pinned': vscode.l10n.t('pinned by hand'),
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
        'node.pinned': vscode.l10n.t('pinned by hand'),
        'node.oneInside': vscode.l10n.t('1 inside'),
        'node.inside': vscode.l10n.t('{0} inside'),
        'node.tally': vscode.l10n.t('{0} {1}'),
        'node.wanted': vscode.l10n.t('wanted: {0}'),
        'node.stale': vscode.l10n.t('as last known'),
        'node.cause': vscode.l10n.t('why: {0}'),
    };
}

function planTexts() {
    return {
        'plan.create': vscode.l10n.t('create'),
        'plan.start': vscode.l10n.t('start'),
        'plan.update': vscode.l10n.t('update'),
        'plan.restart': vscode.l10n.t('restart'),
        'plan.stop': vscode.l10n.t('stop'),
        'plan.delete': vscode.l10n.t('delete'),
        'plan.recreate': vscode.l10n.t('recreate'),
        'plan.wave': vscode.l10n.t('wave {0}'),
        'plan.waves': vscode.l10n.t('waves {0} to {1}'),
        'plan.critical': vscode.l10n.t('on the critical path'),
    };
}

function changeTexts() {
    return {
        'change.added': vscode.l10n.t('added'),
        'change.removed': vscode.l10n.t('removed'),
        'change.changed': vscode.l10n.t('changed'),
        'change.rewired': vscode.l10n.t('rewired'),
    };
}

function ageTexts() {
    return {
        'age.seconds': vscode.l10n.t('{0} s'),
        'age.minutes': vscode.l10n.t('{0} min'),
        'age.hours': vscode.l10n.t('{0} h'),
        'age.days': vscode.l10n.t('{0} d'),
    };
}

function pictureTexts() {
    return {
        'picture.components': vscode.l10n.t('Graph of {0} components and {1} relations'),
        'picture.instances': vscode.l10n.t('Graph of {0} instances and {1} relations'),
        'picture.hosts': vscode.l10n.t('Graph of {0} hosts and instances and {1} relations'),
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
        'card.since': vscode.l10n.t('{0}, for {1}'),
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
        'page.noMatch': vscode.l10n.t('Nothing fits the filter'),
        'page.noMatchDetail': vscode.l10n.t('Take a filter away or leave the neighbourhood to see more.'),
    };
}

function toolTexts() {
    return {
        'export.search': vscode.l10n.t('Search'),
        'export.fit': vscode.l10n.t('Fit'),
        'tool.perspective': vscode.l10n.t('What the nodes are'),
        'tool.components': vscode.l10n.t('Components'),
        'tool.instances': vscode.l10n.t('Instances'),
        'tool.showComponents': vscode.l10n.t('Show the components (1)'),
        'tool.showInstances': vscode.l10n.t('Show the instances (2)'),
        'tool.zoomOut': vscode.l10n.t('Zoom out (-)'),
        'tool.zoomIn': vscode.l10n.t('Zoom in (+)'),
        'tool.fit': vscode.l10n.t('Fit the picture into the panel (F)'),
        'tool.actualSize': vscode.l10n.t('Show at actual size (0)'),
        'tool.hosts': vscode.l10n.t('Hosts'),
        'tool.showHosts': vscode.l10n.t('Show what runs on which host (3)'),
        'tool.bar': vscode.l10n.t('Graph tools'),
        'tool.view': vscode.l10n.t('Layers and direction'),
        'tool.filter': vscode.l10n.t('Filter'),
        'tool.filtered': vscode.l10n.t('Filter ({0} active)'),
        'tool.overlay': vscode.l10n.t('Plan and changes'),
        'tool.closeAll': vscode.l10n.t('Collapse all containers'),
        'tool.openAll': vscode.l10n.t('Expand all containers'),
        'tool.focus': vscode.l10n.t('Focus on the neighbourhood of the selected node (N)'),
        'tool.leaveFocus': vscode.l10n.t('Leave the neighbourhood (N)'),
        'tool.search': vscode.l10n.t('Find (Ctrl+F)'),
        'tool.table': vscode.l10n.t('Show as a table (T)'),
        'tool.minimap': vscode.l10n.t('Show the minimap (M)'),
        'tool.export': vscode.l10n.t('Export the picture'),
        'tool.help': vscode.l10n.t('Keys (?)'),
        'tool.close': vscode.l10n.t('Close'),
        'tool.places': vscode.l10n.t('Find, show, save'),
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
        'live.progress': vscode.l10n.t('{0} of {1} started'),
        'live.failed': vscode.l10n.t('{0} failed: {1}'),
        'live.over': vscode.l10n.t('Nothing is under way any more: {0} of {1} started'),
        'live.pinned': vscode.l10n.t('{0} pinned'),
    };
}

function lookTexts() {
    return {
        'layer.title': vscode.l10n.t('Layers'),
        'layer.imports': vscode.l10n.t('Imports'),
        'layer.inheritance': vscode.l10n.t('Inheritance'),
        'layer.facets': vscode.l10n.t('Facets'),
        'layer.children': vscode.l10n.t('What may contain what'),
        'layer.importsOnly': vscode.l10n.t('Imports only'),
        'direction.title': vscode.l10n.t('Direction'),
        'direction.auto': vscode.l10n.t('Automatic'),
        'direction.right': vscode.l10n.t('To the right'),
        'direction.down': vscode.l10n.t('Downwards'),
        'filter.components': vscode.l10n.t('Components'),
        'filter.facets': vscode.l10n.t('Facets'),
        'filter.hosts': vscode.l10n.t('Hosts'),
        'filter.states': vscode.l10n.t('States'),
        'filter.find': vscode.l10n.t('Type to find an entry'),
        'filter.clear': vscode.l10n.t('Clear All'),
        'filter.remove': vscode.l10n.t('Remove the filter {0}'),
        'filter.active': vscode.l10n.t('Active filters'),
        'filter.shown': vscode.l10n.t('{0} of {1} shown'),
        'filter.more': vscode.l10n.t('and {0} more: type to find them'),
        'filter.none': vscode.l10n.t('Nothing to choose from.'),
        'filter.count': vscode.l10n.t('{0} ({1})'),
        'overlay.title': vscode.l10n.t('Drawn over the model'),
        'overlay.nothing': vscode.l10n.t('Nothing'),
        'overlay.plan': vscode.l10n.t('Plan of a deployment'),
        'overlay.changesSinceCommit': vscode.l10n.t('Changes since the last commit'),
        'overlay.changesSinceDeployment': vscode.l10n.t('Changes since the deployment'),
        'overlay.waves': vscode.l10n.t('{0} waves'),
        'overlay.oneWave': vscode.l10n.t('1 wave'),
        'overlay.noPlan': vscode.l10n.t('There is nothing to do.'),
        'overlay.noChanges': vscode.l10n.t('Nothing differs.'),
        'overlay.close': vscode.l10n.t('Close the overlay'),
        'crumb.label': vscode.l10n.t('Where you are'),
        'crumb.focus': vscode.l10n.t('around {0}, distance {1}'),
        'crumb.leave': vscode.l10n.t('Leave the neighbourhood (Escape)'),
        'crumb.nearer': vscode.l10n.t('Smaller neighbourhood'),
        'crumb.farther': vscode.l10n.t('Larger neighbourhood'),
    };
}

function findTexts() {
    return {
        'search.label': vscode.l10n.t('Find in the graph'),
        'search.count': vscode.l10n.t('{0} of {1}'),
        'search.none': vscode.l10n.t('No results'),
        'search.next': vscode.l10n.t('Next match (Enter)'),
        'search.previous': vscode.l10n.t('Previous match (Shift+Enter)'),
        'search.close': vscode.l10n.t('Close (Escape)'),
        'drift.one': vscode.l10n.t('1 pinned position no longer fits.'),
        'drift.several': vscode.l10n.t('{0} pinned positions no longer fit.'),
        'drift.gone': vscode.l10n.t('{0}: no longer there'),
        'drift.moved': vscode.l10n.t('{0}: now in another container'),
        'drift.added': vscode.l10n.t('{0}: placed by the layout among pinned ones'),
        'drift.forget': vscode.l10n.t('Forget Them'),
        'drift.reset': vscode.l10n.t('Reset pinned positions'),
        'table.label': vscode.l10n.t('Graph as a table'),
        'table.name': vscode.l10n.t('Name'),
        'table.component': vscode.l10n.t('Component'),
        'table.host': vscode.l10n.t('Host'),
        'table.state': vscode.l10n.t('State'),
        'table.since': vscode.l10n.t('Since'),
        'table.imports': vscode.l10n.t('Imports from'),
        'table.exports': vscode.l10n.t('Exports'),
        'table.inside': vscode.l10n.t('{0} inside'),
    };
}

function helpTexts() {
    return {
        'help.title': vscode.l10n.t('Keys'),
        'help.walk': vscode.l10n.t('Go to the node in that direction, into and out of containers'),
        'help.ends': vscode.l10n.t('First and last node'),
        'help.open': vscode.l10n.t('Open the source'),
        'help.select': vscode.l10n.t('Select and show the source, stay in the picture'),
        'help.fold': vscode.l10n.t('Collapse and expand a container'),
        'help.explain': vscode.l10n.t('Explain the node'),
        'help.focus': vscode.l10n.t('Focus on the neighbourhood of the node, and leave it'),
        'help.distance': vscode.l10n.t('Smaller and larger neighbourhood'),
        'help.search': vscode.l10n.t('Find'),
        'help.zoom': vscode.l10n.t('Zoom in, out, to actual size, to the whole picture'),
        'help.pan': vscode.l10n.t('Move the picture while no node has the focus'),
        'help.pin': vscode.l10n.t('Move the node by 8 pixels and pin it'),
        'help.unpin': vscode.l10n.t('Give the node back to the layout'),
        'help.perspective': vscode.l10n.t('Components, instances, hosts'),
        'help.views': vscode.l10n.t('Table, minimap'),
        'help.leave': vscode.l10n.t('Close what is open, then leave the neighbourhood, then the nodes'),
    };
}
