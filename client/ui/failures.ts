/** What went wrong, as data, and the words in which people are told: cause first, then the next step. The only file with such texts. */

export type Failure =
    | { readonly kind: 'noApplication' }
    | { readonly kind: 'serverNotRunning' }
    | { readonly kind: 'notUnderstood'; readonly method: string }
    | {
          readonly kind: 'modelHasErrors';
          readonly name: string;
          readonly deed: 'deployed' | 'simulated';
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
          readonly deployment: string;
          readonly deed: string;
          readonly causes: readonly string[];
      }
    | { readonly kind: 'serverFailed'; readonly message: string };

/** What a person can do about a failure with one click. */
export type Remedy =
    'showProblems' | 'showOutput' | 'showLog' | 'manageTrust' | 'restartServer' | 'openFolder' | 'resume';

export interface FailureText {
    readonly message: string;
    readonly remedies: readonly Remedy[];
}

/** Titles of the buttons. */
export const REMEDY_TITLES: Readonly<Record<Remedy, string>> = {
    showProblems: 'Show Problems',
    showOutput: 'Show Output',
    showLog: 'Show Log',
    manageTrust: 'Manage Workspace Trust',
    restartServer: 'Restart Language Server',
    openFolder: 'Open Folder',
    resume: 'Resume',
};

/** The failure in words, with what can be done about it, the best first. */
export function failureText(failure: Failure): FailureText {
    // Every kind has its own row, and the row is chosen by the failure's own kind.
    const textOf = TEXTS[failure.kind] as (failure: Failure) => FailureText;
    return textOf(failure);
}

type Texts = { readonly [Kind in Failure['kind']]: (failure: Extract<Failure, { kind: Kind }>) => FailureText };

const TEXTS: Texts = {
    noApplication: () => ({
        message:
            'There is no Roboconf application here. Open a folder with descriptor/application.properties, or a file of an application.',
        remedies: ['openFolder'],
    }),
    serverNotRunning: () => ({
        message:
            'The language server is not running, so the model cannot be read. Restart it; the log says why it ended.',
        remedies: ['restartServer', 'showLog'],
    }),
    notUnderstood: ({ method }) => ({
        message: `The language server's answer to ${method} is not understood. Reload the window if the extension was just updated.`,
        remedies: ['restartServer', 'showLog'],
    }),
    serverFailed: ({ message }) => ({
        message: `The language server could not be started: ${message}`,
        remedies: ['restartServer', 'showLog'],
    }),
    nothingToDo: ({ deed }) => ({ message: `There is nothing to ${deed}.`, remedies: [] }),
    modelHasErrors: ({ name, deed, errorCount }) => ({
        message: `${name} was not ${deed}: its model has ${errorCount === 1 ? 'an error' : `${String(errorCount)} errors`}. Correct what Problems lists, then try again.`,
        remedies: ['showProblems'],
    }),
    notInModel: ({ path }) => ({
        message: `${path} is deployed, but the files do not describe it. They were changed since: undo that, or undeploy it.`,
        remedies: [],
    }),
    noRecipe: ({ component, phase }) => ({
        message: `${component} has no recipe for ${phase}: its folder in graph holds neither a script nor a template for it.`,
        remedies: [],
    }),
    stillDeployed: ({ deployment }) => ({
        message: `${deployment} is still deployed. Undeploy it, then remove it.`,
        remedies: [],
    }),
    notTrusted: ({ deed }) => ({
        message: `Roboconf does not ${deed} here: that runs recipes of this workspace, which is not trusted. Simulating runs none.`,
        remedies: ['manageTrust'],
    }),
    notSaved: ({ file }) => ({
        message: `${file} could not be saved, so nothing was deployed. Save it, then deploy again.`,
        remedies: [],
    }),
    notConnected: ({ deployment, message }) => ({
        message: `No runner for ${deployment}: ${message}`,
        remedies: ['showLog'],
    }),
    refused: ({ deployment, deed, message }) => ({
        message: `${deployment}: ${deed} was refused. ${message}`,
        remedies: ['showOutput'],
    }),
    runnerLost: ({ deployment, deed }) => ({
        message: `${deployment}: the runner ended before ${deed} did. Steps under way go on by themselves; resume to go on with the rest.`,
        remedies: ['resume', 'showOutput'],
    }),
    runFailed: ({ deployment, deed, causes }) => ({
        message: `${deployment}: ${deed} failed. ${causesText(causes)}${deed === 'retry' ? ` ${SAME_RECIPES}` : ''}`,
        remedies: ['showOutput'],
    }),
};

const SAME_RECIPES = 'A retry runs the recipes as they were deployed: undeploy and deploy to use changed ones.';
const SHOWN_CAUSES = 2;

function causesText(causes: readonly string[]): string {
    const shown = causes.slice(0, SHOWN_CAUSES).join(' ');
    const rest = causes.length - SHOWN_CAUSES;
    return rest > 0 ? `${shown} And ${String(rest)} more: see the Deployments view.` : shown;
}
