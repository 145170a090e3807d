/** Runs as the page of a run is told of them: made by the simulation, with faults or without. */
import { partsOf } from '../../client/timeline/run-parts.ts';
import type { ComparisonView, FailureView, RunHead, RunView } from '../../media/timeline/protocol.ts';
import { nextEvents, snapshotOfSimulation, startSimulation } from '../../runner/index.ts';
import type { RunnerEvent } from '../../runner/protocol.ts';
import { beginRecord, compareRuns, type RunRecord, type RunRecorder } from '../../runner/runs.ts';
import type { ApplicationModel } from '../../language/index.ts';

type Options = Parameters<typeof startSimulation>[1];

/** The record of a simulated deploy, as far as the part of its events that is given: 1 = all. */
export function simulatedRecord(model: ApplicationModel, options: Partial<Options> = {}, part = 1): RunRecord {
    const simulation = startSimulation(model, { seed: 1, scenario: [], ...options });
    const { instances } = snapshotOfSimulation(simulation);
    simulation.scenario.push({ at: 0, happens: { kind: 'deploy', paths: [] } });
    const events: RunnerEvent[] = [];
    for (let next = nextEvents(simulation); next !== null; next = nextEvents(simulation)) events.push(...next);
    let recorder: RunRecorder | null = null;
    for (const event of events.slice(0, Math.ceil(events.length * part))) {
        if (event.kind === 'runBegun') recorder ??= beginRecord(event.run, instances);
        recorder?.take(event);
    }
    if (recorder === null) throw new Error('the order begins a run');
    return recorder.record();
}

/** The head of a run, in English. */
export function headOf({ run, steps }: RunRecord, title = 'Deploy · LAMP'): RunHead {
    const last = steps.reduce((time, { begunAt, endedAt }) => Math.max(time, endedAt ?? begunAt), run.begunAt);
    return {
        title,
        state: run.outcome ?? 'running',
        stateWord: run.outcome ?? 'under way',
        facts: ['Began today at 12:03:05', '/apps/lamp'],
        counts: [`${String(steps.length)} steps`],
        begunAt: run.endedAt === null ? null : Date.UTC(2026, 10, 23, 12, 3, 5),
        tookMs: run.endedAt === null ? null : run.endedAt - run.begunAt,
        clock: { nowMs: (run.endedAt ?? last + 900) - run.begunAt, isRunning: false },
    };
}

/** The run as its page is told of it. */
export function viewOfRecord(record: RunRecord, title?: string): RunView {
    const failures = record.steps
        .filter(({ outcome }) => outcome !== null && outcome !== 'succeeded')
        .map(({ path, id, phase, message, lastLines }): FailureView => {
            const place = { file: `${phase}.sh`, line: 12 };
            return { path, step: id, word: `${phase} failed`, cause: message, lines: lastLines, place };
        });
    return { head: headOf(record, title), ...partsOf(record), failures, moreFailureCount: 0 };
}

/** Two runs as their page is told of them. */
export function comparisonOfRecords(left: RunRecord, right: RunRecord): ComparisonView {
    const rows = compareRuns(left, right).map((row) => ({ ...row, left: sideOf(row.left), right: sideOf(row.right) }));
    return { left: headOf(left, 'Deploy · LAMP · 11:40'), right: headOf(right, 'Deploy · LAMP · 12:03'), rows };
}

function sideOf(side: ReturnType<typeof compareRuns>[number]['left']): ComparisonView['rows'][number]['left'] {
    if (side === null) return null;
    const outcome = side.outcome === 'succeeded' ? 'succeeded' : side.outcome === null ? null : 'failed';
    return { ...side, outcome };
}
