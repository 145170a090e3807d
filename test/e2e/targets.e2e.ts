/** Machines over SSH as a person meets them in an editor: a target is made, its hosts are tested and vouched for, and an application goes onto them. */
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { copyFileSync, globSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { startHosts, whyNoHosts, type Hosts } from '../support/hosts/hosts.ts';
import { until } from './support/poll.ts';
import { rowsWith, type Scene, sceneOf } from './support/scene.ts';

const graph = `# Two machines: one keeps a note, the other reads it.

Vm {
	installer: target;
	exports: ip;
	children: Writer, Reader;
}

Writer {
	installer: script;
	exports: ip, note = "written over SSH";
}

Reader {
	installer: script;
	imports: Writer.ip, Writer.note;
}
`;

const instances = `instance of Vm {
	name: left;

	instance of Writer {
		name: writer;
	}
}

instance of Vm {
	name: right;

	instance of Reader {
		name: reader;
	}
}
`;

const startNote = `#!/bin/sh
# Says where it runs.
echo "started on $(hostname)"
echo "$ROBOCONF_INSTANCE_PATH" >/tmp/roboconf-note
`;

const removeNote = `#!/bin/sh
rm -f /tmp/roboconf-note
`;

/** In the place of the example's own model: it needs nothing on its hosts but a shell. */
const writeApplication = (folder: string): void => {
    for (const part of ['graph', 'instances']) rmSync(path.join(folder, part), { recursive: true });
    const files = {
        'graph/main.graph': graph,
        'instances/main.instances': instances,
        'graph/Writer/scripts/start.sh': startNote,
        'graph/Writer/scripts/undeploy.sh': removeNote,
        'graph/Reader/scripts/start.sh': startNote,
        'graph/Reader/scripts/undeploy.sh': removeNote,
        'graph/Vm/target.properties': 'id = here\nhandler = local\nname = This computer\n',
    };
    for (const [file, text] of Object.entries(files)) {
        mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
        writeFileSync(path.join(folder, file), text, { mode: file.endsWith('.sh') ? 0o755 : 0o644 });
    }
};

const targetRow = (scene: Scene, text: string | RegExp): Locator =>
    scene.page.locator('.part.sidebar .pane', { hasText: /targets/i }).locator('.monaco-list-row', { hasText: text });

const typeAnswer = async ({ page }: Scene, title: RegExp, text: string): Promise<void> => {
    const widget = page.locator('.quick-input-widget:visible', { hasText: title });
    await widget.waitFor();
    await widget.locator('input.input').fill(text);
    await page.keyboard.press('Enter');
};

/** Room for what stands beside the names in the views. */
const widenViews = async ({ page }: Scene): Promise<void> => {
    const views = await page.locator('.part.sidebar').boundingBox();
    assert.ok(views !== null, 'the views are shown');
    const [edge, middle] = [views.x + views.width, views.y + views.height / 2];
    await page.mouse.move(edge, middle);
    await page.mouse.down();
    await page.mouse.move(edge + 130, middle, { steps: 4 });
    await page.mouse.up();
};

/** The first questions about a target; what to log in with is asked next. */
const describesTarget = async (scene: Scene, addresses: readonly string[]): Promise<void> => {
    const { editor } = scene;
    await editor.openContainer('Roboconf');
    await editor.runCommand('Roboconf: New Target');
    await editor.choose('Machines over SSH');
    await typeAnswer(scene, /Id of the target/, 'pool');
    await typeAnswer(scene, /Addresses of the machines/, addresses.join(', '));
    await typeAnswer(scene, /User to log in as/, 'root');
};

const makesTarget = async (scene: Scene, addresses: readonly string[]): Promise<void> => {
    const { editor } = scene;
    await editor.openContainer('Roboconf');
    await widenViews(scene);
    await describesTarget(scene, addresses);
    await scene.page.locator('.quick-input-list .monaco-list-row', { hasText: 'id_ed25519' }).waitFor();
    await scene.picture('target-login');
    await editor.choose('id_ed25519');
    await editor.lines('pool.properties').filter({ hasText: 'embedded.ip' }).waitFor();
    await targetRow(scene, /pool.*2 of 2 free/).waitFor();
    const text = readFileSync(path.join(scene.session.folder, 'targets', 'pool.properties'), 'utf8');
    assert.match(text, /^scp\.keyfile = ~\/\.ssh\/id_ed25519$/m);
};

/** Nothing vouches for the first host: its key is shown, and only that is kept. */
const approvesKey = async (scene: Scene, address: string): Promise<void> => {
    const { editor, page, session } = scene;
    await targetRow(scene, new RegExp(`${address}.*host key not approved`)).waitFor();
    await editor.runCommand('Roboconf: Test Connection');
    await editor.notification('Its host key is not known').first().waitFor();
    await targetRow(scene, address).first().click();
    await editor.press('Approve Host Key');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.filter({ hasText: /Is this the key of root@.*SHA256:/s }).waitFor();
    await scene.picture('target-key');
    const [fingerprint = ''] = /SHA256:[\w+/]+/.exec(await dialog.innerText()) ?? [];
    await editor.press('Approve');
    await targetRow(scene, new RegExp(`${address}.*connected in \\d+ ms`)).waitFor();
    const known = readFileSync(path.join(session.directories.home, '.ssh', 'known_hosts'), 'utf8');
    // Exactly the key that was shown is kept.
    const kept = known
        .trim()
        .split('\n')
        .map((line) => Buffer.from(line.split(' ')[2] ?? '', 'base64'));
    const prints = kept.map((key) => `SHA256:${hash('sha256', key, 'base64').replace(/=+$/, '')}`);
    assert.deepEqual(prints, [fingerprint]);
};

/** Answers the second question of a deploy by the keyboard: what the pointer rests on may be covered by a hint. */
const deploysTo = async ({ page }: Scene, place: string): Promise<void> => {
    const widget = page.locator('.quick-input-widget:visible', { hasText: 'Deploy starter (2/2)' });
    await widget.waitFor();
    await widget.locator('input.input').fill(place);
    await widget.locator('.monaco-list-row.focused', { hasText: place }).waitFor();
    await page.keyboard.press('Enter');
};

const deploysOntoHosts = async (scene: Scene, hosts: Hosts): Promise<void> => {
    const { editor, page } = scene;
    await editor.runCommand('Roboconf: Deploy');
    await editor.choose('Whole application');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'each machine is a folder here' }).waitFor();
    // Away from the rows: what the pointer rests on is explained by a hint.
    await page.mouse.move(900, 700);
    await scene.picture('deploy-onto');
    await deploysTo(scene, 'pool');
    // The second host is met before anything begins.
    await page.locator('.monaco-dialog-box', { hasText: /Is this the key of root@/ }).waitFor();
    await editor.press('Approve');
    await until('all is started', async () => (await rowsWith(scene, 'DEPLOYED_STARTED').count()) === 4);
    for (const { address } of hosts.all)
        await rowsWith(scene, 'DEPLOYED_STARTED').filter({ hasText: address }).waitFor();
    const notes = await Promise.all(hosts.all.map(async (host) => host.exec('cat /tmp/roboconf-note')));
    assert.deepEqual(notes.map(({ out }) => out.trim()).sort(), ['/left/writer', '/right/reader']);
    await targetRow(scene, /starter \/left/).waitFor();
    await editor.runCommand('Roboconf: Test Connection');
    await until('both hosts answer', async () => (await targetRow(scene, /connected in/).count()) === 2);
    await scene.picture('targets');
};

