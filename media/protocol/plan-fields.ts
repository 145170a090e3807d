/** Reads plans and differences of models out of messages: every field the picture uses is checked. */
import type { ChangesView, NodeChange, PlanAction, PlanMark, PlanView } from '../picture/plan.ts';
import { allOf, count, isOneOf, listOf, mapOf, recordOf, text, truth } from './fields.ts';

const ACTIONS = [
    'create',
    'start',
    'update',
    'restart',
    'stop',
    'delete',
    'recreate',
] as const satisfies readonly PlanAction[];
const CHANGES = ['added', 'removed', 'changed', 'rewired'] as const satisfies readonly NodeChange[];
const EDGE_CHANGES = ['added', 'removed'] as const;
const MAX_NOTES = 100;

/** Unknown in; a plan, or undefined. */
export function parsePlan(value: unknown): PlanView | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({
        title: text(fields['title']),
        waveCount: count(fields['waveCount']),
        marks: mapOf(fields['marks'], parseMark),
    });
}

function parseMark(value: unknown): PlanMark | undefined {
    const fields = recordOf(value) ?? {};
    const action = fields['action'];
    const parts = allOf({
        firstWave: count(fields['firstWave']),
        lastWave: count(fields['lastWave']),
        isCritical: truth(fields['isCritical']),
        notes: listOf(fields['notes'], MAX_NOTES, text),
    });
    return parts === undefined || !isOneOf(ACTIONS, action) ? undefined : { action, ...parts };
}

/** Unknown in; what differs between two models, or undefined. */
export function parseChanges(value: unknown): ChangesView | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({
        title: text(fields['title']),
        nodes: mapOf(fields['nodes'], parseNodeChange),
        edges: mapOf(fields['edges'], (change) => (isOneOf(EDGE_CHANGES, change) ? change : undefined)),
    });
}

function parseNodeChange(value: unknown): ChangesView['nodes'][string] | undefined {
    const fields = recordOf(value) ?? {};
    const notes = listOf(fields['notes'], MAX_NOTES, text);
    const change = fields['change'];
    return notes === undefined || !isOneOf(CHANGES, change) ? undefined : { change, notes };
}
