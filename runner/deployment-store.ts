/** A deployment on disk: its journal read back into a state, begun anew, or put into the history when it is over. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ApplicationModel } from '../language/index.ts';
import type { CoreEvent } from './core/event.ts';
import { evolve } from './core/evolve.ts';
import { expectationFrom } from './core/expectation.ts';
import { restoreState, savedStateOf, type SavedState } from './core/saved-state.ts';
import { createState, DEFAULT_SETTINGS, type Settings, type State } from './core/state.ts';
import { topologyOf, type Recipes } from './core/topology.ts';
import { diskFailureText } from './journal/disk-failure.ts';
import type { OpenJournalFile } from './journal/file-port.ts';
import { readJournal, type ReadJournal } from './journal/read.ts';
import { readTrustedJournal } from './journal/trusted.ts';
import { CHAIN_START, type DeploymentOpened } from './journal/record.ts';
import type { RotationPolicy } from './journal/rotate.ts';
import { encodeSnapshot, snapshotFileOf } from './journal/snapshot.ts';
import { createJournalWriter, type JournalWriter } from './journal/write.ts';
import { snapshotRecipe } from './local/recipe-files.ts';
import type { DeploymentKey } from './protocol.ts';
import type { DeploymentPaths } from './state-directory.ts';
import { snapshotTargets } from './targets/snapshots.ts';
import type { DeploymentTargets } from './targets/target.ts';

/** A deployment that has been begun and is not yet history. */
export interface StoredDeployment {
    readonly opened: DeploymentOpened;
    readonly state: State;
    readonly writer: JournalWriter;
    /** Begins another file of the journal when the last one is large, with a snapshot of the state; both must agree when it is called. */
    readonly keepShort: () => Promise<void>;
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
    readonly rotation: RotationPolicy;
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

/** What a deployment begins with. */
export interface Beginning {
    readonly model: ApplicationModel;
    readonly targets: DeploymentTargets;
}

/** Begins a deployment: recipes and targets are copied, the model becomes the journal's first record. The folder must hold none under way. */
export async function beginDeployment(config: StoreConfig, beginning: Beginning, time: number): Promise<Stored> {
    try {
        retire(config.paths, time);
        const opened = openedOf(config, beginning);
        const writer = await writerBehind(config, { end: CHAIN_START, validBytes: 0 });
        const written = await writer.append([{ event: opened, time }]);
        if (written.kind === 'failed') {
            await writer.close().catch(() => undefined); // that it cannot be written is said below
            return notWritable(config.paths, written.message);
        }
        const state = stateOf(opened, config.settings);
        return { kind: 'stored', deployment: storedOf({ opened, openedAt: time, state, writer }), cutBytes: 0 };
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

/** The state that the facts of a journal lead to: those behind its snapshot, or all of them when that is of no use. */
export function replayJournal(journal: ReadJournal, paths: DeploymentPaths, settings: Settings): Replayed {
    const state = journal.snapshot === null ? null : replayOver(journal.snapshot.state, journal.events, settings);
    if (state !== null) return { kind: 'replayed', state };
    const whole = journal.snapshot === null ? journal : readJournal(paths.journal);
    switch (whole.kind) {
        case 'read':
            return replayWhole(whole, paths, settings);
        case 'empty':
            return { kind: 'damaged', message: `The journal ${paths.journal} was emptied while it was read.` };
        case 'damaged':
        case 'unreadable':
            return { kind: 'damaged', message: whole.message };
        default:
            throw new Error(`unexpected journal ${JSON.stringify(whole satisfies never)}`);
    }
}

/** Null when the snapshot is of a state that this version does not know. */
function replayOver(saved: SavedState, events: readonly CoreEvent[], settings: Settings): State | null {
    try {
        const state = restoreState(saved, learning(settings, saved.model, events));
        if (state !== null) for (const event of events) evolve(state, event);
        return state;
    } catch {
        // All facts from the first one on say what it could not.
        return null;
    }
}

function replayWhole({ opened, events }: ReadJournal, paths: DeploymentPaths, settings: Settings): Replayed {
    try {
        const state = stateOf(opened, learning(settings, opened.model, events));
        for (const event of events) evolve(state, event);
        return { kind: 'replayed', state };
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

async function reopen(config: StoreConfig, journal: ReadJournal): Promise<Stored> {
    const replayed = replayJournal(journal, config.paths, config.settings);
    if (replayed.kind === 'damaged') return { kind: 'refused', code: 'journalDamaged', message: replayed.message };
    const { state } = replayed;
    try {
        const writer = await writerBehind(config, journal);
        const { opened, openedAt, cutBytes } = journal;
        return { kind: 'stored', deployment: storedOf({ opened, openedAt, state, writer }), cutBytes };
    } catch (error) {
        return notWritable(config.paths, diskFailureText(error, config.paths.current));
    }
}

function openedOf(config: StoreConfig, { model, targets }: Beginning): DeploymentOpened {
    const recipes = snapshotRecipes(config, model);
    const copies = snapshotTargets(config.paths.targets, targets);
    const opened = { kind: 'deploymentOpened', format: 'roboconf-journal', key: config.key, model, recipes } as const;
    return Object.keys(copies).length === 0 ? opened : { ...opened, targets: copies };
}

/** The settings, with what the steps so far took. */
function learning(settings: Settings, model: ApplicationModel, events: readonly CoreEvent[]): Settings {
    return { ...settings, expected: expectationFrom(settings.expected, model, events) };
}

/** The state right after the first record. */
export function stateOf({ model, recipes, targets = {} }: DeploymentOpened, settings: Settings): State {
    const state = createState(topologyOf(model, recipes), settings);
    state.targets = targets;
    return state;
}

/** Copies the recipes of a model, by content: those that are there already stay. Throws what the disk says. */
export function snapshotRecipes({ key, paths }: Pick<StoreConfig, 'key' | 'paths'>, model: ApplicationModel): Recipes {
    mkdirSync(paths.recipes, { recursive: true, mode: 0o700 });
    const recipes = model.components.flatMap(({ name, recipeDirectory }) => {
        const snapshot =
            recipeDirectory === null
                ? null
                : snapshotRecipe(join(key.directory, recipeDirectory), paths.recipes, key.directory);
        return snapshot === null ? [] : [[name, snapshot] as const];
    });
    return Object.fromEntries(recipes);
}

async function writerBehind(
    { paths, fence, openFile, rotation }: StoreConfig,
    { end, validBytes }: Pick<ReadJournal, 'end' | 'validBytes'>,
): Promise<JournalWriter> {
    const file = await openFile(paths.journal, validBytes);
    const { fullBytes, create } = rotation;
    const place = { file, start: end, fence, bytes: validBytes };
    return createJournalWriter({ ...place, fullBytes, rotation: create(paths.journal, openFile) });
}

function storedOf(stored: Omit<StoredDeployment, 'keepShort'> & Pick<ReadJournal, 'openedAt'>): StoredDeployment {
    const { opened, openedAt, state, writer } = stored;
    const keepShort = async (): Promise<void> => {
        if (!writer.isFull()) return;
        const saved = savedStateOf(state);
        await writer.rotate(encodeSnapshot({ end: writer.end(), opened, openedAt, state: saved }));
    };
    return { opened, state, writer, keepShort };
}

/** What a finished deployment leaves goes to the history, without the copies of its recipes. */
function retire(paths: DeploymentPaths, time: number): void {
    if (!existsSync(paths.current)) return;
    rmSync(paths.recipes, { recursive: true, force: true });
    rmSync(snapshotFileOf(paths.journal), { force: true });
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
