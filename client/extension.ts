/** The extension: a list of its parts, each of which ends when the extension does. */
import * as vscode from 'vscode';
import { registerCommands } from './commands/all-commands.ts';
import { openLine } from './commands/open.ts';
import { createApplications } from './deployments/applications.ts';
import { createDeploymentOutput } from './deployments/deployment-output.ts';
import { createDeployments } from './deployments/deployments.ts';
import { createDeploymentsView } from './deployments/deployments-view.ts';
import { findDeployments } from './deployments/found-deployments.ts';
import { createHistories } from './deployments/histories.ts';
import { provideRecipeLinks } from './deployments/recipe-links.ts';
import { createRecordedTargets } from './deployments/recorded-targets.ts';
import { showRunStatus } from './deployments/run-status.ts';
import { createRunnerAccess } from './deployments/runner-access.ts';
import { showSimulationKeys } from './deployments/simulation-keys.ts';
import { createSimulations } from './deployments/simulations.ts';
import { createCommittedTexts } from './graph/committed-texts.ts';
import { createGraphPanels } from './graph/graph-panels.ts';
import { createOverlaySources } from './graph/overlay-sources.ts';
import { createPins } from './graph/pins.ts';
import { folderOf } from './language/directories.ts';
import { showApplicationStatus } from './language/application-status.ts';
import { findingTexts } from './language/finding-texts.ts';
import { createLanguage } from './language/language-client.ts';
import { showServerStatus } from './language/server-status.ts';
import { showPending } from './onboarding/open-application.ts';
import { showSourceState } from './lens/source-state.ts';
import { stateDirectory } from './settings.ts';
import { createSecretStore } from './targets/secret-store.ts';
import { createTargetAccess } from './targets/target-access.ts';
import { createTargets } from './targets/targets.ts';
import { createRunPanels } from './timeline/run-panels.ts';
import { createRunRecords } from './timeline/run-records.ts';
import { createTargetsView } from './targets/targets-view.ts';
import { createBoundary } from './ui/boundary.ts';
import { createLog } from './ui/log.ts';
import { DONE } from './ui/outcome.ts';
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
    const language = keep(createLanguage(bundle('server.cjs'), findingTexts(context.extensionUri), log));
    const access = createRunnerAccess({ runnerModule: bundle('runner.cjs'), stateDirectory });
    const deployments = keep(createDeployments({ access, report: log.warn }));
    const now = (): number => Date.now();
    const applications = keep(createApplications(language));
    const histories = keep(createHistories({ access, deployments, report: log.warn }));
    const output = keep(createDeploymentOutput({ deployments, access, report: log.warn }));
    const targetAccess = createTargetAccess(stateDirectory);
    const { recorded } = targetAccess;
    const recordedTargets = keep(createRecordedTargets({ deployments, recorded, report: log.warn }));
    const view = keep(createDeploymentsView({ deployments, applications, histories, recordedTargets, now }));
    const records = keep(createRunRecords({ deployments, access }));
    const runs = keep(createRunPanels({ context, records, deployments, boundary, now }));
    const simulations = keep(createSimulations(deployments));
    const committed = keep(createCommittedTexts({ changed: () => graphs.refresh(null) }));
    const sources = createOverlaySources({ language, deployments, committed, stateDirectory });
    const pins = createPins();
    const graphs = keep(createGraphPanels({ context, language, deployments, simulations, sources, pins, boundary }));
    const secrets = createSecretStore({ secrets: context.secrets, access: targetAccess, scopeOf: folderOf });
    const targets = keep(createTargets({ language, applications, deployments, access: targetAccess, secrets, now }));
    const targetsView = keep(
        createTargetsView({ targets, applications, language, deployments, secrets, report: log.warn }),
    );
    const found = keep(findDeployments({ deployments, histories, access, boundary }));
    const memory = context.workspaceState;
    const parts = { language, deployments, output, view, graphs, pins, simulations, memory, log, extension: context };
    const targetParts = { targets, targetsView, targetAccess, secrets };
    const runParts = { histories, records, runs };
    keep(registerCommands({ ...parts, ...targetParts, ...runParts, rescan: found.rescan }, boundary));
    keep(showServerStatus(language));
    keep(showApplicationStatus(language, log));
    keep(showRunStatus(deployments));
    keep(showSourceState({ language, deployments, now, report: log.warn }));
    keep(provideRecipeLinks({ output, deployments, language, open: openLine, report: log.warn }));
    keep(showSimulationKeys(simulations));
    void language.restart();
    boundary.background('Showing an application that was just made', async () => {
        await showPending(context.globalState);
        return DONE;
    });
}
