/** What a person wants deployed: which application, which part of it, where and under which name. Asked in a few short steps and remembered. */
import * as vscode from 'vscode';
import type { InstanceModel } from '../../language/index.ts';
import { deploymentEntry } from '../deployments/tree-entries.ts';
import { done, type Outcome } from '../ui/outcome.ts';
import {
    askAll,
    askChoice,
    askSeveral,
    askText,
    type Answer,
    type Question,
    type QuestionPlace,
} from '../ui/questions.ts';
import type { LoadedApplication } from './choose.ts';
import type { CommandContext } from './command.ts';
import { deploymentNameFault } from './deployment-name.ts';

/** Where a deployment runs. Further kinds of place are further members. */
type DeployTarget = { readonly kind: 'local' };

export interface DeployChoice {
    /** Sub-trees; empty = the whole application. */
    readonly paths: readonly string[];
    readonly target: DeployTarget;
    /** The deployment's name. */
    readonly deployment: string;
}

/** What was chosen last, by the URI of the application's directory, and for which application that was. */
interface DeployMemory {
    readonly last: string | null;
    readonly choices: Readonly<Record<string, Pick<DeployChoice, 'paths' | 'deployment'>>>;
}

const MEMORY_KEY = 'roboconf.deploy.choices';

export const LOCAL: DeployTarget = { kind: 'local' };

/** Asks what of an application is deployed where. `deployment`: the name when it is decided already. */
export async function askDeployChoice(
    ctx: Pick<CommandContext, 'deployments' | 'memory'>,
    application: LoadedApplication,
    deployment: string | null,
    signal: AbortSignal,
): Promise<Outcome<DeployChoice>> {
    const { model, directoryUri } = application;
    const known = readDeployMemory(ctx.memory).choices[directoryUri];
    const paths = known?.paths.filter((path) => model.instances.some((instance) => instance.path === path)) ?? [];
    const initial: DeployChoice = { paths, target: LOCAL, deployment: deployment ?? known?.deployment ?? model.name };
    const questions = [askWhat(model.instances), ...(deployment === null ? [askWhere(ctx, application)] : [])];
    return askAll(vscode.l10n.t('Deploy {0}', model.displayName || model.name), questions, initial, signal);
}

/** The last choice again, for the application it was made for; undefined when there is none. */
export function lastDeployChoice(
    memory: vscode.Memento,
): { readonly uri: string; readonly choice: DeployChoice } | undefined {
    const { last, choices } = readDeployMemory(memory);
    const choice = last === null ? undefined : choices[last];
    return last === null || choice === undefined ? undefined : { uri: last, choice: { ...choice, target: LOCAL } };
}

/** Keeps a choice for the next time. */
export async function rememberDeployChoice(
    memory: vscode.Memento,
    directoryUri: string,
    { paths, deployment }: DeployChoice,
): Promise<void> {
    const { choices } = readDeployMemory(memory);
    await memory.update(MEMORY_KEY, {
        last: directoryUri,
        choices: { ...choices, [directoryUri]: { paths, deployment } },
    });
}

/** Reads what is remembered; what is not understood is forgotten. */
function readDeployMemory(memory: Pick<vscode.Memento, 'get'>): DeployMemory {
    const stored: unknown = memory.get(MEMORY_KEY);
    if (typeof stored !== 'object' || stored === null) return { last: null, choices: {} };
    const last: unknown = Reflect.get(stored, 'last');
    const choices: unknown = Reflect.get(stored, 'choices');
    const entries = typeof choices === 'object' && choices !== null ? Object.entries(choices) : [];
    const read = entries.flatMap(([uri, value]) => {
        const choice = parseChoice(value);
        return choice === undefined ? [] : [[uri, choice] as const];
    });
    return { last: typeof last === 'string' ? last : null, choices: Object.fromEntries(read) };
}

function parseChoice(value: unknown): DeployMemory['choices'][string] | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    const deployment: unknown = Reflect.get(value, 'deployment');
    const paths: unknown = Reflect.get(value, 'paths');
    if (typeof deployment !== 'string' || !Array.isArray(paths)) return undefined;
    return { deployment, paths: paths.filter((path) => typeof path === 'string') };
}

type WhatItem = vscode.QuickPickItem & { readonly what: 'whole' | 'same' | 'choose' };

/** The whole application, what was chosen last, or instances that are checked in a list. */
function askWhat(instances: readonly InstanceModel[]): Question<DeployChoice> {
    return async (choice, place, signal) => {
        for (;;) {
            const question = {
                placeholder: vscode.l10n.t('What to deploy'),
                items: whatItems(instances.length, choice.paths),
            };
            const answer = await askChoice(place, question, signal);
            if (answer.kind !== 'given') return answer;
            if (answer.value.what === 'whole') return given({ ...choice, paths: [] });
            if (answer.value.what === 'same') return given(choice);
            const chosen = await askInstances(instances, choice, place, signal);
            if (chosen.kind !== 'back') return chosen;
        }
    };
}

