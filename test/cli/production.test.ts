/** Machines of production: `--yes` alone does not reach them. */
import { expect, test } from 'vitest';
import { readArguments } from '../../cli/arguments.ts';
import { productionTargetsOf, targetsOfUses, unconfirmedCode } from '../../cli/production.ts';
import { optionsOf } from '../../cli/verb.ts';
import { deploy } from '../../cli/deploy.ts';
import { recordedOutput } from './recorded-output.ts';

const signal = new AbortController().signal;
const target = (id: string, production: string) => ({ id, properties: { 'roboconf.production': production } });

test('a target is of production when its file says so, and is named once', () => {
    const marked = [target('a', 'true'), target('b', ' TRUE '), target('a', 'true'), target('c', 'false'), null];
    expect(productionTargetsOf([...marked, { id: 'd', properties: {} }])).toEqual(['a', 'b']);
});

test('a file without an id is named by what people call it, and this computer by nothing', () => {
    const source = { file: '/p', id: null, handler: 'embedded', name: 'Live', description: null, defaultOf: [] };
    const use = { path: '/vm', component: 'Vm', because: { kind: 'nothing' } } as never;
    const uses = [
        { ...(use as object), source: { ...source, properties: { 'roboconf.production': 'true' } } },
        { ...(use as object), source: null },
    ];
    expect(productionTargetsOf(targetsOfUses(uses as never))).toEqual(['Live']);
});

test.each([
    [[], [], null, ''],
    [['pool'], ['--confirm', 'shop'], null, ''],
    [['pool'], ['--yes'], 2, 'roboconf deploy: pool is marked as production: add --confirm shop.\n'],
    [
        ['pool', 'db'],
        ['--yes', '--confirm', 'shopp'],
        2,
        "roboconf deploy: nothing was changed: the name of the deployment is 'shop'.\n",
    ],
])('onto %j with %j answers %j', async (targets, words, code, said) => {
    const args = readArguments(words, optionsOf(deploy));
    if (args.kind === 'fault') throw new Error('the options are those of the verb');
    const { output, err } = recordedOutput();
    expect(await unconfirmedCode('deploy', { deployment: 'shop', targets }, { args: args.value, output }, signal)).toBe(
        code,
    );
    expect(err()).toBe(said);
});
