/** Cures for names that nothing declares: types, files, imported variables (reference: language, sections 3.4 and 4.3). */
import type { Finding } from '../../../language/index.ts';
import {
    anyOf,
    atSpot,
    create,
    type Cure,
    type Cures,
    didYouMean,
    fix,
    type Fix,
    insert,
    preferred,
    replace,
    replaceSpot,
    type Site,
    type Spot,
    spotAt,
} from './fix.ts';
import { addImport, removeLine } from './lines.ts';
import { addItem, itemAt, propertyIn, propertyOn, removeItemAt } from './properties.ts';
import {
    baseNameOf,
    blockAround,
    componentModel,
    createType,
    declaredParents,
    graphText,
    type PlannedType,
    typeCalled,
    type Written,
} from './types.ts';

/** The file that declares the name exists, but nothing imports it. */
export const importFile: Cure = (finding, site) => {
    const path = finding.details['IMPORT'];
    const source = graphText(site);
    const isGraph = finding.range !== null && /\.graph$/i.test(finding.range.file);
    const home = isGraph && finding.range !== null ? site.textOf(finding.range.file) : source;
    if (path === undefined || home === undefined) return [];
    return [preferred(`Import '${path}' in ${baseNameOf(home.file)}`, [addImport(home, path)])];
};

/** Takes the word out of its list. */
const removeFromList: Cure = atSpot(({ source, start, text }) => {
    const list = propertyOn(source.lineAt(start));
    const removal = removeItemAt(source, start);
    if (list === undefined || removal === undefined) return [];
    return [fix(`Remove '${text}' from '${list.name.text}'`, [removal])];
});

function homeName(site: Site, behind: Written | undefined): string {
    return baseNameOf((behind?.source ?? graphText(site))?.file ?? 'graph/main.graph');
}

/** Whether a better cure than making something exists. */
function hasBetter({ details }: Finding): boolean {
    return details['IMPORT'] !== undefined || details['SUGGESTION'] !== undefined;
}

function creating(spot: Spot, planned: PlannedType, behind: Written | undefined): Fix {
    const title = `Create ${planned.kind} '${planned.name}' in ${homeName(spot.site, behind)}`;
    const changes = createType(spot.site, planned, behind);
    return hasBetter(spot.finding) ? fix(title, changes) : preferred(title, changes);
}

const createChild = atSpot((spot) => {
    const { text, site, range } = spot;
    const behind = blockAround(site, range);
    return [
        creating(spot, { kind: 'component', name: text, body: ['installer: script;'], parents: [] }, behind),
        fix(
            `Create facet '${text}' in ${homeName(site, behind)}`,
            createType(site, { kind: 'facet', name: text, body: [], parents: [] }, behind),
        ),
    ];
});

const createFacet = atSpot((spot) => {
    if (spot.fact('SHAPE') !== '') return [];
    const behind = blockAround(spot.site, spot.range);
    return [creating(spot, { kind: 'facet', name: spot.text, body: [], parents: [] }, behind)];
});

/** The component around an unknown name, when it stands in a graph; the instance around it otherwise. */
const createComponent = atSpot((spot) => {
    const { text, site, range, fact } = spot;
    if (fact('SHAPE') !== '') return [];
    const around = blockAround(site, range);
    if (around?.declaration.kind === 'component') return [creating(spot, superOf(spot, around), around)];
    const parent = parentComponent(spot);
    const parents = parent === undefined ? [] : [parent];
    const body = [`installer: ${parent === undefined ? 'target' : 'script'};`];
    return [creating(spot, { kind: 'component', name: text, body, parents }, undefined)];
});

/** A component to extend takes the place of its heir: parents and kind. */
function superOf({ site, text }: Spot, { declaration }: Written): PlannedType {
    const parents = declaredParents(site, declaration.name);
    const installer = componentModel(site, declaration.name)?.installer ?? (parents.length > 0 ? 'script' : 'target');
    return { kind: 'component', name: text, body: [`installer: ${installer};`], parents };
}

/** The component of the instance around one. */
function parentComponent({ site, range }: Spot): string | undefined {
    const own = blockAround(site, range)?.declaration;
    const parentPath = own?.name.slice(0, own.name.lastIndexOf('/'));
    return site.application.model.instances.find(({ path }) => path === parentPath)?.component;
}

