/** What can be written in target files (reference: language, section 8). */
import {
    COMMON_TARGET_KEYS,
    handlerNamed,
    secretNameOf,
    TARGET_HANDLERS,
    type TargetHandler,
    type TargetKey,
    targetKeyOf,
} from '../../../language/index.ts';
import type { Typed } from '../line-context.ts';
import { keywordMarkdown } from '../wording.ts';
import { escapeSnippet, groupOf, proposal, type Proposal, type ProposalGroup } from './proposal.ts';

/** Keys of every target and of the handler, those that must be there first; while no handler is named, a whole file for each. */
export function targetKeys(entries: ReadonlyMap<string, string>, folder: string): readonly Proposal[] {
    const handler = handlerNamed((entries.get('handler') ?? '').trim());
    const keys = [...COMMON_TARGET_KEYS, ...(handler?.keys ?? [])];
    const missing = keys.filter((key) => key.isRequired);
    const made = [...missing, ...keys.filter((key) => !key.isRequired)].map(keyProposal);
    return entries.has('handler') ? made : [...made, ...TARGET_HANDLERS.map((one) => wholeTarget(one, folder))];
}

function keyProposal(key: TargetKey): Proposal {
    const { head, name } = partsOf(key.key);
    const fallback = key.default === null ? '' : `default: ${key.default}`;
    return proposal('property', key.key, {
        insert: `${head}${name} = `,
        snippet: name === '' ? null : `${escapeSnippet(head)}\${1:${name}} = $0`,
        detail: key.isRequired ? 'required' : fallback,
        documentation: targetKeyMarkdown(key),
        leadsOn: name === '',
    });
}

/** What a key is for, with an example, as Markdown. */
function targetKeyMarkdown(key: TargetKey): string {
    return keywordMarkdown({ name: key.key, summary: key.summary, example: key.example }, 'properties');
}

/** A pattern ends with a name in angle brackets. */
function partsOf(key: string): { readonly head: string; readonly name: string } {
    const match = /^(?<head>[^<]*)<(?<name>[^>]*)>$/.exec(key);
    return { head: match?.groups?.['head'] ?? key, name: match?.groups?.['name'] ?? '' };
}

function wholeTarget(handler: TargetHandler, folder: string): Proposal {
    const id = idFor(folder);
    const keys = handler.keys.filter((key) => key.isRequired);
    const head = (text: (value: string, stop: number) => string): readonly string[] => [
        `id = ${text(id, 1)}`,
        `handler = ${handler.name}`,
        `name = ${text(folder, 2)}`,
    ];
    const plain = [...head((value) => value), ...keys.map(({ key }) => `${key} = `)];
    const stops = keys.map((key, index) => `${escapeSnippet(key.key)} = \${${index + 3}${valueStop(key)}}`);
    return proposal('snippet', `${handler.name} target`, {
        insert: `${plain.join('\n')}\n`,
        snippet: `${[...head((value, stop) => `\${${stop}:${escapeSnippet(value)}}`), ...stops].join('\n')}\n$0`,
        detail: 'a whole target file',
        documentation: handler.summary,
    });
}

function valueStop(key: TargetKey): string {
    if (key.value.kind === 'secret') return `:${escapeSnippet(`\${secret:${secretNameOf(key.key)}}`)}`;
    return key.default === null ? '' : `:${escapeSnippet(key.default)}`;
}

function idFor(folder: string): string {
    return `${folder.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-target`;
}

/** Where a value is written. */
export interface TargetValuePlace {
    readonly key: string;
    readonly typed: Typed;
    readonly entries: ReadonlyMap<string, string>;
    /** Name of the directory the file lies in. */
    readonly folder: string;
}

/** What a key may be set to. */
export function targetValues({ key, typed, entries, folder }: TargetValuePlace): readonly ProposalGroup[] {
    if (key === 'id') return [groupOf(typed, [proposal('value', idFor(folder))])];
    if (key === 'handler') return [groupOf(typed, handlerProposals())];
    const known = targetKeyOf(handlerNamed((entries.get('handler') ?? '').trim()), key);
    if (known === null) return [groupOf(typed, [])];
    const values = valuesOf(known).map((value) =>
        proposal('value', value, value === known.default ? { detail: 'the default value' } : {}),
    );
    const references = known.value.kind === 'secret' ? placeholderProposals(key).slice(0, 2) : [];
    return [groupOf(typed, [...references, ...values])];
}

function handlerProposals(): readonly Proposal[] {
    return TARGET_HANDLERS.map((handler) =>
        proposal('value', handler.name, {
            documentation: handler.summary,
            detail: handler.acceptsNested ? '' : 'for root instances',
        }),
    );
}

function valuesOf({ value, default: fallback }: TargetKey): readonly string[] {
    const first = fallback === null ? [] : [fallback];
    switch (value.kind) {
        case 'boolean':
            return [...new Set([...first, 'true', 'false'])];
        case 'choice':
            return [...new Set([...first, ...value.choices])];
        case 'url':
            return first.length > 0 ? first : value.schemes.map((scheme) => `${scheme}://`);
        case 'text':
        case 'secret':
        case 'integer':
        case 'addresses':
        case 'host':
        case 'hosts':
        case 'words':
        case 'path':
            return first;
        default:
            return value satisfies never;
    }
}

/** References to what is kept elsewhere, or known later. */
export function placeholderProposals(key: string): readonly Proposal[] {
    const name = secretNameOf(key);
    return [
        referenceProposal('secret', name, 'a secret that the editor or the command line keeps'),
        referenceProposal('env', name, 'a variable of the environment'),
        proposal('value', '{{ ip }}', { detail: 'the address of the root instance' }),
    ];
}

function referenceProposal(scheme: string, name: string, detail: string): Proposal {
    return proposal('value', `\${${scheme}:${name}}`, {
        snippet: `\\\${${scheme}:\${1:${name}}\\}`,
        detail,
    });
}
