/** Rules: words with blanks around them, and three kinds of comment that quotes do not stop. */
import { RULE_ATTRIBUTES } from '../../language/rules/rule-words.ts';
import { anyOf, captures, COMMENT, grammar, include, type Pattern } from './pattern.ts';

/** The grammar of rules files. */
export function rulesGrammar(): Pattern {
    return grammar('Roboconf Rules', 'roboconf-rules', {
        patterns: [include('comments'), include('rule')],
        repository: {
            comments: {
                patterns: [
                    { begin: '/\\*', end: '\\*/', name: 'comment.block' },
                    { match: '//.*$', name: 'comment.line.double-slash' },
                    COMMENT,
                ],
            },
            rule: {
                begin: '(?i)(?<!\\S)(rule)(?=\\s|$)',
                beginCaptures: captures('keyword.control.rule'),
                end: '(?i)(?<=\\s|^)(end)(?=\\s|$)',
                endCaptures: captures('keyword.control.rule'),
                patterns: [
                    include('comments'),
                    include('name'),
                    include('attribute'),
                    include('when'),
                    include('then'),
                ],
            },
            name: { match: '"[^"]*"', name: 'string.quoted.double entity.name.section' },
            attribute: {
                match: `(?i)\\b(${anyOf(RULE_ATTRIBUTES.map(({ name }) => name)).replaceAll('\\s+', ' ')}) (is)\\s+(\\d+)([ \\t]*s\\b)?`,
                captures: captures(
                    'keyword.other.attribute',
                    'keyword.operator.word',
                    'constant.numeric',
                    'keyword.other.unit',
                ),
            },
            when: part('when', 'then|end', { match: '[^\\s#/]+', name: 'variable.other.event' }),
            then: part('then', 'end', { match: '[^\\s;#/]+', name: 'entity.name.function' }),
        },
    });
}

/** What follows a dividing word, up to the next one. */
function part(word: string, next: string, content: Pattern): Pattern {
    return {
        begin: `(?i)(?<!\\S)(${word})(?=\\s|$)`,
        beginCaptures: captures('keyword.control.rule'),
        end: `(?i)(?<=\\s|^)(?=(?:${next})(?:\\s|$))`,
        patterns: [include('comments'), { match: ';', name: 'punctuation.terminator.statement' }, content],
    };
}
