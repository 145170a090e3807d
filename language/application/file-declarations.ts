/** From the syntax tree of a block to plain declarations. The only place of the semantics that knows syntax trees. */
import { isLeafCstNode, type AstNode, type CstNode, type Reference } from 'langium';
import {
    isChannelsProperty,
    isChildren,
    isComponent,
    isCountProperty,
    isExports,
    isExtends,
    isFacets,
    isFileImport,
    isGraphType,
    isImports,
    isInstaller,
    isNameProperty,
    isOverride,
    isRuntimeProperty,
    type ComponentProperty,
    type Exports,
    type FacetProperty,
    type GraphType,
    type ImportedVariable,
    type Instance,
    type InstanceProperty,
} from '../generated/ast.ts';
import type { SourceRange } from '../model/application-model.ts';
import type {
    ExportDeclaration,
    ImportDeclaration,
    InstanceDeclaration,
    TypeDeclaration,
    ValueDeclaration,
    Word,
} from '../model/declarations.ts';
import { integerOf } from '../parsing/names.ts';
import type { Block } from '../parsing/block-scanner.ts';
import { rangeOf, type FileFinding, type ParsedBlock } from '../parsing/parse-file.ts';
import { syntaxOf } from '../parsing/syntax-of.ts';

const STATUSES: ReadonlySet<string> = new Set([
    'NOT_DEPLOYED',
    'DEPLOYING',
    'DEPLOYED_STOPPED',
    'UNRESOLVED',
    'WAITING_FOR_ANCESTOR',
    'STARTING',
    'DEPLOYED_STARTED',
    'STOPPING',
    'UNDEPLOYING',
    'PROBLEM',
]);
const DATA_PREFIX = /^data\./i;

/** Errors behind which the meaning of a line of a component or facet is lost. */
const DAMAGING: ReadonlySet<string> = new Set([
    'P_INVALID_PROPERTY',
    'PM_PROPERTY_NOT_APPLIABLE',
    'PM_INVALID_EXPORTED_VAR_NAME',
    'PM_INVALID_EXPORT_COMPLEX_VALUE',
]);

interface Context {
    readonly file: string;
    /** Whether a line of the block has a damaging error. */
    readonly isDamaged: boolean;
    readonly description: string | null;
}

/** What one block declares. */
export type BlockDeclaration =
    /** Null for an import of nothing. */
    | { readonly kind: 'import'; readonly path: Word | null }
    | { readonly kind: 'type'; readonly type: TypeDeclaration }
    | { readonly kind: 'instance'; readonly instance: InstanceDeclaration };

/** What a parsed block says. `damagedLines` are those of the file with a damaging error (see `damagedLinesOf`). */
export function blockDeclarationOf(
    block: Pick<Block, 'description'>,
    { node, findings }: ParsedBlock,
    { file, damagedLines }: { readonly file: string; readonly damagedLines: readonly number[] },
): BlockDeclaration {
    const { line, endLine } = rangeOf(node);
    const isDamaged = hasBetween(damagedLines, line, endLine) || damagedLinesOf(findings).length > 0;
    const context: Context = { file, isDamaged, description: block.description === '' ? null : block.description };
    if (isFileImport(node)) return { kind: 'import', path: nonBlank(wordAt(context, node, 'path')) };
    if (isGraphType(node)) return { kind: 'type', type: typeOf(context, node) };
    return { kind: 'instance', instance: { ...instanceOf(context, node), description: context.description } };
}

/** Lines, in order, with an error behind which their meaning is lost. */
export function damagedLinesOf(findings: readonly FileFinding[]): readonly number[] {
    const damaged = findings.filter(({ code }) => DAMAGING.has(code));
    return damaged.map(({ range }) => range.line).sort((a, b) => a - b);
}

function placeOf(context: Context, node: AstNode | CstNode): SourceRange {
    return { file: context.file, ...rangeOf(node) };
}

function wordOf(context: Context, node: CstNode): Word {
    return { text: node.text, range: placeOf(context, node) };
}

function wordAt(context: Context, node: AstNode, property: string): Word | null {
    const cst = syntaxOf(node, property);
    return cst === undefined ? null : wordOf(context, cst);
}

function nonBlank(word: Word | null): Word | null {
    return word === null || word.text.trim() === '' ? null : word;
}

/** A word must have a place: without its own, the place of what it names. */
function nameOf(context: Context, node: AstNode): Word {
    return wordAt(context, node, 'name') ?? { text: '', range: placeOf(context, node) };
}

function referenceWords(context: Context, references: readonly Reference[]): readonly Word[] {
    return references
        .flatMap((reference) => (reference.$refNode === undefined ? [] : [wordOf(context, reference.$refNode)]))
        .filter((word) => word.text.trim() !== '');
}

