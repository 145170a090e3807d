/** The journal on the disk, with the built product: looked through, shown, and gone on with when an earlier version wrote it. */
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { temporaryDirectory } from '../runner/support/application.ts';
import { lengthen, pathsIn } from '../runner/support/long-journal.ts';
import { leaveFigures } from '../support/figures.ts';
import { segmentsOf } from '../../runner/journal/segments.ts';
import { deploymentPathsOf, stepDirectoryOf } from '../../runner/state-directory.ts';
import { createProduct, createRecipeProduct, whenThere, type Product } from './product.ts';

const FIXTURES = resolve(import.meta.dirname, '..', 'fixtures', 'journals');

let product: Product | null = null;
afterEach(async () => {
    await product?.dispose();
    product = null;
});

function recordsIn(text: string): readonly unknown[] {
    return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line): unknown => JSON.parse(line));
}

test('a journal is found whole, its records are shown; a changed byte is found with its file and line', async () => {
    product = createRecipeProduct({ Part: { start: 'true\n' } });
    const { directory, state, run } = product;
    expect(await run('journal', 'verify', directory)).toMatchObject({ code: 0, out: '' });
    expect(await run('deploy', directory, '--yes')).toMatchObject({ code: 0 });
    expect(await run('undeploy', directory, '--yes')).toMatchObject({ code: 0 });
    expect(await run('deploy', directory, '--yes')).toMatchObject({ code: 0 });
    const journal = join(state, readdirSync(state)[0] ?? '', 'current', 'journal.jsonl');
    const text = readFileSync(journal, 'utf8');
    const count = text.split('\n').length - 1;

    const whole = await run('journal', 'verify', directory, '--format', 'json');
    expect(whole.code, whole.err).toBe(0);
    expect(recordsIn(whole.out)).toMatchObject([
        { deployment: 'current', file: 'journal.jsonl', kind: 'whole', records: count },
        { deployment: 'current', whole: true, trusted: { records: count }, lost: null },
        { file: 'journal.jsonl', kind: 'whole' },
        { whole: true },
    ]);
    const shown = await run('journal', 'show', directory, '--format', 'json');
    expect(shown.out).toBe(text);
    expect((await run('journal', 'show', directory)).out.split('\n')).toHaveLength(count + 1);

    const lines = text.split('\n');
    const changed = lines.map((line, index) => (index === 5 ? line.replace('"run-1"', '"run-2"') : line)).join('\n');
    writeFileSync(journal, changed);
    const damaged = await run('journal', 'verify', directory, '--format', 'json');
    expect(damaged.code).toBe(1);
    expect(recordsIn(damaged.out).slice(0, 2)).toMatchObject([
        { file: 'journal.jsonl', kind: 'damaged', line: 6, message: 'Line 6 was changed after it was written.' },
        { whole: false, trusted: { records: 5, seq: 4 } },
    ]);
    const told = await run('journal', 'verify', directory);
    expect(told.out).toContain('What the records 0 to 4 say can be trusted');
    expect((await run('journal', 'show', directory)).out.split('\n')).toHaveLength(6);
    expect(await run('deploy', directory, '--yes')).toMatchObject({ code: 1 });
    expect(await run('stop', directory)).toMatchObject({ code: 1 });
    writeFileSync(journal, text);

    for (const words of [['journal'], ['journal', 'mend'], ['journal', 'verify', directory, 'more']])
        expect(await run(...words)).toMatchObject({ code: 2 });
});

test('a deployment that an earlier version made is looked at, undeployed and deployed again', async ({ task }) => {
    product = createProduct('hello-cluster');
    const { run, state, instances } = product;
    const directory = realpathSync(product.directory);
    const key = { directory, deployment: 'hello-cluster' };
    const paths = deploymentPathsOf(state, key);
    mkdirSync(paths.steps, { recursive: true });
    writeFileSync(paths.keyFile, JSON.stringify(key));
    cpSync(join(FIXTURES, 'v1-deployed', 'journal.jsonl'), paths.journal);
    cpSync(join(FIXTURES, 'recipes'), paths.recipes, { recursive: true });
    const attempts = readFileSync(join(FIXTURES, 'v1-deployed', 'steps.txt'), 'utf8')
        .split('\n')
        .slice(0, -1);
    for (const attempt of attempts) mkdirSync(stepDirectoryOf(paths, attempt));
    const statuses = async (): Promise<ReadonlySet<string>> =>
        new Set([...(await instances()).values()].map(({ status }) => status));

    expect(await statuses()).toEqual(new Set(['DEPLOYED_STARTED']));
    const undeployed = await run('undeploy', directory, '--yes');
    expect(undeployed, undeployed.out + undeployed.err).toMatchObject({ code: 0 });
    expect(await statuses()).toEqual(new Set(['NOT_DEPLOYED']));
    const deployed = await run('deploy', directory, '--yes');
    expect(deployed, deployed.out + deployed.err).toMatchObject({ code: 0 });
    expect(await statuses()).toEqual(new Set(['DEPLOYED_STARTED']));
    expect(await run('journal', 'verify', directory)).toMatchObject({ code: 0 });
    leaveFigures(task, [`${readdirSync(FIXTURES).length - 1} journals of released forms are kept`]);
});

test('a deployment with a long journal goes on from its snapshot, also when its runner is killed', async () => {
    using place = temporaryDirectory();
    const [deployKilled, startKilled] = [join(place.path, 'deploy'), join(place.path, 'start')];
    product = createRecipeProduct({
        First: { deploy: `#!/bin/sh\n${whenThere(deployKilled)}`, start: `#!/bin/sh\n${whenThere(startKilled)}` },
        Second: { start: '#!/bin/sh\n' },
    });
    const { directory, state, run, start, trace, instances } = product;
    const killed = async (line: string, ...words: readonly string[]): Promise<void> => {
        const child = start(...words, '--format', 'json');
        child.stdout?.resume();
        const exited = once(child, 'exit');
        await expect.poll(() => trace().includes(line), { timeout: 60_000 }).toBe(true);
        child.kill('SIGKILL');
        await exited;
    };
    await killed('begin /machine/first deploy', 'deploy', directory, '--yes');
    writeFileSync(deployKilled, '');
    await expect.poll(() => trace().includes('end /machine/first deploy'), { timeout: 60_000 }).toBe(true);
    await lengthen(state, 20_000);
    const { journal } = pathsIn(state);
    const segments = segmentsOf(journal).length;
    expect(segments).toBeGreaterThan(0);
    await killed('begin /machine/first start', 'resume', directory);
    writeFileSync(startKilled, '');
    const resumed = await run('resume', directory);
    expect(resumed, resumed.out + resumed.err).toMatchObject({ code: 0 });
    expect(new Set([...(await instances()).values()].map(({ status }) => status))).toEqual(
        new Set(['DEPLOYED_STARTED']),
    );
    const begun = trace().filter((line) => line.startsWith('begin'));
    expect(new Set(begun).size).toBe(begun.length);
    const verified = await run('journal', 'verify', directory, '--format', 'json');
    expect(verified.code, verified.out).toBe(0);
    const kinds = recordsIn(verified.out).map((record) => (record as { readonly kind?: string }).kind); // documented
    expect(kinds).toEqual([...Array.from({ length: segments + 2 }, () => 'whole'), undefined]);
    expect(recordsIn((await run('history', directory, '--format', 'json')).out)).toHaveLength(3);
});
