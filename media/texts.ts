/** Every text of the picture and of the page around it. English here; the host gives the page those of the editor's language. */

/** `{0}`, `{1}` stand for values. */
export const ENGLISH = {
    'status.NOT_DEPLOYED': 'not deployed',
    'status.DEPLOYING': 'deploying',
    'status.DEPLOYED_STOPPED': 'stopped',
    'status.UNRESOLVED': 'waiting for imports',
    'status.WAITING_FOR_ANCESTOR': 'waiting for parent',
    'status.STARTING': 'starting',
    'status.DEPLOYED_STARTED': 'started',
    'status.STOPPING': 'stopping',
    'status.UNDEPLOYING': 'undeploying',
    'status.PROBLEM': 'problem',
    'edge.mandatory': '{0} imports from {1}',
    'edge.optional': '{0} may import from {1}',
    'edge.external': '{0} imports {1} from another application',
    'edge.external-optional': '{0} may import {1} from another application',
    'edge.extends': '{0} extends {1}',
    'edge.facet': '{0} has the facet {1}',
    'edge.child': '{0} may contain {1}',
    'legend.title': 'Legend',
    'legend.mandatory': 'imports',
    'legend.optional': 'imports, optional',
    'legend.external': 'imports from another application',
    'legend.external-optional': 'imports from another application, optional',
    'legend.extends': 'extends',
    'legend.facet': 'has the facet',
    'legend.child': 'may contain',
    'node.outside': 'another application',
    'node.oneError': '1 error',
    'node.errors': '{0} errors',
    'node.oneWarning': '1 warning',
    'node.warnings': '{0} warnings',
    'node.copy': 'copy {0} of {1}',
    'picture.components': 'Graph of {0} components and {1} relations',
    'picture.instances': 'Graph of {0} instances and {1} relations',
    'card.exports': 'Exports',
    'card.imports': 'Imports',
    'card.none': 'Exports nothing and imports nothing.',
    'card.more': 'and {0} more',
    'card.noValue': 'set when it runs',
    'card.randomPort': 'a free port',
    'card.from': 'from {0}',
    'card.fromMore': 'from {0} and {1} more',
    'card.outside': 'from another application',
    'card.nobody': 'nobody exports it',
    'card.nobodyOptional': 'nobody exports it; it is optional',
    'card.optional': 'optional',
    'page.loading': 'Drawing the graph…',
    'page.graph': 'Graph',
    'page.graphOf': 'Graph of {0}',
    'page.oneError': '1 error in this application. The picture shows what is understood.',
    'page.errors': '{0} errors in this application. The picture shows what is understood.',
    'page.showProblems': 'Show Problems',
    'page.noComponents': 'No components yet',
    'page.noComponentsDetail':
        'Declare one in a .graph file of this application, for example “Server { installer: script; }”. It appears here while you type.',
    'page.noInstances': 'No instances yet',
    'page.noInstancesDetail':
        'Describe one in an .instances file of this application, for example “instance of Server { name: server-1; }”. It appears here while you type.',
    'page.noApplication': 'No application here',
    'page.noApplicationDetail': 'Open a .graph or .instances file to see its application.',
    'page.failed': 'The graph could not be drawn',
    'tool.perspective': 'What the nodes are',
    'tool.components': 'Components',
    'tool.instances': 'Instances',
    'tool.showComponents': 'Show the components (1)',
    'tool.showInstances': 'Show the instances (2)',
    'tool.zoomOut': 'Zoom out (-)',
    'tool.zoomIn': 'Zoom in (+)',
    'tool.fit': 'Fit the picture into the panel (F)',
    'tool.actualSize': 'Show at actual size (0)',
    'tool.exportSvg': 'Save the picture as an SVG file',
    'simulation.title': 'Simulation',
    'simulation.pause': 'Pause (F6)',
    'simulation.continue': 'Continue (F5)',
    'simulation.step': 'Go to what happens next (F10)',
    'simulation.slower': 'Slower (Alt+,)',
    'simulation.faster': 'Faster (Alt+.)',
    'simulation.end': 'Skip to the end (Alt+End)',
    'simulation.restart': 'Restart (Ctrl+Shift+F5)',
    'simulation.clock': 'Simulated time',
    'simulation.speed': 'Speed ×{0}',
    'simulation.paused': 'Simulation paused',
    'simulation.running': 'Simulation running',
    'simulation.over': 'Simulation over',
    'live.changed': '{0}: {1}',
    'live.more': 'and {0} more changes',
} as const;

export type TextKey = keyof typeof ENGLISH;

export type Texts = { readonly [Key in TextKey]: string };

/** A text with its values in place. */
export function fill(text: string, ...values: readonly (string | number)[]): string {
    return text.replace(/\{(\d+)\}/g, (hole, index: string) => String(values[Number(index)] ?? hole));
}

/** Reads texts that were handed over as JSON; what is missing or no text is English. */
export function parseTexts(json: string | null): Texts {
    const given = recordIn(json);
    const entries = Object.entries(ENGLISH).map(([key, english]) => {
        const text = Object.hasOwn(given, key) ? given[key] : undefined;
        return [key, typeof text === 'string' ? text : english] as const;
    });
    // The keys are those of ENGLISH, each with a text.
    return Object.fromEntries(entries) as Texts;
}

function recordIn(json: string | null): Readonly<Record<string, unknown>> {
    try {
        const value: unknown = JSON.parse(json ?? '{}');
        // An object's fields are unknown values under text keys.
        return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
    } catch {
        // Texts that cannot be read are English.
        return {};
    }
}
