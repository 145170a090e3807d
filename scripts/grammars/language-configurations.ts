/** What editors know of a language without a server: comments, brackets, words, indentation. */
import type { Pattern } from './pattern.ts';

const FOLDING = { markers: { start: '^\\s*#\\s*region\\b', end: '^\\s*#\\s*endregion\\b' } };

/** A comment that is broken in its middle goes on. */
const BROKEN_COMMENT = { beforeText: '^\\s*#.*$', afterText: '\\S', action: { indent: 'none', appendText: '# ' } };

/** Comments, brackets and indentation are the same in graph and instances. */
export function modelConfiguration(): Pattern {
    return {
        comments: { lineComment: '#' },
        brackets: [['{', '}']],
        autoClosingPairs: [
            { open: '{', close: '}', notIn: ['comment', 'string'] },
            { open: '"', close: '"', notIn: ['comment', 'string'] },
            { open: '[', close: ']', notIn: ['comment', 'string'] },
            { open: '(', close: ')', notIn: ['comment'] },
        ],
        surroundingPairs: [
            ['{', '}'],
            ['"', '"'],
        ],
        colorizedBracketPairs: [['{', '}']],
        wordPattern: '[A-Za-z_][\\w-]*|\\d+',
        indentationRules: {
            increaseIndentPattern: '^[^#]*\\{\\s*(#.*)?$',
            decreaseIndentPattern: '^\\s*\\}',
        },
        onEnterRules: [
            { beforeText: '^[^#]*\\{\\s*$', afterText: '^\\s*\\}', action: { indent: 'indentOutdent' } },
            BROKEN_COMMENT,
        ],
        folding: FOLDING,
    };
}

/** An instruction that goes on behind a backslash is indented once. */
export function commandsConfiguration(): Pattern {
    return {
        comments: { lineComment: '#' },
        brackets: [['(', ')']],
        autoClosingPairs: [{ open: '(', close: ')', notIn: ['comment'] }],
        surroundingPairs: [['(', ')']],
        wordPattern: '[A-Za-z_][\\w.-]*|\\d+',
        onEnterRules: [
            { beforeText: '^[^\\s#][^#]*\\\\$', action: { indent: 'indent' } },
            { beforeText: '^\\s+[^#]*[^\\\\]$', previousLineText: '\\\\$', action: { indent: 'outdent' } },
            BROKEN_COMMENT,
        ],
        folding: FOLDING,
    };
}

/** What stands between the dividing words is indented. */
export function rulesConfiguration(): Pattern {
    const word = (words: string, end: string): Pattern => ({ pattern: `^\\s*(?:${words})${end}`, flags: 'i' });
    return {
        comments: { lineComment: '//', blockComment: ['/*', '*/'] },
        autoClosingPairs: [
            { open: '"', close: '"', notIn: ['comment', 'string'] },
            { open: '/*', close: ' */', notIn: ['string'] },
        ],
        surroundingPairs: [['"', '"']],
        wordPattern: '[A-Za-z_][\\w.-]*|\\d+',
        indentationRules: {
            increaseIndentPattern: word('when|then', '\\s*$'),
            decreaseIndentPattern: word('then|end', '(?![\\w.-])'),
        },
        onEnterRules: [
            {
                beforeText: '^\\s*/\\*(?!.*\\*/).*$',
                afterText: '^\\s*\\*/$',
                action: { indent: 'indentOutdent', appendText: ' * ' },
            },
            { beforeText: '^\\s*/\\*(?!.*\\*/).*$', action: { indent: 'none', appendText: ' * ' } },
            { beforeText: '^\\s*\\* .*(?<!\\*/)$', action: { indent: 'none', appendText: '* ' } },
            { beforeText: '^\\s*\\*/\\s*$', action: { indent: 'none', removeText: 1 } },
            { beforeText: '^\\s*//.*$', afterText: '\\S', action: { indent: 'none', appendText: '// ' } },
        ],
        folding: { markers: { start: '^\\s*(?://|#)\\s*region\\b', end: '^\\s*(?://|#)\\s*endregion\\b' } },
    };
}

/** Probes stand one below the other: nothing is indented. */
export function measuresConfiguration(): Pattern {
    return {
        comments: { lineComment: '#' },
        brackets: [
            ['[', ']'],
            ['{{', '}}'],
        ],
        autoClosingPairs: [
            { open: '[', close: ']', notIn: ['comment'] },
            { open: '{', close: '}', notIn: ['comment'] },
        ],
        surroundingPairs: [
            ['[', ']'],
            ['{', '}'],
        ],
        wordPattern: '[A-Za-z_][\\w.-]*|\\d+',
        onEnterRules: [BROKEN_COMMENT],
        folding: FOLDING,
    };
}
