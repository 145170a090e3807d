/** What went wrong around a graph, and the words for it: part of failures.ts. */
import * as vscode from 'vscode';
import type { FailureText } from './failures.ts';

export type GraphFailure =
    | { readonly kind: 'positionsNotWritten'; readonly file: string; readonly reason: string }
    /** The file of positions does not say what it said when it was written. */
    | { readonly kind: 'positionsChanged'; readonly file: string }
    /** It cannot be understood, so it is not overwritten. */
    | { readonly kind: 'positionsBroken'; readonly file: string }
    | { readonly kind: 'noPositions' }
    | { readonly kind: 'noGraph' }
    | { readonly kind: 'noNodeSelected' }
    | { readonly kind: 'notPlanned'; readonly deployment: string; readonly message: string }
    | { readonly kind: 'nothingDeployed' }
    | { readonly kind: 'notTrustedToCompare' }
    | { readonly kind: 'noGit' }
    | { readonly kind: 'noRepository' }
    | { readonly kind: 'noCommit' }
    /** `message`: what Git says. */
    | { readonly kind: 'gitFailed'; readonly message: string };

type Texts = {
    readonly [Kind in GraphFailure['kind']]: (failure: Extract<GraphFailure, { kind: Kind }>) => FailureText;
};

export const GRAPH_TEXTS: Texts = {
    positionsNotWritten: ({ file, reason }) => ({
        message: vscode.l10n.t(
            'The positions could not be kept in {0}: {1} Positions are for workspaces that can be written to.',
            file,
            reason,
        ),
        remedies: [],
    }),
    positionsChanged: ({ file }) => ({
        message: vscode.l10n.t('{0} was changed since a node was moved: take that back in its own editor.', file),
        remedies: [],
    }),
    positionsBroken: ({ file }) => ({
        message: vscode.l10n.t('{0} is not a file of positions. Mend it or remove it, then move the node again.', file),
        remedies: [],
    }),
    noPositions: () => ({
        message: vscode.l10n.t('No node was moved: all of them are where the layout puts them.'),
        remedies: [],
    }),
    noGraph: () => ({
        message: vscode.l10n.t('No graph is shown. Show one first, then try again.'),
        remedies: [],
    }),
    noNodeSelected: () => ({
        message: vscode.l10n.t('No node is selected. Click the node in the graph first.'),
        remedies: [],
    }),
    notPlanned: ({ deployment, message }) => ({
        message: vscode.l10n.t('There is no plan for {0}: it would be refused. {1}', deployment, message),
        remedies: [],
    }),
    nothingDeployed: () => ({
        message: vscode.l10n.t('Nothing of this application is deployed, so there is nothing to compare it with.'),
        remedies: [],
    }),
    notTrustedToCompare: () => ({
        message: vscode.l10n.t(
            'Roboconf asks Git for nothing here: a repository can name programs to run, and this workspace is not trusted.',
        ),
        remedies: ['manageTrust'],
    }),
    noGit: () => ({
        message: vscode.l10n.t('Git was not found. Install it, or set git.path to where it is.'),
        remedies: [],
    }),
    noRepository: () => ({
        message: vscode.l10n.t(
            'This application is in no Git repository, so there is no commit to compare it with. Initialize one first.',
        ),
        remedies: [],
    }),
    noCommit: () => ({
        message: vscode.l10n.t('The repository has no commit yet to compare with. Commit first.'),
        remedies: [],
    }),
    gitFailed: ({ message }) => ({
        message: vscode.l10n.t('Git could not tell what was committed: {0}', message),
        remedies: ['showLog'],
    }),
};
