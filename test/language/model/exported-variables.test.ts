import { expect, test } from 'vitest';
import { createLanguage, graphViewOf } from '../../../language/index.ts';
import { memoryFiles } from '../../support/memory-files.ts';

function analyse(graph: string): ReturnType<ReturnType<typeof createLanguage>['checkFile']> {
    return createLanguage().checkFile(memoryFiles({ '/w/graph/main.graph': graph }), '/w/graph/main.graph');
}

const BASE = 'M {\n\tinstaller: target;\n\texports: port = 3306;\n}\n';

const ROWS = [
    ['port = 3307', { 'M.port': '3307', 'D.port': '3307' }],
    ['M.port = 3307', { 'M.port': '3307', 'D.port': '3307' }],
    ['M.port = 3307, D.port = 3308', { 'M.port': '3307', 'D.port': '3308' }],
    ['D.port = 3308', { 'M.port': '3306', 'D.port': '3308' }],
    ['Z.p = 1', { 'M.port': '3306', 'D.port': '3306', 'D.Z.p': '1' }],
    ['port', { 'M.port': null, 'D.port': null }],
] as const;

for (const [own, expected] of ROWS) {
    test(`D extends M and exports ${own}`, () => {
        const { model } = analyse(`${BASE}D {\n\textends: M;\n\texports: ${own};\n}\n`);
        expect({ ...model.components[1]?.exports }).toEqual(expected);
    });
}

test('a facet that redefines a variable of the facet it extends exports both', () => {
    const { model } = analyse('facet F {\n\texports: p = 1;\n}\nfacet G {\n\textends: F;\n\texports: p = 2;\n}\n');
    expect({ ...model.facets[1]?.exports }).toEqual({ 'F.p': '1', 'G.p': '2' });
});

test('facets that disagree are reported, and the first one counts', () => {
    const { model, findings } = analyse(
        'facet F {\n\texports: p = 1;\n}\nfacet G {\n\texports: p = 2;\n}\nC {\n\tinstaller: target;\n\tfacets: G, F;\n}\n',
    );
    expect({ ...model.components[0]?.exports }).toEqual({ 'G.p': '2', 'F.p': '1', 'C.p': '2' });
    expect(findings.map(({ code }) => code)).toEqual(['X_AMBIGUOUS_EXPORT']);
});

test('of the inherited variables of one name, the one that a component sets itself gives its value, and that is said', () => {
    const { model, findings } = analyse(
        'facet F {\n\texports: p = 1;\n}\nS {\n\tinstaller: target;\n\tfacets: F;\n}\nA {\n\textends: S;\n\texports: F.p = 7;\n}\n',
    );
    expect({ ...model.components[1]?.exports }).toEqual({ 'F.p': '7', 'S.p': '1', 'A.p': '7' });
    expect(findings.map(({ code, details }) => [code, details['CHOSEN'], details['OTHERS']])).toEqual([
        ['X_AMBIGUOUS_EXPORT', 'F.p', 'S.p'],
    ]);
});

test('components in a loop of extensions export what the others declare', () => {
    const { model } = analyse('A {\n\textends: B;\n\texports: x = 1;\n}\nB {\n\textends: A;\n\texports: y = 2;\n}\n');
    expect(Object.keys(model.components[0]?.exports ?? {}).toSorted()).toEqual(['A.x', 'A.y', 'B.y']);
    expect(Object.keys(model.components[1]?.exports ?? {}).toSorted()).toEqual(['A.x', 'B.x', 'B.y']);
});

test('inheritance deeper than 256 is cut and reported once', () => {
    const types = Array.from({ length: 400 }, (_, i) => `C${i} {\n\tinstaller: target;\n\textends: C${i + 1};\n}\n`);
    const { findings } = analyse(`${types.join('')}C400 {\n\tinstaller: target;\n\texports: x = 1;\n}\n`);
    expect(findings.map(({ code }) => code)).toEqual(['X_TOO_DEEP']);
});

test('the picture nests what has one container and draws the rest as edges', () => {
    const { model } = analyse(
        'VM {\n\tinstaller: target;\n\tchildren: A, B;\n}\nA {\n\tinstaller: script;\n\tchildren: B;\n\texports: ip;\n}\nB {\n\tinstaller: script;\n\timports: A.ip, A.*;\n}\n',
    );
    const view = graphViewOf(model, 'components');
    expect(view.nodes.map(({ id, parent }) => `${id} in ${parent ?? '-'}`)).toEqual([
        'component:VM in -',
        'component:A in component:VM',
        'component:B in -',
    ]);
    expect(view.edges.map(({ id, variables }) => `${id} ${variables.join()}`.trim())).toEqual([
        'child:component:VM->component:B',
        'child:component:A->component:B',
        'import:component:B->component:A A.ip,A.*',
    ]);
});
