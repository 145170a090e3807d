/**
 * What is analysed together, and when. A *unit* is an application's directory, or a file that stands alone.
 *
 * 1. A unit is analysed at most once for any number of changes that come together; who asks in between gets the newest texts.
 * 2. An open file that its application does not reach (a *stray*) is analysed by itself, beside the application.
 * 3. A failure of one analysis leaves the unit as it was and is reported; the other units are not concerned.
 */
import {
    fileKindOf,
    type Application,
    type CheckOptions,
    type FileSystem,
    type Language,
} from '../../language/index.ts';
import { parentOf, pathIn, relativeTo } from './locations.ts';

export interface UnitsConfig {
    readonly language: Language;
    readonly fileSystem: FileSystem;
    /** Paths of the open model files and descriptors. */
    readonly openPaths: () => readonly string[];
    /** Monotonic milliseconds. */
    readonly now: () => number;
    /** Called once for each analysis, after it is stored. */
    readonly onAnalysed: (analysis: Analysis) => void;
    /** Called when a unit is dropped: what was said about it no longer holds. */
    readonly onDropped: (key: string) => void;
    readonly onFailure: (key: string, cause: unknown) => void;
}

/** One result. `key` identifies the unit: its directory, or the path of the lone file. */
export interface Analysis {
    readonly key: string;
    readonly kind: UnitKind;
    /** 1 for the first analysis, then one more each time. */
    readonly version: number;
    readonly application: Application;
    /** Strays by absolute path. */
    readonly strays: ReadonlyMap<string, Application>;
    readonly durationMs: number;
}

type UnitKind = 'application' | 'file';

/** One file as part of an analysis. */
export interface FileView {
    readonly analysis: Analysis;
    /** What the file belongs to: the application, or the stray's own result. */
    readonly application: Application;
    /** As in the ranges of `application`. */
    readonly file: string;
}

export interface Units {
    /** The unit of a file or directory, analysed from the newest texts; undefined when its analysis failed. */
    readonly current: (path: string) => Analysis | undefined;
    /** The last analysis when making another would take longer than `patienceMs`, else the current one. */
    readonly recent: (path: string, patienceMs: number) => Analysis | undefined;
    /** Marks the known units a changed file may concern, and answers their keys. */
    readonly touch: (path: string) => readonly string[];
    /** Makes sure that the unit of a file or an application's directory is known, and answers its key. */
    readonly place: (path: string) => string;
    /** Forgets which file belongs where (directories appeared or went), places open files again and answers the keys of their units. */
    readonly placeAgain: () => readonly string[];
    /** Drops a unit. */
    readonly drop: (key: string) => void;
    /** Analyses one marked unit. */
    readonly flush: (key: string) => void;
    readonly keyOf: (path: string) => string;
    readonly analyses: () => readonly Analysis[];
    readonly staleKeys: () => readonly string[];
}

interface Unit {
    readonly key: string;
    readonly kind: UnitKind;
    analysis: Analysis | undefined;
    isStale: boolean;
}

/** Makes an empty table of units. */
export function createUnits(config: UnitsConfig): Units {
    const units = new Map<string, Unit>();
    const keys = new Map<string, string | null>();
    const directoryOf = (path: string): string | null => {
        const known = keys.get(path);
        if (known !== undefined) return known;
        const directory = applicationOf(config, path);
        keys.set(path, directory);
        return directory;
    };
    const unitOf = (path: string): Unit => {
        const directory = directoryOf(path);
        return ensureUnit(units, directory ?? path, directory === null ? 'file' : 'application');
    };
    const drop = (key: string): void => {
        const dropped = units.get(key);
        if (dropped === undefined) return;
        units.delete(key);
        for (const [path, directory] of keys) if ((directory ?? path) === key) keys.delete(path);
        for (const path of textsOf(dropped)) config.language.forget(path);
        config.onDropped(key);
    };
    return {
        current: (path) => analysed(config, unitOf(path)),
        recent: (path, patienceMs) => {
            const unit = unitOf(path);
            return (unit.analysis?.durationMs ?? 0) > patienceMs ? unit.analysis : analysed(config, unit);
        },
        touch: (path) => mark(concerned(units, path)),
        place: (path) => unitOf(path).key,
        placeAgain: () => {
            keys.clear();
            const wanted = config.openPaths().map((path) => unitOf(path));
            const orphans = [...units.values()].filter((unit) => unit.kind === 'file' && !wanted.includes(unit));
            for (const orphan of orphans) drop(orphan.key);
            return mark(wanted);
        },
        drop,
        flush: (key) => {
            const unit = units.get(key);
            if (unit !== undefined) analysed(config, unit);
        },
        keyOf: (path) => directoryOf(path) ?? path,
        analyses: () => [...units.values()].map((unit) => unit.analysis).filter((analysis) => analysis !== undefined),
        staleKeys: () => [...units.values()].filter((unit) => unit.isStale).map((unit) => unit.key),
    };
}

