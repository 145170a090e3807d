/** Recipes on hosts, for real but for the wire: every host is a shell of this computer with a home of its own. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../runner/clock.ts';
import type { MachinePlace, StepOutcome, StepRequest } from '../../../runner/executor.ts';
import { createAgents } from '../../../runner/ssh/agents.ts';
import { createRemoteSteps, type RemoteSteps } from '../../../runner/ssh/remote-steps.ts';
import type { AwaitedInstance } from '../../../runner/targets/target.ts';
import { temporaryDirectory } from '../support/application.ts';
import { createShellHosts, type ShellHosts } from '../support/shell-connection.ts';

const place = temporaryDirectory();
const worlds: ShellHosts[] = [];
afterAll(() => {
    worlds.forEach((hosts) => hosts.dispose());
    place[Symbol.dispose]();
});

const bash = join(place.path, 'sh');
symlinkSync('/bin/bash', bash);

let count = 0;

/** What is going to be initialized, by host. */
const awaited = new Map<string, readonly AwaitedInstance[]>();

interface World {
    readonly hosts: ShellHosts;
    readonly steps: RemoteSteps;
    /** Absolute folder of the deployment on a host. */
    readonly folder: string;
    readonly again: (detached?: AbortSignal) => RemoteSteps;
    readonly detach: () => void;
    readonly address: string;
}

/** All hosts have the processes of this computer in common: only deployments of different names can be told apart on them. */
function nameOf(address: string): string {
    return `demo${process.pid}${address}`;
}

function world(shell = '/bin/sh', reconnectMs = 600): World {
    const address = `h${++count}`;
    const hosts = createShellHosts(place.path, shell);
    worlds.push(hosts);
    const again = (detached = new AbortController().signal): RemoteSteps =>
        createRemoteSteps({
            clock: systemClock,
            connect: hosts.connect,
            agents: createAgents(nameOf(address)),
            awaitedOn: () => awaited.get(address) ?? [],
            deployment: nameOf(address),
            stepDirectoryOf: (attempt) => join(place.path, address, 'steps', attempt),
            detached,
            killGraceMs: 300,
            reconnectMs,
        });
    const controller = new AbortController();
    const steps = again(controller.signal);
    const folder = join(hosts.homeOf(address), '.roboconf', nameOf(address));
    return { hosts, steps, folder, again, detach: () => controller.abort(), address };
}

type Files = Readonly<Record<string, string | Buffer>>;

function snapshot(files: Files): string {
    const directory = join(place.path, 'recipes', `${++count}`);
    mkdirSync(join(directory, 'scripts'), { recursive: true });
    for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(directory, name)), { recursive: true });
        writeFileSync(join(directory, name), text, { mode: 0o644 });
    }
    return directory;
}

function requestOf({ address }: World, sketch: Partial<StepRequest>): StepRequest {
    const machine: MachinePlace = { path: '/vm', id: 'm', address, target: 't' };
    const about = { instancePath: '/vm/i', machine, component: 'C', installer: 'script', phase: 'start' as const };
    const folders = { instanceDirectory: '/somewhere/vm_i-1234', recipeSnapshot: null, formerSnapshots: null };
    return { attempt: `a${++count}`, ...about, ...folders, environment: {}, timeoutMs: 20_000, ...sketch };
}

interface Ran {
    readonly outcome: StepOutcome;
    readonly output: string;
    readonly request: StepRequest;
}

async function run(
    on: World,
    sketch: Partial<StepRequest>,
    { steps = on.steps, signal = new AbortController().signal, isAsked = false } = {},
): Promise<Ran> {
    const request = requestOf(on, sketch);
    let output = '';
    const act = isAsked ? steps.askStep : steps.runStep;
    const outcome = await act(request, ({ text }) => (output += text), signal);
    return { outcome, output, request };
}

/** Fills the instance's folder, then runs a script as `start`. */
async function start(on: World, script: string, sketch: Partial<StepRequest> = {}, files: Files = {}): Promise<Ran> {
    const phase = sketch.phase ?? 'start';
    const recipeSnapshot = snapshot({ [`scripts/${phase}.sh`]: script, ...files });
    const made = await run(on, { phase: 'initialize', recipeSnapshot });
    expect(made.outcome).toEqual({ kind: 'succeeded', durationMs: 0, leftRunning: [] });
    return run(on, sketch);
}

