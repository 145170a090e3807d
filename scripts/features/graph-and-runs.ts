/** What the editor does with pictures and with deployments, each row with the tests that show it. */
import type { EditorFeature } from './feature.ts';

/** What the graph does: the picture of an application. */
export const VISUALIZER: readonly EditorFeature[] = [
    {
        name: 'Topology of the application',
        what: 'Components, instances and hosts: what may run where, what does, who imports from whom.',
        shownBy: [
            [
                'e2e/graph-ways.e2e.ts',
                'a graph is turned, filtered, searched, folded, focused, walked through and read as a table',
            ],
            [
                'language/graph/hosts-view.test.ts',
                'all that runs on a host stands side by side in its box; what runs on none stands in no box',
            ],
        ],
    },
    {
        name: 'In step with the text',
        what: 'The picture follows while one types; a small edit moves little, and a model with errors is drawn as far as it is understood.',
        shownBy: [
            ['system/graph-page.test.ts', 'typing keeps elements, focus and place'],
            ['system/graph-page.test.ts', 'errors are told, the picture stays, and the button leads to the problems'],
        ],
    },
    {
        name: 'Element to source',
        what: 'A click shows the declaration, a double click or Enter goes there.',
        shownBy: [
            [
                'e2e/graph.e2e.ts',
                'the cursor and the pictures follow each other, and both panels are back after a reload',
            ],
            [
                'e2e/graph-ways.e2e.ts',
                'a graph is turned, filtered, searched, folded, focused, walked through and read as a table',
            ],
        ],
    },
    {
        name: 'Cursor to element',
        what: 'The node the cursor is in is selected in every picture.',
        shownBy: [
            [
                'e2e/graph.e2e.ts',
                'the cursor and the pictures follow each other, and both panels are back after a reload',
            ],
        ],
    },
    {
        name: 'Layout',
        what: 'Layered by ELK in a worker, container by container; packed where there are more than a thousand nodes; to the right or downwards.',
        shownBy: [
            ['server/layout/arrange.test.ts', 'what would be a long column stands in several'],
            [
                'e2e/graph-ways.e2e.ts',
                'each graph keeps its own look and the places given by hand over a reload, in a panel, the side bar and a window',
            ],
        ],
    },
    {
        name: 'Positions by hand',
        what: 'Dragged or moved by keys, kept in a file beside the model, with a report of those that no longer fit.',
        shownBy: [
            [
                'e2e/graph-ways.e2e.ts',
                'each graph keeps its own look and the places given by hand over a reload, in a panel, the side bar and a window',
            ],
            ['client/pins.test.ts', 'a node that is put somewhere is kept there, beside those of other perspectives'],
        ],
    },
    {
        name: 'Zoom, pan, fit, minimap',
        what: 'By wheel, touch pad, keys and buttons; the minimap shows itself where it is of use.',
        shownBy: [
            [
                'e2e/graph-ways.e2e.ts',
                'a graph is turned, filtered, searched, folded, focused, walked through and read as a table',
            ],
            ['system/graph-page.test.ts', 'a mouse wheel zooms, a touch pad moves'],
        ],
    },
    {
        name: 'Search',
        what: 'Names, components, facets, installers, states and variables, also in what is collapsed.',
        shownBy: [
            [
                'e2e/graph-ways.e2e.ts',
                'a graph is turned, filtered, searched, folded, focused, walked through and read as a table',
            ],
            [
                'media/graph/search.test.ts',
                'what is folded away is found by its name, and its containers are named that have to be opened',
            ],
        ],
    },
    {
        name: 'Collapse and expand',
        what: 'One or all; large models begin collapsed.',
        shownBy: [
            [
                'e2e/graph-ways.e2e.ts',
                'a graph is turned, filtered, searched, folded, focused, walked through and read as a table',
            ],
            [
                'language/graph/seen-graph.test.ts',
                'of more, containers that are alike are opened together or not at all',
            ],
        ],
    },
    {
        name: 'Filters, layers, neighbourhoods',
        what: 'Components, facets, hosts, run states; imports, inheritance, facets, what may contain what; what is near a node.',
        shownBy: [
            [
                'e2e/graph-ways.e2e.ts',
                'a graph is turned, filtered, searched, folded, focused, walked through and read as a table',
            ],
            [
                'e2e/graph-ways.e2e.ts',
                'each graph keeps its own look and the places given by hand over a reload, in a panel, the side bar and a window',
            ],
        ],
    },
    {
        name: 'Export',
        what: 'SVG without foreign objects, PNG, a web page, Mermaid, DOT, draw.io; the same without an editor.',
        shownBy: [
            [
                'e2e/graph-export.e2e.ts',
                'a graph is exported as picture, image, web page, Mermaid, DOT and draw.io, each valid, with what is drawn over it',
            ],
            ['media/export/formats.test.ts', 'whatever things are called, every format stays what it is'],
        ],
    },
    {
        name: 'Errors on nodes',
        what: 'Numbers of errors and warnings, and the way to Problems.',
        shownBy: [['system/graph-looks.test.ts', 'a selected node, its card and the open legend']],
    },
    {
        name: 'State of a running deployment',
        what: 'Colour, shape and word; what is asked for; age; as last known; light along the import that causes an update; the cause of a failure.',
        shownBy: [
            [
                'e2e/graph-overlays.e2e.ts',
                'a run is drawn over the graph: states, what moves, counts of what is collapsed, light along imports, and a table',
            ],
            [
                'e2e/graph-overlays.e2e.ts',
                'a failing run shows its cause on the node, and the graph what the model changes in what is deployed',
            ],
            [
                'client/projections.test.ts',
                'the list, the source, the graph and the status bar name the same state of every instance at every event',
            ],
        ],
    },
    {
        name: 'Planned changes',
        what: 'What an order would do, in which wave, and the critical path.',
        shownBy: [
            [
                'e2e/graph-overlays.e2e.ts',
                'a graph shows what a deployment would do in which order, and what differs from the last commit',
            ],
            [
                'runner/plan.test.ts',
                'what needs another comes in a later wave, and one machine runs one recipe at a time',
            ],
        ],
    },
    {
        name: 'Difference of two models',
        what: 'Against the last commit, and against what is deployed.',
        shownBy: [
            [
                'e2e/graph-overlays.e2e.ts',
                'a graph shows what a deployment would do in which order, and what differs from the last commit',
            ],
            [
                'e2e/graph-overlays.e2e.ts',
                'a failing run shows its cause on the node, and the graph what the model changes in what is deployed',
            ],
            ['language/graph/changes.test.ts', 'there and back, what was added is removed'],
        ],
    },
    {
        name: 'Thousands of nodes',
        what: 'Seen from far and from near, moved without stutter ([benchmarks](benchmarks.md)).',
        shownBy: [
            [
                'e2e/graph-large.e2e.ts',
                'five thousand nodes are folded at first, seen as a whole from far and in detail from near, moved and zoomed',
            ],
        ],
    },
    {
        name: 'Keyboard and screen readers',
        what: 'Spatial arrow keys, a tree with levels and states, a live region, the same data as a table ([accessibility](accessibility.md)).',
        shownBy: [
            [
                'e2e/graph-ways.e2e.ts',
                'a graph is turned, filtered, searched, folded, focused, walked through and read as a table',
            ],
            ['system/accessibility.test.ts', 'the report says what was checked'],
            [
                'system/graph-page.test.ts',
                'run states come and go without a new layout, and are told to those who cannot see them',
            ],
        ],
    },
    {
        name: 'Light, dark, high contrast',
        what: 'Nothing overlaps, nothing is cut off, everything can be read, measured in the editor itself.',
        shownBy: [['system/graph-looks.test.ts', 'the faults are noticed: each kind is reported']],
    },
    {
        name: 'Several, restored',
        what: 'Beside the text, in the side bar, in a window of its own; each back after a reload with its look.',
        shownBy: [
            [
                'e2e/graph-ways.e2e.ts',
                'each graph keeps its own look and the places given by hand over a reload, in a panel, the side bar and a window',
            ],
        ],
    },
];

