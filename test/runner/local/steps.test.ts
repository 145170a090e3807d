/** Recipes that behave badly, run by the local executor for real. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { systemClock } from '../../../runner/clock.ts';
import type { Executor, StepOutcome, StepRequest } from '../../../runner/executor.ts';
import { createLocalExecutor } from '../../../runner/local/local-executor.ts';
import { createProcessTable } from '../../../runner/local/processes.ts';
import { temporaryDirectory } from '../support/application.ts';
import { THIS_COMPUTER } from '../support/place.ts';

const place = temporaryDirectory();
afterAll(() => place[Symbol.dispose]());
const processes = createProcessTable(process.platform);

function executor(detached: AbortSignal = new AbortController().signal): Executor {
    return createLocalExecutor({
        clock: systemClock,
        processes,
        host: { variables: process.env, executable: process.execPath, isElectron: false },
        killGraceMs: 300,
        detached,
        deploymentMark: `test-${process.pid}`,
        stepDirectoryOf: (attempt) => join(place.path, 'steps', attempt),
        leftFileOf: (path) => join(place.path, 'left', path.replaceAll('/', '_')),
        machineFolder: join(place.path, 'machines'),
        portsInUse: () => [],
    });
}

let count = 0;
type Sketch = Partial<StepRequest> & { readonly script?: string };
function requestOf({ script, ...rest }: Sketch): StepRequest {
    const attempt = `a${++count}`;
    const instancePath = `/i${count}`;
    const instanceDirectory = join(place.path, 'instances', attempt);
    const phase = rest.phase ?? 'start';
    mkdirSync(join(instanceDirectory, 'scripts'), { recursive: true });
    if (script !== undefined) {
        writeFileSync(join(instanceDirectory, 'scripts', `${phase}.sh`), script);
        chmodSync(join(instanceDirectory, 'scripts', `${phase}.sh`), 0o755);
    }
    const snapshots = { recipeSnapshot: null, formerSnapshots: null };
    const base = { component: 'C', installer: 'script', ...snapshots, environment: {}, timeoutMs: 20_000 };
    return { attempt, instancePath, machine: THIS_COMPUTER, instanceDirectory, phase, ...base, ...rest };
}

interface Ran {
    readonly outcome: StepOutcome;
    readonly output: string;
    readonly request: StepRequest;
}

async function run(sketch: Sketch, signal = new AbortController().signal): Promise<Ran> {
    const request = requestOf(sketch);
    let output = '';
    const outcome = await executor().runStep(request, ({ text }) => (output += text), signal);
    return { outcome, output, request };
}

const isAlive = (pid: number): boolean => processes.find(pid) !== undefined;
const pidIn = (text: string): number => Number(/pid=(\d+)/.exec(text)?.[1] ?? Number.NaN);

function attempted(act: () => void): boolean {
    try {
        act();
        return true;
    } catch {
        return false;
    }
}

/** A process is named by the program it runs, which is still the shell right after it was begun. */
const UNTIL_IT_SLEEPS = 'until ps -o command= -p $! | grep -q "^sleep"; do :; done\n';

test.concurrent('a recipe gets its variables, its directory and nothing else', async () => {
    const { outcome, output, request } = await run({
        script: '#!/bin/sh\npwd\nenv\nread line; echo "stdin:$line."\n',
        environment: { label: 'a one', 'bad-name': 'x', PATH: '/nowhere', LD_PRELOAD: 'x' },
    });
    expect(outcome.kind).toBe('succeeded');
    expect(output).toContain(`${request.instanceDirectory}/scripts\n`);
    expect(output).toContain('label=a one\n');
    expect(output).toContain(`ROBOCONF_FILES_DIR=${request.instanceDirectory}/files\n`);
    expect(output).toContain(`ROBOCONF_NODE=${process.execPath}\n`);
    expect(output).toContain('stdin:.');
    expect(output).not.toMatch(/bad-name|LD_PRELOAD|PATH=\/nowhere|VITEST/);
});

// Systems differ in what they take: a few megabytes in one variable are too much for each.
test.concurrent('a value too large for any program is named, and no recipe is begun', async () => {
    const { outcome, output } = await run({
        script: '#!/bin/sh\necho begun\n',
        environment: { small: 'x', large: 'x'.repeat(3_000_000) },
    });
    expect(outcome).toMatchObject({ kind: 'failed', exitCode: null });
    expect(outcome.kind === 'failed' && outcome.reason).toContain('the variable large has 3000000 bytes');
    expect(output).not.toContain('begun');
});

test.concurrent('a failing recipe is told with its exit code and last lines', async () => {
    const { outcome } = await run({
        script: '#!/bin/sh\nfor i in $(seq 30); do echo "line $i"; done\necho oops >&2\nexit 3\n',
    });
    expect(outcome).toMatchObject({ kind: 'failed', exitCode: 3, signal: null, lastLines: { length: 20 } });
    expect(outcome.kind === 'failed' && outcome.lastLines).toContain('oops');
});

