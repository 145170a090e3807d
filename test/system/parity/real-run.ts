/** A real deployment in this process: recipes that write their environment to a file, the journal they lead to, the states at rest. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRunner, type InstanceSnapshot, type Order, type Runner } from '../../../runner/index.ts';
import type { CoreEvent } from '../../../runner/core/event.ts';
import { readJournal } from '../../../runner/journal/read.ts';
import type { ParityCase } from './generated.ts';

/** One recipe as it was run: its phase and every variable it found. */
export interface RanRecipe {
    readonly phase: string;
    readonly environment: Readonly<Record<string, string>>;
}

export interface RealRun {
    readonly facts: readonly CoreEvent[];
    /** What ran for each instance, in order. */
    readonly recipes: ReadonlyMap<string, readonly RanRecipe[]>;
    /** All instances each time an order had come to rest. */
    readonly atRest: readonly (readonly InstanceSnapshot[])[];
    readonly outcomes: readonly (string | null)[];
}

const PHASES = ['deploy', 'start', 'update', 'stop', 'undeploy'] as const;

/** Carries out the orders of a case, one after the other, and removes all it made. `signal` ends the waiting. */
export async function runForReal(parityCase: ParityCase, signal: AbortSignal): Promise<RealRun> {
    const { model, orders } = parityCase;
    const root = mkdtempSync(join(tmpdir(), 'parity é '));
    const traces = join(root, 'traces');
    const directory = join(root, 'application');
    mkdirSync(traces);
    prepare(parityCase, directory, traces);
    const runner = await open(root, directory, signal);
    try {
        const atRest: (readonly InstanceSnapshot[])[] = [];
        const outcomes: (string | null)[] = [];
        for (const order of orders) {
            const given: Order = order.kind === 'deploy' ? { ...order, model } : order;
            const answer = await runner.order(given, signal);
            if (answer.kind !== 'accepted') throw new Error(`${order.kind}: ${JSON.stringify(answer)}`);
            outcomes.push((await runner.whenQuiet(signal))?.outcome ?? null);
            atRest.push((await runner.snapshot(signal)).instances);
        }
        return { facts: factsIn(root), recipes: recipesIn(traces), atRest, outcomes };
    } finally {
        await runner.dispose();
        rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    }
}

function prepare({ model, source, failing }: ParityCase, directory: string, traces: string): void {
    if (source !== null) cpSync(source, directory, { recursive: true });
    for (const { name, recipeDirectory } of model.components) {
        if (recipeDirectory === null) continue;
        const scripts = join(directory, recipeDirectory, 'scripts');
        if (source === null) writeRecipes(scripts, name, failing);
        const files = existsSync(scripts) ? readdirSync(scripts) : [];
        for (const file of files) recordIn(join(scripts, file), traces);
    }
}

function writeRecipes(scripts: string, component: string, failing: ParityCase['failing']): void {
    mkdirSync(scripts, { recursive: true });
    // One component lacks recipes for two phases: steps without a program count as well.
    const phases = component === 'C1' ? (['start', 'update', 'stop'] as const) : PHASES;
    for (const phase of phases) {
        const isFailing = phase === failing?.phase;
        const end = isFailing ? `[ "$ROBOCONF_INSTANCE_PATH" != '${failing.path}' ] || exit 3\n` : '';
        writeFileSync(join(scripts, `${phase}.sh`), `#!/bin/sh\n${end}`);
    }
}

/** Makes the script of a phase write down its environment before anything else. */
function recordIn(script: string, traces: string): void {
    const phase = PHASES.find((each) => script.endsWith(`/${each}.sh`));
    if (phase === undefined) return;
    const file = `'${traces}'/"$ROBOCONF_CLEAN_INSTANCE_PATH"`;
    const record = `{ printf '\\001%s %s\\000' ${phase} "$ROBOCONF_INSTANCE_PATH"; env -0; } >>${file}`;
    const [shebang = '', ...body] = readFileSync(script, 'utf8').split('\n');
    writeFileSync(script, [shebang, record, ...body].join('\n'));
}

async function open(root: string, directory: string, signal: AbortSignal): Promise<Runner> {
    mkdirSync(directory, { recursive: true });
    const opened = await openRunner(
        { directory, deployment: 'parity', stateDirectory: join(root, 'state'), mode: 'attachOrStart' },
        signal,
    );
    if (opened.kind === 'refused') throw new Error(opened.message);
    return opened.runner;
}

function factsIn(root: string): readonly CoreEvent[] {
    const [folder = ''] = readdirSync(join(root, 'state'));
    const journal = readJournal(join(root, 'state', folder, 'current', 'journal.jsonl'));
    if (journal.kind !== 'read') throw new Error(`the journal is ${journal.kind}`);
    return journal.events;
}

/** What a program finds without anybody having given it. */
const OF_THE_SHELL = new Set(['PWD', 'OLDPWD', 'SHLVL', '_']);

function recipesIn(traces: string): ReadonlyMap<string, readonly RanRecipe[]> {
    return new Map(readdirSync(traces).map((file) => parseTrace(readFileSync(join(traces, file), 'utf8'))));
}

/** A recipe's part begins with byte 1; `PHASE PATH` and the variables after it end with byte 0 each. */
function parseTrace(text: string): readonly [string, readonly RanRecipe[]] {
    let path = '';
    const recipes = text
        .split('\u0001')
        .slice(1)
        .map((part): RanRecipe => {
            const [head = '', ...variables] = part.split('\0').slice(0, -1);
            const [phase = '', ...words] = head.split(' ');
            path = words.join(' ');
            return { phase, environment: Object.fromEntries(variables.map(variableOf).filter(isGiven)) };
        });
    return [path, recipes];
}

function variableOf(text: string): readonly [string, string] {
    const end = text.indexOf('=');
    return [text.slice(0, end), text.slice(end + 1)];
}

function isGiven([name]: readonly [string, string]): boolean {
    return !OF_THE_SHELL.has(name);
}
