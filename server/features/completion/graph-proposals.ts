/** What can be written at a place of a .graph file (reference: language, section 10.1; mends 11.21). */
import {
    BLOCK_KEYWORDS,
    type BlockKind,
    INSTALLERS,
    INSTANCE_VARIABLES,
    PROPERTIES,
    type PropertyKeyword,
} from '../../../language/index.ts';
import type { LineContext } from '../line-context.ts';
import { lineageOf, type Scope, type TypeModel, typeOf, typesOf } from '../scope.ts';
import { escapeMarkdown, keywordMarkdown, typeWords } from '../wording.ts';
import { proposal, type Proposal, snippetChoice } from './proposal.ts';
import { exportItems, importItems } from './variable-proposals.ts';

export type ValueContext = Extract<LineContext, { kind: 'value' }>;

/** At the start of a line outside blocks. */
export function graphTopLevel(scope: Scope): readonly Proposal[] {
    const { facet } = BLOCK_KEYWORDS;
    const installers = snippetChoice(2, ['script', 'logger', 'file', 'puppet', 'target']);
    const component = blockProposal('component block', 'what is installed', 'name {\n\t\n}', [
        '${1:Component} {',
        `\tinstaller: ${installers};`,
        '\texports: ${3:ip};$0',
        '}',
    ]);
    const machine = blockProposal(
        'machine block',
        'what others are installed on',
        'machine {\n\tinstaller: target;\n}',
        ['${1:Machine} {', '\tinstaller: target;', '\tchildren: ${2:Component};$0', '}'],
    );
    return [
        importProposal(),
        proposal('keyword', facet.name, { insert: 'facet ', documentation: keywordMarkdown(facet) }),
        ...(hasMachine(scope) ? [component, machine] : [machine, component]),
        blockProposal('facet block', 'what components have in common', 'facet name {\n\t\n}', [
            'facet ${1:facet} {',
            '\texports: ${2:ip};$0',
            '}',
        ]),
    ];
}

function hasMachine(scope: Scope): boolean {
    return [...scope.components.values()].some(({ resolvedInstaller }) => resolvedInstaller === 'target');
}

function blockProposal(label: string, detail: string, insert: string, lines: readonly string[]): Proposal {
    return proposal('snippet', label, { insert, snippet: lines.join('\n'), detail });
}

/** The `import` keyword. */
export function importProposal(): Proposal {
    return proposal('keyword', 'import', {
        insert: 'import ',
        snippet: 'import $1;$0',
        documentation: keywordMarkdown(BLOCK_KEYWORDS.import),
        leadsOn: true,
    });
}

/** Names of properties of a block; `present` are those it has, `hasColon` tells that the line goes on after the name. */
export function propertyProposals(kind: BlockKind, present: readonly string[], hasColon: boolean): readonly Proposal[] {
    const all = PROPERTIES.filter((property) => property.blocks.includes(kind)).map((property) => {
        const isPresent = !property.isRepeatable && present.includes(property.name);
        return { property, made: { ...propertyProposal(property, hasColon), isPresent } };
    });
    const forPeople = all.filter(({ property }) => property.isForPeople);
    const others = all.filter(({ property }) => !property.isForPeople);
    return [...forPeople, ...others].map(({ made }) => made);
}

function propertyProposal(property: PropertyKeyword, hasColon: boolean): Proposal {
    const { name } = property;
    const documentation = keywordMarkdown(property);
    const detail = property.isForPeople ? '' : 'written by a running platform';
    if (hasColon) return proposal('property', name, { documentation, detail });
    const [insert, snippet] = [`${name}: `, `${name}: $1;`];
    return proposal('property', name, { documentation, detail, insert, snippet, leadsOn: true });
}

/** Right behind a property's colon: the blank that belongs there. */
export function blankAfterColon(property: string): Proposal {
    return proposal('property', `${property}: `, { detail: 'a blank after the colon', leadsOn: true });
}

