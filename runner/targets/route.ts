/** The executor of a deployment: each effect goes to the machine it is about, which is this computer or one that a target made. */
import type {
    DestructionRequest,
    Executor,
    MachineOutcome,
    MachinePlace,
    MachineRequest,
    StepOutcome,
} from '../executor.ts';
import { endMachine, makeMachine } from './machines.ts';
import type {
    HostSteps,
    MachineNews,
    TargetAdapter,
    TargetContext,
    TargetDefinition,
    TargetFailure,
} from './target.ts';

export interface RouteConfig {
    readonly local: Executor;
    /** Unique for ever: see `MachineTag`. */
    readonly deploymentOf: () => string;
    /** The copy of a target definition; null when it cannot be read. */
    readonly definitionOf: (name: string) => TargetDefinition | null;
    readonly open: (
        definition: TargetDefinition,
        onMachineNews: TargetContext['onMachineNews'],
    ) => Promise<TargetAdapter | TargetFailure>;
    /** News of machines, with the target that made them. */
    readonly onMachineNews: (news: MachineNews, target: string) => void;
}

/** An executor with one adapter a target, opened when it is first needed. */
export function createRoute(config: RouteConfig): Executor {
    const adapters = new Map<string, Promise<TargetAdapter | TargetFailure>>();
    const adapterOf = (name: string): Promise<TargetAdapter | TargetFailure> => {
        const known = adapters.get(name);
        if (known !== undefined) return known;
        const opening = openAdapter(config, name);
        adapters.set(name, opening);
        // One that could not be opened may be mended: a secret that was missing, a file.
        void opening.then((adapter) => 'kind' in adapter && adapters.delete(name));
        return opening;
    };
    const stepsOn = async ({ target }: MachinePlace): Promise<Steps | TargetFailure> => {
        if (target === null) return config.local;
        const adapter = await adapterOf(target);
        return 'kind' in adapter ? adapter : adapter.steps;
    };
    const machineOn = { config, adapterOf };

    return {
        runStep: async (request, onOutput, signal) => {
            const steps = await stepsOn(request.machine);
            return 'kind' in steps ? notRun(steps) : steps.runStep(request, onOutput, signal);
        },
        askStep: async (request, onOutput, signal) => {
            const steps = await stepsOn(request.machine);
            if ('kind' in steps) return { kind: 'unknown', reason: steps.reason };
            return steps.askStep(request, onOutput, signal);
        },
        createMachine: (request, signal) => createMachine(machineOn, request, signal),
        destroyMachine: (request, signal) => destroyMachine(machineOn, request, signal),
        findPorts: async (request, signal) => {
            const steps = await stepsOn(request.machine);
            return 'kind' in steps ? [] : steps.findPorts(request, signal);
        },
        removeInstance: async (request, signal) => {
            const steps = await stepsOn(request.machine);
            return 'kind' in steps ? [] : steps.removeInstance(request, signal);
        },
        attend: (machine) => {
            if (machine.target === null) return;
            void adapterOf(machine.target).then((adapter) => {
                if (!('kind' in adapter)) adapter.steps.attend(machine);
            });
        },
        dispose: async () => {
            const opened = await Promise.all(adapters.values());
            await Promise.all(opened.map((adapter) => ('kind' in adapter ? Promise.resolve() : adapter.dispose())));
        },
    };
}

/** What steps need of this computer and of the machines of targets alike. */
type Steps = Pick<HostSteps, 'runStep' | 'askStep' | 'findPorts' | 'removeInstance'>;

interface MachineMaker {
    readonly config: RouteConfig;
    readonly adapterOf: (name: string) => Promise<TargetAdapter | TargetFailure>;
}

async function openAdapter(config: RouteConfig, name: string): Promise<TargetAdapter | TargetFailure> {
    const definition = config.definitionOf(name);
    if (definition === null) {
        const reason = `the copy ${name} of its target cannot be read from the deployment's folder`;
        return { kind: 'failed', reason };
    }
    return config.open(definition, (news) => config.onMachineNews(news, name));
}

async function createMachine(
    { config, adapterOf }: MachineMaker,
    request: MachineRequest,
    signal: AbortSignal,
): Promise<MachineOutcome> {
    if (request.target === null) return config.local.createMachine(request, signal);
    const adapter = await adapterOf(request.target);
    if ('kind' in adapter) return adapter;
    const tag = { deployment: config.deploymentOf(), path: request.path };
    const outcome = await makeMachine(adapter.target, tag, signal);
    // Nobody asks for the end of a machine that never came up: what was made of it must not stay.
    if (outcome.kind === 'failed')
        await endMachine(adapter.target, { tag, machineId: '' }, AbortSignal.timeout(CLEAN_UP_MS));
    return outcome;
}

async function destroyMachine(
    { config, adapterOf }: MachineMaker,
    request: DestructionRequest,
    signal: AbortSignal,
): Promise<MachineOutcome | { readonly kind: 'down' }> {
    if (request.target === null) return config.local.destroyMachine(request, signal);
    const adapter = await adapterOf(request.target);
    if ('kind' in adapter) return adapter;
    const { machineId, path } = request;
    const machine = { tag: { deployment: config.deploymentOf(), path }, machineId };
    adapter.steps.ignore(path);
    if (request.isGivenUp) adapter.target.giveUp?.(machine);
    return endMachine(adapter.target, machine, signal);
}

const CLEAN_UP_MS = 30_000;

function notRun({ reason }: TargetFailure): StepOutcome {
    return { kind: 'failed', durationMs: 0, exitCode: null, signal: null, reason, lastLines: [], killed: [] };
}
