/** PM_ checks of components and facets. */
import type { Reference } from 'langium';
import type {
    ComponentProperty,
    ExportedVariable,
    Exports,
    FacetProperty,
    GraphType,
    ImportedVariable,
    Imports,
    Installer,
} from '../generated/ast.ts';
import { isComponent } from '../generated/ast.ts';
import { findingOf, type FileCode } from '../parsing/catalogue.ts';
import { isCompleteImport, isFlexibleId, isId, isImportedVariable } from '../parsing/names.ts';
import { rangeOf, type FileFinding, type TextRange } from '../parsing/parsed-file.ts';
import { KEYWORDS_OF } from '../parsing/property-pieces.ts';
import { listItems } from '../parsing/list-items.ts';
import { trimBlanks, trimSpan, type Span } from '../parsing/text-lines.ts';
import { createSuggestions } from './suggestions.ts';
import { atKey, duplicateFindings, keyRange, nameFault, partOf } from './parsing-model-block.ts';

type GraphProperty = ComponentProperty | FacetProperty;

/** An item of a list, with its place. */
interface Item {
    readonly text: string;
    readonly range: TextRange;
}

const REPEATABLE: ReadonlySet<string> = new Set(['exports', 'imports']);

/** Findings of a component or a facet. */
export function typeFindings(type: GraphType): FileFinding[] {
    return [
        ...headerFindings(type),
        ...duplicateFindings(type.properties, REPEATABLE),
        ...type.properties.flatMap((property) => propertyFindings(property, type)),
    ];
}

function headerFindings(type: GraphType): FileFinding[] {
    const block = isComponent(type) ? 'component' : 'facet';
    if (type.name === '') {
        const code = block === 'component' ? 'PM_EMPTY_COMPONENT_NAME' : 'PM_EMPTY_FACET_NAME';
        return [findingOf(code, headerRange(type))];
    }
    const code = nameFault(type.name);
    return code === undefined ? [] : [findingOf(code, partOf(type, 'name'), { NAME: type.name, BLOCK: block })];
}

/** The header's line: a block without name has nothing smaller to show. */
function headerRange(type: GraphType): TextRange {
    const { line, column } = rangeOf(type);
    const length = isComponent(type) ? '{'.length : 'facet'.length;
    return { line, column, endLine: line, endColumn: column + length };
}

function propertyFindings(property: GraphProperty, type: GraphType): FileFinding[] {
    switch (property.$type) {
        case 'Installer':
            return installerFindings(property);
        case 'Exports':
            return exportsFindings(property);
        case 'Imports':
            return importsFindings(property);
        case 'Children':
            return listFindings(property, itemsOf(property), {
                empty: 'PM_INVALID_CHILD_NAME',
                invalid: 'PM_INVALID_CHILD_NAME',
            });
        case 'Facets':
        case 'Extends':
            return listFindings(property, itemsOf(property), {
                empty: 'PM_EMPTY_REFERENCED_NAME',
                invalid: 'PM_INVALID_NAME',
            });
        case 'UnknownProperty': {
            const block = isComponent(type) ? 'component' : 'facet';
            const supported = [...KEYWORDS_OF[block]];
            const closest = createSuggestions().closest(property.key, supported);
            const facts = { NAME: property.key, BLOCK: block, SUPPORTED: supported.join(', ') };
            const suggested = closest === null ? facts : { ...facts, SUGGESTION: closest };
            return [atKey('PM_PROPERTY_NOT_APPLIABLE', property, suggested)];
        }
        default:
            return property satisfies never;
    }
}

/** Whether nothing but blanks and the semicolon follows the colon. */
function isWithoutValue(property: GraphProperty): boolean {
    const text = property.$cstNode?.text ?? '';
    const { start, end } = trimSpan(text, {
        start: text.indexOf(':') + 1,
        end: text.endsWith(';') ? text.length - 1 : text.length,
    });
    return start === end;
}

