/**
 * The handler `in-memory` (reference: runtime, section 5.5): machines that are nothing but a note in the memory of the runner. Their
 * recipes are not run: each step says so and succeeds. With `in-memory.execute-real-recipes` they are machines of this computer instead.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { StepOutcome, StepOutput, StepRequest } from '../executor.ts';
import { diskFailureText } from '../journal/disk-failure.ts';
import { failed, succeeded } from '../local/outcome.ts';
import { expandedProperties, type Environment } from './secrets.ts';
import type {
    FoundMachine,
    HostSteps,
    MachineTag,
    Target,
    TargetAdapter,
    TargetContext,
    TargetFailure,
} from './target.ts';

/** Opens the target of a context; its machines last as long as the process. */
export function openInMemoryTarget(
    context: TargetContext,
    environment: Environment,
    clock: Pick<Clock, 'sleep'>,
): TargetAdapter | TargetFailure {
    const expanded = expandedProperties(context.definition, context.secretOf, environment);
    if (expanded.kind === 'failed') return expanded;
    return {
        target: createInMemoryTarget(expanded.properties, clock),
        steps: saidSteps(context),
        dispose: () => Promise.resolve(),
    };
}

const DEFAULT_ADDRESS = '127.0.0.1';

/** `properties` are those of the target file. */
export function createInMemoryTarget(
    properties: Readonly<Record<string, string>>,
    clock: Pick<Clock, 'sleep'>,
): Target {
    const machines = new Map<string, FoundMachine>();
    const delayMs = Number(properties['in-memory.delay'] ?? 0) || 0;
    const address = properties['in-memory.ip-address-of-the-agent']?.trim() || DEFAULT_ADDRESS;
    return {
        create: async (tag, signal) => {
            await clock.sleep(delayMs, signal);
            if (signal.aborted)
                return { kind: 'failed', reason: `the making of the machine of ${tag.path} was cancelled` };
            const machine = { tag, machineId: `in-memory:${tag.path}` };
            machines.set(keyOf(machine.tag), machine);
            return { kind: 'made', machineId: machine.machineId };
        },
        // After a restart of the runner nothing is left of a machine but its name.
        configure: async (machine) => {
            machines.set(keyOf(machine.tag), machine);
            return { kind: 'configured', address };
        },
        isRunning: async ({ tag }) => (machines.has(keyOf(tag)) ? 'running' : 'gone'),
        destroy: async ({ tag }) => {
            machines.delete(keyOf(tag));
            return { kind: 'destroyed' };
        },
        list: async (deployment) => {
            const own = [...machines.values()].filter(({ tag }) => tag.deployment === deployment);
            return { kind: 'listed', machines: own };
        },
    };
}

function keyOf({ deployment, path }: MachineTag): string {
    return JSON.stringify([deployment, path]);
}

/** First of the ports that are handed out: nothing ever listens on them. */
const FIRST_PORT = 10_000;

function saidSteps({ stepDirectoryOf }: TargetContext): HostSteps {
    const say: HostSteps['runStep'] = async (request, onOutput) => saidStep(request, stepDirectoryOf, onOutput);
    return {
        runStep: say,
        askStep: say,
        findPorts: async ({ count, taken }) => freePorts(count, new Set(taken)),
        removeInstance: async () => [],
        attend: () => undefined,
        ignore: () => undefined,
    };
}

function saidStep(
    { attempt, phase, instancePath }: StepRequest,
    stepDirectoryOf: TargetContext['stepDirectoryOf'],
    onOutput: (output: StepOutput) => void,
): StepOutcome {
    const directory = stepDirectoryOf(attempt);
    const text = `[roboconf] ${phase} ${instancePath}: its machine is in memory, no recipe is run\n`;
    try {
        mkdirSync(directory, { recursive: true, mode: 0o700 });
        writeFileSync(join(directory, 'stdout'), text);
    } catch (error) {
        return failed(`its output could not be kept. ${diskFailureText(error, directory)}`);
    }
    onOutput({ attempt, stream: 'stdout', text });
    return succeeded([]);
}

function freePorts(count: number, taken: ReadonlySet<number>): readonly number[] {
    const found: number[] = [];
    for (let port = FIRST_PORT; found.length < count; port++) if (!taken.has(port)) found.push(port);
    return found;
}
