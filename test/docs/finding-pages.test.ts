/** The pages about findings: one per code, in one form, and their examples do what they say. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createLanguage, type Application } from '../../language/index.ts';
import { FILE_SEVERITIES } from '../../language/parsing/catalogue.ts';
import { SEVERITIES } from '../../language/validation/codes.ts';
import { findingIndex, readFindingPages, type FindingPage, type ShownFile } from '../../scripts/finding-pages.ts';
import { memoryFiles } from '../support/memory-files.ts';

const root = resolve(import.meta.dirname, '../..');
const pages = readFindingPages(root);
const severities: Readonly<Record<string, string>> = { ...FILE_SEVERITIES, ...SEVERITIES };

/** What a text of a page cannot show: files of a size, links, or what the disk does. */
const NOT_SHOWN: ReadonlySet<string> = new Set([
    'P_IO_ERROR',
    'RULE_IO_ERROR',
    'PROJ_READ_DESC_FILE',
    'X_LINK_NOT_FOLLOWED',
    'X_LONE_CARRIAGE_RETURN',
    'X_TOO_DEEP',
    'X_TOO_LARGE',
    'X_TOO_MANY_FINDINGS',
    'X_TOO_MANY_INSTANCES',
    'X_TOO_MANY_ITEMS',
    'X_TOO_MANY_VARIABLES',
    'X_TOO_MANY_WORDS',
    'X_UNEXPECTED_CHARACTER',
]);

/** Examples leave out the recipes that they are not about. */
const NOT_COUNTED = 'PROJ_NO_RESOURCE_DIRECTORY';

const DESCRIPTOR = 'descriptor/application.properties';

/** Examples show what matters; the rest of the application is this. */
function whole(files: readonly ShownFile[]): Readonly<Record<string, string>> {
    const shown = new Map(files.map(({ path, text }) => [path, text]));
    const base = files.some(({ path }) => path.startsWith('src/main/model/')) ? 'src/main/model/' : '';
    const hasDescriptor = files.some(({ path }) => path.startsWith(`${base}descriptor/`));
    const hasGraph = files.some(({ path }) => /\.graph$/.test(path));
    const instances = files.some(({ path }) => path.startsWith(`${base}instances/`))
        ? 'instance-entry-point = model.instances\n'
        : '';
    const isRecipe = files.some(({ path, text }) => path === 'pom.xml' && text.includes('<recipe>'));
    const all: Record<string, string> = {};
    if (!hasDescriptor && !isRecipe && hasGraph)
        all[`/app/${base}${DESCRIPTOR}`] =
            `name = example\nversion = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\n${instances}`;
    for (const [path, text] of shown) all[`/app/${path}`] = text;
    return all;
}

const language = createLanguage();

function applicationOf(files: readonly ShownFile[]): Application {
    const base = files.some(({ path }) => path.startsWith('src/main/model/')) ? '/src/main/model' : '';
    return language.loadApplication(memoryFiles(whole(files)), `/app${base}`);
}

/** The files of the example, moved as the cure says, and those that the cure shows in their place. */
function cured({ example, cure, moves }: FindingPage): readonly ShownFile[] {
    const moved = example.map((file) => ({
        ...file,
        path: moves.find(({ from }) => from === file.path)?.to ?? file.path,
    }));
    return [...new Map([...moved, ...cure].map((file) => [file.path, file])).values()];
}

test('every code has a page, and every page a code', () => {
    expect([...pages.keys()]).toEqual(Object.keys(severities).toSorted());
});

test('the index lists the pages', () => {
    const lines = (text: string): readonly string[] => text.replaceAll(/ +|-+/g, ' ').split('\n');
    const index = new Set(lines(readFileSync(join(root, 'docs/findings/README.md'), 'utf8')));
    expect(lines(findingIndex(pages)).filter((line) => !index.has(line))).toEqual([]);
});

describe.each([...pages])('%s', (code, page) => {
    test('has the form of its kind', () => {
        expect(page.code).toBe(code);
        expect(page.severity).toBe(severities[code]);
        expect(page.what).not.toBe('');
        expect(page.sections).toEqual(['Why', 'Example', 'Cure']);
    });

    if (NOT_SHOWN.has(code)) return;
    test('is shown by its example and gone after its cure', () => {
        const before = applicationOf(page.example).findings.map((finding) => finding.code);
        expect(before).toContain(code);
        const after = applicationOf(cured(page)).findings;
        const known = [...before, NOT_COUNTED].filter((other) => other !== code);
        const left = after.filter((finding) => !known.includes(finding.code));
        expect(left.map((finding) => `${finding.code}: ${finding.message}`)).toEqual([]);
    });
});
