/**
 * One stream of events is seen in four places: the list of deployments, the source, the graph and the status bar. Whatever happens, at every
 * event they name the same state of every instance.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeploymentView, Link } from '../../client/deployments/deployment-view.ts';
import { createLiveState } from '../../client/deployments/live-state.ts';
import { statusBarText } from '../../client/deployments/status-bar-text.ts';
import { runWords } from '../../client/deployments/tree-entries.ts';
import { createTreeMaker } from '../../client/deployments/tree-model.ts';
import type { TreeEntry } from '../../client/deployments/tree-entry.ts';
import { overlayOf } from '../../client/graph/overlay.ts';
import { shapeOf, type GutterShape } from '../../client/lens/instance-marks.ts';
import { instanceLenses } from '../../client/lens/lens-entries.ts';
import type { ApplicationModel } from '../../language/index.ts';
import type { RunState } from '../../media/protocol.ts';
import { nextEvents, snapshotOfSimulation, startSimulation } from '../../runner/index.ts';
import type { DeploymentSnapshot, InstanceSnapshot, RunnerEvent } from '../../runner/protocol.ts';
import { sketchModel } from '../runner/support/application.ts';
import { viewOf } from './support/snapshots.ts';

/** What a person takes from a row, a shape or a card. */
type Meaning = 'started' | 'stopped' | 'absent' | 'waiting' | 'moving' | 'paused' | 'trouble' | 'cancelled';

const BY_ICON: Readonly<Record<string, Meaning>> = {
    'pass-filled': 'started',
    'stop-circle': 'stopped',
    'circle-large-outline': 'absent',
    watch: 'waiting',
    'arrow-circle-up': 'waiting',
    history: 'waiting',
    'sync~spin': 'moving',
    'debug-pause': 'paused',
    'circle-slash': 'cancelled',
    error: 'trouble',
    question: 'trouble',
    'debug-disconnect': 'trouble',
};

const BY_SHAPE: Readonly<Record<GutterShape, readonly Meaning[]>> = {
    started: ['started'],
    stopped: ['stopped'],
    absent: ['absent'],
    waiting: ['waiting'],
    changing: ['moving'],
    // Somebody wanted it so, or nobody goes on with it: either way it stands still.
    paused: ['paused', 'cancelled'],
    failed: ['trouble'],
    problem: ['trouble'],
};

/** Of what is at rest and was not cancelled. */
const BY_STATUS: Readonly<Record<RunState['status'], Meaning>> = {
    DEPLOYING: 'paused',
    STARTING: 'paused',
    STOPPING: 'paused',
    UNDEPLOYING: 'paused',
    PROBLEM: 'trouble',
    UNRESOLVED: 'waiting',
    WAITING_FOR_ANCESTOR: 'waiting',
    DEPLOYED_STARTED: 'started',
    DEPLOYED_STOPPED: 'stopped',
    NOT_DEPLOYED: 'absent',
};

function meaningOfCard({ status, isMoving }: RunState, { failure }: InstanceSnapshot): Meaning {
    const meaning = BY_STATUS[status];
    if (meaning === 'paused') return isMoving ? 'moving' : 'paused';
    return failure?.kind === 'cancelled' ? 'cancelled' : meaning;
}

const SKETCH = sketchModel(
    {
        Machine: { installer: 'target' },
        Store: { installer: 'script', exports: { ip: null, port: '3306' } },
        Web: { installer: 'script', exports: { port: '80' }, imports: ['Store.ip', 'Store.port'] },
        Part: { installer: 'script', imports: ['Web.port (optional)'] },
    },
    {
        '/db': 'Machine',
        '/db/store': 'Store',
        '/front': 'Machine',
        '/front/web': 'Web',
        '/front/web/part': 'Part',
        '/back': 'Machine',
        '/back/web': 'Web',
    },
);

const AGAIN = { timeoutMs: null, retries: 2, retryDelayMs: 5000, retryFactor: 1 };

/** A part that fails to start is tried again by itself. */
const MODEL: ApplicationModel = {
    ...SKETCH,
    components: SKETCH.components.map((component) =>
        component.name === 'Web'
            ? { ...component, policies: { deploy: AGAIN, start: AGAIN, update: AGAIN, stop: AGAIN, undeploy: AGAIN } }
            : component,
    ),
};

type Happening = NonNullable<Parameters<typeof startSimulation>[1]['scenario']>[number]['happens'];

const order = fc.oneof(
    fc.constantFrom<Happening>(
        { kind: 'cancel' },
        { kind: 'retry', paths: [] },
        { kind: 'undeploy', paths: [] },
        { kind: 'resume', retryUnknown: true },
    ),
    fc.record({
        kind: fc.constantFrom('start' as const, 'stop' as const, 'deploy' as const),
        paths: fc.subarray(['/db/store', '/front/web', '/back'], { maxLength: 2 }),
    }),
);

const story = fc.record({
    seed: fc.integer({ min: 1, max: 10_000 }),
    chance: fc.constantFrom(0, 0.1, 0.4),
    orders: fc.array(fc.record({ at: fc.integer({ min: 0, max: 120_000 }), happens: order }), { maxLength: 5 }),
});

interface Told {
    readonly before: DeploymentSnapshot;
    readonly events: readonly RunnerEvent[];
}

