/**
 * DOOR: the messages between the extension host and the graph panel's page. Plain, readonly, serialisable data; each message has a row in
 * docs/protocol.md. The page says `ready` first; the host answers with `model` (or `empty`) and sends the rest as it changes.
 * Both sides read what they receive with the parser of its direction and drop what it refuses.
 */
import type { GraphChoices, NodeDetail } from '../language/index.ts';
import type { FindingCount, PinDrift } from '../server/protocol.ts';
import type { LaidOutGraph, Orientation } from '../server/layout.ts';
import type { RunClock, RunState } from './picture/overlay.ts';
import type { ChangesView, PlanView } from './picture/plan.ts';
import { isStatus } from './picture/status.ts';
import { parseChoices, parseDrift } from './protocol/answer-fields.ts';
import {
    allOf,
    coordinate,
    count,
    isOneOf,
    listOf,
    mapOf,
    moment,
    nullOr,
    recordOf,
    text,
    truth,
} from './protocol/fields.ts';
import { parseNodeDetail } from './protocol/detail-fields.ts';
import { parseLaidOutGraph } from './protocol/graph-fields.ts';
import { parsePageLook, type PageLook } from './protocol/look-fields.ts';
import { parseChanges, parsePlan } from './protocol/plan-fields.ts';
import {
    isControl,
    parsePulse,
    parseSimulation,
    type Pulse,
    type SimulationControl,
    type SimulationView,
} from './protocol/run-fields.ts';

export type { RunClock, RunState } from './picture/overlay.ts';
export type { ChangesView, NodeChange, PlanAction, PlanMark, PlanView } from './picture/plan.ts';
export { FRESH_LOOK, parsePageLook, type PageLook } from './protocol/look-fields.ts';
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
          /** How it is looked at: the page's own wish, or another that the host made of it. */
          readonly look: PageLook;
          readonly choices: GraphChoices;
          readonly drift: PinDrift;
          /** How the model differs from another that it is held against; null when it is held against none. */
          readonly changes: ChangesView | null;
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
          readonly clock: RunClock;
      }
    /** What the order that is being considered would do; null when none is. */
    | { readonly kind: 'plan'; readonly plan: PlanView | null }
    /** What is drawn over the model from here on: what the page asked for, or what a command did, or nothing because it could not be had. */
    | { readonly kind: 'shown'; readonly what: (typeof SHOWN)[number] }
    /** How the simulation that the states come from stands; null when they come from none. */
    | { readonly kind: 'simulation'; readonly simulation: SimulationView | null }
    /** Something travels from exporters to importers: shown once, then forgotten. */
    | { readonly kind: 'pulses'; readonly pulses: readonly Pulse[] }
    /** Selects the nodes of the editor's cursor. `reveal`: scroll the first into sight. */
    | { readonly kind: 'select'; readonly nodes: readonly string[]; readonly reveal: boolean }
    /** Opens the search. */
    | { readonly kind: 'find' }
    /** There is nothing to draw: `noApplication` = the file belongs to none, `failed` = the reason is in `message`. */
    | { readonly kind: 'empty'; readonly reason: 'noApplication' | 'failed'; readonly message: string };

/** How a message goes to the page: as JSON. Objects of thousands of nodes would be copied member by member on each of the frames they pass. */
export function textOfToPage(message: ToPage): string {
    return JSON.stringify(message);
}

/** From the page to the extension host. */
export type FromPage =
    /** The page listens; sent once per load. `look` is the one it had last, `orientation` that of its window. */
    | { readonly kind: 'ready'; readonly look: PageLook; readonly orientation: Orientation }
    /** Open the declaration of a node. `preserveFocus` = the focus stays in the panel. */
    | { readonly kind: 'reveal'; readonly node: string; readonly preserveFocus: boolean }
    /** The person looks at it another way. */
    | { readonly kind: 'look'; readonly look: PageLook }
    /** The person put a node somewhere: its corner, measured from the corner of its container, of the picture at the top. */
    | { readonly kind: 'pin'; readonly node: string; readonly x: number; readonly y: number }
    /** Nodes are placed by the layout again; an empty list = all of them. */
    | { readonly kind: 'unpin'; readonly nodes: readonly string[] }
    /** What is drawn over the model besides findings and run states. */
    | { readonly kind: 'show'; readonly what: (typeof SHOWN)[number] }
    /** The page's window is higher than wide, or no longer is. */
    | { readonly kind: 'orientation'; readonly orientation: Orientation }
    | { readonly kind: 'showProblems' }
    /** A button of the simulation's controls. */
    | { readonly kind: 'simulation'; readonly control: SimulationControl }
    /** Save the picture as a file: the host asks for the format and draws it again from the last model it sent. */
    | { readonly kind: 'export' };

/** What can be drawn over the model: nothing more, the plan of a deployment, what differs from the last commit, or from what is deployed. */
const SHOWN = ['nothing', 'plan', 'changesSinceCommit', 'changesSinceDeployment'] as const;