test.concurrent(
    'a recipe without a first line of its own is run by the shell, one ended by a signal says so',
    async () => {
        expect((await run({ script: 'echo plain\n' })).output).toContain('plain');
        const { outcome } = await run({ script: '#!/bin/sh\nkill -9 $$\n' });
        expect(outcome).toMatchObject({ kind: 'failed', exitCode: 137, signal: 'SIGKILL' });
    },
);

test.concurrent.each([
    ['a missing interpreter', '#!/no/such/program\n', '/no/such/program'],
    ['Windows line ends', '#!/bin/sh\r\necho\r\n', 'Windows line ends'],
])('%s is explained', async (_, script, words) => {
    const { outcome } = await run({ script });
    expect(outcome).toMatchObject({ kind: 'failed', exitCode: null });
    expect(outcome.kind === 'failed' && outcome.reason).toContain(words);
});

test.concurrent('a recipe that hangs and ignores TERM is timed out and killed', async () => {
    const { outcome, output } = await run({
        script: '#!/bin/sh\ntrap "" TERM\necho pid=$$\nwhile :; do sleep 0.1; done\n',
        timeoutMs: 300,
    });
    expect(outcome).toMatchObject({ kind: 'timedOut', timeoutMs: 300 });
    expect(isAlive(pidIn(output))).toBe(false);
});

test.concurrent('cancelling kills everything the recipe started, also in sessions of its own', async () => {
    const controller = new AbortController();
    const ran = run({ script: '#!/bin/sh\nsetsid sleep 300 &\necho pid=$!\nsleep 300\n' }, controller.signal);
    await delay(400);
    controller.abort();
    const { outcome, output } = await ran;
    expect(outcome).toMatchObject({ kind: 'cancelled' });
    expect(isAlive(pidIn(output))).toBe(false);
});

test.concurrent('a flood of output is capped in events and on disk', async () => {
    const { outcome, output, request } = await run({
        script: '#!/bin/sh\nhead -c 40000000 /dev/zero | tr "\\0" "x" | fold -w 100\necho last\n',
    });
    expect(outcome.kind).toBe('succeeded');
    expect(output.length).toBeLessThan(2_000_000);
    expect(output).toMatch(/more output follows|output before this line was cut/);
    expect(readFileSync(join(place.path, 'steps', request.attempt, 'stdout')).length).toBeLessThan(16_800_000);
});

test.concurrent('a daemon left by start is listed, holds no step up, and ends with its instance', async () => {
    const { outcome, output, request } = await run({
        script: `#!/bin/sh\nsleep 301 &\necho pid=$!\n${UNTIL_IT_SLEEPS}`,
    });
    expect(outcome).toMatchObject({ kind: 'succeeded', leftRunning: [{ pid: pidIn(output), command: 'sleep 301' }] });
    expect(isAlive(pidIn(output))).toBe(true);
    const killed = await executor().removeInstance(request, new AbortController().signal);
    expect(killed).toEqual([{ pid: pidIn(output), command: 'sleep 301' }]);
    expect(isAlive(pidIn(output))).toBe(false);
    expect(existsSync(request.instanceDirectory)).toBe(false);
});

test.concurrent('a daemon that cleared its environment, or left the session, ends with its instance too', async () => {
    const { output, request } = await run({
        script: `#!/bin/sh\nenv -i sleep 302 &\necho pid=$!\n${UNTIL_IT_SLEEPS}setsid sleep 303 &\necho "also=$!"\n${UNTIL_IT_SLEEPS}`,
    });
    await executor().removeInstance(request, new AbortController().signal);
    expect(isAlive(pidIn(output))).toBe(false);
    expect(isAlive(Number(/also=(\d+)/.exec(output)?.[1]))).toBe(false);
});

test.concurrent.each(['deploy', 'stop', 'undeploy'] as const)(
    'what %s leaves running is killed and named',
    async (phase) => {
        const script = `#!/bin/sh\nsleep 304 &\necho pid=$!\n${UNTIL_IT_SLEEPS}`;
        const { outcome, output } = await run({ phase, script });
        expect(outcome).toMatchObject({ kind: 'succeeded', leftRunning: [] });
        expect(output).toContain(`killed what ${phase} left running: ${pidIn(output)} (sleep 304)`);
        expect(isAlive(pidIn(output))).toBe(false);
    },
);

test.concurrent('a step begun by a runner that died is awaited, then answered from its result', async () => {
    const detached = new AbortController();
    const request = requestOf({ script: '#!/bin/sh\necho once >>../count\nsleep 0.5\nexit 4\n' });
    void executor(detached.signal).runStep(request, () => undefined, new AbortController().signal);
    await delay(150);
    detached.abort();
    const ask = (): Promise<StepOutcome> => executor().askStep(request, () => undefined, new AbortController().signal);
    expect(await ask()).toMatchObject({ kind: 'failed', exitCode: 4 });
    expect(await ask()).toMatchObject({ kind: 'failed', exitCode: 4 });
    expect(readFileSync(join(request.instanceDirectory, 'count'), 'utf8')).toBe('once\n');
});

