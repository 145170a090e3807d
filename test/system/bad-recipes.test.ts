/** Recipes that misbehave, run by the real product: told with their last lines, ended, cleaned up; the rest goes on. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createRecipeProduct, type Product } from './product.ts';

let product: Product;
afterEach(async () => {
    await product.dispose();
});

const GOOD = { start: '#!/bin/sh\necho fine\n' };

/** Deploys, expects the misbehaving instance to be the only one that is not started, and answers what the user reads. */
async function deployedWith(name: string): Promise<string> {
    const deployed = await product.run('deploy', product.directory, '--yes');
    expect(deployed.code, deployed.out + deployed.err).toBe(1);
    const statuses = [...(await product.instances()).values()];
    const behind = statuses.filter((instance) => instance.status !== 'DEPLOYED_STARTED').map(({ path }) => path);
    expect(behind, deployed.out).toEqual([`/machine/${name}`]);
    return deployed.out;
}

/** After an undeployment nothing is left, whatever the recipes did. */
async function undeployedWhole(): Promise<void> {
    const undeployed = await product.run('undeploy', product.directory, '--yes');
    expect(undeployed.code, undeployed.out + undeployed.err).toBe(0);
    expect(product.processes()).toEqual([]);
    const [deployment = ''] = readdirSync(product.state);
    expect(readdirSync(join(product.state, deployment, 'current', 'instances'))).toEqual([]);
}

/** The endless loop that a recipe left is there; a recipe may end before what it left has become that program. */
async function leftRunning(): Promise<void> {
    const loops = (): readonly string[] => product.processes().filter((line) => line.includes('while :'));
    await expect.poll(loops, { timeout: 60_000 }).toHaveLength(1);
}

test('a recipe that fails is told with its exit code and last lines', async () => {
    product = createRecipeProduct({
        Good: GOOD,
        Bad: { start: '#!/bin/sh\necho "the disk is full" >&2\nexit 3\n' },
    });
    const read = await deployedWith('bad');
    expect(read).toContain('/machine/bad: start failed: exited with code 3');
    expect(read).toContain('| the disk is full');
    expect(read).toContain('`roboconf retry` tries again');
    await undeployedWhole();
});

test('a recipe that hangs and ignores SIGTERM is timed out and killed', async () => {
    product = createRecipeProduct(
        { Good: GOOD, Hung: { start: "#!/bin/sh\ntrap '' TERM\necho waiting\nwhile :; do sleep 1; done\n" } },
        { ROBOCONF_STEP_TIMEOUT_MS: '6500' },
    );
    const read = await deployedWith('hung');
    expect(read).toMatch(/\/machine\/hung: start .*6\.5 s/);
    expect(read).toContain('| waiting');
    expect(product.processes()).toEqual([]);
    await undeployedWhole();
});

test('a flood of output neither holds the others up nor is lost at its end', async () => {
    product = createRecipeProduct({
        Good: GOOD,
        Flood: {
            start: '#!/bin/sh\nyes "0123456789012345678901234567890123456789" | head -n 500000\necho the last line\nexit 1\n',
        },
    });
    const read = await deployedWith('flood');
    expect(read).toContain('| the last line');
    expect(read.length).toBeLessThan(8 * 1024 * 1024);
    await undeployedWhole();
});

test('a program that stays behind with the output open holds no step up, and goes with its instance', async () => {
    product = createRecipeProduct({
        Daemon: {
            start: `#!/bin/sh\nsetsid sh -c 'while :; do echo alive; sleep 1; done' "$ROBOCONF_FILES_DIR" &\necho started\n`,
        },
    });
    const deployed = await product.run('deploy', product.directory, '--yes');
    expect(deployed.code, deployed.out + deployed.err).toBe(0);
    await leftRunning();
    await undeployedWhole();
});

test('what a failed undeploy leaves running goes with its machine', async () => {
    product = createRecipeProduct({
        Stubborn: {
            start: `#!/bin/sh\nsetsid sh -c 'while :; do sleep 1; done' "$ROBOCONF_FILES_DIR" &\n`,
            undeploy: '#!/bin/sh\necho cannot >&2\nexit 9\n',
        },
    });
    expect((await product.run('deploy', product.directory, '--yes')).code).toBe(0);
    await leftRunning();
    await undeployedWhole();
});

test('a mended recipe is told of and applied', async () => {
    product = createRecipeProduct({ Bad: { start: '#!/bin/sh\nexit 3\n' } });
    expect((await product.run('deploy', product.directory, '--yes')).code).toBe(1);
    writeFileSync(join(product.directory, 'graph', 'Bad', 'scripts', 'start.sh'), '#!/bin/sh\nexit 0\n');
    const again = await product.run('deploy', product.directory, '--yes');
    expect(again.out).toContain('the recipe of Bad was changed (scripts/start.sh)');
    expect(again, again.out + again.err).toMatchObject({ code: 0 });
    await undeployedWhole();
});

test('a run can be cancelled from another terminal', async () => {
    product = createRecipeProduct({ Slow: { start: '#!/bin/sh\nsleep 1000\n' } });
    const first = product.run('deploy', product.directory, '--yes');
    await expect.poll(() => product.trace(), { timeout: 60_000 }).toContain('begin /machine/slow start');
    const ended = await product.run('cancel', product.directory);
    expect(ended, ended.out + ended.err).toMatchObject({ code: 0 });
    expect((await first).code).toBe(1);
    expect(product.processes()).toEqual([]);
});

test('a missing interpreter is explained', async () => {
    product = createRecipeProduct({
        Good: GOOD,
        Lost: { start: '#!/no/such/interpreter\necho never\n' },
    });
    expect(await deployedWith('lost')).toContain('/no/such/interpreter');
    await undeployedWhole();
});
