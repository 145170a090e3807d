import { expect, test } from 'vitest';
import { memoryFiles } from '../support/memory-files.ts';
import { renamedPath, variedFiles, type Variation } from './variation.ts';

const VARIATION: Variation = { rename: (text) => `Q${text}`, order: (count) => [...Array(count).keys()].toReversed() };

/** The text of a file of the varied world, by its name in the original one. */
function variedText(path: string, text: string): string {
    const files = variedFiles(memoryFiles({ [`/corpus/repo/${path}`]: text }), '/corpus', VARIATION);
    const content = files.read(`/corpus/repo/${renamedPath(path, VARIATION)}`);
    return content !== undefined && 'text' in content ? content.text : 'nothing';
}

test.each([
    [
        'names change, keywords and installers stay',
        'a.graph',
        'Vm {\n\tinstaller: target;\n}',
        'QVm {\n\tinstaller: target;\n}',
    ],
    [
        'every part of a dotted name changes',
        'a.graph',
        'imports: A.b-c, external D.*;',
        'imports: QA.Qb-c, external QD.*;',
    ],
    ['what a keyword is glued to stays', 'a.graph', 'my-import x;', 'my-import Qx;'],
    ['comments stay', 'a.graph', '# A vm\nA {\n}', '# A vm\nQA {\n}'],
    [
        'blocks change places, with the comments above them',
        'a.graph',
        '# one\nA {\n}\nB {\n}',
        'QB {\n}\n# one\nQA {\n}',
    ],
    ['a text with a fault keeps its order', 'a.graph', 'A {\nB {\n}', 'QA {\nQB {\n}'],
    ['paths of imports change like those of files', 'a.graph', 'import sub/x.graph;', 'import Qsub/Qx.graph;'],
    ['overrides change, values of them too', 'a.instances', 'name: vm 1;\nport: 80;', 'name: Qvm 1;\nport: 80;'],
    [
        'instructions stay, their operands change',
        'commands/x.commands',
        'create A as b under /c d',
        'create QA as Qb under /Qc Qd',
    ],
    [
        'generators stay',
        'commands/x.commands',
        'define a = $(FORMATTED_TIME yyyy)',
        'define Qa = $(FORMATTED_TIME yyyy)',
    ],
    ['events of probes change', 'probes/A.measures', '[EVENT file e1]\n/tmp/x', '[EVENT file Qe1]\n/tmp/x'],
    [
        'entry points change',
        'descriptor/application.properties',
        'graph-entry-point = x.graph',
        'graph-entry-point = Qx.graph',
    ],
])('%s', (_, path, original, expected) => {
    expect(variedText(path, original)).toBe(expected);
});

test('directories are listed under their other names, and files with a meaning of their own keep theirs', () => {
    const files = variedFiles(
        memoryFiles({ '/corpus/repo/graph/Tomcat/scripts/start.sh': '', '/corpus/repo/graph/lamp.graph': '' }),
        '/corpus',
        VARIATION,
    );
    expect(files.list('/corpus/repo/graph')?.map(({ name }) => name)).toEqual(['QTomcat', 'Qlamp.graph']);
    expect(files.list('/corpus/repo/graph/QTomcat/scripts')?.map(({ name }) => name)).toEqual(['start.sh']);
    expect(files.list('/corpus/repo/graph/Tomcat')).toBeUndefined();
});