describe.each([
    ['dash', '/bin/sh'],
    ['bash', bash],
])('with %s', (_name, shell) => {
    test('a script runs with its values, in its folder, and its output comes back', async () => {
        const on = world(shell);
        const { outcome, output } = await start(
            on,
            '#!/bin/sh\npwd; cat "$ROBOCONF_FILES_DIR/note"; printf "%s|" "$A" "$SSH_CLIENT" "$HOME"; echo "$born$self$code$D"; echo oops >&2; exec <&0; read x || echo "no input"\n',
            { environment: { A: `it's "two"\nlines $(rm x) \`y\` \\n é`, born: '1', self: '2', code: '3', D: '4' } },
            { 'files/note': 'hello\n' },
        );
        expect(outcome).toMatchObject({ kind: 'succeeded', leftRunning: [] });
        expect(output).toContain(`${on.folder}/instances/vm_i-1234/scripts\nhello\n`);
        expect(output).toContain(
            `it's "two"\nlines $(rm x) \`y\` \\n é||${on.hosts.homeOf(on.address)}|1234\nno input\n`,
        );
        expect(output).toContain('oops\n');
    });

    test('a value too large for any program is named, and no recipe is begun', async () => {
        const large = 'x'.repeat(3_000_000);
        const { outcome, output } = await start(world(shell), '#!/bin/sh\necho begun\n', { environment: { large } });
        expect(outcome).toMatchObject({ kind: 'failed', exitCode: null });
        expect(outcome.kind === 'failed' && outcome.reason).toContain('the variable large has 3000000 bytes');
        expect(output).not.toContain('begun');
    });

    test('a failure tells code and last lines', async () => {
        const { outcome } = await start(world(shell), '#!/bin/sh\necho first\necho second >&2\nexit 3\n');
        expect(outcome).toMatchObject({ kind: 'failed', exitCode: 3, lastLines: ['first', 'second'] });
    });

    test('output comes while the step runs', async () => {
        const on = world(shell);
        const heard: string[] = [];
        await start(on, '#!/bin/sh\nexit 0');
        writeFileSync(
            join(on.folder, 'instances/vm_i-1234/scripts/start.sh'),
            '#!/bin/sh\necho one\nsleep 1\necho two\n',
        );
        const ending = on.steps.runStep(
            requestOf(on, {}),
            ({ text }) => heard.push(text),
            new AbortController().signal,
        );
        await delay(800);
        expect(heard).toEqual(['one\n']);
        expect(await ending).toMatchObject({ kind: 'succeeded' });
        expect(heard).toEqual(['one\n', 'two\n']);
    });

    test('cancelling ends everything the recipe started, also in sessions of its own', async () => {
        const on = world(shell);
        await start(on, '#!/bin/sh\nexit 0');
        const script = '#!/bin/sh\nsleep 61 &\nsetsid sleep 62 &\n(trap "" TERM; sleep 63) &\nsleep 64\n';
        writeFileSync(join(on.folder, 'instances/vm_i-1234/scripts/start.sh'), script);
        const controller = new AbortController();
        const ending = run(on, {}, { signal: controller.signal });
        await delay(300);
        controller.abort();
        const { outcome } = await ending;
        expect(outcome.kind).toBe('cancelled');
        const killed = outcome.kind === 'cancelled' ? outcome.killed.map(({ command }) => command) : [];
        expect(killed).toEqual(withAll(['sleep 61', 'sleep 62', 'sleep 63', 'sleep 64']));
    });

    test('a daemon is listed after start and ends with its instance', async () => {
        const on = world(shell);
        const { outcome, request } = await start(
            on,
            '#!/bin/sh\nsetsid sleep 71 &\n(exec env -i sleep 72) & sleep 0.3\n',
        );
        const left = outcome.kind === 'succeeded' ? outcome.leftRunning : [];
        expect(left.map(({ command }) => command).sort()).toEqual(['sleep 71', 'sleep 72']);
        const killed = await on.steps.removeInstance(request, new AbortController().signal);
        expect(killed.map(({ command }) => command).sort()).toEqual(['sleep 71', 'sleep 72']);
        expect(existsSync(join(on.folder, 'instances/vm_i-1234'))).toBe(false);
        expect(existsSync(join(on.folder, 'steps/vm_i-1234'))).toBe(false);
    });

    test('what deploy leaves running is killed and named', async () => {
        const { outcome, output } = await start(world(shell), '#!/bin/sh\nsleep 73 &\n', { phase: 'deploy' });
        expect(outcome).toMatchObject({ kind: 'succeeded', leftRunning: [] });
        expect(output).toMatch(/killed what deploy left running: \d+ \(sleep 73\)/);
    });

    test('a step goes on when the connection breaks, and its result is taken', async () => {
        const on = world(shell, 5_000);
        await start(on, '#!/bin/sh\nexit 0');
        writeFileSync(
            join(on.folder, 'instances/vm_i-1234/scripts/start.sh'),
            '#!/bin/sh\necho x >>ran; sleep 0.7; echo end\n',
        );
        const ending = run(on, {});
        await delay(300);
        on.hosts.cut(on.address);
        const { outcome, output } = await ending;
        expect(outcome).toMatchObject({ kind: 'succeeded' });
        expect(output).toBe('end\n');
        expect(readFileSync(join(on.folder, 'instances/vm_i-1234/scripts/ran'), 'utf8')).toBe('x\n');
    });
});