/** What the control room does: deploying, watching, operating. */
export const CONTROL_ROOM: readonly EditorFeature[] = [
    {
        name: 'Deploy from the editor, with a form',
        what: 'What, where and how in two steps with a way back; the last answers come first.',
        shownBy: [
            [
                'e2e/control-room.e2e.ts',
                'a deployment is asked for step by step and shown as a plan first; its run is looked at and compared with another',
            ],
            [
                'client/run-commands.test.ts',
                'instances can be checked, one can go back, and the choice comes first the next time',
            ],
        ],
    },
    {
        name: 'Production',
        what: 'The name of the deployment has to be typed.',
        shownBy: [
            [
                'e2e/control-room.e2e.ts',
                'production is deployed to under its typed name alone, and a failed recipe leads to its line and its coloured output',
            ],
        ],
    },
    {
        name: 'Plan before deploying',
        what: 'In the graph, or as a review of what differs.',
        shownBy: [
            [
                'e2e/control-room.e2e.ts',
                'a deployment is asked for step by step and shown as a plan first; its run is looked at and compared with another',
            ],
            [
                'e2e/view.e2e.ts',
                'a failed recipe is shown with its cause, its output and its line, and is mended on the running deployment',
            ],
        ],
    },
    {
        name: 'Targets',
        what: 'This machine, pools of hosts, several deployments of one application.',
        shownBy: [
            [
                'e2e/targets.e2e.ts',
                'a target is made, its hosts are vouched for, and an application is deployed onto them',
            ],
        ],
    },
    {
        name: 'Live progress of each element',
        what: 'One stream of events; view, source, graph and status bar say the same.',
        shownBy: [
            [
                'e2e/view.e2e.ts',
                'the view shows an application, its deployment and its past runs, and the source shows the live state',
            ],
            [
                'client/projections.test.ts',
                'the list, the source, the graph and the status bar name the same state of every instance at every event',
            ],
        ],
    },
    {
        name: 'Cancel, resume, retry',
        what: 'A cancel says what it waits for; an interrupted run goes on; what failed is tried again.',
        shownBy: [
            [
                'e2e/view.e2e.ts',
                'a cancel says what it waits for, and one instance is started, looked at and stopped from the source',
            ],
        ],
    },
    {
        name: 'Output',
        what: 'A terminal for each instance: follow, pause, search, colours, links to lines of scripts.',
        shownBy: [
            [
                'e2e/control-room.e2e.ts',
                'production is deployed to under its typed name alone, and a failed recipe leads to its line and its coloured output',
            ],
            [
                'client/deployment-output.test.ts',
                'space holds the output back, and lets it go on with what came meanwhile',
            ],
        ],
    },
    {
        name: 'Tree with live states and orders',
        what: 'Applications, deployments, runs with duration and outcome, instances with what can be done.',
        shownBy: [
            [
                'e2e/view.e2e.ts',
                'the view shows an application, its deployment and its past runs, and the source shows the live state',
            ],
        ],
    },
    {
        name: 'Run state in the source',
        what: 'Lenses and icons in the margin.',
        shownBy: [
            [
                'e2e/view.e2e.ts',
                'the view shows an application, its deployment and its past runs, and the source shows the live state',
            ],
            [
                'e2e/view.e2e.ts',
                'a cancel says what it waits for, and one instance is started, looked at and stopped from the source',
            ],
        ],
    },
    {
        name: 'Run details',
        what: 'A timeline of the steps of each host, with waits and the critical path, and the same as a table.',
        shownBy: [
            [
                'e2e/control-room.e2e.ts',
                'a deployment is asked for step by step and shown as a plan first; its run is looked at and compared with another',
            ],
            [
                'system/timeline-page.test.ts',
                'of 5,000 steps those that are seen are drawn, in the timeline and in the table, wherever one has scrolled to',
            ],
        ],
    },
    {
        name: 'History, two runs side by side',
        what: 'What each step took in one and in the other.',
        shownBy: [
            [
                'e2e/control-room.e2e.ts',
                'a deployment is asked for step by step and shown as a plan first; its run is looked at and compared with another',
            ],
        ],
    },
    {
        name: 'Drift',
        what: 'What the model changes in what is deployed, in the graph and before it is applied.',
        shownBy: [
            [
                'e2e/graph-overlays.e2e.ts',
                'a failing run shows its cause on the node, and the graph what the model changes in what is deployed',
            ],
            [
                'e2e/view.e2e.ts',
                'a failed recipe is shown with its cause, its output and its line, and is mended on the running deployment',
            ],
        ],
    },
    {
        name: 'Secrets',
        what: 'In the store of the editor; never in a log, a journal or a page.',
        shownBy: [
            [
                'e2e/targets.e2e.ts',
                'a password of hosts is asked for once, reaches the runner that needs it, and stands in no file',
            ],
        ],
    },
    {
        name: 'Without real machines',
        what: 'A simulation that is paused, stepped and played again.',
        shownBy: [['e2e/graph.e2e.ts', 'a simulation is paused, stepped, finished and restarted from its picture']],
    },
];
