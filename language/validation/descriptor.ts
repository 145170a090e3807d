/** The descriptor (reference: language, sections 1.1 and 4.4). Absent keys are shown on its first line. */
import { withoutDiacritics, type Descriptor, type ExternalExport } from '../application/descriptor.ts';
import { isMavenModel } from '../application/maven.ts';
import type { PropertyEntry } from '../application/properties.ts';
import type { SourceRange } from '../model/application-model.ts';
import { checkDescriptorKeys } from './descriptor-keys.ts';
import { reportLeftOut } from './read-text.ts';
import type { FindingFacts } from './report.ts';
import { besides, didYouMean, type Scope } from './scope.ts';

const ID = /^[a-zA-Z_][\w.-]*$/;
const NAME = /^[a-zA-Z_](\w|[-.() ])*$/;
const VERSION = /^(\d+)\.(\d+)(\.\d+)?([.-].+)?$/;
/** What Maven replaces when it builds the application. */
const PLACEHOLDER = /\$\{[^{}]*\}/g;

/** Whether a text may be the name of an application; diacritics count as the letters below them. */
export function isApplicationName(name: string): boolean {
    return NAME.test(withoutDiacritics(name));
}

/** Name, version, language, graph entry point and external exports. */
export function checkDescriptor(scope: Scope, descriptor: Descriptor): void {
    reportText(scope, descriptor);
    checkDescriptorKeys(scope, descriptor);
    checkName(scope, descriptor);
    checkVersion(scope, descriptor);
    if (isBlank(descriptor.entryOf('dsl-id'))) {
        const message = "The version of the language is not given: add 'dsl-id = roboconf-1.0'.";
        const place = placeOf(descriptor, 'dsl-id');
        scope.report.add('RM_MISSING_APPLICATION_DSL_ID', place, message, absence(descriptor));
    }
    if (isBlank(descriptor.entryOf('graph-entry-point'))) {
        const message =
            "The application needs a graph: add 'graph-entry-point = main.graph', a path relative to 'graph/'.";
        const place = placeOf(descriptor, 'graph-entry-point');
        scope.report.add('RM_MISSING_APPLICATION_GEP', place, message, absence(descriptor));
    }
    checkExports(scope, descriptor);
}

/** X_MALFORMED_ESCAPE, where the reading ends, and X_TOO_MANY_WORDS. */
function reportText({ report }: Scope, { file }: Descriptor): void {
    const [escape] = file.malformedEscapes;
    if (escape !== undefined) {
        const message = "Four hexadecimal digits must follow '\\u': Roboconf reads nothing from this entry on.";
        report.add('X_MALFORMED_ESCAPE', escape, message, { details: { SHAPE: 'end' } });
    }
    for (const place of file.leftOut) reportLeftOut(report, place);
}

/** Why a key may seem to be absent. */
function absence({ file }: Descriptor): FindingFacts {
    return besides({}, 'Nothing is read from here on.', file.malformedEscapes[0]);
}

function isBlank(entry: PropertyEntry | null): boolean {
    return entry === null || entry.value.trim() === '';
}

function placeOf(descriptor: Descriptor, key: string): SourceRange {
    const entry = descriptor.entryOf(key);
    if (entry === null) return descriptor.file.firstLine;
    return entry.value === '' ? entry.keyRange : entry.valueRange;
}

/** Whether Maven replaces the beginning of a value, so that nothing can be said of it. */
function isReplaced(scope: Scope, value: string): boolean {
    return isMavenModel(scope.analysis.directory) && /^\$\{.*\}\S*$/.test(value);
}

/** The value with something plausible where Maven replaces a part of it; unchanged outside of Maven sources. */
function filtered(scope: Scope, value: string, plausible: string): string {
    return isMavenModel(scope.analysis.directory) ? value.replace(PLACEHOLDER, plausible) : value;
}

function checkName(scope: Scope, descriptor: Descriptor): void {
    const place = placeOf(descriptor, 'name');
    if (isBlank(descriptor.entryOf('name'))) {
        const message = "The application needs a name: add 'name = …'.";
        return scope.report.add('RM_MISSING_APPLICATION_NAME', place, message, absence(descriptor));
    }
    if (isReplaced(scope, descriptor.name) || isApplicationName(filtered(scope, descriptor.name, 'x'))) return;
    const message = `'${descriptor.displayName}' is not a valid name: it starts with a letter or '_' and goes on with letters, digits, blanks, '_', '-', '.' or brackets.`;
    scope.report.add('RM_INVALID_APPLICATION_NAME', place, message, {
        details: { EXPECTED: NAME.source, NAME: descriptor.displayName },
    });
}

function checkVersion(scope: Scope, descriptor: Descriptor): void {
    const place = placeOf(descriptor, 'version');
    const value = descriptor.version ?? '';
    if (value.trim() === '') {
        const message = "The application needs a version: add 'version = 1.0'.";
        return scope.report.add('RM_MISSING_APPLICATION_VERSION', place, message, absence(descriptor));
    }
    if (isReplaced(scope, value) || VERSION.test(filtered(scope, value, '1'))) return;
    const message = `'${value}' is not a valid version: write two or three numbers with dots, then '-' or '.' and any text, such as 1.0, 1.0.2 or 1.0-SNAPSHOT.`;
    scope.report.add('RM_INVALID_APPLICATION_VERSION', place, message, { details: { UNEXPECTED: value } });
}

