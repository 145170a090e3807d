/** `New Target…`: asks who makes the machines and how they are reached, writes a target file that says so, and opens it. */
import { homedir } from 'node:os';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { CommandContext } from '../commands/command.ts';
import { askSecret } from '../commands/secrets.ts';
import { writeFiles } from '../onboarding/planned-file.ts';
import { DONE, failed, type Outcome } from '../ui/outcome.ts';
import { askAll, askChoice, askText, type Answer, type Question } from '../ui/questions.ts';
import {
    addressesFault,
    addressesIn,
    hostsTargetText,
    localTargetText,
    secretNameFor,
    targetIdFault,
    type HostsForm,
} from './target-form.ts';
import { parseTargetElement } from './target-element.ts';
import type { ApplicationTargetsView } from './targets.ts';

interface TargetAnswers extends HostsForm {
    readonly kind: 'hosts' | 'local';
    /** The folder that gets `targets/ID.properties`, and the application it is for. */
    readonly place: TargetPlace;
}

interface TargetPlace {
    readonly folder: vscode.Uri;
    /** Real path of an application. */
    readonly directory: string;
}

/** Done once the file is written and open. A password is asked for last; it may be given later. */
export async function newTarget(
    ctx: Pick<CommandContext, 'targets' | 'targetAccess' | 'targetsView' | 'secrets'>,
    argument: unknown,
    signal: AbortSignal,
): Promise<Outcome<unknown>> {
    await ctx.targets.refresh();
    const applications = ctx.targets.list();
    const places = placesFor(applications, parseTargetElement(argument)?.directory);
    const [place] = places;
    if (place === undefined) return failed({ kind: 'noApplication' });
    const known = applications.flatMap(({ sources }) => sources.flatMap(({ id }) => id ?? []));
    const isAddress = await ctx.targetAccess.addressTest();
    const initial: TargetAnswers = {
        kind: 'hosts',
        place: place.value,
        id: '',
        addresses: [],
        user: 'root',
        login: { kind: 'key', file: '' },
        sudo: false,
    };
    const questions = [
        askKind(),
        ...(places.length > 1 ? [askPlace(places)] : []),
        askId(known),
        forHosts(askAddresses(isAddress)),
        forHosts(askUser()),
        forHosts(askLogin()),
    ];
    const asked = await askAll(vscode.l10n.t('New Target'), questions, initial, signal);
    if (asked.kind !== 'done') return asked;
    return writeTarget(ctx, asked.value, signal);
}

async function writeTarget(
    { targets, targetsView, secrets }: Pick<CommandContext, 'targets' | 'targetsView' | 'secrets'>,
    answers: TargetAnswers,
    signal: AbortSignal,
): Promise<Outcome<unknown>> {
    const { kind, id, place, login } = answers;
    const content = kind === 'local' ? localTargetText(id) : hostsTargetText(answers);
    const path = `targets/${id}.properties`;
    const written = await writeFiles(place.folder, [{ path, content }]);
    if (written.kind !== 'done') return written;
    const file = vscode.Uri.joinPath(place.folder, path);
    await vscode.window.showTextDocument(file, { preview: false });
    await vscode.commands.executeCommand('roboconf.targets.focus');
    if (kind === 'hosts' && login.kind === 'password')
        await askSecret(secrets, place.directory, secretNameFor(id), signal);
    await targets.refresh();
    await targetsView.reveal({ kind: 'target', directory: place.directory, file: file.fsPath.replaceAll('\\', '/') });
    return DONE;
}

type PlaceItem = vscode.QuickPickItem & { readonly value: TargetPlace };

/** Folders that may get the file: those of applications, and those of the workspace that several of them share. */
function placesFor(
    applications: readonly ApplicationTargetsView[],
    directory: string | undefined,
): readonly PlaceItem[] {
    const meant = applications.filter((each) => directory === undefined || each.directory === directory);
    const own = meant.map(({ name, directory: real, directoryUri }): PlaceItem => {
        const folder = vscode.Uri.parse(directoryUri);
        const label = `$(package) ${name}`;
        return { label, description: vscode.l10n.t('for this application'), value: { folder, directory: real } };
    });
    const [first] = meant;
    if (first === undefined) return [];
    const shared = (vscode.workspace.workspaceFolders ?? [])
        .filter(({ uri }) => applications.some(({ directoryUri }) => isBelow(uri, vscode.Uri.parse(directoryUri))))
        .map(({ name, uri }): PlaceItem => {
            const description = vscode.l10n.t('for all applications of the folder');
            return { label: `$(folder) ${name}`, description, value: { folder: uri, directory: first.directory } };
        });
    return [...own, ...shared];
}

function isBelow(folder: vscode.Uri, application: vscode.Uri): boolean {
    return application.path.startsWith(`${folder.path}/`);
}

/** Asked of hosts alone. */
function forHosts(question: Question<TargetAnswers>): Question<TargetAnswers> {
    return async (answers, place, signal) =>
        answers.kind === 'local' ? given(answers) : question(answers, place, signal);
}

