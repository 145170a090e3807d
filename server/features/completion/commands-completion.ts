/** Completion in command files: instructions at the start of a line, then what fits each of their parts (reference: language, section 5). */
import { pathIn } from '../../workspace/locations.ts';
import { type CommandsPlace, commandsPlaceAt, slotAt, type SlotPlace, typedEnd } from '../commands-context.ts';
import type { CompletionQuestion } from '../completion.ts';
import { type Scope, scopeOf, typesOf } from '../scope.ts';
import { instancesAbove } from '../simulated-instances.ts';
import { GENERATORS, INSTRUCTIONS, signatureOf, type Slot, STATUSES } from '../vocabulary/commands.ts';
import { codeBlock } from '../wording.ts';
import { typeProposal } from './graph-proposals.ts';
import { escapeSnippet, groupOf, proposal, type Proposal, type ProposalGroup } from './proposal.ts';

/** What can be written at a position of a command file. */
export function commandsGroups(question: CompletionQuestion): readonly ProposalGroup[] {
    const { lines, position, trigger } = question;
    const place = commandsPlaceAt(lines, position.line, position.character);
    if (place === null) return [];
    const slot = slotAt(place.text);
    const begun = /\$(?:\([^()$]*)?$/.exec(place.text)?.[0];
    if (begun !== undefined) return [groupOf(typedEnd(place, begun), variableProposals(question, slot))];
    if (!isWorthOpening(trigger, slot)) return [];
    // A continued line goes on with an instruction that has begun.
    const isFirst = place.text === place.typed.text;
    const heads = trigger === null && isFirst ? [groupOf(place.typed, instructionProposals())] : [];
    if (slot === undefined) return heads;
    return [...slotGroups(question, place, slot), ...heads];
}

/** A list that opens by itself must be about a part that is just begun. */
function isWorthOpening(trigger: string | null, slot: SlotPlace | undefined): boolean {
    if (trigger === null) return true;
    if (slot === undefined) return false;
    if (trigger === ' ') return slot.text === '' || /\S\s$/.test(slot.text);
    return trigger === '/' || (trigger === '=' && slot.text === '');
}

/** Whole instructions; the name of each part is what a snippet stops at. */
function instructionProposals(): readonly Proposal[] {
    return INSTRUCTIONS.map((instruction) => {
        const { head, slots, requiredCount } = instruction;
        const parts = slots.slice(0, requiredCount);
        const stops = parts.map(({ keyword, label }, index) => {
            const stop = `\${${index + 1}:${escapeSnippet(label)}}`;
            return keyword === '' ? stop : `${keyword} ${stop}`;
        });
        return proposal('keyword', head, {
            insert: `${head} `,
            snippet: [head, ...stops].join(' '),
            detail: signatureOf(instruction).slice(head.length + 1),
            documentation: `${instruction.summary}\n\n${codeBlock(instruction.example, 'roboconf-commands')}`,
        });
    });
}

function slotGroups(question: CompletionQuestion, place: CommandsPlace, slot: SlotPlace): readonly ProposalGroup[] {
    const values = groupOf(typedEnd(place, slot.text), slotProposals(question, slot));
    const next = slot.instruction.slots[slot.index + 1];
    const word = /\s(?<word>\S*)$/.exec(slot.text)?.groups?.['word'];
    if (next === undefined || word === undefined) return [values];
    const keyword = proposal('keyword', next.keyword, {
        insert: `${next.keyword} `,
        detail: `before ${next.label}`,
        documentation: next.summary,
        leadsOn: true,
    });
    return [values, groupOf(typedEnd(place, word), [keyword])];
}

function slotProposals(question: CompletionQuestion, place: SlotPlace): readonly Proposal[] {
    const scope = scopeOf(question.view);
    const { slot } = place.slot;
    switch (slot) {
        case 'component':
            return componentProposals(scope);
        case 'name':
            return nameProposals(question, scope, place);
        case 'path':
        case 'rootPath':
        case 'scopedPath':
        case 'parent':
            return pathProposals(question, scope, place);
        case 'target':
            return declared(question, 'target');
        case 'status':
            return STATUSES.map(({ name, summary }) =>
                proposal('value', /[a-z]/.test(place.text) ? spokenStatus(name) : name, { documentation: summary }),
            );
        case 'command':
            return commandNames(question).map((name) => proposal('command', name));
        case 'file':
            return [proposal('value', '%TMP%/', { detail: 'in the temporary directory' })];
        case 'recipients':
        case 'text':
        case 'variable':
        case 'value':
            return [];
        default:
            return slot satisfies never;
    }
}

/** The words the language takes for a status as well: `deployed and started`. */
function spokenStatus(name: string): string {
    return name
        .toLowerCase()
        .replace(/^deployed_/, 'deployed_and_')
        .replaceAll('_', ' ');
}

function componentProposals(scope: Scope): readonly Proposal[] {
    return typesOf(scope)
        .filter((type) => type.kind === 'component' && type.name !== '')
        .map((type) => ({ ...typeProposal(type), leadsOn: false }));
}

/** A name that is free: behind the component's or the copied instance's, a number. */
function nameProposals(question: CompletionQuestion, scope: Scope, { earlier }: SlotPlace): readonly Proposal[] {
    const said = earlier.at(-1) ?? '';
    const isPath = said.startsWith('/');
    const known = instancesAbove(question.lines, question.position.line, scope);
    const taken = new Set([...known.keys()].map((path) => path.slice(path.lastIndexOf('/') + 1)));
    const base = isPath ? said.slice(said.lastIndexOf('/') + 1) : said.toLowerCase();
    if (base === '' || base.includes('$')) return [];
    let free = base;
    for (let number = 2; taken.has(free); number += 1) free = `${base}-${number}`;
    return [proposal('value', free)];
}

function pathProposals(question: CompletionQuestion, scope: Scope, place: SlotPlace): readonly Proposal[] {
    const { slot } = place.slot;
    const known = instancesAbove(question.lines, question.position.line, scope);
    return [...known]
        .filter(([path, component]) => isFit(scope, { slot, path, component, earlier: place.earlier }))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([path, component]) => proposal('instance', path, { detail: component }));
}

