/** `roboconf graph`: the picture of a model without an editor, in the formats of pictures, documents and other tools. */
import {
    changesBetween,
    changesSeenIn,
    graphViewOf,
    LAYERS,
    PERSPECTIVES,
    seenGraphOf,
    WHOLE_LOOK,
    type Application,
    type ApplicationModel,
    type GraphLook,
    type GraphNode,
    type GraphView,
    type Layer,
    type ModelChanges,
    type Perspective,
} from '../language/index.ts';
import { EMPTY_OVERLAY } from '../media/picture.ts';
import type { Direction } from '../server/layout.ts';
import { errorsOf, findingLine, locate } from './application.ts';
import type { Arguments } from './arguments.ts';
import { drawGraph, GRAPH_FORMATS, type GraphDrawing, type GraphFormat } from './graph-formats.ts';
import { beforeOf, type EarlierModel } from './earlier-model.ts';
import { nearestOf } from './nearest.ts';
import type { Output } from './output.ts';
import { writeResult } from './result-file.ts';
import { usageFault, type ExitCode, type Verb } from './verb.ts';

export const graph: Verb = {
    group: 'writing',
    summary: 'draws the components, the instances or the hosts: SVG, PNG, HTML, Mermaid, DOT, draw.io or JSON',
    operands: '[DIR|FILE]',
    operandKinds: ['model', 'none'],
    examples: [
        ['roboconf graph my-app >graph.svg', 'the components'],
        ['roboconf graph my-app --perspective hosts --format png --output hosts.png', 'what runs where, as an image'],
        ['roboconf graph my-app --instances --format mermaid', 'the instances, for a document'],
        ['roboconf graph my-app --focus Tomcat --distance 2', 'one component and what it is related to'],
        ['roboconf graph my-app --instances --against HEAD >changes.svg', 'what differs from the last commit'],
    ],
    options: {
        format: {
            type: 'string',
            value: 'FORMAT',
            choices: GRAPH_FORMATS,
            help: 'svg (default), png, html, mermaid, dot, drawio or json',
        },
        output: { type: 'string', value: 'FILE', completes: 'file', help: 'writes into a file' },
        perspective: {
            type: 'string',
            value: 'KIND',
            choices: PERSPECTIVES,
            help: 'what the nodes are: components (default), instances or hosts',
        },
        instances: { type: 'boolean', help: 'the same as --perspective instances' },
        layers: {
            type: 'string',
            value: 'NAMES',
            help: `which relations are drawn, between commas: ${LAYERS.join(', ')}`,
        },
        direction: {
            type: 'string',
            value: 'WAY',
            choices: ['auto', 'right', 'down'],
            help: 'which way lines run: auto (default), right or down',
        },
        focus: {
            type: 'string',
            value: 'NODE',
            help: 'only what is related to a node: its name, its path, or its id as --format json gives it',
        },
        distance: { type: 'string', value: 'N', help: 'how many relations away from the focus (default: 1)' },
        against: {
            type: 'string',
            value: 'WHAT',
            help: 'draws what differs from another state of the application: a directory, or a commit of Git (HEAD, a tag, …)',
        },
        unfolded: { type: 'boolean', help: 'draws everything, however large it is' },
        theme: {
            type: 'string',
            value: 'THEME',
            choices: ['light', 'dark'],
            help: 'of a PNG: light (default) or dark',
        },
        scale: {
            type: 'string',
            value: 'N',
            help: 'of a PNG: pixels of the image for one of the picture (default: 2)',
        },
    },
    run: async (args, output, signal) => {
        const located = locate(args.positionals[0] ?? '.');
        if (located.kind === 'absent') return usageFault(output, 'graph', located.message);
        const { application } = located;
        const before = await beforeOf(args.text('against'), application, signal);
        if (before?.kind === 'fault') return usageFault(output, 'graph', before.message);
        const wanted = wishOf(args, application, before);
        if (wanted.kind === 'fault') return usageFault(output, 'graph', wanted.message);
        const drawn = await drawGraph(wanted.drawing, signal);
        if (drawn.kind === 'failed') {
            output.fault(`roboconf graph: ${drawn.message}`);
            return 1;
        }
        const fault = writeResult(output, args.text('output'), drawn.content);
        if (fault !== null) return usageFault(output, 'graph', fault);
        return noteErrors(application, output);
    },
};

