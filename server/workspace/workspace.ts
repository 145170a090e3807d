/**
 * The workspace: open documents over the disk, the applications found in it, and when each is analysed.
 * Knows nothing of the connection: what it has to say goes to `WorkspaceSink`.
 */
import type { Application, Language } from '../../language/index.ts';
import type { Clock } from '../clock.ts';
import type { ApplicationEntry, FindingCount, StatusParams } from '../protocol.ts';
import type { Disk } from './disk.ts';
import { baseNameOf, type Locations, pathIn, relativeTo } from './locations.ts';
import { type OpenTexts, overlay } from './overlay.ts';
import { type Analysis, createUnits, type FileView, type Units, viewOf } from './units.ts';

export interface WorkspaceConfig {
    readonly language: Language;
    readonly disk: Disk;
    readonly clock: Clock;
    readonly open: OpenTexts;
    readonly locations: Locations;
    readonly sink: WorkspaceSink;
    /** Finds applications below directories (see discovery.ts). */
    readonly discover: (folders: readonly string[], signal: AbortSignal) => Promise<readonly string[]>;
}

export interface WorkspaceSink {
    readonly analysed: (analysis: Analysis) => void;
    readonly dropped: (key: string) => void;
    readonly failed: (key: string, cause: unknown) => void;
    readonly status: (status: StatusParams) => void;
}

export type FileChange = { readonly path: string; readonly kind: 'created' | 'changed' | 'deleted' };

export interface Workspace {
    readonly documentOpened: (path: string) => void;
    readonly documentChanged: (path: string) => void;
    readonly documentClosed: (path: string) => void;
    readonly filesChanged: (changes: readonly FileChange[]) => void;
    /** Replaces the folders and looks for applications in them. */
    readonly foldersChanged: (folders: readonly string[]) => void;
    /** What a file means, from the newest texts; undefined when it could not be analysed. */
    readonly view: (path: string) => FileView | undefined;
    /** As `view`, but an older analysis will do when making another takes noticeable time. */
    readonly recentView: (path: string) => FileView | undefined;
    /** Identifies what a file is analysed with. */
    readonly keyOf: (path: string) => string;
    /** Whether a path is an application's directory, or a model file or descriptor that can be read. */
    readonly isModelPath: (path: string) => boolean;
    /** Sorted by directory; waits for the search of the folders. */
    readonly applications: () => Promise<readonly ApplicationEntry[]>;
    /** Every application found, from the newest texts; waits for the search of the folders. */
    readonly analyses: () => Promise<readonly Analysis[]>;
    /** A file as the editor has it, else as it is on disk; undefined when it is no text that could be read. */
    readonly textOf: (path: string) => string | undefined;
    /** Files below a directory of an application, open ones included, relative to it and sorted. */
    readonly filesBelow: (directory: string) => readonly string[];
    /** Graph files of an application that nothing imports, sorted by path, each analysed by itself: those whose text holds a word, if one is given. */
    readonly unreached: (analysis: Analysis, word?: string) => readonly UnreachedFile[];
    readonly dispose: () => void;
}

export interface UnreachedFile {
    /** As an import would name it. */
    readonly path: string;
    readonly application: Application;
}

/** More unreached files than this are left aside: they cost an analysis each. */
const MOST_UNREACHED = 50;

/** Analyses that took longer than this are not repeated for the sake of a proposal list. */
const PATIENCE_MS = 40;
/** Applications analysed without being opened; beyond it, an application is analysed once it is used. */
const BACKGROUND_APPLICATIONS = 50;
/** Most directories looked into, and most files answered: links may lead round in circles. */
const MAX_LISTED = 5_000;

interface State {
    folders: readonly string[];
    discovered: readonly string[];
    discovery: Promise<void>;
    search: AbortController;
    isSearching: boolean;
    lastStatus: string;
    readonly waiting: Map<string, () => void>;
}

