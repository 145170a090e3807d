/** What is known of a failure, as rows below the instance that failed: the cause, the recipe, the last lines of output. */
import * as vscode from 'vscode';
import { isMachineWork, type FailureNote, type InstanceSnapshot } from '../../runner/protocol.ts';
import { plainLine } from '../../runner/terminal-text.ts';
import { withoutInstanceFolder } from './instance-folder.ts';
import { scriptPlaceOf } from './script-places.ts';
import { troubleWord } from './status-words.ts';
import type { DetailName } from './tree-element.ts';
import { flagsOf, plainTooltip, type TreeEntry } from './tree-entry.ts';

/** Rows of output: enough to see the error, few enough to see the next instance. */
const SHOWN_LINES = 3;

export interface Detail {
    readonly name: DetailName;
    readonly entry: TreeEntry;
}

/** The rows, none when nothing failed. A simulation has neither a recipe nor output. */
export function detailsOf(instance: InstanceSnapshot, simulated: boolean): readonly Detail[] {
    const { failure } = instance;
    if (failure === null) return [];
    const word = troubleWord(instance, failure);
    return [causeRow(failure, word, simulated), ...recipeRow(failure), ...outputRows(failure)];
}

/** The phase whose recipe failed, null when a machine did. */
export function recipePhaseOf({ phase }: FailureNote) {
    return isMachineWork(phase) ? null : phase;
}

function causeRow(failure: FailureNote, word: string, simulated: boolean): Detail {
    const description = failure.exitCode === null ? '' : vscode.l10n.t('exit code {0}', failure.exitCode);
    const row = { label: failure.message, description, icon: 'info', colour: null };
    const ariaLabel = failure.message.startsWith(word) ? failure.message : `${word}: ${failure.message}`;
    return detail('cause', { ...row, ariaLabel, click: simulated ? null : 'showOutput' });
}

function recipeRow(failure: FailureNote): readonly Detail[] {
    const phase = recipePhaseOf(failure);
    if (phase === null) return [];
    const place = scriptPlaceOf(failure.lastLines);
    const label = place === undefined ? vscode.l10n.t('Open the {0} recipe', phase) : place.file;
    const description = place === undefined ? '' : vscode.l10n.t('line {0}', place.line);
    const ariaLabel = place === undefined ? label : vscode.l10n.t('Open {0} at line {1}', place.file, place.line);
    return [detail('recipe', { label, description, icon: 'go-to-file', colour: null, ariaLabel, click: 'openRecipe' })];
}

function outputRows(failure: FailureNote): readonly Detail[] {
    return shownLinesOf(failure).map((line, index) => {
        const label = withoutInstanceFolder(line);
        const ariaLabel = vscode.l10n.t('Output: {0}', label);
        const row = { label, description: '', icon: 'terminal', colour: 'descriptionForeground', ariaLabel };
        const click = scriptPlaceOf([line]) === undefined ? 'showOutput' : 'openRecipe';
        return detail(`output${index}`, { ...row, click });
    });
}

/** The last lines of output that have rows, as plain text. The n-th is that of the detail `output` with the number n. */
export function shownLinesOf({ lastLines }: FailureNote): readonly string[] {
    return lastLines
        .map(plainLine)
        .filter((line) => line.trim() !== '')
        .slice(-SHOWN_LINES);
}

function detail(name: DetailName, row: Omit<TreeEntry, 'flags' | 'tooltip' | 'fold'>): Detail {
    const tooltip = () => plainTooltip(row.label);
    return { name, entry: { ...row, flags: flagsOf('detail'), tooltip, fold: 'none' } };
}
