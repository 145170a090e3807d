/** What went wrong, as data, and the words in which people are told: cause first, then the next step. The only file with such texts. */
import * as vscode from 'vscode';
import type { ConnectRefusalCode } from '../../runner/index.ts';
import { deedWord } from './deed-words.ts';
import { GRAPH_TEXTS, type GraphFailure } from './graph-failures.ts';

export type Failure =
    | { readonly kind: 'noApplication' }
    | { readonly kind: 'serverNotRunning' }
    | { readonly kind: 'notUnderstood'; readonly method: string }
    | {
          readonly kind: 'modelHasErrors';
          readonly name: string;
          readonly deed: 'deployed' | 'simulated' | 'planned';
          readonly errorCount: number;
      }
    | { readonly kind: 'notInModel'; readonly path: string }
    | { readonly kind: 'noRecipe'; readonly component: string; readonly phase: string }
    | { readonly kind: 'stillDeployed'; readonly deployment: string }
    | { readonly kind: 'runnerLost'; readonly deployment: string; readonly deed: string }
    | { readonly kind: 'notTrusted'; readonly deed: string }
    | { readonly kind: 'notSaved'; readonly file: string }
    | { readonly kind: 'nothingToDo'; readonly deed: string }
    | { readonly kind: 'notConnected'; readonly deployment: string; readonly message: string }
    | { readonly kind: 'refused'; readonly deed: string; readonly deployment: string; readonly message: string }
    | {
          readonly kind: 'runFailed';
          /** Id of the deployment's view. */
          readonly id: string;
          readonly deployment: string;
          /** The first instance that failed; null when none did. */
          readonly path: string | null;
          readonly deed: string;
          readonly causes: readonly string[];
      }
    /** A model and its targets do not fit. `message`: whole sentences. */
    | { readonly kind: 'targetFault'; readonly name: string; readonly message: string }
    /** `lack`: a clause that names what is missing. */
    | { readonly kind: 'targetLacks'; readonly target: string; readonly lack: string }
    | {
          readonly kind: 'hostsRefused';
          /** Real path of the application. */
          readonly directory: string;
          readonly file: string;
          readonly target: string;
          /** At least one. */
          readonly hosts: readonly RefusedHost[];
      }
    | { readonly kind: 'keyNotKept'; readonly host: string; readonly reason: string }
    | { readonly kind: 'targetUnused'; readonly target: string }
    | { readonly kind: 'noTarget' }
    | { readonly kind: 'noSecret' }
    | { readonly kind: 'notTrustedToConnect' }
    | { readonly kind: 'folderTaken'; readonly folder: string }
    | { readonly kind: 'notWritten'; readonly folder: string }
    /** `message`: a clause. */
    | { readonly kind: 'notDrawn'; readonly message: string }
    | { readonly kind: 'noRecipeMissing'; readonly application: string }
    | { readonly kind: 'serverFailed'; readonly message: string }
    | GraphFailure;

/** A host that was connected to and cannot be used. */
export interface RefusedHost {
    readonly address: string;
    readonly code: ConnectRefusalCode;
    /** Cause and next step. */
    readonly message: string;
    /** Null when none is known. */
    readonly knownHostsFile: string | null;
}

/** What a person can do about a failure with one click. */
export type Remedy =
    | 'showProblems'
    | 'showOutput'
    | 'showLog'
    | 'manageTrust'
    | 'restartServer'
    | 'openFolder'
    | 'resume'
    | 'retry'
    | 'deployAgain'
    | 'openRecipe'
    | 'showTargets'
    | 'openTarget'
    | 'testTarget'
    | 'approveHostKey'
    | 'openKnownHosts'
    | 'newTarget';

export interface FailureText {
    readonly message: string;
    readonly remedies: readonly Remedy[];
}

/** The title of a remedy's button. */
export function remedyTitle(remedy: Remedy): string {
    switch (remedy) {
        case 'showProblems':
            return vscode.l10n.t('Show Problems');
        case 'showOutput':
            return vscode.l10n.t('Show Output');
        case 'showLog':
            return vscode.l10n.t('Show Log');
        case 'manageTrust':
            return vscode.l10n.t('Manage Workspace Trust');
        case 'restartServer':
            return vscode.l10n.t('Restart Language Server');
        case 'openFolder':
            return vscode.l10n.t('Open Folder');
        case 'resume':
            return vscode.l10n.t('Resume');
        case 'retry':
            return vscode.l10n.t('Retry');
        case 'deployAgain':
            return vscode.l10n.t('Deploy Again');
        case 'openRecipe':
            return vscode.l10n.t('Open Recipe');
        case 'showTargets':
            return vscode.l10n.t('Show Targets');
        case 'openTarget':
            return vscode.l10n.t('Open Target');
        case 'testTarget':
            return vscode.l10n.t('Test Again');
        case 'approveHostKey':
            return vscode.l10n.t('Approve Host Key…');
        case 'openKnownHosts':
            return vscode.l10n.t('Open Known Hosts');
        case 'newTarget':
            return vscode.l10n.t('New Target…');
        default:
            return remedy satisfies never;
    }
}

