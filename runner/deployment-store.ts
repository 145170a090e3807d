/** A deployment on disk: its journal read back into a state, begun anew, or put into the history when it is over. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ApplicationModel } from '../language/index.ts';
import type { CoreEvent } from './core/event.ts';
import { evolve } from './core/evolve.ts';
import { createState, DEFAULT_SETTINGS, type Settings, type State } from './core/state.ts';
import { topologyOf, type Recipes } from './core/topology.ts';
import { diskFailureText } from './journal/disk-failure.ts';
import type { OpenJournalFile } from './journal/file-port.ts';
import { type JournalAnswer, type ReadJournal } from './journal/read.ts';
import { readTrustedJournal } from './journal/trusted.ts';
import { CHAIN_START, type DeploymentOpened } from './journal/record.ts';
import { createJournalWriter, type JournalWriter } from './journal/write.ts';
import { snapshotRecipe } from './local/recipe-files.ts';
import type { DeploymentKey } from './protocol.ts';
import type { DeploymentPaths } from './state-directory.ts';

/** A deployment that has been begun and is not yet history. */
export interface StoredDeployment {
    readonly opened: DeploymentOpened;
    readonly state: State;
    readonly writer: JournalWriter;
}

export type StoreFailure = {
    readonly kind: 'refused';
    readonly code: 'journalDamaged' | 'journalNotWritable';
    readonly message: string;
};

/** Whatever cannot be written to or read from disk is one of these. */
export type Stored =
    { readonly kind: 'stored'; readonly deployment: StoredDeployment; readonly cutBytes: number } | StoreFailure;

/** No deployment is under way; `cutBytes` were left of a first record that never was whole. */
export type NothingStored = { readonly kind: 'empty'; readonly cutBytes: number };

export interface StoreConfig {
    readonly key: DeploymentKey;
    readonly paths: DeploymentPaths;
    readonly settings: Settings;
    readonly fence: number;
    readonly openFile: OpenJournalFile;
}

/** Makes the deployment's folder, for this user alone. */
export function prepareFolder(paths: DeploymentPaths, key: DeploymentKey): void {
    makeFolder(paths.root);
    if (!existsSync(paths.keyFile)) writeFileSync(paths.keyFile, `${JSON.stringify(key)}\n`, { mode: 0o600 });
}

/** On a disk that can only be read, Node tells of a folder that is missing when it is to make those above it too. */
function makeFolder(folder: string): void {
    try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
    } catch (error) {
        if (!existsSync(dirname(folder))) throw error;
        mkdirSync(folder, { mode: 0o700 });
    }
}

/** The deployment under way, or `empty` when there is none. A tail torn by a crash is cut. */
export async function reopenDeployment(config: StoreConfig): Promise<Stored | NothingStored> {
    const journal = readTrustedJournal(config.paths);
    switch (journal.kind) {
        case 'empty':
            return journal;
        case 'damaged':
        case 'unreadable':
            return { kind: 'refused', code: 'journalDamaged', message: journal.message };
        case 'read':
            return reopen(config, journal);
        default:
            throw new Error(`unexpected journal ${JSON.stringify(journal satisfies never)}`);
    }
}

/** Begins a deployment: recipes are copied, the model becomes the journal's first record. The folder must hold none under way. */
export async function beginDeployment(config: StoreConfig, model: ApplicationModel, time: number): Promise<Stored> {
    try {
        retire(config.paths, time);
        const opened = openedOf(config, model);
        const writer = createJournalWriter(await config.openFile(config.paths.journal, 0), CHAIN_START, config.fence);
        const written = await writer.append([{ event: opened, time }]);
        if (written.kind === 'failed') {
            await writer.close().catch(() => undefined); // that it cannot be written is said below
            return notWritable(config.paths, written.message);
        }
        const state = createState(topologyOf(model, opened.recipes), config.settings);
        return { kind: 'stored', deployment: { opened, state, writer }, cutBytes: 0 };
    } catch (error) {
        return notWritable(config.paths, diskFailureText(error, config.paths.current));
    }
}

/** Everything that was deployed is gone again, and nothing is under way. */
export function isOver(state: State): boolean {
    const absent = state.status.every((status) => status === 'NOT_DEPLOYED') && !state.hasFiles.includes(true);
    return absent && state.tasks.size === 0 && state.runs.length === 0;
}

