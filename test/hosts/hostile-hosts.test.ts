/** Hosts that let somebody in and are no good, or must not be trusted: what a user reads, and that nothing is begun before it is cured. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { setTimeout as delay } from 'node:timers/promises';
import type { Product } from '../system/product.ts';
import { startHosts, type Host, type Hosts } from '../support/hosts/hosts.ts';
import { createSmallApplication, forgetTraces, tracesOn } from './small-application.ts';

let hosts: Hosts;
let host: Host;
let application: Product | null = null;
beforeAll(async () => {
    hosts = await startHosts(1, { init: 'tini' }, AbortSignal.timeout(240_000));
    host = hosts.host(1);
});
afterEach(async () => {
    await application?.dispose();
    application = null;
    await forgetTraces(hosts.all);
});
afterAll(async () => hosts.dispose());

function applicationWith(properties: Readonly<Record<string, string>>): Product {
    const environment = { RIGHT: host.unprivileged.password, WRONG: 'no-such-password' };
    application = createSmallApplication(hosts.all, { machines: 1, properties, environment });
    return application;
}

async function onHost(command: string): Promise<void> {
    const { code, err } = await host.exec(command);
    expect(code, err).toBe(0);
}

const UNPRIVILEGED = { 'scp.user': 'deploy' };
const shellOf = (shell: string): string => `sed -i 's|^\\(deploy:.*\\):[^:]*$|\\1:${shell}|' /etc/passwd`;
const NO_SUDO =
    'cp /etc/sudoers /root/kept && mkdir /root/kept.d && mv /etc/sudoers.d/* /root/kept.d && echo "root ALL=(ALL) ALL" >/etc/sudoers';
const SUDO_AGAIN = 'mv /root/kept /etc/sudoers && mv /root/kept.d/* /etc/sudoers.d && rmdir /root/kept.d';

interface Hostile {
    readonly what: string;
    readonly made: string;
    readonly cured: string;
    readonly properties: Readonly<Record<string, string>>;
    readonly told: RegExp;
}

const HOSTILE: readonly Hostile[] = [
    {
        what: 'an account without a shell',
        made: shellOf('/usr/sbin/nologin'),
        cured: shellOf('/bin/bash'),
        properties: UNPRIVILEGED,
        told: /\/bin\/sh gave no answer to deploy; it said "This account is currently not available\."; look whether/,
    },
    {
        what: 'a shell that rejects everybody',
        made: `printf '#!/bin/sh\\nprintf "\\033[31mFor backups only.\\033[0m\\n"\\nexit 1\\n' >/usr/local/bin/no && chmod 755 /usr/local/bin/no && ${shellOf('/usr/local/bin/no')}`,
        cured: shellOf('/bin/bash'),
        properties: UNPRIVILEGED,
        told: /it said "For backups only\."/,
    },
    {
        what: 'a profile that ends the shell',
        made: "printf 'echo Good bye\\nexit 3\\n' >/root/.bashrc",
        cured: 'rm /root/.bashrc',
        properties: {},
        told: /it said "Good bye"; look whether the user may run commands there, and what its ~\/\.bashrc or ~\/\.profile does/,
    },
    {
        what: 'a profile that waits for ever',
        made: "printf 'sleep 1000\\n' >/root/.bashrc",
        cured: "rm /root/.bashrc; pkill -f '^sleep 1000$'",
        properties: {},
        told: /the login of root gave no shell within 15 s; look whether it waits for something in ~\/\.bashrc/,
    },
    {
        what: 'a home that cannot be written to',
        made: 'chown root:root /home/deploy && chmod 555 /home/deploy',
        cured: 'chown deploy:deploy /home/deploy && chmod 755 /home/deploy',
        properties: UNPRIVILEGED,
        told: /the folder \/home\/deploy\/\.roboconf cannot be made or written to; look at its rights/,
    },
    {
        what: 'sudo that wants a password',
        made: `${NO_SUDO} && echo "deploy ALL=(ALL) ALL" >>/etc/sudoers`,
        cured: SUDO_AGAIN,
        properties: { ...UNPRIVILEGED, 'embedded.sudo': 'true' },
        told: /"sudo -n" gave no shell to deploy; allow it without a password \(NOPASSWD\), or take embedded\.sudo away/,
    },
    {
        what: 'no key of ours',
        made: 'mv /root/.ssh/authorized_keys /root/.ssh/away',
        cured: 'mv /root/.ssh/away /root/.ssh/authorized_keys',
        properties: {},
        told: /The host refuses the login of 'root'\. Tried: .*Check scp\.user and scp\.keyfile/,
    },
    {
        what: 'no setsid',
        made: 'mv /usr/bin/setsid /usr/bin/setsid.away',
        cured: 'mv /usr/bin/setsid.away /usr/bin/setsid',
        properties: {},
        told: /has no program named "setsid"; install it there/,
    },
];

describe('a host with', () => {
    for (const { what, made, cured, properties, told } of HOSTILE)
        test(`${what} is told, nothing is begun on it, and retrying after the cure deploys`, async () => {
            await onHost(made);
            const product = applicationWith(properties);
            try {
                const refused = await product.run('deploy', product.directory, '--yes');
                expect(refused.code).toBe(1);
                expect(refused.out).toMatch(told);
                expect(refused.out).toContain('`roboconf retry` tries again');
                expect(await tracesOn(host)).toEqual([]);
            } finally {
                await onHost(cured);
            }
            await deploysAfterAll(product);
        });
});

/** Retrying brings everything to life; undeploying leaves nothing. */
async function deploysAfterAll(product: Product): Promise<void> {
    const retried = await product.run('retry', product.directory);
    expect(retried, retried.out + retried.err).toMatchObject({ code: 0 });
    const undeployed = await product.run('undeploy', product.directory, '--yes');
    expect(undeployed, undeployed.out + undeployed.err).toMatchObject({ code: 0 });
    expect(await host.exec('ls -d /root/.roboconf /home/deploy/.roboconf')).toMatchObject({ out: '' });
}

