import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { allCommands } from '../../client/commands/all-commands.ts';
import type { CommandContext } from '../../client/commands/command.ts';
import { deploymentEntry, instanceEntry } from '../../client/deployments/tree-entries.ts';
import { LANGUAGE_IDS } from '../../server/protocol.ts';
import { EXIT_3, instanceAt, runOf, snapshotOf, startedAt, viewOf } from './support/snapshots.ts';

interface Contribution {
    readonly command: string;
    readonly when?: string;
    readonly title?: string;
    readonly category?: string;
}

interface Manifest {
    readonly icon: string;
    readonly contributes: {
        readonly commands: readonly Contribution[];
        readonly menus: Readonly<Record<string, readonly Contribution[]>>;
        readonly keybindings: readonly Contribution[];
        readonly languages: readonly { readonly id: string }[];
        readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
        readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
        readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
    };
}

interface Setting {
    readonly scope?: string;
    readonly markdownDescription?: string;
    readonly default?: unknown;
}

const root = resolve(import.meta.dirname, '..', '..');
const text = readFileSync(join(root, 'package.json'), 'utf8');
// The manifest is ours; a field that is missing shows as a failing test.
const manifest = JSON.parse(text) as Manifest;
const { contributes } = manifest;
const declared = contributes.commands.map(({ command }) => command);
// Making the table calls nothing of the context.
const handled = Object.keys(allCommands({} as CommandContext)).map((name) => `roboconf.${name}`);

/** Commands of the editor itself that our texts lead to. */
const BUILT_IN = ['vscode.openFolder', 'workbench.trust.manage'];

test('every declared command has a handler and every handler is declared', () => {
    expect(handled.toSorted()).toEqual(declared.toSorted());
});

test('menus, keys and welcome texts lead to declared commands only', () => {
    const menus = Object.values(contributes.menus).flat();
    const links = contributes.viewsWelcome.flatMap(({ contents }) =>
        [...contents.matchAll(/\(command:([\w.]+)\)/g)].map((match) => match[1] ?? ''),
    );
    const used = [...menus, ...contributes.keybindings].map(({ command }) => command);
    const unknown = [...used, ...links].filter((id) => !declared.includes(id) && !BUILT_IN.includes(id));
    expect(unknown).toEqual([]);
    expect(links.length).toBeGreaterThan(0);
});

test('every file the manifest names exists', () => {
    const named = [...text.matchAll(/"(?:\.\/)?((?:media|syntaxes)\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((path) => !existsSync(join(root, path.replace(/\/\*\*$/, ''))))).toEqual([]);
});

test('titles are short and their category is Roboconf', () => {
    for (const { title = '', category } of contributes.commands) {
        expect(category).toBe('Roboconf');
        expect(title).not.toMatch(/roboconf/i);
        expect(title.split(' ').length).toBeLessThanOrEqual(3);
    }
});

test('languages are those of the server', () => {
    expect(contributes.languages.map(({ id }) => id)).toEqual([LANGUAGE_IDS.graph, LANGUAGE_IDS.instances]);
});

test('every setting says what it is, where it may be set, and what it is by default', () => {
    const settings = contributes.configuration.flatMap(({ properties }) => Object.entries(properties));
    const incomplete = settings.filter(
        ([, setting]) => setting.scope === undefined || !setting.markdownDescription || setting.default === undefined,
    );
    expect(incomplete.map(([name]) => name)).toEqual([]);
});

test('settings that are read are declared, with the default the code assumes', () => {
    const source = readFileSync(join(root, 'client', 'settings.ts'), 'utf8');
    const settings = Object.assign({}, ...contributes.configuration.map(({ properties }) => properties)) as Record<
        string,
        Setting
    >;
    const read = [...source.matchAll(/\.get\('([\w.]+)'(?:, ([^)]+))?\)/g)];
    expect(read.length).toBeGreaterThan(3);
    for (const [, name = '', fallback] of read) {
        const setting = settings[`roboconf.${name}`];
        expect(setting, name).toBeDefined();
        if (fallback !== undefined) expect(String(setting?.default), name).toBe(fallback.replaceAll("'", ''));
    }
});

test('every flag a menu of the view asks for is one that entries have', () => {
    const asked = (contributes.menus['view/item/context'] ?? []).flatMap(({ when = '' }) =>
        [...when.matchAll(/\/;(\w+);\//g)].map((match) => match[1] ?? ''),
    );
    const stopped = instanceAt('/a', { status: 'DEPLOYED_STOPPED', desired: 'DEPLOYED_STOPPED', failure: EXIT_3 });
    const views = [
        viewOf(snapshotOf([startedAt('/a'), stopped], runOf())),
        viewOf(snapshotOf([startedAt('/a'), stopped]), { simulated: true }),
        viewOf(snapshotOf([stopped]), { link: { kind: 'interrupted' } }),
        viewOf(snapshotOf([instanceAt('/a')])),
    ];
    const entries = views.flatMap((view) => [
        deploymentEntry(view),
        ...view.snapshot.instances.map((instance) => instanceEntry(view, instance, 0)),
    ]);
    const had = new Set(entries.flatMap(({ flags }) => flags.split(';')));
    expect(new Set(asked).size).toBeGreaterThan(4);
    expect(asked.filter((flag) => !had.has(flag))).toEqual([]);
});

test('the user guide lists every setting with its default', () => {
    const guide = readFileSync(join(root, 'docs', 'user-guide.md'), 'utf8');
    const rows = new Map(
        [...guide.matchAll(/^\| `(roboconf\.[\w.]+)`\s+\| ([^|]+?)\s+\|/gm)].map((row) => [row[1], row[2]]),
    );
    const settings = contributes.configuration.flatMap(({ properties }) => Object.entries(properties));
    const shown = settings.map(([name, setting]) => {
        const value = String(setting.default);
        return [name, value === '' ? 'empty' : `\`${value}\``] as const;
    });
    expect(new Set(rows.keys())).toEqual(new Set(shown.map(([name]) => name)));
    for (const [name, value] of shown) expect(rows.get(name), name).toBe(value);
});
