/** Recipes of the installer `script`: which program each phase finds, and what its templates may say (docs/recipes.md; reference: language, section 9). */
import { RECIPE_PHASES } from '../application/recipe-properties.ts';
import type { RecipePhase, SourceRange } from '../model/application-model.ts';
import { templateTagsIn } from './template-tags.ts';
import { didYouMean, type Scope } from './scope.ts';

/** A component with its recipe directory, relative to the application. */
export interface ScriptRecipe {
    readonly component: string;
    readonly directory: string;
    /** Where facts about the directory are shown: the installer. */
    readonly place: SourceRange;
    /** Whether the files of the directory are to be looked at: one that components share is looked at once. */
    readonly isFirst: boolean;
}

/** What templates are given, at any depth. */
const TEMPLATE_NAMES = ['importLists', 'prefix', 'imports', 'exportedVars', 'name', 'value'];

/** What lies where in a recipe directory: each directory is listed once. */
interface Layout extends ScriptRecipe {
    /** Names of the files right in `scripts/`. */
    readonly scripts: readonly string[];
    /** Names of the templates right in `roboconf-templates/`. */
    readonly templates: readonly string[];
}

/** REC_SCRIPT_NO_SCRIPTS_DIR, and X_RECIPE_ and X_TEMPLATE_ codes of scripts. */
export function checkScriptRecipe(scope: Scope, recipe: ScriptRecipe): void {
    const { project } = scope.analysis;
    const { directory } = recipe;
    const parts = project.directoriesIn(directory);
    const hasScripts = parts.includes('scripts');
    const hasTemplates = parts.includes('roboconf-templates');
    // Templates alone are a recipe too.
    if (!hasScripts && !hasTemplates) return reportNoScripts(scope, recipe);
    if (!recipe.isFirst) return;
    const scripts = hasScripts ? project.filesIn(`${directory}/scripts`) : [];
    const templates = hasTemplates ? project.filesIn(`${directory}/roboconf-templates`) : [];
    const layout = { ...recipe, scripts, templates: templates.filter((name) => name.endsWith('.template')) };
    checkPhases(scope, layout);
    checkUnused(scope, layout);
    for (const name of layout.templates) checkTemplate(scope, `${directory}/roboconf-templates/${name}`);
}

/** Nothing is said of an empty recipe. */
function reportNoScripts(scope: Scope, { component, directory, place }: ScriptRecipe): void {
    if (scope.analysis.project.filesBelow(directory).length === 0) return;
    const message = `The recipe '${directory}' has no directory 'scripts': put the scripts there, as in '${directory}/scripts/start.sh'.`;
    scope.report.add('REC_SCRIPT_NO_SCRIPTS_DIR', place, message, {
        details: { COMPONENT: component, DIRECTORY: directory },
    });
}

function checkPhases(scope: Scope, { directory, place, component, scripts }: Layout): void {
    for (const phase of RECIPE_PHASES) {
        const files = programsOf(phase, scripts);
        if (files.length < 2) continue;
        const message = `'${directory}/scripts' has several programs for '${phase}': keep one of ${files.join(', ')}, or call one '${phase}.sh'.`;
        scope.report.add('X_RECIPE_AMBIGUOUS_SCRIPT', place, message, {
            details: { COMPONENT: component, DIRECTORY: directory, PHASE: phase, FILES: files.join(', ') },
        });
    }
}

/** The programs a phase finds: `<phase>.sh` wins; else all files called like it, whatever the extension. */
function programsOf(phase: RecipePhase, scripts: readonly string[]): readonly string[] {
    if (scripts.includes(`${phase}.sh`)) return [`${phase}.sh`];
    return scripts.filter((name) => name.replace(/\.[^.]*$/, '') === phase);
}

/** Files right in `scripts/` that no phase runs and no other file of the recipe mentions. */
function checkUnused(scope: Scope, { directory, scripts }: Layout): void {
    const used = new Set(RECIPE_PHASES.flatMap((phase) => programsOf(phase, scripts)));
    const candidates = scripts.filter((name) => !used.has(name));
    if (used.size === 0 || candidates.length === 0) return;
    const texts = textsBelow(scope, directory);
    if (texts === null) return;
    for (const name of candidates) {
        const own = `${directory}/scripts/${name}`;
        if (texts.some(({ file, text }) => file !== own && text.includes(name))) continue;
        const message = "Nothing runs or mentions this file: programs are called like their phase, such as 'start.sh'.";
        scope.report.add('X_RECIPE_UNUSED_SCRIPT', startOf(own), message, {
            details: { FILE: own, NAME: name },
        });
    }
}

/** More files than this, or a file that is no text, and nobody knows what is mentioned. */
const MAX_FILES = 100;

function textsBelow(scope: Scope, directory: string): readonly { file: string; text: string }[] | null {
    const { project } = scope.analysis;
    const files = project.filesBelow(directory);
    if (files.length > MAX_FILES) return null;
    const texts = files.map((file) => ({ file, text: project.textOf(file) ?? '' }));
    return texts.some(({ file, text }) => text === '' && file.includes('/scripts/')) ? null : texts;
}

function checkTemplate(scope: Scope, file: string): void {
    const { names, faults } = templateTagsIn(scope.analysis.project.textOf(file) ?? '', file);
    for (const fault of faults) {
        scope.report.add('X_TEMPLATE_INVALID', fault.range, TEMPLATE_FAULTS[fault.kind](fault.name), {
            details: { NAME: fault.name, SHAPE: fault.kind },
        });
    }
    for (const { text, range } of names) {
        if (text === '.' || text.split('.').every((part) => TEMPLATE_NAMES.includes(part))) continue;
        const { hint, details } = didYouMean(scope, text, TEMPLATE_NAMES);
        const message = `Templates know nothing called '${text}': it becomes empty. They know ${TEMPLATE_NAMES.join(', ')}.${hint}`;
        scope.report.add('X_TEMPLATE_UNKNOWN_NAME', range, message, {
            details: { NAME: text, KNOWN: TEMPLATE_NAMES.join(', '), ...details },
        });
    }
}

const TEMPLATE_FAULTS = {
    unclosedTag: () => "This tag is not closed: write '}}' behind it.",
    unclosedSection: (name: string) => `The section '${name}' is not closed: write '{{/${name}}}' behind it.`,
    unopenedSection: (name: string) => `No section '${name}' is open here: it begins with '{{#${name}}}'.`,
} as const;

function startOf(file: string): SourceRange {
    return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}