interface Parts {
    readonly config: WorkspaceConfig;
    readonly state: State;
    readonly units: Units;
    /** Files an application does not reach, by their paths: any change of a text makes another analysis. */
    readonly unreached: WeakMap<Analysis, Map<string, Application>>;
}

/** Makes a workspace without folders. */
export function createWorkspace(config: WorkspaceConfig): Workspace {
    const parts = createParts(config);
    const { units, state } = parts;
    const viewWith = (path: string, find: (path: string) => Analysis | undefined): FileView | undefined => {
        const analysis = find(path);
        sendStatus(parts);
        return analysis === undefined ? undefined : viewOf(analysis, path);
    };
    return {
        documentOpened: (path) => schedule(parts, [...place(parts, path), ...units.touch(path)]),
        documentChanged: (path) => schedule(parts, units.touch(path)),
        documentClosed: (path) => closeDocument(parts, path),
        filesChanged: (changes) => changeFiles(parts, changes),
        foldersChanged: (folders) => changeFolders(parts, folders),
        view: (path) => viewWith(path, units.current),
        recentView: (path) => viewWith(path, (file) => units.recent(file, PATIENCE_MS)),
        keyOf: units.keyOf,
        isModelPath: (path) => units.keyOf(path) !== path || isUnitPath(config, path),
        applications: async () => {
            await state.discovery;
            return listApplications(parts);
        },
        analyses: async () => {
            await state.discovery;
            return analyseAll(parts);
        },
        textOf: (path) => textIn(overlay(config.open, config.disk), path),
        filesBelow: (directory) => listFiles(overlay(config.open, config.disk), directory),
        unreached: (analysis, word = '') => unreachedFiles(parts, analysis, word),
        dispose: () => {
            state.search.abort();
            for (const cancel of state.waiting.values()) cancel();
            state.waiting.clear();
        },
    };
}

/** Findings that count for an application. */
export function countFindings(application: Application): FindingCount {
    const count = (severity: string): number =>
        application.findings.filter((finding) => finding.severity === severity).length;
    return { errors: count('error'), warnings: count('warning') };
}

function createParts(config: WorkspaceConfig): Parts {
    const state: State = {
        folders: [],
        discovered: [],
        discovery: Promise.resolve(),
        search: new AbortController(),
        isSearching: false,
        lastStatus: '',
        waiting: new Map(),
    };
    const units = createUnits({
        language: config.language,
        fileSystem: overlay(config.open, config.disk),
        openPaths: () => [...config.open.modelPaths()],
        now: config.clock.now,
        onAnalysed: config.sink.analysed,
        onDropped: (key) => {
            config.disk.forgetBelow(key);
            config.sink.dropped(key);
        },
        onFailure: config.sink.failed,
    });
    return { config, state, units, unreached: new WeakMap() };
}

/** Only model files and descriptors are analysed for their own sake. */
function place({ config, units }: Parts, path: string): readonly string[] {
    return [...config.open.modelPaths()].includes(path) ? [units.place(path)] : [];
}

/** Analyses soon: at once when that is cheap, after a pause in the changes when it is not. */
function schedule(parts: Parts, keys: readonly string[]): void {
    const { units, state, config } = parts;
    for (const key of new Set(keys)) {
        state.waiting.get(key)?.();
        const task = (): void => {
            state.waiting.delete(key);
            units.flush(key);
            sendStatus(parts);
        };
        state.waiting.set(key, config.clock.schedule(pauseAfter(units, key), task));
    }
}

function pauseAfter(units: Units, key: string): number {
    const durationMs = units.analyses().find((analysis) => analysis.key === key)?.durationMs ?? 0;
    return durationMs < 40 ? 0 : Math.min(200, durationMs / 2);
}

function isUnitPath({ open, disk }: WorkspaceConfig, path: string): boolean {
    const isFile =
        open.textOf(path) !== undefined || (/\.(graph|instances)$/i.test(path) && disk.read(path) !== undefined);
    return isFile || disk.list(`${path}/descriptor`) !== undefined;
}

