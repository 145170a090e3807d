/**
 * DOOR: the messages between the extension host and the graph panel's page. Plain, readonly, serialisable data; each message has a row in
 * docs/protocol.md. The page says `ready` first; the host answers with `model` (or `empty`) and sends the rest as it changes.
 * Both sides read what they receive with the parser of its direction and drop what it refuses.
 */
import type { NodeDetail, Perspective } from '../language/index.ts';
import type { FindingCount } from '../server/protocol.ts';
import type { LaidOutGraph, Orientation } from '../server/layout.ts';
import type { RunState } from './picture/overlay.ts';
import { isStatus } from './picture/status.ts';
import { allOf, count, isOneOf, listOf, recordOf, text, truth } from './protocol/fields.ts';
import { parseNodeDetail } from './protocol/detail-fields.ts';
import { parseLaidOutGraph } from './protocol/graph-fields.ts';
import {
    isControl,
    parsePulse,
    parseSimulation,
    type Pulse,
    type SimulationControl,
    type SimulationView,
} from './protocol/run-fields.ts';

export type { RunState } from './picture/overlay.ts';
export { SIMULATION_SPEEDS, type Pulse, type SimulationControl, type SimulationView } from './protocol/run-fields.ts';

/** From the extension host to the page. */
export type ToPage =
    /** The picture to show. `errorCount` and `warningCount` are those of the whole application. */
    | {
          readonly kind: 'model';
          readonly name: string;
          readonly graph: LaidOutGraph;
          readonly findings: Readonly<Record<string, FindingCount>>;
          readonly details: Readonly<Record<string, NodeDetail>>;
          readonly errorCount: number;
          readonly warningCount: number;
      }
    /**
     * Run states by node id; replaces all states sent before. `run`: one line about the run, empty when there is none.
     * `deployment`: the id commands know it by; null when there is none.
     */
    | {
          readonly kind: 'states';
          readonly states: Readonly<Record<string, RunState>>;
          readonly run: string;
          readonly deployment: string | null;
      }
    /** How the simulation that the states come from stands; null when they come from none. */
    | { readonly kind: 'simulation'; readonly simulation: SimulationView | null }
    /** Something travels from exporters to importers: shown once, then forgotten. */
    | { readonly kind: 'pulses'; readonly pulses: readonly Pulse[] }
    /** Selects the nodes of the editor's cursor. `reveal`: scroll the first into sight. */
    | { readonly kind: 'select'; readonly nodes: readonly string[]; readonly reveal: boolean }
    /** There is nothing to draw: `noApplication` = the file belongs to none, `failed` = the reason is in `message`. */
    | { readonly kind: 'empty'; readonly reason: 'noApplication' | 'failed'; readonly message: string };

/** From the page to the extension host. */
export type FromPage =
    /** The page listens; sent once per load. `perspective` is the one it was last showing, `orientation` that of its window. */
    | { readonly kind: 'ready'; readonly perspective: Perspective; readonly orientation: Orientation }
    /** Open the declaration of a node. `preserveFocus` = the focus stays in the panel. */
    | { readonly kind: 'reveal'; readonly node: string; readonly preserveFocus: boolean }
    | { readonly kind: 'perspective'; readonly perspective: Perspective }
    /** The page's window is higher than wide, or no longer is. */
    | { readonly kind: 'orientation'; readonly orientation: Orientation }
    | { readonly kind: 'showProblems' }
    /** A button of the simulation's controls. */
    | { readonly kind: 'simulation'; readonly control: SimulationControl }
    /** Save the picture as a file: the host draws it again from the last model it sent. */
    | { readonly kind: 'exportSvg' };

/** Reads a message for the page; undefined when it is not one. */
export function parseToPage(message: unknown): ToPage | undefined {
    const fields = recordOf(message);
    if (fields === undefined) return undefined;
    switch (fields['kind']) {
        case 'model':
            return parseModel(fields);
        case 'states':
            return parseStates(fields);
        case 'simulation':
            return parseSimulationMessage(fields);
        case 'pulses':
            return parsePulses(fields);
        case 'select':
            return parseSelect(fields);
        case 'empty':
            return parseEmpty(fields);
        default:
            return undefined;
    }
}

