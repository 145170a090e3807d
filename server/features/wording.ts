/** The words that completion and hover share: short facts about types and variables, as Markdown or plain text. */
import type { Keyword, PropertyKeyword } from '../../language/index.ts';
import type { TypeModel, VariableFacts } from './scope.ts';

/** What an importer gets, in a few words of plain text. */
export function valueWords(variable: VariableFacts): string {
    if (variable.isRuntime) return 'set when the instance runs';
    if (variable.isRandom) return 'a free port, chosen at deployment';
    if (variable.value === null) return 'no default value';
    return variable.value === '' ? 'default value: empty' : `default value: ${oneLine(variable.value)}`;
}

/** What a type is, in a few words of plain text: `component · script · extends Base`. */
export function typeWords(type: TypeModel): string {
    if (type.kind === 'facet') return ['facet', ...extendsWords(type.extends)].join(' · ');
    const installer = type.resolvedInstaller === null ? [] : [type.resolvedInstaller];
    return ['component', ...installer, ...extendsWords(type.extends === null ? [] : [type.extends])].join(' · ');
}

/** What an example is written in, as Markdown fences name it. */
export type ExampleLanguage =
    | 'roboconf-graph'
    | 'roboconf-instances'
    | 'roboconf-commands'
    | 'roboconf-rules'
    | 'roboconf-measures'
    | 'properties';

/** A keyword with its example, as Markdown. */
export function keywordMarkdown(
    keyword: Keyword | PropertyKeyword,
    language: ExampleLanguage = 'roboconf-graph',
): string {
    return `${keyword.summary}\n\n${codeBlock(keyword.example, language)}`;
}

/** An example, as Markdown. */
export function codeBlock(text: string, language: ExampleLanguage): string {
    return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** Text that Markdown shows as it is. */
export function escapeMarkdown(text: string): string {
    return text.replaceAll(/[\\`*_{}[\]()#+\-.!|<>~&]/g, (character) => `\\${character}`);
}

/** Text as inline code, whatever it contains. */
export function inlineCode(text: string): string {
    const flat = oneLine(text);
    const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map(([run]) => run.length));
    const fence = '`'.repeat(longest + 1);
    const blank = longest > 0 ? ' ' : '';
    return `${fence}${blank}${flat}${blank}${fence}`;
}

function extendsWords(names: readonly string[]): readonly string[] {
    return names.length === 0 ? [] : [`extends ${names.join(', ')}`];
}

const LONGEST = 200;

function oneLine(text: string): string {
    const flat = text.replaceAll(/\s+/g, ' ');
    return flat.length > LONGEST ? `${flat.slice(0, LONGEST)}…` : flat;
}
