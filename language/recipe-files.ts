/** Skeletons of recipes: one script a phase, which names the variables that are there when it runs (docs/recipes.md). */
import type { ApplicationModel, ComponentModel } from './model/application-model.ts';

/** A file that is about to be written. */
export interface RecipeFile {
    /** Relative to the application, with `/`. */
    readonly path: string;
    readonly content: string;
}

/** Components without a recipe folder of their own or of a component they extend. */
export function componentsWithoutRecipe({ components }: ApplicationModel): readonly ComponentModel[] {
    return components.filter(({ recipeDirectory }) => recipeDirectory === null);
}

/** The recipe of a component, relative to the application's directory. */
export function recipeFiles(model: ApplicationModel, component: ComponentModel): readonly RecipeFile[] {
    const folder = `graph/${component.name}`;
    const installer = component.resolvedInstaller?.toLowerCase();
    if (installer === 'script') {
        const scripts = scriptsOf(model, component);
        return scripts.map(({ path, content }) => ({ path: `${folder}/scripts/${path}`, content }));
    }
    if (installer === 'target') return [{ path: `${folder}/target.properties`, content: targetOf(component) }];
    return [{ path: `${folder}/README.md`, content: readmeOf(component) }];
}

interface ScriptPhase {
    readonly phase: 'deploy' | 'start' | 'update' | 'stop' | 'undeploy';
    readonly purpose: string;
}

const PHASES: readonly ScriptPhase[] = [
    { phase: 'deploy', purpose: 'Puts an instance in place. Nothing runs yet, and imports may not be there.' },
    { phase: 'start', purpose: 'Starts an instance. It runs once every import that is not optional is there.' },
    { phase: 'update', purpose: 'An import came, went or changed while the instance was started.' },
    { phase: 'stop', purpose: 'Stops what the start script has started.' },
    { phase: 'undeploy', purpose: 'Takes away what the deploy script has put outside the directory of the instance.' },
];

function scriptsOf(model: ApplicationModel, component: ComponentModel): readonly RecipeFile[] {
    const phases = PHASES.filter(({ phase }) => phase !== 'update' || component.imports.length > 0);
    const variables = variablesOf(model, component);
    return phases.map(({ phase, purpose }) => ({
        path: `${phase}.sh`,
        content: script({ phase, purpose }, [...variables, ...(phase === 'update' ? UPDATE_VARIABLES : [])]),
    }));
}

function script({ phase, purpose }: ScriptPhase, variables: readonly Variable[]): string {
    const width = Math.max(...variables.map(({ name }) => name.length));
    const rows = variables.map(({ name, meaning }) => `#   $${name.padEnd(width)}  ${meaning}`.trimEnd());
    return [
        '#!/bin/sh',
        `# ${purpose}`,
        '# Exit code 0 means that it is done; any other is a failure. Variables:',
        ...rows,
        'set -eu',
        '',
        `echo "${phase} of $ROBOCONF_INSTANCE_PATH"`,
        '',
    ].join('\n');
}

interface Variable {
    readonly name: string;
    readonly meaning: string;
}

const CONTRACT: readonly Variable[] = [
    { name: 'ROBOCONF_INSTANCE_PATH', meaning: 'path of the instance, such as /machine/part' },
    { name: 'ROBOCONF_INSTANCE_NAME', meaning: 'its name' },
    { name: 'ROBOCONF_FILES_DIR', meaning: "the folder 'files' of this recipe, absolute" },
];

const UPDATE_VARIABLES: readonly Variable[] = [
    { name: 'ROBOCONF_UPDATE_KIND', meaning: 'added, changed or removed' },
    { name: 'ROBOCONF_IMPORT_CHANGED_INSTANCE_PATH', meaning: 'path of the instance that came, went or changed' },
    { name: 'ROBOCONF_IMPORT_CHANGED_COMPONENT', meaning: 'the component or facet it is imported by' },
];

function variablesOf(model: ApplicationModel, component: ComponentModel): readonly Variable[] {
    return [
        ...ownVariables(component),
        ...importedVariables(model, component),
        ...ancestorVariables(model, component),
        ...CONTRACT,
    ];
}

function ownVariables({ exports, randomPorts }: ComponentModel): readonly Variable[] {
    const random = new Set(randomPorts.map(variableOf));
    const names = new Set(Object.keys(exports).map(variableOf));
    return [...names].map((name) => ({ name, meaning: random.has(name) ? 'own export, a free port' : 'own export' }));
}

function importedVariables(model: ApplicationModel, { imports }: ComponentModel): readonly Variable[] {
    const prefixes = new Set(imports.map(({ name }) => prefixOf(name)));
    return [...prefixes].flatMap((prefix) => {
        const concerned = imports.filter(({ name }) => prefixOf(name) === prefix);
        const names = new Set(concerned.flatMap(({ name }) => namesOf(model, name)));
        const variable = cleaned(prefix);
        const from = concerned.every(({ external }) => external) ? ' of another application' : '';
        return [
            { name: `${variable}_size`, meaning: `number of imported instances of ${prefix}${from}` },
            { name: `${variable}_0_name`, meaning: 'path of the first; _1_, _2_ and so on for the others' },
            ...[...names].map((name) => ({ name: `${variable}_0_${name}`, meaning: 'its export' })),
        ];
    });
}

/** Local names an import stands for; all of a prefix for a wildcard. */
function namesOf(model: ApplicationModel, imported: string): readonly string[] {
    if (!imported.endsWith('.*')) return [variableOf(imported)];
    const prefix = prefixOf(imported);
    const type = [...model.components, ...model.facets].find(({ name }) => name === prefix);
    return Object.keys(type?.exports ?? {}).map(variableOf);
}

function ancestorVariables(model: ApplicationModel, component: ComponentModel): readonly Variable[] {
    return ancestorsOf(model, component).flatMap(({ name, exports }) =>
        [...new Set(Object.keys(exports).map(variableOf))].map((variable) => ({
            name: `ANCESTOR_${cleaned(name)}_${variable}`,
            meaning: `export of the ${name} it is placed on`,
        })),
    );
}

/** Components above, at any distance. */
function ancestorsOf({ components }: ApplicationModel, component: ComponentModel): readonly ComponentModel[] {
    const found = new Set<string>();
    const visit = (names: readonly string[]): void => {
        for (const name of names.filter((each) => !found.has(each))) {
            found.add(name);
            visit(components.find((each) => each.name === name)?.resolvedAncestors ?? []);
        }
    };
    visit(component.resolvedAncestors);
    return components.filter(({ name }) => found.has(name) && name !== component.name);
}

function prefixOf(name: string): string {
    return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}

function variableOf(name: string): string {
    return cleaned(name.slice(name.lastIndexOf('.') + 1));
}

function cleaned(name: string): string {
    return name.replaceAll(/[^a-zA-Z0-9_]/g, '_');
}

function targetOf({ name }: ComponentModel): string {
    return [
        `id = ${name}-on-this-computer`,
        'name = This computer',
        `description = Each ${name} of the model is a directory of this computer.`,
        'handler = local',
        '',
    ].join('\n');
}

function readmeOf({ name, resolvedInstaller }: ComponentModel): string {
    const installer =
        resolvedInstaller === null ? 'Its installer is not given yet.' : `Installer: ${resolvedInstaller}.`;
    return `# ${name}\n\nThe recipe of the component ${name}. ${installer}\n`;
}
