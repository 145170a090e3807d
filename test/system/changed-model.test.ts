/** Another model over a deployment that runs: what the files say differently is done, and everything else stays as it is. */
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createProduct, visit, whenThere, type Product } from './product.ts';

let product: Product;
afterEach(async () => {
    await product.dispose();
});

/** Edits a file of the application. */
function edit(file: string, change: (text: string) => string): void {
    const path = join(product.directory, file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
}

/** Process ids of the programs that instances left running, by the directory they run in. */
function programs(): ReadonlyMap<string, number> {
    const found = readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .flatMap((pid): readonly (readonly [string, number])[] => {
            try {
                const directory = readlinkSync(`/proc/${pid}/cwd`);
                const instance = /\/instances\/([^/]+)/.exec(directory)?.[1];
                return directory.startsWith(product.state) && instance !== undefined ? [[instance, Number(pid)]] : [];
            } catch {
                // It ended while the list was read.
                return [];
            }
        });
    return new Map(found);
}

/** Deploys the files as they are, accepting what that changes: the steps that were run, `PATH PHASE` each. */
async function accept(): Promise<readonly string[]> {
    const before = product.trace().length;
    const answer = await product.run('deploy', product.directory, '--yes');
    expect(answer, answer.out + answer.err).toMatchObject({ code: 0 });
    return product
        .trace()
        .slice(before)
        .filter((line) => line.startsWith('end'))
        .map((line) => line.slice('end '.length));
}

async function workers(): Promise<ReadonlySet<string>> {
    const visits = [await visit(product), await visit(product), await visit(product), await visit(product)];
    return new Set(visits.map(({ worker }) => worker));
}

const EXTRA = '\ninstance of Machine {\n\tname: web-3;\n\tinstance of Worker {\n\t\tname: extra;\n\t}\n}\n';

test('instances are added, re-valued, reinstalled and removed while the others go on', async () => {
    product = createProduct('hello-cluster');
    expect(await product.run('deploy', product.directory, '--yes')).toMatchObject({ code: 0 });
    const first = programs();

    edit('instances/model.instances', (text) => text + EXTRA);
    const added = await accept();
    expect(added.filter((step) => !step.startsWith('/web-3/'))).toEqual(['/front/balancer update']);
    expect(await workers()).toEqual(new Set(['/web-1/worker', '/web-2/worker', '/web-3/extra']));
    expect([...programs()]).toEqual(expect.arrayContaining([...first]));

    edit('instances/model.instances', (text) => text.replace('Hello from the second worker', 'Good morning'));
    const valued = await accept();
    expect(valued.filter((step) => !step.startsWith('/front/'))).toEqual(['/web-2/worker stop', '/web-2/worker start']);
    const second = [...programs()].filter(([, pid]) => [...first.values()].includes(pid));
    expect(second.map(([instance]) => instance.replace(/-\w+$/, '')).sort()).toEqual([
        'data_store',
        'front_balancer',
        'web_1_worker',
    ]);

    edit('instances/model.instances', (text) => text.replace(EXTRA, ''));
    const removed = await accept();
    expect(removed).toEqual(expect.arrayContaining(['/web-3/extra stop', '/front/balancer update']));
    expect(removed).toHaveLength(2);
    expect(await workers()).toEqual(new Set(['/web-1/worker', '/web-2/worker']));
    expect([...(await product.instances()).keys()].filter((path) => path.startsWith('/web-3'))).toEqual([]);
});

test('another recipe is deployed over what is there: what an instance wrote stays', async () => {
    product = createProduct('hello-cluster');
    expect(await product.run('deploy', product.directory, '--yes')).toMatchObject({ code: 0 });
    const { visits } = await visit(product);

    edit('graph/Store/files/store.mjs', (text) => `// Edited.\n${text}`);
    const asked = await product.run('deploy', product.directory, '--format', 'json');
    expect(asked.code, asked.out + asked.err).toBe(2);
    expect(asked.out + asked.err).toContain('the recipe of Store was changed (files/store.mjs)');
    const steps = await accept();
    expect(steps.filter((step) => step.startsWith('/data/'))).toEqual(['/data/store stop', '/data/store start']);
    expect((await visit(product)).visits).toBe(visits + 1);

    const unchanged = await accept();
    expect(unchanged).toEqual([]);
});

test('a change goes on after its runner was killed in the middle of it', async () => {
    product = createProduct('hello-cluster');
    const killedFile = join(product.directory, 'killed');
    edit('graph/Worker/scripts/stop.sh', (text) => text.replace('set -eu\n', `set -eu\n${whenThere(killedFile)}`));
    expect(await product.run('deploy', product.directory, '--yes')).toMatchObject({ code: 0 });
    edit('instances/model.instances', (text) =>
        text.replace('web-2', 'web-4').replace('Hello from the first', 'Hi from the first'),
    );
    const killed = product.start('deploy', product.directory, '--yes');
    killed.stdout?.resume();
    const exited = once(killed, 'exit');
    await expect.poll(() => product.trace(), { timeout: 60_000 }).toContain('begin /web-2/worker stop');
    killed.kill('SIGKILL');
    await exited;
    writeFileSync(killedFile, '');
    const resumed = await product.run('resume', product.directory);
    expect(resumed, resumed.out + resumed.err).toMatchObject({ code: 0 });

    const unchanged = await accept();
    expect(unchanged).toEqual([]);
    const instances = await product.instances();
    expect([...instances.keys()].filter((path) => path.startsWith('/web'))).toEqual([
        '/web-1',
        '/web-1/worker',
        '/web-4',
        '/web-4/worker',
    ]);
    expect([...instances.values()].filter(({ status }) => status !== 'DEPLOYED_STARTED')).toEqual([]);
    expect(await workers()).toEqual(new Set(['/web-1/worker', '/web-4/worker']));
    expect([...programs().keys()].filter((instance) => instance.startsWith('web_2'))).toEqual([]);
    for (const step of ['/web-2/worker stop', '/web-1/worker stop'])
        expect(product.trace().filter((line) => line === `end ${step}`)).toHaveLength(1);
});
