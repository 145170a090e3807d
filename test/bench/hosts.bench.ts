/**
 * Deployments onto real hosts over SSH: the floor (SSH alone), ours and Ansible, on the same hosts in the same run; what one step costs;
 * how soon a lost host and a cancel are noticed. `--sizes=10x4` measures some of the sizes alone: hosts x steps.
 */
import { join } from 'node:path';
import type { Figure, Goal } from '../../scripts/bench.ts';
import { temporaryDirectory } from '../runner/support/application.ts';
import { startHosts, type Host } from '../support/hosts/hosts.ts';
import { ansibleVersion, installAnsible, runAnsible, type AnsibleModule } from './hosts/ansible.ts';
import { writeApplication, type BenchApplication } from './hosts/application.ts';
import { cancelCost, lostMs } from './hosts/faults.ts';
import { medianOf, msOf, nameOf, proveSteps, SCRIPT, type Size } from './hosts/fleet.ts';
import { runFloor } from './hosts/floor.ts';
import { deployByCommand, deployOnce, undeployByCommand } from './hosts/ours.ts';
import { stepCost } from './hosts/steps.ts';

const SIZES = ['10x4', '10x20', '50x4', '100x4', '100x20'];
/** Sizes at which Ansible is waited for. */
const PEER_SIZES: ReadonlySet<string> = new Set(['10x4', '50x4']);
const ROUNDS = 3;
/** Seconds by size, on two quiet cores. */
const GOALS: Readonly<Record<string, Goal>> = { '100x4': { atMost: 1.4 }, '100x20': { atMost: 2.3 } };
const PEER_GOALS: Readonly<Record<string, Goal>> = { '50x4': { atLeast: 30 } };
const FAULT_HOSTS = 5;
const CANCEL_HOSTS = 100;

/** Of what is measured beside the product. */
export function versions(): Readonly<Record<string, string>> {
    return { ansible: ansibleVersion() };
}

export async function measure(options: readonly string[]): Promise<readonly Figure[]> {
    const sizes = options.flatMap((option) => option.match(/^--sizes=(.*)$/)?.[1]?.split(',') ?? []);
    const figures: Figure[] = [];
    for (const text of sizes.length === 0 ? SIZES : sizes)
        figures.push(...(await onHosts(sizeOf(text).hosts, (hosts, folder) => measureSize(text, hosts, folder))));
    figures.push(...(await onHosts(FAULT_HOSTS, measureSteps)));
    const cancelHosts = sizes.length === 0 ? CANCEL_HOSTS : Math.max(...sizes.map((text) => sizeOf(text).hosts));
    return [...figures, ...(await onHosts(cancelHosts, measureCancel))];
}

/** The whole takes some minutes. */
function progress(what: string): void {
    process.stderr.write(`bench: ${what}\n`);
}

function sizeOf(text: string): Size {
    const [hosts, steps] = text.split('x').map(Number);
    if (hosts === undefined || steps === undefined || !(hosts > 0) || !(steps % 2 === 0))
        throw new Error(`'${text}' is no size: hosts x steps, of which there is an even number`);
    return { hosts, steps };
}

/** Hosts that nobody has logged in to yet. */
async function onHosts(
    count: number,
    work: (hosts: readonly Host[], folder: string) => Promise<readonly Figure[]>,
): Promise<readonly Figure[]> {
    using place = temporaryDirectory();
    await using hosts = await startHosts(count, { init: 'tini' }, new AbortController().signal);
    return await work(hosts.all, place.path);
}

