/** What an analysis of an application answers. Plain, readonly data in the caller's words; positions are those of the text analysed. */
import type { Finding } from './finding.ts';
import type { FileKind } from './file-kinds.ts';
import type { FileSystem } from './file-system.ts';
import type { ApplicationModel, SourceRange } from './model/application-model.ts';
import type { TargetSource } from './targets/target-source.ts';

export interface Application {
    /** Absolute path of the application's directory. */
    readonly directory: string;
    /** How people call it: the name in the descriptor, or that of the directory. */
    readonly name: string;
    /** Made when it is first asked for, like `declarations` and `references`. */
    readonly model: ApplicationModel;
    /** Every finding of every file, sorted by file, line, column, code. */
    readonly findings: readonly Finding[];
    /** Files that belong to the closure of the entry points, relative, in the order they were reached; the descriptor first. */
    readonly files: readonly string[];
    readonly declarations: readonly Declaration[];
    readonly references: readonly Reference[];
    /** Uses of what other applications export, without targets: the prefix `Lb`, and variables as `Lb.port`. */
    readonly externalReferences: readonly Reference[];
    /** Its target files: those in the recipe directories of its machines, then those of its `targets/`. */
    readonly targets: readonly TargetSource[];
}

/**
 * `command` is a file of instructions, by its bare name; `definition` a variable that `define` makes, as `<command>.<name>`;
 * `rule` and `event` have the names of rules and of what probes emit; `target` the id of a target file; `value` a key of
 * `.measures.properties`, as `<component>.<key>`; `external` what the descriptor exports to other applications: the prefix `Lb`, and `Lb.port`.
 */
export type DeclarationKind =
    | 'component'
    | 'facet'
    | 'instance'
    | 'variable'
    | 'file'
    | 'command'
    | 'definition'
    | 'rule'
    | 'event'
    | 'target'
    | 'value'
    | 'external';

/** A place where a name is introduced. */
export interface Declaration {
    readonly kind: DeclarationKind;
    /** `Tomcat`, `Tomcat.port` (variables, under the type that declares them), `/vm/tomcat` (instances), `graph/main.graph` (files). */
    readonly name: string;
    /** The name itself. */
    readonly range: SourceRange;
    /** The whole block or property item. */
    readonly block: SourceRange;
    readonly description: string | null;
}

/** A place where a name is used: children, extends, facets, imports, `instance of`, overrides, file imports, entry points. */
export interface Reference {
    readonly range: SourceRange;
    readonly name: string;
    readonly targets: readonly Declaration[];
}

export interface CheckOptions {
    /** A reusable recipe project: findings that only concern whole applications are left out. */
    readonly recipe: boolean;
    /** A directory without descriptor is accepted: the first graph file of `graph/` is the entry point. */
    readonly flexible: boolean;
}

/** How a single file is checked. Paths are absolute. */
export interface FileCheckOptions {
    /** The application's directory, where it cannot be told from the file's path. */
    readonly directory?: string;
    /** The directory imports start from, relative to the application's: `graph` or `instances`; by default the one the file stands in. */
    readonly importRoot?: string;
    /** The graph file that instances are checked against; by default the graph of their application. */
    readonly graph?: string;
    /** The directory of the application that instances, commands, rules and probes are checked against; by default their own. */
    readonly application?: string;
    /** The file is an entry point: roots and orphan facets are checked as well. */
    readonly isEntryPoint?: boolean;
    /** What the file is, where its path does not tell. */
    readonly kind?: FileKind;
}

/**
 * The language. One object a process: it keeps parsed files by content, so that analysing again after an edit parses only what changed.
 * Never throws for any input.
 */
export interface Language {
    readonly loadApplication: (fileSystem: FileSystem, directory: string, options?: CheckOptions) => Application;
    /** A file outside an application, or not reached from its entry points: checked with its own imports, without root and orphan checks. */
    readonly checkFile: (fileSystem: FileSystem, file: string, options?: FileCheckOptions) => Application;
    /** Findings about the target files right in a directory, such as `src/main/resources` of a Maven project of targets; places are relative to it. */
    readonly checkTargets: (fileSystem: FileSystem, directory: string) => readonly Finding[];
    /**
     * Whether a directory is a reusable recipe, to be loaded with `recipe` and `flexible`: it has neither a descriptor nor files of instances,
     * or its Maven project says so.
     */
    readonly isRecipeProject: (fileSystem: FileSystem, directory: string) => boolean;
    /** What Roboconf reads of a Maven project, whose directory is given; null when nothing. */
    readonly mavenSourcesOf: (fileSystem: FileSystem, directory: string) => MavenSources | null;
    /** The application's directory a file belongs to: innermost ancestor with `descriptor/`, above `graph/` or `instances/`; null when it stands alone. */
    readonly directoryOf: (fileSystem: FileSystem, file: string) => string | null;
    /** How many files have been parsed so far (a deterministic gate for tests). */
    readonly parsedFileCount: () => number;
    /** How many top-level blocks and imports of files have been parsed so far: those an earlier text of the file has are not parsed again. */
    readonly parsedBlockCount: () => number;
    /** Gives up what is kept of a file, or of everything below a directory, for the next analysis: nobody asks about it any more. */
    readonly forget: (path: string) => void;
    /** Texts that are kept for the next analysis. */
    readonly keptTextCount: () => number;
    /**
     * How many top-level blocks of applications have been checked against the model so far: those that were right, and about which the
     * graph says what it said before, are not checked again.
     */
    readonly checkedBlockCount: () => number;
    /** How many times the types of an application have been resolved so far: not while its graph files stay the same. */
    readonly resolvedGraphCount: () => number;
}

/** Sources of a Maven project: a model, to be loaded as an application, or target files. The directory of targets may be missing. */
export interface MavenSources {
    readonly kind: 'model' | 'targets';
    readonly directory: string;
}