const never = new AbortController().signal;

function saying(text: string | RegExp): unknown {
    return typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text);
}

function withAll(texts: readonly string[]): unknown {
    return expect.arrayContaining([...texts]);
}

function scriptsOf(on: World): string {
    return join(on.folder, 'instances/vm_i-1234/scripts');
}

/** A host whose instance has a `start` that was put there by hand. */
async function hostWith(script: string, reconnectMs?: number): Promise<World> {
    const on = world('/bin/sh', reconnectMs);
    await start(on, '#!/bin/sh\nexit 0');
    writeFileSync(join(scriptsOf(on), 'start.sh'), script, { mode: 0o755 });
    return on;
}

describe('which program runs', () => {
    const rows: readonly [string, Files, object][] = [
        ['nothing', {}, { kind: 'succeeded' }],
        ['another extension', { 'scripts/start.py': '#!/bin/sh\nexit 4' }, { exitCode: 4 }],
        ['no extension, no first line', { 'scripts/start': 'exit 5' }, { exitCode: 5 }],
        [
            'a longer name is none',
            { 'scripts/start-it.sh': 'exit 6', 'scripts/start.a.b': 'exit 6' },
            { kind: 'succeeded' },
        ],
        ['.sh wins', { 'scripts/start.py': 'exit 6', 'scripts/start.sh': 'exit 7' }, { exitCode: 7 }],
        [
            'several',
            { 'scripts/start.py': 'exit 6', 'scripts/start.pl': 'exit 7' },
            { reason: 'several files could be the start script: start.pl, start.py; keep one, or name one start.sh' },
        ],
        ['Windows line ends', { 'scripts/start.sh': '#!/bin/sh\r\nexit 0\r\n' }, { reason: saying('Windows') }],
        [
            'a missing interpreter',
            { 'scripts/start.sh': '#! /no/such -x\nexit 0\n' },
            {
                reason: saying(/scripts\/start\.sh asks for \/no\/such, which is not installed on h\d+$/),
            },
        ],
        [
            'a template',
            { 'roboconf-templates/default.template': '#!/bin/sh\nexit {{#importLists}}8{{/importLists}}' },
            { exitCode: 8 },
        ],
        ['a template of the phase', { 'roboconf-templates/start.template': 'exit 9' }, { exitCode: 9 }],
        ['a bad template', { 'roboconf-templates/start.template': '{{#a' }, { reason: saying('Mustache') }],
    ];
    test.each(rows)('%s', async (_name, files, expected) => {
        const on = world();
        await run(on, { phase: 'initialize', recipeSnapshot: snapshot(files) });
        const { outcome } = await run(on, { environment: { Db_size: '1', Db_0_name: '/db', Db_0_ip: '1' } });
        expect(outcome).toMatchObject(expected);
    });

    test('an instance whose folder is gone is told', async () => {
        const { outcome } = await run(world(), {});
        expect(outcome).toMatchObject({
            kind: 'failed',
            reason: saying(/instances\/vm_i-1234 does not exist on h\d+/),
        });
    });

    test('loggers, machines and unknown installers need no host', async () => {
        const on = world();
        expect((await run(on, { installer: 'Logger' })).output).toBe('[roboconf] start /vm/i\n');
        expect((await run(on, { installer: 'target', phase: 'initialize' })).outcome.kind).toBe('succeeded');
        expect((await run(on, { installer: 'chef' })).outcome).toMatchObject({
            reason: saying('"chef"'),
        });
        expect(on.hosts.opened).toEqual([]);
    });
});

