/** Snippets in the notation of editors: `${1:text}` is a place to fill in, `$0` where the caret ends. */

export interface Snippet {
    /** What is typed to have it. */
    readonly prefix: string;
    readonly description: string;
    readonly body: readonly string[];
}

/** By the name that is shown. */
export type Snippets = Readonly<Record<string, Snippet>>;

/** A text that editors take as it is. */
export function literal(text: string): string {
    return text.replaceAll(/[$}\\]/g, String.raw`\$&`);
}

/** The text of a snippet as an editor first shows it: places hold what is proposed for them, of choices the first. */
export function plainText({ body }: Snippet): string {
    return body
        .join('\n')
        .replaceAll(/\$\{[A-Z_]+:(?<text>[^}]*)\}/g, '$<text>')
        .replaceAll(/\$\{\d+\|(?<first>[^,|]*)[^|]*\|\}/g, '$<first>')
        .replaceAll(/\$\{\d+:(?<text>(?:\\.|[^\\}])*)\}/g, '$<text>')
        .replaceAll(/(?<!\\)\$\d+/g, '')
        .replaceAll(/\\(?<char>[$}\\])/g, '$<char>');
}
