/** The cards that hovers show, as Markdown. */
import type { ImportedVariable } from '../../../language/index.ts';
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
import { escapeMarkdown, inlineCode, typeWords, valueWords } from '../wording.ts';

/** Rows of a table or names of a list beyond this are counted, not shown. */
const MOST_ROWS = 20;

/** A component or facet: description, what it exports and from where, what it imports, where it stands. */
export function typeMarkdown(scope: Scope, type: TypeModel): string {
    return paragraphs([
        `**${escapeMarkdown(type.name)}** — ${escapeMarkdown(typeWords(type))}`,
        escapeMarkdown(type.description ?? ''),
        type.kind === 'component' ? installerLine(scope, type) : '',
        exportsTable(scope, type),
        type.kind === 'component' ? importsList(scope, type.imports) : '',
        ...relationLines(scope, type),
    ]);
}

/** A variable, or all those of a prefix (`Tomcat.*`): values and who exports them. */
export function variableMarkdown(scope: Scope, name: string): string {
    const isAll = name.endsWith('.*');
    const exporters = exportersOf(scope, name);
    if (exporters.length === 0) return '';
    const known = typeOf(scope, prefixOf(name)) ?? exporters[0];
    const facts =
        known === undefined ? [] : variablesOf(scope, known).filter((variable) => matches(variable.fullName, name));
    return paragraphs([
        `**${escapeMarkdown(name)}** — ${isAll ? `all variables of ${escapeMarkdown(prefixOf(name))}` : variableWords(facts[0])}`,
        isAll ? variableTable(facts, known?.name ?? '') : '',
        `Exported by ${nameList(exporters.map((exporter) => exporter.name))}`,
    ]);
}

/** An instance: its component and what it publishes. Instances made by `count` share one card. */
export function instanceMarkdown(scope: Scope, path: string): string {
    const instances = scope.applications.flatMap(({ model }) => model.instances);
    const instance = instances.find((one) => one.path === path);
    if (instance === undefined) return '';
    const rows = Object.entries(instance.exports).map(([name, value]) => {
        const isOwn =
            Object.hasOwn(instance.overriddenExports, name) ||
            Object.hasOwn(instance.overriddenExports, simpleNameOf(name));
        return `| ${cell(name)} | ${cell(value ?? '')} | ${isOwn ? 'this instance' : 'the component'} |`;
    });
    return paragraphs([
        `**${escapeMarkdown(path)}** — instance of ${inlineCode(instance.component)}`,
        rows.length === 0 ? '' : table(['exports', 'value', 'from'], rows),
    ]);
}

function installerLine(scope: Scope, type: Extract<TypeModel, { kind: 'component' }>): string {
    if (type.resolvedInstaller === null) return '';
    const giver = lineageOf(scope, type).find((one) => one.kind === 'component' && one.installer !== null);
    const from = giver === undefined || giver.name === type.name ? '' : ` (from ${inlineCode(giver.name)})`;
    return `Installer: ${inlineCode(type.resolvedInstaller)}${from}`;
}

function exportsTable(scope: Scope, type: TypeModel): string {
    return variableTable(variablesOf(scope, type), type.name);
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
    const items = imports.slice(0, MOST_ROWS).map((one) => `- ${importLine(scope, one)}`);
    return [
        'Imports:',
        ...items,
        ...(imports.length > MOST_ROWS ? [`- … and ${imports.length - MOST_ROWS} more`] : []),
    ].join('\n');
}

function importLine(scope: Scope, one: ImportedVariable): string {
    const flags = [...(one.optional ? ['optional'] : []), ...(one.external ? ['external'] : [])];
    const note = flags.length === 0 ? '' : ` (${flags.join(', ')})`;
    const exporters = one.external ? [] : exportersOf(scope, one.name).map((exporter) => exporter.name);
    return `${inlineCode(one.name)}${note}${exporters.length === 0 ? '' : ` from ${nameList(exporters)}`}`;
}

/** Components whose instances give a variable: facets give none by themselves. */
function exportersOf(scope: Scope, name: string): readonly TypeModel[] {
    return typesOf(scope).filter(
        (type) => type.kind === 'component' && Object.keys(type.exports).some((fullName) => matches(fullName, name)),
    );
}

function matches(fullName: string, wanted: string): boolean {
    return wanted.endsWith('.*') ? prefixOf(fullName) === wanted.slice(0, -2) : fullName === wanted;
}

function relationLines(scope: Scope, type: TypeModel): readonly string[] {
    if (type.kind === 'facet') {
        const holders = typesOf(scope).filter((one) => one.kind === 'component' && one.allFacets.includes(type.name));
        return [
            relation(
                'Had by',
                holders.map((holder) => holder.name),
            ),
            relation('Children', type.children),
        ];
    }
    const parents = type.resolvedAncestors.length === 0 ? 'Root component' : relation('Inside', type.resolvedAncestors);
    return [relation('Facets', type.allFacets), parents, relation('Children', type.resolvedChildren)];
}

function relation(title: string, names: readonly string[]): string {
    return names.length === 0 ? '' : `${title}: ${nameList(names)}`;
}

function nameList(names: readonly string[]): string {
    const shown = names.slice(0, MOST_ROWS).map(inlineCode).join(', ');
    return names.length > MOST_ROWS ? `${shown} and ${names.length - MOST_ROWS} more` : shown;
}

function variableWords(variable: VariableFacts | undefined): string {
    return variable === undefined ? 'variable' : escapeMarkdown(valueWords(variable));
}

function table(titles: readonly string[], rows: readonly string[]): string {
    const head = [`| ${titles.join(' | ')} |`, `|${' --- |'.repeat(titles.length)}`];
    const more = rows.length > MOST_ROWS ? [`| … and ${rows.length - MOST_ROWS} more |`] : [];
    return [...head, ...rows.slice(0, MOST_ROWS), ...more].join('\n');
}

function cell(text: string): string {
    return inlineCode(text).replaceAll('|', '\\|');
}

function paragraphs(parts: readonly string[]): string {
    return parts.filter((part) => part !== '').join('\n\n');
}
