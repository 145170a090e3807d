/** Blocks that a file already had are not parsed again, and what is answered is what a first analysis would answer. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLanguage } from '../../../language/index.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const DESCRIPTOR =
    'name=a\nversion=1.0\ndsl-id=roboconf-1.0\ngraph-entry-point=main.graph\ninstance-entry-point=main.instances\n';
const GRAPH = Array.from(
    { length: 50 },
    (_, i) => `# Part ${i}.\nC${i} {\n\tinstaller: target;\n\texports: ip, port = ${i};\n}\n`,
);
const INSTANCES = 'instance of C1 {\n\tname: one;\n}\n\ninstance of C2 {\n\tname: two;\n\tport: 3;\n}\n';

function filesOf(graph: string, instances = INSTANCES): ReturnType<typeof memoryFiles> {
    return memoryFiles({
        '/app/descriptor/application.properties': DESCRIPTOR,
        '/app/graph/main.graph': graph,
        '/app/instances/main.instances': instances,
    });
}

test.each<[string, (blocks: string[]) => void, number]>([
    ['nothing', () => undefined, 0],
    ['a value in one block', (blocks) => (blocks[7] = blocks[7]!.replace('port = 7', 'port = 70')), 1],
    ['a comment above all of them', (blocks) => blocks.unshift('# Head.\n\n'), 0],
    ['a comment right above a block', (blocks) => blocks.splice(9, 0, '# More.\n'), 1],
    ['a block taken away', (blocks) => blocks.splice(20, 3), 0],
    ['two blocks exchanged', (blocks) => blocks.splice(30, 2, blocks[31]!, blocks[30]!), 0],
    ['a new block in front', (blocks) => blocks.unshift('New {\n\tinstaller: target;\n}\n'), 1],
    // The line behind it is a fault, so that its block is looked at again.
    ['a block opened and not closed', (blocks) => blocks.splice(40, 0, 'New {\n'), 2],
])('an edit of %s', (_, edit, parsed) => {
    const language = createLanguage();
    language.loadApplication(filesOf(GRAPH.join('')), '/app');
    expect(language.parsedBlockCount()).toBe(52);
    const edited = [...GRAPH];
    edit(edited);
    const application = language.loadApplication(filesOf(edited.join('')), '/app');
    expect(language.parsedBlockCount()).toBe(52 + parsed);
    expect(application).toEqual(createLanguage().loadApplication(filesOf(edited.join('')), '/app'));
});

const PIECES = [
    '{',
    '}',
    ';',
    '#',
    ',',
    '\n',
    '\r\n',
    '\n\n',
    'A {\n}\n',
    'import a.graph;\n',
    'instance of C1 {\n',
    '# x\n',
    'exports: a;\n',
];

test('after any edits, the answer is that of a first analysis', () => {
    const edit = fc.record({ at: fc.nat(), length: fc.nat({ max: 30 }), text: fc.constantFrom('', ...PIECES) });
    const start = GRAPH.slice(0, 6).join('') + GRAPH.slice(0, 3).join('');
    fc.assert(
        fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), fc.boolean(), (edits, isGraph) => {
            const language = createLanguage();
            let text = isGraph ? start : INSTANCES;
            const files = () => (isGraph ? filesOf(text) : filesOf(start, text));
            language.loadApplication(files(), '/app');
            for (const { at, length, text: added } of edits) {
                const from = at % (text.length + 1);
                text = text.slice(0, from) + added + text.slice(from + length);
                const application = language.loadApplication(files(), '/app');
                const fresh = createLanguage().loadApplication(files(), '/app');
                expect(application).toEqual(fresh);
            }
        }),
        { numRuns: 25 },
    );
});
