import { afterEach, expect, test } from 'vitest';
import { createProduct, visit, type Product } from './product.ts';

let product: Product;
afterEach(async () => {
    await product.dispose();
});

test('the example is deployed, answers, is rewired and leaves nothing behind', async () => {
    product = createProduct('hello-cluster');
    const deployed = await product.run('deploy', product.directory, '--yes');
    expect(deployed, deployed.out + deployed.err).toMatchObject({ code: 0 });

    const visits = [await visit(product), await visit(product), await visit(product)];
    expect(new Set(visits.map((answer) => answer.worker))).toEqual(new Set(['/web-1/worker', '/web-2/worker']));
    expect(visits.map((answer) => answer.visits)).toEqual([1, 2, 3]);

    const before = product.trace().filter((line) => line === 'end /front/balancer update').length;
    const stopped = await product.run('stop', product.directory, '/web-1/worker');
    expect(stopped, stopped.out + stopped.err).toMatchObject({ code: 0 });
    expect(product.trace().filter((line) => line === 'end /front/balancer update')).toHaveLength(before + 1);
    expect([await visit(product), await visit(product)].map((answer) => answer.worker)).toEqual([
        '/web-2/worker',
        '/web-2/worker',
    ]);

    const undeployed = await product.run('undeploy', product.directory, '--yes');
    expect(undeployed, undeployed.out + undeployed.err).toMatchObject({ code: 0 });
    expect(product.processes()).toEqual([]);
    expect([...(await product.instances()).values()].filter((instance) => instance.status !== 'NOT_DEPLOYED')).toEqual(
        [],
    );
});

test('stopping the store stops its dependants first; starting it brings everything back', async () => {
    product = createProduct('hello-cluster');
    expect(await product.run('deploy', product.directory, '--yes')).toMatchObject({ code: 0 });
    expect(await product.run('stop', product.directory, '/data/store')).toMatchObject({ code: 0 });
    const statuses = await product.instances();
    expect(statuses.get('/data/store')?.status).toBe('DEPLOYED_STOPPED');
    expect(statuses.get('/web-1/worker')?.status).toBe('UNRESOLVED');
    expect(statuses.get('/front/balancer')?.status).toBe('UNRESOLVED');
    const order = product.trace().filter((line) => / stop$/.test(line));
    expect(order.at(0)).toBe('begin /front/balancer stop');
    expect(order.at(-1)).toBe('end /data/store stop');

    expect(await product.run('start', product.directory, '/data/store')).toMatchObject({ code: 0 });
    expect((await visit(product)).visits).toBe(1);
});
