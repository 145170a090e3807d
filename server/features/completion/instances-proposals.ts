/** What can be written at a place of an .instances file (reference: language, section 10.2; mends 11.21). */
import { BLOCK_KEYWORDS, type ComponentModel, VALUE_KEYWORDS } from '../../../language/index.ts';
import { type Scope, simpleNameOf, typeOf, type VariableFacts, variablesOf } from '../scope.ts';
import { escapeMarkdown, keywordMarkdown, typeWords, valueWords } from '../wording.ts';
import { importProposal, propertyProposals, typeProposal, type ValueContext } from './graph-proposals.ts';
import { escapeSnippet, proposal, type Proposal } from './proposal.ts';

/** At the start of a line outside blocks: a block for each root component among them. */
export function instancesTopLevel(scope: Scope): readonly Proposal[] {
    return [instanceOfProposal(), importProposal(), ...blocks(scope, rootsOf(scope)), emptyBlock()];
}

/** A line inside an instance. */
export interface BodyPlace {
    /** Names of the properties the block has. */
    readonly present: readonly string[];
    /** The line goes on with a colon. */
    readonly hasColon: boolean;
}

/** At the start of a line inside an instance: what it cannot do without first, what is seldom written last. */
export function instanceBody(scope: Scope, component: string, place: BodyPlace): readonly Proposal[] {
    const properties = propertyProposals('instance', place.present, place.hasColon);
    const overrides = overrideProposals(scope, component, place);
    const [name, count, channels, ...runtime] = properties;
    const first = [name, ...overrides.required, count, channels].filter((one) => one !== undefined);
    if (place.hasColon) return [...first, ...overrides.others, ...runtime];
    return [
        ...first,
        ...overrides.others,
        ...dataProposals(place.present),
        instanceOfProposal(),
        ...blocks(scope, childrenOf(scope, component) ?? []),
        emptyBlock(),
        ...runtime,
    ];
}

/** Components that may stand after `instance of`; of an unknown parent, none. */
export function instanceComponents(scope: Scope, parent: string | null): readonly Proposal[] {
    const components = parent === null ? rootsOf(scope) : (childrenOf(scope, parent) ?? []);
    return components.map((component) => typeProposal({ kind: 'component', ...component }));
}

/** In the value of a property of an instance. */
export function instanceValues(context: ValueContext, scope: Scope): readonly Proposal[] {
    const component = scope.components.get(context.block?.name ?? '');
    switch (context.property) {
        case 'name':
            return component === undefined ? [] : [proposal('value', nameFor(takenNames(scope), component))];
        case 'count':
            return [proposal('value', '2'), proposal('value', '3')];
        case 'channels':
            return channelsOf(scope)
                .filter((channel) => !context.others.includes(channel))
                .map((channel) => proposal('value', channel));
        case 'instance-state':
            return STABLE_STATUSES.map((status) => proposal('value', status));
        default:
            return component === undefined ? [] : defaultValue(context, scope, component);
    }
}

/** Statuses an instance may be left in (reference: language, section 3.6). */
const STABLE_STATUSES: readonly string[] = [
    'NOT_DEPLOYED',
    'DEPLOYED_STOPPED',
    'DEPLOYED_STARTED',
    'UNRESOLVED',
    'WAITING_FOR_ANCESTOR',
];

function rootsOf(scope: Scope): readonly ComponentModel[] {
    return componentsNamed(scope, scope.rootComponents);
}

function childrenOf(scope: Scope, component: string): readonly ComponentModel[] | undefined {
    const model = scope.components.get(component);
    return model === undefined ? undefined : componentsNamed(scope, model.resolvedChildren);
}

function componentsNamed(scope: Scope, names: readonly string[]): readonly ComponentModel[] {
    return [...names]
        .sort()
        .map((name) => scope.components.get(name))
        .filter((component) => component !== undefined);
}

function instanceOfProposal(): Proposal {
    const { instanceOf } = BLOCK_KEYWORDS;
    return proposal('keyword', instanceOf.name, {
        insert: 'instance of ',
        documentation: keywordMarkdown(instanceOf),
        leadsOn: true,
    });
}

/** A whole block for each component, with every variable that nothing gives a value. */
function blocks(scope: Scope, components: readonly ComponentModel[]): readonly Proposal[] {
    let names: ReadonlySet<string> | undefined;
    const taken = (): ReadonlySet<string> => (names ??= takenNames(scope));
    return components.map((component) =>
        proposal('snippet', `instance of ${component.name}`, {
            about: component.name,
            describe: () => ({
                ...blockTexts(scope, component, nameFor(taken(), component)),
                detail: typeWords({ kind: 'component', ...component }),
                documentation: escapeMarkdown(component.description ?? ''),
            }),
        }),
    );
}

function blockTexts(
    scope: Scope,
    component: ComponentModel,
    name: string,
): { readonly insert: string; readonly snippet: string } {
    const variables = variablesOf(scope, { kind: 'component', ...component });
    const missing = shortNames(variables).filter(({ variable }) => isMissing(variable));
    const head = `instance of ${component.name} {`;
    const stops = missing.map((one, index) => `\t${escapeSnippet(one.name)}: \${${index + 2}};`);
    const snippet = [escapeSnippet(head), `\tname: \${1:${escapeSnippet(name)}};`, ...stops, '\t$0', '}'];
    return { insert: [head, `\tname: ${name};`, '}'].join('\n'), snippet: snippet.join('\n') };
}

