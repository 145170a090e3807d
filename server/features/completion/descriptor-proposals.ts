/** What can be written in `descriptor/application.properties` (reference: language, section 1.1). */
import { DESCRIPTOR_KEYS } from '../../../language/index.ts';
import { pathIn } from '../../workspace/locations.ts';
import type { CompletionQuestion } from '../completion.ts';
import type { Typed } from '../line-context.ts';
import { type Scope, scopeOf, simpleNameOf, typesOf, variablesOf } from '../scope.ts';
import { keywordMarkdown, valueWords } from '../wording.ts';
import { pathProposals } from './path-proposals.ts';
import { escapeSnippet, groupOf, proposal, type Proposal, type ProposalGroup } from './proposal.ts';

/** Keys, those an application must have first; while nothing is written, a whole descriptor too. */
export function descriptorKeys(
    question: CompletionQuestion,
    entries: ReadonlyMap<string, string>,
): readonly Proposal[] {
    const keys = DESCRIPTOR_KEYS.map((key) =>
        proposal('property', key.name, {
            insert: `${key.name} = `,
            detail: key.isRequired ? 'required' : '',
            documentation: keywordMarkdown(key, 'properties'),
            leadsOn: true,
        }),
    );
    return entries.size === 0 ? [...keys, wholeDescriptor(question)] : keys;
}

/** Named like its folder, with the files that are there: `main` where there are several, or none. */
function wholeDescriptor(question: CompletionQuestion): Proposal {
    const { directory } = question.view.analysis.application;
    const folder = directory.replace(/^.*\//, '');
    const name = /^[A-Za-z]/.test(folder) ? folder : 'Application';
    const entry = (kind: 'graph' | 'instances'): string => {
        const [first, ...more] = question
            .filesBelow(pathIn(directory, kind))
            .filter((file) => file.endsWith(`.${kind}`) && !file.includes('/'));
        return first === undefined || more.length > 0 ? `main.${kind}` : first;
    };
    const rest = [
        'dsl-id = roboconf-1.0',
        `graph-entry-point = ${entry('graph')}`,
        `instance-entry-point = ${entry('instances')}`,
        '',
    ].join('\n');
    return proposal('snippet', 'whole descriptor', {
        insert: `name = ${name}\nversion = 1.0.0\n${rest}`,
        snippet: `name = \${1:${escapeSnippet(name)}}\nversion = \${2:1.0.0}\ndescription = \${3:What it is for}\n${escapeSnippet(rest)}$0`,
        detail: 'name, version and entry points',
    });
}

/** What a key may be set to. */
export function descriptorValues(question: CompletionQuestion, key: string, typed: Typed): readonly ProposalGroup[] {
    const { directory } = question.view.analysis.application;
    const filesOf = (folder: string): readonly string[] => question.filesBelow(pathIn(directory, folder));
    switch (key) {
        case 'graph-entry-point':
            return [groupOf(typed, pathProposals(filesOf('graph'), '.graph'))];
        case 'instance-entry-point':
            return [groupOf(typed, pathProposals(filesOf('instances'), '.instances'))];
        case 'dsl-id':
            return [groupOf(typed, [proposal('value', 'roboconf-1.0')])];
        case 'version':
            return [groupOf(typed, [proposal('value', '1.0.0'), proposal('value', '1.0-SNAPSHOT')])];
        case 'exports-prefix':
            return [groupOf(typed, prefixProposals(question))];
        case 'exports':
            return exportGroups(scopeOf(question.view), typed);
        default:
            return [];
    }
}

function prefixProposals({ view }: CompletionQuestion): readonly Proposal[] {
    const name = view.analysis.application.name.replaceAll(/[^\w.-]+/g, '-');
    return /^[A-Za-z_]/.test(name) ? [proposal('value', name, { detail: "the application's name" })] : [];
}

/** Items `<variable> as <name>`: a variable of some component, and behind `as` the name it had there. */
function exportGroups(scope: Scope, typed: Typed): readonly ProposalGroup[] {
    const items = typed.text.split(',');
    const item = (items.at(-1) ?? '').trimStart();
    const words = item.split(/\s+/);
    const word = words.at(-1) ?? '';
    const place: Typed = { text: word, column: typed.column + typed.text.length - word.length };
    if (words.length === 1) return [groupOf(place, externalProposals(scope, items.slice(0, -1)))];
    if (words.length === 2) return [groupOf(place, [proposal('keyword', 'as', { insert: 'as ', leadsOn: true })])];
    return [groupOf(place, [proposal('value', simpleNameOf(words[0] ?? ''))])];
}

function externalProposals(scope: Scope, others: readonly string[]): readonly Proposal[] {
    const listed = new Set(others.map((item) => item.trim().split(/\s+/)[0] ?? ''));
    return typesOf(scope)
        .filter((type) => type.kind === 'component')
        .flatMap((type) => variablesOf(scope, type).filter(({ fullName }) => fullName.startsWith(`${type.name}.`)))
        .map((variable) =>
            proposal('variable', variable.fullName, {
                insert: `${variable.fullName} as ${simpleNameOf(variable.fullName)}`,
                detail: valueWords(variable),
                isPresent: listed.has(variable.fullName),
            }),
        );
}
