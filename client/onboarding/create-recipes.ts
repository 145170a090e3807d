/** `Create Recipe Folders`: skeletons for the components of an application that have no recipe yet. */
import * as vscode from 'vscode';
import { componentsWithoutRecipe, recipeFiles } from '../../language/index.ts';
import { chooseApplication } from '../commands/choose.ts';
import type { CommandContext } from '../commands/command.ts';
import { CANCELLED, DONE, failed, type Outcome } from '../ui/outcome.ts';
import { writeFiles } from './planned-file.ts';

/** Done once the files of the components that were picked are written; the first of them is opened. */
export async function createRecipeFolders(
    ctx: CommandContext,
    argument: unknown,
    signal: AbortSignal,
): Promise<Outcome<unknown>> {
    const purpose = vscode.l10n.t('Choose the application whose recipes are created');
    const chosen = await chooseApplication(ctx, argument, purpose, signal);
    if (chosen.kind !== 'done') return chosen;
    const { model, directoryUri } = chosen.value;
    const missing = componentsWithoutRecipe(model);
    if (missing.length === 0) return failed({ kind: 'noRecipeMissing', application: model.name });
    const items = missing.map((component) => ({
        label: component.name,
        description: component.resolvedInstaller ?? '',
        detail: `graph/${component.name}`,
        picked: true,
        component,
    }));
    const title = vscode.l10n.t('Choose the components that get a recipe folder');
    const picked = await vscode.window.showQuickPick(items, { title, canPickMany: true, ignoreFocusOut: true });
    if (picked === undefined || picked.length === 0) return CANCELLED;
    const directory = vscode.Uri.parse(directoryUri);
    const files = picked.flatMap(({ component }) => recipeFiles(model, component));
    const written = await writeFiles(directory, files);
    if (written.kind !== 'done') return written;
    const shown = files.find(({ path }) => path.endsWith('/start.sh')) ?? files[0];
    if (shown !== undefined) await vscode.window.showTextDocument(vscode.Uri.joinPath(directory, shown.path));
    return DONE;
}
