/** Colours as an editor gives them: a text with the scopes of its words below each line. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar, type StateStack } from 'vscode-textmate';

const folder = join(resolve(import.meta.dirname, '../..'), 'syntaxes');
const require = createRequire(import.meta.url);

/** Stand-ins for the grammars of other languages that ours are put into: what they mark as comment is what the selectors ask about. */
const HOSTS: Readonly<Record<string, object>> = {
    'source.ini': {
        scopeName: 'source.ini',
        patterns: [{ match: '^\\s*[#!].*$', name: 'comment.line' }],
    },
    'text.html.markdown': {
        scopeName: 'text.html.markdown',
        patterns: [{ begin: '(^|\\G)\\s*`{3}', end: '`{3}', name: 'markup.fenced_code.block.markdown' }],
    },
};

const INJECTIONS: Readonly<Record<string, string>> = {
    'source.ini': 'properties.roboconf.placeholders',
    'text.html.markdown': 'markdown.roboconf.codeblock',
};

let registry: textmate.Registry | undefined;

async function createRegistry(): Promise<textmate.Registry> {
    const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
    await oniguruma.loadWASM(wasm);
    return new textmate.Registry({
        onigLib: Promise.resolve({
            createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
            createOnigString: (text) => new oniguruma.OnigString(text),
        }),
        loadGrammar: (scope) => Promise.resolve(textmate.parseRawGrammar(sourceOf(scope), 'grammar.json')),
        getInjections: (scope) => (INJECTIONS[scope] === undefined ? [] : [INJECTIONS[scope]]),
    });
}

function sourceOf(scope: string): string {
    const host = HOSTS[scope];
    if (host !== undefined) return JSON.stringify(host);
    const name = {
        'markdown.roboconf.codeblock': 'markdown-injection',
        'properties.roboconf.placeholders': 'properties-injection',
    }[scope];
    return readFileSync(join(folder, `${name ?? scope.replace('source.', '')}.tmLanguage.json`), 'utf8');
}

/** Loads the grammar of a scope, such as `source.roboconf-graph`. */
export async function loadGrammar(scope: string): Promise<IGrammar> {
    registry ??= await createRegistry();
    const grammar = await registry.loadGrammar(scope);
    if (grammar === null) throw new Error(`There is no grammar of ${scope}`);
    return grammar;
}

/** Every line, and below it one line for each word that has a scope of its own: its place as `^^^` and its innermost scopes. */
export function scopesOf(grammar: IGrammar, text: string): string {
    let state: StateStack | null = null;
    const shown: string[] = [];
    for (const line of text.split('\n')) {
        const result = grammar.tokenizeLine(line, state);
        state = result.ruleStack;
        shown.push(`>${line.replaceAll('\t', ' ')}`);
        for (const { startIndex, endIndex, scopes } of result.tokens) {
            const own = scopes.slice(1).filter((scope) => !scope.startsWith('meta.'));
            const end = Math.min(endIndex, line.length);
            if (own.length > 0 && line.slice(startIndex, end).trim() !== '')
                shown.push(`#${' '.repeat(startIndex)}${'^'.repeat(end - startIndex)} ${own.join(' ')}`);
        }
    }
    return `${shown.join('\n')}\n`;
}
