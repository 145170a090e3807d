/** How the findings of the language server are said in the editor's language. */
import { existsSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { FindingTemplates } from '../../server/protocol.ts';

/** The templates of the display language, or of the language it is a variant of; empty when there are none: English is the server's own. */
export function findingTemplates(extension: vscode.Uri): FindingTemplates {
    const { language } = vscode.env;
    for (const name of [language, language.replace(/-.*$/, '')]) {
        const { fsPath } = vscode.Uri.joinPath(extension, 'l10n', `findings.${name}.json`);
        // The file is ours, and the server reads what it is given with a parser.
        if (existsSync(fsPath)) return JSON.parse(readFileSync(fsPath, 'utf8')) as FindingTemplates;
    }
    return {};
}