async function measureSize(text: string, hosts: readonly Host[], folder: string): Promise<readonly Figure[]> {
    const size = sizeOf(text);
    const name = nameOf(size);
    progress(name);
    const application = writeApplication(folder, size, hosts, SCRIPT);
    const prove = async (): Promise<void> => proveSteps(hosts, size.steps);
    const [floor, ours]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
        floor.push(await msOf(async () => runFloor(hosts, size.steps)));
        await prove();
        const { ms } = await deployOnce(application, join(folder, `state-${String(round)}`), prove);
        ours.push(ms);
    }
    const [floorMs, oursMs] = [medianOf(floor), medianOf(ours)];
    const figures: readonly Figure[] = [
        { name: `${name}: floor, SSH alone`, value: floorMs / 1000, unit: 's' },
        { name: `${name}: Roboconf`, value: oursMs / 1000, unit: 's', ...goalOf(GOALS[text]) },
        { name: `${name}: Roboconf over the floor`, value: oursMs / floorMs, unit: 'x' },
    ];
    if (!PEER_SIZES.has(text)) return figures;
    return [...figures, ...(await measurePeer({ application, hosts, size, oursMs }, folder, goalOf(PEER_GOALS[text])))];
}

type Wanted = Pick<Figure, 'goal'>;

function goalOf(goal: Goal | undefined): Wanted {
    return goal === undefined ? {} : { goal };
}

interface Compared {
    readonly application: BenchApplication;
    readonly hosts: readonly Host[];
    readonly size: Size;
    readonly oursMs: number;
}

/** Whole processes: those of Ansible, and our command line for comparison. */
async function measurePeer(
    { application, hosts, size, oursMs }: Compared,
    folder: string,
    wanted: Wanted,
): Promise<readonly Figure[]> {
    const name = nameOf(size);
    const commandMs = await deployByCommand(application, folder);
    await proveSteps(hosts, size.steps);
    await undeployByCommand(application, folder);
    const figures: Figure[] = [{ name: `${name}: roboconf deploy, whole process`, value: commandMs / 1000, unit: 's' }];
    installAnsible();
    for (const module of ['script', 'shell'] satisfies AnsibleModule[]) {
        progress(`${name}, Ansible with ${module}`);
        const ms = await msOf(async () => runAnsible(join(folder, module), hosts, { module, steps: size.steps }));
        await proveSteps(hosts, size.steps);
        figures.push(
            { name: `${name}: Ansible, ${module}`, value: ms / 1000, unit: 's' },
            { name: `${name}: Ansible, ${module}, over Roboconf`, value: ms / oursMs, unit: 'x', ...wanted },
            { name: `${name}: Ansible, ${module}, over roboconf deploy`, value: ms / commandMs, unit: 'x' },
        );
    }
    return figures;
}

async function measureSteps(hosts: readonly Host[], folder: string): Promise<readonly Figure[]> {
    const [first] = hosts;
    if (first === undefined) throw new Error('a fleet has hosts');
    progress('steps on one host');
    const { bareMs, stepMs } = await stepCost(folder, first);
    progress('lost hosts');
    const lost = Object.entries(await lostMs(folder, hosts));
    return [
        { name: 'bare exec of a script over SSH', value: bareMs, unit: 'ms' },
        { name: 'the same script as a step', value: stepMs, unit: 'ms' },
        { name: 'overhead of a step over SSH', value: stepMs - bareMs, unit: 'ms', goal: { atMost: 3 } },
        ...lost.map(([fault, value]) => ({
            name: `lost host seen, ${fault}`,
            value: value / 1000,
            unit: 's',
            goal: { atMost: 3 },
        })),
    ];
}

async function measureCancel(hosts: readonly Host[], folder: string): Promise<readonly Figure[]> {
    progress('cancel');
    const { lastStepMs, processesGoneMs } = await cancelCost(folder, hosts);
    const count = String(hosts.length);
    return [
        {
            name: `cancel of ${count} busy hosts, last step begun after`,
            value: lastStepMs,
            unit: 'ms',
            goal: { atMost: 10 },
        },
        {
            name: `cancel of ${count} hosts, their processes gone after`,
            value: processesGoneMs,
            unit: 'ms',
            goal: { atMost: 1_000 },
        },
    ];
}
