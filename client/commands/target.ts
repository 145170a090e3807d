/** What a command is given: an entry of the view, a file, or nothing. */
import * as vscode from 'vscode';
import { deploymentOf, parseElement, pathOf, type TreeElement } from '../deployments/tree-element.ts';

export type CommandTarget =
    | { readonly kind: 'element'; readonly element: TreeElement }
    | { readonly kind: 'file'; readonly uri: vscode.Uri }
    | { readonly kind: 'none' };

/** Reads a command's first argument. A text is an element's deployment id; anything not understood counts as nothing. */
export function parseTarget(argument: unknown): CommandTarget {
    // The title of an editor hands over what it shows: a picture is no file.
    if (argument instanceof vscode.Uri)
        return argument.scheme === 'webview-panel' ? { kind: 'none' } : { kind: 'file', uri: argument };
    if (typeof argument === 'string') return { kind: 'element', element: { kind: 'deployment', deployment: argument } };
    const element = parseElement(argument);
    return element === undefined ? { kind: 'none' } : { kind: 'element', element };
}

/** The deployment an argument names; undefined when it names none. */
export function targetDeployment(argument: unknown): string | undefined {
    const target = parseTarget(argument);
    return target.kind === 'element' ? (deploymentOf(target.element) ?? undefined) : undefined;
}

/** The instance an argument names, as a list of paths; empty = all. */
export function targetPaths(argument: unknown): readonly string[] {
    const target = parseTarget(argument);
    const path = target.kind === 'element' ? pathOf(target.element) : null;
    return path === null ? [] : [path];
}
