/** Grammars that add colours to the files of other languages: Markdown fences, and placeholders in properties files. */
import { captures, type Pattern } from './pattern.ts';

/** The languages by the words behind the backticks of a fence. */
const FENCES: Readonly<Record<string, readonly string[]>> = {
    'roboconf-graph': ['roboconf-graph', 'roboconf', 'graph'],
    'roboconf-instances': ['roboconf-instances', 'instances'],
    'roboconf-commands': ['roboconf-commands', 'commands'],
    'roboconf-rules': ['roboconf-rules', 'rules', 'drl'],
    'roboconf-measures': ['roboconf-measures', 'measures'],
};

/** Fences of Markdown, with the language of each kind of file inside. */
export function markdownInjection(): Pattern {
    return {
        scopeName: 'markdown.roboconf.codeblock',
        injectionSelector: 'L:text.html.markdown',
        patterns: Object.entries(FENCES).map(([id, words]) => fence(id, words)),
        repository: {},
    };
}

function fence(id: string, words: readonly string[]): Pattern {
    return {
        begin: `(^|\\G)(\\s*)(\`{3,}|~{3,})\\s*(?i:(${words.join('|')})((?:\\s+|[:,{?])[^\`]*)?$)`,
        beginCaptures: {
            '3': { name: 'punctuation.definition.markdown' },
            '4': { name: 'fenced_code.block.language.markdown' },
            '5': { name: 'fenced_code.block.language.attributes.markdown' },
        },
        end: '(^|\\G)(\\2|\\s{0,3})(\\3)\\s*$',
        endCaptures: { '3': { name: 'punctuation.definition.markdown' } },
        name: 'markup.fenced_code.block.markdown',
        patterns: [
            {
                begin: '(^|\\G)(\\s*)(.*)',
                while: '(^|\\G)(?!\\s*([`~]{3,})\\s*$)',
                contentName: `meta.embedded.block.${id}`,
                patterns: [{ include: `source.${id}` }],
            },
        ],
    };
}

/** What is replaced in target files: the address of the machine, environment variables and secrets. */
export function propertiesInjection(): Pattern {
    return {
        scopeName: 'properties.roboconf.placeholders',
        injectionSelector: 'L:source.ini -comment, L:source.java-properties -comment, L:source.properties -comment',
        patterns: [
            {
                match: '(\\{\\{)\\s*(ip)\\s*(\\}\\})',
                captures: captures(
                    'punctuation.definition.placeholder.begin',
                    'variable.language.placeholder',
                    'punctuation.definition.placeholder.end',
                ),
            },
            {
                match: '(\\$\\{)(env|secret)(:)([^}\\s]*)(\\})',
                captures: captures(
                    'punctuation.definition.placeholder.begin',
                    'support.function.placeholder',
                    'punctuation.separator.placeholder',
                    'variable.other.placeholder',
                    'punctuation.definition.placeholder.end',
                ),
            },
        ],
        repository: {},
    };
}