/** The failure in words, with what can be done about it, the best first. */
export function failureText(failure: Failure): FailureText {
    // Every kind has its own row, and the row is chosen by the failure's own kind.
    const textOf = TEXTS[failure.kind] as (failure: Failure) => FailureText;
    return textOf(failure);
}

type Texts = { readonly [Kind in Failure['kind']]: (failure: Extract<Failure, { kind: Kind }>) => FailureText };

const TEXTS: Texts = {
    ...GRAPH_TEXTS,
    noApplication: () => ({
        message: vscode.l10n.t(
            'There is no Roboconf application here. Open a folder with descriptor/application.properties, or a file of an application.',
        ),
        remedies: ['openFolder'],
    }),
    serverNotRunning: () => ({
        message: vscode.l10n.t(
            'The language server is not running, so the model cannot be read. Restart it; the log says why it ended.',
        ),
        remedies: ['restartServer', 'showLog'],
    }),
    notUnderstood: ({ method }) => ({
        message: vscode.l10n.t(
            "The language server's answer to {0} is not understood. Reload the window if the extension was just updated.",
            method,
        ),
        remedies: ['restartServer', 'showLog'],
    }),
    serverFailed: ({ message }) => ({
        message: vscode.l10n.t('The language server could not be started: {0}', message),
        remedies: ['restartServer', 'showLog'],
    }),
    nothingToDo: ({ deed }) => ({ message: vscode.l10n.t('There is nothing to {0}.', deedWord(deed)), remedies: [] }),
    modelHasErrors: (failure) => ({ message: errorsText(failure), remedies: ['showProblems'] }),
    notInModel: ({ path }) => ({
        message: vscode.l10n.t(
            '{0} is deployed, but the files do not describe it. They were changed since: undo that, or undeploy it.',
            path,
        ),
        remedies: [],
    }),
    noRecipe: ({ component, phase }) => ({
        message: vscode.l10n.t(
            '{0} has no recipe for {1}: its folder in graph holds neither a script nor a template for it.',
            component,
            phase,
        ),
        remedies: [],
    }),
    targetFault: ({ name, message }) => ({
        message: vscode.l10n.t('{0} was not deployed. {1}', name, message),
        remedies: ['showTargets'],
    }),
    targetLacks: ({ target, lack }) => ({
        message: vscode.l10n.t('Nothing was deployed onto {0}: {1}.', target, lack),
        remedies: ['showTargets'],
    }),
    hostsRefused: (failure) => ({ message: hostsText(failure), remedies: hostRemedies(failure) }),
    keyNotKept: ({ host, reason }) => ({
        message: vscode.l10n.t('The key of {0} was not kept. {1}', host, reason),
        remedies: ['showTargets'],
    }),
    targetUnused: ({ target }) => ({
        message: vscode.l10n.t('No deployment has a machine of {0}.', target),
        remedies: [],
    }),
    noTarget: () => ({
        message: vscode.l10n.t(
            'There is no target to do this with. A target says who makes the machines of an application.',
        ),
        remedies: ['newTarget'],
    }),
    noSecret: () => ({
        message: vscode.l10n.t(
            'The target refers to no secret. Write ${secret:NAME} in its file where a value is to stay secret.',
        ),
        remedies: [],
    }),
    notTrustedToConnect: () => ({
        message: vscode.l10n.t(
            'Roboconf connects to no machine here: their addresses stand in files of this workspace, which is not trusted.',
        ),
        remedies: ['manageTrust'],
    }),
    noRecipeMissing: ({ application }) => ({
        message: vscode.l10n.t('Every component of {0} has a recipe folder.', application),
        remedies: [],
    }),
    folderTaken: ({ folder }) => ({
        message: vscode.l10n.t(
            'Nothing was written: {0} holds files of these names. Choose another name or folder.',
            folder,
        ),
        remedies: [],
    }),
    notWritten: ({ folder }) => ({
        message: vscode.l10n.t('The files could not be written in {0}. Check that you may write there.', folder),
        remedies: ['showLog'],
    }),
    notDrawn: ({ message }) => ({
        message: vscode.l10n.t('The image could not be drawn: {0}. The other formats need no fonts.', message),
        remedies: ['showLog'],
    }),
    stillDeployed: ({ deployment }) => ({
        message: vscode.l10n.t('{0} is still deployed. Undeploy it, then remove it.', deployment),
        remedies: [],
    }),
    notTrusted: ({ deed }) => ({
        message: vscode.l10n.t(
            'Roboconf does not {0} here: that runs recipes of this workspace, which is not trusted. Simulating runs none.',
            deedWord(deed),
        ),
        remedies: ['manageTrust'],
    }),
    notSaved: ({ file }) => ({
        message: vscode.l10n.t('{0} could not be saved, so nothing was deployed. Save it, then deploy again.', file),
        remedies: [],
    }),
    notConnected: ({ deployment, message }) => ({
        message: vscode.l10n.t('No runner for {0}: {1}', deployment, message),
        remedies: ['showLog'],
    }),
    refused: ({ deployment, deed, message }) => ({
        message: vscode.l10n.t('{0}: {1} was refused. {2}', deployment, deedWord(deed), message),
        remedies: ['showOutput'],
    }),
    runnerLost: ({ deployment, deed }) => ({
        message: vscode.l10n.t(
            '{0}: the runner ended before {1} did. Steps under way go on by themselves; resume to go on with the rest.',
            deployment,
            deedWord(deed),
        ),
        remedies: ['resume', 'showOutput'],
    }),
    runFailed: (failure) => ({
        message: runText(failure),
        remedies: runRemedies(failure),
    }),
};

