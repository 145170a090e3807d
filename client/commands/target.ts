/** What a command is given: an entry of the view, a file, or nothing. */
import * as vscode from 'vscode';
import type { TreeElement } from '../deployments/tree-entries.ts';

export type CommandTarget =
    | { readonly kind: 'element'; readonly element: TreeElement }
    | { readonly kind: 'file'; readonly uri: vscode.Uri }
    | { readonly kind: 'none' };

/** Reads a command's first argument. A text is an element's deployment id; anything not understood counts as nothing. */
export function parseTarget(argument: unknown): CommandTarget {
    if (argument instanceof vscode.Uri) return { kind: 'file', uri: argument };
    if (typeof argument === 'string') return { kind: 'element', element: { kind: 'deployment', deployment: argument } };
    const element = parseElement(argument);
    return element === undefined ? { kind: 'none' } : { kind: 'element', element };
}

function parseElement(argument: unknown): TreeElement | undefined {
    if (typeof argument !== 'object' || argument === null) return undefined;
    if (!('kind' in argument) || !('deployment' in argument) || typeof argument.deployment !== 'string')
        return undefined;
    const { kind, deployment } = argument;
    if (kind === 'deployment') return { kind, deployment };
    if (kind !== 'instance' || !('path' in argument) || typeof argument.path !== 'string') return undefined;
    return { kind, deployment, path: argument.path };
}