interface Candidate {
    readonly slot: Slot;
    readonly path: string;
    readonly component: string;
    readonly earlier: readonly string[];
}

/** What an instruction would refuse is not proposed. */
function isFit(scope: Scope, { slot, path, component, earlier }: Candidate): boolean {
    if (slot === 'rootPath') return path.lastIndexOf('/') === 0;
    if (slot === 'scopedPath') return scope.components.get(component)?.resolvedInstaller?.toLowerCase() === 'target';
    if (slot !== 'parent') return true;
    const child = scope.components.get(earlier[0] ?? '');
    return earlier.length < 2 || child === undefined || child.resolvedAncestors.includes(component);
}

/** Names of the other command files of the application. */
export function commandNames({ view, path, filesBelow }: CompletionQuestion): readonly string[] {
    const { directory } = view.analysis.application;
    const files = filesBelow(pathIn(directory, 'commands')).filter((file) => file.endsWith('.commands'));
    const own = files.filter((file) => pathIn(directory, `commands/${file}`) !== path);
    return [...new Set(own.map((file) => file.replace(/^.*\//, '').replace(/\.commands$/, '')))].sort();
}

/** Names of a kind that the application declares. */
export function declared({ view }: CompletionQuestion, kind: 'target' | 'event' | 'command'): readonly Proposal[] {
    const { declarations } = view.analysis.application;
    const found = new Map(declarations.filter((one) => one.kind === kind).map((one) => [one.name, one] as const));
    return [...found.values()]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map((one) => proposal(kind, one.name, { detail: one.range.file, documentation: one.description ?? '' }));
}

const DEFINE = /^\s*define\s+(?<name>[^=#]*?)\s*=\s*(?<value>[^#]*)/i;

/** Variables that instructions above define; in the value of `define`, also what only it may use. */
function variableProposals({ lines, position }: CompletionQuestion, slot: SlotPlace | undefined): readonly Proposal[] {
    const defined = new Map<string, string>();
    for (const line of lines.slice(0, position.line)) {
        const groups = DEFINE.exec(line)?.groups;
        if (groups !== undefined && groups['name'] !== '') defined.set(groups['name'] ?? '', groups['value'] ?? '');
    }
    const own = [...defined]
        .reverse()
        .map(([name, value]) => proposal('variable', `$(${name})`, { detail: value.trim() }));
    return slot?.slot.slot === 'value' ? [...own, ...generatorProposals()] : own;
}

function generatorProposals(): readonly Proposal[] {
    return GENERATORS.map(({ name, snippet, summary }) =>
        proposal('value', `$(${name})`, {
            insert: `$(${snippet.replaceAll(/\$\{\d+[:|](?<first>[^,|}]*)[^}]*\}/g, '$<first>')})`,
            snippet: `\\$(${snippet})`,
            documentation: summary,
        }),
    );
}
