/** The command line as scripts and people use it: what it prints and how it exits. */
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createProduct, sendSignal, type Product } from './product.ts';

let product: Product;
beforeEach(() => {
    product = createProduct('hello-cluster');
});
afterEach(async () => {
    await product.dispose();
});

/** Replaces the first `from` of a file of the application; a text that is not there is a mistake of the test. */
function edit(file: string, from: string, to: string): void {
    const path = join(product.directory, file);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));
}

interface FindingRecord {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly endColumn: number;
    readonly severity: string;
    readonly code: string;
}

/** The word a finding points at. */
function wordAt({ file, line, column, endColumn }: FindingRecord): string {
    const text = readFileSync(join(product.directory, file), 'utf8').split('\n')[line - 1] ?? '';
    return text.slice(column - 1, endColumn - 1);
}

test('check says nothing about a model without fault', async () => {
    expect(await product.run('check', product.directory)).toEqual({ code: 0, out: '', err: '' });
});

const breaks: readonly (readonly [string, string, string, string, string, string])[] = [
    ['a child', 'graph/machine.graph', 'Store, Worker', 'Store, Wroker', 'CO_INEXISTING_CHILD', 'Wroker'],
    [
        'an imported file',
        'graph/main.graph',
        'machine.graph',
        'machines.graph',
        'CO_UNREACHABLE_FILE',
        'machines.graph',
    ],
    [
        'an imported variable',
        'graph/main.graph',
        'imports: Store.ip, Store.port',
        'imports: Store.ip, Store.prot',
        'RM_UNRESOLVABLE_VARIABLE',
        'Store.prot',
    ],
    [
        'a parent',
        'graph/machine.graph',
        'Store, Worker, LoadBalancer',
        'Worker, LoadBalancer',
        'RM_INVALID_INSTANCE_PARENT',
        'Store',
    ],
    [
        'a component of an instance',
        'instances/model.instances',
        'instance of Store',
        'instance of Stores',
        'CO_INEXISTING_COMPONENT',
        'Stores',
    ],
];

for (const [what, file, from, to, code, word] of breaks) {
    test(`breaking ${what} gives ${code} at the word`, async () => {
        edit(file, from, to);
        const { code: exitCode, out } = await product.run('check', product.directory, '--format', 'json');
        expect(exitCode).toBe(1);
        const findings = out
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as FindingRecord);
        const found = findings.find((finding) => finding.code === code);
        expect(found, out).toMatchObject({ severity: 'error' });
        expect(found === undefined ? '' : wordAt(found)).toBe(word);
    });
}

test('a missing semicolon is found at the end of its line', async () => {
    edit('graph/machine.graph', 'exports: ip;', 'exports: ip');
    const { code, out } = await product.run('check', product.directory);
    expect(code).toBe(1);
    expect(out).toMatch(/machine\.graph:4:\d+: error P_PROPERTY_ENDS_WITH_SEMI_COLON: /);
    expect(out.trim().split('\n')).toHaveLength(1);
});

test('the same seed gives the same bytes, another seed other ones', async () => {
    const simulate = async (seed: string): Promise<string> => {
        const { code, out } = await product.run('simulate', product.directory, '--seed', seed, '--format', 'json');
        expect(code).toBe(0);
        return out;
    };
    const first = await simulate('7');
    expect(first.split('\n').length).toBeGreaterThan(20);
    expect(await simulate('7')).toBe(first);
    expect(await simulate('8')).not.toBe(first);
});

test('faults and scenarios come from files, and a mistake in one is located', async () => {
    const faults = join(product.directory, 'faults.json');
    writeFileSync(faults, JSON.stringify([{ kind: 'fail', path: '/data/store', phase: 'start' }]));
    const failed = await product.run('simulate', product.directory, '--faults', faults);
    expect(failed.code).toBe(1);
    expect(failed.out).toContain('/data/store  start failed: ');
    writeFileSync(faults, JSON.stringify([{ kind: 'fail' }, { kind: 'explode' }]));
    const refused = await product.run('simulate', product.directory, '--faults', faults);
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toContain('entry 2: \'kind\' is not known: "explode"');
});

