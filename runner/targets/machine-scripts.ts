/**
 * Scripts of a target, run once for each machine it makes, as soon as that can run recipes (reference: runtime, section 5.6): those named
 * `…dm.configure.script.…` on this computer, then those named `…agent.script.…` on the machine. One that fails fails the machine.
 */
import { hash, randomUUID } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { systemClock } from '../clock.ts';
import { isElectron } from '../electron.ts';
import type { MachinePlace, StepOutcome, StepRequest } from '../executor.ts';
import { diskFailureText } from '../journal/disk-failure.ts';
import { failed, outcomeOf } from '../local/outcome.ts';
import { createProcessTable, KILL_GRACE_MS } from '../local/processes.ts';
import { recipeEnvironmentOf } from '../local/recipe-environment.ts';
import { checkedScript } from '../local/recipe.ts';
import { runSupervised } from '../local/supervisor.ts';
import type { FoundMachine, TargetAdapter, TargetContext, TargetFailure } from './target.ts';

const HERE_NAME = 'dm.configure.script.';
const MACHINE_NAME = 'agent.script.';
/** Scripts with this in their name are never sent to machines. */
const LOCAL_NAME = 'local.';
const TIMEOUT_MS = 10 * 60_000;

/** The adapter whose machines are configured when the scripts of its target have run; the adapter itself when there are none. */
export function withScripts(adapter: TargetAdapter, context: TargetContext): TargetAdapter {
    const { scripts } = context.definition;
    if (scripts === undefined || namesIn(scripts).length === 0) return adapter;
    // One at a time, so that they may change what all machines share: a load balancer, a list of hosts.
    let last: Promise<unknown> = Promise.resolve();
    const inTurn = (work: () => Promise<TargetFailure | null>): Promise<TargetFailure | null> => {
        const turn = last.then(work);
        last = turn.catch(() => undefined); // the caller has the rejection
        return turn;
    };
    const { target } = adapter;
    return {
        ...adapter,
        target: {
            ...target,
            configure: async (machine, signal) => {
                const configured = await target.configure(machine, signal);
                if (configured.kind === 'failed') return configured;
                const call = { adapter, context, scripts, machine, address: configured.address };
                const fault = await inTurn(() => runOnce(call, signal));
                return fault ?? configured;
            },
            destroy: async (machine, signal) => {
                const destroyed = await target.destroy(machine, signal);
                if (destroyed.kind === 'destroyed')
                    rmSync(folderOf(context, machine), { recursive: true, force: true });
                return destroyed;
            },
        },
    };
}

interface Call {
    readonly adapter: TargetAdapter;
    readonly context: TargetContext;
    /** Absolute directory of the target's scripts. */
    readonly scripts: string;
    readonly machine: FoundMachine;
    readonly address: string;
}

/** Null when all have run, at this time or before. */
async function runOnce(call: Call, signal: AbortSignal): Promise<TargetFailure | null> {
    const folder = folderOf(call.context, call.machine);
    const done = join(folder, 'done');
    if (existsSync(done)) return null;
    try {
        const fault = (await runHere(call, folder, signal)) ?? (await runThere(call, folder, signal));
        if (fault !== null) return { kind: 'failed', reason: fault };
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(done, '', { mode: 0o600 });
        return null;
    } catch (error) {
        return {
            kind: 'failed',
            reason: `the scripts of its target could not be run. ${diskFailureText(error, folder)}`,
        };
    }
}

/** The folder of a machine: whether its scripts have run, and what they wrote. */
function folderOf({ machineFolder }: TargetContext, { tag, machineId }: FoundMachine): string {
    return join(machineFolder, `scripts-${hash('sha256', JSON.stringify([tag, machineId]), 'hex').slice(0, 24)}`);
}

async function runHere(call: Call, folder: string, signal: AbortSignal): Promise<string | null> {
    const names = namesIn(call.scripts).filter((name) => name.includes(HERE_NAME));
    if (names.length === 0) return null;
    const directory = join(folder, 'computer');
    installScripts(call.scripts, directory);
    for (const name of names) {
        const outcome = await runProgram(call, { name, directory, folder }, signal);
        const fault = faultOf(name, call, outcome);
        if (fault !== null) return fault;
    }
    return null;
}

/** What the target's scripts are and write lives in a copy: two machines never share it. */
function installScripts(scripts: string, directory: string): void {
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    cpSync(scripts, directory, { recursive: true });
    for (const name of namesIn(directory)) chmodSync(join(directory, name), 0o700);
}

interface Program {
    readonly name: string;
    /** Absolute; it runs there. */
    readonly directory: string;
    readonly folder: string;
}

