/** Which proposals fit what was typed, and in which order. */
import type { Proposal } from './proposal.ts';

/**
 * Those that begin as typed, then those of which a part of the name does; when there are none, those that hold the letters in this order,
 * as editors filter themselves. Letter case does not count. What is there already comes last.
 */
export function fittingProposals(typed: string, proposals: readonly Proposal[]): readonly Proposal[] {
    const letters = typed.toLowerCase();
    const fitting = fittingLabels(letters, proposals);
    return fitting.some(({ isPresent }) => isPresent)
        ? [...fitting.filter((one) => !one.isPresent), ...fitting.filter((one) => one.isPresent)]
        : fitting;
}

function fittingLabels(letters: string, proposals: readonly Proposal[]): readonly Proposal[] {
    if (letters === '') return proposals;
    const beginning: Proposal[] = [];
    const inside: Proposal[] = [];
    for (const one of proposals) {
        const label = one.label.toLowerCase();
        if (label.startsWith(letters)) beginning.push(one);
        else if (hasPart(label, letters)) inside.push(one);
    }
    if (beginning.length + inside.length > 0 || letters.length < 2) return [...beginning, ...inside];
    return proposals.filter((one) => isSubsequence(letters, one.label.toLowerCase()));
}

/** Whether a part of a name, behind a dot, dash, slash or blank, begins with some letters. */
function hasPart(label: string, letters: string): boolean {
    for (let at = label.indexOf(letters, 1); at > 0; at = label.indexOf(letters, at + 1))
        if (/[^a-z0-9]/.test(label[at - 1] ?? '')) return true;
    return false;
}

function isSubsequence(letters: string, text: string): boolean {
    let at = 0;
    for (const letter of letters) {
        at = text.indexOf(letter, at) + 1;
        if (at === 0) return false;
    }
    return true;
}
