/** The language as one object: loads applications and loose files, checks them, and answers plain data. */
import type { Application, CheckOptions, FileCheckOptions, Language } from './application.ts';
import {
    analysisOf,
    applicationNameOf,
    modelOf,
    parsingFindings,
    reachedFiles,
    type Analysis,
    type Sources,
} from './application/analysis.ts';
import { closureOf, linkGuard, type Closure } from './application/closure.ts';
import { DESCRIPTOR_FILE, descriptorOf, type Descriptor } from './application/descriptor.ts';
import { directoryOf } from './application/directory-of.ts';
import { createFileCache, type FileCache } from './application/file-cache.ts';
import { namesIn } from './application/names.ts';
import { mavenProjectOf, mavenSourcesOf } from './application/maven.ts';
import { createMemories, createMemory, type ApplicationMemory } from './application/memory.ts';
import { isRecipeProject } from './application/recipe-project.ts';
import { baseNameOf, joinPath, normalizePath, parentOf, relativePath } from './application/paths.ts';
import { projectIn, type Project } from './application/project.ts';
import {
    createSideFileReader,
    NO_SIDE_FILES,
    sideFilesIn,
    type SideFileReader,
    type SideFiles,
} from './application/side-files.ts';
import { parseCommands } from './commands/commands-file.ts';
import { fileKindOf } from './file-kinds.ts';
import { parseMeasureValues } from './measures/measure-values.ts';
import { parseMeasures } from './measures/measures-file.ts';
import { parseRules, unreadableRules, type RulesFile } from './rules/rules-file.ts';
import type { FileSystem } from './file-system.ts';
import type { Finding } from './finding.ts';
import { checkAnalysis, checkLooseFile, checkTargetsAlone, type LooseFile } from './validation/check.ts';
import { parseTarget } from './targets/target-file.ts';
import { targetSourcesIn } from './targets/target-source.ts';
import { presentable } from './validation/presentable.ts';

const STRICT: CheckOptions = { recipe: false, flexible: false };

/** Makes a language with an empty cache. Its functions are synchronous and never throw for any input. */
export function createLanguage(): Language {
    const cache = createFileCache();
    const reader = createSideFileReader();
    const memories = createMemories();
    return {
        loadApplication: (fileSystem, directory, options = STRICT) =>
            loadApplication(
                { fileSystem, cache, reader, directory: normalizePath(directory) ?? directory },
                options,
                memories.of(normalizePath(directory) ?? directory, options),
            ),
        checkFile: (fileSystem, file, options = {}) =>
            checkFile({ fileSystem, cache, reader }, normalizePath(file) ?? file, options),
        checkTargets: (fileSystem, directory) =>
            checkTargets({ fileSystem, cache, reader, directory: normalizePath(directory) ?? directory }),
        isRecipeProject: (fileSystem, directory) => isRecipeProject(fileSystem, normalizePath(directory) ?? directory),
        mavenSourcesOf: (fileSystem, directory) => mavenSourcesOf(fileSystem, normalizePath(directory) ?? directory),
        directoryOf: (fileSystem, file) => directoryOf(fileSystem, normalizePath(file) ?? file),
        parsedFileCount: cache.parsedFileCount,
        parsedBlockCount: cache.parsedBlockCount,
        forget: (path) => {
            for (const keeper of [cache, reader, memories]) keeper.forget(normalizePath(path) ?? path);
        },
        keptTextCount: () => cache.keptCount() + reader.keptCount(),
        checkedBlockCount: memories.checkedBlockCount,
        resolvedGraphCount: memories.resolvedGraphCount,
    };
}

interface Access {
    readonly fileSystem: FileSystem;
    readonly cache: FileCache;
    readonly reader: SideFileReader;
}

interface Place extends Access {
    readonly directory: string;
}

function loadApplication(place: Place, options: CheckOptions, memory: ApplicationMemory): Application {
    const sources = applicationSources(place, options.flexible || options.recipe);
    const analysis = analysisOf(sources, memory);
    return applicationOf(analysis, checkAnalysis(analysis, options));
}

