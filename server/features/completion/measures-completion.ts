/** Completion in probes: sections of each handler, their bodies, values of the properties file beside (reference: language, section 7). */
import {
    FILE_ACTIONS,
    INSTANCE_VARIABLES,
    NAGIOS_SERVER,
    PROBE_HANDLERS,
    type ProbeHandler,
    REST_OPERATORS,
} from '../../../language/index.ts';
import type { CompletionQuestion } from '../completion.ts';
import type { Typed } from '../line-context.ts';
import { endingOf } from '../line-words.ts';
import { type MeasuresPlace, measuresPlaceAt } from '../measures-context.ts';
import { keywordMarkdown } from '../wording.ts';
import { groupOf, proposal, type Proposal, type ProposalGroup } from './proposal.ts';

/** What can be written at a position of a file of probes. */
export function measuresGroups(question: CompletionQuestion): readonly ProposalGroup[] {
    const { lines, position, trigger } = question;
    const place = measuresPlaceAt(lines, position.line, position.character);
    if (place === null) return [];
    const begun = /\{\{?\s*[^\s{}]*$/.exec(place.typed.text)?.[0];
    if (begun !== undefined) return [groupOf(endOf(place.typed, begun), valueProposals(question))];
    if (!isWorthOpening(trigger, place)) return [];
    switch (place.kind) {
        case 'outside':
            return [groupOf(place.typed, sections())];
        case 'header':
            return [groupOf(place.typed, headerProposals(question, place.word))];
        case 'body':
            return [...bodyGroups(place), groupOf(place.typed, trigger === null ? sections() : [])];
        default:
            return place satisfies never;
    }
}

function isWorthOpening(trigger: string | null, place: MeasuresPlace): boolean {
    if (trigger === null) return true;
    if (trigger === '[') return place.kind === 'header';
    return trigger === ' ' && (place.kind === 'header' || /\sthat\s+\w+\s+$/i.test(place.typed.text));
}

/** A whole section for each handler. */
function sections(): readonly Proposal[] {
    return PROBE_HANDLERS.map((handler) =>
        proposal('snippet', `[EVENT ${handler.name}`, {
            insert: handler.example,
            snippet: sectionSnippet(handler),
            detail: 'a whole probe',
            documentation: keywordMarkdown(handler, 'roboconf-measures'),
        }),
    );
}

/** The words of the example that are a person's own are where the snippet stops. */
function sectionSnippet({ name }: ProbeHandler): string {
    switch (name) {
        case 'file':
            return `[EVENT file \${1:event}]\n\${2|${FILE_ACTIONS.delete},${FILE_ACTIONS.notify}|} \${3:/tmp/event}`;
        case 'rest':
            return `[EVENT rest \${1:event}]\nCheck \${2:http://localhost:8080/} that \${3:value} \${4|>,>=,<,<=,=|} \${5:0}`;
        case 'nagios':
            return '[EVENT nagios ${1:event}]\nGET ${2:hosts}\nColumns: ${3:host_name}';
        case 'docker':
            return '[EVENT docker ${1:event}]\n${2:ROBOCONF_CLEAN_REVERSED_INSTANCE_PATH}';
        default:
            return name satisfies never;
    }
}

function headerProposals(question: CompletionQuestion, word: 0 | 1 | 2): readonly Proposal[] {
    if (word === 0) return [...sections(), proposal('keyword', '[EVENT', { insert: '[EVENT ', leadsOn: true })];
    if (word === 1)
        return PROBE_HANDLERS.map((handler) =>
            proposal('keyword', handler.name, {
                insert: `${handler.name} `,
                documentation: keywordMarkdown(handler, 'roboconf-measures'),
                leadsOn: true,
            }),
        );
    return awaitedEvents(question);
}

/** Events that rules wait for and no probe emits. */
function awaitedEvents({ view }: CompletionQuestion): readonly Proposal[] {
    const { application } = view.analysis;
    const written = application.references.filter(
        ({ range, targets }) => range.file.endsWith('.drl') && targets.length === 0,
    );
    const commands = new Set(application.declarations.filter(({ kind }) => kind === 'command').map(({ name }) => name));
    const names = [...new Set(written.map(({ name }) => name))].filter((name) => !commands.has(name)).sort();
    return names.map((name) => proposal('event', name, { detail: 'a rule waits for it' }));
}

function bodyGroups({ handler, typed, index }: Extract<MeasuresPlace, { kind: 'body' }>): readonly ProposalGroup[] {
    switch (handler) {
        case 'file':
            return index > 0 ? [] : [groupOf(typed, fileLines())];
        case 'rest':
            return [restGroup(typed)];
        case 'nagios':
            return [groupOf(typed, nagiosLines(index))];
        case 'docker':
            return [groupOf(endOf(typed, endingOf(typed.text, /\w/)), instanceWords())];
        default:
            return [];
    }
}

function fileLines(): readonly Proposal[] {
    const { delete: remove, notify } = FILE_ACTIONS;
    return [
        proposal('keyword', remove, { insert: `${remove} `, detail: 'emits when the file is there, and deletes it' }),
        proposal('keyword', notify, { insert: `${notify} `, detail: 'emits when the file is not there' }),
    ];
}

function restGroup(typed: Typed): ProposalGroup {
    const operator = /\sthat\s+\w+\s+(?<typed>\S*)$/i.exec(typed.text)?.groups?.['typed'];
    if (operator !== undefined) {
        const operators = REST_OPERATORS.map((one) => proposal('keyword', one, { insert: `${one} ` }));
        return groupOf(endOf(typed, operator), operators);
    }
    const word = /^check\s+\S+\s+(?<typed>\w*)$/i.exec(typed.text)?.groups?.['typed'];
    if (word !== undefined) return groupOf(endOf(typed, word), [proposal('keyword', 'that', { insert: 'that ' })]);
    return groupOf(typed, [
        proposal('keyword', 'Check', {
            insert: 'Check ',
            snippet: 'Check ${1:http://localhost:8080/} that ${2:value} ${3|>,>=,<,<=,=|} ${4:0}',
            detail: 'URL that name operator value',
        }),
    ]);
}

const QUERY_LINES: readonly string[] = ['GET', 'Columns:', 'Filter:'];

function nagiosLines(index: number): readonly Proposal[] {
    const server = proposal('keyword', NAGIOS_SERVER, {
        insert: `${NAGIOS_SERVER} `,
        detail: 'host:port; localhost:50000 when it is left out',
    });
    const query = QUERY_LINES.map((word) => proposal('keyword', word, { insert: `${word} ` }));
    return index === 0 ? [server, ...query] : query;
}

function instanceWords(): readonly Proposal[] {
    return INSTANCE_VARIABLES.map((name) => proposal('value', name, { detail: 'replaced for each instance' }));
}

/** Values of `<Component>.measures.properties`. */
function valueProposals({ view }: CompletionQuestion): readonly Proposal[] {
    const component = view.file.replace(/^.*\//, '').replace(/\.measures$/, '');
    const keys = view.analysis.application.declarations
        .filter(({ kind, name }) => kind === 'value' && name.startsWith(`${component}.`))
        .map(({ name }) => name.slice(component.length + 1));
    return [...new Set(keys)].sort().map((key) => proposal('variable', `{{ ${key} }}`));
}

function endOf(typed: Typed, text: string): Typed {
    return { text, column: typed.column + typed.text.length - text.length };
}