function installerFindings(property: Installer): FileFinding[] {
    const value = property.value ?? '';
    if (trimBlanks(value) === '') return [atKey('PM_EMPTY_PROPERTY_VALUE', property, { NAME: property.key })];
    return isFlexibleId(value)
        ? []
        : [findingOf('PM_INVALID_INSTALLER_NAME', partOf(property, 'value'), { NAME: value })];
}

function listFindings(
    property: GraphProperty,
    items: readonly Item[],
    codes: { readonly empty: FileCode; readonly invalid: FileCode },
): FileFinding[] {
    if (isWithoutValue(property)) return [atKey('PM_EMPTY_PROPERTY_VALUE', property, { NAME: property.key })];
    return items
        .filter((item) => !isId(item.text))
        .map(({ text, range }) =>
            findingOf(text === '' ? codes.empty : codes.invalid, range, { NAME: text, PROPERTY: property.key }),
        );
}

/** A component extends one component: its value is one reference, which may hold commas. */
function itemsOf(property: GraphProperty & { readonly types: readonly Reference[] }): Item[] {
    const isSplit = property.$type !== 'Extends' || !isComponent(property.$container);
    return property.types.flatMap((reference) => {
        const whole = { start: 0, end: reference.$refText.length };
        return (isSplit ? [whole] : listItems(reference.$refText, whole)).map((span) =>
            itemIn(property, reference, span),
        );
    });
}

function itemIn(property: GraphProperty, reference: Reference, span: Span): Item {
    const text = reference.$refText.slice(span.start, span.end);
    const cst = reference.$refNode;
    if (cst === undefined || text === '') return { text, range: keyRange(property) };
    const { line, column } = rangeOf(cst);
    return { text, range: { line, column: column + span.start, endLine: line, endColumn: column + span.end } };
}

function importsFindings(property: Imports): FileFinding[] {
    if (isWithoutValue(property)) return [atKey('PM_EMPTY_PROPERTY_VALUE', property, { NAME: property.key })];
    return property.variables.flatMap(importedFindings);
}

/** The item without its keywords is judged as written. Empty ones are found while splitting the items. */
function importedFindings(variable: ImportedVariable): FileFinding[] {
    const text = variable.$cstNode?.text ?? '';
    const span = trimSpan(text, {
        start: variable.external ? 'external'.length : 0,
        end: variable.optional ? text.length - '(optional)'.length : text.length,
    });
    const name = text.slice(span.start, span.end).replaceAll('\r', '');
    const code = importFault(name);
    if (code === undefined) return [];
    const { line, column } = rangeOf(variable);
    const range = { line, column: column + span.start, endLine: line, endColumn: column + span.end };
    return [findingOf(code, range, { VARIABLE: name })];
}

function importFault(name: string): FileCode | undefined {
    if (name === '') return undefined;
    if (!isImportedVariable(name)) return 'PM_INVALID_IMPORTED_VAR_NAME';
    return isCompleteImport(name) ? undefined : 'PM_INCOMPLETE_IMPORTED_VAR_NAME';
}

function exportsFindings(property: Exports): FileFinding[] {
    if (isWithoutValue(property)) return [atKey('PM_EMPTY_PROPERTY_VALUE', property, { NAME: property.key })];
    return property.variables.flatMap(exportedFindings);
}

/** Empty names are found while splitting the items. */
function exportedFindings(variable: ExportedVariable): FileFinding[] {
    const { name } = variable;
    if (name === '' || isId(name)) return [];
    const range = partOf(variable, 'name');
    const isExternal = name.toLowerCase().startsWith('external ');
    return [
        findingOf('PM_INVALID_EXPORTED_VAR_NAME', range, { VARIABLE: name }),
        ...(isExternal ? [findingOf('PM_EXTERNAL_IS_KEYWORD_FOR_IMPORTS', range, { VARIABLE: name })] : []),
    ];
}
