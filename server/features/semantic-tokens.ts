/** `textDocument/semanticTokens`: the words of a file in the colours of what they refer to. Only standard types, so that every theme has them. */
import type { Range, SemanticTokensLegend } from 'vscode-languageserver/node';
import type { Application, TokenType } from '../../language/index.ts';
import { isType, namedTokens, type NamedToken, type TokenSource } from './name-tokens.ts';

const TYPES = [
    'keyword',
    'class',
    'interface',
    'namespace',
    'enumMember',
    'variable',
    'property',
    'string',
    'number',
    'comment',
    'operator',
    'function',
    'event',
] as const;

const MODIFIERS = ['declaration', 'readonly', 'modification', 'static', 'defaultLibrary', 'unresolved'] as const;

type LegendType = (typeof TYPES)[number];
type Modifier = (typeof MODIFIERS)[number];

/** `unresolved` is a modifier of ours: a name that leads nowhere. */
export const LEGEND: SemanticTokensLegend = { tokenTypes: [...TYPES], tokenModifiers: [...MODIFIERS] };

const TYPE_OF: Readonly<Record<TokenType, LegendType>> = {
    keyword: 'keyword',
    component: 'class',
    facet: 'interface',
    instance: 'enumMember',
    variable: 'variable',
    property: 'property',
    string: 'string',
    number: 'number',
    comment: 'comment',
    operator: 'operator',
    command: 'function',
    event: 'event',
    path: 'string',
};

/** What editors with a grammar of their own colour as well, and in more detail. */
const LEXICAL: ReadonlySet<TokenType> = new Set(['keyword', 'string', 'number', 'comment', 'operator', 'path']);

export interface TokensQuestion {
    readonly document: TokenSource;
    /** What names are looked up in; null = nothing is known, and nothing is unresolved. */
    readonly names: NameLookup | null;
    /** Leaves out what a grammar of the editor colours. */
    readonly namesOnly: boolean;
}

/** What there is to know about names. */
export interface NameLookup {
    readonly kindOf: (type: string) => 'component' | 'facet' | undefined;
    /** Whether a type has a variable; both without each other's name. */
    readonly hasVariable: (type: string, variable: string) => boolean;
    /** Whether other applications see a variable, by its full name. */
    readonly isOffered: (variable: string) => boolean;
}

/** Encoded as the protocol says: five numbers a word. `range` leaves out the lines outside it. */
export function semanticTokensOf(question: TokensQuestion, range?: Range): number[] {
    const data: number[] = [];
    let [line, column] = [0, 0];
    for (const named of namedTokens(question.document)) {
        const { token } = named;
        if (question.namesOnly && LEXICAL.has(token.type)) continue;
        const [at, from] = [token.line - 1, token.column - 1];
        if (range !== undefined && (at < range.start.line || at > range.end.line)) continue;
        const { type, modifiers } = meaningOf(named, question.names);
        const bits = modifiers.reduce((sum, modifier) => sum | (1 << MODIFIERS.indexOf(modifier)), 0);
        data.push(at - line, at === line ? from - column : from, token.length, TYPES.indexOf(type), bits);
        [line, column] = [at, from];
    }
    return data;
}

/** Looks names up in applications, the first one that knows a name counts. */
export function namesOf(applications: readonly Application[]): NameLookup {
    const models = applications.map(({ model }) => model);
    const components = new Map(models.flatMap((model) => model.components.map((one) => [one.name, one] as const)));
    const facets = new Map(models.flatMap((model) => model.facets.map((one) => [one.name, one] as const)));
    return {
        kindOf: (type) => (components.has(type) ? 'component' : facets.has(type) ? 'facet' : undefined),
        hasVariable: (type, variable) => {
            const exported = (components.get(type) ?? facets.get(type))?.exports ?? {};
            return [`${type}.${variable}`, variable].some((name) => Object.hasOwn(exported, name));
        },
        isOffered: (variable) => models.some(({ externalExports }) => Object.hasOwn(externalExports, variable)),
    };
}

interface Meaning {
    readonly type: LegendType;
    readonly modifiers: readonly Modifier[];
}

function meaningOf(named: NamedToken, names: NameLookup | null): Meaning {
    const { token, isExternal } = named;
    if (isType(token)) return isExternal ? { type: 'namespace', modifiers: [] } : typeMeaning(named, names);
    if (token.type === 'variable') return { type: 'variable', modifiers: variableModifiers(named, names) };
    return { type: TYPE_OF[token.type], modifiers: token.isDeclaration ? ['declaration'] : [] };
}

function typeMeaning({ token, text }: NamedToken, names: NameLookup | null): Meaning {
    if (token.isDeclaration) return { type: TYPE_OF[token.type], modifiers: ['declaration'] };
    const kind = names === null ? token.type : names.kindOf(text);
    return kind === undefined
        ? { type: TYPE_OF[token.type], modifiers: ['unresolved'] }
        : { type: TYPE_OF[kind], modifiers: [] };
}

function variableModifiers(named: NamedToken, names: NameLookup | null): readonly Modifier[] {
    const { token, text, qualifier, owner } = named;
    if (text.startsWith('$(')) return text.startsWith('$(ROBOCONF_') ? ['readonly', 'defaultLibrary'] : [];
    const type = qualifier ?? owner;
    const modifiers: readonly (readonly [Modifier, boolean])[] = [
        ['declaration', token.isDeclaration],
        // An `ip` is set when the instance runs, whatever the files say.
        ['readonly', /(?:^|\.)ip$/i.test(text)],
        ['modification', !token.isDeclaration && qualifier === null && owner !== null],
        ['static', type !== null && names?.isOffered(`${type}.${text}`) === true],
        ['unresolved', type !== null && names !== null && leadsNowhere(named, type, names)],
    ];
    return modifiers.filter(([, isMeant]) => isMeant).map(([modifier]) => modifier);
}

/** Where the type itself leads nowhere, its variables are not looked for. */
function leadsNowhere({ token, text, isExternal }: NamedToken, type: string, names: NameLookup): boolean {
    const isLookedFor = !token.isDeclaration && !isExternal && names.kindOf(type) !== undefined;
    return isLookedFor && !names.hasVariable(type, text);
}
