/** Recipes on the machines of a target, over SSH: the contract of the local executor, kept on hosts. */
import { hash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { InstanceRemoval, MachinePlace, ProcessNote, StepOutcome, StepOutput, StepRequest } from '../executor.ts';
import { diskFailureText } from '../journal/disk-failure.ts';
import { failed, killedText, outcomeOf, succeeded } from '../local/outcome.ts';
import { tooLargeText } from '../local/recipe-environment.ts';
import { renderTemplate, templateDataOf } from '../local/template.ts';
import type { HostSteps, TargetContext } from '../targets/target.ts';
import { unwritableText, type Answer } from './agent.ts';
import { LONGEST_TEMPLATE } from './agent-script.ts';
import type { Agents } from './agents.ts';
import type { Connected } from './connection-port.ts';
import { remoteNameOf } from './remote-folder.ts';
import { createRemoteHost, type RemoteHost } from './remote-host.ts';
import { createFilledFolders, withinSize, type FilledFolders } from './filled-folders.ts';
import { installRemote, type OtherInstance } from './install-remote.ts';
import { createRemoteOutput } from './remote-output.ts';
import { createRemotePortSearch, parseSocketPorts, type RemotePortSearch } from './remote-ports.ts';
import { endOnHost } from './remote-processes.ts';
import { readRecipe, type RecipeToSend } from './remote-recipe.ts';
import { askRemote, runRemote, type RemoteEnd, type RemoteStep, type StepServices } from './remote-step.ts';
import {
    aimAtInstance,
    aimAtStep,
    forgetText,
    remoteFileOf,
    removalText,
    socketsText,
    type Program,
    type StepPlace,
} from './step-text.ts';

export interface RemoteStepsConfig {
    readonly clock: Clock;
    readonly connect: (machine: MachinePlace, signal: AbortSignal) => Promise<Connected>;
    /** Of the same deployment. */
    readonly agents: Agents;
    /** Unique for ever; the folder on hosts and the marks of processes are named after it. */
    readonly deployment: string;
    readonly awaitedOn: TargetContext['awaitedOn'];
    /** Absolute directory of an attempt on this computer, where its outputs are kept. */
    readonly stepDirectoryOf: (attempt: string) => string;
    /** Once aborted, steps go on unwatched. */
    readonly detached: AbortSignal;
    /** Time between TERM and KILL, in milliseconds. */
    readonly killGraceMs: number;
    /** How long a host may not answer before the end of a step is unknown, in milliseconds. */
    readonly reconnectMs: number;
}

export type RemoteSteps = Pick<HostSteps, 'runStep' | 'askStep' | 'findPorts' | 'removeInstance'>;

const INSTALLERS = ['script', 'logger', 'target'] as const;

/** Steps whose ends are recorded leave files on their host until there are that many of them. */
const FORGET_AT = 32;

interface Site {
    readonly host: RemoteHost;
    readonly ports: RemotePortSearch;
    /** Latest step of each instance. */
    readonly latest: Map<string, StepPlace>;
    readonly stale: StepPlace[];
    readonly filled: FilledFolders;
}

interface World {
    readonly config: RemoteStepsConfig;
    readonly services: StepServices;
    readonly folderName: string;
    readonly siteOf: (machine: MachinePlace) => Site;
    readonly recipeOf: (snapshot: string | null) => RecipeToSend;
}

/** Runs recipes on hosts. Connections are made when the first step needs them. */
export function createRemoteSteps(config: RemoteStepsConfig): RemoteSteps {
    const world = createWorld(config);
    return {
        runStep: (request, onOutput, signal) => watched(world, request, { onOutput, signal, isAsked: false }),
        askStep: (request, onOutput, signal) => watched(world, request, { onOutput, signal, isAsked: true }),
        findPorts: async ({ machine, count, taken }) => {
            const { host, ports } = world.siteOf(machine);
            const answer = await host.control(socketsText());
            if (answer.kind !== 'answered') return [];
            return ports.choose(
                count,
                parseSocketPorts(answer.sections.get('sockets')?.toString('latin1') ?? ''),
                taken,
            );
        },
        removeInstance: (removal, signal) => removeInstance(world, removal, signal),
    };
}

function createWorld(config: RemoteStepsConfig): World {
    const folderName = remoteNameOf(config.deployment);
    const sites = new Map<string, Site>();
    const recipes = new Map<string | null, RecipeToSend>();
    const siteOf = (machine: MachinePlace): Site => {
        const key = `${machine.address} ${machine.path}`;
        const site = sites.get(key) ?? createSite(machine, config, folderName);
        sites.set(key, site);
        return site;
    };
    const recipeOf = (snapshot: string | null): RecipeToSend => {
        const recipe = recipes.get(snapshot) ?? readRecipe(snapshot);
        recipes.set(snapshot, recipe);
        return recipe;
    };
    return { config, services: config, folderName, siteOf, recipeOf };
}

function createSite(machine: MachinePlace, config: RemoteStepsConfig, folderName: string): Site {
    const host = createRemoteHost(machine, config);
    return {
        host,
        ports: createRemotePortSearch(folderName),
        latest: new Map(),
        stale: [],
        filled: createFilledFolders(),
    };
}

interface Watch {
    readonly onOutput: (output: StepOutput) => void;
    readonly signal: AbortSignal;
    /** Whether it may have been begun by an earlier runner. */
    readonly isAsked: boolean;
}

async function watched(world: World, request: StepRequest, watch: Watch): Promise<StepOutcome> {
    const outcome = await act(world, request, watch);
    // Whoever waits has gone, and what broke then says nothing of the step: a later runner asks about it.
    return world.config.detached.aborted ? new Promise(() => undefined) : outcome;
}

async function act(world: World, request: StepRequest, watch: Watch): Promise<StepOutcome> {
    const installer = request.installer.toLowerCase();
    if (!INSTALLERS.some((known) => known === installer)) return failed(unknownInstaller(request));
    // Nothing of a logger, or of a machine itself, is on the machine.
    if (installer !== 'script') return request.phase === 'initialize' ? succeeded([]) : sayFor(world, request, watch);
    if (request.phase === 'initialize') return initialize(world, request, watch.signal);
    const step = openStep(world, request, watch);
    return runToItsEnd(world, step, watch.isAsked);
}

function unknownInstaller(request: StepRequest): string {
    const known = INSTALLERS.join(', ');
    return `the installer "${request.installer}" of component ${request.component} is not one this runner knows (${known})`;
}

function sayFor(world: World, request: StepRequest, watch: Watch): StepOutcome {
    const text =
        request.installer.toLowerCase() === 'logger'
            ? `${request.phase} ${request.instancePath}`
            : `nothing to do for the machine ${request.instancePath}`;
    return say(world, request, text, watch.onOutput);
}

function say(world: World, request: StepRequest, text: string, onOutput: Watch['onOutput']): StepOutcome {
    const line = `[roboconf] ${text}\n`;
    const directory = world.config.stepDirectoryOf(request.attempt);
    try {
        mkdirSync(directory, { recursive: true, mode: 0o700 });
        writeFileSync(join(directory, 'stdout'), line);
    } catch (error) {
        return failed(`its output could not be kept. ${diskFailureText(error, directory)}`);
    }
    onOutput({ attempt: request.attempt, stream: 'stdout', text: line });
    return succeeded([]);
}

/** Filling the folder is harmless to repeat: a half-made one is simply made again. */
async function initialize(world: World, request: StepRequest, signal: AbortSignal): Promise<StepOutcome> {
    const { host, filled } = world.siteOf(request.machine);
    try {
        const recipe = world.recipeOf(request.recipeSnapshot);
        const instance = instanceOf(request.instanceDirectory);
        if (filled.take(instance, recipe) && request.formerSnapshots === null) return succeeded([]);
        const others = othersOf(world, request.machine, instance);
        const place = { host, folderName: world.folderName, instance, others };
        const installed = await installRemote(recipe, request.formerSnapshots, place, { ...world.services, signal });
        if (installed.kind === 'failed') return failed(installed.reason);
        filled.add(installed.agent, installed.others);
        return succeeded([]);
    } catch (error) {
        return failed(`the recipe could not be read. ${diskFailureText(error, request.recipeSnapshot ?? '')}`);
    }
}

/** Instances on a machine whose folders can be filled along with that of another one. */
function othersOf(world: World, machine: MachinePlace, instance: string): readonly OtherInstance[] {
    const { filled } = world.siteOf(machine);
    const others = world.config.awaitedOn(machine.path).flatMap((awaited): OtherInstance[] => {
        const name = instanceOf(awaited.instanceDirectory);
        if (name === instance || filled.has(name)) return [];
        const recipe = recipeIfReadable(world, awaited.recipeSnapshot);
        return recipe === null || recipe.body === null ? [] : [{ instance: name, recipe }];
    });
    return withinSize(others);
}

function recipeIfReadable(world: World, snapshot: string | null): RecipeToSend | null {
    try {
        return world.recipeOf(snapshot);
    } catch {
        // It is told to whoever asks for it.
        return null;
    }
}

function openStep(world: World, request: StepRequest, { onOutput, signal }: Watch): RemoteStep {
    const site = world.siteOf(request.machine);
    const place = placeOf(world, request);
    // The core asks for a step only after the end of the one before is recorded.
    const former = site.latest.get(place.instance);
    if (former !== undefined && former.attempt !== place.attempt) site.stale.push(former);
    site.latest.set(place.instance, place);
    const { attempt } = request;
    const directory = world.config.stepDirectoryOf(attempt);
    const whereOf = (stream: string): string => `${remoteFileOf(world.folderName, place, stream)} on ${site.host.name}`;
    const output = createRemoteOutput({ directory, attempt, whereOf }, onOutput);
    return { request, place, host: site.host, output, onOutput, signal, services: world.services };
}

function placeOf({ folderName }: World, request: StepRequest): StepPlace {
    const instance = instanceOf(request.instanceDirectory);
    const attempt = cleanOf(request.attempt);
    return {
        instance,
        attempt,
        mark: `${folderName}.${instance}.${attempt}.`,
        instanceMark: `${folderName}.${hash('sha256', request.instancePath, 'hex').slice(0, 16)}`,
    };
}

function instanceOf(instanceDirectory: string): string {
    return cleanOf(basename(instanceDirectory));
}

/** A name for files that is different for different texts. */
function cleanOf(text: string): string {
    if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,150}$/.test(text)) return text;
    return `${text.replace(/[^A-Za-z0-9]/g, '_').slice(0, 100)}-${hash('sha256', text, 'hex').slice(0, 12)}`;
}