test('deploy refuses a model with errors, asks before it acts, and names what it does not understand', async () => {
    expect(await product.run('deploy', product.directory)).toMatchObject({ code: 2 });
    expect(await product.run('deploy', product.directory, '--yes', 'worker')).toMatchObject({ code: 2 });
    expect(await product.run('deploy', product.directory, '--frobnicate')).toMatchObject({ code: 2 });
    expect(await product.run('frobnicate')).toMatchObject({ code: 2 });
    edit('graph/machine.graph', 'Store, Worker', 'Store, Wroker');
    const refused = await product.run('deploy', product.directory, '--yes');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('CO_INEXISTING_CHILD');
    expect(product.trace()).toEqual([]);
});

test('status, stop and resume of what is not deployed say so', async () => {
    expect((await product.run('status', product.directory)).out).toContain("'hello-cluster' is not deployed");
    for (const verb of ['stop', 'resume']) {
        const answer = await product.run(verb, product.directory);
        expect(answer, verb).toMatchObject({ code: 1, out: '' });
        expect(answer.err, verb).toMatch(/not deployed|nothing/i);
    }
    expect((await product.run('resume')).err).toContain('Nothing to resume.');
});

test('graph draws in every format, model is JSON', async () => {
    const draw = async (format: string): Promise<string> =>
        (await product.run('graph', product.directory, '--format', format)).out;
    expect(await draw('svg')).toMatch(/^<svg [^]*LoadBalancer[^]*<\/svg>\n$/);
    expect(await draw('mermaid')).toMatch(/^flowchart LR\n[^]*LoadBalancer/);
    expect(await draw('dot')).toMatch(/^digraph roboconf \{\n[^]*label="LoadBalancer/);
    expect(JSON.parse(await draw('json'))).toMatchObject({ perspective: 'components' });
    const { out } = await product.run('model', product.directory);
    expect(JSON.parse(out)).toMatchObject({ formatVersion: 1, name: 'hello-cluster', rootComponents: ['Machine'] });
});

test('format rewrites, check --format names what GitHub and code scanning need', async () => {
    const file = join(product.directory, 'graph', 'machine.graph');
    edit('graph/machine.graph', 'Store, Worker', 'Store,   Wroker');
    expect(await product.run('format', '--check', product.directory)).toMatchObject({ code: 1, out: `${file}\n` });
    expect(await product.run('format', product.directory)).toMatchObject({ code: 0, out: `${file}\n` });
    expect(readFileSync(file, 'utf8')).toContain('Store, Wroker');
    const annotated = await product.run('check', product.directory, '--format', 'github');
    expect(annotated.out).toMatch(/^::error file=.*machine\.graph,line=\d+,.*title=CO_INEXISTING_CHILD::/m);
    const { code, out } = await product.run('-C', product.directory, 'check', '--format', 'sarif');
    expect(code).toBe(1);
    const { runs } = JSON.parse(out) as { readonly runs: readonly { readonly results: readonly unknown[] }[] };
    expect(JSON.stringify(runs[0]?.results)).toContain('"uri":"graph/machine.graph","uriBaseId":"%SRCROOT%"');
});

test('what is not understood is named, with what may have been meant', async () => {
    const said = async (...words: readonly string[]): Promise<string> => {
        const answer = await product.run(...words);
        expect(answer, words.join(' ')).toMatchObject({ code: 2, out: '' });
        return answer.err;
    };
    expect(await said('chekc')).toContain("Did you mean 'check'?");
    expect(await said('check', '--strikt')).toContain('did you mean --strict?');
    expect(await said('status', '--name')).toContain('--name needs a value');
    expect(await said('deploy', product.directory, '--name=', '--yes')).toContain('--name needs a value');
    expect(await said('-C', product.directory, 'logs', '/web-1')).toContain('write: . /web-1');
    expect(await said('cancel', product.directory, '/web-1')).toContain("'/web-1' is one word too many");
    expect(await said('settle', product.directory, '/web-1')).toContain('say --succeeded or --failed');
    expect(await said('deploy', product.directory, '/web-1/wroker', '--yes')).toMatch(
        /there is no instance \/web-1\/wroker in .*Did you mean '\/web-1\/worker'\?/,
    );
    expect(await said('check', 'no-such-place')).toContain("there is no file or directory 'no-such-place'");
    expect(await said('-C', 'no-such-place', 'check')).toContain("there is no directory 'no-such-place'");
    expect(await said('help', 'chekc')).toContain("Did you mean 'check'?");
    const { code, out } = await product.run('--version');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string });
});