/** Reads a message of the page; undefined when it is not one. */
export function parseFromPage(message: unknown): FromPage | undefined {
    const fields = recordOf(message);
    const { perspective, orientation } = fields ?? {};
    switch (fields?.['kind']) {
        case 'ready':
            return isPerspective(perspective) && isOneOf(ORIENTATIONS, orientation)
                ? { kind: 'ready', perspective, orientation }
                : undefined;
        case 'perspective':
            return isPerspective(perspective) ? { kind: 'perspective', perspective } : undefined;
        case 'orientation':
            return isOneOf(ORIENTATIONS, orientation) ? { kind: 'orientation', orientation } : undefined;
        case 'reveal':
            return parseReveal(fields);
        case 'showProblems':
            return { kind: 'showProblems' };
        case 'simulation':
            return isControl(fields['control']) ? { kind: 'simulation', control: fields['control'] } : undefined;
        case 'exportSvg':
            return { kind: 'exportSvg' };
        default:
            return undefined;
    }
}

type Fields = Readonly<Record<string, unknown>>;

function parseReveal(fields: Fields): FromPage | undefined {
    const node = text(fields['node']);
    const preserveFocus = fields['preserveFocus'];
    return node === undefined || typeof preserveFocus !== 'boolean'
        ? undefined
        : { kind: 'reveal', node, preserveFocus };
}

function parseModel(fields: Fields): ToPage | undefined {
    const parts = allOf({
        name: text(fields['name']),
        graph: parseLaidOutGraph(fields['graph']),
        findings: parseMap(fields['findings'], parseFindingCount),
        details: parseMap(fields['details'], parseNodeDetail),
        errorCount: count(fields['errorCount']),
        warningCount: count(fields['warningCount']),
    });
    return parts === undefined ? undefined : { kind: 'model', ...parts };
}

function parseStates(fields: Fields): ToPage | undefined {
    const parts = allOf({
        states: parseMap(fields['states'], parseRunState),
        run: text(fields['run']),
        deployment: fields['deployment'] === null ? null : text(fields['deployment']),
    });
    return parts === undefined ? undefined : { kind: 'states', ...parts };
}

function parseSimulationMessage(fields: Fields): ToPage | undefined {
    const simulation = fields['simulation'] === null ? null : parseSimulation(fields['simulation']);
    return simulation === undefined ? undefined : { kind: 'simulation', simulation };
}

function parsePulses(fields: Fields): ToPage | undefined {
    const pulses = listOf(fields['pulses'], MAX_ENTRIES, parsePulse);
    return pulses === undefined ? undefined : { kind: 'pulses', pulses };
}

function parseSelect(fields: Fields): ToPage | undefined {
    const nodes = listOf(fields['nodes'], MAX_ENTRIES, text);
    const reveal = fields['reveal'];
    return nodes === undefined || typeof reveal !== 'boolean' ? undefined : { kind: 'select', nodes, reveal };
}

function parseEmpty(fields: Fields): ToPage | undefined {
    const message = text(fields['message']);
    const reason = fields['reason'];
    if (message === undefined || !isOneOf(EMPTY_REASONS, reason)) return undefined;
    return { kind: 'empty', reason, message };
}

const EMPTY_REASONS = ['noApplication', 'failed'] as const;
const PERSPECTIVES = ['components', 'instances'] as const satisfies readonly Perspective[];
const ORIENTATIONS = ['landscape', 'portrait'] as const satisfies readonly Orientation[];

const MAX_NOTES = 100;
/** More entries than this in one message are not ours. */
const MAX_ENTRIES = 20_000;

function isPerspective(value: unknown): value is Perspective {
    return isOneOf(PERSPECTIVES, value);
}

function parseRunState(value: unknown): RunState | undefined {
    const fields = recordOf(value) ?? {};
    const status = fields['status'];
    const parts = allOf({
        text: text(fields['text']),
        isProviding: truth(fields['isProviding']),
        notes: listOf(fields['notes'], MAX_NOTES, text),
        flags: text(fields['flags']),
    });
    return parts === undefined || !isStatus(status) ? undefined : { status, ...parts };
}

function parseFindingCount(value: unknown): FindingCount | undefined {
    const fields = recordOf(value);
    const errors = count(fields?.['errors']);
    const warnings = count(fields?.['warnings']);
    return errors === undefined || warnings === undefined ? undefined : { errors, warnings };
}

function parseMap<Value>(
    value: unknown,
    parseValue: (value: unknown) => Value | undefined,
): Record<string, Value> | undefined {
    const fields = recordOf(value);
    if (fields === undefined) return undefined;
    const entries = Object.entries(fields);
    if (entries.length > MAX_ENTRIES) return undefined;
    const parsed = entries.map(([key, entry]) => [key, parseValue(entry)] as const);
    const known = parsed.filter((pair): pair is readonly [string, Value & {}] => pair[1] !== undefined);
    return known.length === entries.length ? Object.fromEntries(known) : undefined;
}
