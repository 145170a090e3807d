/** The command line as scripts and people use it: what it prints and how it exits. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createProduct, type Product } from './product.ts';

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
    expect(await draw('dot')).toMatch(/^digraph roboconf \{\n[^]*"component:LoadBalancer" -> "component:Worker"/);
    expect(JSON.parse(await draw('json'))).toMatchObject({ perspective: 'components' });
    const { out } = await product.run('model', product.directory);
    expect(JSON.parse(out)).toMatchObject({ formatVersion: 1, name: 'hello-cluster', rootComponents: ['Machine'] });
});
