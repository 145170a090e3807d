/** Findings about `recipe.properties` of recipe directories: shown where the fault is, once for components that share a directory. */
import {
    EXPECTED,
    parsePolicyName,
    parsePolicyValue,
    POLICY_KEYS,
    RECIPE_PHASES,
    RECIPE_PROPERTIES,
} from '../application/recipe-properties.ts';
import { parseProperties, type PropertiesFile, type PropertyEntry } from '../application/properties.ts';
import { reportPropertiesText } from './read-text.ts';
import { didYouMean, type Scope } from './scope.ts';

const NAMES: readonly string[] = [
    ...POLICY_KEYS,
    ...RECIPE_PHASES.flatMap((phase) => POLICY_KEYS.map((key) => `${phase}.${key}`)),
].filter((name) => parsePolicyName(name) !== null);

/** X_RECIPE_ codes and malformed escapes of one recipe directory, relative to the application. */
export function checkRecipeProperties(scope: Scope, directory: string): void {
    checkRecipePropertiesFile(scope, `${directory}/${RECIPE_PROPERTIES}`);
}

/** The same for the file itself. */
export function checkRecipePropertiesFile(scope: Scope, path: string): void {
    const text = scope.analysis.project.textOf(path);
    if (text === null) return;
    const file = parseProperties(text, path);
    reportPropertiesText(scope.report, file);
    for (const entry of file.entries) checkEntry(scope, entry);
    checkRepetitions(scope, file);
}

function checkEntry(scope: Scope, { key, keyRange, value, valueRange }: PropertyEntry): void {
    const name = parsePolicyName(key);
    if (name === null) {
        const { hint, details } = didYouMean(scope, key, NAMES);
        const known =
            hint === '' ? ` Known are ${POLICY_KEYS.join(', ')}, alone or behind a phase as in start.timeout.` : hint;
        const message = `'${key}' is not a setting of recipes: it is ignored.${known}`;
        return scope.report.add('X_RECIPE_UNKNOWN_KEY', keyRange, message, { details: { NAME: key, ...details } });
    }
    if (parsePolicyValue(name.key, value) !== null) return;
    const place = value === '' ? keyRange : valueRange;
    const message = `'${value.trim()}' is not a value of '${key}': write ${EXPECTED[name.key]}.`;
    scope.report.add('X_RECIPE_INVALID_VALUE', place, message, {
        details: { NAME: key, UNEXPECTED: value.trim(), SHAPE: name.key },
    });
}

function checkRepetitions(scope: Scope, { entries }: PropertiesFile): void {
    const last = new Map(entries.map((entry) => [entry.key, entry]));
    for (const entry of entries) {
        const winner = last.get(entry.key);
        if (winner === undefined || winner === entry) continue;
        const message = `'${entry.key}' is set again below: only the last value counts.`;
        scope.report.add('X_RECIPE_DUPLICATE_KEY', entry.keyRange, message, {
            details: { NAME: entry.key },
            related: [{ message: 'This value counts.', range: winner.keyRange }],
        });
    }
}
