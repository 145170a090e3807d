/** The extension: a list of its parts, each of which ends when the extension does. */
import * as vscode from 'vscode';
import { registerCommands } from './commands/all-commands.ts';
import { createDeploymentOutput } from './deployments/deployment-output.ts';
import { createDeployments } from './deployments/deployments.ts';
import { createDeploymentsView } from './deployments/deployments-view.ts';
import { findDeployments } from './deployments/found-deployments.ts';
import { showRunStatus } from './deployments/run-status.ts';
import { createRunnerAccess } from './deployments/runner-access.ts';
import { createGraphPanels } from './graph/graph-panels.ts';
import { createLanguage } from './language/language-client.ts';
import { showServerStatus } from './language/server-status.ts';
import { stateDirectory } from './settings.ts';
import { createBoundary } from './ui/boundary.ts';
import { createLog } from './ui/log.ts';
import { createRemedies } from './ui/remedies.ts';

/** Called by the editor once. Answers when everything is registered and the language server was asked to start. */
export function activate(context: vscode.ExtensionContext): void {
    const keep = <Part extends vscode.Disposable>(part: Part): Part => {
        context.subscriptions.push(part);
        return part;
    };
    const bundle = (name: string): string => vscode.Uri.joinPath(context.extensionUri, 'dist', name).fsPath;

    const log = keep(createLog());
    const boundary = createBoundary(log, createRemedies(log));
    const language = keep(createLanguage(bundle('server.cjs'), log));
    const access = createRunnerAccess({ runnerModule: bundle('runner.cjs'), stateDirectory });
    const deployments = keep(createDeployments({ access, report: log.warn }));
    const output = keep(createDeploymentOutput(deployments, access));
    const view = keep(createDeploymentsView(deployments));
    const graphs = keep(createGraphPanels({ context, language, deployments, boundary }));
    const found = keep(findDeployments(deployments, boundary));
    const memory = context.workspaceState;
    keep(
        registerCommands({ language, deployments, output, view, graphs, memory, log, rescan: found.rescan }, boundary),
    );
    keep(showServerStatus(language));
    keep(showRunStatus(deployments));
    void language.restart();
}
