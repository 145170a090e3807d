/** Names that rules, probes and their values introduce and use. */
import { expect, test } from 'vitest';
import { createLanguage } from '../../../language/index.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const TEXTS: Readonly<Record<string, string>> = {
    'descriptor/application.properties': 'name = app\nversion = 1.0\ngraph-entry-point = main.graph\n',
    'graph/main.graph': 'VM {\n\tinstaller: target;\n}\n',
    'commands/grow.commands': 'write a into b\n',
    'rules.autonomic/scale.drl': 'rule "scale" when\n\tload\nthen\n\tgrow; gone;\nend\n',
    'probes/VM.measures': '[EVENT file load]\n/tmp/{{ dir }}/{{ lost }}\n',
    'probes/VM.measures.properties': 'dir = spool\n',
};

const { declarations, references } = createLanguage().loadApplication(
    memoryFiles(Object.fromEntries(Object.entries(TEXTS).map(([file, text]) => [`/app/${file}`, text]))),
    '/app',
);

/** The text at a range, which never spans lines here. */
function textAt({ file, line, column, endColumn }: (typeof references)[number]['range']): string {
    return (TEXTS[file] ?? '').split('\n')[line - 1]?.slice(column - 1, endColumn - 1) ?? '';
}

test('rules, events and values are declared at their words', () => {
    const own = declarations.filter(({ kind }) => kind === 'rule' || kind === 'event' || kind === 'value');
    expect(own.map(({ kind, name, range, description }) => [kind, name, textAt(range), description])).toEqual([
        ['event', 'load', 'load', null],
        ['value', 'VM.dir', 'dir', 'spool'],
        ['rule', 'scale', 'scale', null],
    ]);
});

test.each([
    ['rules.autonomic/scale.drl', ['load → event load', 'grow → command grow', 'gone → ']],
    ['probes/VM.measures', ['dir → value VM.dir', 'lost → ']],
])('uses in %s lead to what they mean', (file, expected) => {
    const own = references.filter(({ range }) => range.file === file && range.column < range.endColumn);
    const said = own.map(
        ({ range, targets }) => `${textAt(range)} → ${targets.map(({ kind, name }) => `${kind} ${name}`).join(', ')}`,
    );
    expect(said).toEqual(expected);
});
