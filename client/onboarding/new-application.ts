/** `New Application…`: asks for what cannot be guessed, writes an application that deploys on this machine, and shows it. */
import * as vscode from 'vscode';
import { isApplicationName } from '../../language/index.ts';
import type { CommandContext } from '../commands/command.ts';
import { parseTarget } from '../commands/target.ts';
import { CANCELLED, DONE, done, type Outcome } from '../ui/outcome.ts';
import { askAll, askChoice, askText, type Question } from '../ui/questions.ts';
import { applicationFiles, folderNameOf, modelFolderOf, type ApplicationAnswers } from './application-files.ts';
import { openApplication } from './open-application.ts';
import { filesOf, STARTER } from './packaged-applications.ts';
import { isTaken, writeFiles } from './planned-file.ts';

/** Done once the files are written and what opens is asked for. */
export async function newApplication(
    { extension }: Pick<CommandContext, 'extension'>,
    argument: unknown,
    signal: AbortSignal,
): Promise<Outcome<unknown>> {
    const parent = await chooseParent(argument);
    if (parent.kind !== 'done') return parent;
    const title = vscode.l10n.t('New Roboconf Application');
    const initial: ApplicationAnswers = { name: '', description: '', maven: false };
    const asked = await askAll(title, questionsIn(parent.value), initial, signal);
    if (asked.kind !== 'done') return asked;
    const answers = asked.value;
    const folder = vscode.Uri.joinPath(parent.value, folderNameOf(answers.name));
    const starter = await filesOf(vscode.Uri.joinPath(extension.extensionUri, 'examples', STARTER).fsPath);
    const written = await writeFiles(folder, applicationFiles(starter, answers));
    if (written.kind !== 'done') return written;
    const directory = vscode.Uri.joinPath(folder, modelFolderOf(answers));
    await openApplication(extension.globalState, { folder, directory });
    return DONE;
}

/** The folder the application's own folder is made in: the one the command was called on, else one that is picked. */
async function chooseParent(argument: unknown): Promise<Outcome<vscode.Uri>> {
    const target = parseTarget(argument);
    if (target.kind === 'file') return done(target.uri);
    const folders = vscode.workspace.workspaceFolders ?? [];
    if (folders.length === 0) return pickFolder();
    const inWorkspace = folders.map(({ name, uri }) => ({ label: `$(folder) ${name}`, detail: uri.fsPath, uri }));
    const other = { label: vscode.l10n.t('$(folder-opened) Another Folder…'), detail: '', uri: undefined };
    const title = vscode.l10n.t('Choose where the folder of the application is made');
    const picked = await vscode.window.showQuickPick([...inWorkspace, other], { title, ignoreFocusOut: true });
    if (picked === undefined) return CANCELLED;
    return picked.uri === undefined ? pickFolder() : done(picked.uri);
}

/** A folder of the disk, chosen in the editor's own dialog. */
export async function pickFolder(): Promise<Outcome<vscode.Uri>> {
    const picked = await vscode.window.showOpenDialog({
        canSelectFiles: false,
        canSelectFolders: true,
        openLabel: vscode.l10n.t('Choose Folder'),
        title: vscode.l10n.t('Choose where the folder of the application is made'),
    });
    const folder = picked?.[0];
    return folder === undefined ? CANCELLED : done(folder);
}

function questionsIn(parent: vscode.Uri): readonly Question<ApplicationAnswers>[] {
    return [
        async (answers, place, signal) => {
            const prompt = vscode.l10n.t('Name of the application. Its folder is made in {0}.', parent.fsPath);
            const fault = (name: string) => nameFault(parent, name);
            const question = { prompt, value: answers.name, placeholder: vscode.l10n.t('web shop'), fault };
            const answer = await askText(place, question, signal);
            return answer.kind === 'given' ? { kind: 'given', value: { ...answers, name: answer.value } } : answer;
        },
        async (answers, place, signal) => {
            const prompt = vscode.l10n.t('What it is, in a sentence. May be empty.');
            const fault = () => Promise.resolve(undefined);
            const question = { prompt, value: answers.description, placeholder: '', fault };
            const answer = await askText(place, question, signal);
            return answer.kind === 'given'
                ? { kind: 'given', value: { ...answers, description: answer.value } }
                : answer;
        },
        async (answers, place, signal) => {
            const placeholder = vscode.l10n.t('Choose where the model lies in the folder');
            const answer = await askChoice(place, { placeholder, items: layouts() }, signal);
            return answer.kind === 'given'
                ? { kind: 'given', value: { ...answers, maven: answer.value.maven } }
                : answer;
        },
    ];
}

function layouts() {
    return [
        {
            label: vscode.l10n.t('Plain'),
            detail: vscode.l10n.t('The folders descriptor, graph and instances'),
            maven: false,
        },
        {
            label: vscode.l10n.t('Maven'),
            detail: vscode.l10n.t('The same folders in src/main/model, and a pom.xml'),
            maven: true,
        },
    ];
}

/** What is wrong with a name: by the rules of the language, or because its folder is there. */
export async function nameFault(parent: vscode.Uri, name: string): Promise<string | undefined> {
    if (name === '') return vscode.l10n.t('The application needs a name.');
    if (!isApplicationName(name))
        return vscode.l10n.t(
            "A name starts with a letter or '_' and goes on with letters, digits, blanks, '_', '-', '.' or brackets.",
        );
    const folder = vscode.Uri.joinPath(parent, folderNameOf(name));
    if (await isTaken(folder)) return vscode.l10n.t('{0} exists and is not empty.', folder.fsPath);
    return undefined;
}