const losesHost = async (scene: Scene, hosts: Hosts): Promise<void> => {
    const lost = hosts.host(2);
    await lost.cut();
    await scene.page.locator('.part.sidebar .monaco-list-row', { hasText: /does not answer since/ }).waitFor();
    await targetRow(scene, /does not answer/).waitFor();
    await lost.mend();
    await until('all is started again', async () => (await rowsWith(scene, 'DEPLOYED_STARTED').count()) === 4);
};

const undeploys = async (scene: Scene, hosts: Hosts): Promise<void> => {
    await scene.editor.runCommand('Roboconf: Undeploy');
    await scene.editor.press('Undeploy');
    await until('nothing is started', async () => (await rowsWith(scene, 'DEPLOYED_STARTED').count()) === 0);
    await targetRow(scene, /pool.*2 of 2 free/).waitFor();
    const notes = await Promise.all(hosts.all.map(async (host) => host.exec('test ! -e /tmp/roboconf-note')));
    assert.deepEqual(
        notes.map(({ code }) => code),
        [0, 0],
    );
};

/** There is a way to look into it, and none to approve it. */
const meetsChangedKey = async (scene: Scene, hosts: Hosts): Promise<void> => {
    const { editor, page, session } = scene;
    const known = path.join(session.directories.home, '.ssh', 'known_hosts');
    const before = readFileSync(known, 'utf8');
    await hosts.host(1).rekey();
    await editor.runCommand('Roboconf: Test Connection');
    await editor
        .notification(/Its host key changed.*line 1 of .*known_hosts/)
        .first()
        .waitFor();
    await targetRow(scene, /host key changed/).waitFor();
    const message = page.locator('.notifications-toasts .notification-list-item', { hasText: 'Its host key changed' });
    const buttons = await message.locator('.monaco-button').allInnerTexts();
    assert.deepEqual(
        buttons.map((button) => button.trim()).filter((button) => button !== ''),
        ['Open Known Hosts', 'Show Targets'],
    );
    await editor.notification('Connecting to').waitFor({ state: 'hidden' });
    await scene.picture('key-changed');
    await editor.press('Open Known Hosts');
    await editor.tab('known_hosts').waitFor();
    assert.equal(readFileSync(known, 'utf8'), before);
};

