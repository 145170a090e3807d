/** The examples that come with the product: sound, formatted, and the reference application behaves as the reference says. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLanguage, formatModelText } from '../../language/index.ts';
import { simulate } from '../../runner/index.ts';
import { createDisk } from '../../server/workspace/disk.ts';

const ROOT = join(import.meta.dirname, '../../examples');
const EXAMPLES = readdirSync(ROOT);
const language = createLanguage();
const filesOf = (example: string): readonly string[] =>
    readdirSync(join(ROOT, example), { recursive: true, encoding: 'utf8' }).map((file) => join(ROOT, example, file));

test('there are examples', () => expect(EXAMPLES).toEqual(expect.arrayContaining(['hello-cluster', 'lamp'])));

test.each(EXAMPLES)('%s has no finding', (example) => {
    expect(language.loadApplication(createDisk(), join(ROOT, example)).findings).toEqual([]);
});

test.each(EXAMPLES)('%s is written as the formatter writes', (example) => {
    for (const file of filesOf(example)) {
        const kind = /\.(graph|instances)$/.exec(file)?.[1];
        if (kind !== 'graph' && kind !== 'instances') continue;
        const text = readFileSync(file, 'utf8');
        expect(formatModelText(kind, text)).toBe(text);
    }
});

test('the recipes of lamp are scripts that a shell understands, and may be executed', () => {
    const scripts = filesOf('lamp').filter((file) => file.endsWith('.sh'));
    expect(scripts.length).toBeGreaterThan(12);
    for (const script of scripts) {
        execFileSync('bash', ['-n', script]);
        // Files without a first line for the shell are read by others.
        const isRecipe = readFileSync(script, 'utf8').startsWith('#!');
        if (isRecipe) expect(statSync(script).mode & 0o111).not.toBe(0);
    }
});

test('lamp: Apache waits for the first Tomcat and is updated for the second', () => {
    const { changes, log } = simulated(1);
    const unresolved = changes.indexOf('/front/apache UNRESOLVED');
    expect(unresolved).toBeGreaterThan(0);
    expect(firstTomcat(changes)).toBeGreaterThan(unresolved);
    const updates = log.filter(
        (event) => event.kind === 'stepBegun' && event.path === '/front/apache' && event.phase === 'update',
    );
    expect(updates).toHaveLength(1);
});

test('lamp: whatever takes how long, Apache starts behind a Tomcat, and everything starts', () => {
    for (const seed of [2, 3, 4, 5, 6]) {
        const { changes, snapshot } = simulated(seed);
        expect(changes.indexOf('/front/apache STARTING')).toBeGreaterThan(firstTomcat(changes));
        expect(snapshot.instances.map(({ status }) => status)).toEqual(Array(10).fill('DEPLOYED_STARTED'));
    }
});

function simulated(seed: number) {
    const { model } = language.loadApplication(createDisk(), join(ROOT, 'lamp'));
    const { log, snapshot } = simulate(model, { seed });
    const changes = log.flatMap((event) =>
        event.kind === 'instanceChanged' ? [`${event.instance.path} ${event.instance.status}`] : [],
    );
    return { log, snapshot, changes };
}

function firstTomcat(changes: readonly string[]): number {
    return Math.min(...['/app-1', '/app-2'].map((path) => changes.indexOf(`${path}/tomcat DEPLOYED_STARTED`)));
}
