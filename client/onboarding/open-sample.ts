/** `Open Sample…`: copies an application that comes with the extension to a folder of the person, and opens it. */
import * as vscode from 'vscode';
import type { CommandContext } from '../commands/command.ts';
import { CANCELLED, DONE, failed, type Outcome } from '../ui/outcome.ts';
import { pickFolder } from './new-application.ts';
import { openApplication } from './open-application.ts';
import { filesOf, samplesIn } from './packaged-applications.ts';
import { isTaken, writeFiles } from './planned-file.ts';

/** Done once the copy is written and what opens is asked for. Never writes into a folder that holds something. */
export async function openSample({ extension }: Pick<CommandContext, 'extension'>): Promise<Outcome<unknown>> {
    const examples = vscode.Uri.joinPath(extension.extensionUri, 'examples');
    const items = (await samplesIn(examples.fsPath)).map(({ name, description }) => ({
        label: name,
        detail: description,
    }));
    const title = vscode.l10n.t('Choose a sample');
    const sample = await vscode.window.showQuickPick(items, { title, matchOnDetail: true, ignoreFocusOut: true });
    if (sample === undefined) return CANCELLED;
    const parent = await pickFolder();
    if (parent.kind !== 'done') return parent;
    const folder = vscode.Uri.joinPath(parent.value, sample.label);
    if (await isTaken(folder)) return failed({ kind: 'folderTaken', folder: folder.fsPath });
    const files = await filesOf(vscode.Uri.joinPath(examples, sample.label).fsPath);
    const written = await writeFiles(folder, files);
    if (written.kind !== 'done') return written;
    await openApplication(extension.globalState, { folder, directory: folder });
    return DONE;
}
