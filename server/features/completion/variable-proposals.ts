/** Items of `exports` and `imports` (reference: language, sections 2.7, 2.8 and 10.1). */
import { type BlockKind, VALUE_KEYWORDS } from '../../../language/index.ts';
import { prefixOf, type Scope, type TypeModel, typeOf, typesOf, variableOf, variablesOf } from '../scope.ts';
import { escapeMarkdown, keywordMarkdown, valueWords } from '../wording.ts';
import { escapeSnippet, proposal, type Proposal } from './proposal.ts';

/** Where an item of a list of variables is written. */
export interface ItemContext {
    readonly block: { readonly kind: BlockKind; readonly name: string } | null;
    readonly typed: { readonly text: string };
    /** The other items of the list, trimmed. */
    readonly others: readonly string[];
    /** Behind a whole item of `imports` and a blank. */
    readonly isAfterItem: boolean;
}

/** Variables of the other types: all of a type first, then each. `isSelfKnown` is false for a block whose name another file declares too. */
export function importItems(context: ItemContext, scope: Scope, isSelfKnown: boolean): readonly Proposal[] {
    if (context.isAfterItem) return [optionalProposal()];
    const self = isSelfKnown ? typeOf(scope, context.block?.name ?? '') : undefined;
    const listed = new Set(context.others.map(importedName));
    const own = new Set(Object.keys(self?.exports ?? {}));
    const ownPrefixes = new Set([...own].map(prefixOf));
    const variables = importableVariables(scope).filter(({ name }) => !own.has(name));
    const prefixes = new Set(variables.map(({ name }) => prefixOf(name)));
    const all = [...prefixes].filter((prefix) => prefix !== '' && !ownPrefixes.has(prefix));
    const mark = (one: Proposal): Proposal => ({ ...one, isPresent: listed.has(one.label) });
    return [
        ...all.map((prefix) => mark(allProposal(prefix))),
        ...variables.map((variable) => mark(variableProposal(scope, variable))),
        externalProposal(),
    ];
}

/** Variables of other applications, behind the word `external`. */
export function externalItems(
    externals: readonly { readonly name: string; readonly application: string }[],
    others: readonly string[],
): readonly Proposal[] {
    const listed = new Set(others.map(importedName));
    return externals.map(({ name, application }) =>
        proposal('variable', name, { detail: `from ${application}`, isPresent: listed.has(name) }),
    );
}

function importedName(item: string): string {
    return item.replace(/^external\s+/i, '').replace(/\s*\(optional\)$/i, '');
}

function optionalProposal(): Proposal {
    const { optional } = VALUE_KEYWORDS;
    return proposal('keyword', optional.name, { documentation: keywordMarkdown(optional) });
}

function externalProposal(): Proposal {
    const { external } = VALUE_KEYWORDS;
    return proposal('keyword', external.name, { insert: 'external ', documentation: keywordMarkdown(external) });
}

function allProposal(prefix: string): Proposal {
    return proposal('variable', `${prefix}.*`, { detail: `all variables of ${prefix}`, about: prefix });
}

interface Importable {
    readonly name: string;
    readonly type: TypeModel;
}

/** Each full name once, with the type whose prefix it has when that type is known. */
function importableVariables(scope: Scope): readonly Importable[] {
    const found = new Map<string, Importable>();
    for (const type of typesOf(scope))
        for (const name of Object.keys(type.exports))
            if (!found.has(name) || prefixOf(name) === type.name) found.set(name, { name, type });
    return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function variableProposal(scope: Scope, { name, type }: Importable): Proposal {
    return proposal('variable', name, {
        describe: () => {
            const variable = variableOf(scope, type, name);
            const isInherited = variable.origin !== prefixOf(name);
            const documentation = isInherited ? `from ${escapeMarkdown(variable.origin)}` : '';
            return { detail: valueWords(variable), documentation };
        },
    });
}

/** Names a type may export, inherited ones to give another value to. */
export function exportItems(context: ItemContext, scope: Scope): readonly Proposal[] {
    const { text } = context.typed;
    if (text.includes('=')) return [];
    const self = typeOf(scope, context.block?.name ?? '');
    const names = context.others.map((item) => /^(?:random\[[^\]]*\]\s*)?([^=\s]*)/i.exec(item)?.[1] ?? '');
    const { random } = VALUE_KEYWORDS;
    return [
        proposal('variable', 'ip', { detail: 'set when the instance runs', isPresent: names.includes('ip') }),
        proposal('keyword', 'random[port]', {
            insert: 'random[port] ',
            snippet: 'random[port] ${1:port}',
            documentation: keywordMarkdown(random),
        }),
        ...(self === undefined ? [] : inheritedProposals(scope, self, names)),
    ];
}

function inheritedProposals(scope: Scope, self: TypeModel, listed: readonly string[]): readonly Proposal[] {
    const inherited = variablesOf(scope, self).filter(
        ({ origin, fullName }) => origin !== self.name && prefixOf(fullName) !== self.name,
    );
    return inherited.map((variable) =>
        proposal('variable', variable.fullName, {
            insert: `${variable.fullName} = `,
            snippet: `${escapeSnippet(variable.fullName)} = \${1:${escapeSnippet(variable.value ?? '')}}`,
            detail: `inherited, ${valueWords(variable)}`,
            isPresent: listed.includes(variable.fullName),
        }),
    );
}