test('profiles that write whatever they like, on both streams, do not disturb', async () => {
    const noise = 'echo "Welcome, $(hostname)"\nprintf "\\000\\377\\033[2J end 0\\n"\necho oops >&2\nstty sane\n';
    const profiles = ['.bashrc', '.profile', '.bash_profile'].map((name) => `/root/${name}`);
    for (const profile of profiles) await host.exec(`cat >${profile}`, noise);
    const product = applicationWith({});
    const deployed = await product.run('deploy', product.directory, '--yes');
    expect(deployed, deployed.out + deployed.err).toMatchObject({ code: 0 });
    expect((await product.run('undeploy', product.directory, '--yes')).code).toBe(0);
    await onHost(`rm ${profiles.join(' ')}`);
});

test('a clock that is set forward by hours while a step runs does not end it, also when the runner dies meanwhile', async () => {
    const product = createSmallApplication(hosts.all, {
        machines: 1,
        scripts: { 'Store/start': 'until [ -e /root/go-on ]; do sleep 0.1; done' },
        environment: { ROBOCONF_STEP_TIMEOUT_MS: '60000' },
    });
    application = product;
    const deploying = product.run('deploy', product.directory, '--yes');
    await expect.poll(async () => tracesOn(host), { timeout: 60_000, interval: 50 }).toContain('begin /m1/store start');
    expect(product.killRunners()).toBe(1);
    await deploying;
    await onHost("find /root/.roboconf -name '*claim*' -exec touch -c -d '5 hours ago' {} +");
    await onHost('touch /root/mark');
    const resuming = product.run('resume', product.directory);
    // Whoever looks at the step has asked before how long it has been running.
    const looked = async (): Promise<string> =>
        (await host.exec("find /root/.roboconf -name '*seen*' -newer /root/mark")).out;
    await expect.poll(looked, { timeout: 60_000 }).not.toBe('');
    await onHost('touch /root/go-on');
    const resumed = await resuming;
    await onHost('rm /root/go-on /root/mark');
    expect(resumed, resumed.out + resumed.err).toMatchObject({ code: 0 });
    expect((await tracesOn(host)).filter((line) => line === 'begin /m1/store start')).toHaveLength(1);
});

test('a wrong password is told without being told, and the right one deploys', async () => {
    const product = applicationWith({ ...UNPRIVILEGED, 'scp.keyfile': '', 'ssh.password': '${env:WRONG}' });
    const refused = await product.run('deploy', product.directory, '--yes');
    expect(refused.code).toBe(1);
    expect(refused.out).toMatch(
        /The host refuses the login of 'deploy'\. Tried: .*the password.*Check scp\.user and ssh\.password/,
    );
    expect(refused.out + refused.err).not.toContain('no-such-password');
    expect(await tracesOn(host)).toEqual([]);
});

describe('a host whose key changed', () => {
    test('while it is watched stays lost for that reason, and nothing is run on it', async () => {
        const product = applicationWith({});
        expect(await product.run('deploy', product.directory, '--yes')).toMatchObject({ code: 0 });
        const before = await tracesOn(host);
        await host.rekey();
        await host.kill();
        await host.boot();
        const reason =
            /Its host key changed: somebody may be listening in, or it was installed again\. It shows the \S+ key SHA256:/;
        await expect
            .poll(async () => (await product.run('status', product.directory)).out, { timeout: 60_000 })
            .toMatch(reason);
        await delay(2_000);
        const statuses = [...(await product.instances()).values()].map(({ status }) => status);
        expect(new Set(statuses)).toEqual(new Set(['PROBLEM']));
        expect(await tracesOn(host)).toEqual(before);
        // It is the last test on this host: nobody trusts it any more.
        const given = await product.run('undeploy', product.directory, '--force', '--yes');
        expect(given, given.out + given.err).toMatchObject({ code: 0 });
    });

    test('since the last deployment is refused before anything is begun', async () => {
        const product = applicationWith({});
        const refused = await product.run('deploy', product.directory, '--yes');
        expect(refused.code).toBe(1);
        expect(refused.out + refused.err).toMatch(/Its host key changed/);
        expect(await tracesOn(host)).toEqual([]);
    });
});
