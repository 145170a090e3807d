/** The runner: one step against a bare spawn of its script, the simulated engine's growth, reading a journal, resuming after a kill. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../../scripts/bench.ts';
import { parseJournal } from '../../runner/journal/read.ts';
import { CHAIN_START, encodeRecord } from '../../runner/journal/record.ts';
import { systemClock } from '../../runner/clock.ts';
import { createLocalExecutor } from '../../runner/local/local-executor.ts';
import { createProcessTable } from '../../runner/local/processes.ts';
import { simulate } from '../../runner/simulation/simulate.ts';
import { temporaryDirectory } from '../runner/support/application.ts';
import { modelOf } from '../scenarios/model-text.ts';
import { resumeMs } from './resume.ts';
import { medianMs } from './rounds.ts';
import { THIS_COMPUTER } from '../runner/support/place.ts';

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
        machineFolder: join(directory, 'machines'),
        portsInUse: () => [],
    });
    const about = { instancePath: '/i', component: 'C', installer: 'script', phase: 'start' } as const;
    const rest = {
        recipeSnapshot: null,
        formerSnapshots: null,
        environment: {},
        timeoutMs: 20_000,
        instanceDirectory: join(directory, 'i'),
        machine: THIS_COMPUTER,
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
