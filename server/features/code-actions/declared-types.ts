/** Cures for components and facets that are declared, but not as they should be (reference: language, sections 4.3 and 4.4). */
import { INSTALLERS } from '../../../language/index.ts';
import {
    atSpot,
    type Change,
    type Cure,
    type Cures,
    didYouMean,
    fix,
    type Fix,
    preferred,
    replace,
    replaceSpot,
    safe,
    type Site,
    type Spot,
} from './fix.ts';
import { appendBlock, removeBlock } from './lines.ts';
import { addItem, addProperty, itemAt, itemsOf, propertyIn, propertyOn, removeItemAt } from './properties.ts';
import { baseNameOf, blockAround, componentModel, declaredParents, freeTypeName, typeCalled } from './types.ts';

const MOST_CHOICES = 6;

const usualInstallers: readonly string[] = INSTALLERS.map(({ name }) => name);

/** One action for each common installer; a root needs to be a machine. */
const addInstaller = atSpot((spot) => {
    const { source, site, range, fact } = spot;
    const around = blockAround(site, range);
    if (around === undefined) return [];
    const isRoot = site.application.model.rootComponents.includes(fact('COMPONENT'));
    const likely = isRoot ? 'target' : 'script';
    const ordered = [likely, ...usualInstallers.filter((name) => name !== likely)];
    return ordered.map((name): Fix => {
        const change = addProperty(source, around.declaration.block, `installer: ${name};`, 'first');
        const title = `Add 'installer: ${name}' to '${fact('COMPONENT')}'`;
        return name === likely ? preferred(title, [change]) : fix(title, [change]);
    });
});

/** A root is a machine, or the child of something. */
const rootInstaller = atSpot((spot) => {
    const { text, site, fact } = spot;
    const name = fact('COMPONENT');
    const listed = possibleParents(site, name).flatMap((parent) => {
        const type = typeCalled(site, parent);
        if (type === undefined) return [];
        return [
            fix(`List '${name}' in the children of '${parent}'`, [
                addItem(type.source, type.declaration.block, 'children', name),
            ]),
        ];
    });
    if (text.toLowerCase() === 'target') return [safe("Write 'target' in lower case", [replaceSpot(spot, 'target')])];
    return [preferred(`Set the installer of '${name}' to 'target'`, setInstaller(spot)), ...listed];
});

function setInstaller(spot: Spot): readonly Change[] {
    const { source, start, site, range } = spot;
    const isInstaller = propertyOn(source.lineAt(start))?.name.text === 'installer';
    if (isInstaller) return [replaceSpot(spot, 'target')];
    const block = blockAround(site, range)?.declaration.block;
    return block === undefined ? [] : [addProperty(source, block, 'installer: target;', 'first')];
}

/** Machines first, then what may contain something already; nothing that the component contains. */
function possibleParents({ application }: Site, name: string): readonly string[] {
    const { components } = application.model;
    const inside = new Set(components.find((one) => one.name === name)?.resolvedChildren);
    const others = components.filter((one) => one.name !== name && !inside.has(one.name));
    const machines = others.filter(({ resolvedInstaller }) => resolvedInstaller === 'target');
    const containers = others.filter((one) => one.resolvedInstaller !== 'target' && one.resolvedChildren.length > 0);
    return [...machines, ...containers].slice(0, MOST_CHOICES).map((one) => one.name);
}

/** One of several declarations goes, or gets a name of its own. */
const declaredTwice: Cure = atSpot((spot) => {
    const { source, text, site, range, finding } = spot;
    const around = blockAround(site, range);
    if (around === undefined) return [];
    const own = blockText(around.source.text, around.source, around.declaration.block);
    const isSame = finding.related.some((place) => {
        const other = blockAround(site, place.range);
        return other !== undefined && blockText(other.source.text, other.source, other.declaration.block) === own;
    });
    const remove = [removeBlock(source, around.declaration.block)];
    const free = freeTypeName(site, text);
    return [
        (isSame ? preferred : fix)(`Remove this declaration of '${text}'`, remove),
        fix(`Rename this one to '${free}'`, [replaceSpot(spot, free)]),
    ];
});

function blockText(
    text: string,
    source: { readonly offsetOf: (line: number, column: number) => number },
    block: { readonly line: number; readonly endLine: number; readonly column: number; readonly endColumn: number },
): string {
    const part = text.slice(source.offsetOf(block.line, block.column), source.offsetOf(block.endLine, block.endColumn));
    return part.replaceAll(/\s+/g, ' ');
}