const ontoHosts: EndToEndTest = {
    name: 'a target is made, its hosts are vouched for, and an application is deployed onto them',
    folder: 'examples/starter',
    limitMs: 360_000,
    setup: { theme: 'dark', prepareFolder: writeApplication, viewport: { width: 1280, height: 1000 } },
    run: async (context) => {
        const scene = sceneOf(context);
        const hosts = await startHosts(2, { init: 'tini' }, context.signal);
        try {
            const keys = path.join(context.session.directories.home, '.ssh');
            mkdirSync(keys, { recursive: true, mode: 0o700 });
            copyFileSync(hosts.host(1).keyFile, path.join(keys, 'id_ed25519'));
            await makesTarget(
                scene,
                hosts.all.map(({ address }) => address),
            );
            await approvesKey(scene, hosts.host(1).address);
            await deploysOntoHosts(scene, hosts);
            await losesHost(scene, hosts);
            await undeploys(scene, hosts);
            await meetsChangedKey(scene, hosts);
        } finally {
            await hosts.dispose();
        }
    },
};

/** Files below directories that hold a text. */
const filesWith = (text: string, ...directories: readonly string[]): readonly string[] =>
    directories.flatMap((directory) =>
        globSync('**/*', { cwd: directory })
            .map((name) => path.join(directory, name))
            .filter((file) => lstatSync(file).isFile() && readFileSync(file).includes(text)),
    );

const approvesAll = async (scene: Scene): Promise<void> => {
    await scene.page.locator('.monaco-dialog-box', { hasText: /Are these the keys of these 2 hosts/ }).waitFor();
    await scene.editor.press('Approve All');
};

const withPassword: EndToEndTest = {
    name: 'a password of hosts is asked for once, reaches the runner that needs it, and stands in no file',
    folder: 'examples/starter',
    limitMs: 360_000,
    setup: { theme: 'dark', prepareFolder: writeApplication },
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor, session, signal } = scene;
        const hosts = await startHosts(2, { init: 'tini' }, signal);
        try {
            const { password } = hosts.host(1);
            await describesTarget(
                scene,
                hosts.all.map(({ address }) => address),
            );
            await editor.choose('A password');
            await typeAnswer(scene, /Secret pool-password/, password);
            await targetRow(scene, /pool.*2 of 2 free/).waitFor();
            await editor.runCommand('Roboconf: Deploy');
            await editor.choose('Whole application');
            await deploysTo(scene, 'pool');
            await approvesAll(scene);
            await until('all is started', async () => (await rowsWith(scene, 'DEPLOYED_STARTED').count()) === 4);
            // Whoever drives the deployment is gone, and with it what it was given: the next one is given it again.
            const runners = await session.runners(signal);
            for (const { pid } of runners) process.kill(pid, 'SIGKILL');
            await until('its runner is gone', async () => (await session.runners(signal)).length === 0);
            await undeploys(scene, hosts);
            const { home, data, temporary } = session.directories;
            assert.deepEqual(filesWith(password, session.folder, session.state, home, data, temporary), []);
        } finally {
            await hosts.dispose();
        }
    },
};

const refusal = await whyNoHosts();
const isLeftOut = refusal !== null && process.env['CI'] === undefined;
if (isLeftOut) console.log(`left out: ${[ontoHosts, withPassword].map(({ name }) => name).join(', ')} (${refusal})`);

/** The tests of this file. Where hosts cannot be, that is said; it never goes unnoticed in a pipeline. */
export const tests: readonly EndToEndTest[] = isLeftOut ? [] : [ontoHosts, withPassword];