function errorsText({ name, deed, errorCount }: Extract<Failure, { kind: 'modelHasErrors' }>): string {
    const count = errorCount === 1 ? vscode.l10n.t('an error') : vscode.l10n.t('{0} errors', errorCount);
    switch (deed) {
        case 'deployed':
            return vscode.l10n.t(
                '{0} was not deployed: its model has {1}. Correct what Problems lists, then try again.',
                name,
                count,
            );
        case 'simulated':
            return vscode.l10n.t(
                '{0} was not simulated: its model has {1}. Correct what Problems lists, then try again.',
                name,
                count,
            );
        case 'planned':
            return vscode.l10n.t(
                '{0} has no plan: its model has {1}. Correct what Problems lists, then try again.',
                name,
                count,
            );
        default:
            return deed satisfies never;
    }
}

function hostsText({ target, hosts }: Extract<Failure, { kind: 'hostsRefused' }>): string {
    const [first] = hosts;
    const message = first?.message ?? '';
    const rest = hosts.length - 1;
    if (rest <= 0) return message;
    return rest === 1
        ? vscode.l10n.t('{0} And one more machine of {1}: see the Targets view.', message, target)
        : vscode.l10n.t('{0} And {1} more machines of {2}: see the Targets view.', message, rest, target);
}

/** A key that changed is never approved by a button: somebody has to find out why, and to remove a line by hand. */
function hostRemedies({ hosts }: Extract<Failure, { kind: 'hostsRefused' }>): readonly Remedy[] {
    const [first] = hosts;
    if (first === undefined) return ['showTargets'];
    const { code, knownHostsFile } = first;
    switch (code) {
        case 'hostKeyUnknown':
            return ['approveHostKey', 'showTargets'];
        case 'hostKeyChanged':
            return knownHostsFile === null ? ['showTargets'] : ['openKnownHosts', 'showTargets'];
        case 'authentication':
        case 'configuration':
            return ['openTarget', 'testTarget'];
        case 'unreachable':
            return ['testTarget', 'openTarget'];
        default:
            return code satisfies never;
    }
}

/** After a retry that failed, the recipes as they were deployed have had their chance. */
function runRemedies({ path, deed }: Extract<Failure, { kind: 'runFailed' }>): readonly Remedy[] {
    return path === null ? ['showOutput'] : ['showOutput', deed === 'retry' ? 'deployAgain' : 'retry', 'openRecipe'];
}

function runText({ deployment, deed, causes }: Extract<Failure, { kind: 'runFailed' }>): string {
    const message = vscode.l10n.t('{0}: {1} failed. {2}', deployment, deedWord(deed), causesText(causes));
    if (deed !== 'retry') return message;
    const reminder = vscode.l10n.t('A retry runs the recipes as they were deployed: deploy again to use changed ones.');
    return `${message} ${reminder}`;
}

const SHOWN_CAUSES = 2;

function causesText(causes: readonly string[]): string {
    const shown = causes.slice(0, SHOWN_CAUSES).join(' ');
    const rest = causes.length - SHOWN_CAUSES;
    return rest > 0 ? vscode.l10n.t('{0} And {1} more: see the Deployments view.', shown, rest) : shown;
}