function told({
    seed,
    chance,
    orders,
}: {
    readonly seed: number;
    readonly chance: number;
    readonly orders: readonly { readonly at: number; readonly happens: Happening }[];
}): Told {
    const scenario = [{ at: 0, happens: { kind: 'deploy' as const, paths: [] } }, ...orders];
    const simulation = startSimulation(MODEL, {
        seed,
        scenario: scenario.toSorted((left, right) => left.at - right.at),
        faults: [{ kind: 'fail', chance }],
    });
    const before = snapshotOfSimulation(simulation);
    const events: RunnerEvent[] = [];
    for (let next = nextEvents(simulation); next !== null && events.length < 2000; next = nextEvents(simulation))
        events.push(...next);
    return { before, events };
}

const LINKS: readonly Link[] = [{ kind: 'live' }, { kind: 'idle' }, { kind: 'interrupted' }];
const NOW = 200_000;

function rowsOf(view: DeploymentView): ReadonlyMap<string, TreeEntry> {
    const source = { applications: [], deployments: [view], histories: new Map(), targets: new Map(), now: NOW };
    const { nodes } = createTreeMaker()(source);
    const rows = [...nodes.values()].flatMap(({ element, entry }) =>
        element.kind === 'instance' ? [[element.path, entry] as const] : [],
    );
    return new Map(rows);
}

/** What the four say differently, a sentence each. */
function differences(view: DeploymentView): readonly string[] {
    const rows = rowsOf(view);
    const cards = overlayOf(view, NOW);
    const differing = view.snapshot.instances.flatMap((instance) => {
        const [row, card] = [rows.get(instance.path), cards[`instance:${instance.path}`]];
        const about = `${instance.path} ${instance.status} ${view.link.kind}`;
        if (row === undefined || card === undefined) return [`${about} is not shown`];
        return differencesOf(view, instance, { row, card }).map((what) => `${about}: ${what}`);
    });
    return [...differing, ...statusBarDifferences(view, [...rows.values()])];
}

interface Shown {
    readonly row: TreeEntry;
    readonly card: RunState;
}

function differencesOf(view: DeploymentView, instance: InstanceSnapshot, { row, card }: Shown): readonly string[] {
    const driven = view.link.kind === 'live';
    const meaning = BY_ICON[row.icon] ?? 'absent';
    const mark = { line: 0, instances: [instance] };
    const [lens] = instanceLenses(view, mark, NOW);
    const shape = shapeOf(mark, driven);
    const isSilent = !driven && instance.status !== 'NOT_DEPLOYED';
    const isTold = /as of/.test(lens?.title ?? '');
    const faults: readonly (readonly [boolean, string])[] = [
        [BY_SHAPE[shape].includes(meaning), `${shape} in the gutter, ${meaning} in the list`],
        [meaningOfCard(card, instance) === meaning, `${card.status} in the graph, ${meaning} in the list`],
        [lens === undefined || lens.title.includes(`$(${row.icon})`), `${lens?.title ?? ''} above its source`],
        [card.isStale === isSilent, 'silent in the graph or not'],
        [isTold === (lens !== undefined && isSilent && meaning !== 'paused'), 'silent above its source or not'],
    ];
    return faults.flatMap(([isRight, what]) => (isRight ? [] : [what]));
}

/** The status bar says what runs, else what was interrupted, else how much is in trouble; nothing when there is nothing of that. */
function statusBarDifferences(view: DeploymentView, rows: readonly TreeEntry[]): readonly string[] {
    const text = statusBarText([view])?.text ?? '';
    if (runWords(view) !== '') return text.includes('sync~spin') ? [] : ['the status bar tells of no run'];
    if (view.link.kind === 'interrupted') return text.includes('interrupted') ? [] : ['the status bar is silent'];
    const troubled = view.snapshot.instances.filter(
        ({ failure, step }) => failure !== null && failure.kind !== 'cancelled' && step === null,
    );
    // What is in trouble has a row of trouble, unless nobody is there to go on with what it was doing.
    const red = rows.filter(({ icon }) => BY_ICON[icon] === 'trouble' || BY_ICON[icon] === 'paused');
    const number = troubled.length < 2 ? '' : String(troubled.length);
    const isTold = (text === '') === (troubled.length === 0) && text.includes(number);
    return isTold && red.length >= troubled.length
        ? []
        : [`'${text}' in the status bar, ${String(troubled.length)} in trouble`];
}

test('the list, the source, the graph and the status bar name the same state of every instance at every event', () => {
    const seen = new Set<Meaning>();
    const faults = new Set<string>();
    fc.assert(
        fc.property(story, (happened) => {
            const { before, events } = told(happened);
            const state = createLiveState(before);
            events.forEach((event, index) => {
                state.apply(event);
                // A runner that leaves does so in the middle of anything: now and then is often enough.
                const links = index % 5 === 0 ? LINKS : LINKS.slice(0, 1);
                for (const link of event.kind === 'output' ? [] : links) {
                    const view = viewOf(state.snapshot(), { link, snapshot: state.snapshot() });
                    for (const { icon } of rowsOf(view).values()) seen.add(BY_ICON[icon] ?? 'absent');
                    for (const fault of differences(view)) faults.add(fault);
                }
            });
            expect([...faults]).toEqual([]);
        }),
        { numRuns: 15 },
    );
    expect([...seen].sort()).toEqual([
        'absent',
        'cancelled',
        'moving',
        'paused',
        'started',
        'stopped',
        'trouble',
        'waiting',
    ]);
});
