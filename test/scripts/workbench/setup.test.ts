import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runProduct } from '../../../scripts/workbench/product-command.ts';
import { type SessionSetup, settingsOf, writeKeybindings } from '../../../scripts/workbench/setup.ts';

test.each<readonly [string, SessionSetup, unknown]>([
    ['nothing', {}, {}],
    ['a theme', { theme: 'highContrastLight' }, { 'workbench.colorTheme': 'Default High Contrast Light' }],
    [
        'settings, which win',
        { theme: 'dark', settings: { 'workbench.colorTheme': 'x' } },
        { 'workbench.colorTheme': 'x' },
    ],
])('a setup of %s comes down to its settings', (_name, setup, settings) => {
    expect(settingsOf(setup)).toEqual(settings);
});

test('a workbench that asks for trust opens without the question', () => {
    expect(settingsOf({ isTrustAsked: true })).toMatchObject({
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'never',
    });
});

test("a person's keys are written where the workbench reads them", () => {
    const root = mkdtempSync(path.join(os.tmpdir(), 'setup-'));
    try {
        const keybindings = [{ key: 'ctrl+k', command: 'x', args: { a: 1 } }];
        writeKeybindings({ keybindings }, root);
        expect(JSON.parse(readFileSync(path.join(root, 'User', 'keybindings.json'), 'utf8'))).toEqual(keybindings);
    } finally {
        rmSync(root, { recursive: true, force: true });
    }
});

test('the command line answers its exit code and both of its outputs', async () => {
    const repository = mkdtempSync(path.join(os.tmpdir(), 'no product '));
    try {
        const result = await runProduct({ repository, environment: {} }, ['status']);
        expect(result).toMatchObject({ code: 1, out: '' });
        expect(result.err).toContain('roboconf.cjs');
    } finally {
        rmSync(repository, { recursive: true, force: true });
    }
});