async function runProgram(call: Call, { name, directory, folder }: Program, signal: AbortSignal): Promise<StepOutcome> {
    const script = checkedScript(join(directory, name));
    if (script.kind === 'unusable') return failed(script.reason);
    const request = requestOf(call, 'deploy', { instanceDirectory: directory, recipeSnapshot: null });
    const host = { variables: process.env, executable: process.execPath, isElectron: isElectron() };
    const mark = `${call.context.deployment}.${request.attempt}`;
    const step = {
        attempt: request.attempt,
        directory: join(folder, 'steps', request.attempt),
        mark,
        timeoutMs: TIMEOUT_MS,
    };
    const program = {
        file: join(directory, name),
        workingDirectory: directory,
        environment: recipeEnvironmentOf(request, mark, host),
    };
    const services = {
        clock: systemClock,
        processes: createProcessTable(process.platform),
        killGraceMs: KILL_GRACE_MS,
        detached: call.context.detached,
    };
    const end = await runSupervised(step, program, services, { onOutput: () => undefined, signal });
    return outcomeOf(end, request, []);
}

async function runThere(call: Call, folder: string, signal: AbortSignal): Promise<string | null> {
    const names = namesIn(call.scripts).filter((name) => name.includes(MACHINE_NAME) && !name.includes(LOCAL_NAME));
    for (const [index, name] of names.entries()) {
        const recipe = join(folder, `machine-${index + 1}`);
        makeRecipe(call.scripts, name, recipe);
        const place = { instanceDirectory: recipe, recipeSnapshot: recipe };
        const outcome = await runAsRecipe(call, place, signal);
        const fault = faultOf(name, call, outcome);
        if (fault !== null) return fault;
    }
    return null;
}

/** A recipe with the script for `deploy`, and beside it all that may be sent. */
function makeRecipe(scripts: string, name: string, directory: string): void {
    rmSync(directory, { recursive: true, force: true });
    const beside = join(directory, 'scripts');
    mkdirSync(beside, { recursive: true, mode: 0o700 });
    cpSync(scripts, beside, { recursive: true, filter: (file) => !file.slice(scripts.length).includes(LOCAL_NAME) });
    rmSync(join(beside, name));
    cpSync(join(scripts, name), join(beside, `deploy${extname(name)}`));
}

interface RecipePlace {
    readonly instanceDirectory: string;
    readonly recipeSnapshot: string | null;
}

async function runAsRecipe(call: Call, place: RecipePlace, signal: AbortSignal): Promise<StepOutcome> {
    const { steps } = call.adapter;
    const quietly = (): void => undefined;
    const copied = await steps.runStep(requestOf(call, 'initialize', place), quietly, signal);
    if (copied.kind !== 'succeeded') return copied;
    const request = requestOf(call, 'deploy', place);
    const outcome = await steps.runStep(request, quietly, signal);
    const { instancePath, machine, instanceDirectory } = request;
    await steps.removeInstance({ instancePath, machine, instanceDirectory }, signal);
    return outcome;
}

function requestOf(call: Call, phase: StepRequest['phase'], place: RecipePlace): StepRequest {
    const { context, machine, address } = call;
    const { path } = machine.tag;
    const at: MachinePlace = { path, id: machine.machineId, address, target: context.definition.id };
    return {
        attempt: `${SCRIPT_ATTEMPT}${randomUUID()}`,
        instancePath: `${path} scripts`,
        machine: at,
        component: context.definition.id,
        installer: 'script',
        phase,
        ...place,
        formerSnapshots: null,
        environment: variablesOf(call),
        timeoutMs: TIMEOUT_MS,
    };
}

/** What the outputs of scripts are kept under, so that they are told from those of recipes. */
export const SCRIPT_ATTEMPT = 'machine-script-';

const DOMAIN = 'default';

function variablesOf({ context: { application }, machine, address }: Call): Readonly<Record<string, string>> {
    const { path } = machine.tag;
    const facts = { 'application.name': application, 'scoped.instance.path': path, domain: DOMAIN };
    const data = Object.entries(facts).map(([key, value]) => `${key} = ${value}\n`);
    return {
        IP_ADDRESS: address,
        APPLICATION_NAME: application,
        SCOPED_INSTANCE_PATH: path,
        DOMAIN,
        USER_DATA: data.join(''),
    };
}

function faultOf(name: string, { context, machine }: Call, outcome: StepOutcome): string | null {
    if (outcome.kind === 'succeeded') return null;
    const script = `${name} of the target '${context.definition.id}', for ${machine.tag.path},`;
    switch (outcome.kind) {
        case 'failed':
            return `${script} ${[outcome.reason, ...outcome.lastLines].join('\n')}`;
        case 'timedOut':
            return `${script} took longer than ${outcome.timeoutMs / 60_000} minutes and was ended`;
        case 'cancelled':
            return `${script} was cancelled`;
        case 'unknown':
            return `nobody can tell how ${script} ended: ${outcome.reason}`;
        default:
            throw new Error(`unexpected outcome ${JSON.stringify(outcome satisfies never)}`);
    }
}

/** Files right in a directory, sorted; none when it is not there. */
function namesIn(directory: string): readonly string[] {
    if (!existsSync(directory)) return [];
    const entries = readdirSync(directory, { withFileTypes: true });
    return entries
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
        .sort();
}
