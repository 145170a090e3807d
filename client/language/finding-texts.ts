/** How the findings of the language server are said in the editor's language, and where they are explained. */
import { existsSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { FindingTemplates } from '../../server/protocol.ts';

export interface FindingTexts {
    /** Findings are said by these where they have one; empty: English is the server's own. */
    readonly templates: FindingTemplates;
    /** The folder of the pages that explain findings. */
    readonly pages: vscode.Uri;
}

/** The texts that come with the extension. */
export function findingTexts(extension: vscode.Uri): FindingTexts {
    return { templates: findingTemplates(extension), pages: vscode.Uri.joinPath(extension, 'docs', 'findings') };
}

/** The templates of the display language, or of the language it is a variant of. */
function findingTemplates(extension: vscode.Uri): FindingTemplates {
    const { language } = vscode.env;
    for (const name of [language, language.replace(/-.*$/, '')]) {
        const { fsPath } = vscode.Uri.joinPath(extension, 'l10n', `findings.${name}.json`);
        // The file is ours, and the server reads what it is given with a parser.
        if (existsSync(fsPath)) return JSON.parse(readFileSync(fsPath, 'utf8')) as FindingTemplates;
    }
    return {};
}
