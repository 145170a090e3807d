/** Cures for instances (reference: language, sections 3.6, 4.3 and 4.4). */
import type { Declaration, InstanceModel } from '../../../language/index.ts';
import { instanceNameIn } from './block-words.ts';
import {
    anyOf,
    atSpot,
    type Change,
    type Cure,
    type Cures,
    fix,
    type Fix,
    insert,
    preferred,
    replace,
    replaceSpot,
    safe,
    type Site,
    type Spot,
} from './fix.ts';
import { indented, insertLines, removeBlock, removeLine } from './lines.ts';
import { addItem, addProperty, itemsOf, propertiesIn, propertyIn } from './properties.ts';
import type { SourceText } from './source-text.ts';
import { baseNameOf, blockAround, freeName, typeCalled, type Written } from './types.ts';
import { placeholderOf } from './unknown-names.ts';

const MOST_CHOICES = 5;

/** The lines of a block without the indentation of its header; what is less deep stays where it is. */
export function linesOfBlock(source: SourceText, block: Declaration['block']): readonly string[] {
    const { indent } = source.lineOf(block.line);
    return source.lines
        .slice(block.line - 1, block.endLine)
        .map(({ text }) => (text.startsWith(indent) ? text.slice(indent.length) : text.trimStart()));
}

/** The block is put into a new instance of a component, which gets its name from it. */
export function wrapIn(
    spot: Pick<Spot, 'site' | 'range'>,
    { source, declaration }: Written,
    component: string,
): Change {
    const { indent } = source.lineOf(declaration.block.line);
    const name = instanceNameIn(spot, component);
    const inner = linesOfBlock(source, declaration.block);
    const lines = [`instance of ${component} {`, `${source.unit}name: ${name};`, ...indented(inner, source.unit), '}'];
    const start = source.lineOf(declaration.block.line).start;
    const end = source.lineOf(declaration.block.endLine).end;
    return replace(source, start, end, indented(lines, indent).join('\n'));
}

/** The block goes to the end of another instance's block, of the same file or another one. */
function moveInto(site: Site, { source, declaration }: Written, parent: InstanceModel): readonly Change[] {
    const target = instanceBlock(site, parent);
    if (target === undefined) return [];
    const { block } = target.declaration;
    const header = target.source.lineOf(block.line).indent;
    const lines = indented(linesOfBlock(source, declaration.block), header + target.source.unit);
    return [removeBlock(source, declaration.block), insertLines(target.source, block.endLine, lines)];
}

function instanceBlock(site: Site, { path, range }: InstanceModel): Written | undefined {
    const found = blockAround(site, range);
    return found?.declaration.kind === 'instance' && path.startsWith(found.declaration.name) ? found : undefined;
}

/** Written instances of components, copies left out, without what lies in a block. */
function hostsOf(site: Site, components: readonly string[], own: Declaration): readonly InstanceModel[] {
    const places = new Set<string>();
    return site.application.model.instances.filter(({ component, range }) => {
        const place = `${range.file}:${range.line}`;
        const isInside =
            range.file === own.block.file && range.line >= own.block.line && range.line <= own.block.endLine;
        if (!components.includes(component) || isInside || places.has(place)) return false;
        places.add(place);
        return true;
    });
}

function expectedOf({ fact }: Spot): readonly string[] {
    return fact('EXPECTED')
        .split(', ')
        .filter((name) => name !== '');
}

/** What runs inside something is moved into it, or gets a new one around it. */
const findParent = atSpot((spot) => {
    const { site, range } = spot;
    const around = blockAround(site, range);
    if (around?.declaration.kind !== 'instance') return [];
    const expected = expectedOf(spot);
    const hosts = hostsOf(site, expected, around.declaration);
    const moves = hosts.slice(0, MOST_CHOICES).map((host) => {
        const title = `Move '${around.declaration.name}' into '${host.path}'`;
        const make = hosts.length === 1 ? preferred : fix;
        return make(title, moveInto(site, around, host));
    });
    const roots = expected.filter((name) => site.application.model.rootComponents.includes(name));
    const candidates = roots.length > 0 ? roots : expected;
    const wraps = candidates.slice(0, MOST_CHOICES).map((name) => {
        const make = hosts.length === 0 && candidates.length === 1 && roots.length === 1 ? preferred : fix;
        return make(`Put it into a new instance of '${name}'`, [wrapIn(spot, around, name)]);
    });
    return [...moves, ...wraps];
});

const wrongParent: Cure = atSpot((spot) => {
    const { site, range, fact, source } = spot;
    const around = blockAround(site, range);
    const component = fact('COMPONENT');
    if (around?.declaration.kind !== 'instance') return [];
    switch (fact('SHAPE')) {
        case 'machine':
            return [preferred(`Move '${around.declaration.name}' to the top level`, toTopLevel(source, around))];
        case 'homeless':
            return [...listUnder(site, component, fact('PARENT'), true)];
        default:
            return [
                ...findParent(spot.finding, site).filter(({ title }) => title.startsWith('Move')),
                ...expectedOf(spot)
                    .filter((name) => isChildOf(site, name, fact('PARENT')))
                    .map((name) => fix(`Put it into a new instance of '${name}'`, [wrapIn(spot, around, name)])),
                ...listUnder(site, component, fact('PARENT'), false),
            ];
    }
});

function isChildOf({ application }: Site, component: string, parent: string): boolean {
    return (
        application.model.components.find(({ name }) => name === parent)?.resolvedChildren.includes(component) === true
    );
}

function listUnder(site: Site, component: string, parent: string, isBest: boolean): readonly Fix[] {
    const type = typeCalled(site, parent);
    if (type === undefined) return [];
    const title = `List '${component}' in the children of '${parent}' in ${baseNameOf(type.source.file)}`;
    const change = addItem(type.source, type.declaration.block, 'children', component);
    return [isBest ? preferred(title, [change]) : fix(title, [change])];
}

