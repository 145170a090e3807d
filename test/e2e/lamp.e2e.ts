/** The example LAMP on four real machines, deployed from an editor: it comes up, serves, loses a machine, heals, and is gone again. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { get } from 'node:http';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import type { Locator } from 'playwright-core';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { type Host, type Hosts, startHosts, whyNoHosts } from '../support/hosts/hosts.ts';
import { lampPackages } from '../support/hosts/lamp-packages.ts';
import { until } from './support/poll.ts';
import { rowsWith, type Scene, sceneOf } from './support/scene.ts';

const instanceCount = 10;
const runLimitMs = 240_000;

const titleBar = { x: 640, y: 15 };

/** A host by the machine of the model that is on it. */
type HostOf = (machine: string) => Host;

const writeTarget = ({ session }: Scene, hosts: Hosts): void => {
    const { keyFile, knownHostsFile } = hosts.host(1);
    const lines = [
        'id = hosts',
        'name = Debian hosts',
        'handler = embedded',
        `embedded.ip = ${hosts.all.map(({ address }) => address).join(', ')}`,
        'scp.user = root',
        `scp.keyfile = ${keyFile}`,
        `scp.known.hosts.file = ${knownHostsFile}`,
    ];
    writeFileSync(path.join(session.folder, 'targets', 'hosts.properties'), `${lines.join('\n')}\n`);
};

type Point = { readonly x: number; readonly y: number };

const dragBy = async ({ page }: Scene, from: Point, by: Point): Promise<void> => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + by.x, from.y + by.y, { steps: 4 });
    await page.mouse.up();
};

/** Room for what stands beside the names in the views, and all targets below the deployments. */
const prepareViews = async (scene: Scene): Promise<void> => {
    const { editor, page } = scene;
    await editor.openContainer('Roboconf');
    const views = await page.locator('.part.sidebar').boundingBox();
    assert.ok(views !== null, 'the views are shown');
    await dragBy(scene, { x: views.x + views.width, y: views.y + views.height / 2 }, { x: 130, y: 0 });
    const targets = page.locator('.part.sidebar .pane-header', { hasText: /^targets/i });
    await targets.click();
    await page.locator('.part.sidebar .monaco-list-row', { hasText: /hosts.*4 of 4 free/ }).waitFor();
    const header = await targets.boundingBox();
    assert.ok(header !== null, 'the view of targets is shown');
    await dragBy(scene, { x: header.x + header.width / 2, y: header.y }, { x: 0, y: -70 });
};

const showInstances = async ({ editor }: Scene): Promise<void> => {
    await editor.openFile('main.graph');
    await editor.runCommand('Roboconf: Show Graph');
    await editor.webview().getByText('Instances', { exact: true }).click();
    await editor.webview().locator('[data-node="instance:/front/apache"]').waitFor();
    // The picture takes the place of the text.
    await editor.tab('main.graph').hover();
    await editor.tab('main.graph').locator('.tab-actions .action-label').click();
    await editor.tab('main.graph').waitFor({ state: 'hidden' });
};

/** A picture with nothing under the pointer. */
const takePicture = async ({ page, picture }: Scene, name: string): Promise<void> => {
    await page.mouse.move(titleBar.x, titleBar.y);
    await picture(name);
};

/** Badges that begin with some words: where another state is wanted, that follows an arrow. */
const badges = ({ editor }: Scene, instance: string, words: string): Locator =>
    editor
        .webview()
        .locator(`:is([data-node^="instance:${instance}"], [data-of^="instance:${instance}"]) .state-text`)
        .filter({ hasText: new RegExp(`^${words}(?: →|$)`) });

/** Lines to a provider that provides nothing. */
const unmetImports = ({ editor }: Scene, provider: string): Locator =>
    editor.webview().locator(`.edge.unmet[data-edge$=">instance:${provider}"]`);

const startedCount = async (scene: Scene): Promise<number> => rowsWith(scene, 'DEPLOYED_STARTED').count();

const deploysOntoHosts = async (scene: Scene): Promise<void> => {
    const { editor, page } = scene;
    await editor.runCommand('Roboconf: Deploy');
    await editor.choose('Whole application');
    const where = page.locator('.quick-input-widget:visible', { hasText: 'Deploy lamp' });
    await where.locator('.monaco-list-row', { hasText: '4 of 4 free' }).waitFor();
    await where.locator('input.input').fill('hosts');
    await where.locator('.monaco-list-row.focused', { hasText: '4 of 4 free' }).waitFor();
    await page.keyboard.press('Enter');
    await rowsWith(scene, 'DEPLOYING').first().waitFor();
    await until('all is started', async () => (await startedCount(scene)) === instanceCount, runLimitMs);
    await until('the picture says so', async () => (await badges(scene, '', 'started').count()) === instanceCount);
};

/** Which machine of the model took which host, as the view says it. */
const hostsInView = async (scene: Scene, hosts: Hosts): Promise<HostOf> => {
    const labels = await scene.page
        .locator('.part.sidebar .monaco-list-row[aria-label*=", Machine: "]')
        .evaluateAll((rows) => rows.map((row): string => row.textContent ?? ''));
    return (machine) => {
        const row = labels.find((label) => label.trimStart().startsWith(machine)) ?? '';
        const host = hosts.all.find(({ address }) => row.includes(address));
        assert.ok(host !== undefined, `${machine} has a host: ${labels.join('; ')}`);
        return host;
    };
};