test.concurrent('a step whose supervisor vanished without a result is unknown; one never begun is run', async () => {
    const lost = requestOf({ script: '#!/bin/sh\necho ran >>../count\n' });
    mkdirSync(join(place.path, 'steps', lost.attempt), { recursive: true });
    writeFileSync(join(place.path, 'steps', lost.attempt, 'claim'), '');
    // Half of a line is no result.
    writeFileSync(join(place.path, 'steps', lost.attempt, 'result'), `${lost.attempt} 0`);
    const ask = (request: StepRequest): Promise<StepOutcome> =>
        executor().askStep(request, () => undefined, new AbortController().signal);
    expect(await ask(lost)).toMatchObject({ kind: 'unknown' });
    expect(existsSync(join(lost.instanceDirectory, 'count'))).toBe(false);

    const fresh = requestOf({ script: '#!/bin/sh\necho ran >>../count\n' });
    expect(await ask(fresh)).toMatchObject({ kind: 'succeeded' });
    expect(readFileSync(join(fresh.instanceDirectory, 'count'), 'utf8')).toBe('ran\n');
});

test.concurrent.each([0, 1, 2])(
    'after %i runners that died with the right to run it, a step is run once',
    async (died) => {
        const request = requestOf({ script: '#!/bin/sh\necho ran >>../count\n' });
        const claims = Array.from({ length: died }, () => 'claim');
        mkdirSync(join(place.path, 'steps', request.attempt, ...claims), { recursive: true });
        const ask = (): Promise<StepOutcome> =>
            executor().askStep(request, () => undefined, new AbortController().signal);
        expect(await ask()).toMatchObject({ kind: 'succeeded' });
        expect(await ask()).toMatchObject({ kind: 'succeeded' });
        expect(readFileSync(join(request.instanceDirectory, 'count'), 'utf8')).toBe('ran\n');
    },
);

test.concurrent('a supervisor from which the right was taken runs nothing', async () => {
    const request = requestOf({ script: '#!/bin/sh\necho ran >>../count\n' });
    const directory = join(place.path, 'steps', request.attempt);
    const late = executor().runStep(request, () => undefined, new AbortController().signal);
    // The shell is being started while this folder is made, or this comes too late and the recipe runs.
    const isTaken = attempted(() => mkdirSync(join(directory, 'claim')));
    const outcome = await late;
    expect(outcome.kind).toBe(isTaken ? 'failed' : 'succeeded');
    expect(existsSync(join(request.instanceDirectory, 'count'))).toBe(!isTaken);
});

test.concurrent('a supervisor that is slow to say who it is is awaited', async () => {
    const request = requestOf({});
    const directory = join(place.path, 'steps', request.attempt);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'claim'), '');
    const slow = `sleep 1; echo '${request.attempt} 7' >'${directory}/result'`;
    const env = { ...process.env, ROBOCONF_STEP_MARK: `test-${process.pid}.${request.attempt}` };
    spawn('/bin/sh', ['-c', slow], { env, stdio: 'ignore' });
    const outcome = await executor().askStep(request, () => undefined, new AbortController().signal);
    expect(outcome).toMatchObject({ kind: 'failed', exitCode: 7 });
});

test.concurrent(
    'installers: logger says a line, unknown ones name those that are known, no script is no failure',
    async () => {
        expect((await run({ installer: 'Logger', phase: 'deploy' })).output).toMatch(/deploy \/i\d+/);
        const puppet = await run({ installer: 'puppet' });
        expect(puppet.outcome.kind === 'failed' && puppet.outcome.reason).toContain('script, logger, target');
        expect(await run({})).toMatchObject({
            outcome: { kind: 'succeeded' },
            output: /no script or template for start/,
        });
    },
);

test.concurrent(
    'several scripts with one stem are refused; a longer name is no candidate; templates are filled in',
    async () => {
        const request = requestOf({ environment: { D_size: '1', D_0_name: '/d', D_0_my_port: '80 & 81' } });
        const scripts = join(request.instanceDirectory, 'scripts');
        const start = (attempt: string): Promise<StepOutcome> =>
            executor().runStep(
                { ...request, attempt },
                (piece) => (output += piece.text),
                new AbortController().signal,
            );
        let output = '';
        writeFileSync(join(scripts, 'start-helper.py'), 'exit 9\n');
        mkdirSync(join(request.instanceDirectory, 'roboconf-templates'));
        const template =
            '{{#importLists}}{{#imports}}{{#exportedVars}}echo "{{name}}={{value}}"{{/exportedVars}}{{/imports}}{{/importLists}}\n';
        writeFileSync(join(request.instanceDirectory, 'roboconf-templates', 'default.template'), template);
        expect(await start('t1')).toMatchObject({ kind: 'succeeded' });
        expect(output).toContain('D.my_port=80 & 81');
        writeFileSync(join(scripts, 'start.py'), '');
        writeFileSync(join(scripts, 'start.rb'), '');
        const refused = await start('t2');
        expect(refused.kind === 'failed' && refused.reason).toContain('start.py, start.rb');
    },
);
