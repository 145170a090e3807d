/** What can be written at a place of an .instances file (reference: language, section 10.2; mends 11.21). */
import { BLOCK_KEYWORDS, type ComponentModel, VALUE_KEYWORDS } from '../../../language/index.ts';
import { type Scope, simpleNameOf, typeOf, type VariableFacts, variablesOf } from '../scope.ts';
import { escapeMarkdown, keywordMarkdown, typeWords, valueWords } from '../wording.ts';
import { importProposal, propertyProposals, typeProposal, type ValueContext } from './graph-proposals.ts';
import { escapeSnippet, proposal, type Proposal } from './proposal.ts';

/** At the start of a line outside blocks: a block for each root component among them. */
export function instancesTopLevel(scope: Scope): readonly Proposal[] {
    return [instanceOfProposal(), importProposal(), ...blocks(rootsOf(scope))];
}

/** At the start of a line inside an instance. */
export function instanceBody(
    scope: Scope,
    component: string,
    place: { present: readonly string[]; hasColon: boolean },
): readonly Proposal[] {
    const { present, hasColon } = place;
    const properties = propertyProposals('instance', present, hasColon);
    const overrides = overrideProposals(scope, component, place);
    if (hasColon) return [...properties, ...overrides];
    return [
        ...properties,
        ...overrides,
        ...dataProposals(present),
        instanceOfProposal(),
        ...blocks(childrenOf(scope, component) ?? []),
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
            return component === undefined ? [] : [proposal('value', nameFor(component))];
        case 'channels':
            return channelsOf(scope)
                .filter((channel) => !context.others.includes(channel))
                .map((channel) => proposal('value', channel));
        default:
            return component === undefined ? [] : defaultValue(context, scope, component);
    }
}

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

/** A whole block for each component; of none, one to fill in. */
function blocks(components: readonly ComponentModel[]): readonly Proposal[] {
    if (components.length === 0) return [emptyBlock()];
    return components.map((component) =>
        proposal('snippet', `instance of ${component.name}`, {
            insert: `instance of ${component.name} {\n\tname: ${nameFor(component)};\n}`,
            snippet: `instance of ${escapeSnippet(component.name)} {\n\tname: \${1:${escapeSnippet(nameFor(component))}};\n\t$0\n}`,
            detail: typeWords({ kind: 'component', ...component }),
            documentation: escapeMarkdown(component.description ?? ''),
        }),
    );
}

function emptyBlock(): Proposal {
    return proposal('snippet', 'instance block', {
        insert: 'instance of component {\n\tname: name;\n}',
        snippet: 'instance of ${1:component} {\n\tname: ${2:name};\n\t$0\n}',
        detail: 'a whole instance block',
    });
}

/** A likely name for an instance: `Load-Balancer` gives `load-balancer`. */
function nameFor(component: ComponentModel): string {
    return component.name.toLowerCase();
}

function overrideProposals(
    scope: Scope,
    component: string,
    place: { present: readonly string[]; hasColon: boolean },
): readonly Proposal[] {
    const type = typeOf(scope, component);
    if (type === undefined) return [];
    const variables = variablesOf(scope, type);
    const short = variables.filter(({ fullName }) => isUnambiguous(fullName, variables));
    const taken = new Set(place.present);
    const isTaken = ({ fullName }: VariableFacts): boolean => taken.has(fullName) || taken.has(simpleNameOf(fullName));
    const byName = [
        ...short.map((variable) => ({ name: simpleNameOf(variable.fullName), variable })),
        ...variables.map((variable) => ({ name: variable.fullName, variable })),
    ];
    return byName
        .filter(({ variable }) => !isTaken(variable))
        .map(({ name, variable }) => overrideProposal(name, variable, place.hasColon));
}

function isUnambiguous(fullName: string, variables: readonly VariableFacts[]): boolean {
    return variables.filter((other) => simpleNameOf(other.fullName) === simpleNameOf(fullName)).length === 1;
}

function overrideProposal(name: string, variable: VariableFacts, hasColon: boolean): Proposal {
    const facts = { detail: valueWords(variable), documentation: `exported by ${escapeMarkdown(variable.origin)}` };
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
    const any = proposal('property', data.name, { snippet: 'data.${1:key}: ${2:value};', documentation });
    if (present.includes(address)) return [any];
    return [
        any,
        proposal('property', address, {
            insert: `${address}: `,
            snippet: `${address}: \${1:127.0.0.1};`,
            documentation,
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
    if (meant?.value === undefined || meant.value === null || meant.value === '') return [];
    return [proposal('value', meant.value, { detail: 'the default value' })];
}
