/** PM_ checks of instances. */
import type { Instance, InstanceProperty, NameProperty } from '../generated/ast.ts';
import { isNameProperty } from '../generated/ast.ts';
import { findingOf } from '../parsing/catalogue.ts';
import { integerOf, isFlexibleId } from '../parsing/names.ts';
import { rangeOf, type FileFinding, type TextRange } from '../parsing/parsed-file.ts';
import { trimBlanks } from '../parsing/text-lines.ts';
import { createSuggestions } from './suggestions.ts';
import { atKey, duplicateFindings, keyRange, nameFault, partOf } from './parsing-model-block.ts';

const NONE_REPEATABLE: ReadonlySet<string> = new Set();

/** Findings of an instance and of those inside it. */
export function instanceFindings(instance: Instance): FileFinding[] {
    return [
        ...componentFindings(instance),
        ...nameFindings(instance),
        ...duplicateFindings(instance.properties, NONE_REPEATABLE),
        ...instance.properties.flatMap(propertyFindings),
        ...instance.instances.flatMap(instanceFindings),
    ];
}

function componentFindings(instance: Instance): FileFinding[] {
    const { component } = instance;
    if (component === undefined) return [findingOf('PM_EMPTY_COMPONENT_NAME', headerRange(instance), { INSTANCE: '' })];
    const code = nameFault(component.$refText);
    if (code === undefined) return [];
    return [findingOf(code, partOf(instance, 'component'), { NAME: component.$refText, BLOCK: 'component' })];
}

/** `instance of` and what follows it, up to the bracket. */
function headerRange(instance: Instance): TextRange {
    const { line, column } = rangeOf(instance);
    const component = instance.component?.$refNode;
    const endColumn = component === undefined ? column + 'instance of'.length : rangeOf(component).endColumn;
    return { line, column, endLine: line, endColumn };
}

function nameFindings(instance: Instance): FileFinding[] {
    const property = instance.properties.find((candidate): candidate is NameProperty => isNameProperty(candidate));
    if (property === undefined) return [missingName(instance)];
    const name = property.value ?? '';
    return isFlexibleId(name) ? [] : [findingOf('PM_INVALID_INSTANCE_NAME', partOf(property, 'value'), { NAME: name })];
}

/** A property with nearly the right name is read as the value of a variable: the user is told. */
function missingName(instance: Instance): FileFinding {
    const { closest } = createSuggestions();
    const misspelled = instance.properties.find(({ key }) => closest(key, ['name']) !== null);
    if (misspelled === undefined) return findingOf('PM_MISSING_INSTANCE_NAME', headerRange(instance));
    const related = [{ message: `'${misspelled.key}' sets a variable here.`, range: keyRange(misspelled) }];
    const facts = { MISSPELLED: misspelled.key, SUGGESTION: 'name' };
    return findingOf('PM_MISSING_INSTANCE_NAME', headerRange(instance), facts, related);
}

function propertyFindings(property: InstanceProperty): FileFinding[] {
    if (property.$type === 'Override') return [];
    const value = property.value ?? '';
    if (trimBlanks(value) === '') return [atKey('PM_EMPTY_PROPERTY_VALUE', property, { NAME: property.key })];
    if (property.$type !== 'CountProperty') return [];
    const count = integerOf(value);
    const range = partOf(property, 'value');
    if (count === undefined || count < 1) return [findingOf('PM_INVALID_INSTANCE_COUNT', range, { VALUE: value })];
    return count === 1 ? [findingOf('PM_USELESS_INSTANCE_COUNT', range)] : [];
}
