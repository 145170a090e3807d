/** The executor of this computer: every machine is a directory, every recipe a supervised process. */
import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Executor, ProcessNote, StepOutcome, StepOutput, StepRequest } from '../executor.ts';
import { diskFailureText } from '../journal/disk-failure.ts';
import { createLocalTarget } from '../targets/local-target.ts';
import { endMachine, makeMachine } from '../targets/machines.ts';
import type { MachineTag } from '../targets/target.ts';
import { createPortSearch, portStartOf } from './ports.ts';
import { endInstance, endLeft, rememberLeft } from './left-processes.ts';
import { failed, killedText, outcomeOf, succeeded } from './outcome.ts';
import { noteOf, type ProcessTable } from './processes.ts';
import { recipeEnvironmentOf, type HostEnvironment } from './recipe-environment.ts';
import { installRecipe, reinstallRecipe } from './recipe-files.ts';
import { checkedScript, findRecipe, type Recipe } from './recipe.ts';
import {
    askSupervised,
    runSupervised,
    type SupervisedEnd,
    type SupervisedStep,
    type SupervisorServices,
} from './supervisor.ts';
import { renderTemplate, templateDataOf } from './template.ts';

export interface LocalExecutorConfig {
    readonly clock: Clock;
    readonly processes: ProcessTable;
    readonly host: HostEnvironment;
    readonly killGraceMs: number;
    /** Once aborted, steps go on unwatched. */
    readonly detached: AbortSignal;
    /** Unique on this computer for the deployment; part of the marks its processes carry. */
    readonly deploymentMark: string;
    /** Absolute directory of an attempt. */
    readonly stepDirectoryOf: (attempt: string) => string;
    /** Absolute file that remembers what the steps of an instance left running. */
    readonly leftFileOf: (instancePath: string) => string;
    /** Absolute directory that says which machines there are. */
    readonly machineFolder: string;
    /** Ports that instances of the deployment have, running or not. */
    readonly portsInUse: () => readonly number[];
}

/** Installers this executor runs by itself; `target` has a machine and no recipe. */
const INSTALLERS = ['script', 'logger', 'target'] as const;

type OnOutput = (output: StepOutput) => void;

interface Watch {
    readonly onOutput: OnOutput;
    readonly signal: AbortSignal;
}

/** Recipes on this computer, for systems with a POSIX shell. */
export function createLocalExecutor(config: LocalExecutorConfig): Executor {
    const services: SupervisorServices = config;
    const machines = createLocalTarget(config.machineFolder);
    const tagOf = (path: string): MachineTag => ({ deployment: config.deploymentMark, path });
    const stepOf = (request: StepRequest): SupervisedStep => supervisedStepOf(request, config);

    const run = async (request: StepRequest, watch: Watch): Promise<StepOutcome> => {
        const directory = config.stepDirectoryOf(request.attempt);
        const action = preparedAction(request, directory);
        if (action.kind === 'unusable') return failed(action.reason);
        if (action.kind === 'say') return say(request, action.text, directory, watch.onOutput);
        if (action.kind === 'initialize') return initialize(request);
        const environment = recipeEnvironmentOf(request, instanceMarkOf(config, request.instancePath), config.host);
        const program = { file: action.file, workingDirectory: action.workingDirectory, environment };
        const end = await runSupervised(stepOf(request), program, services, watch);
        return conclude(request, end, watch.onOutput);
    };

    const conclude = async (request: StepRequest, end: SupervisedEnd, onOutput: OnOutput): Promise<StepOutcome> => {
        if (end.kind !== 'exited') return outcomeOf(end, request, []);
        if (end.exitCode === 0 && (request.phase === 'start' || request.phase === 'update')) {
            rememberLeft(config.leftFileOf(request.instancePath), end.left);
            return outcomeOf(end, request, end.left.map(noteOf));
        }
        const killed = await endLeft(end.left, config);
        if (killed.length > 0)
            onOutput({ attempt: request.attempt, stream: 'stderr', text: killedText(request, killed) });
        return outcomeOf(end, request, killed);
    };

    const askStep: Executor['askStep'] = async (request, onOutput, signal) => {
        const watch = { onOutput, signal };
        if (request.phase === 'initialize') return run(request, watch);
        const end = await askSupervised(stepOf(request), services, watch);
        return end.kind === 'notBegun' ? run(request, watch) : conclude(request, end, onOutput);
    };

    return {
        runStep: (request, onOutput, signal) => run(request, { onOutput, signal }),
        askStep,
        removeInstance: ({ instancePath, instanceDirectory }) =>
            removeInstance(config, instancePath, instanceDirectory),
        createMachine: ({ path }, signal) => makeMachine(machines, tagOf(path), signal),
        destroyMachine: ({ path, machineId }, signal) => endMachine(machines, { tag: tagOf(path), machineId }, signal),
        findPorts: createPortSearch(config.portsInUse, portStartOf(config.deploymentMark)),
        // This computer answers as long as the runner does.
        attend: () => undefined,
        dispose: () => Promise.resolve(),
    };
}