function emptyBlock(): Proposal {
    return proposal('snippet', 'instance block', {
        insert: 'instance of component {\n\tname: name;\n}',
        snippet: 'instance of ${1:component} {\n\tname: ${2:name};\n\t$0\n}',
        detail: 'of any component',
    });
}

/** A likely name for an instance that no instance has: `Load-Balancer` gives `load-balancer`, then `load-balancer-2`. */
function nameFor(taken: ReadonlySet<string>, component: ComponentModel): string {
    const name = component.name.toLowerCase();
    let free = name;
    for (let number = 2; taken.has(free); number += 1) free = `${name}-${number}`;
    return free;
}

/** Names that instances have. */
function takenNames(scope: Scope): ReadonlySet<string> {
    return new Set(scope.applications.flatMap(({ model }) => model.instances.map(({ name }) => name)));
}

/** A variable under the name an override would call it by. */
interface NamedVariable {
    readonly name: string;
    readonly variable: VariableFacts;
}

/** Each variable that a name without prefix can only mean, once: of the replicated spellings the one that is asked for first. */
function shortNames(variables: readonly VariableFacts[]): readonly NamedVariable[] {
    const counts = new Map<string, number>();
    for (const { fullName } of variables) {
        const simple = simpleNameOf(fullName);
        counts.set(simple, (counts.get(simple) ?? 0) + 1);
    }
    return variables.map((variable) => {
        const simple = simpleNameOf(variable.fullName);
        return { name: counts.get(simple) === 1 ? simple : variable.fullName, variable };
    });
}

/** Whether an instance must give a value (reference: language, section 3.6; 11.2 is mended: empty is a value). */
function isMissing(variable: VariableFacts): boolean {
    return variable.value === null && !variable.isRandom && !variable.isRuntime;
}

interface Overrides {
    readonly required: readonly Proposal[];
    readonly others: readonly Proposal[];
}

function overrideProposals(scope: Scope, component: string, place: BodyPlace): Overrides {
    const type = typeOf(scope, component);
    if (type === undefined) return { required: [], others: [] };
    const variables = variablesOf(scope, type);
    const short = shortNames(variables);
    const required = short.filter(({ variable }) => isMissing(variable));
    const optional = short.filter(({ name, variable }) => !isMissing(variable) && name !== variable.fullName);
    const full = variables.map((variable) => ({ name: variable.fullName, variable }));
    const rest = full.filter(({ name }) => !required.some((one) => one.name === name));
    const made = ({ name, variable }: NamedVariable): Proposal => overrideProposal(name, variable, place);
    const free = optional.map(made).filter(({ isPresent }) => !isPresent);
    return { required: required.map(made), others: [...free, ...rest.map(made)] };
}

function overrideProposal(name: string, variable: VariableFacts, { present, hasColon }: BodyPlace): Proposal {
    const facts = {
        detail: isMissing(variable) ? 'required' : valueWords(variable),
        documentation: `exported by ${escapeMarkdown(variable.origin)}`,
        isPresent: present.includes(variable.fullName) || present.includes(simpleNameOf(variable.fullName)),
    };
    if (hasColon) return proposal('variable', name, facts);
    const value = escapeSnippet(variable.value ?? '');
    return proposal('variable', name, {
        ...facts,
        insert: `${name}: `,
        snippet: `${escapeSnippet(name)}: \${1:${value}};`,
    });
}

function dataProposals(present: readonly string[]): readonly Proposal[] {
    const { data } = VALUE_KEYWORDS;
    const documentation = keywordMarkdown(data);
    const address = 'data.ip.address';
    return [
        proposal('property', data.name, { snippet: 'data.${1:key}: ${2:value};', documentation }),
        proposal('property', address, {
            insert: `${address}: `,
            snippet: `${address}: \${1:127.0.0.1};`,
            documentation,
            isPresent: present.includes(address),
        }),
    ];
}

function channelsOf(scope: Scope): readonly string[] {
    const written = scope.applications.flatMap(({ model }) => model.instances.flatMap((instance) => instance.channels));
    return [...new Set(written)].filter((channel) => channel !== '').sort();
}

/** The value an override replaces, to start from. */
function defaultValue(context: ValueContext, scope: Scope, component: ComponentModel): readonly Proposal[] {
    const variables = variablesOf(scope, { kind: 'component', ...component });
    const meant = variables.find(
        ({ fullName }) => fullName === context.property || simpleNameOf(fullName) === context.property,
    );
    const value = meant?.value ?? '';
    if (value === '') return [];
    const others = BOOLEANS.includes(value) ? BOOLEANS.filter((one) => one !== value) : [];
    return [
        proposal('value', value, { detail: 'the default value' }),
        ...others.map((other) => proposal('value', other)),
    ];
}

const BOOLEANS: readonly string[] = ['true', 'false'];