async function runToItsEnd(world: World, step: RemoteStep, isAsked: boolean): Promise<StepOutcome> {
    const program: Program = { kind: 'phase', phase: step.request.phase };
    const standing = isAsked ? await askRemote(step, '') : { kind: 'unbegun' as const, claim: 'claim' };
    if (standing.kind !== 'unbegun') return finish(world, step, standing);
    const end = await runRemote(step, program, standing.claim);
    if (end.kind !== 'noScript') return finish(world, step, end);
    const text = templateTextOf(world, step, end.answer);
    if (typeof text !== 'string') return text;
    return finish(world, step, await runRemote(step, { kind: 'text', text }, standing.claim));
}

/** The program a template gives, or the outcome of a step that has none. */
function templateTextOf(world: World, step: RemoteStep, answer: Answer): string | StepOutcome {
    if (answer.words[0] !== 'template') return outcomeWithoutScript(world, step, answer);
    const file = answer.line.slice('template '.length);
    const bytes = answer.sections.get('template') ?? Buffer.alloc(0);
    if (bytes.length > LONGEST_TEMPLATE) return failed(`${file} is larger than a template may be (1 MB)`);
    const rendered = renderTemplate(bytes.toString('utf8'), templateDataOf(step.request.environment));
    if (rendered.kind === 'refused') return failed(`${file}: ${rendered.reason}`);
    return rendered.text.includes('\0') ? failed(`${file} gives no text`) : rendered.text;
}