describe('recipe folders', () => {
    const binary = Buffer.from([0, 1, 2, 255, 10, 0]);

    test('files arrive as they are, with their rights, also binary, large and deep ones', async () => {
        const on = world();
        const deep = `files/${'long-name/'.repeat(14)}end`;
        const large = 'x'.repeat(200_000);
        const files = {
            'scripts/start.sh': '#!/bin/sh\n',
            'files/b.bin': binary,
            'files/large': large,
            [deep]: 'deep',
        };
        const recipeSnapshot = snapshot(files);
        for (let i = 0; i < 2; i++) {
            expect((await run(on, { phase: 'initialize', recipeSnapshot })).outcome.kind).toBe('succeeded');
            const folder = join(on.folder, 'instances/vm_i-1234');
            expect(readFileSync(join(folder, 'files/b.bin'))).toEqual(binary);
            expect(readFileSync(join(folder, 'files/large'), 'utf8')).toBe(large);
            expect(readFileSync(join(folder, deep), 'utf8')).toBe('deep');
            expect(statSync(join(folder, 'scripts/start.sh')).mode & 0o777).toBe(0o744);
            expect(statSync(join(folder, 'files/large')).mode & 0o777).toBe(0o644);
            expect(existsSync(join(folder, '.roboconf-complete'))).toBe(false);
        }
        expect(on.hosts.opened.filter((command) => command.includes('tar'))).toHaveLength(1);
    });

    test('a small recipe is sent once over a channel, however many instances have it', async () => {
        const on = world();
        let sent = '';
        on.hosts.onSend = (_address, data) => ((sent += data), true);
        const recipeSnapshot = snapshot({ 'scripts/start.sh': '#!/bin/sh\necho unmistakable\n', "files/it's": 'x' });
        for (const name of ['a', 'b', 'c']) {
            const made = await run(on, { phase: 'initialize', recipeSnapshot, instanceDirectory: `/x/${name}` });
            expect(made.outcome.kind).toBe('succeeded');
            expect(readFileSync(join(on.folder, 'instances', name, "files/it's"), 'utf8')).toBe('x');
        }
        expect(sent.split('unmistakable')).toHaveLength(2);
    });

    test('folders of instances that are awaited are filled along with the first, for one initialization each', async () => {
        const on = world();
        const sent: string[] = [];
        on.hosts.onSend = (_address, data) => sent.push(data) > 0;
        const a = snapshot({ 'scripts/start.sh': 'a' });
        const b = snapshot({ 'scripts/stop.sh': 'b', 'files/deep/note': 'n' });
        const fileOf = (name: string, file: string): string => join(on.folder, 'instances', name, file);
        const fill = async (name: string, recipeSnapshot: string): Promise<number> => {
            const before = sent.length;
            const made = await run(on, { phase: 'initialize', recipeSnapshot, instanceDirectory: `/x/${name}` });
            expect(made.outcome.kind).toBe('succeeded');
            return sent.length - before;
        };
        awaited.set(on.address, [
            { instanceDirectory: '/x/one', recipeSnapshot: a },
            { instanceDirectory: '/x/two', recipeSnapshot: b },
            { instanceDirectory: '/x/three', recipeSnapshot: join(place.path, 'nowhere') },
        ]);
        await fill('one', a);
        expect(statSync(fileOf('two', 'scripts/stop.sh')).mode & 0o777).toBe(0o744);
        expect(readFileSync(fileOf('two', 'files/deep/note'), 'utf8')).toBe('n');
        expect(statSync(join(on.folder, '..')).mode & 0o777).toBe(0o700);
        expect(statSync(on.folder).mode & 0o777).toBe(0o700);
        awaited.delete(on.address);
        expect(await fill('two', b)).toBe(0);
        writeFileSync(fileOf('two', 'scripts/left'), '');
        expect(await fill('two', b)).toBe(1);
        expect(existsSync(fileOf('two', 'scripts/left'))).toBe(false);
    });

    test.each(['cut', 'removed', 'another recipe'])(
        'a folder that was filled before is filled again: %s',
        async (why) => {
            const on = world();
            const a = snapshot({ 'scripts/start.sh': 'a' });
            awaited.set(on.address, [{ instanceDirectory: '/x/two', recipeSnapshot: a }]);
            await run(on, { phase: 'initialize', recipeSnapshot: a, instanceDirectory: '/x/one' });
            awaited.delete(on.address);
            const folder = join(on.folder, 'instances/two');
            writeFileSync(join(folder, 'left'), '');
            if (why === 'cut') on.hosts.cut(on.address);
            if (why === 'removed') {
                const { machine } = requestOf(on, {});
                const removal = { instancePath: '/vm/two', machine, instanceDirectory: '/x/two' };
                await on.steps.removeInstance(removal, new AbortController().signal);
            }
            const recipeSnapshot = why === 'another recipe' ? snapshot({ 'scripts/start.sh': 'b' }) : a;
            const made = await run(on, { phase: 'initialize', recipeSnapshot, instanceDirectory: '/x/two' });
            expect(made.outcome.kind).toBe('succeeded');
            expect(existsSync(join(folder, 'left'))).toBe(false);
            expect(readFileSync(join(folder, 'scripts/start.sh'), 'utf8')).toBe(recipeSnapshot === a ? 'a' : 'b');
        },
    );

    test('what keeps another folder from being filled is nothing to the one that was asked for', async () => {
        const on = world();
        const a = snapshot({ 'scripts/start.sh': 'a' });
        awaited.set(on.address, [
            { instanceDirectory: '/x/two', recipeSnapshot: snapshot({ 'scripts/start.sh/x': 'a' }) },
        ]);
        await run(on, { phase: 'initialize', recipeSnapshot: a, instanceDirectory: '/x/one' });
        awaited.set(on.address, [
            {
                instanceDirectory: `/x/${'n'.repeat(140)}`,
                recipeSnapshot: snapshot({ [`files/${'y'.repeat(240)}`]: 'a' }),
            },
        ]);
        mkdirSync(join(on.folder, 'steps'), { recursive: true });
        writeFileSync(join(on.folder, 'steps', 'n'.repeat(140)), '');
        const made = await run(on, { phase: 'initialize', recipeSnapshot: a, instanceDirectory: '/x/three' });
        expect(made.outcome.kind).toBe('succeeded');
        expect(readFileSync(join(on.folder, 'instances/three/scripts/start.sh'), 'utf8')).toBe('a');
    });

    test('a recipe copied over an earlier one takes its files away and keeps everything else', async () => {
        const on = world();
        const former = snapshot({ 'scripts/start.sh': '#!/bin/sh\n', 'files/old': 'old', 'files/both': '1' });
        await run(on, { phase: 'initialize', recipeSnapshot: former });
        const folder = join(on.folder, 'instances/vm_i-1234');
        writeFileSync(join(folder, 'data'), 'kept');
        const recipeSnapshot = snapshot({ 'scripts/start.sh': '#!/bin/sh\n', 'files/both': '2' });
        await run(on, { phase: 'initialize', recipeSnapshot, formerSnapshots: [former] });
        expect(existsSync(join(folder, 'files/old'))).toBe(false);
        expect(readFileSync(join(folder, 'files/both'), 'utf8')).toBe('2');
        expect(readFileSync(join(folder, 'data'), 'utf8')).toBe('kept');
        await run(on, { phase: 'initialize', recipeSnapshot });
        expect(existsSync(join(folder, 'data'))).toBe(false);
    });
});