/** A component and a facet of one name: the facet is renamed where facets are meant. */
const conflictingName: Cure = atSpot((spot) => {
    const { text, site } = spot;
    const facet = site.application.declarations.find(({ kind, name }) => kind === 'facet' && name === text);
    const source = facet === undefined ? undefined : site.textOf(facet.range.file);
    if (facet === undefined || source === undefined) return [];
    const free = freeTypeName(site, `${text}Facet`);
    const at = source.offsetOf(facet.range.line, facet.range.column);
    const changes = [replace(source, at, at + text.length, free), ...facetUses(site, text, free)];
    return [preferred(`Rename the facet to '${free}'`, changes)];
});

function facetUses(site: Site, name: string, free: string): readonly Change[] {
    return site.application.references
        .filter((reference) => reference.name === name)
        .flatMap(({ range }) => {
            const source = site.textOf(range.file);
            const list = source === undefined ? undefined : propertyOn(source.lineOf(range.line));
            const isOfFacet = blockAround(site, range)?.declaration.kind === 'facet';
            const isFacet = list?.name.text === 'facets' || (list?.name.text === 'extends' && isOfFacet);
            if (source === undefined || !isFacet) return [];
            const at = source.offsetOf(range.line, range.column);
            return [replace(source, at, at + name.length, free)];
        });
}

const randomKind: Cure = didYouMean;

/** A random variable has no value: one of both goes. */
const randomValue = atSpot(({ source, start, fact }) => {
    const found = itemAt(source, start);
    if (found === undefined) return [];
    const { item } = found;
    const equals = item.text.indexOf('=');
    const keyword = /^random\[[^\]]*\]\s*/i.exec(item.text)?.[0] ?? '';
    if (equals < 0) return [];
    const end = item.start + item.text.slice(0, equals).trimEnd().length;
    return [
        preferred(`Remove the value of '${fact('VARIABLE')}'`, [replace(source, end, item.end, '')]),
        fix(`Give '${fact('VARIABLE')}' this value instead of a random one`, [
            replace(source, item.start, item.start + keyword.length, ''),
        ]),
    ];
});

/** The word that leads round the loop is taken out. */
const breakLoop: Cure = atSpot(({ source, start, text }) => {
    const list = propertyOn(source.lineAt(start));
    const removal = removeItemAt(source, start);
    if (list === undefined || removal === undefined) return [];
    return [preferred(`Remove '${text}' from '${list.name.text}'`, [removal])];
});

/** Any link of the loop may go: those to machines first, for what is no machine must stay in something. */
const breakContainment: Cure = (finding, site) => {
    const way = (finding.details['CYCLE'] ?? '').split(' -> ');
    const links = way.slice(1).flatMap((child, i) => linkBetween(site, way[i] ?? '', child));
    const isFine = ({ child, parent }: Link): boolean => {
        const isMachine = componentModel(site, child)?.resolvedInstaller === 'target';
        return isMachine || declaredParents(site, child).some((name) => name !== parent);
    };
    const ordered = [...links.filter(isFine), ...links.filter((link) => !isFine(link))];
    return ordered.map((link, i) => {
        const make = i === 0 && isFine(link) ? preferred : fix;
        return make(`Remove '${link.child}' from the children of '${link.parent}'`, [link.removal]);
    });
};

interface Link {
    readonly parent: string;
    readonly child: string;
    readonly removal: Change;
}

/** The item of a list of children that leads from one component to another; none when it is a facet, or inherited. */
function linkBetween(site: Site, parent: string, child: string): readonly Link[] {
    const type = typeCalled(site, parent);
    const list = type === undefined ? undefined : propertyIn(type.source, type.declaration.block, 'children');
    const item = list === undefined ? undefined : itemsOf(list.value).find(({ text }) => text === child);
    const removal = type === undefined || item === undefined ? undefined : removeItemAt(type.source, item.start);
    return removal === undefined ? [] : [{ parent, child, removal }];
}

/** A loop through a facet or an heir is broken at the word that the finding stands at. */
const anyContainment: Cure = (finding, site) => {
    const fixes = breakContainment(finding, site);
    return fixes.length > 0 ? fixes : breakLoop(finding, site);
};

/** Without any component, a machine is made; otherwise a loop keeps each inside of another. */
const firstMachine: Cure = (finding, site) => {
    const loop = site.application.findings.find(({ code }) => code === 'RM_CYCLE_IN_COMPONENTS');
    if (finding.details['SHAPE'] !== 'empty') return loop === undefined ? [] : breakContainment(loop, site);
    return createMachine(finding, site);
};