/** `extends: aFacet;` in a component becomes `facets: aFacet;`. */
const extendedFacet = atSpot(({ source, start, text, site, range, fact }) => {
    if (fact('SHAPE') !== 'extendedFacet') return [];
    const property = propertyOn(source.lineAt(start));
    const block = blockAround(site, range)?.declaration.block;
    if (property === undefined || block === undefined) return [];
    const facets = propertyIn(source, block, 'facets');
    const changes =
        facets === undefined
            ? [replace(source, property.name.start, property.name.end, 'facets')]
            : [addItem(source, block, 'facets', text), removeLine(source, property.line)];
    return [preferred(`List '${text}' in 'facets'`, changes)];
});

const MOST_CHOICES = 6;

/** An instance is made of a component: one action for each that has the facet. */
const componentOfFacet = atSpot((spot) => {
    if (spot.fact('SHAPE') !== 'facet') return [];
    const wearers = spot.site.application.model.components.filter(({ allFacets }) => allFacets.includes(spot.text));
    const make = wearers.length === 1 ? preferred : fix;
    return wearers.slice(0, MOST_CHOICES).map(({ name }) => make(`Change to '${name}'`, [replaceSpot(spot, name)]));
});

/** A component among the facets: what the component means to take over from is extended. */
const componentAsFacet = atSpot(({ source, start, text, site, range, fact }) => {
    const around = blockAround(site, range);
    if (fact('SHAPE') !== 'component' || around?.declaration.kind !== 'component') return [];
    const { block } = around.declaration;
    const removal = removeItemAt(source, start);
    if (removal === undefined || propertyIn(source, block, 'extends') !== undefined) return [];
    return [fix(`Extend '${text}' instead`, [addItem(source, block, 'extends', text), removal])];
});

/** The item of an import: where the finding stands, else, for an importing heir, in the type that it inherits it from. */
function importSpot(spot: Spot): Spot {
    const { finding, site } = spot;
    const isImport = ({ source, start }: Spot): boolean =>
        propertyOn(source.lineAt(start))?.name.text === 'imports' && itemAt(source, start) !== undefined;
    const places = finding.related.flatMap(({ range }) => spotAt(finding, site, range) ?? []);
    return [spot, ...places].find(isImport) ?? spot;
}

const removeImport: Cure = atSpot((spot) => {
    const { source, start, text } = importSpot(spot);
    const removal = removeItemAt(source, start);
    return removal === undefined ? [] : [fix(`Remove the import of '${text}'`, [removal])];
});

const suggestedVariable: Cure = atSpot((spot) => {
    const suggestion = spot.fact('SUGGESTION');
    if (suggestion === '') return [];
    return [preferred(`Change to '${suggestion}'`, [replaceSpot(importSpot(spot), suggestion)])];
});

const knownVariables: Cure = atSpot((spot) => {
    const known = spot
        .fact('KNOWN')
        .split(', ')
        .filter((name) => name !== '' && name !== spot.fact('SUGGESTION'));
    return known.map((name) => fix(`Import '${name}' instead`, [replaceSpot(importSpot(spot), name)]));
});

/** The type exists, and lacks the variable. */
const exportVariable: Cure = atSpot((spot) => {
    const prefix = spot.fact('PREFIX');
    const type = typeCalled(spot.site, prefix);
    const variable = spot.fact('VARIABLE').slice(prefix.length + 1);
    if (type === undefined || variable === '' || variable === '*') return [];
    const title = `Export '${variable}' from '${prefix}' in ${baseNameOf(type.source.file)}`;
    const changes = [addItem(type.source, type.declaration.block, 'exports', exportOf(variable))];
    return [hasBetter(spot.finding) ? fix(title, changes) : preferred(title, changes)];
});

/** What a variable nobody gave a value yet is exported as: the address is set at run time, ports have a likely value. */
function exportOf(variable: string): string {
    const value = placeholderOf(variable);
    return value === null ? variable : `${variable} = ${value}`;
}

/** A value to begin with; null for variables that are set at run time. */
export function placeholderOf(variable: string): string | null {
    const simple = variable.slice(variable.lastIndexOf('.') + 1);
    if (simple.toLowerCase() === 'ip') return null;
    return /port$/i.test(simple) ? '8080' : 'value';
}

/** What all imports of an unknown type ask for together. */
function variablesWanted({ application }: Site, prefix: string): readonly string[] {
    const asked = application.findings
        .filter(({ details }) => details['SHAPE'] === 'unknownPrefix' && details['PREFIX'] === prefix)
        .map(({ details }) => (details['VARIABLE'] ?? '').slice(prefix.length + 1));
    const named = [...new Set(asked)].filter((variable) => variable !== '*' && variable !== '');
    return named.length > 0 ? named : ['ip'];
}

