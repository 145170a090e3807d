/**
 * Application models from a few lines, without the language: tests of the engine say only what matters to it.
 *
 *     VM is target gives ip
 *     Worker as Web gives ip port=80 random:admin needs Store.ip Cache.*? external:LB.ip
 *     /vm VM
 *     /vm/worker Worker port=81
 *
 * A component line starts with its name; `as` names facets it exports under too, `?` marks an optional import. A line that
 * starts with `/` is an instance with overridden exports. Parents come before their children.
 */
import type { ApplicationModel, ComponentModel, ImportedVariable, InstanceModel } from '../../language/index.ts';

const RANGE = { file: 'test', line: 1, column: 1, endLine: 1, endColumn: 1 };

export function modelOf(text: string): ApplicationModel {
    const lines = text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'));
    const components = lines.filter((line) => !line.startsWith('/')).map(componentOf);
    const byName = new Map(components.map((component) => [component.name, component]));
    return {
        formatVersion: 1,
        name: 'test',
        displayName: 'test',
        version: null,
        description: null,
        dslId: null,
        tags: [],
        externalExportsPrefix: null,
        externalExports: {},
        rootComponents: [],
        components,
        facets: [],
        instances: lines.filter((line) => line.startsWith('/')).map((line) => instanceOf(line, byName)),
    };
}

interface Section {
    readonly is: string[];
    readonly as: string[];
    readonly gives: string[];
    readonly needs: string[];
}

function sectionsOf(words: readonly string[]): Section {
    const sections: Section = { is: [], as: [], gives: [], needs: [] };
    let current: string[] = [];
    for (const word of words) {
        if (word === 'is' || word === 'as' || word === 'gives' || word === 'needs') current = sections[word];
        else current.push(word);
    }
    return sections;
}

function componentOf(line: string): ComponentModel {
    const [name = '', ...words] = line.split(/\s+/);
    const sections = sectionsOf(words);
    const given = sections.gives.flatMap((each) => {
        const [variable = '', value = null] = each.replace(/^random:/, '').split('=');
        const isRandom = each.startsWith('random:');
        return [name, ...sections.as].map((prefix) => ({ name: `${prefix}.${variable}`, value, isRandom }));
    });
    const exports = Object.fromEntries(given.map((variable) => [variable.name, variable.value]));
    const randomPorts = given.filter((variable) => variable.isRandom).map((variable) => variable.name);
    return {
        name,
        extends: null,
        installer: sections.is[0] ?? 'script',
        resolvedInstaller: sections.is[0] ?? 'script',
        facets: sections.as,
        allFacets: sections.as,
        children: [],
        resolvedChildren: [],
        resolvedAncestors: [],
        ownExports: {},
        exports,
        randomPorts,
        ownImports: [],
        imports: sections.needs.map(importOf),
        recipeDirectory: null,
        description: null,
        range: RANGE,
    };
}

function importOf(word: string): ImportedVariable {
    return {
        name: word.replace(/^external:/, '').replace(/\?$/, ''),
        optional: word.endsWith('?'),
        external: word.startsWith('external:'),
    };
}

function instanceOf(line: string, components: ReadonlyMap<string, ComponentModel>): InstanceModel {
    const [, path = '', component = '', rest = ''] = /^(\/[^\t]*?) ([A-Za-z][\w-]*)((?: \S+=\S*)*)$/.exec(line) ?? [];
    const overridden = Object.fromEntries(
        rest.split(' ').flatMap((word) => (word === '' ? [] : [[word.split('=')[0] ?? '', word.split('=')[1] ?? '']])),
    );
    const exports = { ...components.get(component)?.exports };
    for (const [name, value] of Object.entries(overridden)) {
        const full = Object.keys(exports).filter((each) => each === name || each.endsWith(`.${name}`));
        for (const each of full.length === 0 ? [name] : full) exports[each] = value;
    }
    return {
        path,
        name: path.slice(path.lastIndexOf('/') + 1),
        component,
        channels: [],
        status: 'NOT_DEPLOYED',
        data: {},
        overriddenExports: overridden,
        exports,
        range: RANGE,
    };
}
