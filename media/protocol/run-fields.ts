/** Reads what a run tells the page besides states: how a simulation stands, and what travels along the edges. */
import { allOf, count, isOneOf, nullOr, recordOf, text } from './fields.ts';

/** What the controls of a simulation can be asked for. */
export type SimulationControl = (typeof CONTROLS)[number];

const CONTROLS = ['pause', 'continue', 'step', 'slower', 'faster', 'end', 'restart'] as const;

/** How many times faster than its pace a simulation can be shown, slowest first. */
export const SIMULATION_SPEEDS = [0.25, 0.5, 1, 2, 4, 8] as const;

export interface SimulationView {
    /** `over`: nothing is planned; an order or a restart goes on. */
    readonly status: 'running' | 'paused' | 'over';
    /** Virtual milliseconds since the beginning. */
    readonly clockMs: number;
    /** Virtual milliseconds the clock may go on to until more is said. */
    readonly untilMs: number;
    /** Virtual milliseconds per real one; 0 while it does not run. */
    readonly rate: number;
    readonly speed: (typeof SIMULATION_SPEEDS)[number];
}

/** Something an exporter tells an importer. `from` null = everybody the importer depends on. Both are node ids. */
export interface Pulse {
    readonly from: string | null;
    readonly to: string;
}

/** Tells whether a value names a control. */
export function isControl(value: unknown): value is SimulationControl {
    return isOneOf(CONTROLS, value);
}

/** Unknown in; the state of a simulation, or undefined. */
export function parseSimulation(value: unknown): SimulationView | undefined {
    const fields = recordOf(value) ?? {};
    const status = fields['status'];
    const speed = SIMULATION_SPEEDS.find((known) => known === fields['speed']);
    const times = allOf({
        clockMs: amount(fields['clockMs']),
        untilMs: amount(fields['untilMs']),
        rate: amount(fields['rate']),
    });
    if (times === undefined || speed === undefined || !isOneOf(STATUSES, status)) return undefined;
    return { status, speed, ...times };
}

/** Unknown in; a pulse, or undefined. */
export function parsePulse(value: unknown): Pulse | undefined {
    const fields = recordOf(value) ?? {};
    return allOf({ from: nullOr(fields['from'], text), to: text(fields['to']) });
}

const STATUSES = ['running', 'paused', 'over'] as const;

/** A number from 0 that may have decimals. */
function amount(value: unknown): number | undefined {
    const isWhole = count(value) !== undefined;
    return isWhole || (typeof value === 'number' && Number.isFinite(value) && value >= 0) ? Number(value) : undefined;
}
