/** Ansible as Debian has it, set up to be fast: all hosts at once, pipelining, kept connections, no facts. */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../../support/hosts/hosts.ts';
import { SCRIPT } from './fleet.ts';

/** `script` sends a file and runs it; `shell` runs a line in a Python program it sends. */
export type AnsibleModule = 'script' | 'shell';

/** Installs it from Debian when it lacks, and says so. */
export function installAnsible(): void {
    if (spawnSync('ansible-playbook', ['--version']).status === 0) return;
    process.stderr.write('bench: installing ansible\n');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...words: readonly string[]): void =>
        void execFileSync('apt-get', ['-qq', ...words], { stdio: ['ignore', 'ignore', 'inherit'], env });
    apt('update');
    apt('-y', '-o', 'DPkg::Lock::Timeout=180', 'install', '--no-install-recommends', 'ansible');
}

/** As in `ansible [core 2.14.18]`; empty when it is not installed. */
export function ansibleVersion(): string {
    const { stdout } = spawnSync('ansible', ['--version'], { encoding: 'utf8' });
    return stdout?.split('\n')[0] ?? '';
}

/** One play of so many tasks, from a folder of its own; no connection is open before or after. Throws when a task failed. */
export async function runAnsible(folder: string, hosts: readonly Host[], play: Play): Promise<void> {
    write(folder, hosts, play);
    try {
        await new Promise<void>((done, failed) => {
            const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024, env: environment() };
            execFile('ansible-playbook', ['play.yml'], options, (error, out, err) => {
                if (error === null) done();
                else failed(new Error(`ansible-playbook failed: ${out.slice(-2_000)}${err.slice(-2_000)}`));
            });
        });
    } finally {
        for (const socket of readdirSync(join(folder, 'sockets')))
            spawnSync('ssh', ['-o', `ControlPath=${join(folder, 'sockets', socket)}`, '-O', 'exit', 'any']);
    }
}

export interface Play {
    readonly module: AnsibleModule;
    readonly steps: number;
}

function write(folder: string, hosts: readonly Host[], { module, steps }: Play): void {
    mkdirSync(join(folder, 'sockets'), { recursive: true });
    const [first] = hosts;
    if (first === undefined) throw new Error('a fleet has hosts');
    const task = module === 'script' ? 'script: step.sh' : `shell: ${SCRIPT.split('\n')[1] ?? ''}`;
    const tasks = Array.from({ length: steps }, () => `    - ${task}\n`);
    const files = {
        'ansible.cfg': configuration(first, hosts.length),
        inventory: `[all]\n${hosts.map((host) => `${host.name} ansible_host=${host.address}\n`).join('')}[all:vars]\nansible_user=root\nansible_ssh_private_key_file=${first.keyFile}\n`,
        'step.sh': SCRIPT,
        'play.yml': `- hosts: all\n  gather_facts: false\n  tasks:\n${tasks.join('')}`,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

function configuration(host: Host, forks: number): string {
    return [
        '[defaults]',
        'inventory = inventory',
        `forks = ${String(forks)}`,
        'strategy = linear',
        'gathering = explicit',
        'interpreter_python = /usr/bin/python3',
        'retry_files_enabled = False',
        'local_tmp = local',
        '[ssh_connection]',
        'pipelining = True',
        `ssh_args = -o ControlMaster=auto -o ControlPersist=60s -o UserKnownHostsFile=${host.knownHostsFile}`,
        'control_path_dir = sockets',
        'control_path = %%h',
        '',
    ].join('\n');
}

/** What a person's own configuration says does not count. */
function environment(): NodeJS.ProcessEnv {
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('ANSIBLE_'));
    return { ...Object.fromEntries(own), ANSIBLE_CONFIG: 'ansible.cfg', LC_ALL: 'C.UTF-8' };
}