/** `shown` are the sources whose texts are checked: the graph that loose instances are checked against is not. */
function applicationOf(analysis: Analysis, findings: readonly Finding[], shown: Sources = analysis): Application {
    const model = once(() => modelOf(analysis));
    const names = once(() => namesIn(analysis));
    const targets = once(() => targetSourcesIn(analysis));
    return {
        directory: analysis.directory,
        name: applicationNameOf(analysis),
        findings: presentable([...parsingFindings(shown), ...findings]),
        files: reachedFiles(shown),
        get model() {
            return model();
        },
        get declarations() {
            return names().declarations;
        },
        get references() {
            return names().references;
        },
        get externalReferences() {
            return names().externalReferences;
        },
        get targets() {
            return targets();
        },
    };
}

/** Most analyses are only asked what is wrong: what takes as long as all checks together is made when it is asked for. */
function once<T>(make: () => T): () => T {
    let made: { readonly value: T } | undefined;
    return () => (made ??= { value: make() }).value;
}

/** The descriptor decides; without one, and if that is accepted, the first graph file of `graph/` is the entry point. */
function applicationSources(place: Place, isFlexible: boolean): Sources {
    const project = projectIn(place.fileSystem, place.directory);
    const text = project.textOf(DESCRIPTOR_FILE);
    const descriptor = text === null ? null : descriptorOf(text);
    const graphEntry = descriptor === null ? firstGraphFile(project, isFlexible) : entryPoint(descriptor, 'graph');
    const instanceEntry = descriptor === null ? null : entryPoint(descriptor, 'instance');
    return {
        directory: place.directory,
        project,
        descriptor,
        graph: closureFrom(place, 'graph', graphEntry),
        instances: closureFrom(place, 'instances', instanceEntry),
        side: sideFilesIn(place.directory, project, place.reader),
        ...besidesIn(place, project),
    };
}

function besidesIn(place: Place, project: Project): Pick<Sources, 'readTarget' | 'maven'> {
    const { directory, fileSystem, reader } = place;
    return {
        readTarget: (file) => reader.read({ directory, project, file, parse: parseTarget }),
        maven: mavenProjectOf(fileSystem, directory),
    };
}

/** Target files by themselves, without an application around. */
function checkTargets(place: Place): readonly Finding[] {
    return presentable(checkTargetsAlone(analysisOf(nothingIn(place), createMemory())));
}

/** Sources of a directory of which nothing is read. */
function nothingIn(place: Place): Sources {
    const project = projectIn(place.fileSystem, place.directory);
    return {
        directory: place.directory,
        project,
        descriptor: null,
        graph: null,
        instances: null,
        side: NO_SIDE_FILES,
        ...besidesIn(place, project),
    };
}

function firstGraphFile(project: Project, isFlexible: boolean): string | null {
    if (!isFlexible || project.isDirectory('descriptor')) return null;
    return project.filesIn('graph').find((name) => name.toLowerCase().endsWith('.graph')) ?? null;
}

function entryPoint(descriptor: Descriptor, kind: 'graph' | 'instance'): string | null {
    const value = descriptor.entryOf(`${kind}-entry-point`)?.value.trim() ?? '';
    return value === '' ? null : value;
}

/** An entry point outside the application, or that is no file, starts no closure: the descriptor's checks say so. */
function closureFrom(place: Place, root: 'graph' | 'instances', entry: string | null): Closure | null {
    const file = entry === null ? null : normalizePath(joinPath(root, entry));
    if (file === null) return null;
    const isOutside = linkGuard(place)(file);
    if (!isOutside && place.cache.load(place.fileSystem, place.directory, file).kind === 'missing') return null;
    return closureOf({ ...place, root }, file);
}

function checkFile(access: Access, file: string, options: FileCheckOptions): Application {
    const directory = options.directory ?? directoryOf(access.fileSystem, file) ?? parentOf(file);
    const place: Place = { ...access, directory };
    const relative = relativePath(directory, file) ?? baseNameOf(file);
    const loose = looseFileOf(place, relative, options);
    const analysis = analysisOf(loose.sources, createMemory());
    return applicationOf(analysis, checkLooseFile(analysis, loose, options), loose.shown);
}

