/** Refactorings: changes of the text that leave its meaning as it is. */
import { CodeActionKind } from 'vscode-languageserver/node';
import { linesOfBlock, wrapIn } from './instances.ts';
import { type Change, create, fix, type Fix, replace, type Site } from './fix.ts';
import { addImport, commentAbove, removeBlock } from './lines.ts';
import { addItem, itemsOf, type PropertyLine, propertyOn, type Span } from './properties.ts';
import type { SourceText } from './source-text.ts';
import { blockAround, componentModel, createType, freeTypeName, type Written } from './types.ts';

export interface Refactoring {
    readonly kind: string;
    readonly fix: Fix;
}

/** A selection in a text; without extent, a caret. */
export interface Selection {
    readonly site: Site;
    readonly source: SourceText;
    readonly start: number;
    readonly end: number;
}

type Offer = (selection: Selection) => Fix | undefined;

/** What can be done at a selection. */
export function refactoringsAt(selection: Selection, isWanted: (kind: string) => boolean): readonly Refactoring[] {
    // What a block is cannot be told for sure where the form of a text is broken.
    const { file } = selection.source;
    const isBroken = selection.site.application.findings.some(
        ({ code, range }) => code.startsWith('P_') && range?.file === file,
    );
    if (isBroken) return [];
    return OFFERS.flatMap(([kind, offer]) => {
        const offered = isWanted(kind) ? offer(selection) : undefined;
        return offered === undefined || offered.changes.length === 0 ? [] : [{ kind, fix: offered }];
    });
}

/** The items of a list that are selected; all of them under a caret at the list's name. */
function selectedItems({ start, end }: Selection, list: PropertyLine): readonly Span[] {
    const items = itemsOf(list.value).filter(({ text }) => text !== '');
    if (start === end) return start <= list.name.end ? items : [];
    return items.filter((item) => item.start < end && start < item.end);
}

function around({ site, source, start }: Selection): Written | undefined {
    return blockAround(site, { file: source.file, line: source.lineAt(start).number });
}