/** What the values of a graph depend on. */
export interface GraphPlace {
    readonly scope: Scope;
    /** The file, as in the ranges of the model. */
    readonly file: string;
}

/** In the value of a property. */
export function graphValues(context: ValueContext, place: GraphPlace): readonly Proposal[] {
    const { scope } = place;
    const kind = context.block?.kind ?? 'component';
    switch (context.property) {
        case 'installer':
            return installerProposals(scope, context.typed.text);
        case 'children':
            return childProposals(context, place);
        case 'facets':
            return listed(
                typesOf(scope).filter((type) => type.kind === 'facet'),
                context,
            );
        case 'extends': {
            const heirs = heirsOf(context, place);
            return listed(
                typesOf(scope).filter((type) => type.kind === kind && !heirs(type)),
                context,
            );
        }
        case 'imports':
            return importItems(context, scope, !isDeclaredElsewhere(place, context.block?.name ?? ''));
        case 'exports':
            return exportItems(context, scope);
        default:
            return [];
    }
}

/** `$(…)`: what is replaced for each instance. */
export function instanceVariables(): readonly Proposal[] {
    return INSTANCE_VARIABLES.map((name) => proposal('value', `$(${name})`, { detail: 'replaced for each instance' }));
}

/** Types, those that the list holds already marked as such. */
function listed(types: readonly TypeModel[], context: ValueContext): readonly Proposal[] {
    return types
        .filter(({ name }) => name !== '')
        .map((type) => ({ ...typeProposal(type), isPresent: context.others.includes(type.name) }));
}

/** One type by its name. */
export function typeProposal(type: TypeModel): Proposal {
    return proposal(type.kind, type.name, {
        about: type.name,
        describe: () => ({ detail: typeWords(type), documentation: escapeMarkdown(type.description ?? '') }),
    });
}

/** Machines stand at the top, so that they are the least likely children; what contains the type cannot be inside it. */
function childProposals(context: ValueContext, place: GraphPlace): readonly Proposal[] {
    const holders = holdersOf(context, place);
    const types = typesOf(place.scope).filter(({ name }) => !holders.has(name));
    const isMachine = (type: TypeModel): boolean => type.kind === 'component' && type.resolvedInstaller === 'target';
    return listed([...types.filter((type) => !isMachine(type)), ...types.filter(isMachine)], context);
}

/** The type itself and the components around it; of a type that another file declares too, nobody knows. */
function holdersOf(context: ValueContext, place: GraphPlace): ReadonlySet<string> {
    const self = context.block?.name ?? '';
    if (isDeclaredElsewhere(place, self)) return new Set();
    const found = new Set([self]);
    for (const name of found) {
        const component = place.scope.components.get(name);
        for (const ancestor of component?.resolvedAncestors ?? []) found.add(ancestor);
    }
    return found;
}

/** Tells the types that inherit from the one being written, itself included: it cannot extend them. */
function heirsOf(context: ValueContext, place: GraphPlace): (type: TypeModel) => boolean {
    const self = context.block?.name ?? '';
    if (typeOf(place.scope, self) === undefined || isDeclaredElsewhere(place, self)) return () => false;
    return (type) => lineageOf(place.scope, type).some(({ name }) => name === self);
}

function isDeclaredElsewhere({ scope, file }: GraphPlace, name: string): boolean {
    return scope.applications.some(({ model }) =>
        [...model.components, ...model.facets].some((type) => type.name === name && type.range.file !== file),
    );
}

function installerProposals(scope: Scope, typed: string): readonly Proposal[] {
    const known = new Set(INSTALLERS.map((installer) => installer.name));
    const written = [...scope.components.values()].map((component) => component.installer ?? '');
    const others = [...new Set(written)]
        .filter((name) => name.trim() !== '' && name.trim() !== typed && !known.has(name))
        .sort();
    return [
        ...INSTALLERS.map((installer) =>
            proposal('value', installer.name, { documentation: keywordMarkdown(installer) }),
        ),
        ...others.map((name) => proposal('value', name, { detail: 'used in this application' })),
    ];
}