const createExporter: Cure = atSpot((spot) => {
    const { site, fact, range } = spot;
    if (fact('SHAPE') !== 'unknownPrefix') return [];
    const around = blockAround(site, range);
    const name = fact('PREFIX');
    const parents = around === undefined ? [] : declaredParents(site, around.declaration.name);
    const body = [
        `installer: ${parents.length > 0 ? 'script' : 'target'};`,
        `exports: ${variablesWanted(site, name).map(exportOf).join(', ')};`,
    ];
    return [creating(spot, { kind: 'component', name, body, parents }, around)];
});

const makeExternal: Cure = atSpot((spot) => {
    if (spot.fact('SHAPE') !== 'unknownPrefix') return [];
    const { source, start } = importSpot(spot);
    return [fix("Import it from another application: write 'external'", [insert(source, start, 'external ')])];
});

/** Nothing has the facet: one action for each component that could. */
const wearFacet: Cure = (finding, site) => {
    const facet = finding.details['FACET'] ?? '';
    // A facet that extends itself exports nothing, and one whose name is spelled otherwise is exported already.
    if (finding.details['SHAPE'] !== undefined) return [];
    const importer = finding.range === null ? undefined : blockAround(site, finding.range)?.declaration.name;
    const others = site.application.model.components.filter(({ name }) => name !== importer);
    return others.slice(0, MOST_CHOICES).flatMap(({ name }) => {
        const type = typeCalled(site, name);
        if (type === undefined) return [];
        const change = addItem(type.source, type.declaration.block, 'facets', facet);
        return [fix(`Give '${name}' the facet '${facet}'`, [change])];
    });
};

const makeOptional: Cure = atSpot((spot) => {
    const { source, start } = importSpot(spot);
    const found = itemAt(source, start);
    if (found === undefined || /\(optional\)$/i.test(found.item.text)) return [];
    return [
        preferred(`Make the import of '${spot.fact('VARIABLE')}' optional`, [
            insert(source, found.item.end, ' (optional)'),
        ]),
    ];
});

const removeLink: Cure = atSpot(({ source, start, text }) => {
    const line = source.lineAt(start);
    return /^\s*import\s/i.test(line.code) ? [fix(`Remove the import of '${text}'`, [removeLine(source, line)])] : [];
});

const createFile: Cure = (finding, site) => {
    const { PATH: path, SUGGESTION: suggestion } = finding.details;
    if (path === undefined || site.textOf(path) !== undefined) return [];
    const title = `Create the file '${path}'`;
    return [suggestion === undefined ? preferred(title, [create(path, '')]) : fix(title, [create(path, '')])];
};

/** A file of the same name stands in the application. */
const fileInside: Cure = atSpot((spot) => {
    const root = spot.fact('ROOT');
    const same = spot.site.filesBelow(root).filter((file) => baseNameOf(file) === baseNameOf(spot.fact('FILE')));
    return same.slice(0, MOST_CHOICES).map((file) => preferred(`Change to '${file}'`, [replaceSpot(spot, file)]));
});

const withImport = [importFile, didYouMean] as const;

export const UNKNOWN_NAME_CURES: Cures = {
    CO_UNREACHABLE_FILE: anyOf(didYouMean, createFile, removeLink),
    CO_NOT_A_GRAPH: removeLink,
    CO_NOT_INSTANCES: removeLink,
    CO_INEXISTING_CHILD: anyOf(...withImport, createChild, removeFromList),
    CO_INEXISTING_COMPONENT: anyOf(...withImport, extendedFacet, componentOfFacet, createComponent),
    CO_INEXISTING_FACET: anyOf(...withImport, componentAsFacet, createFacet, removeFromList),
    P_IO_ERROR: removeLink,
    RM_COMPONENT_IMPORTS_EXPORTS: anyOf(makeOptional, removeImport),
    RM_UNRESOLVABLE_VARIABLE: anyOf(
        importFile,
        suggestedVariable,
        exportVariable,
        createExporter,
        knownVariables,
        makeExternal,
        removeImport,
    ),
    RM_UNRESOLVABLE_FACET_VARIABLE: anyOf(suggestedVariable, wearFacet, removeImport),
    X_IMPORT_OUTSIDE: anyOf(fileInside, removeLink),
};
