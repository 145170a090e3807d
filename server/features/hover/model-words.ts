/** Keywords, properties, installers and `$(…)` in .graph and .instances files. */
import type { Position } from 'vscode-languageserver/node';
import {
    BLOCK_KEYWORDS,
    INSTALLERS,
    INSTANCE_VARIABLES,
    type Keyword,
    type ModelFileKind,
    PROPERTIES,
    VALUE_KEYWORDS,
} from '../../../language/index.ts';
import type { FileView } from '../../workspace/units.ts';
import { instancesOf, resolvedValue } from '../instances.ts';
import { type Lines, openBlockAt, withoutComment } from '../line-context.ts';
import { scopeOf } from '../scope.ts';
import { RECIPE_FOLDERS } from '../vocabulary/recipes.ts';
import { inlineCode, keywordMarkdown } from '../wording.ts';
import { explained, type ExplainedWord, wordTouching } from './word-at.ts';

export interface ModelWordQuestion {
    readonly kind: ModelFileKind;
    readonly lines: Lines;
    readonly position: Position;
    readonly view: FileView;
}

/** The word of the language at a position. */
export function modelWord(question: ModelWordQuestion): ExplainedWord | undefined {
    const { lines, position } = question;
    const line = withoutComment(lines[position.line] ?? '');
    return (
        blockWord(line, position.character) ??
        variableWord(question, line) ??
        valueWord(line, position.character) ??
        installerWord(question, line) ??
        propertyWord(question, line)
    );
}

function blockWord(line: string, column: number): ExplainedWord | undefined {
    const word = wordTouching(line, /^\s*(?<word>import(?=\s)|facet(?=\s)|instance of(?=\s))/dgi, column);
    const meaning = Object.values(BLOCK_KEYWORDS).find(({ name }) => name === word?.text.toLowerCase());
    return explained(word, meaning === undefined ? undefined : keywordMarkdown(meaning));
}

/** `$(ROBOCONF_…)`, with what it is for an instance of the component. */
function variableWord({ view, lines, position, kind }: ModelWordQuestion, line: string): ExplainedWord | undefined {
    const word = wordTouching(line, /(?<word>\$\(\w+\))/dg, position.character);
    if (word === undefined || !INSTANCE_VARIABLES.includes(word.text.slice(2, -1))) return undefined;
    const block = openBlockAt(lines, kind, position.line);
    const instance = block === null ? undefined : instancesOf(scopeOf(view), block.name)[0];
    const example =
        instance === undefined
            ? ''
            : `\n\n${inlineCode(resolvedValue(instance, word.text))} for ${inlineCode(instance.path)}`;
    return explained(word, `${VARIABLE_WORDS[word.text.slice(2, -1)] ?? 'Replaced for each instance.'}${example}`);
}

const VARIABLE_WORDS: Readonly<Record<string, string>> = {
    ROBOCONF_INSTANCE_NAME: "The instance's name.",
    ROBOCONF_INSTANCE_PATH: "The instance's path, such as `/machine/server`.",
    ROBOCONF_COMPONENT_NAME: "The name of the instance's component.",
    ROBOCONF_CLEAN_INSTANCE_PATH: "The instance's path with `_` for everything but letters and digits.",
    ROBOCONF_CLEAN_REVERSED_INSTANCE_PATH: 'The same from the instance up to its machine.',
};

const VALUE_WORDS: readonly (readonly [RegExp, Keyword])[] = [
    [/\b(?<word>external)\s/dgi, VALUE_KEYWORDS.external],
    [/(?<word>\(optional\))/dgi, VALUE_KEYWORDS.optional],
    [/(?<word>random\[[^\]]*\])/dgi, VALUE_KEYWORDS.random],
    [/^\s*(?<word>data\.)/dgi, VALUE_KEYWORDS.data],
];

function valueWord(line: string, column: number): ExplainedWord | undefined {
    for (const [pattern, meaning] of VALUE_WORDS) {
        const word = wordTouching(line, pattern, column);
        if (word !== undefined) return explained(word, keywordMarkdown(meaning));
    }
    return undefined;
}

/** The value of `installer`, with what the recipe folder must hold. */
function installerWord({ lines, position, kind }: ModelWordQuestion, line: string): ExplainedWord | undefined {
    const word = wordTouching(line, /\binstaller\s*:\s*(?<word>[^;\s]+)/dg, position.character);
    const meaning = INSTALLERS.find(({ name }) => name === word?.text.toLowerCase());
    const folder = RECIPE_FOLDERS[meaning?.name ?? ''];
    if (meaning === undefined || folder === undefined) return undefined;
    const component = openBlockAt(lines, kind, position.line)?.name ?? '<Component>';
    return explained(
        word,
        `**${meaning.name}** — ${meaning.summary}\n\nThe recipe folder ${inlineCode(`graph/${component}/`)} holds ${folder}.`,
    );
}

function propertyWord({ lines, position, kind }: ModelWordQuestion, line: string): ExplainedWord | undefined {
    const word = wordTouching(line, /(?<![^:\s])(?<word>[^:\s]+)\s*:/dg, position.character);
    const block = openBlockAt(lines, kind, position.line)?.kind;
    const meaning = PROPERTIES.find(
        ({ name, blocks }) => name === word?.text && (block === undefined || blocks.includes(block)),
    );
    return explained(word, meaning === undefined ? undefined : keywordMarkdown(meaning));
}