/** Behind the outermost block it stands in. */
function toTopLevel(source: SourceText, { declaration }: Written): readonly Change[] {
    let last = declaration.block.endLine;
    while (last < source.lines.length && !/^\}/.test(source.lineOf(last).text)) last += 1;
    const lines = linesOfBlock(source, declaration.block);
    return [removeBlock(source, declaration.block), insertLines(source, last + 1, ['', ...lines])];
}

function siblingNames(site: Site, path: string): ReadonlySet<string> {
    const parent = path.slice(0, path.lastIndexOf('/') + 1);
    const { instances } = site.application.model;
    return new Set(instances.filter((one) => one.path.startsWith(parent)).map((one) => one.path.slice(parent.length)));
}

const declaredTwice: Cure = atSpot((spot) => {
    const { source, text, site, range, fact } = spot;
    const around = blockAround(site, range);
    if (around?.declaration.kind !== 'instance') return [];
    const taken = siblingNames(site, fact('INSTANCE'));
    const free = freeName(text, (name) => taken.has(name));
    return [
        preferred(`Rename it to '${free}'`, [replaceSpot(spot, free)]),
        fix(`Remove this instance '${fact('INSTANCE')}'`, [removeBlock(source, around.declaration.block)]),
    ];
});

/** The one that was written gets another name: the copies keep theirs. */
const inferredClash: Cure = (finding, site) => {
    const written = finding.related[0]?.range;
    const source = written === undefined ? undefined : site.textOf(written.file);
    const { INSTANCE: name = '', PATH: path = '' } = finding.details;
    if (written === undefined || source === undefined) return [];
    const taken = siblingNames(site, path);
    const free = freeName(`${name}-other`, (one) => taken.has(one));
    const start = source.offsetOf(written.line, written.column);
    const end = source.offsetOf(written.endLine, written.endColumn);
    return [preferred(`Rename the other '${name}' to '${free}'`, [replace(source, start, end, free)])];
};

const exportOverride: Cure = atSpot(({ site, text, fact }) => {
    const type = typeCalled(site, fact('COMPONENT'));
    if (type === undefined || text.includes('.')) return [];
    const value = placeholderOf(text) ?? 'value';
    const change = addItem(type.source, type.declaration.block, 'exports', `${text} = ${value}`);
    return [fix(`Export '${text}' from '${fact('COMPONENT')}' in ${baseNameOf(type.source.file)}`, [change])];
});

/** The value is given where the instance stands, or once for all where the variable is declared. */
const giveValue: Cure = atSpot((spot) => {
    const { source, site, range, fact } = spot;
    const around = blockAround(site, range);
    const variable = fact('VARIABLE');
    const value = placeholderOf(variable) ?? 'value';
    if (around?.declaration.kind !== 'instance') return [];
    const { block } = around.declaration;
    const blank = propertiesIn(source, block).find(({ name }) => name.text === variable || name.text === fact('NAME'));
    const change =
        blank === undefined
            ? addProperty(source, block, `${variable}: ${value};`)
            : replace(source, blank.name.end, blank.value.end, `: ${value}`);
    return [preferred(`Give '${variable}' a value in this instance`, [change]), ...valueInGraph(site, variable, value)];
});

function valueInGraph(site: Site, variable: string, value: string): readonly Fix[] {
    const name = variable.slice(0, variable.indexOf('.'));
    const type = typeCalled(site, name);
    const simple = variable.slice(name.length + 1);
    const exported = type === undefined ? undefined : propertyIn(type.source, type.declaration.block, 'exports');
    if (type === undefined || exported === undefined) return [];
    const item = itemsOf(exported.value).find(({ text }) => text === simple || text === variable);
    if (item === undefined) return [];
    const file = baseNameOf(type.source.file);
    const given = fix(`Give '${variable}' a default value in ${file}`, [insert(type.source, item.end, ` = ${value}`)]);
    const random = fix(`Make '${variable}' a random port in ${file}`, [
        insert(type.source, item.start, 'random[port] '),
    ]);
    return /port/i.test(simple) ? [given, random] : [given];
}

/** One action for each variable that may be meant. */
const ambiguousOverride: Cure = atSpot((spot) =>
    spot
        .fact('CONFLICTING')
        .split(', ')
        .filter((name) => name !== '')
        .map((name) => fix(`Set '${name}' only`, [replaceSpot(spot, name)])),
);

export const INSTANCE_CURES: Cures = {
    CO_ALREADY_DEFINED_INSTANCE: declaredTwice,
    CO_CONFLICTING_INFERRED_INSTANCE: inferredClash,
    RM_MISSING_INSTANCE_PARENT: findParent,
    RM_INVALID_INSTANCE_PARENT: wrongParent,
    RM_MISSING_VARIABLE_VALUE: giveValue,
    RM_AMBIGUOUS_OVERRIDING: ambiguousOverride,
    RM_MAGIC_INSTANCE_VARIABLE: anyOf(
        atSpot((spot) => {
            const suggestion = spot.fact('SUGGESTION');
            if (suggestion === '') return [];
            const title = `Change to '${suggestion}'`;
            const isCase = suggestion.toLowerCase() === spot.text.toLowerCase();
            return [(isCase ? safe : preferred)(title, [replaceSpot(spot, suggestion)])];
        }),
        exportOverride,
        atSpot(({ source, start, text, fact }) => {
            const make = fact('SUGGESTION') === '' ? preferred : fix;
            return [make(`Remove '${text}'`, [removeLine(source, source.lineAt(start))])];
        }),
    ),
};
