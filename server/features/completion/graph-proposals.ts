/** What can be written at a place of a .graph file (reference: language, section 10.1; mends 11.21). */
import {
    BLOCK_KEYWORDS,
    type BlockKind,
    INSTALLERS,
    INSTANCE_VARIABLES,
    PROPERTIES,
    type PropertyKeyword,
    VALUE_KEYWORDS,
} from '../../../language/index.ts';
import type { LineContext } from '../line-context.ts';
import {
    lineageOf,
    prefixOf,
    type Scope,
    type TypeModel,
    typeOf,
    typesOf,
    type VariableFacts,
    variablesOf,
} from '../scope.ts';
import { escapeMarkdown, keywordMarkdown, typeWords, valueWords } from '../wording.ts';
import { escapeSnippet, proposal, type Proposal } from './proposal.ts';

export type ValueContext = Extract<LineContext, { kind: 'value' }>;

/** At the start of a line outside blocks. */
export function graphTopLevel(): readonly Proposal[] {
    const { facet } = BLOCK_KEYWORDS;
    return [
        importProposal(),
        proposal('keyword', facet.name, { insert: 'facet ', documentation: keywordMarkdown(facet) }),
        blockProposal('component block', 'Component', 'installer: ${2:script};'),
        blockProposal('facet block', 'facet facet', 'exports: ${2:ip};'),
    ];
}

/** The `import` keyword. */
export function importProposal(): Proposal {
    return proposal('keyword', 'import', {
        insert: 'import ',
        snippet: 'import $1;$0',
        documentation: keywordMarkdown(BLOCK_KEYWORDS.import),
        leadsOn: true,
    });
}

/** Names of properties a block may still get; `present` are those it has, `hasColon` tells that the line goes on after the name. */
export function propertyProposals(kind: BlockKind, present: readonly string[], hasColon: boolean): readonly Proposal[] {
    return PROPERTIES.filter((property) => property.isForPeople && property.blocks.includes(kind))
        .filter((property) => property.isRepeatable || !present.includes(property.name))
        .map((property) => propertyProposal(property, hasColon));
}

/** In the value of a property. */
export function graphValues(context: ValueContext, scope: Scope): readonly Proposal[] {
    const self = context.block?.name ?? '';
    const kind = context.block?.kind ?? 'component';
    switch (context.property) {
        case 'installer':
            return installerProposals(scope, context.typed.text);
        case 'children':
            return typeProposals(scope, (type) => type.name !== self, context.others);
        case 'facets':
            return typeProposals(scope, (type) => type.kind === 'facet', context.others);
        case 'extends':
            return typeProposals(
                scope,
                (type) => type.kind === kind && !descendsFrom(scope, type, self),
                context.others,
            );
        case 'imports':
            return importItems(context, scope);
        case 'exports':
            return exportItems(context, scope);
        default:
            return [];
    }
}

/** `$(…)`: what is replaced for each instance. */
export function instanceVariables(): readonly Proposal[] {
    return INSTANCE_VARIABLES.map((name) => proposal('value', `$(${name})`, { detail: 'replaced for each instance' }));
}

/** Types that a test accepts and that are not listed yet. */
function typeProposals(
    scope: Scope,
    accepts: (type: TypeModel) => boolean,
    listed: readonly string[],
): readonly Proposal[] {
    return typesOf(scope)
        .filter((type) => type.name !== '' && accepts(type) && !listed.includes(type.name))
        .map(typeProposal);
}

/** One type by its name. */
export function typeProposal(type: TypeModel): Proposal {
    return proposal(type.kind, type.name, {
        detail: typeWords(type),
        documentation: escapeMarkdown(type.description ?? ''),
    });
}

function propertyProposal(property: PropertyKeyword, hasColon: boolean): Proposal {
    const { name } = property;
    const more = { documentation: keywordMarkdown(property), leadsOn: true };
    if (hasColon) return proposal('property', name, { documentation: more.documentation });
    return proposal('property', name, { ...more, insert: `${name}: `, snippet: `${name}: $1;` });
}

function blockProposal(label: string, title: string, body: string): Proposal {
    const [keyword, last] = title.includes(' ') ? ['facet ', 'facet'] : ['', title];
    return proposal('snippet', label, {
        insert: `${keyword}${last} {\n\t\n}`,
        snippet: `${keyword}\${1:${last}} {\n\t${body}$0\n}`,
        detail: `a whole ${label}`,
    });
}

