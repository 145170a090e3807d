/** How long it takes from a killed runner to the next step of its deployment. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryDirectory } from '../runner/support/application.ts';

const program = resolve(import.meta.dirname, '..', '..', 'bin', 'roboconf.cjs');

/**
 * A runner is killed in its first step; counted from the resume to the beginning of the next step. `between` is done to its state directory before
 * that, when the first step has ended.
 */
export async function resumeMs(between: (state: string) => Promise<void> = () => Promise.resolve()): Promise<number> {
    using place = temporaryDirectory();
    const trace = join(place.path, 'trace');
    const directory = applicationOf(place.path, trace);
    const env = { ...process.env, ROBOCONF_STATE: join(place.path, 'state') };
    const start = (...words: readonly string[]): ChildProcess =>
        spawn(process.execPath, [program, ...words], { env, stdio: 'ignore' });
    const killed = start('deploy', directory, '--yes');
    await written(trace, 1);
    killed.kill('SIGKILL');
    await written(trace, 2);
    await between(join(place.path, 'state'));
    const begun = Date.now();
    const resumed = start('resume', directory);
    const lines = await written(trace, 3);
    const next = Number(lines[2]);
    await once(resumed, 'exit');
    await once(start('undeploy', directory, '--yes'), 'exit');
    return next - begun;
}

/** Two instances on one machine whose starts note their beginning and end, in milliseconds since 1970. */
function applicationOf(folder: string, trace: string): string {
    const note = `"$ROBOCONF_NODE" -p 'Date.now()' >>'${trace}'`;
    const files = {
        'descriptor/application.properties':
            'name=bench\nversion=1.0\ndsl-id=roboconf-1.0\ngraph-entry-point=main.graph\ninstance-entry-point=all.instances\n',
        'graph/main.graph': 'Vm {\n\tinstaller: target;\n\tchildren: Job;\n}\nJob {\n\tinstaller: script;\n}\n',
        'graph/Job/scripts/start.sh': `#!/bin/sh\n${note}\nsleep 0.3\n${note}\n`,
        'instances/all.instances':
            'instance of Vm {\n\tname: vm;\n\tinstance of Job {\n\t\tname: one;\n\t}\n\tinstance of Job {\n\t\tname: two;\n\t}\n}\n',
    };
    for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, 'application', file)), { recursive: true });
        writeFileSync(join(folder, 'application', file), text);
    }
    return join(folder, 'application');
}

/** The lines of a file as soon as there are so many. */
async function written(file: string, count: number): Promise<readonly string[]> {
    const giveUpAt = Date.now() + 20_000;
    while (Date.now() < giveUpAt) {
        const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
        if (lines.length >= count) return lines;
        await delay(2);
    }
    throw new Error(`${file} did not get ${String(count)} lines`);
}
