/** The cards of types and variables, as Markdown. */
import type { ImportedVariable, InstanceModel } from '../../../language/index.ts';
import { instancesOf } from '../instances.ts';
import {
    lineageOf,
    prefixOf,
    type Scope,
    simpleNameOf,
    type TypeModel,
    typeOf,
    typesOf,
    type VariableFacts,
    variablesOf,
} from '../scope.ts';
import { RECIPE_FOLDERS } from '../vocabulary/recipes.ts';
import { escapeMarkdown, inlineCode, typeWords, valueWords } from '../wording.ts';
import { cell, lineByLine, list, nameList, paragraphs, relation, table } from './markdown.ts';

/** Instances beyond this are counted, not named. */
const MOST_INSTANCES = 5;

/** A component or facet: description, what it exports and from where, what it imports, who imports it, where it stands. */
export function typeMarkdown(scope: Scope, type: TypeModel): string {
    return paragraphs([
        `**${escapeMarkdown(type.name)}** — ${escapeMarkdown(typeWords(type))}`,
        escapeMarkdown(type.description ?? ''),
        type.kind === 'component' ? installerLine(scope, type) : '',
        variableTable(variablesOf(scope, type), type.name),
        type.kind === 'component' ? importsList(scope, type.imports) : '',
        lineByLine(relationLines(scope, type)),
    ]);
}

/**
 * A variable, or all those of a prefix (`Tomcat.*`): values, who exports them, who imports them, and which instances change them. `note` is Markdown
 * that comes right below the title.
 */
export function variableMarkdown(scope: Scope, name: string, note = ''): string {
    const isAll = name.endsWith('.*');
    const exporters = exportersOf(scope, name);
    const known = typeOf(scope, prefixOf(name)) ?? exporters[0];
    if (known === undefined) return '';
    const facts = variablesOf(scope, known).filter((variable) => matches(variable.fullName, name));
    const [first] = facts;
    if (first === undefined) return '';
    return paragraphs([
        `**${escapeMarkdown(name)}** — ${isAll ? `all variables of ${escapeMarkdown(prefixOf(name))}` : variableWords(scope, known, first)}`,
        note,
        isAll ? variableTable(facts, known.name) : '',
        lineByLine([
            exportersLine(exporters),
            relation('Imported by', importersOf(scope, known, facts)),
            isAll ? '' : overridesLine(scope, name),
        ]),
    ]);
}

/** What an import of a component means: whether it waits for it, and which instances give it. */
export function importMarkdown(scope: Scope, one: ImportedVariable): string {
    if (one.external)
        return `**${escapeMarkdown(one.name)}** — external\n\nComes from another application, under the \`exports-prefix\` ${inlineCode(prefixOf(one.name))} of its descriptor.`;
    const need = one.optional
        ? '_Optional: instances start without it._'
        : '_Needed: instances wait for it before they start._';
    return paragraphs([variableMarkdown(scope, one.name, need), providersTable(scope, one.name)]);
}

/** Instances that give a variable, with its value. */
function providersTable(scope: Scope, name: string): string {
    if (name.endsWith('.*')) return '';
    const instances = scope.applications.flatMap(({ model }) => model.instances);
    const givers = instances.filter((instance) => Object.hasOwn(instance.exports, name));
    if (givers.length === 0) return instances.length === 0 ? '' : '_No instance gives it._';
    const rows = givers.map((giver) => `| ${cell(giver.path)} | ${givenValue(scope, giver, name)} |`);
    return table(['given by', 'value'], rows, MOST_INSTANCES);
}

function givenValue(scope: Scope, instance: InstanceModel, name: string): string {
    const type = typeOf(scope, instance.component);
    const facts = type === undefined ? undefined : variablesOf(scope, type).find(({ fullName }) => fullName === name);
    const value = instance.exports[name] ?? '';
    return value === '' && facts !== undefined ? `_${valueWords(facts)}_` : cell(value);
}

function installerLine(scope: Scope, type: Extract<TypeModel, { kind: 'component' }>): string {
    if (type.resolvedInstaller === null) return '_No installer, own or inherited._';
    const giver = lineageOf(scope, type).find((one) => one.kind === 'component' && one.installer !== null);
    const from = giver === undefined || giver.name === type.name ? '' : ` (from ${inlineCode(giver.name)})`;
    const recipe = type.recipeDirectory === null ? noRecipe(type) : ` · recipe ${inlineCode(type.recipeDirectory)}`;
    return `Installer: ${inlineCode(type.resolvedInstaller)}${from}${recipe}`;
}

function noRecipe({ name, resolvedInstaller }: Extract<TypeModel, { kind: 'component' }>): string {
    const isKnown = Object.hasOwn(RECIPE_FOLDERS, (resolvedInstaller ?? '').toLowerCase());
    return isKnown ? ` · no recipe folder ${inlineCode(`graph/${name}`)}` : '';
}