function whatItems(instanceCount: number, lastPaths: readonly string[]): readonly WhatItem[] {
    const count = instanceCount === 1 ? vscode.l10n.t('1 instance') : vscode.l10n.t('{0} instances', instanceCount);
    const whole: WhatItem = {
        label: `$(package) ${vscode.l10n.t('Whole application')}`,
        description: count,
        what: 'whole',
    };
    const choose: WhatItem = { label: `$(checklist) ${vscode.l10n.t('Choose instances…')}`, what: 'choose' };
    if (lastPaths.length === 0) return [whole, choose];
    const label = `$(history) ${vscode.l10n.t('As last time')}`;
    return [{ label, description: lastPaths.join(', '), what: 'same' }, whole, choose];
}

async function askInstances(
    instances: readonly InstanceModel[],
    choice: DeployChoice,
    place: QuestionPlace,
    signal: AbortSignal,
): Promise<Answer<DeployChoice>> {
    const items = instances.map(({ path, component }) => ({
        label: path,
        description: component,
        picked: choice.paths.includes(path),
    }));
    const placeholder = vscode.l10n.t('Instances to deploy, each with all that is below it');
    // Going back from here leads to the question before it, whichever step that is.
    const answer = await askSeveral({ ...place, step: Math.max(2, place.step) }, { placeholder, items }, signal);
    return answer.kind === 'given' ? given({ ...choice, paths: answer.value.map(({ label }) => label) }) : answer;
}

type WhereItem = vscode.QuickPickItem & { readonly deployment: string | null };

/** This machine, under a name that is in use already, under the application's own, or under another one. */
function askWhere(
    ctx: Pick<CommandContext, 'deployments'>,
    { model, directory }: LoadedApplication,
): Question<DeployChoice> {
    return async (choice, place, signal) => {
        for (;;) {
            const names = [...new Set([choice.deployment, model.name, ...namesOf(ctx, directory)])];
            const items = [...names.map((name) => whereItem(ctx, directory, name)), otherName()];
            const placeholder = vscode.l10n.t('Where: the recipes run there with your rights');
            const answer = await askChoice(place, { placeholder, items }, signal);
            if (answer.kind !== 'given') return answer;
            if (answer.value.deployment !== null) return given({ ...choice, deployment: answer.value.deployment });
            const named = await askName(choice, { ...place, step: Math.max(2, place.step) }, signal);
            if (named.kind !== 'back') return named;
        }
    };
}

function namesOf({ deployments }: Pick<CommandContext, 'deployments'>, directory: string): readonly string[] {
    const views = deployments.list().filter(({ key, simulated }) => !simulated && key.directory === directory);
    return views.map(({ key }) => key.deployment);
}

function whereItem(
    { deployments }: Pick<CommandContext, 'deployments'>,
    directory: string,
    deployment: string,
): WhereItem {
    const isThis = ({ key, simulated }: ReturnType<typeof deployments.list>[number]) =>
        !simulated && key.directory === directory && key.deployment === deployment;
    const view = deployments.list().find(isThis);
    return {
        label: `$(device-desktop) ${vscode.l10n.t('This machine')}`,
        description: vscode.l10n.t('as {0}', deployment),
        detail: view === undefined ? vscode.l10n.t('not deployed') : deploymentEntry(view, Date.now()).description,
        deployment,
    };
}

function otherName(): WhereItem {
    return { label: `$(edit) ${vscode.l10n.t('This machine, under another name…')}`, deployment: null };
}

async function askName(choice: DeployChoice, place: QuestionPlace, signal: AbortSignal): Promise<Answer<DeployChoice>> {
    const question = {
        prompt: vscode.l10n.t('Name of the deployment: an application can be deployed several times'),
        value: choice.deployment,
        placeholder: choice.deployment,
        fault: (text: string) => Promise.resolve(deploymentNameFault(text)),
    };
    const answer = await askText(place, question, signal);
    return answer.kind === 'given' ? given({ ...choice, deployment: answer.value }) : answer;
}

function given(choice: DeployChoice): Answer<DeployChoice> {
    return { kind: 'given', value: choice };
}

/** The choice that needs no question: all of it, on this machine, under the name that is decided or the application's own. */
export function plainDeployChoice({ model }: LoadedApplication, deployment: string | null): Outcome<DeployChoice> {
    return done({ paths: [], target: LOCAL, deployment: deployment ?? model.name });
}
