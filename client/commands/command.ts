/** What a command is here: a function that ends with an outcome. The table of all of them is in all-commands.ts. */
import type * as vscode from 'vscode';
import type { DeploymentOutput } from '../deployments/deployment-output.ts';
import type { Deployments } from '../deployments/deployments.ts';
import type { Histories } from '../deployments/histories.ts';
import type { DeploymentsView } from '../deployments/deployments-view.ts';
import type { Simulations } from '../deployments/simulations.ts';
import type { GraphPanels } from '../graph/graph-panels.ts';
import type { Pins } from '../graph/pins.ts';
import type { Language } from '../language/language-client.ts';
import type { SecretStore } from '../targets/secret-store.ts';
import type { TargetAccess } from '../targets/target-access.ts';
import type { Targets } from '../targets/targets.ts';
import type { TargetsView } from '../targets/targets-view.ts';
import type { RunPanels } from '../timeline/run-panels.ts';
import type { RunRecords } from '../timeline/run-records.ts';
import type { Log } from '../ui/log.ts';
import type { Outcome } from '../ui/outcome.ts';

/** `argument`: what the menu or the caller passed, unread. The signal is aborted when the extension ends. */
export type Command = (argument: unknown, signal: AbortSignal) => Promise<Outcome<unknown>>;

/** Handlers by command id without the prefix `roboconf.`. */
export type CommandTable = Readonly<Record<string, Command>>;

/** What commands work with. */
export interface CommandContext {
    readonly language: Language;
    readonly deployments: Deployments;
    readonly output: DeploymentOutput;
    readonly histories: Pick<Histories, 'all'>;
    readonly records: RunRecords;
    readonly runs: RunPanels;
    readonly view: DeploymentsView;
    readonly graphs: GraphPanels;
    readonly pins: Pins;
    readonly simulations: Simulations;
    readonly targets: Targets;
    readonly targetsView: TargetsView;
    readonly targetAccess: TargetAccess;
    readonly secrets: SecretStore;
    readonly memory: vscode.Memento;
    readonly log: Log;
    /** Where the extension lies, and what it remembers in every window. */
    readonly extension: Pick<vscode.ExtensionContext, 'extensionUri' | 'globalState'>;
    /** Reads the state directory again. */
    readonly rescan: (signal: AbortSignal) => Promise<void>;
}
