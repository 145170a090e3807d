/** What can be written in `recipe.properties`, `instructions.properties` and `.measures.properties` (docs/recipes.md; reference: language, sections 7 and 9). */
import type { CompletionQuestion } from '../completion.ts';
import { FILE_ACTIONS, PHASE_NAMES, PHASES, POLICIES } from '../vocabulary/recipes.ts';
import { keywordMarkdown } from '../wording.ts';
import { proposal, type Proposal } from './proposal.ts';

/** Policies of all phases, then those of each. */
export function policyKeys(): readonly Proposal[] {
    const all = POLICIES.map((policy) =>
        keyProposal(policy.name, 'for all phases', keywordMarkdown(policy, 'properties')),
    );
    const single = PHASE_NAMES.flatMap((phase) =>
        POLICIES.filter(({ phases }) => phases?.includes(phase) ?? true).map((policy) =>
            keyProposal(`${phase}.${policy.name}`, `for ${phase} alone`, policy.summary),
        ),
    );
    return [...all, ...single];
}

function keyProposal(name: string, detail: string, documentation: string): Proposal {
    return proposal('property', name, { insert: `${name} = `, detail, documentation, leadsOn: true });
}

/** Likely values of a policy. */
export function policyValues(key: string): readonly Proposal[] {
    const policy = POLICIES.find(({ name }) => key === name || key.endsWith(`.${name}`));
    return (policy?.samples ?? []).map((sample) => proposal('value', sample));
}

/** `<phase>.<position>.<action>`, at the next free position of each phase. */
export function instructionKeys(entries: ReadonlyMap<string, string>): readonly Proposal[] {
    return PHASE_NAMES.flatMap((phase) => {
        const position = nextPosition(phase, [...entries.keys()]);
        return FILE_ACTIONS.map((action) =>
            proposal('property', `${phase}.${position}.${action.name}`, {
                insert: `${phase}.${position}.${action.name} = `,
                snippet: `${phase}.${position}.${action.name} = ${action.value}`,
                detail: PHASES[phase].replaceAll('`', ''),
                documentation: keywordMarkdown(action, 'properties'),
            }),
        );
    });
}

function nextPosition(phase: string, keys: readonly string[]): number {
    const taken = keys.map((key) => Number(new RegExp(`^${phase}\\.(\\d+)\\.`, 'i').exec(key)?.[1] ?? 0));
    return Math.max(0, ...taken) + 1;
}

/** Files of the recipe, for the source of an instruction. */
export function instructionValues(key: string, files: readonly string[]): readonly Proposal[] {
    const action = key.replace(/^.*\./, '').toLowerCase();
    const known = files.map((file) => proposal('file', file));
    const downloaded = proposal('value', 'roboconf_tmp_file', { detail: 'what was downloaded before' });
    if (action === 'download') return [proposal('value', 'https://'), proposal('value', 'http://')];
    return action === 'delete' ? known : [...known, downloaded];
}

/** Keys that the probes of the component ask for. */
export function valueKeys({ view }: CompletionQuestion): readonly Proposal[] {
    const component = view.file.replace(/^.*\//, '').replace(/\.measures\.properties$/, '');
    // Probes refer to nothing but their values.
    const asked = view.analysis.application.references
        .filter(({ range }) => range.file.endsWith(`/${component}.measures`))
        .map(({ name }) => name);
    return [...new Set(asked)]
        .sort()
        .map((name) => proposal('property', name, { insert: `${name} = `, detail: 'asked for by a probe' }));
}