function checkExports(scope: Scope, descriptor: Descriptor): void {
    const { exports, exportsPrefix } = descriptor;
    if (exports.length === 0) return;
    if (exportsPrefix === null) {
        const place = descriptor.entryOf('exports')?.keyRange ?? descriptor.file.firstLine;
        const message = "Exports need a prefix under which other applications see them: add 'exports-prefix = …'.";
        scope.report.add('RM_MISSING_APPLICATION_EXPORT_PREFIX', place, message, absence(descriptor));
    } else if (!ID.test(exportsPrefix)) {
        const message = `'${exportsPrefix}' is not a valid prefix: it starts with a letter or '_' and goes on with letters, digits, '_', '-' or '.'.`;
        scope.report.add('RM_INVALID_APPLICATION_EXPORT_PREFIX', placeOf(descriptor, 'exports-prefix'), message, {
            details: { NAME: exportsPrefix },
        });
    }
    const [first] = exports.flatMap((item) => (item.parts === null ? [] : [{ item, name: item.parts.name }]));
    if (exportsPrefix !== null && first !== undefined && !ID.test(exportsPrefix)) {
        const outside = `${exportsPrefix}.${first.name}`;
        const place = partOf(descriptor, first.item.end - first.name.length, first.item.end);
        const message = `'${outside}' is not a valid name for a variable, because of the prefix.`;
        const facts = besides(
            { VARIABLE: outside },
            'The prefix is given here.',
            placeOf(descriptor, 'exports-prefix'),
        );
        scope.report.add('RM_INVALID_VARIABLE_NAME', place, message, facts);
    }
    const names = new Map<string, ExternalExport>();
    for (const item of exports) checkExport(scope, descriptor, item, names);
    checkExportedTwice(scope, descriptor);
}

function checkExport(
    scope: Scope,
    descriptor: Descriptor,
    item: ExternalExport,
    names: Map<string, ExternalExport>,
): void {
    const place = partOf(descriptor, item.start, item.end);
    if (item.parts === null) {
        const message = `'${item.text}' is not an export: write '<Component.variable> as <name>', separated by commas.`;
        return scope.report.add('PROJ_INVALID_EXTERNAL_EXPORTS', place, message, {
            details: { UNEXPECTED: item.text },
        });
    }
    const { variable, name } = item.parts;
    const variablePlace = partOf(descriptor, item.start, item.start + variable.length);
    const namePlace = partOf(descriptor, item.end - name.length, item.end);
    for (const [word, range] of [
        [variable, variablePlace],
        [name, namePlace],
    ] as const) {
        if (!ID.test(word))
            scope.report.add(
                'RM_INVALID_VARIABLE_NAME',
                range,
                `'${word}' is not a valid name for a variable: it starts with a letter or '_' and goes on with letters, digits, '_', '-' or '.'.`,
                {
                    details: { VARIABLE: word },
                },
            );
    }
    const outside = `${descriptor.exportsPrefix ?? ''}.${name}`;
    const other = names.get(name)?.parts?.variable;
    names.set(name, item);
    if (other !== undefined && other !== variable) {
        const message = `'${outside}' is already the outside name of '${other}': choose another one.`;
        scope.report.add('RM_ALREADY_DEFINED_EXTERNAL_EXPORT', namePlace, message, {
            details: { VARIABLE: outside, CONFLICTING: other },
        });
    }
    if (ID.test(variable)) checkExported(scope, variable, variablePlace);
}

/** Of a variable that is exported under several names, only the last one is kept. */
function checkExportedTwice(scope: Scope, descriptor: Descriptor): void {
    const last = new Map(
        descriptor.exports.flatMap((item) => (item.parts === null ? [] : [[item.parts.variable, item]])),
    );
    for (const item of descriptor.exports) {
        const winner = item.parts === null ? undefined : last.get(item.parts.variable);
        if (item.parts === null || winner === undefined || winner === item) continue;
        const { variable, name } = item.parts;
        const message = `'${variable}' is exported again below, so that '${name}' is not seen from outside: remove one of the two.`;
        const facts = besides(
            { VARIABLE: variable, NAME: name },
            'This export counts.',
            partOf(descriptor, winner.start, winner.end),
        );
        scope.report.add('X_DESCRIPTOR_EXPORTED_TWICE', partOf(descriptor, item.start, item.end), message, facts);
    }
}

function checkExported(scope: Scope, variable: string, place: SourceRange): void {
    const { exportIndex } = scope.analysis.files;
    if (!scope.analysis.isGraphComplete || exportIndex.variables.has(variable)) return;
    const { hint, details } = didYouMean(scope, variable, exportIndex.variables);
    const message = `No component exports '${variable}'.${hint}`;
    scope.report.add('RM_INVALID_EXTERNAL_EXPORT', place, message, { details: { VARIABLE: variable, ...details } });
}

function partOf(descriptor: Descriptor, start: number, end: number): SourceRange {
    return descriptor.entryOf('exports')?.rangeOfPart(start, end) ?? descriptor.file.firstLine;
}
