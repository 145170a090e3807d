/** The words of a document one after the other, with what the words before say about each. */
import type { SyntaxToken } from '../../language/index.ts';

export interface NamedToken {
    readonly token: SyntaxToken;
    readonly text: string;
    /** The type in front of a dot: `Database` for `port` of `Database.port`. */
    readonly qualifier: string | null;
    /** The type whose block this is in, or the component of the instance. */
    readonly owner: string | null;
    /** `external` stands in front, on the same line. */
    readonly isExternal: boolean;
    readonly before: SyntaxToken | undefined;
}

export interface TokenSource {
    readonly lines: () => readonly string[];
    readonly syntax: () => { readonly tokens: readonly SyntaxToken[] };
}

/** In the order of the text. */
export function* namedTokens({ lines, syntax }: TokenSource): Generator<NamedToken> {
    const texts = lines();
    let before: NamedToken | undefined;
    for (const token of syntax().tokens) {
        const start = token.column - 1;
        before = namedAfter(before, token, texts[token.line - 1]?.slice(start, start + token.length) ?? '');
        yield before;
    }
}

function namedAfter(before: NamedToken | undefined, token: SyntaxToken, text: string): NamedToken {
    if (before === undefined) {
        const owner = isType(token) && token.isDeclaration ? text : null;
        return { token, text, qualifier: null, owner, isExternal: false, before: undefined };
    }
    const isQualified = isType(before.token) && isAfterDot(before.token, token);
    return {
        token,
        text,
        qualifier: isQualified ? before.text : null,
        owner: isHeader(token, before) ? text : before.owner,
        isExternal: isExternalWord(before, token) || (isQualified && before.isExternal),
        before: before.token,
    };
}

/** Whether a word names a component or a facet. */
export function isType({ type }: SyntaxToken): boolean {
    return type === 'component' || type === 'facet';
}

function isHeader(token: SyntaxToken, before: NamedToken): boolean {
    if (!isType(token)) return false;
    return token.isDeclaration || (/^of$/i.test(before.text) && before.token.line === token.line);
}

function isAfterDot(before: SyntaxToken, token: SyntaxToken): boolean {
    return before.line === token.line && before.column + before.length + 1 === token.column;
}

function isExternalWord(before: NamedToken, token: SyntaxToken): boolean {
    return before.token.line === token.line && before.token.type === 'keyword' && /^external$/i.test(before.text);
}
