/** `roboconf plan`: what it prints, and what it says of words it does not understand. */
import { appendFileSync, cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readArguments } from '../../cli/arguments.ts';
import { plan } from '../../cli/plan.ts';
import { optionsOf } from '../../cli/verb.ts';
import { recordedOutput } from './recorded-output.ts';

const example = resolve(import.meta.dirname, '..', '..', 'examples', 'hello-cluster');
const stateBefore = process.env['ROBOCONF_STATE'];

let directory: string;
beforeEach(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'roboconf-plan-')));
    cpSync(example, directory, { recursive: true });
    process.env['ROBOCONF_STATE'] = join(directory, 'state');
});
afterEach(() => {
    if (stateBefore === undefined) delete process.env['ROBOCONF_STATE'];
    else process.env['ROBOCONF_STATE'] = stateBefore;
    rmSync(directory, { recursive: true, force: true });
});

async function run(...words: readonly string[]) {
    const recorded = recordedOutput();
    const args = readArguments([directory, ...words], optionsOf(plan));
    if (args.kind === 'fault') throw new Error(args.message);
    const code = await plan.run(args.value, recorded.output, new AbortController().signal);
    return { code, out: recorded.out(), err: recorded.err() };
}

test('a part of an application is planned wave by wave', async () => {
    const { code, out } = await run('/data');
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "  1  *  create machine  /data        Machine
        2  *  initialize      /data/store  Store
        3  *  deploy          /data/store  Store
        4  *  start           /data/store  Store
      Plan: 2 created, in 4 waves.
      * = on the critical path: the whole takes longer when it does.
      "
    `);
});

test('as JSON, the plan comes before its instances, and these before its steps', async () => {
    const { out } = await run('--format', 'json');
    const records = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    const kinds = records.map(({ kind }) => kind);
    expect(kinds).toEqual([...kinds].sort((a, b) => order(a) - order(b)));
    expect(records[0]).toMatchObject({ kind: 'plan', isDeployed: false, estimatedMs: null, unreached: [] });
    expect(records.filter(({ kind }) => kind === 'instance')).toHaveLength(8);
    expect(records.at(-1)).toMatchObject({ kind: 'step', wave: records[0]?.['waveCount'] });
});

const order = (kind: unknown): number => ['plan', 'instance', 'step'].indexOf(String(kind));

test('what is not deployed cannot be stopped, and what is not in the model not be deployed', async () => {
    expect(await run('--order', 'stop')).toMatchObject({ code: 1, out: '' });
    const unknown = await run('/dato');
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.err).toContain("Did you mean '/data'?");
});

test('a model with errors has no plan', async () => {
    appendFileSync(join(directory, 'instances', 'model.instances'), '\ninstance of Nobody {\n\tname: nobody;\n}\n');
    const { code, err } = await run();
    expect(code).toBe(1);
    expect(err).toContain('Nobody');
});

test('instances that will not get where they should are named', async () => {
    const { out } = await run('/web-1');
    expect(out).toMatch(/! \/web-1\/worker is not reached: .*Store/);
});
