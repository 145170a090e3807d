import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { allCommands } from '../../client/commands/all-commands.ts';
import type { CommandContext } from '../../client/commands/command.ts';
import { applicationEntry } from '../../client/deployments/application-entries.ts';
import { deploymentEntry, instanceEntry } from '../../client/deployments/tree-entries.ts';
import type { TreeEntry } from '../../client/deployments/tree-entry.ts';
import { targetTreeOf, type TargetNode } from '../../client/targets/target-tree.ts';
import { MANIFEST_BUNDLE, readBundle } from '../../scripts/l10n/bundles.ts';
import { withSettingsTable } from '../../scripts/settings-table.ts';
import { LANGUAGE_IDS } from '../../server/protocol.ts';
import { applicationWith, poolSource } from './support/played-targets.ts';
import { EXIT_3, instanceAt, KEY, runOf, snapshotOf, startedAt, viewOf } from './support/snapshots.ts';

interface Contribution {
    readonly command: string;
    readonly when?: string;
    readonly title?: string;
    readonly category?: string;
}

interface Link {
    readonly url: string;
}

interface WalkthroughStep {
    readonly id: string;
    readonly description: string;
    readonly media: { readonly svg: string; readonly altText: string };
    readonly completionEvents: readonly string[];
}

interface Manifest {
    readonly icon: string;
    readonly repository: Link;
    readonly bugs: Link;
    readonly homepage: string;
    readonly qna: string;
    readonly keywords: readonly string[];
    readonly categories: readonly string[];
    readonly galleryBanner: { readonly color: string; readonly theme: string };
    readonly engines: { readonly vscode: string };
    readonly devDependencies: Readonly<Record<string, string>>;
    readonly capabilities: {
        readonly untrustedWorkspaces: {
            readonly supported: unknown;
            readonly restrictedConfigurations: readonly string[];
        };
    };
    readonly contributes: {
        readonly commands: readonly Contribution[];
        readonly menus: Readonly<Record<string, readonly Contribution[]>>;
        readonly keybindings: readonly Contribution[];
        readonly languages: readonly { readonly id: string; readonly configuration?: string; readonly icon?: object }[];
        readonly grammars: readonly {
            readonly language?: string;
            readonly embeddedLanguages?: Readonly<Record<string, string>>;
        }[];
        readonly snippets: readonly { readonly language: string }[];
        readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
        readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
        readonly walkthroughs: readonly { readonly steps: readonly WalkthroughStep[] }[];
        readonly configuration: readonly {
            readonly title: string;
            readonly order: number;
            readonly properties: Readonly<Record<string, Setting>>;
        }[];
    };
}

interface Setting {
    readonly order?: number;
    readonly scope?: string;
    readonly markdownDescription?: string;
    readonly default?: unknown;
}

const root = resolve(import.meta.dirname, '..', '..');
const source = readFileSync(join(root, 'package.json'), 'utf8');
// Texts are what a person reads: the keys are held against the bundles in l10n.test.ts.
const english = readBundle(root, MANIFEST_BUNDLE);
const text = source.replaceAll(/"%([^"%]+)%"/g, (_, key: string) => JSON.stringify(english[key] ?? ''));
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
    const named = [...text.matchAll(/"(?:\.\/)?((?:media|syntaxes|snippets)\/[^"]+)"/g)].map((match) => match[1] ?? '');
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

test('a command whose title is typed in full comes first in the list of commands', () => {
    const hidden = contributes.menus['commandPalette']?.filter(({ when }) => when === 'false') ?? [];
    const offered = contributes.commands.filter((each) => !hidden.some(({ command }) => command === each.command));
    const titles = offered.map(({ title = '' }) => title);
    const wordsOf = (title: string): readonly string[] => title.toLowerCase().split(' ');
    const isOfferedFor = (typed: string, title: string): boolean =>
        wordsOf(typed).every((word) => wordsOf(title).some((each) => each.startsWith(word)));
    const before = titles.flatMap((typed) =>
        titles
            .filter((title) => title < typed && isOfferedFor(typed, title))
            .map((title) => `${title} before ${typed}`),
    );
    expect(titles.length).toBeGreaterThan(50);
    expect(before).toEqual([]);
});