describe('answers that are lost', () => {
    test('a step that was never sent is run after a reconnection', async () => {
        const on = await hostWith('#!/bin/sh\necho x >>ran\n', 5_000);
        let lost = 0;
        on.hosts.onSend = (_address, data) =>
            !(data.includes('rc_find') && !data.includes('rc_ended()') && lost++ === 0);
        const { outcome } = await run(on, {});
        expect(lost).toBeGreaterThan(0);
        expect(outcome.kind).toBe('succeeded');
        expect(readFileSync(join(scriptsOf(on), 'ran'), 'utf8')).toBe('x\n');
    });

    test('a step that ended while nobody could ask is answered from its result, and is not run again', async () => {
        const on = await hostWith('#!/bin/sh\necho x >>ran; echo out; sleep 0.3; exit 3\n', 5_000);
        const ending = run(on, {});
        await delay(150);
        on.hosts.refuse(on.address, true);
        on.hosts.cut(on.address);
        await delay(700);
        on.hosts.refuse(on.address, false);
        const { outcome, output } = await ending;
        expect(outcome).toMatchObject({ kind: 'failed', exitCode: 3, lastLines: ['out'] });
        expect(output).toBe('out\n');
        expect(readFileSync(join(scriptsOf(on), 'ran'), 'utf8')).toBe('x\n');
    });

    test('a host that stays away leaves the end unknown; asked again when it is back, the end is known', async () => {
        const on = await hostWith('#!/bin/sh\necho x >>ran; sleep 0.3\n');
        const request = requestOf(on, {});
        const ending = on.steps.runStep(request, () => undefined, never);
        await delay(150);
        on.hosts.refuse(on.address, true);
        on.hosts.cut(on.address);
        const outcome = await ending;
        expect(outcome).toMatchObject({
            kind: 'unknown',
            reason: saying(/the connection to h\d+ broke; h\d+ has not answered/),
        });
        on.hosts.refuse(on.address, false);
        expect((await on.again().askStep(request, () => undefined, never)).kind).toBe('succeeded');
        expect(readFileSync(join(scriptsOf(on), 'ran'), 'utf8')).toBe('x\n');
    });

    test('a runner that went leaves its step running; the next one awaits it and has all of its output', async () => {
        const on = await hostWith('#!/bin/sh\necho one; sleep 0.8; echo two; echo x >>ran\n');
        const request = requestOf(on, {});
        void on.steps.runStep(request, () => undefined, never);
        await delay(200);
        on.detach();
        on.hosts.cut(on.address);
        let output = '';
        const outcome = await on.again().askStep(request, ({ text }) => (output += text), never);
        expect(outcome.kind).toBe('succeeded');
        expect(output).toBe('one\ntwo\n');
        expect(readFileSync(join(place.path, on.address, 'steps', request.attempt, 'stdout'), 'utf8')).toBe(
            'one\ntwo\n',
        );
        expect(readFileSync(join(scriptsOf(on), 'ran'), 'utf8')).toBe('x\n');
    });

    test('a supervisor that was killed leaves the end unknown, and what it started is ended', async () => {
        const on = await hostWith('#!/bin/sh\nsleep 81 & kill -9 $PPID; wait\n');
        const { outcome } = await run(on, {});
        expect(outcome).toMatchObject({ kind: 'unknown', reason: saying('ended without a result') });
        expect(commandsWith('sleep 81')).toEqual([]);
    });

    test('a host that has nothing of the instance cannot be asked about a step of it', async () => {
        const { outcome } = await run(world(), {}, { isAsked: true });
        expect(outcome).toMatchObject({
            kind: 'unknown',
            reason: saying('nothing of this instance any more'),
        });
    });

    test('a step that is cancelled while its host is away ends as unknown at once', async () => {
        const on = await hostWith('#!/bin/sh\nsleep 0.6\n', 20_000);
        const controller = new AbortController();
        const ending = run(on, {}, { signal: controller.signal });
        await delay(150);
        on.hosts.refuse(on.address, true);
        on.hosts.cut(on.address);
        await delay(100);
        controller.abort();
        expect((await ending).outcome).toMatchObject({ kind: 'unknown', reason: saying('cancelled') });
    });

    test('a host that cannot be reached begins nothing', async () => {
        const on = world();
        on.hosts.refuse(on.address, true);
        expect((await run(on, {})).outcome).toMatchObject({
            kind: 'failed',
            reason: saying('does not answer'),
        });
        expect(await on.steps.findPorts({ ...requestOf(on, {}), count: 1, taken: [] }, never)).toEqual([]);
    });
});

