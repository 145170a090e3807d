/** The runner: one step against a bare spawn of its script, the simulated engine's growth, reading a journal, resuming after a kill. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Figure } from '../../scripts/bench.ts';
import { parseJournal } from '../../runner/journal/read.ts';
import { CHAIN_START, encodeRecord } from '../../runner/journal/record.ts';
import { systemClock } from '../../runner/clock.ts';
import { createLocalExecutor } from '../../runner/local/local-executor.ts';
import { createProcessTable } from '../../runner/local/processes.ts';
import { simulate } from '../../runner/simulation/simulate.ts';
import { temporaryDirectory } from '../runner/support/application.ts';
import { modelOf } from '../scenarios/model-text.ts';
import { medianMs } from './rounds.ts';

const program = resolve(import.meta.dirname, '..', '..', 'bin', 'roboconf.cjs');

export async function measure(): Promise<readonly Figure[]> {
    using place = temporaryDirectory();
    const script = join(place.path, 'i', 'scripts', 'start.sh');
    mkdirSync(join(place.path, 'i', 'scripts'), { recursive: true });
    writeFileSync(script, '#!/bin/sh\nexit 0\n');
    chmodSync(script, 0o755);
    const bare = await medianMs(60, () => once(spawn(script, { stdio: 'ignore' }), 'exit'));
    const step = await medianMs(60, stepIn(place.path));
    const [small, large] = [await eventsPerSecond(1_000), await eventsPerSecond(10_000)];
    const journal = journalOf(100_000);
    return [
        { name: 'bare spawn of a script that does nothing', value: bare, unit: 'ms' },
        { name: 'the same script as a step', value: step, unit: 'ms' },
        { name: 'overhead of a step', value: step - bare, unit: 'ms' },
        { name: 'simulated events, 1,000 instances', value: small, unit: '/s' },
        { name: 'simulated events, 10,000 instances', value: large, unit: '/s' },
        { name: 'time of an event for ten times the instances', value: small / large, unit: 'x' },
        { name: 'reading a journal of 100,000 records', value: await medianMs(3, () => readBack(journal)), unit: 'ms' },
        { name: 'from resume to the next step', value: await resumeMs(), unit: 'ms' },
    ];
}

function stepIn(directory: string): () => Promise<unknown> {
    const signal = new AbortController().signal;
    const executor = createLocalExecutor({
        clock: systemClock,
        processes: createProcessTable(process.platform),
        host: { variables: process.env, executable: process.execPath, isElectron: false },
        killGraceMs: 300,
        detached: signal,
        deploymentMark: `bench-${String(process.pid)}`,
        stepDirectoryOf: (attempt) => join(directory, 'steps', attempt),
        leftFileOf: () => join(directory, 'left'),
        portsInUse: () => [],
    });
    const about = { instancePath: '/i', component: 'C', installer: 'script', phase: 'start' } as const;
    const rest = {
        recipeSnapshot: null,
        formerSnapshots: null,
        environment: {},
        timeoutMs: 20_000,
        instanceDirectory: join(directory, 'i'),
    };
    let count = 0;
    return () => executor.runStep({ attempt: `a${String(++count)}`, ...about, ...rest }, () => undefined, signal);
}

/** Ten parts a machine, each importing what one store exports. */
async function eventsPerSecond(instances: number): Promise<number> {
    const lines = ['VM is target gives ip', 'Store gives ip', 'Part gives ip needs Store.ip', '/store Store'];
    for (let i = 0; i < instances / 11; i++) {
        lines.push(`/vm${String(i)} VM`);
        for (let part = 0; part < 10; part++) lines.push(`/vm${String(i)}/p${String(part)} Part`);
    }
    const model = modelOf(lines.join('\n'));
    let count = 0;
    const ms = await medianMs(3, () => (count = simulate(model, { seed: 1 }).log.length));
    return (count / ms) * 1000;
}

function journalOf(records: number): Buffer {
    const key = { directory: '/application', deployment: 'bench' };
    const opened = { kind: 'deploymentOpened', format: 'roboconf-journal', key, model: modelOf('A\n/a A') } as const;
    let encoded = encodeRecord({ ...opened, recipes: {} }, { time: 0, fence: 1 }, CHAIN_START);
    const lines = [encoded.line];
    for (let i = 1; i < records; i++) {
        const fact = {
            kind: 'retryDue',
            path: '/a',
            time: i,
            run: 'r',
            because: 'the delay is over',
            changes: [],
        } as const;
        encoded = encodeRecord(fact, { time: i, fence: 1 }, encoded.end);
        lines.push(encoded.line);
    }
    return Buffer.from(lines.join(''));
}

function readBack(journal: Buffer): void {
    if (parseJournal(journal, 'journal').kind !== 'read') throw new Error('the journal is whole');
}

/** A runner is killed in its first step; counted from the end of that step, or from the resume when it ended before. */
async function resumeMs(): Promise<number> {
    using place = temporaryDirectory();
    const trace = join(place.path, 'trace');
    const directory = applicationOf(place.path, trace);
    const env = { ...process.env, ROBOCONF_STATE: join(place.path, 'state') };
    const start = (...words: readonly string[]): ChildProcess =>
        spawn(process.execPath, [program, ...words], { env, stdio: 'ignore' });
    const killed = start('deploy', directory, '--yes');
    await written(trace, 1);
    killed.kill('SIGKILL');
    await written(trace, 2);
    const begun = Date.now();
    const resumed = start('resume', directory);
    const lines = await written(trace, 3);
    const next = Number(lines[2]);
    await once(resumed, 'exit');
    await once(start('undeploy', directory, '--yes'), 'exit');
    return next - begun;
}

/** Two instances on one machine whose starts note their beginning and end, in milliseconds since 1970. */
function applicationOf(folder: string, trace: string): string {
    const note = `"$ROBOCONF_NODE" -p 'Date.now()' >>'${trace}'`;
    const files = {
        'descriptor/application.properties':
            'name=bench\nversion=1.0\ndsl-id=roboconf-1.0\ngraph-entry-point=main.graph\ninstance-entry-point=all.instances\n',
        'graph/main.graph': 'Vm {\n\tinstaller: target;\n\tchildren: Job;\n}\nJob {\n\tinstaller: script;\n}\n',
        'graph/Job/scripts/start.sh': `#!/bin/sh\n${note}\nsleep 0.3\n${note}\n`,
        'instances/all.instances':
            'instance of Vm {\n\tname: vm;\n\tinstance of Job {\n\t\tname: one;\n\t}\n\tinstance of Job {\n\t\tname: two;\n\t}\n}\n',
    };
    for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, 'application', file)), { recursive: true });
        writeFileSync(join(folder, 'application', file), text);
    }
    return join(folder, 'application');
}

/** The lines of a file as soon as there are so many. */
async function written(file: string, count: number): Promise<readonly string[]> {
    const giveUpAt = Date.now() + 20_000;
    while (Date.now() < giveUpAt) {
        const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
        if (lines.length >= count) return lines;
        await delay(2);
    }
    throw new Error(`${file} did not get ${String(count)} lines`);
}
