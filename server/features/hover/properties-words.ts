/** Keys and values in the properties files of an application. */
import type { Position } from 'vscode-languageserver/node';
import {
    DESCRIPTOR_KEYS,
    handlerNamed,
    type TargetHandler,
    type TargetKey,
    targetKeyOf,
    type ValueKind,
} from '../../../language/index.ts';
import type { Lines } from '../line-context.ts';
import { entriesIn, propertiesContextAt } from '../properties-context.ts';
import { FILE_ACTIONS, PHASE_NAMES, PHASES, POLICIES } from '../vocabulary/recipes.ts';
import { codeBlock, inlineCode, keywordMarkdown } from '../wording.ts';
import { list, paragraphs } from './markdown.ts';
import { explained, type ExplainedWord, wordTouching } from './word-at.ts';

export interface PropertiesWordQuestion {
    readonly kind: 'descriptor' | 'target' | 'recipe' | 'instructions' | 'measureValues';
    readonly lines: Lines;
    readonly position: Position;
}

/** The key, or the part of a value, at a position. */
export function propertiesWord(question: PropertiesWordQuestion): ExplainedWord | undefined {
    const { kind, lines, position } = question;
    const line = lines[position.line] ?? '';
    const context = propertiesContextAt(lines, position.line, position.character);
    if (context.kind === 'nothing') return undefined;
    const key = wordTouching(line, /^\s*(?<word>[^\s=:#!]+)/dg, position.character);
    if (context.kind === 'key' || key !== undefined) return explained(key, keyMarkdown(kind, key?.text ?? '', lines));
    return kind === 'target' ? targetValueWord(line, context.key, position.character) : undefined;
}

function keyMarkdown(kind: PropertiesWordQuestion['kind'], key: string, lines: Lines): string | undefined {
    switch (kind) {
        case 'descriptor':
            return descriptorMarkdown(key);
        case 'target':
            return targetMarkdown(key, lines);
        case 'recipe':
            return policyMarkdown(key);
        case 'instructions':
            return instructionMarkdown(key);
        case 'measureValues':
            return `A value of the probes beside: they write it \`{{ ${key} }}\`.`;
        default:
            return kind satisfies never;
    }
}

function descriptorMarkdown(key: string): string | undefined {
    const meaning = DESCRIPTOR_KEYS.find(({ name }) => name === key.replace(/^application-/, ''));
    if (meaning === undefined) return undefined;
    const need = meaning.isRequired ? '_Required._' : '';
    return paragraphs([need, keywordMarkdown(meaning, 'properties')]);
}

function targetMarkdown(key: string, lines: Lines): string | undefined {
    const handler = handlerNamed(entriesIn(lines, -1).get('handler') ?? '');
    const meaning = targetKeyOf(handler, key);
    return meaning === null ? undefined : targetKeyCard(meaning);
}

function targetKeyCard(meaning: TargetKey): string {
    const kind = KINDS[meaning.value.kind];
    const facts = [
        meaning.isRequired ? 'required' : 'optional',
        ...(kind === '' ? [] : [kind]),
        ...(meaning.default === null ? [] : [`default ${inlineCode(meaning.default)}`]),
    ];
    return paragraphs([
        `**${meaning.key.replaceAll(/[<>]/g, '\\$&')}** — ${facts.join(' · ')}`,
        meaning.summary,
        codeBlock(meaning.example, 'properties'),
    ]);
}

const KINDS: Readonly<Record<ValueKind['kind'], string>> = {
    text: '',
    secret: 'a secret: write `${secret:NAME}` or `${env:NAME}`',
    integer: 'a whole number',
    boolean: '`true` or `false`',
    addresses: 'addresses, separated by commas',
    host: 'a host',
    hosts: 'hosts, separated by commas',
    words: 'words, separated by commas',
    path: 'a path',
    url: 'an address',
    choice: 'one of a list',
};

function targetValueWord(line: string, key: string, column: number): ExplainedWord | undefined {
    const placeholder = wordTouching(line, /(?<word>\$\{\w+:[^}]*\}|\{\{\s*\w+\s*\}\})/dg, column);
    if (placeholder !== undefined) return explained(placeholder, placeholderMarkdown(placeholder.text));
    const value = wordTouching(line, /[=:\s]\s*(?<word>[^\s=:]+)\s*$/dg, column);
    const handler = key === 'handler' && value !== undefined ? handlerNamed(value.text) : null;
    return handler === null ? undefined : explained(value, handlerMarkdown(handler));
}

function placeholderMarkdown(text: string): string {
    const [, scheme, name] = /^\$\{(\w+):([^}]*)\}$/.exec(text) ?? [];
    switch (scheme) {
        case undefined:
            return 'The address of the root instance, known when its machine is made.';
        case 'env':
            return `The variable ${inlineCode(name ?? '')} of the environment, read when a machine is made.`;
        case 'secret':
            return `The secret ${inlineCode(name ?? '')}: kept by the editor, or given to the command line. It is never written to a file or a log.`;
        default:
            return '';
    }
}

function handlerMarkdown({ name, summary, acceptsNested, keys }: TargetHandler): string {
    const required = keys.filter(({ isRequired }) => isRequired).map(({ key }) => inlineCode(key));
    return paragraphs([
        `**${name}** — ${acceptsNested ? 'for root and nested instances' : 'for root instances'}`,
        summary,
        required.length === 0 ? '' : `Required:\n${list(required)}`,
    ]);
}

function policyMarkdown(key: string): string | undefined {
    const policy = POLICIES.find(({ name }) => key === name || key.endsWith(`.${name}`));
    if (policy === undefined) return undefined;
    const phase = PHASE_NAMES.find((name) => key === `${name}.${policy.name}`);
    const scope = phase === undefined ? 'for all phases' : `for \`${phase}\` alone`;
    return paragraphs([`**${policy.name}** — ${scope}`, keywordMarkdown(policy, 'properties')]);
}

function instructionMarkdown(key: string): string | undefined {
    const [phase, position, action] = key.toLowerCase().split('.');
    const known = PHASE_NAMES.find((name) => name === phase);
    const meaning = FILE_ACTIONS.find(({ name }) => name === action);
    if (known === undefined || meaning === undefined) return undefined;
    return paragraphs([
        `**${meaning.name}** — number ${position ?? ''} of \`${known}\``,
        PHASES[known],
        keywordMarkdown(meaning, 'properties'),
    ]);
}