async function removeInstance(
    config: LocalExecutorConfig,
    instancePath: string,
    instanceDirectory: string,
): Promise<readonly ProcessNote[]> {
    const killed = await endInstance(config.leftFileOf(instancePath), instanceMarkOf(config, instancePath), config);
    rmSync(instanceDirectory, { recursive: true, force: true, maxRetries: 3 });
    return killed;
}

type Action =
    | { readonly kind: 'run'; readonly file: string; readonly workingDirectory: string }
    | { readonly kind: 'initialize' }
    | { readonly kind: 'say'; readonly text: string }
    | { readonly kind: 'unusable'; readonly reason: string };

/** What cannot be read or written before a recipe begins keeps it from beginning. */
function preparedAction(request: StepRequest, stepDirectory: string): Action {
    try {
        return actionOf(request, stepDirectory);
    } catch (error) {
        return { kind: 'unusable', reason: `it could not be begun. ${diskFailureText(error, stepDirectory)}` };
    }
}

function actionOf(request: StepRequest, stepDirectory: string): Action {
    const installer = request.installer.toLowerCase();
    if (!INSTALLERS.some((known) => known === installer))
        return { kind: 'unusable', reason: unknownInstaller(request) };
    if (request.phase === 'initialize') return { kind: 'initialize' };
    if (installer === 'logger') return { kind: 'say', text: `${request.phase} ${request.instancePath}` };
    if (installer === 'target') return { kind: 'say', text: `nothing to do for the machine ${request.instancePath}` };
    if (!existsSync(request.instanceDirectory)) {
        return { kind: 'unusable', reason: `the instance's directory ${request.instanceDirectory} does not exist` };
    }
    return scriptActionOf(findRecipe(request.instanceDirectory, request.phase), request, stepDirectory);
}

function unknownInstaller(request: StepRequest): string {
    const known = INSTALLERS.join(', ');
    return `the installer "${request.installer}" of component ${request.component} is not one this runner knows (${known})`;
}

function scriptActionOf(recipe: Recipe, request: StepRequest, stepDirectory: string): Action {
    const scripts = join(request.instanceDirectory, 'scripts');
    const workingDirectory = existsSync(scripts) ? scripts : request.instanceDirectory;
    switch (recipe.kind) {
        case 'unusable':
            return recipe;
        case 'none':
            return { kind: 'say', text: recipe.note };
        case 'script':
            return { kind: 'run', file: recipe.file, workingDirectory };
        case 'template':
            return renderedActionOf(recipe.file, request, stepDirectory, workingDirectory);
        default:
            throw new Error(`unexpected recipe ${JSON.stringify(recipe satisfies never)}`);
    }
}

function renderedActionOf(
    template: string,
    request: StepRequest,
    stepDirectory: string,
    workingDirectory: string,
): Action {
    const rendered = renderTemplate(readFileSync(template, 'utf8'), templateDataOf(request.environment));
    if (rendered.kind === 'refused') return { kind: 'unusable', reason: `${template}: ${rendered.reason}` };
    mkdirSync(stepDirectory, { recursive: true, mode: 0o700 });
    const file = join(stepDirectory, 'recipe');
    writeFileSync(file, rendered.text, { mode: 0o700 });
    const checked = checkedScript(file);
    return checked.kind === 'unusable' ? checked : { kind: 'run', file, workingDirectory };
}

/** Making the directory anew is harmless to repeat: a half-made one is simply made again. */
function initialize(request: StepRequest): StepOutcome {
    try {
        const { recipeSnapshot, formerSnapshots, instanceDirectory } = request;
        if (formerSnapshots === null) installRecipe(recipeSnapshot, instanceDirectory);
        else reinstallRecipe(recipeSnapshot, formerSnapshots, instanceDirectory);
        return succeeded([]);
    } catch (error) {
        return failed(`the recipe could not be copied. ${diskFailureText(error, request.instanceDirectory)}`);
    }
}

function say(request: StepRequest, text: string, stepDirectory: string, onOutput: OnOutput): StepOutcome {
    const line = `[roboconf] ${text}\n`;
    try {
        mkdirSync(stepDirectory, { recursive: true, mode: 0o700 });
        writeFileSync(join(stepDirectory, 'stdout'), line);
    } catch (error) {
        return failed(`its output could not be kept. ${diskFailureText(error, stepDirectory)}`);
    }
    onOutput({ attempt: request.attempt, stream: 'stdout', text: line });
    return succeeded([]);
}

function supervisedStepOf(request: StepRequest, config: LocalExecutorConfig): SupervisedStep {
    const { attempt, timeoutMs } = request;
    const mark = `${config.deploymentMark}.${attempt}`;
    return { attempt, directory: config.stepDirectoryOf(attempt), mark, timeoutMs };
}

function instanceMarkOf(config: LocalExecutorConfig, instancePath: string): string {
    return `${config.deploymentMark}.${hash('sha256', instancePath, 'hex').slice(0, 16)}`;
}
