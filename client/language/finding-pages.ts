/** The pages that explain findings: links from the codes of findings, and the pages themselves, shown as text rather than as source. */
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { DONE, type Outcome } from '../ui/outcome.ts';

/** The command that shows the page of a code. */
const EXPLAIN_FINDING = 'roboconf.explainFinding';

/** The editor's own view of Markdown. */
const MARKDOWN_PREVIEW = 'vscode.markdown.preview.editor';

/** Passes findings on with codes that lead to the command: the address of a page would open its source. */
export function explainCodes(
    uri: vscode.Uri,
    diagnostics: vscode.Diagnostic[],
    next: (uri: vscode.Uri, diagnostics: vscode.Diagnostic[]) => void,
): void {
    for (const diagnostic of diagnostics) {
        const { code } = diagnostic;
        if (typeof code === 'object') diagnostic.code = { ...code, target: linkTo(String(code.value)) };
    }
    next(uri, diagnostics);
}

function linkTo(code: string): vscode.Uri {
    return vscode.Uri.parse(`command:${EXPLAIN_FINDING}?${encodeURIComponent(JSON.stringify([code]))}`);
}

/** Shows the page of a code; without one, that of the finding at the cursor, else the list of all. `extension`: its folder. */
export async function explainFinding(extension: vscode.Uri, code: unknown): Promise<Outcome<unknown>> {
    const pages = vscode.Uri.joinPath(extension, 'docs', 'findings');
    const wanted = typeof code === 'string' ? code : codeAtCursor();
    // The argument may come from a link that somebody else wrote.
    const page = /^\w+$/.test(wanted) ? vscode.Uri.joinPath(pages, `${wanted}.md`) : undefined;
    const shown = page !== undefined && existsSync(page.fsPath) ? page : vscode.Uri.joinPath(pages, 'README.md');
    // Not `markdown.showPreview`: that one goes over to the next Markdown file that is looked at.
    await vscode.commands.executeCommand('vscode.openWith', shown, MARKDOWN_PREVIEW);
    return DONE;
}

/** Empty when there is none of ours. */
function codeAtCursor(): string {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return '';
    const { line } = editor.selection.active;
    const found = vscode.languages
        .getDiagnostics(editor.document.uri)
        .filter(({ source, range }) => source === 'roboconf' && range.start.line <= line && line <= range.end.line)
        .toSorted((one, other) => one.severity - other.severity)[0];
    return typeof found?.code === 'object' ? String(found.code.value) : '';
}
