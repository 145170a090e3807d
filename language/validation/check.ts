/** Runs the checks that fit what is looked at. No check waits for another one: everything that holds is reported at once. */
import type { CheckOptions, FileCheckOptions } from '../application.ts';
import type { Analysis } from '../application/analysis.ts';
import type { Sources } from '../application/analysis.ts';
import { checkCommands } from '../commands/check-commands.ts';
import type { FileKind } from '../file-kinds.ts';
import type { Finding } from '../finding.ts';
import { checkMeasures, checkMeasureValues } from '../measures/check-measures.ts';
import { checkRules, checkUnreadableRules } from '../rules/check-rules.ts';
import { checkTarget, dataKeysIn } from '../targets/check-target.ts';
import { checkTargetFolder } from '../targets/check-target-directories.ts';
import { mayBeTarget } from '../targets/target-use.ts';
import { checkClosure } from './closures.ts';
import { checkDescriptor } from './descriptor.ts';
import { checkImports } from './graph-imports.ts';
import { checkLoops } from './graph-loops.ts';
import { checkGraphMeaning, type GraphUse } from './graph-meaning.ts';
import { checkGraphNames } from './graph-names.ts';
import { checkInstances } from './instances.ts';
import { checkPositions } from './positions.ts';
import { checkLayout, checkStrayFiles, entryPointPlace } from './project.ts';
import { checkIcons } from './icons.ts';
import { checkInstructionsFile } from './instructions.ts';
import { checkMavenRecipe } from './maven.ts';
import { checkRecipePropertiesFile } from './recipe-properties.ts';
import { checkRecipes } from './recipes.ts';
import { meantNamesIn } from './misspelled-headers.ts';
import { createReport } from './report.ts';
import { uncertaintyIn, type Scope } from './scope.ts';
import { createSuggestions } from './suggestions.ts';
import { unreachedTypesIn } from './unreached-types.ts';

/** Findings that only concern whole applications, left out for reusable recipes. */
const NOT_FOR_RECIPES: ReadonlySet<string> = new Set([
    'RM_ROOT_INSTALLER_MUST_BE_TARGET',
    'RM_UNRESOLVABLE_FACET_VARIABLE',
    'RM_UNREACHABLE_COMPONENT',
    'RM_ORPHAN_FACET',
    'RM_ORPHAN_FACET_WITH_CHILDREN',
]);

/** A file that is checked outside of the closure of an application. */
export interface LooseFile {
    readonly kind: FileKind;
    /** Relative to the application; a whole path when it lies elsewhere. */
    readonly file: string;
    /** What was read of the file itself. */
    readonly shown: Sources;
}

/** All checks of a whole application. */
export function checkAnalysis(analysis: Analysis, options: CheckOptions): readonly Finding[] {
    const findings: Finding[] = [];
    const scope = scopeOf(analysis, findings);
    checkLayout(scope, options);
    if (analysis.descriptor !== null) checkDescriptor(scope, analysis.descriptor);
    if (analysis.graph !== null) {
        checkClosure(scope, analysis.graph, { root: 'graph', entryPlace: entryPointPlace(scope, 'graph') });
        checkGraph(scope, { isWhole: true, entry: analysis.graph.files[0]?.file ?? 'graph' });
        checkRecipes(scope);
    }
    if (analysis.instances !== null) {
        checkClosure(scope, analysis.instances, { root: 'instances', entryPlace: entryPointPlace(scope, 'instance') });
        checkInstances(scope);
    }
    checkSideFiles(scope, analysis);
    checkUnreadableRules(scope);
    checkStrayFiles(scope);
    checkIcons(scope);
    checkPositions(scope);
    const isRecipe = options.recipe || (analysis.maven?.isRecipe ?? false);
    if (isRecipe && analysis.maven !== null) checkMavenRecipe(scope, analysis.maven);
    return isRecipe ? findings.filter((finding) => !NOT_FOR_RECIPES.has(finding.code)) : findings;
}

/** Checks of one file with what it imports; roots and orphan facets only when it is an entry point. */
export function checkLooseFile(analysis: Analysis, loose: LooseFile, options: FileCheckOptions): readonly Finding[] {
    const findings: Finding[] = [];
    const scope = scopeOf(analysis, findings);
    const isWhole = options.isEntryPoint ?? false;
    const entryPlace = { file: loose.file, line: 1, column: 1, endLine: 1, endColumn: 1 };
    switch (loose.kind) {
        case 'graph':
            if (analysis.graph !== null) checkClosure(scope, analysis.graph, { root: 'graph', entryPlace });
            checkGraph(scope, { isWhole, entry: loose.file });
            break;
        case 'instances':
            if (analysis.instances !== null) checkClosure(scope, analysis.instances, { root: 'instances', entryPlace });
            checkInstances(scope);
            break;
        case 'descriptor':
            if (analysis.descriptor !== null) checkDescriptor(scope, analysis.descriptor);
            break;
        case 'target':
            checkLooseTarget(scope, loose.file);
            break;
        case 'recipe':
            checkRecipePropertiesFile(scope, loose.file);
            break;
        case 'commands':
        case 'rules':
        case 'measures':
        case 'measureValues':
            checkSideFiles(scope, loose.shown);
            break;
        case 'instructions':
            checkInstructionsFile(scope, loose.file);
            break;
        default:
            loose.kind satisfies never;
    }
    return findings;
}

/** A directory of target files that is no application's. */
export function checkTargetsAlone(analysis: Analysis): readonly Finding[] {
    const findings: Finding[] = [];
    checkTargetFolder(scopeOf(analysis, findings));
    return findings;
}

/** A properties file of a recipe that is no machine's is none of our business. */
function checkLooseTarget(scope: Scope, file: string): void {
    const { analysis } = scope;
    const target = mayBeTarget(analysis, file) ? analysis.readTarget(file) : null;
    if (target !== null) checkTarget(scope, target, dataKeysIn(analysis.files.tree));
}

/** Commands, rules and probes of `shown`, against the application. */
function checkSideFiles(scope: Scope, { side }: Sources): void {
    checkCommands(scope, side.commands);
    for (const rules of side.rules) checkRules(scope, rules);
    for (const measures of side.measures) checkMeasures(scope, measures);
    for (const values of side.measureValues) checkMeasureValues(scope, values);
}

/** A graph that was right is right as long as it is the same. */
function checkGraph(scope: Scope, use: GraphUse): void {
    const { files, isGraphComplete, known } = scope.analysis;
    const way = JSON.stringify([use, isGraphComplete]);
    if (known.rightGraph?.graph === files.types && known.rightGraph.use === way) return;
    const before = scope.report.foundCount();
    known.checkedBlockCount += files.graph.declarations.length;
    checkGraphNames(scope);
    checkLoops(scope);
    checkGraphMeaning(scope, use);
    checkImports(scope);
    known.rightGraph = scope.report.foundCount() === before ? { graph: files.types, use: way } : null;
}

function scopeOf(analysis: Analysis, findings: Finding[]): Scope {
    return {
        analysis,
        report: createReport(findings),
        suggestions: createSuggestions(),
        meantNames: meantNamesIn(analysis.files.graph),
        unreachedFileOf: unreachedTypesIn(analysis),
        uncertaintyOf: uncertaintyIn(analysis.files),
    };
}