function closeDocument(parts: Parts, path: string): void {
    const { units, state } = parts;
    const key = units.keyOf(path);
    if (isKept(parts, key)) {
        schedule(parts, units.touch(path));
        return;
    }
    state.waiting.get(key)?.();
    state.waiting.delete(key);
    units.drop(key);
    schedule(parts, units.touch(path));
}

/** A unit is kept while a document of it is open or a folder of the workspace holds its application. */
function isKept(parts: Parts, key: string): boolean {
    const { config, state, units } = parts;
    if ([...config.open.modelPaths()].some((path) => units.keyOf(path) === key)) return true;
    const isApplication = units.analyses().some((analysis) => analysis.key === key && analysis.kind === 'application');
    return isApplication && isInFolders(state, key);
}

function isInFolders(state: State, path: string): boolean {
    return state.folders.some((folder) => folder === path || relativeTo(folder, path) !== undefined);
}

function changeFiles(parts: Parts, changes: readonly FileChange[]): void {
    const { config, units } = parts;
    // What is saved below an open document is not what counts.
    const counting = changes.filter(({ path, kind }) => kind !== 'changed' || config.open.textOf(path) === undefined);
    for (const { path } of counting) config.disk.forget(path);
    const isStructural = counting.some(({ kind }) => kind !== 'changed');
    const placed = isStructural ? units.placeAgain() : [];
    schedule(parts, [...placed, ...counting.flatMap(({ path }) => units.touch(path))]);
    if (isStructural) followApplications(parts, counting);
}

const IN_APPLICATION = /^(?<directory>.+?)\/(?:descriptor|graph|instances)(?:\/|$)/;

/** Applications that appear or go are noticed by their own files: no other search is needed. */
function followApplications(parts: Parts, changes: readonly FileChange[]): void {
    const { config, state, units } = parts;
    const directories = new Set(changes.map(({ path }) => IN_APPLICATION.exec(path)?.groups?.['directory'] ?? path));
    const found = new Set(state.discovered);
    for (const directory of directories) {
        const isApplication =
            config.disk.list(`${directory}/descriptor`) !== undefined && isInFolders(state, directory);
        if (isApplication) {
            found.add(directory);
            schedule(parts, [units.place(directory)]);
        } else if (found.delete(directory) && !isKeptOpen(parts, directory)) units.drop(directory);
    }
    state.discovered = [...found].sort();
}

function isKeptOpen(parts: Parts, key: string): boolean {
    return [...parts.config.open.modelPaths()].some((path) => parts.units.keyOf(path) === key);
}

function changeFolders(parts: Parts, folders: readonly string[]): void {
    const { config, state, units } = parts;
    state.search.abort();
    state.search = new AbortController();
    state.folders = folders;
    for (const { key } of units.analyses()) if (!isKept(parts, key)) units.drop(key);
    state.isSearching = true;
    sendStatus(parts);
    state.discovery = discover(parts, state.search.signal).catch((cause: unknown) => {
        state.isSearching = false;
        config.sink.failed('/', cause);
        sendStatus(parts);
    });
}

async function discover(parts: Parts, signal: AbortSignal): Promise<void> {
    const { config, state, units } = parts;
    const found = await config.discover(state.folders, signal);
    if (signal.aborted) return;
    state.discovered = found;
    state.isSearching = false;
    schedule(
        parts,
        found.slice(0, BACKGROUND_APPLICATIONS).map((directory) => units.place(directory)),
    );
    sendStatus(parts);
}