/** What a whole journal leads to; damaged when its records are whole but mean nothing to this version. */
export type Replayed =
    { readonly kind: 'replayed'; readonly state: State } | { readonly kind: 'damaged'; readonly message: string };

/** The state that the facts of a journal lead to. */
export function replayJournal(journal: ReadJournal, paths: DeploymentPaths, settings: Settings): Replayed {
    try {
        return { kind: 'replayed', state: replayFacts(journal.opened, journal.events, settings) };
    } catch (error) {
        // The records come from a file: what another version wrote there is no fault of this one.
        const detail = error instanceof Error ? error.message : String(error);
        const message = `The journal ${paths.journal} cannot be replayed: another version of Roboconf wrote it, in words this one does not know (${detail}). Go on with that version; or end by hand what runs from ${paths.instances}, then move ${paths.current} away and deploy again.`;
        return { kind: 'damaged', message };
    }
}

/** What a deployment's folder tells without any runner. */
export function readDeployment(paths: DeploymentPaths): { readonly kind: 'empty' } | Replayed {
    const journal = readTrustedJournal(paths);
    switch (journal.kind) {
        case 'empty':
            return { kind: 'empty' };
        case 'damaged':
        case 'unreadable':
            return { kind: 'damaged', message: journal.message };
        case 'read':
            return replayJournal(journal, paths, DEFAULT_SETTINGS);
        default:
            throw new Error(`unexpected journal ${JSON.stringify(journal satisfies never)}`);
    }
}

function replayFacts(opened: DeploymentOpened, events: readonly CoreEvent[], settings: Settings): State {
    const state = createState(topologyOf(opened.model, opened.recipes), settings);
    for (const event of events) evolve(state, event);
    return state;
}

/** Highest fencing number a journal knows; 0 when it tells nothing. */
export function fenceOf(journal: JournalAnswer): number {
    return journal.kind === 'read' ? journal.end.fence : 0;
}

async function reopen(config: StoreConfig, journal: ReadJournal): Promise<Stored> {
    const replayed = replayJournal(journal, config.paths, config.settings);
    if (replayed.kind === 'damaged') return { kind: 'refused', code: 'journalDamaged', message: replayed.message };
    const { state } = replayed;
    try {
        const file = await config.openFile(config.paths.journal, journal.validBytes);
        const writer = createJournalWriter(file, journal.end, config.fence);
        return { kind: 'stored', deployment: { opened: journal.opened, state, writer }, cutBytes: journal.cutBytes };
    } catch (error) {
        return notWritable(config.paths, diskFailureText(error, config.paths.current));
    }
}

function openedOf(config: StoreConfig, model: ApplicationModel): DeploymentOpened {
    const recipes = snapshotRecipes(config, model);
    return { kind: 'deploymentOpened', format: 'roboconf-journal', key: config.key, model, recipes };
}

/** Copies the recipes of a model, by content: those that are there already stay. Throws what the disk says. */
export function snapshotRecipes({ key, paths }: Pick<StoreConfig, 'key' | 'paths'>, model: ApplicationModel): Recipes {
    mkdirSync(paths.recipes, { recursive: true, mode: 0o700 });
    const recipes = model.components.flatMap(({ name, recipeDirectory }) => {
        const snapshot =
            recipeDirectory === null ? null : snapshotRecipe(join(key.directory, recipeDirectory), paths.recipes);
        return snapshot === null ? [] : [[name, snapshot] as const];
    });
    return Object.fromEntries(recipes);
}

/** What a finished deployment leaves goes to the history, without the copies of its recipes. */
function retire(paths: DeploymentPaths, time: number): void {
    if (!existsSync(paths.current)) return;
    rmSync(paths.recipes, { recursive: true, force: true });
    mkdirSync(paths.historyDirectory, { recursive: true, mode: 0o700 });
    const date = new Date(time).toISOString().replace(/[:.]/g, '-');
    const taken = readdirSync(paths.historyDirectory).length;
    renameSync(paths.current, join(paths.historyDirectory, `${date}-${taken + 1}`));
}

/** The refusal of what cannot be put on the disk. */
export function notWritable(paths: DeploymentPaths, detail: string): StoreFailure {
    const message = `Nothing can be recorded in ${paths.current}. ${detail} Nothing was begun.`;
    return { kind: 'refused', code: 'journalNotWritable', message };
}