type Answer = { readonly status: number; readonly text: string };

/** One visit on a connection of its own, as a browser makes that was never here. */
const visit = async ({ address }: Host): Promise<Answer> =>
    new Promise((done) => {
        const fail = (error: Error): void => done({ status: 0, text: String(error) });
        const options = { agent: false, signal: AbortSignal.timeout(10_000) };
        get(`http://${address}/guestbook/`, options, (answer) => {
            readAll(answer).then((text) => done({ status: answer.statusCode ?? 0, text }), fail);
        }).on('error', fail);
    });

/** Who answers a dozen visits, all of which must show the row. */
const answering = async (front: Host): Promise<readonly string[]> => {
    const names = new Set<string>();
    for (let i = 0; i < 12; i++) {
        const { status, text } = await visit(front);
        assert.equal(status, 200, text);
        assert.match(text, /written in the database/);
        names.add(/Answered by Tomcat on (h\d+)/.exec(text)?.[1] ?? 'nobody');
    }
    return [...names].toSorted();
};

const serves = async (hostOf: HostOf): Promise<void> => {
    await hostOf('data').exec(`mariadb guestbook -e "INSERT INTO entry (text) VALUES ('written in the database')"`);
    const expected = [hostOf('app-1').name, hostOf('app-2').name].toSorted();
    assert.deepEqual(await answering(hostOf('front')), expected);
};

const isKnownToApache = async (hostOf: HostOf, tomcat: Host): Promise<boolean> => {
    const { out } = await hostOf('front').exec('cat /etc/libapache2-mod-jk/workers.properties');
    return out.includes(`host=${tomcat.address}\n`);
};

const losesHost = async (scene: Scene, hostOf: HostOf): Promise<void> => {
    const lost = hostOf('app-2');
    await lost.cut();
    const lostRow = rowsWith(scene, 'PROBLEM').filter({ hasText: /app-2.*does not answer since/ });
    await lostRow.waitFor();
    await until('Apache is updated', async () => !(await isKnownToApache(hostOf, lost)));
    await until('what is not on the lost host is started', async () => (await startedCount(scene)) === 7);
    assert.deepEqual(await answering(hostOf('front')), [hostOf('app-1').name]);
    await badges(scene, '/app-2', 'does not answer').waitFor();
    await badges(scene, '/app-2/tomcat/guestbook', 'not known').waitFor();
    await unmetImports(scene, '/app-2/tomcat').waitFor();
    await takePicture(scene, 'lamp-host-lost');
};

const heals = async (scene: Scene, hostOf: HostOf): Promise<void> => {
    const lost = hostOf('app-2');
    await lost.mend();
    await until('all is started again', async () => (await startedCount(scene)) === instanceCount);
    await unmetImports(scene, '/app-2/tomcat').waitFor({ state: 'detached' });
    await until('Apache is updated', async () => isKnownToApache(hostOf, lost));
    await until('its Tomcat serves', async () => (await answering(hostOf('front'))).includes(lost.name));
};

const packagesOf = async (hosts: Hosts): Promise<readonly string[]> =>
    Promise.all(hosts.all.map(async (host) => (await host.exec('dpkg-query -W; ls /var/lib')).out));

const undeploys = async (scene: Scene): Promise<void> => {
    await scene.editor.runCommand('Roboconf: Undeploy');
    await scene.editor.press('Undeploy');
    await until(
        'nothing is left',
        async () => (await rowsWith(scene, 'NOT_DEPLOYED').count()) === instanceCount,
        runLimitMs,
    );
};

const onFourHosts: EndToEndTest = {
    name: 'the example lamp is deployed onto four hosts from the editor, serves, loses a host, heals and goes',
    folder: 'examples/lamp',
    limitMs: 600_000,
    setup: { theme: 'dark', viewport: { width: 1280, height: 900 } },
    run: async (context) => {
        const scene = sceneOf(context);
        const hosts = await startHosts(4, { packages: lampPackages }, context.signal);
        try {
            const before = await packagesOf(hosts);
            writeTarget(scene, hosts);
            await prepareViews(scene);
            await showInstances(scene);
            await deploysOntoHosts(scene);
            await takePicture(scene, 'lamp-deployed');
            const hostOf = await hostsInView(scene, hosts);
            await serves(hostOf);
            await losesHost(scene, hostOf);
            await heals(scene, hostOf);
            await undeploys(scene);
            assert.deepEqual(await packagesOf(hosts), before);
        } finally {
            await hosts.dispose();
        }
    },
};

const refusal = await whyNoHosts();
const isLeftOut = refusal !== null && process.env['CI'] === undefined;
if (isLeftOut) console.log(`left out: ${onFourHosts.name} (${refusal})`);

/** The tests of this file. Where hosts cannot be, that is said; it never goes unnoticed in a pipeline. */
export const tests: readonly EndToEndTest[] = isLeftOut ? [] : [onFourHosts];
