/** Rows of the views as items of the editor's trees. */
import * as vscode from 'vscode';
import { LINKED_COMMANDS, type Tooltip, type TreeEntry } from './tree-entry.ts';

/** The row of an element, which commands of the row are called with. */
export function treeItemOf(id: string, element: unknown, entry: TreeEntry): vscode.TreeItem {
    const item = new vscode.TreeItem(entry.label, foldOf(entry));
    item.id = id;
    item.description = entry.description;
    item.contextValue = entry.flags;
    item.iconPath = new vscode.ThemeIcon(
        entry.icon,
        entry.colour === null ? undefined : new vscode.ThemeColor(entry.colour),
    );
    item.accessibilityInformation = { label: entry.ariaLabel };
    if (entry.click !== null)
        item.command = { command: `roboconf.${entry.click}`, title: entry.label, arguments: [element] };
    return item;
}

function foldOf({ fold }: TreeEntry): vscode.TreeItemCollapsibleState {
    switch (fold) {
        case 'none':
            return vscode.TreeItemCollapsibleState.None;
        case 'open':
            return vscode.TreeItemCollapsibleState.Expanded;
        case 'closed':
            return vscode.TreeItemCollapsibleState.Collapsed;
        default:
            return fold satisfies never;
    }
}

/** What is shown over a row; its links call commands with the element. */
export function tooltipMarkdown({ title, lines, output, links }: Tooltip, element: unknown): vscode.MarkdownString {
    const text = new vscode.MarkdownString('', true);
    text.isTrusted = { enabledCommands: LINKED_COMMANDS.map((command) => `roboconf.${command}`) };
    // A parenthesis of a folder's name would end the link.
    const given = encodeURIComponent(JSON.stringify([element]))
        .replaceAll('(', '%28')
        .replaceAll(')', '%29');
    // appendText escapes: names and messages come from files and recipes.
    text.appendMarkdown('**').appendText(title).appendMarkdown('**\n\n');
    for (const line of lines) text.appendText(line).appendMarkdown('  \n');
    if (output.length > 0) text.appendCodeblock(output.join('\n'), 'text');
    const linked = links.map((link) => `[${link.title}](command:roboconf.${link.command}?${given})`);
    if (linked.length > 0) text.appendMarkdown(`\n\n${linked.join(' \u00b7 ')}`);
    return text;
}