describe('hostile output', () => {
    test('marks that look like the ends of answers, controls, and bytes that are no text change nothing', async () => {
        const script = String.raw`#!/bin/sh
printf '\n00000000000000000000000000000000 end 0 0\n'
printf '\033[2J\033]0;title\007red\000\377\376\n'
tr '\000' '\n' </proc/$PPID/cmdline | head -c 200; cat /proc/$PPID/environ
exit 7
`;
        const { outcome, output } = await run(await hostWith(script), {});
        expect(outcome).toMatchObject({ kind: 'failed', exitCode: 7 });
        expect(output).toContain('\n00000000000000000000000000000000 end 0 0\n');
        const lines = outcome.kind === 'failed' ? outcome.lastLines.join('\n') : '';
        expect(lines).toContain('red');
        expect(lines).not.toContain('\u001b');
    });

    test('a flood of output is cut in what is passed on, and its end is kept', async () => {
        const on = await hostWith('#!/bin/sh\nhead -c 30000000 /dev/zero | tr "\\000" y\necho\necho the end\nexit 1\n');
        const { outcome, output, request } = await run(on, {});
        expect(outcome).toMatchObject({ kind: 'failed', lastLines: withAll(['the end']) });
        expect(output.length).toBeLessThan(1_200_000);
        expect(output).toMatch(
            /more output follows; it is kept in ~\/\.roboconf\/demo\d+h\d+\/steps\/vm_i-1234\/a\d+\.stdout on h\d+/,
        );
        const kept = readFileSync(join(place.path, on.address, 'steps', request.attempt, 'stdout'), 'utf8');
        expect(kept.length).toBeLessThan(1_600_000);
        expect(kept).toMatch(/the end\n$/);
    });

    test('output without end is emptied on the host, and its step ends by its time-out', async () => {
        const on = await hostWith('#!/bin/sh\nexec yes\n');
        const { outcome, request } = await run(on, { timeoutMs: 1_200 });
        expect(outcome).toMatchObject({ kind: 'timedOut', timeoutMs: 1_200 });
        const killed = outcome.kind === 'timedOut' ? outcome.killed.map(({ command }) => command) : [];
        expect(killed).toEqual(['yes']);
        const kept = statSync(join(place.path, on.address, 'steps', request.attempt, 'stdout')).size;
        expect(kept).toBeLessThan(2_000_000);
    });
});

test('ports are neither in use, nor taken, nor answered twice', async () => {
    const on = world();
    const first = await on.steps.findPorts({ ...requestOf(on, {}), count: 2, taken: [] }, never);
    const next = (first[1] ?? 0) + 1;
    const second = await on.steps.findPorts({ ...requestOf(on, {}), count: 2, taken: [next] }, never);
    expect(new Set([...first, ...second, next]).size).toBe(5);
});

test('a step that may not write tells the folder and the host', async () => {
    const on = world();
    mkdirSync(on.hosts.homeOf(on.address), { recursive: true });
    writeFileSync(join(on.hosts.homeOf(on.address), '.roboconf'), 'in the way');
    const { outcome } = await run(on, { phase: 'initialize', recipeSnapshot: snapshot({}) });
    expect(outcome).toMatchObject({
        kind: 'failed',
        reason: saying(/h\d+: the folder .*\.roboconf cannot be made or written to/),
    });
});

function commandsWith(text: string): readonly string[] {
    return execFileSync('ps', ['-A', '-o', 'args='], { encoding: 'utf8' })
        .split('\n')
        .filter((line) => line === text);
}
