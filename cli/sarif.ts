/** Findings as a SARIF 2.1.0 log with one run, for code scanning. */
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Severity, SourceRange } from '../language/index.ts';
import type { Found } from './application.ts';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
    error: 'error',
    warning: 'warning',
    information: 'note',
    hint: 'note',
};

const ROOT_ID = '%SRCROOT%';

/** The log. File names are relative to `root` (absolute), which it names once. */
export function sarifOf(found: readonly Found[], root: string, version: string): object {
    const codes = [...new Set(found.map(({ finding }) => finding.code))].sort();
    const driver = { name: 'roboconf', version, semanticVersion: version, rules: codes.map((id) => ruleOf(id, found)) };
    return {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [
            {
                tool: { driver },
                columnKind: 'utf16CodeUnits',
                originalUriBaseIds: { [ROOT_ID]: { uri: folderUri(root) } },
                invocations: [{ executionSuccessful: true }],
                results: found.map((one) => resultOf(one, codes.indexOf(one.finding.code), root)),
            },
        ],
    };
}

function ruleOf(id: string, found: readonly Found[]): object {
    const example = found.find(({ finding }) => finding.code === id);
    const name = nameOf(id);
    const text = `${kindOf(id)} For instance: ${example?.finding.message ?? name}`;
    return {
        id,
        name: name.replaceAll(/ (\w)/g, (_, letter: string) => letter.toUpperCase()).replaceAll(' ', ''),
        shortDescription: { text: `${name}.` },
        help: { text },
        defaultConfiguration: { level: LEVELS[example?.finding.severity ?? 'error'] },
    };
}

/** `CO_INEXISTING_CHILD` → `Inexisting child`. */
function nameOf(code: string): string {
    const words = code
        .replace(/^[A-Z]+_/, '')
        .replaceAll('_', ' ')
        .toLowerCase();
    return words.charAt(0).toUpperCase() + words.slice(1);
}

const KINDS: readonly (readonly [string, string])[] = [
    ['PM_', 'A property, name or value is not written as the language asks.'],
    ['P_', 'The text is not written as the language asks, so that a part of it cannot be read.'],
    ['CO_', 'The files of the application do not fit together.'],
    ['RM_', 'The model contradicts itself: a name or relation that it relies on is not there.'],
    ['PROJ_', "The project's layout or its descriptor is not as it must be."],
    ['REC_', 'A recipe is not as its installer needs it.'],
    ['CMD_', 'An instruction of a commands file cannot be carried out.'],
    ['RULE_', 'A rule cannot be read, or runs commands that are not there.'],
    ['X_', 'Accepted, or understood another way than it may have been meant.'],
];

function kindOf(code: string): string {
    return KINDS.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 'The model would not work as it is written.';
}

function resultOf({ directory, finding }: Found, ruleIndex: number, root: string): object {
    const { code, severity, message, range, related } = finding;
    const locationOf = (place: SourceRange): object => physicalLocation(join(directory, place.file), place, root);
    const whole = { artifactLocation: artifactOf(directory, root, true) };
    return {
        ruleId: code,
        ruleIndex,
        level: LEVELS[severity],
        message: { text: message },
        locations: [{ physicalLocation: range === null ? whole : locationOf(range) }],
        ...(related.length === 0
            ? {}
            : {
                  relatedLocations: related.map((place) => ({
                      message: { text: place.message },
                      physicalLocation: locationOf(place.range),
                  })),
              }),
    };
}

function physicalLocation(file: string, range: SourceRange, root: string): object {
    return {
        artifactLocation: artifactOf(file, root, false),
        region: {
            startLine: range.line,
            startColumn: range.column,
            endLine: range.endLine,
            endColumn: range.endColumn,
        },
    };
}

/** Relative below the root, else absolute. */
function artifactOf(path: string, root: string, isFolder: boolean): object {
    const short = relative(root, path).replaceAll('\\', '/');
    if (short.startsWith('../') || short === '..') return { uri: pathToFileURL(path).href };
    const uri = short.split('/').map(encodeURIComponent).join('/');
    return { uri: isFolder ? `${uri === '' ? '.' : uri}/` : uri, uriBaseId: ROOT_ID };
}

function folderUri(root: string): string {
    const { href } = pathToFileURL(root);
    return href.endsWith('/') ? href : `${href}/`;
}