test('languages are those of the server', () => {
    expect(contributes.languages.map(({ id }) => id)).toEqual(Object.values(LANGUAGE_IDS));
});

test('every language has colours, editing rules, an icon and snippets', () => {
    const ids = Object.values(LANGUAGE_IDS);
    expect(contributes.languages.filter(({ configuration, icon }) => !configuration || !icon)).toEqual([]);
    expect(contributes.grammars.flatMap(({ language }) => language ?? [])).toEqual(ids);
    expect(contributes.snippets.map(({ language }) => language)).toEqual(ids);
    const embedded = contributes.grammars.flatMap(({ embeddedLanguages = {} }) => Object.entries(embeddedLanguages));
    expect(embedded).toEqual(ids.map((id) => [`meta.embedded.block.${id}`, id]));
});

test('every setting says what it is, where it may be set, and what it is by default', () => {
    const settings = contributes.configuration.flatMap(({ properties }) => Object.entries(properties));
    const incomplete = settings.filter(
        ([, setting]) => setting.scope === undefined || !setting.markdownDescription || setting.default === undefined,
    );
    expect(incomplete.map(([name]) => name)).toEqual([]);
});

test('settings that are read are declared, with the default the code assumes', () => {
    const code = readFileSync(join(root, 'client', 'settings.ts'), 'utf8');
    const settings = Object.assign({}, ...contributes.configuration.map(({ properties }) => properties)) as Record<
        string,
        Setting
    >;
    const read = [...code.matchAll(/\.get\('([\w.]+)'(?:, ([^)]+))?\)/g)];
    expect(read.length).toBeGreaterThan(3);
    for (const [, name = '', fallback] of read) {
        const setting = settings[`roboconf.${name}`];
        expect(setting, name).toBeDefined();
        if (fallback !== undefined) expect(String(setting?.default), name).toBe(fallback.replaceAll("'", ''));
    }
});

function entriesBelow(nodes: readonly TargetNode[]): readonly TreeEntry[] {
    return nodes.flatMap(({ entry, children }) => [entry, ...entriesBelow(children)]);
}