function outcomeWithoutScript(world: World, step: RemoteStep, { words, line }: Answer): StepOutcome {
    const { request, host } = step;
    const [kind = ''] = words;
    const rest = line.slice(kind.length + 1);
    const phase = request.phase;
    switch (kind) {
        case 'none':
            return say(world, request, `no script or template for ${phase}: nothing was done`, step.onOutput);
        case 'several':
            return failed(`several files could be the ${phase} script: ${rest}; keep one, or name one ${phase}.sh`);
        case 'missing': {
            const [interpreter = '', ...file] = rest.split(' ');
            return failed(`${file.join(' ')} asks for ${interpreter}, which is not installed on ${host.name}`);
        }
        case 'crlf':
            return failed(`${rest} has Windows line ends: its first line names no program; save it with LF line ends`);
        case 'absent':
            return failed(`the instance's directory ${rest} does not exist on ${host.name}`);
        case 'unwritten':
            return failed(`it could not be begun: ${unwritableText(host.name, rest)}`);
        default:
            throw new Error(`unexpected answer of a host: ${line}`);
    }
}

async function finish(world: World, step: RemoteStep, end: RemoteEnd): Promise<StepOutcome> {
    const { request } = step;
    if (end.kind === 'noScript') return outcomeWithoutScript(world, step, end.answer);
    if (end.kind !== 'exited') return outcomeOf(end, request, []);
    forgetStale(world, request.machine);
    // A shell tells what the system did not take like what may not be executed.
    const tooLarge = end.exitCode === 126 ? tooLargeText(request.environment) : null;
    if (tooLarge !== null) return failed(tooLarge);
    if (end.exitCode === 0 && (request.phase === 'start' || request.phase === 'update'))
        return outcomeOf(end, request, end.left);
    if (end.left.length === 0) return outcomeOf(end, request, []);
    const { killed } = await endOnHost(step.host, aimAtStep(step.place), world.services);
    if (killed.length > 0) {
        const text = killedText(request, killed);
        step.onOutput({ attempt: request.attempt, stream: 'stderr', text });
    }
    return outcomeOf(end, request, killed);
}

function forgetStale(world: World, machine: MachinePlace): void {
    const { host, stale } = world.siteOf(machine);
    if (stale.length < FORGET_AT) return;
    const text = forgetText(stale.splice(0));
    // Files that stay are taken away with their instance.
    void host.control((nonce) => `${text}\nprintf '\\n%s end\\n' ${nonce}`);
}

async function removeInstance(
    world: World,
    removal: InstanceRemoval,
    signal: AbortSignal,
): Promise<readonly ProcessNote[]> {
    const { host, latest, filled } = world.siteOf(removal.machine);
    const instance = instanceOf(removal.instanceDirectory);
    const instanceMark = `${world.folderName}.${hash('sha256', removal.instancePath, 'hex').slice(0, 16)}`;
    latest.delete(instance);
    filled.drop(instance);
    const { killed } = await endOnHost(host, aimAtInstance(instance, instanceMark), world.services);
    await host.withAgent((agent) => agent.request(removalText(instance)), signal);
    return killed;
}
