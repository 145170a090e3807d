/** From the record of a run to what its page draws: lanes, lines, bars. Numbers and names only; words are those of run-view.ts. */
import type {
    RunView,
    StepOutcome,
    TimelineLane,
    TimelineRow,
    TimelineStep,
    TimelineWait,
} from '../../media/timeline/protocol.ts';
import {
    chainsOf,
    criticalPathOf,
    type RecordedInstance,
    type RecordedStep,
    type RunRecord,
    type StepChain,
} from '../../runner/runs.ts';
import { plainLine } from '../../runner/terminal-text.ts';
import { withoutInstanceFolder } from '../deployments/instance-folder.ts';
import { redact } from '../ui/redact.ts';

/** What is drawn of a run. Times count from its beginning. */
export function partsOf(record: RunRecord): Pick<RunView, 'lanes' | 'steps' | 'waits' | 'critical'> {
    const chains = chainsOf(record.steps);
    return {
        lanes: lanesOf(record),
        steps: record.steps.map((step) => stepOf(record, step, chains.get(step.id))),
        waits: waitsOf(record),
        critical: [...criticalPathOf(record.steps, chains)],
    };
}

function stepOf({ run }: RunRecord, step: RecordedStep, chain: StepChain | undefined): TimelineStep {
    const { id, path, phase, begunAt, endedAt, tryNumber, because, exporter, message, exitCode, lastLines } = step;
    const isOver = run.endedAt !== null;
    return {
        id,
        path,
        phase,
        beginMs: Math.max(0, begunAt - run.begunAt),
        endMs:
            endedAt === null ? (isOver ? Math.max(0, (run.endedAt ?? 0) - run.begunAt) : null) : endedAt - run.begunAt,
        outcome: step.outcome === null ? (isOver ? 'open' : null) : outcomeOf(step.outcome),
        tryNumber,
        before: chain?.before ?? '',
        wave: chain?.wave ?? 1,
        because,
        exporter: exporter ?? '',
        message: redact(message),
        exitCode,
        lastLines: lastLines.map(shownLine),
        hasOutput: step.attempt !== null,
        hasRecipe: step.attempt !== null,
    };
}

/** A line of output as people may see it: without control sequences, secrets and the names of folders nobody chose. */
export function shownLine(line: string): string {
    return withoutInstanceFolder(plainLine(redact(line)));
}

/** The outcome of a step as the page knows it: what it does not know failed. */
export function outcomeOf(outcome: string): StepOutcome {
    switch (outcome) {
        case 'succeeded':
        case 'timedOut':
        case 'cancelled':
        case 'unknown':
            return outcome;
        default:
            return 'failed';
    }
}

function waitsOf({ run, waits }: RunRecord): readonly TimelineWait[] {
    return waits.map(({ path, kind, begunAt, endedAt, missing }) => ({
        path,
        kind,
        beginMs: Math.max(0, begunAt - run.begunAt),
        endMs: endedAt === null ? null : endedAt - run.begunAt,
        missing,
    }));
}

/** A lane for each machine, with the instances on it that did something or waited; machines in the order of the model. */
function lanesOf({ instances, steps, waits }: RunRecord): readonly TimelineLane[] {
    const known = new Map(instances.map((instance) => [instance.path, instance]));
    const touched = new Set([...steps, ...waits].map(({ path }) => path));
    // What the model forgot meanwhile keeps its place at the end.
    const strays = [...touched].filter((path) => !known.has(path)).map(strayAt);
    const shown = [...instances, ...strays].filter(({ path }) => touched.has(path));
    const byHost = Map.groupBy(shown, (instance) => hostOf(known, instance));
    return [...byHost].map(([path, rows]) => laneOf(path, known.get(path), rows));
}

function strayAt(path: string): RecordedInstance {
    const cut = path.lastIndexOf('/');
    const parent = cut > 0 ? path.slice(0, cut) : null;
    return { path, name: path.slice(cut + 1), component: '', installer: '', parent, address: '' };
}

function laneOf(
    path: string,
    host: RecordedInstance | undefined,
    instances: readonly RecordedInstance[],
): TimelineLane {
    const { name = path, component = '', address = '' } = host ?? {};
    const inside = instances.filter((instance) => instance.path !== path);
    const rows = inside.map((instance): TimelineRow => {
        const depth = instance.path.slice(path.length).split('/').length - 1;
        return { path: instance.path, name: instance.name, component: instance.component, depth };
    });
    return { path, name, detail: address === '' ? component : address, rows };
}

/** The machine that an instance is on: the nearest above it, or itself; the topmost one where there is none. */
function hostOf(known: ReadonlyMap<string, RecordedInstance>, instance: RecordedInstance): string {
    let [at, last]: [RecordedInstance | undefined, RecordedInstance] = [instance, instance];
    while (at !== undefined) {
        if (at.installer === 'target') return at.path;
        last = at;
        at = at.parent === null ? undefined : known.get(at.parent);
    }
    return last.path;
}