/** Reads a message for the page: an object, or its text (`textOfToPage`); undefined when it is not one. */
export function parseToPage(message: unknown): ToPage | undefined {
    const fields = recordOf(typeof message === 'string' ? parseText(message) : message);
    if (fields === undefined) return undefined;
    switch (fields['kind']) {
        case 'model':
            return parseModel(fields);
        case 'states':
            return parseStates(fields);
        case 'simulation':
            return parseSimulationMessage(fields);
        case 'plan':
            return parsePlanMessage(fields);
        case 'pulses':
            return parsePulses(fields);
        case 'select':
            return parseSelect(fields);
        case 'find':
            return { kind: 'find' };
        case 'shown':
            return isOneOf(SHOWN, fields['what']) ? { kind: 'shown', what: fields['what'] } : undefined;
        case 'empty':
            return parseEmpty(fields);
        default:
            return undefined;
    }
}

/** Reads a message of the page; undefined when it is not one. */
export function parseFromPage(message: unknown): FromPage | undefined {
    const fields = recordOf(message);
    const { orientation, what } = fields ?? {};
    switch (fields?.['kind']) {
        case 'ready': {
            const look = parsePageLook(fields['look']);
            return look === undefined || !isOneOf(ORIENTATIONS, orientation)
                ? undefined
                : { kind: 'ready', look, orientation };
        }
        case 'look': {
            const look = parsePageLook(fields['look']);
            return look === undefined ? undefined : { kind: 'look', look };
        }
        case 'pin':
            return parsePin(fields);
        case 'unpin': {
            const nodes = listOf(fields['nodes'], MAX_ENTRIES, text);
            return nodes === undefined ? undefined : { kind: 'unpin', nodes };
        }
        case 'show':
            return isOneOf(SHOWN, what) ? { kind: 'show', what } : undefined;
        case 'orientation':
            return isOneOf(ORIENTATIONS, orientation) ? { kind: 'orientation', orientation } : undefined;
        case 'reveal':
            return parseReveal(fields);
        case 'showProblems':
            return { kind: 'showProblems' };
        case 'simulation':
            return isControl(fields['control']) ? { kind: 'simulation', control: fields['control'] } : undefined;
        case 'export':
            return { kind: 'export' };
        default:
            return undefined;
    }
}

type Fields = Readonly<Record<string, unknown>>;

function parsePin(fields: Fields): FromPage | undefined {
    const parts = allOf({
        node: text(fields['node']),
        x: coordinate(fields['x']),
        y: coordinate(fields['y']),
    });
    return parts === undefined ? undefined : { kind: 'pin', ...parts };
}

function parsePlanMessage(fields: Fields): ToPage | undefined {
    const plan = nullOr(fields['plan'], parsePlan);
    return plan === undefined ? undefined : { kind: 'plan', plan };
}

function parseClock(value: unknown): RunClock | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({ now: moment(fields['now']), isRunning: truth(fields['isRunning']) });
}

function parseReveal(fields: Fields): FromPage | undefined {
    const node = text(fields['node']);
    const preserveFocus = fields['preserveFocus'];
    return node === undefined || typeof preserveFocus !== 'boolean'
        ? undefined
        : { kind: 'reveal', node, preserveFocus };
}

function parseText(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

function parseModel(fields: Fields): ToPage | undefined {
    const parts = allOf({
        name: text(fields['name']),
        graph: parseLaidOutGraph(fields['graph']),
        findings: mapOf(fields['findings'], parseFindingCount),
        details: mapOf(fields['details'], parseNodeDetail),
        errorCount: count(fields['errorCount']),
        warningCount: count(fields['warningCount']),
        look: parsePageLook(fields['look']),
        choices: parseChoices(fields['choices']),
        drift: parseDrift(fields['drift']),
        changes: nullOr(fields['changes'], parseChanges),
    });
    return parts === undefined ? undefined : { kind: 'model', ...parts };
}

function parseStates(fields: Fields): ToPage | undefined {
    const parts = allOf({
        states: mapOf(fields['states'], parseRunState),
        run: text(fields['run']),
        deployment: nullOr(fields['deployment'], text),
        clock: parseClock(fields['clock']),
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
const ORIENTATIONS = ['landscape', 'portrait'] as const satisfies readonly Orientation[];

const MAX_NOTES = 100;
/** More entries than this in one message are not ours. */
const MAX_ENTRIES = 200_000;

function parseRunState(value: unknown): RunState | undefined {
    const fields = recordOf(value) ?? {};
    const status = fields['status'];
    const parts = allOf({
        text: text(fields['text']),
        isProviding: truth(fields['isProviding']),
        notes: listOf(fields['notes'], MAX_NOTES, text),
        flags: text(fields['flags']),
        wanted: text(fields['wanted']),
        isMoving: truth(fields['isMoving']),
        since: nullOr(fields['since'], moment),
        cause: text(fields['cause']),
        isStale: truth(fields['isStale']),
    });
    return parts === undefined || !isStatus(status) ? undefined : { status, ...parts };
}

function parseFindingCount(value: unknown): FindingCount | undefined {
    const fields = recordOf(value);
    const errors = count(fields?.['errors']);
    const warnings = count(fields?.['warnings']);
    return errors === undefined || warnings === undefined ? undefined : { errors, warnings };
}
