/** The table of settings of the user guide, made from the manifest: between two marks, so that the text around it stays a person's. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const BEGIN = '<!-- settings: made by npm run generate -->';
const END = '<!-- end of settings -->';

interface Setting {
    readonly default: unknown;
    readonly scope: string;
    readonly order: number;
    readonly markdownDescription: string;
    readonly enum?: readonly string[];
}

interface Group {
    readonly title: string;
    readonly order: number;
    readonly properties: Readonly<Record<string, Setting>>;
}

const SCOPES: Readonly<Record<string, string>> = {
    machine: 'user',
    'machine-overridable': 'user, workspace',
    application: 'user',
    window: 'user, workspace',
    resource: 'user, workspace, folder',
    'language-overridable': 'user, workspace, folder, language',
};

/** The user guide with its table of settings made anew. Throws when the marks are not there. */
export function withSettingsTable(root: string, guide: string): string {
    const begin = guide.indexOf(BEGIN);
    const end = guide.indexOf(END);
    if (begin === -1 || end < begin) throw new Error('The marks of the table of settings are missing');
    return `${guide.slice(0, begin + BEGIN.length)}\n\n${settingsTable(root)}\n\n${guide.slice(end)}`;
}

function settingsTable(root: string): string {
    const manifest = readFileSync(join(root, 'package.json'), 'utf8');
    // Both files are ours; a missing field shows in the table, which is looked at.
    const texts = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Readonly<Record<string, string>>;
    const { contributes } = JSON.parse(manifest) as {
        readonly contributes: { readonly configuration: readonly Group[] };
    };
    const worded = (text: string): string => texts[text.replaceAll('%', '')] ?? text;
    const rows = contributes.configuration
        .toSorted((one, other) => one.order - other.order)
        .flatMap(({ properties }) =>
            Object.entries(properties)
                .toSorted(([, one], [, other]) => one.order - other.order)
                .map(([name, setting]) => rowOf(name, setting, worded(setting.markdownDescription))),
        );
    return ['| setting | default | meaning | may be set for |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function rowOf(name: string, setting: Setting, meaning: string): string {
    const value = setting.default === '' ? 'empty' : `\`${JSON.stringify(setting.default).replaceAll('"', '')}\``;
    const choices =
        setting.enum === undefined ? '' : ` One of ${setting.enum.map((each) => `\`${each}\``).join(', ')}.`;
    const cells = [`\`${name}\``, value, `${meaning}${choices}`, SCOPES[setting.scope] ?? setting.scope];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}
