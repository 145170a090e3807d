/** A small application of shell recipes in a temporary directory, with its model. */
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ApplicationModel, ComponentModel, InstanceModel } from '../../../language/index.ts';

const RANGE = { file: 'graph/main.graph', line: 1, column: 1, endLine: 1, endColumn: 2 };

export interface ComponentSketch {
    readonly installer: string;
    readonly exports?: Readonly<Record<string, string | null>>;
    readonly randomPorts?: readonly string[];
    /** `Name.variable`, `(optional)` after it for optional ones. */
    readonly imports?: readonly string[];
    /** Files of the recipe directory by relative name. */
    readonly recipe?: Readonly<Record<string, string>>;
}

/** A model of components and of instances given as path → component. */
export function sketchModel(
    components: Readonly<Record<string, ComponentSketch>>,
    instances: Readonly<Record<string, string>>,
): ApplicationModel {
    return {
        formatVersion: 1,
        name: 'sketch',
        displayName: 'sketch',
        version: null,
        description: null,
        dslId: null,
        tags: [],
        externalExportsPrefix: null,
        externalExports: {},
        rootComponents: [],
        components: Object.entries(components).map(([name, sketch]) => componentOf(name, sketch)),
        facets: [],
        instances: Object.entries(instances).map(([path, component]) => instanceOf(path, component, components)),
    };
}

function componentOf(name: string, sketch: ComponentSketch): ComponentModel {
    const imports = (sketch.imports ?? []).map((text) => ({
        name: text.replace(' (optional)', ''),
        optional: text.endsWith('(optional)'),
        external: false,
    }));
    return {
        name,
        extends: null,
        installer: sketch.installer,
        resolvedInstaller: sketch.installer,
        facets: [],
        allFacets: [],
        children: [],
        resolvedChildren: [],
        resolvedAncestors: [],
        ownExports: {},
        exports: exportsOf(name, sketch),
        randomPorts: (sketch.randomPorts ?? []).map((variable) => `${name}.${variable}`),
        ownImports: imports,
        imports,
        recipeDirectory: sketch.recipe === undefined ? null : `graph/${name}`,
        description: null,
        range: RANGE,
    };
}

function exportsOf(name: string, sketch: ComponentSketch): Readonly<Record<string, string | null>> {
    const written = Object.entries(sketch.exports ?? {});
    const random = (sketch.randomPorts ?? []).map((variable) => [variable, null] as const);
    return Object.fromEntries([...written, ...random].map(([variable, value]) => [`${name}.${variable}`, value]));
}

function instanceOf(
    path: string,
    component: string,
    components: Readonly<Record<string, ComponentSketch>>,
): InstanceModel {
    const sketch = components[component];
    return {
        path,
        name: path.slice(path.lastIndexOf('/') + 1),
        component,
        channels: [],
        status: 'NOT_DEPLOYED',
        data: {},
        overriddenExports: {},
        exports: sketch === undefined ? {} : exportsOf(component, sketch),
        range: RANGE,
    };
}

/** A directory that removes itself with `using`. */
export function temporaryDirectory(name = 'roboconf test é '): { readonly path: string } & Disposable {
    const path = realpathSync(mkdtempSync(join(tmpdir(), name)));
    return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) };
}

/** Writes the recipes of the sketches below `directory`. */
export function writeRecipes(directory: string, components: Readonly<Record<string, ComponentSketch>>): void {
    for (const [name, { recipe }] of Object.entries(components)) {
        for (const [file, text] of Object.entries(recipe ?? {})) {
            const path = join(directory, 'graph', name, file);
            mkdirSync(dirname(path), { recursive: true });
            writeFileSync(path, text);
            chmodSync(path, 0o644);
        }
    }
}
