/** The page of the user documentation about target files: what every one of them has, and the keys of each handler, from the catalogue that checks them. */
import { COMMON_TARGET_KEYS, TARGET_HANDLERS } from '../language/targets/handlers.ts';
import type { TargetHandler, TargetKey, ValueKind } from '../language/targets/target-key.ts';
import { expectedOf } from '../language/targets/values.ts';

const INTRODUCTION = `# Targets

A target says who makes the machines of a component whose installer is \`target\`, and how.
Target files are properties files, right in the recipe folder \`graph/<Component>/\`, or in \`targets/\` of the application.
One file in a recipe folder is the default target of the component; of several, the one called \`target.properties\` is.

This page is made from the catalogue that target files are checked, completed and explained with.
This tool makes machines with \`local\` itself; the other handlers are those of a Deployment Manager, which may have more.

## Values

- A comment has a line of its own: behind a value it becomes a part of the value.
- \`\${env:NAME}\` is a variable of the environment and \`\${secret:NAME}\` a secret, so that none has to stand in the file. A secret that stands in clear is a finding.
- \`{{ ip }}\` is the address of the root instance.
- \`data.<key>\` of an instance replaces the key of its target.
`;

/** The whole page, in Markdown. */
export function targetReference(): string {
    return [
        INTRODUCTION,
        '## Every target',
        tableOf(COMMON_TARGET_KEYS),
        ...TARGET_HANDLERS.flatMap(handlerSection),
        '',
    ].join('\n\n');
}

function handlerSection({ name, summary, acceptsNested, keys }: TargetHandler): readonly string[] {
    const where = acceptsNested ? '' : ' For root instances alone.';
    return [`## \`${name}\``, summary + where, keys.length === 0 ? 'It has no keys of its own.' : tableOf(keys)];
}

function tableOf(keys: readonly TargetKey[]): string {
    const rows = keys.map((key) => `| ${[nameOf(key), meaningOf(key), defaultOf(key)].map(cell).join(' | ')} |`);
    return ['| key | meaning | default |', '| --- | --- | --- |', ...rows].join('\n');
}

function nameOf({ key, isRequired }: TargetKey): string {
    return `\`${key}\`${isRequired ? ' (required)' : ''}`;
}

function meaningOf({ summary, value }: TargetKey): string {
    const form = formOf(value);
    return form === '' ? summary : `${summary} ${form}.`;
}

/** What is worth saying of a value's form, where the meaning does not. */
function formOf(kind: ValueKind): string {
    switch (kind.kind) {
        case 'text':
        case 'path':
        case 'boolean':
        case 'addresses':
        case 'words':
            return '';
        case 'secret':
            return 'A secret';
        case 'choice':
            return `One of ${kind.choices.map((choice) => `\`${choice}\``).join(', ')}`;
        case 'integer':
        case 'url': {
            const expected = expectedOf(kind);
            return expected.charAt(0).toUpperCase() + expected.slice(1);
        }
        default:
            return kind satisfies never;
    }
}

function defaultOf({ default: fallback }: TargetKey): string {
    return fallback === null ? '' : `\`${fallback}\``;
}

function cell(text: string): string {
    return text.replaceAll('|', '\\|');
}
