/** Completion in rules: a whole rule, its attributes, events that probes emit, names of commands (reference: language, section 6). */
import { RULE_ATTRIBUTES, RULE_KEYWORDS } from '../../../language/index.ts';
import type { CompletionQuestion } from '../completion.ts';
import { rulesPlaceAt, type RulesPlace } from '../rules-context.ts';
import { keywordMarkdown } from '../wording.ts';
import { commandNames, declared } from './commands-completion.ts';
import { groupOf, proposal, type Proposal, type ProposalGroup, snippetChoice } from './proposal.ts';

/** What can be written at a position of a rules file. */
export function rulesGroups(question: CompletionQuestion): readonly ProposalGroup[] {
    const { lines, position, trigger } = question;
    const place = rulesPlaceAt(lines, position.line, position.character);
    if (place === null || (trigger !== null && !(trigger === '"' && place.part === 'name'))) return [];
    return [groupOf(place.typed, proposalsFor(question, place))];
}

function proposalsFor(question: CompletionQuestion, { part, text }: RulesPlace): readonly Proposal[] {
    switch (part) {
        case 'outside':
            // One rule a file: of several, Roboconf makes a mixture.
            return /\brule\s+"/i.test(question.lines.join('\n')) ? [] : [wholeRule(question)];
        case 'name':
            return [proposal('value', ruleNameOf(question), { detail: 'as the file is called' })];
        case 'attributes':
            return [...attributeProposals(text), keyword('when')];
        case 'when':
            return isBlank(text) ? declared(question, 'event') : [...declared(question, 'event'), keyword('then')];
        case 'then': {
            const commands = commandNames(question).map((name) => commandProposal(name, text));
            return isBlank(text) ? commands : [...commands, keyword('end')];
        }
        default:
            return part satisfies never;
    }
}

/** Nothing but what is being typed. */
function isBlank(text: string): boolean {
    return !/\S\s/.test(text.trimStart());
}

function keyword(name: (typeof RULE_KEYWORDS)[number]['name']): Proposal {
    const known = RULE_KEYWORDS.find((one) => one.name === name);
    return proposal('keyword', name, {
        documentation: known === undefined ? '' : keywordMarkdown(known, 'roboconf-rules'),
    });
}

function commandProposal(name: string, text: string): Proposal {
    const isPresent = text
        .split(/[;\n]/)
        .slice(0, -1)
        .some((one) => one.trim() === name);
    return proposal('command', name, { insert: `${name};`, isPresent });
}

function attributeProposals(text: string): readonly Proposal[] {
    return RULE_ATTRIBUTES.map((attribute) => {
        const { name, unit } = attribute;
        const [number, suffix] = unit === 'seconds' ? ['60', 's'] : ['3', ''];
        return proposal('property', `${name} is`, {
            insert: `${name} is ${number}${suffix}`,
            snippet: `${name} is \${1:${number}}${suffix}`,
            detail: unit,
            documentation: keywordMarkdown(attribute, 'roboconf-rules'),
            isPresent: new RegExp(`\\b${name} is \\d`, 'i').test(text),
        });
    });
}

function ruleNameOf({ path }: CompletionQuestion): string {
    return path.replace(/^.*\//, '').replace(/\.drl$/, '');
}

function wholeRule(question: CompletionQuestion): Proposal {
    const name = ruleNameOf(question);
    const events = declared(question, 'event').map(({ label }) => label);
    const commands = commandNames(question);
    const event = events.length === 0 ? '${2:event}' : snippetChoice(2, events);
    const command = commands.length === 0 ? '${3:command}' : snippetChoice(3, commands);
    const text = (when: string, then: string, title: string): string =>
        [`rule "${title}"`, '\twhen', `\t\t${when}`, '\tthen', `\t\t${then};`, 'end'].join('\n');
    return proposal('snippet', 'rule', {
        insert: text(events[0] ?? 'event', commands[0] ?? 'command', name),
        snippet: text(event, command, `\${1:${name}}`),
        detail: 'a whole rule',
        documentation: keywordMarkdown(RULE_KEYWORDS[0], 'roboconf-rules'),
    });
}