test('a changed model is shown, applied when agreed to, and told apart in JSON', async () => {
    expect((await product.run('deploy', product.directory, '--dry-run')).out).toMatch(
        /^ {2}\+ \/front +added: Machine\n[^]*\nPlan: 8 added\.\n$/,
    );
    expect(product.trace()).toEqual([]);
    const deployed = await product.run('deploy', product.directory, '--yes', '--quiet');
    expect(deployed).toMatchObject({ code: 0, err: '' });
    expect(deployed.out).toMatch(/^deploy succeeded in .*\n$/);
    const same = await product.run('deploy', product.directory, '--dry-run');
    expect(same).toMatchObject({ code: 0, out: '' });
    const sameRecord = await product.run('deploy', product.directory, '--dry-run', '--format', 'json');
    expect(JSON.parse(sameRecord.out)).toMatchObject({ kind: 'changed', difference: { changes: [], others: [] } });
    edit('instances/model.instances', 'Hello from the second worker', 'Good morning');
    const planned = await product.run('deploy', product.directory, '--dry-run');
    expect(planned.out).toBe(
        '  ~ /web-2/worker  restarted: greeting was Hello from the second worker and is Good morning\nPlan: 1 restarted.\n',
    );
    expect(await product.run('deploy', product.directory)).toMatchObject({ code: 2, out: planned.out });
    const begun = product.trace().length;
    const applied = await product.run('deploy', product.directory, '--yes', '--format', 'json');
    expect(applied).toMatchObject({ code: 0 });
    const [first, ...events] = applied.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { readonly kind: string; readonly difference?: object });
    expect(first).toMatchObject({ kind: 'changed', difference: { changes: [{ path: '/web-2/worker' }] } });
    expect(events.at(-1)).toMatchObject({ kind: 'runEnded', run: { outcome: 'succeeded' } });
    const restarted = product.trace().slice(begun);
    expect(restarted.filter((line) => / (start|stop)$/.test(line))).toEqual(
        ['stop', 'start'].flatMap((phase) => [`begin /web-2/worker ${phase}`, `end /web-2/worker ${phase}`]),
    );
});

test('history, logs and status tell what happened; retry tries again', async () => {
    edit(
        'graph/Store/scripts/start.sh',
        'set -eu',
        `set -eu\n[ -e '${product.directory}/cured' ] || { printf 'the \\033]0;x\\007disk is full\\n' >&2; exit 7; }`,
    );
    const failed = await product.run('deploy', product.directory, '--yes');
    expect(failed).toMatchObject({ code: 1 });
    expect(failed.out).toMatch(/deploy failed[^]*\/data\/store: .*7[^]*\| the disk is full[^]*`roboconf retry`/);
    const status = await product.run('status', product.directory);
    expect(status.out).toMatch(
        /\/data\/store +DEPLOYED_STOPPED +start failed\n[^]*\| the disk is full[^]*`roboconf retry`/,
    );
    const logs = await product.run('logs', product.directory, '/data', '--phase', 'start');
    expect(logs.out).toBe('/data/store start | the disk is full\n/data/store start failed\n');
    writeFileSync(join(product.directory, 'cured'), '');
    expect(await product.run('retry', product.directory, '/data/store')).toMatchObject({ code: 0 });
    const history = await product.run('history', product.directory, '--format', 'json');
    const runs = history.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { readonly number: number; readonly order: string });
    expect(runs).toMatchObject([
        { number: 1, order: 'retry', paths: ['/data/store'], outcome: 'succeeded' },
        { number: 2, order: 'deploy', paths: [], outcome: 'failed', unreachedCount: 4 },
    ]);
    const one = await product.run('history', product.directory, '2');
    expect(one.out).toMatch(/^deploy of the whole application, begun .*: failed after /);
    expect(one.out).toMatch(/\/data\/store +start +\d+\.\d s +failed/);
    expect(await product.run('history', product.directory, '3')).toMatchObject({ code: 2 });
    const last = await product.run(
        'logs',
        product.directory,
        '/data',
        '--last',
        '--phase',
        'start',
        '--format',
        'json',
    );
    expect(JSON.parse(last.out.trim().split('\n').at(-1) ?? '')).toMatchObject({
        ...{ path: '/data/store', phase: 'start', outcome: 'succeeded' },
    });
});