const createMachine: Cure = atSpot(({ source, site }) => {
    const name = freeTypeName(site, 'Machine');
    const lines = [`${name} {`, `${source.unit}installer: target;`, '}'];
    return [preferred(`Create component '${name}' in ${baseNameOf(source.file)}`, [appendBlock(source, lines)])];
});

/** A facet nobody has is given to a component, or goes. */
const orphanFacet: Cure = (finding, site) => {
    const facet = finding.details['FACET'] ?? '';
    const type = typeCalled(site, facet);
    const children = new Set(
        type === undefined ? [] : site.application.model.facets.find(({ name }) => name === facet)?.children,
    );
    const given = site.application.model.components
        .filter(({ name }) => !children.has(name))
        .slice(0, MOST_CHOICES)
        .flatMap(({ name }) => {
            const wearer = typeCalled(site, name);
            if (wearer === undefined) return [];
            const change = addItem(wearer.source, wearer.declaration.block, 'facets', facet);
            return [fix(`Give '${name}' the facet '${facet}'`, [change])];
        });
    const isUsed = site.application.references.some((reference) => reference.name === facet);
    const removal =
        type === undefined || isUsed
            ? []
            : [fix(`Remove the facet '${facet}'`, [removeBlock(type.source, type.declaration.block)])];
    return [...given, ...removal];
};

const ambiguousExport: Cure = atSpot((spot) => {
    const { source, start, site, range, fact } = spot;
    if (fact('SHAPE') === 'own') return keepOne(spot);
    const block = blockAround(site, range)?.declaration.block;
    const variable = fact('VARIABLE').slice(fact('VARIABLE').indexOf('.') + 1);
    const model = site.application.model.components.find(({ name }) => name === source.text.slice(start, spot.end));
    const value = model?.exports[fact('VARIABLE')] ?? null;
    if (block === undefined || value === null) return [];
    const written = /[,;"#]|^\s|\s$/.test(value) ? `"${value}"` : value;
    const change = addItem(source, block, 'exports', `${variable} = ${written}`);
    return [preferred(`Export '${variable} = ${written}' here`, [change])];
});

/** The spelling that counts is kept. */
function keepOne({ source, start, finding, fact }: Spot): readonly Fix[] {
    const removal = (offset: number): readonly Change[] => {
        const change = removeItemAt(source, offset);
        return change === undefined ? [] : [change];
    };
    const rivals = finding.related.map(({ range }) => source.offsetOf(range.line, range.column));
    const [first] = rivals;
    if (first === undefined) return [];
    return [
        preferred(`Remove '${fact('OTHERS')}'`, rivals.slice(0, 1).flatMap(removal)),
        fix(`Remove '${fact('CHOSEN')}'`, removal(start)),
    ];
}

const removeUnreachable: Cure = atSpot(({ finding, site, fact }) => {
    const facet = typeCalled(site, fact('FACET'));
    const property = facet === undefined ? undefined : propertyIn(facet.source, facet.declaration.block, 'children');
    if (facet === undefined || property === undefined) return [];
    const at = property.value.text.search(new RegExp(`(?<![\\w.-])${fact('COMPONENT')}(?![\\w.-])`));
    const removal = at < 0 ? undefined : removeItemAt(facet.source, property.value.start + at + 1);
    const remove =
        removal === undefined
            ? []
            : [fix(`Remove '${fact('COMPONENT')}' from the children of '${fact('FACET')}'`, [removal])];
    return [...orphanFacet(finding, site).filter(({ title }) => title.startsWith('Give')), ...remove];
});

export const DECLARED_TYPE_CURES: Cures = {
    CO_ALREADY_DEFINED_COMPONENT: declaredTwice,
    CO_ALREADY_DEFINED_FACET: declaredTwice,
    CO_CONFLICTING_NAME: conflictingName,
    RM_EMPTY_COMPONENT_INSTALLER: addInstaller,
    RM_ROOT_INSTALLER_MUST_BE_TARGET: rootInstaller,
    RM_INVALID_RANDOM_KIND: randomKind,
    RM_NO_VALUE_FOR_RANDOM: randomValue,
    RM_CYCLE_IN_COMPONENTS: anyContainment,
    RM_CYCLE_IN_COMPONENTS_INHERITANCE: breakLoop,
    RM_CYCLE_IN_FACETS_INHERITANCE: breakLoop,
    RM_NO_ROOT_COMPONENT: firstMachine,
    RM_ORPHAN_FACET: orphanFacet,
    RM_ORPHAN_FACET_WITH_CHILDREN: orphanFacet,
    RM_UNREACHABLE_COMPONENT: removeUnreachable,
    X_AMBIGUOUS_EXPORT: ambiguousExport,
};
