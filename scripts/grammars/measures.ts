/** Probes: a header in brackets, and lines whose meaning depends on its handler. Comments are whole lines. */
import {
    FILE_ACTIONS,
    NAGIOS_SERVER,
    PROBE_HANDLERS,
    REST_OPERATORS,
    type ProbeHandlerName,
} from '../../language/measures/probe-handlers.ts';
import { INSTANCE_VARIABLES } from '../../language/keywords.ts';
import { anyOf, captures, grammar, include, type Pattern } from './pattern.ts';

const NEXT_HEADER = '(?=^\\s*\\[(?i:event))';

/** The grammar of measures files. */
export function measuresGrammar(): Pattern {
    const probes = PROBE_HANDLERS.map(({ name }) => probe(name, BODIES[name]));
    return grammar('Roboconf Measures', 'roboconf-measures', {
        patterns: [
            include('comment'),
            ...probes,
            unknownProbe(),
            { match: '^\\s*[^\\s#\\[].*$', name: 'invalid.illegal.text' },
        ],
        repository: {
            comment: { match: '^\\s*(#.*)$', captures: captures('comment.line.number-sign') },
            key: {
                match: '(\\{\\{)\\s*([^\\s{}]+)\\s*(\\}\\})',
                captures: captures(
                    'punctuation.definition.key.begin',
                    'variable.other.key',
                    'punctuation.definition.key.end',
                ),
            },
        },
    });
}

const WORD = '(?>\\{\\{[^}]*\\}\\}|\\S)+';

const REST: Pattern = {
    // Braces are taken whole, once: `{{ key }}` may hold blanks.
    match: `(?i)\\b(check)\\s+(${WORD})\\s+(that)\\s+(${WORD})\\s+(${REST_OPERATORS.join('|')})\\s+(?:([+-]?\\d[\\d.]*(?=\\s|$))|([^\\s{]\\S*))?`,
    captures: {
        ...captures(
            'keyword.control.check',
            null,
            'keyword.control.check',
            'variable.other.member',
            'keyword.operator.comparison',
            'constant.numeric',
            'string.unquoted',
        ),
        '2': { name: 'string.unquoted.url', patterns: [include('key')] },
    },
};

const BODIES: Readonly<Record<ProbeHandlerName, readonly Pattern[]>> = {
    file: [
        { match: `(?i)\\b(?:${Object.values(FILE_ACTIONS).join('|')})\\b`, name: 'keyword.control.action' },
        { match: '[^\\s{]+', name: 'string.unquoted.path' },
    ],
    nagios: [
        {
            match: `(?i)^\\s*(${NAGIOS_SERVER})\\s+(\\S+)`,
            captures: captures('keyword.control.server', 'string.unquoted.url'),
        },
        { match: '^\\s*(GET)\\s+(\\w+)', captures: captures('keyword.control.query', 'entity.name.type.table') },
        {
            match: '^\\s*([A-Z][A-Za-z]*)(:)',
            captures: captures('keyword.other.query', 'punctuation.separator.key-value'),
        },
        { match: '(?<=\\s)(?:[!<>]?=~?~?|[<>~])(?=\\s)', name: 'keyword.operator.comparison' },
        { match: '(?<=\\s)\\d+(?=\\s|$)', name: 'constant.numeric' },
    ],
    rest: [REST],
    docker: [
        { match: `(?:${anyOf(INSTANCE_VARIABLES)})`, name: 'variable.language' },
        { match: '[\\w./:-]+?(?=ROBOCONF_|\\{\\{|\\s|$)', name: 'string.unquoted' },
    ],
};

function probe(handler: string, body: readonly Pattern[]): Pattern {
    return {
        begin: `^\\s*(\\[)((?i:event))\\s+((?i:${handler}))\\s+(\\S+?)\\s*(\\])`,
        beginCaptures: captures(
            'punctuation.definition.probe.begin',
            'keyword.control.probe',
            'support.type.handler',
            'entity.name.function.event',
            'punctuation.definition.probe.end',
        ),
        end: NEXT_HEADER,
        name: `meta.probe.${handler}`,
        patterns: [include('comment'), include('key'), ...body],
    };
}

/** A header that is none, or of a handler that is not known: all up to the next one is ignored. */
function unknownProbe(): Pattern {
    return {
        begin: '^\\s*(\\[(?i:event)[^\\]]*\\]?)',
        beginCaptures: captures('invalid.illegal.probe'),
        end: NEXT_HEADER,
        patterns: [include('comment'), include('key')],
    };
}
