/** What can be written in `descriptor/application.properties` (reference: language, section 1.1). */
import { DESCRIPTOR_KEYS } from '../../../language/index.ts';
import type { Typed } from '../line-context.ts';
import { keywordMarkdown } from '../wording.ts';
import { proposal, type Proposal } from './proposal.ts';

export interface DescriptorProposals {
    readonly typed: Typed;
    readonly proposals: readonly Proposal[];
}

/** Keys at the start of a line, entry points after theirs. `filesOf` lists the files of `graph/` or `instances/`. */
export function descriptorProposals(
    lines: readonly string[],
    position: { readonly line: number; readonly character: number },
    filesOf: (folder: 'graph' | 'instances') => readonly string[],
): DescriptorProposals | undefined {
    const before = (lines[position.line] ?? '').slice(0, position.character);
    if (/^\s*[#!]/.test(before)) return undefined;
    const value = /^\s*(?<key>[^\s=:]+)\s*[=:]\s*(?<value>.*)$/.exec(before);
    if (value === null) return keyProposals(lines, before);
    const text = value.groups?.['value'] ?? '';
    const typed = { text, column: before.length - text.length };
    return { typed, proposals: valueProposals(value.groups?.['key'] ?? '', filesOf) };
}

function keyProposals(lines: readonly string[], before: string): DescriptorProposals | undefined {
    const text = before.trimStart();
    if (/\s/.test(text)) return undefined;
    const present = new Set(lines.map((line) => /^\s*([^\s=:#!]+)\s*[=:]/.exec(line)?.[1]));
    const missing = DESCRIPTOR_KEYS.filter((key) => !present.has(key.name));
    const proposals = missing.map((key) =>
        proposal('property', key.name, {
            insert: `${key.name} = `,
            detail: key.isRequired ? 'required' : '',
            documentation: keywordMarkdown(key),
            leadsOn: key.name.endsWith('entry-point'),
        }),
    );
    return { typed: { text, column: before.length - text.length }, proposals };
}

function valueProposals(
    key: string,
    filesOf: (folder: 'graph' | 'instances') => readonly string[],
): readonly Proposal[] {
    switch (key) {
        case 'graph-entry-point':
            return pathProposals(filesOf('graph'), '.graph');
        case 'instance-entry-point':
            return pathProposals(filesOf('instances'), '.instances');
        case 'dsl-id':
            return [proposal('value', 'roboconf-1.0')];
        case 'version':
            return [proposal('value', '1.0.0')];
        default:
            return [];
    }
}

/** Files of one extension, as the paths of imports and entry points. */
export function pathProposals(files: readonly string[], extension: string): readonly Proposal[] {
    return files.filter((file) => file.toLowerCase().endsWith(extension)).map((file) => proposal('file', file));
}
