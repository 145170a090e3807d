/** The pages of the user documentation about findings, one per code: read as data, and listed in an index that is generated. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file that a page shows. */
export interface ShownFile {
    /** Relative to the project. */
    readonly path: string;
    readonly text: string;
}

/** A page as its headings divide it. */
export interface FindingPage {
    readonly code: string;
    /** As the page says it: `error`, `warning`, `information`, `hint`. */
    readonly severity: string;
    /** The first paragraph, without the severity. */
    readonly what: string;
    readonly sections: readonly string[];
    readonly example: readonly ShownFile[];
    readonly cure: readonly ShownFile[];
    /** Files that the cure gives another path: lines of the form `old` becomes `new`. */
    readonly moves: readonly { readonly from: string; readonly to: string }[];
}

/** The path of a file on a line of its own, then its text. */
const FENCE = /^`(?<path>\S+)`:\n\n```[a-z]+\n(?<text>[\s\S]*?)^```$/gm;

/** Reads a page; what it lacks is empty. */
export function parseFindingPage(text: string): FindingPage {
    const [head = '', ...parts] = text.split(/^## /m);
    const sections = new Map(parts.map((part) => [part.slice(0, part.indexOf('\n')), part]));
    const code = /^# (\S+)$/m.exec(head)?.[1] ?? '';
    const [, severity = '', what = ''] = /^\*\*(\w+)\.\*\* ([\s\S]+?)\s*$/m.exec(head) ?? [];
    return {
        code,
        severity: severity.toLowerCase(),
        what: what.split('\n\n')[0]?.replaceAll('\n', ' ') ?? '',
        sections: [...sections.keys()],
        example: filesIn(sections.get('Example') ?? ''),
        cure: filesIn(sections.get('Cure') ?? ''),
        moves: [...(sections.get('Cure') ?? '').matchAll(/^`(\S+)` becomes `(\S+)`\.$/gm)].map(
            ([, from = '', to = '']) => ({ from, to }),
        ),
    };
}

function filesIn(section: string): readonly ShownFile[] {
    return [...section.matchAll(FENCE)].map(({ groups }) => ({
        path: groups?.['path'] ?? '',
        text: groups?.['text'] ?? '',
    }));
}

/** The pages of a checkout, by code. */
export function readFindingPages(root: string): ReadonlyMap<string, FindingPage> {
    const folder = join(root, 'docs', 'findings');
    const names = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');
    return new Map(
        names
            .toSorted()
            .map((name) => [name.slice(0, -'.md'.length), parseFindingPage(readFileSync(join(folder, name), 'utf8'))]),
    );
}

const FAMILIES: readonly (readonly [string, string])[] = [
    ['P_', 'The form of a text'],
    ['PM_', 'Names and values of a block'],
    ['CO_', 'Files and names that belong together'],
    ['RM_', 'What the model means'],
    ['PROJ_', 'The folders of an application'],
    ['REC_', 'Recipes and targets'],
    ['CMD_', 'Command files'],
    ['RULE_', 'Rules'],
    ['X_', 'Findings of this tool'],
];

/** The text of the index: every page with what it is about, by family. */
export function findingIndex(pages: ReadonlyMap<string, FindingPage>): string {
    const families = FAMILIES.map(([prefix, title]) => {
        const own = [...pages].filter(([code]) => code.startsWith(prefix));
        const rows = own.map(
            ([code, { severity, what }]) =>
                `| [\`${code}\`](${code}.md) | ${severity} | ${what.replaceAll('|', '\\|')} |`,
        );
        return [`## ${title}`, '', '| code | severity | what it says |', '| --- | --- | --- |', ...rows].join('\n');
    });
    return [
        '# Findings',
        'Each page says what a finding means, why it matters, with an example and its cure. Codes that begin with `X_` are those of this tool; the others are named as Roboconf named them.',
        ...families,
        '',
    ].join('\n\n');
}
