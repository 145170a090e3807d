/** Findings as text for people, as annotations and as SARIF. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findingText } from '../../cli/finding-text.ts';
import { annotationOf } from '../../cli/github-annotation.ts';
import { sarifOf } from '../../cli/sarif.ts';
import type { Finding } from '../../language/index.ts';

let directory: string;
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'roboconf é '));
    mkdirSync(join(directory, 'graph'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const FINDING: Finding = {
    code: 'CO_INEXISTING_CHILD',
    severity: 'error',
    message: "No component is called 'Wroker'.",
    range: { file: 'graph/main.graph', line: 2, column: 18, endLine: 2, endColumn: 24 },
    details: {},
    related: [],
};

const plain = { paint: (_: string, text: string) => text };

function shown(text: string, finding: Finding = FINDING): readonly string[] {
    writeFileSync(join(directory, 'graph', 'main.graph'), text);
    return findingText({ directory, finding }, { ...plain, isTerminal: true })
        .replaceAll(directory, '')
        .split('\n');
}

test('off a terminal a finding is one line with its place', () => {
    const text = findingText({ directory, finding: FINDING }, { ...plain, isTerminal: false });
    expect(text).toBe(
        `${directory}/graph/main.graph:2:18: error CO_INEXISTING_CHILD: No component is called 'Wroker'.`,
    );
});

test('on a terminal what is meant is underlined, behind a tab too', () => {
    expect(shown('A {\n\tchildren: Store,Wroker;\n}\n').slice(1)).toEqual([
        '   2 |     children: Store,Wroker;',
        '     |                     ^^^^^^',
    ]);
});

test('wide characters and control sequences do not shift the mark', () => {
    expect(shown('A {\n\tchildren: 日本本本,Wroker;\n}\n', at(17, 23)).slice(1)).toEqual([
        '   2 |     children: 日本本本,Wroker;',
        '     |                        ^^^^^^',
    ]);
    expect(shown('A {\n\tchildren:\u001B[2J     Wroker;\n}\n', at(20, 26)).slice(1)).toEqual([
        '   2 |     children:     Wroker;',
        '     |                   ^^^^^^',
    ]);
});

function at(column: number, endColumn: number): Finding {
    return { ...FINDING, range: { file: 'graph/main.graph', line: 2, column, endLine: 2, endColumn } };
}

test('a long line is cut around the mark', () => {
    const [, source = '', mark = ''] = shown(`A {\n${'x'.repeat(300)}Wroker${'y'.repeat(300)}\n}\n`, at(301, 307));
    expect(source.length).toBeLessThan(240);
    expect(source.slice(mark.indexOf('^'), mark.lastIndexOf('^') + 1)).toBe('Wroker');
});

test('a place that cannot be shown is left out: an empty line, a missing file, no place', () => {
    expect(shown('A {\n\n}\n')).toHaveLength(1);
    expect(shown('A {\n}\n', { ...FINDING, range: null })).toHaveLength(1);
    rmSync(join(directory, 'graph'), { recursive: true });
    expect(findingText({ directory, finding: FINDING }, { ...plain, isTerminal: true }).split('\n')).toHaveLength(1);
});

test('related places follow', () => {
    const related = [{ message: 'declared here', range: { ...at(1, 2).range!, line: 1, endLine: 1 } }];
    expect(shown('A {\n\tchildren: Store,Wroker;\n', { ...FINDING, related }).at(-1)).toBe(
        '      /graph/main.graph:1:1: declared here',
    );
});

test('an annotation is escaped as workflows ask for', () => {
    const message = 'fifty %, two\nlines: all';
    expect(annotationOf({ directory, finding: { ...FINDING, message } }, directory)).toBe(
        '::error file=graph/main.graph,line=2,endLine=2,col=18,endColumn=23,title=CO_INEXISTING_CHILD::fifty %25, two%0Alines: all',
    );
    const odd = {
        ...FINDING,
        severity: 'hint',
        range: { ...FINDING.range!, file: 'a,b:c%.graph', endLine: 3 },
    } as const;
    expect(annotationOf({ directory, finding: odd }, directory)).toBe(
        "::notice file=a%2Cb%3Ac%25.graph,line=2,endLine=3,title=CO_INEXISTING_CHILD::No component is called 'Wroker'.",
    );
    expect(annotationOf({ directory, finding: { ...FINDING, range: null } }, directory)).toBe(
        "::error title=CO_INEXISTING_CHILD::No component is called 'Wroker'.",
    );
});

test('a SARIF log names its root once, every rule once, and places relative to the root', () => {
    const second = { ...FINDING, severity: 'warning', range: null } as const;
    const other = { ...FINDING, code: 'X_EXTRA_COMMA', related: [{ message: 'here', range: FINDING.range! }] };
    const found = [FINDING, second, other].map((finding) => ({ directory: join(directory, 'my app'), finding }));
    const log = JSON.parse(JSON.stringify(sarifOf(found, directory, '1.2.3'))) as {
        readonly runs: readonly {
            readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
            readonly originalUriBaseIds: { readonly '%SRCROOT%': { readonly uri: string } };
            readonly results: readonly object[];
        }[];
    };
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif-2.1.0') as string });
    const [run] = log.runs;
    expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(['CO_INEXISTING_CHILD', 'X_EXTRA_COMMA']);
    expect(run?.originalUriBaseIds['%SRCROOT%'].uri).toMatch(/^file:\/\/.*%C3%A9%20.*\/$/);
    const region = { startLine: 2, startColumn: 18, endLine: 2, endColumn: 24 };
    const artifactLocation = { uri: 'my%20app/graph/main.graph', uriBaseId: '%SRCROOT%' };
    const physicalLocation = { artifactLocation, region };
    const message = { text: "No component is called 'Wroker'." };
    expect(run?.results).toEqual([
        { ruleId: 'CO_INEXISTING_CHILD', ruleIndex: 0, level: 'error', message, locations: [{ physicalLocation }] },
        {
            ...{ ruleId: 'CO_INEXISTING_CHILD', ruleIndex: 0, level: 'warning', message },
            locations: [{ physicalLocation: { artifactLocation: { uri: 'my%20app/', uriBaseId: '%SRCROOT%' } } }],
        },
        {
            ...{ ruleId: 'X_EXTRA_COMMA', ruleIndex: 1, level: 'error', message, locations: [{ physicalLocation }] },
            relatedLocations: [{ message: { text: 'here' }, physicalLocation }],
        },
    ]);
});

test('a log without findings is a log all the same', () => {
    expect(sarifOf([], directory, '1.2.3')).toMatchObject({ runs: [{ results: [] }] });
});
