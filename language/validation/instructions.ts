/**
 * `instructions.properties`, the recipe of the installer `file` (reference: language, section 9): keys `<phase>.<position>.<action>`.
 * Of a position only the last digit counts when it runs, and each digit of a phase once.
 */
import { parseProperties, type PropertyEntry } from '../application/properties.ts';
import { RECIPE_PHASES } from '../application/recipe-properties.ts';
import type { SourceRange } from '../model/application-model.ts';
import { reportPropertiesText } from './read-text.ts';
import { didYouMean, type Scope } from './scope.ts';

/** The file of a recipe directory. */
const FILE = 'instructions.properties';
const ACTIONS: readonly string[] = ['download', 'delete', 'copy', 'move'];

interface FileRecipe {
    readonly component: string;
    /** Relative to the application. */
    readonly directory: string;
    readonly place: SourceRange;
}

/** X_INSTRUCTION_ codes of a recipe directory: nothing is said of an empty one. */
export function checkInstructions(scope: Scope, { component, directory, place }: FileRecipe): void {
    const { project } = scope.analysis;
    const file = `${directory}/${FILE}`;
    if (project.filesIn(directory).includes(FILE)) return checkInstructionsFile(scope, file);
    if (project.filesBelow(directory).length === 0) return;
    const message = `The recipe '${directory}' does nothing: the installer 'file' follows '${file}', which is not there.`;
    scope.report.add('X_INSTRUCTION_NO_FILE', place, message, {
        details: { COMPONENT: component, DIRECTORY: directory, FILE: file },
    });
}

/** The same for the file itself. */
export function checkInstructionsFile(scope: Scope, path: string): void {
    const text = scope.analysis.project.textOf(path);
    if (text === null) return;
    const file = parseProperties(text, path);
    reportPropertiesText(scope.report, file);
    const taken = new Map<string, PropertyEntry>();
    for (const entry of file.entries) checkInstruction(scope, entry, taken);
}

/** `taken` has the entries before by phase and last digit. */
function checkInstruction(scope: Scope, entry: PropertyEntry, taken: Map<string, PropertyEntry>): void {
    const [phase, position, action, ...more] = entry.key.toLowerCase().split('.');
    const isPhase = RECIPE_PHASES.some((each) => each === phase);
    if (!isPhase || position === undefined || !/^\d+$/.test(position) || action === undefined || more.length > 0) {
        const { hint, details } = isPhase ? NO_HINT : didYouMean(scope, phase ?? '', RECIPE_PHASES);
        const message = `'${entry.key}' is no instruction: write <phase>.<position>.<action>, such as deploy.1.copy.${hint}`;
        return scope.report.add('X_INSTRUCTION_INVALID_KEY', entry.keyRange, message, {
            details: { NAME: entry.key, PHASES: RECIPE_PHASES.join(', '), ...details },
        });
    }
    if (!ACTIONS.includes(action)) {
        const { hint, details } = didYouMean(scope, action, ACTIONS);
        const message = `'${action}' is no action: nothing happens. Known are ${ACTIONS.join(', ')}.${hint}`;
        scope.report.add('X_INSTRUCTION_UNKNOWN_ACTION', entry.keyRange, message, {
            details: { NAME: action, KNOWN: ACTIONS.join(', '), ...details },
        });
    } else checkParameter(scope, entry, action);
    checkPosition(scope, entry, taken, { phase, position });
}

const NO_HINT = { hint: '', details: {} };

interface Position {
    readonly phase: string | undefined;
    readonly position: string;
}

function checkPosition(
    scope: Scope,
    entry: PropertyEntry,
    taken: Map<string, PropertyEntry>,
    { phase = '', position }: Position,
): void {
    const slot = `${phase}.${position.at(-1) ?? ''}`;
    const other = taken.get(slot);
    taken.set(slot, entry);
    if (other === undefined) return;
    const isSame = other.key.toLowerCase().split('.')[1] === position;
    const message = isSame
        ? `'${other.key}' has the same position: only one of them is followed.`
        : `'${other.key}' ends with the same digit: of a position only the last digit counts, and only one of them is followed.`;
    scope.report.add('X_INSTRUCTION_SAME_POSITION', entry.keyRange, message, {
        details: { NAME: entry.key, OTHER: other.key, ...(isSame ? {} : { SHAPE: 'digit' }) },
        related: [{ message: 'This instruction has the position too.', range: other.keyRange }],
    });
}

function checkParameter(scope: Scope, entry: PropertyEntry, action: string): void {
    const value = entry.value.trim();
    const isPair = action === 'copy' || action === 'move';
    const sides = value.split('->').map((side) => side.trim());
    const isRight = isPair ? sides.length === 2 && sides.every((side) => side !== '') : value !== '';
    if (isRight && (action !== 'download' || /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(value))) return;
    const expected = isPair ? 'source -> target' : action === 'download' ? 'an address such as https://…' : 'a path';
    const place = value === '' ? entry.keyRange : entry.valueRange;
    const message = `'${action}' cannot follow '${value}': write ${expected}.`;
    scope.report.add('X_INSTRUCTION_INVALID_VALUE', place, message, {
        details: {
            NAME: entry.key,
            ACTION: action,
            UNEXPECTED: value,
            EXPECTED: expected,
            SHAPE: isPair ? 'pair' : action,
        },
    });
}
