/** The state folder on a disk that is full, or that can only be read, with the built product. Mounting such a disk needs root. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { temporaryDirectory } from '../runner/support/application.ts';
import { createRecipeProduct, whenThere, type Product } from './product.ts';

const isRoot = process.getuid?.() === 0 && process.platform === 'linux';
const when = `mounting a small disk needs root on Linux; this is user ${process.getuid?.() ?? '?'} on ${process.platform}`;

let product: Product | null = null;
afterEach(async () => {
    const left = product;
    product = null;
    if (left === null) return;
    rmSync(join(left.state, 'filler'), { force: true });
    await left.run('undeploy', left.directory, '--yes');
    execFileSync('umount', ['-l', left.state]);
    await left.dispose();
});

/** The first recipe runs until `go` is there. */
function mounted(options: string, go: string): Product {
    const made = createRecipeProduct({
        First: { deploy: `#!/bin/sh\n${whenThere(go)}`, start: '#!/bin/sh\nsleep 1000 &\n' },
        Second: { deploy: '#!/bin/sh\n' },
        Third: { deploy: '#!/bin/sh\n' },
    });
    mkdirSync(made.state, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', made.state]);
    product = made;
    return made;
}

/** Writes until nothing more fits. */
function fill(file: string): void {
    for (const size of [65_536, 4_096, 512]) {
        try {
            for (;;) writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
        } catch {
            // No piece of this size fits any more.
        }
    }
}

test.skipIf(!isRoot)(
    `a disk that fills up in the middle of a run: told with its cure, and resumed (${when})`,
    async () => {
        using place = temporaryDirectory();
        const filled = join(place.path, 'filled');
        const { directory, state, run, start, trace } = mounted('size=4m', filled);
        const child = start('deploy', directory, '--yes', '--format', 'json');
        child.stdout?.resume();
        const exited = once(child, 'exit');
        await expect.poll(() => trace().includes('begin /machine/first deploy'), { timeout: 60_000 }).toBe(true);
        fill(join(state, 'filler'));
        writeFileSync(filled, '');
        await exited;
        expect(child.exitCode).not.toBe(0);
        const begun = trace().filter((line) => line.startsWith('begin')).length;

        const full = await run('resume', directory);
        expect(full.code).not.toBe(0);
        expect(full.out + full.err).toMatch(/The disk with .* is full\. Make room there, then resume\./);
        expect(trace().filter((line) => line.startsWith('begin'))).toHaveLength(begun);

        rmSync(join(state, 'filler'));
        const resumed = await run('resume', directory);
        expect(resumed.code, resumed.out + resumed.err).not.toBe(3);
        const retried = await run('deploy', directory, '--yes');
        expect(retried, retried.out + retried.err).toMatchObject({ code: 0 });
    },
);

test.skipIf(!isRoot)(
    `a state folder that can only be read: nothing is begun, and it is said what to do (${when})`,
    async () => {
        const { directory, state, run, trace } = mounted('size=4m,ro', '/');
        const refused = await run('deploy', directory, '--yes');
        expect(refused.code).not.toBe(0);
        expect(refused.err).toMatch(/The disk with .* can only be read\. Make it writable, or set ROBOCONF_STATE/);
        expect(trace()).toEqual([]);
        expect(statSync(state).isDirectory()).toBe(true);
        expect(readFileSync('/proc/mounts', 'utf8')).toContain('ro');
        execFileSync('mount', ['-o', 'remount,rw', state]);
    },
);