test('logs --follow goes on until it is interrupted', async () => {
    expect(await product.run('deploy', product.directory, '--yes')).toMatchObject({ code: 0 });
    const follower = product.start('logs', product.directory, '/web-1', '--follow');
    let out = '';
    follower.stdout?.on('data', (data: Buffer) => (out += data.toString()));
    await expect.poll(() => out, { timeout: 60_000 }).toContain('/web-1/worker start | ');
    const before = out.length;
    expect(await product.run('stop', product.directory, '/web-1/worker')).toMatchObject({ code: 0 });
    await expect.poll(() => out.slice(before), { timeout: 60_000 }).toContain('/web-1/worker stop | ');
    expect(out).not.toContain('/web-2');
    const ended = new Promise((done) => follower.once('exit', done));
    follower.kill('SIGINT');
    expect(await ended).toBe(0);
});

test('cancel waits until nothing of the run is left, and says what it waits for', async () => {
    edit('graph/Store/scripts/start.sh', 'set -eu', 'set -eu\nsleep 1000');
    const deploying = product.start('deploy', product.directory, '--yes');
    const ended = new Promise((done) => deploying.once('exit', done));
    deploying.stdout?.resume();
    await expect.poll(() => product.trace(), { timeout: 60_000 }).toContain('begin /data/store start');
    const cancelled = await product.run('cancel', product.directory);
    expect(cancelled).toMatchObject({ code: 0 });
    expect(cancelled.err).toContain('Ending /data/store start');
    expect(cancelled.err).toContain('the deploy has ended: cancelled');
    expect(await ended).toBe(1);
    expect(product.processes().filter((line) => line.includes('sleep 1000'))).toEqual([]);
    const again = await product.run('cancel', product.directory);
    expect(again).toMatchObject({ code: 1 });
    expect(again.err).toContain('Nothing is under way');
});

test('a deployment is found again after its directory was moved', async () => {
    expect(await product.run('deploy', product.directory, '/data', '--yes')).toMatchObject({ code: 0 });
    const moved = `${product.directory} moved`;
    renameSync(product.directory, moved);
    const status = await product.run('status', moved);
    expect(status.out).toContain(`A 'hello-cluster' is deployed from ${product.directory}`);
    expect((await product.run('status', product.directory)).out).toMatch(/\/data\/store +DEPLOYED_STARTED/);
    const stop = await product.run('stop', moved);
    expect(stop).toMatchObject({ code: 1 });
    expect(stop.err).toContain('roboconf status --all');
    expect((await product.run('status', '--all')).out).toContain(product.directory);
    expect(await product.run('undeploy', product.directory, '--yes')).toMatchObject({ code: 0 });
});

/**
 * Ends everything that works for the deployment, supervisors of recipes included: what a power cut does. They are all held first, so that
 * no supervisor sees its recipe end.
 */
function killEverything(): void {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
    const workers = pids.filter((pid) => commandLineOf(pid).includes(product.state)).map(Number);
    for (const signal of ['SIGSTOP', 'SIGKILL'] as const) for (const pid of workers) sendSignal(pid, signal);
}

function commandLineOf(pid: string): string {
    try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch {
        // It ended while the list was read.
        return '';
    }
}

test('a step of which nobody knows the end is never run again blindly: settle says what became of it', async () => {
    const cured = join(product.directory, 'cured');
    edit('graph/Store/scripts/start.sh', 'set -eu', `set -eu\n[ -e '${cured}' ] || sleep 1000`);
    const deploying = product.start('deploy', product.directory, '--yes');
    deploying.stdout?.resume();
    const gone = new Promise((done) => deploying.once('exit', done));
    await expect.poll(() => product.trace(), { timeout: 60_000 }).toContain('begin /data/store start');
    deploying.kill('SIGKILL');
    await gone;
    killEverything();
    writeFileSync(cured, '');
    expect((await product.run('resume')).out).toContain('deploy was interrupted');
    const resumed = await product.run('resume', product.directory);
    expect(resumed).toMatchObject({ code: 1 });
    expect(resumed.out).toMatch(
        /\/data\/store: Nobody can tell how start ended.*\[unknown\][^]*`roboconf settle DIR PATH/,
    );
    expect((await product.run('status', product.directory)).out).toMatch(/\/data\/store +PROBLEM +start unknown/);
    const settled = await product.run('settle', product.directory, '/data/store', '--failed');
    expect(settled).toMatchObject({ code: 0 });
    expect(settled.out).toContain('Recorded.');
    expect(product.trace().filter((line) => line === 'begin /data/store start')).toHaveLength(1);
    expect(await product.run('settle', product.directory, '/data/store', '--succeeded')).toMatchObject({ code: 1 });
    expect(await product.run('retry', product.directory)).toMatchObject({ code: 0 });
    expect((await product.run('status', product.directory)).out).toContain('8 started');
});
