/** Everything known about an application once its files are read: what checks look at, and what the ApplicationModel is made from. */
import type { Finding } from '../finding.ts';
import type { ApplicationModel } from '../model/application-model.ts';
import type { FileDeclarations } from '../model/declarations.ts';
import { recordOf } from '../model/instance-exports.ts';
import type { KnownBlocks } from '../model/known-blocks.ts';
import { modelPartsOf, resolveFiles, type ResolvedFiles } from '../model/resolve.ts';
import type { Closure, ReachedFile } from './closure.ts';
import { DESCRIPTOR_FILE, type Descriptor } from './descriptor.ts';
import type { MavenProject } from './maven.ts';
import type { ApplicationMemory } from './memory.ts';
import { baseNameOf } from './paths.ts';
import type { Project } from './project.ts';
import type { SideFiles } from './side-files.ts';
import { stepPoliciesIn } from './recipe-properties.ts';
import { recipeDirectoriesIn } from './recipe-directories.ts';
import type { TargetFile } from '../targets/target-file.ts';
import { targetFilesIn } from '../targets/target-use.ts';

/** What was read. */
export interface Sources {
    /** Absolute path of the application. */
    readonly directory: string;
    readonly project: Project;
    /** Null when there is none, or it cannot be read. */
    readonly descriptor: Descriptor | null;
    /** Null when there is no entry point to start from. */
    readonly graph: Closure | null;
    readonly instances: Closure | null;
    readonly side: SideFiles;
    /** Reads a target file, relative to the application; null when that cannot be. */
    readonly readTarget: (file: string) => TargetFile | null;
    /** The Maven project that builds the application; null when there is none. */
    readonly maven: MavenProject | null;
}

export interface Analysis extends Sources {
    readonly files: ResolvedFiles;
    /** What earlier analyses found right. */
    readonly known: KnownBlocks;
    /** Whether every graph file that is asked for was read. Otherwise nothing can be said about names that are not found. */
    readonly isGraphComplete: boolean;
    /** The recipe directory of a component, own or inherited, relative to the application. */
    readonly recipeDirectoryOf: (component: string) => string | null;
}

/** Resolves what was read; of a graph that did not change, nothing anew. */
export function analysisOf(sources: Sources, memory: ApplicationMemory): Analysis {
    const graph = memory.resolvedGraphOf(declarationsIn(sources.graph));
    const files = resolveFiles(graph, declarationsIn(sources.instances));
    const recipeDirectoryOf = recipeDirectoriesIn(sources.project, files.graph);
    const targets = targetFilesIn({ ...sources, files, recipeDirectoryOf });
    return {
        ...sources,
        side: { ...sources.side, targets },
        files,
        known: memory.known,
        isGraphComplete:
            sources.graph !== null && sources.graph.failures.length === 0 && sources.graph.files.every(isGraphFile),
        recipeDirectoryOf,
    };
}

/** How people call the application: the name in the descriptor, diacritics included; empty there, or without descriptor, its directory. */
export function applicationNameOf({ descriptor, directory }: Analysis): string {
    return descriptor?.displayName || baseNameOf(directory);
}

/** The ApplicationModel of an analysis; without descriptor, the application is named after its directory. */
export function modelOf(analysis: Analysis): ApplicationModel {
    const { descriptor } = analysis;
    return {
        formatVersion: 1,
        ...(descriptor === null ? factsWithout(baseNameOf(analysis.directory)) : factsIn(descriptor)),
        ...partsOf(analysis),
    };
}

/** What the files say of types and instances, and what the recipe directories say of the components. */
function partsOf({ files, project, recipeDirectoryOf }: Analysis): ReturnType<typeof modelPartsOf> {
    const parts = modelPartsOf(files, recipeDirectoryOf);
    const policiesOf = stepPoliciesIn(project);
    const components = parts.components.map((component) => {
        const policies = component.recipeDirectory === null ? undefined : policiesOf(component.recipeDirectory);
        return policies === undefined ? component : { ...component, policies };
    });
    return { ...parts, components };
}

type DescriptorFacts = Omit<ApplicationModel, 'formatVersion' | keyof ReturnType<typeof modelPartsOf>>;

function factsIn(descriptor: Descriptor): DescriptorFacts {
    const { name, displayName, version, description, dslId, tags, exportsPrefix, exports } = descriptor;
    const exported = exports.flatMap(({ parts }) => (parts === null ? [] : [[parts.variable, parts.name] as const]));
    const externalExports = recordOf(exported);
    return {
        name,
        displayName,
        version,
        description,
        dslId,
        tags,
        externalExportsPrefix: exportsPrefix,
        externalExports,
    };
}

function factsWithout(name: string): DescriptorFacts {
    const nothing = { version: null, description: null, dslId: null, externalExportsPrefix: null };
    return { ...nothing, name, displayName: name, tags: [], externalExports: recordOf([]) };
}

/** Files of the closures and beside them, the descriptor first. */
export function reachedFiles(sources: Sources): readonly string[] {
    const reached = [...(sources.graph?.files ?? []), ...(sources.instances?.files ?? [])].map(({ file }) => file);
    const { commands, rules, measures, measureValues, targets } = sources.side;
    const beside = [...commands, ...rules, ...measures, ...measureValues, ...targets].map(({ file }) => file);
    return [...new Set([...(sources.descriptor === null ? [] : [DESCRIPTOR_FILE]), ...reached, ...beside])];
}

/** What the parsers found in the files of the closures and beside them. */
export function parsingFindings(sources: Sources): readonly Finding[] {
    const files = new Map(
        [...(sources.graph?.files ?? []), ...(sources.instances?.files ?? [])].map((reached) => [
            reached.file,
            reached,
        ]),
    );
    const { commands, rules, measures } = sources.side;
    const beside = [...commands, ...rules, ...measures].flatMap(({ findings }) => findings);
    return [...[...files.values()].flatMap(findingsOf), ...beside];
}

function findingsOf({ file, loaded }: ReachedFile): readonly Finding[] {
    return loaded.findings.map((finding) => ({
        ...finding,
        range: { file, ...finding.range },
        related: finding.related.map((place) => ({ message: place.message, range: { file, ...place.range } })),
    }));
}

function declarationsIn(closure: Closure | null): readonly FileDeclarations[] {
    return (closure?.files ?? []).map((reached) => reached.loaded.declarations);
}

/** Whether a file may stand among graph files (reference: language, section 2.9). */
function isGraphFile({ loaded }: ReachedFile): boolean {
    const { kind } = loaded.declarations;
    return kind === 'graph' || kind === 'aggregator' || kind === 'empty';
}
