/** Recipes that misbehave, run by the real product: told with their last lines, ended, cleaned up; the rest goes on. */
import { readdirSync } from 'node:fs';
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

test('a recipe that fails is told with its exit code and last lines', async () => {
    product = createRecipeProduct({
        Good: GOOD,
        Bad: { start: '#!/bin/sh\necho "the disk is full" >&2\nexit 3\n' },
    });
    const read = await deployedWith('bad');
    expect(read).toContain('/machine/bad: start failed: exited with code 3');
    expect(read).toContain('| the disk is full');
    expect(read).toContain('`roboconf start` tries again');
    await undeployedWhole();
});

test('a recipe that hangs and ignores SIGTERM is timed out and killed', async () => {
    product = createRecipeProduct(
        { Good: GOOD, Hung: { start: "#!/bin/sh\ntrap '' TERM\necho waiting\nwhile :; do sleep 1; done\n" } },
        { ROBOCONF_STEP_TIMEOUT_MS: '1500' },
    );
    const read = await deployedWith('hung');
    expect(read).toMatch(/\/machine\/hung: start .*1\.5 s/);
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
    expect(product.processes()).toHaveLength(1);
    await undeployedWhole();
});

test('a missing interpreter is explained', async () => {
    product = createRecipeProduct({
        Good: GOOD,
        Lost: { start: '#!/no/such/interpreter\necho never\n' },
    });
    expect(await deployedWith('lost')).toContain('/no/such/interpreter');
    await undeployedWhole();
});
