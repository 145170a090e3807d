/** Components and facets of the application: found, made, listed as children. */
import type { Application, ComponentModel, Declaration, FacetModel } from '../../../language/index.ts';
import { type Change, create, type Site } from './fix.ts';
import { appendBlock, insertLines } from './lines.ts';
import { addItem } from './properties.ts';
import type { SourceText } from './source-text.ts';

/** A declaration with the text it stands in. */
export interface Written {
    readonly declaration: Declaration;
    readonly source: SourceText;
}

/** The component or facet of a name; undefined when there is none. */
export function typeCalled(site: Site, name: string): Written | undefined {
    const declaration = site.application.declarations.find(
        (one) => one.name === name && (one.kind === 'component' || one.kind === 'facet'),
    );
    return written(site, declaration);
}

/** The smallest type or instance around a line. */
export function blockAround(site: Site, place: { readonly file: string; readonly line: number }): Written | undefined {
    const around = site
        .blocksOf(place.file)
        .filter(({ block }) => block.line <= place.line && place.line <= block.endLine);
    return written(site, around.sort((a, b) => b.block.line - a.block.line)[0]);
}

/** The resolved component of a name. */
export function componentModel({ application }: Site, name: string): ComponentModel | undefined {
    return application.model.components.find((component) => component.name === name);
}

/** The resolved facet of a name. */
export function facetModel({ application }: Site, name: string): FacetModel | undefined {
    return application.model.facets.find((facet) => facet.name === name);
}

/** A name of types that is not taken: the name itself, else with a number behind it. */
export function freeTypeName({ application }: Site, name: string): string {
    const taken = new Set([...application.model.components, ...application.model.facets].map((type) => type.name));
    return freeName(name, (one) => taken.has(one));
}

/** A name that is not taken: the name itself, else with a number from 2 on. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
    let free = name;
    for (let number = 2; isTaken(free); number += 1) free = `${name}${number}`;
    return free;
}

/** A type that does not exist yet. */
export interface PlannedType {
    readonly kind: 'component' | 'facet';
    readonly name: string;
    /** Lines of its body, without indentation. */
    readonly body: readonly string[];
    /** Types in whose children it is listed. */
    readonly parents: readonly string[];
}

/** Where a new type goes: behind a block, or at the end of the first graph file. */
export function createType(site: Site, planned: PlannedType, behind?: Written): readonly Change[] {
    const home = behind?.source ?? graphText(site);
    const lines = (unit: string): readonly string[] => [
        `${planned.kind === 'facet' ? 'facet ' : ''}${planned.name} {`,
        ...planned.body.map((line) => unit + line),
        '}',
    ];
    if (home === undefined) return [create('graph/main.graph', `${lines('\t').join('\n')}\n`)];
    const last = behind?.declaration.block.endLine;
    const isLast = last === undefined || last >= home.lines.findLastIndex(({ text }) => text.trim() !== '') + 1;
    const block = lines(home.unit);
    const made = isLast ? appendBlock(home, block) : insertLines(home, last + 1, ['', ...block]);
    return [made, ...listAsChild(site, planned.name, planned.parents)];
}

/** Adds a name to the children of types. */
function listAsChild(site: Site, name: string, parents: readonly string[]): readonly Change[] {
    return parents.flatMap((parent) => {
        const type = typeCalled(site, parent);
        return type === undefined ? [] : [addItem(type.source, type.declaration.block, 'children', name)];
    });
}

/** Types that list a component as a child themselves. */
export function declaredParents({ application }: Site, name: string): readonly string[] {
    const { components, facets } = application.model;
    return [...components, ...facets].filter((type) => type.children.includes(name)).map((type) => type.name);
}

/** The first graph file of the application. */
export function graphText(site: Site): SourceText | undefined {
    const files = site.application.files.filter((file) => /\.graph$/i.test(file));
    const [first] = files.map((file) => site.textOf(file)).filter((source) => source !== undefined);
    return first;
}

/** The file a name is created in, for titles. */
export function baseNameOf(file: string): string {
    return file.slice(file.lastIndexOf('/') + 1);
}

function written(site: Site, declaration: Declaration | undefined): Written | undefined {
    const source = declaration === undefined ? undefined : site.textOf(declaration.range.file);
    return declaration === undefined || source === undefined ? undefined : { declaration, source };
}

/** Answers the types and instances of each file of an application; grouped when it is first asked for. */
export function blocksIn(application: Application): (file: string) => readonly Declaration[] {
    let byFile: ReadonlyMap<string, readonly Declaration[]> | undefined;
    return (file) => {
        byFile ??= Map.groupBy(
            application.declarations.filter(({ kind }) => BLOCK_KINDS.has(kind)),
            ({ block }) => block.file,
        );
        return byFile.get(file) ?? [];
    };
}

const BLOCK_KINDS: ReadonlySet<Declaration['kind']> = new Set(['component', 'facet', 'instance']);
