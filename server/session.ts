/** What the parts of a running server share. */
import type { Connection } from 'vscode-languageserver/node';
import type { Abilities } from './abilities.ts';
import type { EarlierModels } from './earlier-models.ts';
import type { Layout } from './layout.ts';
import type { Settings } from './settings.ts';
import type { DiagnosticsStore } from './workspace/diagnostics.ts';
import type { Documents } from './workspace/documents.ts';
import type { Locations } from './workspace/locations.ts';
import type { Workspace } from './workspace/workspace.ts';

/** One connection with all that answers on it. */
export interface Session {
    readonly connection: Connection;
    readonly workspace: Workspace;
    readonly documents: Documents;
    readonly locations: Locations;
    readonly layout: Layout;
    readonly earlierModels: EarlierModels;
    /** What is said of each file at this moment. */
    readonly diagnostics: DiagnosticsStore;
    readonly settings: () => Settings;
    /** As the client said when it connected; nothing is assumed before. */
    readonly abilities: () => Abilities;
}
