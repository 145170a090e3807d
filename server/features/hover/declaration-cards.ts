/** What to show of a name, by the kind of thing it is. */
import { type Application, type Declaration, fileKindOf } from '../../../language/index.ts';
import { pathIn } from '../../workspace/locations.ts';
import { instancesAt } from '../instances.ts';
import { lookupOf } from '../name-lookup.ts';
import { prefixOf, type Scope, typeOf } from '../scope.ts';
import { codeBlock, escapeMarkdown, type ExampleLanguage, inlineCode } from '../wording.ts';
import { typeMarkdown, variableMarkdown } from './cards.ts';
import { instanceMarkdown } from './instance-card.ts';
import { lineByLine, paragraphs, relation } from './markdown.ts';

/** What cards are made from. */
export interface Surroundings {
    readonly scope: Scope;
    readonly application: Application;
    /** A file by its absolute path; undefined when it cannot be read. */
    readonly textOf: (path: string) => string | undefined;
}

/** Markdown; empty when there is nothing to say. */
export function declarationMarkdown(declaration: Declaration, around: Surroundings): string {
    const { kind, name } = declaration;
    const { scope } = around;
    switch (kind) {
        case 'component':
        case 'facet': {
            const type = typeOf(scope, name);
            return type === undefined ? '' : typeMarkdown(scope, type);
        }
        case 'instance':
            return instanceMarkdown(scope, instancesAt(scope, declaration.range));
        case 'variable':
            return variableMarkdown(scope, name);
        case 'file':
            return fileMarkdown(declaration, around);
        case 'external':
            return externalMarkdown(declaration, around);
        case 'command':
            return paragraphs([
                title(name, 'commands file'),
                instructionsOf(declaration, around),
                uses(declaration, around),
            ]);
        case 'definition':
            return paragraphs([
                title(`$(${name.slice(name.indexOf('.') + 1)})`, 'variable of this file'),
                excerpt(declaration, around),
            ]);
        case 'rule':
            return paragraphs([title(name, 'rule'), excerpt(declaration, around)]);
        case 'event':
            return eventMarkdown(declaration, around);
        case 'target':
            return paragraphs([
                title(name, 'target'),
                escapeMarkdown(declaration.description ?? ''),
                inlineCode(declaration.range.file),
            ]);
        case 'value':
            return valueMarkdown(declaration);
        default:
            return kind satisfies never;
    }
}

function title(name: string, words: string): string {
    return `**${escapeMarkdown(name)}** — ${words}`;
}

/** A model file: what it declares. */
function fileMarkdown({ name, description }: Declaration, { application }: Surroundings): string {
    const inside = application.declarations.filter(({ range }) => range.file === name);
    const named = (kind: Declaration['kind']): readonly string[] =>
        inside.filter((one) => one.kind === kind).map((one) => one.name);
    return paragraphs([
        `**${escapeMarkdown(name)}**`,
        escapeMarkdown(description ?? ''),
        lineByLine([
            relation('Components', named('component')),
            relation('Facets', named('facet')),
            relation('Instances', named('instance')),
        ]),
    ]);
}

function externalMarkdown({ name }: Declaration, { application, scope }: Surroundings): string {
    const { externalExports, externalExportsPrefix } = application.model;
    const isPrefix = name === externalExportsPrefix;
    const variable = Object.entries(externalExports).find(
        ([, outside]) => name === `${externalExportsPrefix ?? ''}.${outside}`,
    );
    const names = Object.values(externalExports).map((outside) => `${name}.${outside}`);
    return paragraphs([
        title(name, `offered to other applications by ${inlineCode(application.name)}`),
        isPrefix ? relation('Variables', names) : '',
        variable === undefined ? '' : variableMarkdown(scope, variable[0]),
    ]);
}

function eventMarkdown(declaration: Declaration, around: Surroundings): string {
    const component = declaration.range.file.replace(/^.*\//, '').replace(/\.measures$/, '');
    return paragraphs([
        title(declaration.name, `event of the probes of ${inlineCode(component)}`),
        excerpt(declaration, around),
        uses(declaration, around),
    ]);
}

function valueMarkdown({ name, description, range }: Declaration): string {
    const key = name.slice(prefixOf(name).length + 1);
    const value = description === null || description === '' ? '_empty_' : inlineCode(description);
    return paragraphs([title(`{{ ${key} }}`, value), `from ${inlineCode(range.file)}`]);
}

function uses(declaration: Declaration, { application }: Surroundings): string {
    const files = lookupOf(application)
        .usesOf(declaration)
        .map(({ range }) => range.file);
    return relation('Used in', [...new Set(files)]);
}

/** Lines of an excerpt beyond this are left out. */
const MOST_LINES = 8;

/** The lines of a declaration's block. */
function excerpt(declaration: Declaration, around: Surroundings): string {
    const { line, endLine } = declaration.block;
    const lines = linesOf(declaration, around).slice(line - 1, endLine);
    return code(lines, declaration.block.file);
}

/** The instructions of a command file, comments left out. */
function instructionsOf(declaration: Declaration, around: Surroundings): string {
    const lines = linesOf(declaration, around).filter((line) => /^\s*[^\s#]/.test(line));
    return code(lines, declaration.range.file);
}

function linesOf({ range }: Declaration, { application, textOf }: Surroundings): readonly string[] {
    return textOf(pathIn(application.directory, range.file))?.split(/\r\n|\r|\n/) ?? [];
}

function code(lines: readonly string[], file: string): string {
    const shown = lines.slice(0, MOST_LINES).map((line) => line.slice(0, MOST_COLUMNS));
    if (shown.length === 0) return '';
    const text = [...shown, ...(lines.length > MOST_LINES ? ['…'] : [])].join('\n');
    // A fence in the text would end the block.
    return text.includes('```') ? '' : codeBlock(text, languageOf(file));
}

const MOST_COLUMNS = 160;

function languageOf(file: string): ExampleLanguage {
    const kind = fileKindOf(file);
    switch (kind) {
        case 'commands':
            return 'roboconf-commands';
        case 'rules':
            return 'roboconf-rules';
        case 'measures':
            return 'roboconf-measures';
        case 'instances':
            return 'roboconf-instances';
        case 'graph':
            return 'roboconf-graph';
        case 'descriptor':
        case 'target':
        case 'recipe':
        case 'instructions':
        case 'measureValues':
        case null:
            return 'properties';
        default:
            return kind satisfies never;
    }
}