function variableTable(variables: readonly VariableFacts[], owner: string): string {
    if (variables.length === 0) return '';
    const rows = variables.map((variable) => {
        const from = variable.origin === owner ? '' : cell(variable.origin);
        return `| ${cell(variable.fullName)} | ${valueCell(variable)} | ${from} |`;
    });
    return table(['exports', 'value', 'from'], rows);
}

function valueCell(variable: VariableFacts): string {
    const isWritten = !variable.isRuntime && !variable.isRandom && variable.value !== null && variable.value !== '';
    return isWritten ? cell(variable.value ?? '') : `_${valueWords(variable)}_`;
}

function importsList(scope: Scope, imports: readonly ImportedVariable[]): string {
    if (imports.length === 0) return '';
    return `Imports:\n${list(imports.map((one) => importLine(scope, one)))}`;
}

function importLine(scope: Scope, one: ImportedVariable): string {
    const flags = [...(one.optional ? ['optional'] : []), ...(one.external ? ['external'] : [])];
    const note = flags.length === 0 ? '' : ` (${flags.join(', ')})`;
    const exporters = one.external ? [] : exportersOf(scope, one.name).map((exporter) => exporter.name);
    return `${inlineCode(one.name)}${note}${exporters.length === 0 ? '' : ` from ${nameList(exporters)}`}`;
}

function exportersLine(exporters: readonly TypeModel[]): string {
    if (exporters.length === 0) return '_No component exports it: facets give nothing by themselves._';
    return relation(
        'Exported by',
        exporters.map((exporter) => exporter.name),
    );
}

/** Components whose instances give a variable: facets give none by themselves. */
function exportersOf(scope: Scope, name: string): readonly TypeModel[] {
    return typesOf(scope).filter(
        (type) => type.kind === 'component' && Object.keys(type.exports).some((fullName) => matches(fullName, name)),
    );
}

/** Components that import one of the variables, alone or with all of a prefix. */
function importersOf(scope: Scope, type: TypeModel, variables: readonly VariableFacts[]): readonly string[] {
    const names = new Set(variables.flatMap(({ fullName }) => [fullName, `${prefixOf(fullName)}.*`]));
    return [...scope.components.values()]
        .filter(
            ({ name, imports }) => name !== type.name && imports.some((one) => !one.external && names.has(one.name)),
        )
        .map(({ name }) => name)
        .sort();
}

function overridesLine(scope: Scope, name: string): string {
    const instances = scope.applications.flatMap(({ model }) => model.instances);
    const changed = instances.flatMap(({ path, overriddenExports, exports }) => {
        const isOwn = Object.hasOwn(overriddenExports, name) || Object.hasOwn(overriddenExports, simpleNameOf(name));
        return isOwn && Object.hasOwn(exports, name)
            ? [`${inlineCode(path)} (${inlineCode(exports[name] ?? '')})`]
            : [];
    });
    if (changed.length === 0) return '';
    const more = changed.length > MOST_INSTANCES ? ` and ${changed.length - MOST_INSTANCES} more` : '';
    return `Changed in: ${changed.slice(0, MOST_INSTANCES).join(', ')}${more}`;
}

function matches(fullName: string, wanted: string): boolean {
    return wanted.endsWith('.*') ? prefixOf(fullName) === wanted.slice(0, -2) : fullName === wanted;
}

function relationLines(scope: Scope, type: TypeModel): readonly string[] {
    const importedBy = relation('Imported by', importersOf(scope, type, variablesOf(scope, type)));
    if (type.kind === 'facet') {
        const holders = typesOf(scope).filter((one) => one.kind === 'component' && one.allFacets.includes(type.name));
        const names = holders.map((holder) => holder.name);
        return [relation('Had by', names), relation('Children', type.children), importedBy];
    }
    const parents = type.resolvedAncestors.length === 0 ? 'Root component' : relation('Inside', type.resolvedAncestors);
    const instances = instancesOf(scope, type.name).map(({ path }) => path);
    return [
        relation('Facets', type.allFacets),
        parents,
        relation('Children', type.resolvedChildren),
        importedBy,
        relation('Instances', instances, MOST_INSTANCES),
    ];
}

/** The value and where it comes from: own, inherited, or another value than an inherited one has. */
function variableWords(scope: Scope, type: TypeModel, variable: VariableFacts): string {
    const words = escapeMarkdown(valueWords(variable));
    if (variable.origin !== type.name) return `${words}, inherited from ${inlineCode(variable.origin)}`;
    const simple = simpleNameOf(variable.fullName);
    const before = lineageOf(scope, type)
        .slice(1)
        .find(({ ownExports }) => Object.hasOwn(ownExports, simple) || Object.hasOwn(ownExports, variable.fullName));
    return before === undefined ? words : `${words}, in place of that of ${inlineCode(before.name)}`;
}