type Wish =
    { readonly kind: 'drawing'; readonly drawing: GraphDrawing } | { readonly kind: 'fault'; readonly message: string };

function wishOf(args: Arguments, { model }: Application, before: EarlierModel | null): Wish {
    const { view, changes } = wholeOf(model, perspectiveOf(args), before);
    const looked = lookOf(args, view);
    if (looked.kind === 'fault') return looked;
    const scale = Number(args.text('scale') ?? '2');
    if (!(scale > 0 && scale <= MAX_SCALE))
        return { kind: 'fault', message: `--scale takes a number above 0, at most ${String(MAX_SCALE)}` };
    const seen = seenGraphOf(view, looked.look).view;
    const drawing: GraphDrawing = {
        title: model.displayName === '' ? model.name : model.displayName,
        view: seen,
        overlay: {
            ...EMPTY_OVERLAY,
            changes:
                changes === null || before === null
                    ? null
                    : { title: before.label, ...changesSeenIn(seen, view, changes) },
        },
        // The choices of the options are these.
        format: (args.text('format') ?? 'svg') as GraphFormat,
        direction: (args.text('direction') ?? 'auto') as Direction,
        theme: args.text('theme') === 'dark' ? 'dark' : 'light',
        scale,
    };
    return { kind: 'drawing', drawing };
}

interface Whole {
    readonly view: GraphView;
    /** Null when the model is held against nothing. */
    readonly changes: ModelChanges | null;
}

function wholeOf(model: ApplicationModel, perspective: Perspective, before: EarlierModel | null): Whole {
    return before === null
        ? { view: graphViewOf(model, perspective), changes: null }
        : changesBetween(before.model, model, perspective);
}

const MAX_SCALE = 8;

type Look = { readonly kind: 'look'; readonly look: GraphLook } | { readonly kind: 'fault'; readonly message: string };

function lookOf(args: Arguments, { nodes }: GraphView): Look {
    const layers = layersOf(args.text('layers'));
    if (typeof layers === 'string') return { kind: 'fault', message: layers };
    const distance = wholeNumber(args.text('distance') ?? '1');
    if (distance === null) return { kind: 'fault', message: '--distance takes a whole number from 1 to 100' };
    const opened = args.flag('unfolded') ? nodes.map(({ id }) => id) : [];
    const word = args.text('focus');
    if (word === undefined) return { kind: 'look', look: { ...WHOLE_LOOK, layers, opened } };
    const node = nodeNamed(word, nodes);
    if (node === undefined) return { kind: 'fault', message: unknownNode(word, nodes) };
    return { kind: 'look', look: { ...WHOLE_LOOK, layers, opened, focus: { node: node.id, distance } } };
}

function perspectiveOf(args: Arguments): Perspective {
    const named = PERSPECTIVES.find((perspective) => perspective === args.text('perspective'));
    return named ?? (args.flag('instances') ? 'instances' : 'components');
}

/** The layers between commas; a fault as a text. */
function layersOf(text: string | undefined): readonly Layer[] | string {
    if (text === undefined) return WHOLE_LOOK.layers;
    const words = text.split(',').map((word) => word.trim());
    const unknown = words.find((word) => !LAYERS.some((layer) => layer === word));
    if (unknown === undefined) return LAYERS.filter((layer) => words.includes(layer));
    return `there is no layer '${unknown}'; there are ${LAYERS.join(', ')}`;
}

function wholeNumber(text: string): number | null {
    const value = Number(text);
    return Number.isInteger(value) && value >= 1 && value <= 100 ? value : null;
}

/** The node somebody means by its id, its path or its name. */
function nodeNamed(word: string, nodes: readonly GraphNode[]): GraphNode | undefined {
    return (
        nodes.find(({ id }) => id === word || id.slice(id.indexOf(':') + 1) === word) ??
        nodes.find(({ label }) => label === word)
    );
}

function unknownNode(word: string, nodes: readonly GraphNode[]): string {
    const near = nearestOf(
        word,
        nodes.map(({ label }) => label),
    );
    return `nothing in the graph is called '${word}'${near === undefined ? '' : `; did you mean '${near}'?`}`;
}

/** A model with errors is drawn as far as it is known; the errors are said beside it. */
function noteErrors(application: Application, output: Output): ExitCode {
    const errors = errorsOf(application.findings);
    for (const finding of errors) output.fault(findingLine(application.directory, finding, output.paintNote));
    return errors.length === 0 ? 0 : 1;
}