function typeOf(context: Context, node: GraphType): TypeDeclaration {
    const properties: readonly (ComponentProperty | FacetProperty)[] = node.properties;
    const installers = properties.filter(isInstaller);
    const [inherited, ...further] = properties.filter(isExtends);
    const isOfComponent = isComponent(node);
    const block = placeOf(context, node);
    return {
        kind: isOfComponent ? 'component' : 'facet',
        name: nameOf(context, node),
        block,
        description: context.description,
        isDamaged: context.isDamaged,
        installer: installers[0] === undefined ? null : nonBlank(wordAt(context, installers[0], 'value')),
        hasInstallerProperty: installers.length > 0,
        extends: [inherited, ...(isOfComponent ? [] : further)].flatMap((property) =>
            property === undefined ? [] : referenceWords(context, property.types),
        ),
        facets: properties.filter(isFacets).flatMap((property) => referenceWords(context, property.types)),
        children: properties.filter(isChildren).flatMap((property) => referenceWords(context, property.types)),
        exports: properties.filter(isExports).flatMap((property) => exportsIn(context, property)),
        imports: properties
            .filter(isImports)
            .flatMap((property) => property.variables)
            .flatMap((item) => importIn(context, item)),
    };
}

/** Whether one of the numbers, given in order, lies between two others (both included). */
function hasBetween(ordered: readonly number[], first: number, last: number): boolean {
    let low = 0;
    for (let high = ordered.length; low < high;) {
        const middle = (low + high) >>> 1;
        if ((ordered[middle] ?? 0) < first) low = middle + 1;
        else high = middle;
    }
    return (ordered[low] ?? last + 1) <= last;
}

function exportsIn(context: Context, property: Exports): readonly ExportDeclaration[] {
    return property.variables.map((item) => ({
        name: nameOf(context, item),
        value: valueOf(syntaxOf(item, 'value'))?.text ?? null,
        random: item.random ? (wordAt(context, item, 'kind') ?? { text: '', range: placeOf(context, item) }) : null,
        range: placeOf(context, item),
    }));
}

/** Quoted values lose their quotes; a blank value without quotes is no value. */
function valueOf(node: CstNode | undefined): { text: string; isQuoted: boolean } | null {
    if (node === undefined) return null;
    if (isLeafCstNode(node) && node.tokenType.name === 'QUOTED')
        return { text: node.text.slice(1, -1), isQuoted: true };
    return node.text.trim() === '' ? null : { text: node.text, isQuoted: false };
}

function importIn(context: Context, item: ImportedVariable): readonly ImportDeclaration[] {
    const prefix = wordAt(context, item, 'type');
    if (prefix === null || prefix.text === '') return [];
    const variable = wordAt(context, item, 'variable') ?? wordAt(context, item, 'all');
    return [
        {
            text: variable === null ? prefix.text : `${prefix.text}.${variable.text}`,
            prefix,
            variable,
            optional: item.optional,
            external: item.external,
            range: variable === null ? prefix.range : joined(prefix.range, variable.range),
        },
    ];
}

function joined(from: SourceRange, to: SourceRange): SourceRange {
    return { ...from, endLine: to.endLine, endColumn: to.endColumn };
}

function instanceOf(context: Context, node: Instance): InstanceDeclaration {
    const properties = node.properties;
    const names = properties.filter(isNameProperty);
    return {
        component: nonBlank(wordAt(context, node, 'component')),
        name: names[0] === undefined ? null : nonBlank(wordAt(context, names[0], 'value')),
        count: countOf(context, properties),
        channels: listOf(properties.find(isChannelsProperty)?.value ?? ''),
        status: statusOf(properties),
        data: dataOf(context, properties),
        overrides: valuesIn(context, properties).filter(({ key }) => !DATA_PREFIX.test(key.text)),
        instances: node.instances.map((child) => instanceOf(context, child)),
        description: null,
        block: placeOf(context, node),
        writing: {},
    };
}

function countOf(context: Context, properties: readonly InstanceProperty[]): InstanceDeclaration['count'] {
    const property = properties.find(isCountProperty);
    const word = property === undefined ? null : wordAt(context, property, 'value');
    const value = word === null ? undefined : integerOf(word.text);
    return word === null || value === undefined || value < 1 ? null : { value, range: word.range };
}

function statusOf(properties: readonly InstanceProperty[]): string {
    const written = properties.filter(isRuntimeProperty).find((property) => property.key === 'instance-state');
    const status = written?.value?.trim().toUpperCase() ?? '';
    return STATUSES.has(status) ? status : 'NOT_DEPLOYED';
}

function dataOf(context: Context, properties: readonly InstanceProperty[]): ReadonlyMap<string, string> {
    const data = new Map<string, string>();
    const saved = properties.filter(isRuntimeProperty).find((property) => property.key === 'instance-data');
    for (const item of listOf(saved?.value ?? '')) {
        const equals = item.indexOf('=');
        if (equals > 0) data.set(item.slice(0, equals).trim(), item.slice(equals + 1).trim());
    }
    for (const { key, value } of valuesIn(context, properties)) {
        if (DATA_PREFIX.test(key.text)) data.set(key.text.slice('data.'.length), value);
    }
    return data;
}

function valuesIn(context: Context, properties: readonly InstanceProperty[]): readonly ValueDeclaration[] {
    return properties.filter(isOverride).flatMap((property) => {
        const key = wordAt(context, property, 'key');
        const value = valueOf(syntaxOf(property, 'value'));
        if (key === null) return [];
        return [
            { key, value: value?.text ?? '', isQuoted: value?.isQuoted ?? false, range: placeOf(context, property) },
        ];
    });
}

function listOf(text: string): readonly string[] {
    return text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '');
}
