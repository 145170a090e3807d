/** Graph and instances: one instruction a line, `#` starts a comment anywhere, quotes know no escape. */
import { BLOCK_KEYWORDS, PROPERTIES } from '../../language/keywords.ts';
import { COMMA, COMMENT, include, type Pattern } from './pattern.ts';

/** Facets must not look like components. */
const FACET = 'entity.name.function.facet';

/** The rest of a line up to its comment or semicolon. */
const END_OF_VALUE = '(;)|(?=#)|$';

const END_CAPTURES = { '1': { name: 'punctuation.terminator.statement' } };

/** Components and facets. */
export function graphGrammar(): Pattern {
    const scope = 'roboconf-graph';
    return {
        name: 'Roboconf Graph',
        scopeName: `source.${scope}`,
        fileTypes: ['graph'],
        patterns: [include('comment'), include('import'), include('facet'), include('component')],
        repository: {
            comment: COMMENT,
            import: importPattern(),
            facet: block(`(?i:(${BLOCK_KEYWORDS.facet.name}))(?:\\s+([^{#]*?))?\\s*(\\{)`, FACET),
            component: block('()([^\\s{#:][^{#:]*?)\\s*(\\{)', 'entity.name.type.class'),
            property: graphProperties(),
            variables: variableList(),
            types: { match: '[A-Za-z_][\\w.-]*', name: 'entity.other.inherited-class' },
            imported: importedVariables(),
            value: value(),
        },
    };
}

/** Instances. */
export function instancesGrammar(): Pattern {
    const scope = 'roboconf-instances';
    const keyword = BLOCK_KEYWORDS.instanceOf.name;
    return {
        name: 'Roboconf Instances',
        scopeName: `source.${scope}`,
        fileTypes: ['instances'],
        patterns: [include('comment'), include('import'), include('instance')],
        repository: {
            comment: COMMENT,
            import: importPattern(),
            instance: {
                ...block(`(?i:(${keyword}))(?:\\s+([^{#]*?))?\\s*(\\{)`, 'entity.name.type.class'),
                patterns: [include('comment'), include('instance'), include('property')],
            },
            property: instanceProperties(),
            value: value(),
        },
    };
}

function importPattern(): Pattern {
    return {
        begin: `^\\s*(?i:(${BLOCK_KEYWORDS.import.name}))\\s+`,
        beginCaptures: { '1': { name: 'keyword.control.import' } },
        end: END_OF_VALUE,
        endCaptures: END_CAPTURES,
        patterns: [{ match: '[^;#]+', name: 'string.unquoted.path' }],
    };
}

/** A header up to the line of the closing bracket; group 1 is a keyword, 2 the name, 3 the bracket. */
function block(header: string, nameScope: string): Pattern {
    return {
        begin: `^\\s*${header}`,
        beginCaptures: {
            '1': { name: 'storage.type' },
            '2': { name: nameScope },
            '3': { name: 'punctuation.section.block.begin' },
        },
        end: '^\\s*(\\})',
        endCaptures: { '1': { name: 'punctuation.section.block.end' } },
        patterns: [include('comment'), include('property')],
    };
}

function propertyNames(block: 'component' | 'facet' | 'instance', except: readonly string[]): string {
    const names = PROPERTIES.filter((property) => property.blocks.includes(block)).map((property) => property.name);
    // The longest first: `instance-data` must not be taken for a shorter name.
    const wanted = names
        .filter((name) => !except.includes(name))
        .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
    return wanted.join('|');
}

function property(name: string, scope: string, patterns: readonly Pattern[]): Pattern {
    return {
        begin: `(?:^|(?<=\\s))(${name})\\s*(:)`,
        beginCaptures: { '1': { name: scope }, '2': { name: 'punctuation.separator.key-value' } },
        end: END_OF_VALUE,
        endCaptures: END_CAPTURES,
        patterns,
    };
}

function graphProperties(): Pattern {
    const scope = 'keyword.other.property';
    return {
        patterns: [
            property('exports', scope, [include('variables')]),
            property('imports', scope, [include('imported'), COMMA]),
            property('facets', scope, [{ match: '[A-Za-z_][\\w.-]*', name: FACET }, COMMA]),
            property('children|extends', scope, [include('types'), COMMA]),
            property(propertyNames('component', ['exports', 'imports', 'children', 'facets', 'extends']), scope, [
                { match: '[^;#\\s][^;#]*', name: 'support.constant' },
            ]),
            property('[^:\\s#{}]+', 'invalid.illegal.property', [include('value')]),
        ],
    };
}

function instanceProperties(): Pattern {
    return {
        patterns: [
            property('name', 'keyword.other.property', [{ match: '[^;#\\s][^;#]*', name: 'entity.name.type.module' }]),
            property(propertyNames('instance', ['name']), 'keyword.other.property', [include('value')]),
            property('(?i:data\\.)[^:\\s#{}]*', 'support.type.property-name', [include('value')]),
            property('[^:\\s#{}]+', 'variable.other.property', [include('value')]),
        ],
    };
}

function variableList(): Pattern {
    return {
        patterns: [
            {
                match: '(?i:(random))(\\[)([^\\]]*)(\\])',
                captures: {
                    '1': { name: 'keyword.other.random' },
                    '2': { name: 'punctuation.section.brackets.begin' },
                    '3': { name: 'support.constant' },
                    '4': { name: 'punctuation.section.brackets.end' },
                },
            },
            {
                begin: '=',
                beginCaptures: { '0': { name: 'keyword.operator.assignment' } },
                end: '(?=,|;|#)|$',
                patterns: [include('value')],
            },
            { match: '[A-Za-z_][\\w.-]*', name: 'variable.other.member' },
            COMMA,
        ],
    };
}

function importedVariables(): Pattern {
    return {
        patterns: [
            { match: '(?i)\\bexternal\\b(?=\\s)', name: 'storage.modifier' },
            { match: '(?i)\\(optional\\)', name: 'storage.modifier' },
            {
                match: '([A-Za-z_][\\w-]*)(\\.)(?:(\\*)|([\\w.-]+))?',
                captures: {
                    '1': { name: 'entity.name.type.class' },
                    '2': { name: 'punctuation.accessor' },
                    '3': { name: 'keyword.operator.wildcard' },
                    '4': { name: 'variable.other.member' },
                },
            },
        ],
    };
}

function value(): Pattern {
    return {
        patterns: [
            {
                begin: '"',
                end: '"|(?=#)|$',
                name: 'string.quoted.double',
                patterns: [substitution()],
            },
            substitution(),
            { match: '(?<=[=:\\s])\\d+(?:\\.\\d+)*(?=\\s*(?:[,;#]|$))', name: 'constant.numeric' },
            { match: '[^\\s",;#$][^",;#$]*', name: 'string.unquoted' },
        ],
    };
}

/** What is replaced for each instance. */
function substitution(): Pattern {
    return { match: '\\$\\(\\w*\\)', name: 'variable.language' };
}
