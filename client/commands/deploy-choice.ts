/** What a person wants deployed: which application, which part of it, where and under which name. Asked in a few short steps and remembered. */
import * as vscode from 'vscode';
import type { InstanceModel } from '../../language/index.ts';
import { realDirectory } from '../language/directories.ts';
import { done, type Outcome } from '../ui/outcome.ts';
import { askAll, askChoice, askSeveral, type Answer, type Question, type QuestionPlace } from '../ui/questions.ts';
import type { LoadedApplication } from './choose.ts';
import type { CommandContext } from './command.ts';
import {
    ASSOCIATED,
    offeredPlaces,
    PLAIN_OPTIONS,
    type DeployChoice,
    type DeployOptions,
    type DeployPlace,
} from './deploy-targets.ts';
import { askWhere } from './deploy-where.ts';

/** What was chosen last, by the URI of the application's directory, and for which application that was. */
interface DeployMemory {
    readonly last: string | null;
    readonly choices: Readonly<Record<string, DeployChoice>>;
}

const MEMORY_KEY = 'roboconf.deploy.choices';

/** Asks what of an application is deployed where. `deployment`: the name when it is decided already. */
export async function askDeployChoice(
    ctx: Pick<CommandContext, 'deployments' | 'memory' | 'targetAccess'>,
    application: LoadedApplication,
    deployment: string | null,
    signal: AbortSignal,
): Promise<Outcome<DeployChoice>> {
    const { model, directoryUri } = application;
    const initial = initialChoice(readDeployMemory(ctx.memory).choices[directoryUri], application, deployment);
    const key = { directory: realDirectory(application.directory), deployment: initial.deployment };
    const isWhereOpen = deployment === null || (await offeredPlaces(ctx, application, key)).length > 1;
    const questions = [
        askWhat(model.instances),
        ...(isWhereOpen ? [askWhere(ctx, application, deployment === null)] : []),
    ];
    return askAll(vscode.l10n.t('Deploy {0}', model.displayName || model.name), questions, initial, signal);
}

/** What was chosen the last time, as far as it is still there. */
function initialChoice(
    known: DeployChoice | undefined,
    { model }: LoadedApplication,
    deployment: string | null,
): DeployChoice {
    const { instances, name } = model;
    const last = known ?? { paths: [], place: ASSOCIATED, deployment: name, options: PLAIN_OPTIONS };
    const paths = last.paths.filter((path) => instances.some((instance) => instance.path === path));
    return { ...last, paths, deployment: deployment ?? last.deployment };
}

/** The last choice again, for the application it was made for; undefined when there is none. */
export function lastDeployChoice(
    memory: vscode.Memento,
): { readonly uri: string; readonly choice: DeployChoice } | undefined {
    const { last, choices } = readDeployMemory(memory);
    const choice = last === null ? undefined : choices[last];
    return last === null || choice === undefined ? undefined : { uri: last, choice };
}

/** Keeps a choice for the next time. */
export async function rememberDeployChoice(
    memory: vscode.Memento,
    directoryUri: string,
    choice: DeployChoice,
): Promise<void> {
    const { choices } = readDeployMemory(memory);
    await memory.update(MEMORY_KEY, {
        last: directoryUri,
        choices: { ...choices, [directoryUri]: choice },
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
    const place = parsePlace(Reflect.get(value, 'place'));
    const options = parseOptions(Reflect.get(value, 'options'));
    return { deployment, place, options, paths: paths.filter((path) => typeof path === 'string') };
}

function parseOptions(value: unknown): DeployOptions {
    const isSet = (name: string): boolean =>
        typeof value === 'object' && value !== null && Reflect.get(value, name) === true;
    return { isPlanFirst: isSet('isPlanFirst'), isReviewSkipped: isSet('isReviewSkipped') };
}

function parsePlace(value: unknown): DeployPlace {
    const target: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'target') : undefined;
    return typeof target === 'string' ? { kind: 'target', target } : ASSOCIATED;
}

type WhatItem = vscode.QuickPickItem & { readonly what: 'whole' | 'same' | 'choose' | keyof DeployOptions };

/** The whole application, what was chosen last, or instances that are checked in a list. Options are turned on and off in the same list. */
function askWhat(instances: readonly InstanceModel[]): Question<DeployChoice> {
    return async (before, place, signal) => {
        let choice = before;
        for (;;) {
            const items = [...whatItems(instances.length, choice.paths), ...optionItems(choice.options)];
            const answer = await askChoice(place, { placeholder: vscode.l10n.t('What to deploy'), items }, signal);
            if (answer.kind !== 'given') return answer;
            const { what } = answer.value;
            if (what === 'whole') return given({ ...choice, paths: [] });
            if (what === 'same') return given(choice);
            if (what === 'choose') {
                const chosen = await askInstances(instances, choice, place, signal);
                if (chosen.kind !== 'back') return chosen;
            } else choice = { ...choice, options: { ...choice.options, [what]: !choice.options[what] } };
        }
    };
}

/** What is turned on has a tick. */
function optionItems({ isPlanFirst, isReviewSkipped }: DeployOptions): readonly WhatItem[] {
    const row = (isOn: boolean, label: string, detail: string, what: keyof DeployOptions): WhatItem => {
        const icon = isOn ? 'check' : 'circle-large-outline';
        const description = isOn ? vscode.l10n.t('on') : vscode.l10n.t('off');
        return { label: `$(${icon}) ${label}`, description, detail, what };
    };
    const heading = { label: vscode.l10n.t('Options'), kind: vscode.QuickPickItemKind.Separator };
    return [
        { ...heading, what: 'isPlanFirst' },
        row(
            isPlanFirst,
            vscode.l10n.t('Show the plan first'),
            vscode.l10n.t('The graph shows what would be done, and you say whether it is.'),
            'isPlanFirst',
        ),
        row(
            isReviewSkipped,
            vscode.l10n.t('Apply changes without review'),
            vscode.l10n.t('What the model changes in what is deployed is not shown first.'),
            'isReviewSkipped',
        ),
    ];
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

function given(choice: DeployChoice): Answer<DeployChoice> {
    return { kind: 'given', value: choice };
}

/** The choice that needs no question: all of it, onto the targets that are associated, under the name that is decided or the application's own. */
export function plainDeployChoice({ model }: LoadedApplication, deployment: string | null): Outcome<DeployChoice> {
    return done({ paths: [], place: ASSOCIATED, deployment: deployment ?? model.name, options: PLAIN_OPTIONS });
}