/** The part of an analysis that a file belongs to. */
export function viewOf(analysis: Analysis, path: string): FileView {
    const application = analysis.strays.get(path) ?? analysis.application;
    return { analysis, application, file: relativeTo(application.directory, path) ?? path };
}

function applicationOf(config: UnitsConfig, path: string): string | null {
    if (isApplication(config.fileSystem, path)) return path;
    return config.language.directoryOf(config.fileSystem, path) ?? descriptorOwner(path);
}

function isApplication(fileSystem: FileSystem, path: string): boolean {
    const entries = fileSystem.list(path) ?? [];
    return entries.some((entry) => entry.name === 'descriptor' && entry.kind === 'directory');
}

/** A descriptor belongs to the directory above `descriptor/`. */
function descriptorOwner(path: string): string | null {
    return path.endsWith('/descriptor/application.properties') ? parentOf(parentOf(path)) : null;
}

function ensureUnit(units: Map<string, Unit>, key: string, kind: UnitKind): Unit {
    const known = units.get(key);
    if (known?.kind === kind) return known;
    const unit: Unit = { key, kind, analysis: undefined, isStale: true };
    units.set(key, unit);
    return unit;
}

/** What the language keeps for a unit: all below its directory, or a lone file with those it imports. */
function textsOf({ key, kind, analysis }: Unit): readonly string[] {
    if (kind === 'application' || analysis === undefined) return [key];
    const { directory, files } = analysis.application;
    return [key, ...files.map((file) => pathIn(directory, file))];
}

/** Units that may read a file: applications around it, the file itself, and lone files that import it. */
function concerned(units: ReadonlyMap<string, Unit>, path: string): readonly Unit[] {
    return [...units.values()].filter((unit) => {
        if (unit.kind === 'application') return relativeTo(unit.key, path) !== undefined || isBuiltBy(unit.key, path);
        return unit.key === path || (unit.analysis !== undefined && mayRead(unit.analysis, path));
    });
}

/** Whether a file is the `pom.xml` of the Maven project whose `src/main/model` an application is. */
function isBuiltBy(directory: string, path: string): boolean {
    return path.endsWith('/pom.xml') && directory === `${parentOf(path)}/src/main/model`;
}

function mayRead(analysis: Analysis, path: string): boolean {
    const { directory, files, findings } = analysis.application;
    // A lone file with findings may be waiting for any file to appear.
    return findings.length > 0 || files.some((file) => pathIn(directory, file) === path);
}

function mark(units: readonly Unit[]): readonly string[] {
    for (const unit of units) unit.isStale = true;
    return [...new Set(units.map((unit) => unit.key))];
}

function analysed(config: UnitsConfig, unit: Unit): Analysis | undefined {
    if (!unit.isStale) return unit.analysis;
    unit.isStale = false;
    try {
        unit.analysis = analyse(config, unit);
    } catch (cause) {
        config.onFailure(unit.key, cause);
        return unit.analysis;
    }
    config.onAnalysed(unit.analysis);
    return unit.analysis;
}

function analyse(config: UnitsConfig, unit: Unit): Analysis {
    const { language, fileSystem, now } = config;
    const begun = now();
    const isLone = unit.kind === 'file';
    const application = isLone
        ? language.checkFile(fileSystem, unit.key)
        : language.loadApplication(fileSystem, unit.key, optionsFor(config, unit.key));
    const strays = isLone ? new Map<string, Application>() : straysOf(config, application);
    const version = (unit.analysis?.version ?? 0) + 1;
    return { key: unit.key, kind: unit.kind, version, application, strays, durationMs: now() - begun };
}

/** A directory that looks like a reusable recipe is checked as one: it needs neither a descriptor nor machines. */
function optionsFor({ language, fileSystem }: UnitsConfig, directory: string): CheckOptions {
    const recipe = language.isRecipeProject(fileSystem, directory);
    return { recipe, flexible: recipe };
}

function straysOf(config: UnitsConfig, application: Application): ReadonlyMap<string, Application> {
    const { directory } = application;
    const reached = new Set(application.files.map((file) => pathIn(directory, file)));
    const inside = config.openPaths().filter((path) => relativeTo(directory, path) !== undefined);
    const strays = inside.filter((path) => !reached.has(path) && standsAlone(path));
    return new Map(strays.map((path) => [path, config.language.checkFile(config.fileSystem, path)]));
}

/** Of properties files, only targets say something without the application that reaches them. */
function standsAlone(path: string): boolean {
    return !path.endsWith('.properties') || fileKindOf(path) === 'target';
}
