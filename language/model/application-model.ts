/**
 * The ApplicationModel: what a set of model files means, with everything resolved.
 * It is the contract between the language and everything else (runner, graph, command line) and has a documented JSON form.
 *
 * Invariants:
 * 1. Plain, readonly, serialisable data; no reference back into syntax trees or files.
 * 2. Always present, whatever errors the files have: what could be understood is in it.
 * 3. `instances` lists parents before their children, siblings in file order, copies made by `count` in order.
 */

/** The place of a declaration. Lines and columns are 1-based, columns in UTF-16 units, the end is exclusive. */
export interface SourceRange {
    /** Path relative to the application's directory, with `/`. */
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
}

/** Full variable name (`Prefix.name`) to value; `null` = no value in the model (the runner supplies or leaves it out). */
export type VariableValues = Readonly<Record<string, string | null>>;

export interface ExportedVariable {
    readonly value: string | null;
    /** The kind written in `random[kind]`, absent for ordinary variables. */
    readonly random?: string;
}

export interface ImportedVariable {
    /** As written: `Prefix.name` or `Prefix.*`. */
    readonly name: string;
    readonly optional: boolean;
    readonly external: boolean;
}

/** Actions of a component that can have a policy of their own. */
export type RecipePhase = 'deploy' | 'start' | 'update' | 'stop' | 'undeploy';

/** How long one recipe action of a component may take, and how often it is tried again when it fails (docs/recipes.md). */
export interface StepPolicy {
    /** Milliseconds; null when the recipe says nothing, so that the default counts. */
    readonly timeoutMs: number | null;
    /** Attempts after the first one. */
    readonly retries: number;
    /** Milliseconds before the first retry. */
    readonly retryDelayMs: number;
    /** Each later delay is the one before times this. */
    readonly retryFactor: number;
    /** Of `stop` and `undeploy` alone: false when the recipe is left out as soon as the parent goes the same way. */
    readonly cascade?: false;
}

export type StepPolicies = Readonly<Record<RecipePhase, StepPolicy>>;

export interface ComponentModel {
    readonly name: string;
    readonly extends: string | null;
    /** The installer written in this component. */
    readonly installer: string | null;
    /** The nearest installer along the extended components. */
    readonly resolvedInstaller: string | null;
    readonly facets: readonly string[];
    /** Facets of this component and of all it extends, with the facets those extend. */
    readonly allFacets: readonly string[];
    /** Names as written in `children`. */
    readonly children: readonly string[];
    /** Components whose instances may be placed under an instance of this one. */
    readonly resolvedChildren: readonly string[];
    /** Components under whose instances an instance of this one may be placed; empty = root component. */
    readonly resolvedAncestors: readonly string[];
    readonly ownExports: Readonly<Record<string, ExportedVariable>>;
    /** Everything exported after inheritance, facets and replication. */
    readonly exports: VariableValues;
    /** Full names in `exports` whose value is a random port. */
    readonly randomPorts: readonly string[];
    readonly ownImports: readonly ImportedVariable[];
    /** Imports of this component and of all it extends; the nearest declaration of a name wins. */
    readonly imports: readonly ImportedVariable[];
    /** The recipe directory, relative to the application (`graph/Tomcat`), own or inherited; null when there is none. */
    readonly recipeDirectory: string | null;
    /** What `recipe.properties` of the recipe directory says; absent when there is no such file. */
    readonly policies?: StepPolicies;
    /** Text of the comment lines right above the declaration. */
    readonly description: string | null;
    readonly range: SourceRange;
}

export interface FacetModel {
    readonly name: string;
    readonly extends: readonly string[];
    readonly children: readonly string[];
    readonly ownExports: Readonly<Record<string, ExportedVariable>>;
    readonly exports: VariableValues;
    readonly description: string | null;
    readonly range: SourceRange;
}

export interface InstanceModel {
    /** `/` + names from the root joined with `/`; identifies the instance within the application. */
    readonly path: string;
    readonly name: string;
    readonly component: string;
    readonly channels: readonly string[];
    /** Status written in the file (`instance-state`), else `NOT_DEPLOYED`. */
    readonly status: string;
    readonly data: Readonly<Record<string, string>>;
    readonly overriddenExports: Readonly<Record<string, string>>;
    /** What the instance exports, overrides applied, `$(ROBOCONF_…)` still in place. */
    readonly exports: VariableValues;
    readonly range: SourceRange;
}

export interface ApplicationModel {
    /** Version of this JSON form. */
    readonly formatVersion: 1;
    /** Name without diacritics; the deployment's default name. */
    readonly name: string;
    readonly displayName: string;
    readonly version: string | null;
    readonly description: string | null;
    readonly dslId: string | null;
    readonly tags: readonly string[];
    readonly externalExportsPrefix: string | null;
    /** Graph variable to the name it has outside (without the prefix). */
    readonly externalExports: Readonly<Record<string, string>>;
    readonly rootComponents: readonly string[];
    readonly components: readonly ComponentModel[];
    readonly facets: readonly FacetModel[];
    readonly instances: readonly InstanceModel[];
}