interface LoadedLooseFile extends LooseFile {
    readonly sources: Sources;
    /** The sources whose texts are checked. */
    readonly shown: Sources;
}

function looseFileOf(place: Place, file: string, options: FileCheckOptions): LoadedLooseFile {
    const empty = nothingIn(place);
    const kind = options.kind ?? fileKindOf(joinPath(place.directory, file));
    switch (kind) {
        case 'commands':
        case 'rules':
        case 'measures':
        case 'measureValues':
            return besideModel(place, { kind, file, empty }, options);
        case 'descriptor':
            return descriptorFile(empty, file);
        case 'graph':
        case 'instances':
            return modelFile(place, { empty, file }, options);
        case 'target':
            return targetFile(place, { empty, file });
        case 'recipe':
        case 'instructions':
            return { kind, file, sources: empty, shown: empty };
        case null:
            if (/\.properties$/i.test(file)) return targetFile(place, { empty, file });
            return modelFile(place, { empty, file }, options);
        default:
            return kind satisfies never;
    }
}

/** A target is checked with its application around it: what its directory is, and what instances give. */
function targetFile(
    place: Place,
    { empty, file }: { readonly empty: Sources; readonly file: string },
): LoadedLooseFile {
    return { kind: 'target', file, sources: applicationSources(place, true), shown: empty };
}

function modelFile(
    place: Place,
    { empty, file }: { readonly empty: Sources; readonly file: string },
    options: FileCheckOptions,
): LoadedLooseFile {
    const root = options.importRoot ?? ['graph', 'instances'].find((name) => file.startsWith(`${name}/`)) ?? '';
    const closure = closureOf({ ...place, root }, file, true);
    const { kind } = closure.files[0]?.loaded.declarations ?? { kind: 'empty' };
    const isInstances = kind === 'instances' || (kind !== 'graph' && /\.instances$/i.test(file));
    if (!isInstances) {
        const sources = { ...empty, graph: closure };
        return { kind: 'graph', file, sources, shown: sources };
    }
    const shown = { ...empty, instances: closure };
    return { kind: 'instances', file, sources: { ...shown, graph: graphFor(place, options) }, shown };
}

interface BesideFile {
    readonly kind: 'commands' | 'rules' | 'measures' | 'measureValues';
    readonly file: string;
    readonly empty: Sources;
}

/** A file beside the model is checked against its application, or another one that is given. */
function besideModel(place: Place, { kind, file, empty }: BesideFile, options: FileCheckOptions): LoadedLooseFile {
    const directory = options.application ?? place.directory;
    const around = applicationSources({ ...place, directory }, true);
    const path = directory === place.directory ? file : joinPath(place.directory, file);
    const text = empty.project.textOf(file) ?? '';
    const own: SideFiles = {
        commands: kind === 'commands' ? [parseCommands(text, path)] : [],
        rules: kind === 'rules' ? [rulesOf(empty.project, file, path)] : [],
        measures: kind === 'measures' ? [parseMeasures(text, path)] : [],
        targets: [],
        measureValues: kind === 'measureValues' ? [parseMeasureValues(text, path)] : [],
    };
    return { kind, file: path, sources: around, shown: { ...empty, directory, side: own } };
}

function rulesOf(project: Project, file: string, path: string): RulesFile {
    const text = project.textOf(file);
    return text === null ? unreadableRules(path, project.obstacleTo(file)) : parseRules(text, path);
}

/** Instances are checked against a given graph, else against that of their application. */
function graphFor(place: Place, options: FileCheckOptions): Closure | null {
    if (options.graph === undefined)
        return applicationSources({ ...place, directory: options.application ?? place.directory }, true).graph;
    const graph = normalizePath(options.graph) ?? options.graph;
    const directory = parentOf(graph);
    return closureOf({ ...place, directory, root: '' }, baseNameOf(graph), true);
}

function descriptorFile(empty: Sources, file: string): LoadedLooseFile {
    const text = empty.project.textOf(file);
    const sources = { ...empty, descriptor: text === null ? null : descriptorOf(text, file) };
    return { kind: 'descriptor', file, sources, shown: sources };
}