function unreachedFiles(parts: Parts, analysis: Analysis, word: string): readonly UnreachedFile[] {
    const { kind, application } = analysis;
    if (kind === 'file') return [];
    const { directory } = application;
    const fileSystem = overlay(parts.config.open, parts.config.disk);
    const reached = new Set(application.files);
    const others = listFiles(fileSystem, pathIn(directory, 'graph')).filter(
        (file) =>
            /\.graph$/i.test(file) &&
            !reached.has(`graph/${file}`) &&
            (textIn(fileSystem, `${directory}/graph/${file}`) ?? '').includes(word),
    );
    const known = parts.unreached.get(analysis) ?? new Map<string, Application>();
    parts.unreached.set(analysis, known);
    return others.slice(0, MOST_UNREACHED).map((path) => {
        const file = pathIn(directory, `graph/${path}`);
        const made = known.get(path) ?? parts.config.language.checkFile(fileSystem, file);
        known.set(path, made);
        return { path, application: made };
    });
}

function textIn(fileSystem: Pick<Disk, 'read'>, path: string): string | undefined {
    const content = fileSystem.read(path);
    return content !== undefined && 'text' in content ? content.text : undefined;
}

function listApplications(parts: Parts): readonly ApplicationEntry[] {
    const { state, units, config } = parts;
    const analyses = new Map(
        units
            .analyses()
            .filter(({ kind }) => kind === 'application')
            .map((one) => [one.key, one]),
    );
    const directories = [...new Set([...state.discovered, ...analyses.keys()])].sort();
    return directories.map((directory) => {
        const application = analyses.get(directory)?.application;
        return {
            directory,
            uri: config.locations.uriOf(directory),
            name: application?.name ?? describedName(config, directory),
            findings: application === undefined ? null : countFindings(application),
        };
    });
}

function analyseAll(parts: Parts): readonly Analysis[] {
    const { state, units } = parts;
    const known = units.analyses().filter(isApplicationAnalysis);
    const directories = [...new Set([...state.discovered, ...known.map(({ key }) => key)])].sort();
    const analyses = directories.map((directory) => units.current(directory)).filter((one) => one !== undefined);
    sendStatus(parts);
    return analyses;
}

/** The name in a descriptor that has not been analysed; continuation lines and escapes are left to the analysis. */
function describedName(config: WorkspaceConfig, directory: string): string {
    const content = overlay(config.open, config.disk).read(`${directory}/descriptor/application.properties`);
    const text = content !== undefined && 'text' in content ? content.text : '';
    return /^[ \t]*(?:application-)?name[ \t]*[=:][ \t]*(.*\S)/m.exec(text)?.[1] ?? baseNameOf(directory);
}

function sendStatus(parts: Parts): void {
    const { state, units, config } = parts;
    const counts = units.analyses().map((analysis) => countFindings(analysis.application));
    const status: StatusParams = {
        state: state.isSearching || units.staleKeys().length > 0 ? 'analysing' : 'ready',
        applicationCount: new Set([
            ...state.discovered,
            ...units
                .analyses()
                .filter(isApplicationAnalysis)
                .map(({ key }) => key),
        ]).size,
        errorCount: counts.reduce((sum, count) => sum + count.errors, 0),
        warningCount: counts.reduce((sum, count) => sum + count.warnings, 0),
    };
    const text = JSON.stringify(status);
    if (text === state.lastStatus) return;
    state.lastStatus = text;
    config.sink.status(status);
}

function isApplicationAnalysis(analysis: Analysis): boolean {
    return analysis.kind === 'application';
}

function listFiles(fileSystem: Pick<Disk, 'list'>, directory: string): readonly string[] {
    const files: string[] = [];
    const pending = [''];
    let visited = 0;
    for (let below = pending.pop(); below !== undefined && visited < MAX_LISTED; below = pending.pop()) {
        visited += 1;
        for (const { name, kind } of fileSystem.list(directory + (below && `/${below}`)) ?? []) {
            if (name.startsWith('.')) continue;
            (kind === 'directory' ? pending : files).push(below === '' ? name : `${below}/${name}`);
        }
    }
    return files.sort().slice(0, MAX_LISTED);
}
