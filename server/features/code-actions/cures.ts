/** Every cure by the code it is for. */
import type { Finding } from '../../../language/index.ts';
import { WORD_CURES } from './block-words.ts';
import { DECLARED_TYPE_CURES } from './declared-types.ts';
import { COMMAND_CURES } from './commands.ts';
import type { Cures, Fix, Site } from './fix.ts';
import { FORM_CURES } from './form.ts';
import { INSTANCE_CURES } from './instances.ts';
import { KEY_FILE_CURES } from './key-files.ts';
import { PROJECT_CURES } from './project-files.ts';
import { RULE_CURES } from './rules-and-measures.ts';
import { TARGET_AND_RECIPE_CURES } from './targets-and-recipes.ts';
import { UNKNOWN_NAME_CURES } from './unknown-names.ts';

const CURES: Cures = {
    ...FORM_CURES,
    ...WORD_CURES,
    ...UNKNOWN_NAME_CURES,
    ...DECLARED_TYPE_CURES,
    ...INSTANCE_CURES,
    ...KEY_FILE_CURES,
    ...PROJECT_CURES,
    ...COMMAND_CURES,
    ...RULE_CURES,
    ...TARGET_AND_RECIPE_CURES,
};

/** Codes for which there may be a cure, sorted. */
export const CODES_WITH_CURE: readonly string[] = Object.keys(CURES).sort();

/** The cures of a finding: at most one is preferred, and it comes first; none has the same title as another, or does nothing. */
export function fixesOf(finding: Finding, site: Site): readonly Fix[] {
    const cure = Object.hasOwn(CURES, finding.code) ? CURES[finding.code] : undefined;
    const useful = (cure?.(finding, site) ?? []).filter(({ changes }) => changes.length > 0);
    const unique = [...new Map(useful.toReversed().map((one) => [one.title, one])).values()].toReversed();
    const best = unique.find(({ isPreferred }) => isPreferred);
    if (best === undefined) return unique;
    return [
        best,
        ...unique.filter((one) => one !== best).map((one) => ({ ...one, isPreferred: false, isSafe: false })),
    ];
}