/** Exports or children of a component go to a facet that it has from then on. */
const extractFacet: Offer = (selection) => {
    const { site, source, start } = selection;
    const block = around(selection);
    const list = propertyOn(source.lineAt(start));
    const isList = list?.name.text === 'exports' || list?.name.text === 'children';
    if (block?.declaration.kind !== 'component' || list === undefined || !isList) return undefined;
    const items = selectedItems(selection, list);
    const isPlain = items.every(({ text }) => !/^random\[/i.test(text) && !/^[^=]*\./.test(text));
    if (items.length === 0 || !isPlain) return undefined;
    const owner = block.declaration.name;
    const name = freeTypeName(site, list.name.text === 'exports' ? `exportsOf${owner}` : `childrenOf${owner}`);
    const body = [`${list.name.text}: ${items.map(({ text }) => text).join(', ')};`];
    const made = createType(site, { kind: 'facet', name, body, parents: [] }, block);
    return fix(`Extract ${list.name.text} to the facet '${name}'`, [
        ...withoutItems(selection, block, { list, items }, name),
        ...made,
    ]);
};

/** The list without the items that went; its line becomes that of the facets when nothing is left and the block has none. */
function withoutItems(
    { source }: Selection,
    { declaration }: Written,
    { list, items }: { readonly list: PropertyLine; readonly items: readonly Span[] },
    facet: string,
): readonly Change[] {
    const gone = new Set(items.map(({ start }) => start));
    const left = itemsOf(list.value).filter(({ start, text }) => !gone.has(start) && text !== '');
    const facets = addItem(source, declaration.block, 'facets', facet);
    if (left.length > 0) {
        const text = left.map((item) => item.text).join(', ');
        return [replace(source, list.value.start, list.value.end, text), facets];
    }
    const next = source.lines[list.line.number];
    const isNewLine = facets.kind === 'replace' && facets.text.includes('facets:');
    if (isNewLine) return [replace(source, list.name.start, list.value.end, `facets: ${facet}`)];
    return [replace(source, list.line.start, next?.start ?? list.line.end, ''), facets];
}

/** A component or facet goes to a file of its own, which is imported. */
const moveToFile: Offer = (selection) => {
    const { site, source, start } = selection;
    const block = around(selection);
    const kind = block?.declaration.kind;
    if (block === undefined || (kind !== 'component' && kind !== 'facet')) return undefined;
    const { declaration } = block;
    const isOnHeader = source.lineAt(start).number === declaration.block.line;
    const folder = source.file.startsWith('graph/') ? 'graph/' : '';
    const path = `${declaration.name}.graph`;
    const isAlone = site.application.declarations.filter(
        (one) => one.block.file === source.file && (one.kind === 'component' || one.kind === 'facet'),
    ).length;
    if (!isOnHeader || folder === '' || isAlone < 2 || site.textOf(folder + path) !== undefined) return undefined;
    const lines = [...commentAbove(source, declaration.block.line), ...linesOfBlock(source, declaration.block)];
    return fix(`Move '${declaration.name}' to '${path}'`, [
        addImport(source, path, declaration.block.line),
        removeBlock(source, declaration.block),
        create(folder + path, `${lines.join('\n')}\n`),
    ]);
};

/** `port` becomes `App.port`, or the other way round where that means the same. */
const convertOverride: Offer = (selection) => {
    const { site, source, start } = selection;
    const block = around(selection);
    const property = propertyOn(source.lineAt(start));
    if (block?.declaration.kind !== 'instance' || property === undefined) return undefined;
    const { name } = property;
    const exported = Object.keys(componentModel(site, componentIn(selection, block))?.exports ?? {});
    const other = otherNameOf(name.text, exported);
    if (start < name.start || start > name.end || other === undefined) return undefined;
    return fix(`Write the ${other.form} name '${other.name}'`, [replace(source, name.start, name.end, other.name)]);
};

/** The full name of a short one and the short name of a full one, where one variable alone bears it. */
function otherNameOf(
    name: string,
    exported: readonly string[],
): { readonly form: 'full' | 'short'; readonly name: string } | undefined {
    const isFull = exported.includes(name);
    const short = isFull ? simpleNameOf(name) : name;
    const [only, ...more] = exported.filter((full) => simpleNameOf(full) === short);
    if (only === undefined || more.length > 0) return undefined;
    if (!isFull) return { form: 'full', name: only };
    return exported.includes(short) || isWord(short) ? undefined : { form: 'short', name: short };
}

function simpleNameOf(full: string): string {
    return full.slice(full.indexOf('.') + 1);
}

/** Names with a meaning of their own in an instance. */
function isWord(name: string): boolean {
    return /^(?:name|count|channels|instance-.*|data\..*)$/i.test(name);
}

function componentIn({ source }: Selection, { declaration }: Written): string {
    return /of\s+(?<name>[\w.-]+)/i.exec(source.lineOf(declaration.block.line).code)?.groups?.['name'] ?? '';
}

/** An instance whose component runs inside several gets one more around it. */
const wrapInstance: Offer = (selection) => {
    const { site, source, start } = selection;
    const block = around(selection);
    if (block?.declaration.kind !== 'instance') return undefined;
    if (source.lineAt(start).number !== block.declaration.block.line) return undefined;
    const own = componentIn(selection, block);
    const parentPath = block.declaration.name.slice(0, block.declaration.name.lastIndexOf('/'));
    const parent = site.application.model.instances.find(({ path }) => path === parentPath)?.component;
    const fitting = (componentModel(site, own)?.resolvedAncestors ?? []).filter((name) => {
        const ancestors = componentModel(site, name)?.resolvedAncestors ?? [];
        return parent === undefined ? ancestors.length === 0 : ancestors.includes(parent);
    });
    const [only] = fitting;
    if (only === undefined || only === parent) return undefined;
    return fix(`Put it into a new instance of '${only}'`, [
        wrapIn({ site, range: block.declaration.block }, block, only),
    ]);
};

const OFFERS: readonly (readonly [string, Offer])[] = [
    [CodeActionKind.RefactorExtract, extractFacet],
    [CodeActionKind.RefactorRewrite, convertOverride],
    [CodeActionKind.RefactorRewrite, wrapInstance],
    ['refactor.move', moveToFile],
];
