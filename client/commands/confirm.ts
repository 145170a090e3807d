/** The question before something that cannot simply be undone. */
import * as vscode from 'vscode';
import { isConfirmationWanted } from '../settings.ts';

/** Answers whether it is to be done; yes without asking where the settings say so. `deed` is the button's title. */
export async function confirm(question: string, detail: string, deed: string): Promise<boolean> {
    if (!isConfirmationWanted()) return true;
    return (await vscode.window.showWarningMessage(question, { modal: true, detail }, deed)) === deed;
}
