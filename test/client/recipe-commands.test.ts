import { beforeEach, expect, test } from 'vitest';
import type { CommandContext } from '../../client/commands/command.ts';
import { recipeCommands } from '../../client/commands/recipe-commands.ts';
import { done } from '../../client/ui/outcome.ts';
import { EXIT_3, instanceAt, snapshotOf, viewOf } from './support/snapshots.ts';
import { editor } from './support/vscode.ts';

const SCRIPTS = '/apps/shop/graph/Web/scripts';
const TEMPLATES = '/apps/shop/graph/Web/roboconf-templates';

beforeEach(() => editor.reset());

function openRecipe(
    phase: typeof EXIT_3.phase,
    recipeDirectory: string | null = 'graph/Web',
    lastLines: readonly string[] = [],
    element: object = { kind: 'instance' },
) {
    const view = viewOf(snapshotOf([instanceAt('/web', { failure: { ...EXIT_3, phase, lastLines } })]));
    const model = { components: [{ name: 'Web', recipeDirectory }] };
    const loaded = { kind: 'model', directory: '/apps/shop', directoryUri: 'file:///apps/shop', model };
    // Only what the command uses is here.
    const ctx = {
        deployments: { find: (id: string) => (id === view.id ? view : undefined) },
        language: { model: () => Promise.resolve(done(loaded)) },
    } as unknown as CommandContext;
    const target = { ...element, deployment: view.id, path: '/web' };
    return recipeCommands(ctx)['openRecipe']?.(target, new AbortController().signal);
}

test.each([
    ['the script of the phase that failed', { [SCRIPTS]: ['start.sh', 'stop.sh'] }, 'stop', `${SCRIPTS}/stop.sh`],
    ['a script in another language', { [SCRIPTS]: ['start.py', 'start-all.sh'] }, 'start', `${SCRIPTS}/start.py`],
    ['the shell script of several', { [SCRIPTS]: ['start.py', 'start.sh'] }, 'start', `${SCRIPTS}/start.sh`],
    ['a template', { [SCRIPTS]: [], [TEMPLATES]: ['update.template'] }, 'update', `${TEMPLATES}/update.template`],
    ['the default template', { [TEMPLATES]: ['default.template'] }, 'deploy', `${TEMPLATES}/default.template`],
    ['what starts it when the machine failed', { [SCRIPTS]: ['start.sh'] }, 'createMachine', `${SCRIPTS}/start.sh`],
] as const)('opens %s', async (_, files, phase, opened) => {
    editor.files = new Map<string, readonly string[]>(Object.entries(files));
    expect(await openRecipe(phase)).toMatchObject({ kind: 'done' });
    expect(editor.opened).toEqual([opened]);
});

test('a script that names the line that failed is opened there', async () => {
    editor.files = new Map([[SCRIPTS, ['common.sh', 'start.sh']]]);
    await openRecipe('start', 'graph/Web', ['trying', 'scripts/common.sh: line 12: nginx: not found']);
    expect(editor.opened).toEqual([`${SCRIPTS}/common.sh`]);
    expect(editor.selections).toMatchObject([{ start: { line: 11, character: 0 } }]);
});

test('a row of output opens the place it names, whatever later lines name', async () => {
    editor.files = new Map([[SCRIPTS, ['common.sh', 'start.sh']]]);
    const lines = ['scripts/start.sh: line 3: one', 'scripts/common.sh: line 12: two', 'done'];
    await openRecipe('start', 'graph/Web', lines, { kind: 'detail', detail: 'output0' });
    expect(editor.opened).toEqual([`${SCRIPTS}/start.sh`]);
    expect(editor.selections).toMatchObject([{ start: { line: 2, character: 0 } }]);
});

test('what has no recipe for the phase is told, with and without a folder', async () => {
    const missing = { kind: 'failed', failure: { kind: 'noRecipe', component: 'Web', phase: 'stop' } };
    editor.files = new Map([[SCRIPTS, ['start.sh']]]);
    expect(await openRecipe('stop')).toMatchObject(missing);
    expect(await openRecipe('stop', null)).toMatchObject(missing);
    expect(editor.opened).toEqual([]);
});