function askKind(): Question<TargetAnswers> {
    return async (answers, place, signal) => {
        const items = [
            {
                label: `$(remote) ${vscode.l10n.t('Machines over SSH')}`,
                detail: vscode.l10n.t(
                    'Machines that exist already: each machine of the model takes a free one of them',
                ),
                value: 'hosts' as const,
            },
            {
                label: `$(device-desktop) ${vscode.l10n.t('This machine')}`,
                detail: vscode.l10n.t('Each machine of the model is a folder here, and recipes run with your rights'),
                value: 'local' as const,
            },
        ];
        const placeholder = vscode.l10n.t('Who makes the machines');
        const answer = await askChoice(place, { placeholder, items }, signal);
        return answer.kind === 'given' ? given({ ...answers, kind: answer.value.value }) : answer;
    };
}

function askPlace(items: readonly PlaceItem[]): Question<TargetAnswers> {
    return async (answers, place, signal) => {
        const placeholder = vscode.l10n.t('Where the file is kept, in the folder targets');
        const answer = await askChoice(place, { placeholder, items }, signal);
        return answer.kind === 'given' ? given({ ...answers, place: answer.value.value }) : answer;
    };
}

function askId(known: readonly string[]): Question<TargetAnswers> {
    return async (answers, place, signal) => {
        const question = {
            prompt: vscode.l10n.t('Id of the target: machines are associated with it by this word'),
            value: answers.id,
            placeholder: 'my-hosts',
            fault: (text: string) => Promise.resolve(targetIdFault(text, known)),
        };
        const answer = await askText(place, question, signal);
        return answer.kind === 'given' ? given({ ...answers, id: answer.value }) : answer;
    };
}

function askAddresses(isAddress: (text: string) => boolean): Question<TargetAnswers> {
    return async (answers, place, signal) => {
        const question = {
            prompt: vscode.l10n.t('Addresses of the machines, separated by commas: host, host:port or user@host:port'),
            value: answers.addresses.join(', '),
            placeholder: '192.0.2.11, 192.0.2.12',
            fault: (text: string) => Promise.resolve(addressesFault(text, isAddress)),
        };
        const answer = await askText(place, question, signal);
        return answer.kind === 'given' ? given({ ...answers, addresses: addressesIn(answer.value) }) : answer;
    };
}

/** Recipes run as root; anybody else has to become it. */
function askUser(): Question<TargetAnswers> {
    return async (answers, place, signal) => {
        const question = {
            prompt: vscode.l10n.t('User to log in as. Recipes of another one than root are run by sudo.'),
            value: answers.user,
            placeholder: 'root',
            fault: (text: string) =>
                Promise.resolve(
                    /^\S+$/.test(text) ? undefined : vscode.l10n.t('The user needs a name without blanks.'),
                ),
        };
        const answer = await askText(place, question, signal);
        if (answer.kind !== 'given') return answer;
        return given({ ...answers, user: answer.value, sudo: answer.value !== 'root' });
    };
}

type LoginItem = vscode.QuickPickItem & { readonly login: HostsForm['login'] | 'choose' };

function askLogin(): Question<TargetAnswers> {
    return async (answers, place, signal) => {
        for (;;) {
            const placeholder = vscode.l10n.t('What to log in with');
            const answer = await askChoice(place, { placeholder, items: loginItems(privateKeys()) }, signal);
            if (answer.kind !== 'given') return answer;
            const { login } = answer.value;
            const chosen = login === 'choose' ? await askKeyFile() : login;
            if (chosen !== undefined) return given({ ...answers, login: chosen });
        }
    };
}

function loginItems(keys: readonly string[]): readonly LoginItem[] {
    return [
        ...keys.map((name): LoginItem => {
            return { label: `$(key) ~/.ssh/${name}`, login: { kind: 'key', file: `~/.ssh/${name}` } };
        }),
        { label: `$(key) ${vscode.l10n.t('Another key file…')}`, login: 'choose' },
        {
            label: `$(account) ${vscode.l10n.t('The agent and the keys of ~/.ssh')}`,
            login: { kind: 'key', file: '' },
        },
        {
            label: `$(lock) ${vscode.l10n.t('A password')}`,
            detail: vscode.l10n.t('Kept where your system keeps passwords, never in the file'),
            login: { kind: 'password' },
        },
    ];
}

async function askKeyFile(): Promise<HostsForm['login'] | undefined> {
    const title = vscode.l10n.t('Choose the private key');
    const picked = await vscode.window.showOpenDialog({ title, openLabel: vscode.l10n.t('Choose Key') });
    const file = picked?.[0]?.fsPath;
    return file === undefined ? undefined : { kind: 'key', file };
}

/** Names of private keys of this user. */
function privateKeys(): readonly string[] {
    try {
        const names = readdirSync(join(homedir(), '.ssh')).sort();
        return names.filter((name) => /^id_\w+$/.test(name));
    } catch {
        // There is no such folder, or it is closed: other ways are offered.
        return [];
    }
}

function given(answers: TargetAnswers): Answer<TargetAnswers> {
    return { kind: 'given', value: answers };
}