test('every flag a menu of a view asks for is one that entries have', () => {
    const asked = (contributes.menus['view/item/context'] ?? []).flatMap(({ when = '' }) =>
        [...when.matchAll(/\/;(\w+);\//g)].map((match) => match[1] ?? ''),
    );
    const stopped = instanceAt('/a', { status: 'DEPLOYED_STOPPED', desired: 'DEPLOYED_STOPPED', failure: EXIT_3 });
    const views = [
        viewOf(snapshotOf([startedAt('/a'), stopped], runOf())),
        viewOf(snapshotOf([startedAt('/a'), stopped]), { simulated: true }),
        viewOf(snapshotOf([stopped]), { link: { kind: 'interrupted' } }),
        viewOf(snapshotOf([instanceAt('/a')])),
        viewOf(snapshotOf([startedAt('/a')]), { link: { kind: 'otherVersion', message: 'version 9' } }),
        viewOf(snapshotOf([instanceAt('/a', { failure: { ...EXIT_3, kind: 'unknown' } })])),
    ];
    const findings = { errors: 0, warnings: 0 };
    const application = { directory: '/a', name: 'a', findings, inWorkspace: true };
    const pool = poolSource('pool', ['192.0.2.11'], { 'ssh.password': '${secret:pw}' });
    const host = {
        address: '192.0.2.11',
        isStranger: true,
        isLost: false,
        test: null,
        holder: { path: '/vm', deployment: KEY },
    };
    const target = { source: pool, hosts: [host], fault: null, missingSecrets: [], secrets: ['pw'] };
    const onTargets = targetTreeOf([applicationWith([target])]);
    const entries = views.flatMap((view) => [
        applicationEntry(application, 1, false),
        deploymentEntry(view, 0),
        ...view.snapshot.instances.map((instance) => instanceEntry(view, instance, 0, 0)),
    ]);
    const had = new Set([...entries, ...entriesBelow(onTargets)].flatMap(({ flags }) => flags.split(';')));
    expect(new Set(asked).size).toBeGreaterThan(4);
    expect(asked.filter((flag) => !had.has(flag))).toEqual([]);
});

test('the table of settings of the user guide is fresh', async () => {
    const path = join(root, 'docs', 'user-guide.md');
    const guide = readFileSync(path, 'utf8');
    const fresh = await format(withSettingsTable(root, guide), { ...(await resolveConfig(path)), filepath: path });
    expect(guide).toBe(fresh);
    for (const { properties } of contributes.configuration)
        for (const name of Object.keys(properties)) expect(guide).toContain(`| \`${name}\``);
});

test('settings stand in titled groups, in order', () => {
    for (const { title, order, properties } of contributes.configuration) {
        expect(title.length).toBeGreaterThan(3);
        expect(order).toBeGreaterThan(0);
        const orders = Object.values(properties).map((setting) => setting.order);
        expect(orders).toEqual(orders.map((_, index) => index + 1));
    }
});

test('the one walkthrough leads from nothing to a deployment, with a picture a step', () => {
    expect(contributes.walkthroughs).toHaveLength(1);
    const steps = contributes.walkthroughs[0]?.steps ?? [];
    expect(steps.map(({ id }) => id)).toEqual(['open', 'picture', 'simulate', 'deploy', 'failure']);
    for (const { description, media, completionEvents } of steps) {
        expect([...description.matchAll(/\(command:(roboconf\.[\w.]+)\)/g)].length).toBeGreaterThan(0);
        const events = completionEvents.map((event) => event.replace(/^on(Command|Context):/, ''));
        expect(events.filter((id) => !declared.includes(id) && id !== 'roboconf.hasApplications')).toEqual([]);
        expect(media.altText.length).toBeGreaterThan(20);
        const colours = readFileSync(join(root, media.svg), 'utf8').match(/(?:fill|stroke)="(?!none)[^"]+"/g) ?? [];
        // Only colours of the theme: the picture must be readable in every one.
        expect(colours.filter((colour) => !colour.includes('var(--vscode-'))).toEqual([]);
    }
});

test('what the shops show is there: links, a picture, words to find it by', () => {
    const { repository, bugs, homepage, qna, keywords, categories, galleryBanner } = manifest;
    for (const address of [repository.url, bugs.url, homepage, qna]) expect(address).toMatch(/^https:\/\//);
    expect(keywords.length).toBeLessThanOrEqual(30);
    expect(categories.length).toBeGreaterThan(1);
    expect(galleryBanner.color).toMatch(/^#[0-9a-f]{6}$/);
    expect(galleryBanner.theme).toBe('dark');
    const icon = readFileSync(join(root, manifest.icon));
    // Width and height stand in the header of a PNG file.
    expect(Math.min(icon.readUInt32BE(16), icon.readUInt32BE(20))).toBeGreaterThanOrEqual(128);
    expect(manifest.engines.vscode.replace('^', '')).toBe(manifest.devDependencies['@types/vscode']);
});

test('settings that name a place or a program count only in a trusted workspace', () => {
    const settings = contributes.configuration.flatMap(({ properties }) => Object.entries(properties));
    const places = settings.filter(([name]) => /(directory|path|command|program|arguments|environment)$/i.test(name));
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe('limited');
    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toEqual(places.map(([name]) => name));
});

test('the README shows the product, and a first deployment in under two minutes of reading', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const image = /!\[[^\]]+\]\(([^)]+\.png)\)/.exec(readme)?.[1] ?? '';
    expect(existsSync(join(root, image))).toBe(true);
    const section = /\n## A first deployment[^\n]*\n([^]*?)\n## /.exec(readme)?.[1] ?? '';
    const words = section.split(/\s+/).length;
    expect(words).toBeGreaterThan(80);
    // People read texts about what they do not know yet at about 200 words a minute.
    expect(words / 200).toBeLessThan(2);
    // The commands it names are there under these titles.
    const named = [...section.matchAll(/\*\*Roboconf: ([^*]+)\*\*/g)].map((match) => match[1]);
    const titles = contributes.commands.map(({ title }) => title);
    expect(named.filter((title) => !titles.includes(title))).toEqual([]);
});