function installerProposals(scope: Scope, typed: string): readonly Proposal[] {
    const known = new Set(INSTALLERS.map((installer) => installer.name));
    const written = [...scope.components.values()].map((component) => component.installer ?? '');
    const others = [...new Set(written)]
        .filter((name) => name.trim() !== '' && name.trim() !== typed && !known.has(name))
        .sort();
    return [
        ...INSTALLERS.map((installer) =>
            proposal('value', installer.name, { documentation: keywordMarkdown(installer) }),
        ),
        ...others.map((name) => proposal('value', name, { detail: 'used in this application' })),
    ];
}

function descendsFrom(scope: Scope, type: TypeModel, ancestor: string): boolean {
    return lineageOf(scope, type).some((one) => one.name === ancestor);
}

/** Variables of the other types: all of a type first, then each (reference: language, section 10.1). */
function importItems(context: ValueContext, scope: Scope): readonly Proposal[] {
    if (context.isAfterItem) return [optionalProposal()];
    const self = typeOf(scope, context.block?.name ?? '');
    const listed = new Set(context.others.map((item) => importedName(item)));
    const own = new Set(Object.keys(self?.exports ?? {}));
    const isFree = (name: string): boolean => !listed.has(name) && !own.has(name);
    const variables = importableVariables(scope).filter(({ fullName }) => isFree(fullName));
    const prefixes = [...new Set(variables.map(({ fullName }) => prefixOf(fullName)))].filter(
        (prefix) => prefix !== '',
    );
    const all = prefixes.filter((prefix) => prefix !== self?.name && isFree(`${prefix}.*`));
    return [
        ...all.map((prefix) => proposal('variable', `${prefix}.*`, { detail: `all variables of ${prefix}` })),
        ...variables.map(variableProposal),
        proposal('keyword', VALUE_KEYWORDS.external.name, {
            insert: 'external ',
            documentation: keywordMarkdown(VALUE_KEYWORDS.external),
        }),
    ];
}

function importedName(item: string): string {
    return item.replace(/^external\s+/i, '').replace(/\s*\(optional\)$/i, '');
}

function optionalProposal(): Proposal {
    const { optional } = VALUE_KEYWORDS;
    return proposal('keyword', optional.name, { documentation: keywordMarkdown(optional) });
}

/** Each full name once, described by the type whose prefix it has when that type is known. */
function importableVariables(scope: Scope): readonly VariableFacts[] {
    const found = new Map<string, VariableFacts>();
    for (const type of typesOf(scope))
        for (const variable of variablesOf(scope, type))
            if (!found.has(variable.fullName) || prefixOf(variable.fullName) === type.name)
                found.set(variable.fullName, variable);
    return [...found.values()].sort((a, b) => (a.fullName < b.fullName ? -1 : 1));
}

function variableProposal(variable: VariableFacts): Proposal {
    const isInherited = variable.origin !== prefixOf(variable.fullName);
    return proposal('variable', variable.fullName, {
        detail: valueWords(variable),
        documentation: isInherited ? `from ${escapeMarkdown(variable.origin)}` : '',
    });
}

function exportItems(context: ValueContext, scope: Scope): readonly Proposal[] {
    const { text } = context.typed;
    if (text.includes('=')) return [];
    const self = typeOf(scope, context.block?.name ?? '');
    const inherited = self === undefined ? [] : inheritedVariables(scope, self);
    const { random } = VALUE_KEYWORDS;
    return [
        ...(context.others.includes('ip')
            ? []
            : [proposal('variable', 'ip', { detail: 'set when the instance runs' })]),
        proposal('keyword', 'random[port]', {
            insert: 'random[port] ',
            snippet: 'random[port] ${1:port}',
            documentation: keywordMarkdown(random),
        }),
        ...inherited.map((variable) =>
            proposal('variable', variable.fullName, {
                insert: `${variable.fullName} = `,
                snippet: `${escapeSnippet(variable.fullName)} = \${1:${escapeSnippet(variable.value ?? '')}}`,
                detail: `inherited, ${valueWords(variable)}`,
            }),
        ),
    ];
}

function inheritedVariables(scope: Scope, self: TypeModel): readonly VariableFacts[] {
    return variablesOf(scope, self).filter(
        ({ origin, fullName }) => origin !== self.name && prefixOf(fullName) !== self.name,
    );
}
