/** What words of command files refer to. */
import { describe, expect, test } from 'vitest';
import type { Declaration } from '../../../language/index.ts';
import { applicationWith } from './sample.ts';

function placeOf({ kind, name, range }: Declaration): string {
    return `${kind} ${name} @ ${range.file}:${range.line}:${range.column}`;
}

/** `word -> target, target` of every reference in the file `c`. */
function referencesIn(text: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
    const { references } = applicationWith({ 'commands/c.commands': text, ...files });
    const lines = text.split('\n');
    return references
        .filter(({ range }) => range.file === 'commands/c.commands')
        .map(({ range, targets }) => {
            const word = (lines[range.line - 1] ?? '').slice(range.column - 1, range.endColumn - 1);
            return `${word} -> ${targets.map(placeOf).join(', ')}`;
        });
}

describe('references', () => {
    test.each<readonly [string, readonly string[]]>([
        [
            'stop all /front/web',
            [
                'front -> instance /front @ instances/main.instances:2:8',
                'web -> instance /front/web @ instances/main.instances:4:9',
            ],
        ],
        ['stop all /front/nothing', ['front -> instance /front @ instances/main.instances:2:8']],
        [
            'stop all /node2/web 7',
            [
                'node -> instance /node @ instances/main.instances:17:8',
                'web 7 -> instance /node/web 7 @ instances/main.instances:20:9',
            ],
        ],
        ['stop all instances of Server', ['Server -> component Server @ graph/main.graph:8:1']],
        [
            'create Redis as r under /front',
            [
                'Redis -> component Redis @ graph/main.graph:15:1',
                'front -> instance /front @ instances/main.instances:2:8',
            ],
        ],
        [
            'create Machine as m\nstop all /m\nrename /m as n\nstop all /n',
            [
                'Machine -> component Machine @ graph/main.graph:1:1',
                'm -> instance /m @ commands/c.commands:1:19',
                'm -> instance /m @ commands/c.commands:1:19',
                'n -> instance /n @ commands/c.commands:3:14',
            ],
        ],
        [
            'replicate /front as rear\nstop all /rear/web',
            [
                'front -> instance /front @ instances/main.instances:2:8',
                'rear -> instance /rear @ commands/c.commands:1:21',
                'web -> instance /front/web @ instances/main.instances:4:9',
            ],
        ],
        [
            'define a = front\nstop all /$(a)/web\ndefine a = $(a)$(UUID)',
            [
                'a -> definition c.a @ commands/c.commands:1:8, definition c.a @ commands/c.commands:3:8',
                'web -> instance /front/web @ instances/main.instances:4:9',
                'a -> definition c.a @ commands/c.commands:1:8, definition c.a @ commands/c.commands:3:8',
            ],
        ],
        ['associate /$(x) with 3', ['x -> ', '3 -> ']],
        ['foo /front', []],
    ])('%j', (text, expected) => {
        expect(referencesIn(text)).toEqual(expected);
    });

    test('an executed file is referred to by its bare name', () => {
        const files = { 'commands/sub/go.commands': 'execute c', 'commands/go.commands': 'delete /big' };
        expect(referencesIn('execute sub/go.commands\nexecute go\nexecute no', files)).toEqual([
            'go -> command go @ commands/sub/go.commands:1:1',
            'go -> command go @ commands/go.commands:1:1',
            'no -> ',
        ]);
    });

    test('the id of a target leads to its file', () => {
        const files = { 'graph/Machine/big.properties': 'id = big ones\nhandler = local\nname = big\n' };
        const [path, target] = referencesIn('associate /front with big ones', files);
        expect(path).toMatch(/^front -> /);
        expect(target).toMatch(/^big ones -> target big ones @ graph\/Machine\/big.properties:1/);
    });
});

test('files, variables and created instances are declared where they are named', () => {
    const text = 'define a b = 1\ncreate Machine as m\ncreate Machine as m$(a b)\nreplicate /front as r';
    const { declarations } = applicationWith({ 'commands/sub/c.commands': text });
    const own = declarations.filter(({ range }) => range.file === 'commands/sub/c.commands');
    expect(own.map(placeOf)).toEqual([
        'command c @ commands/sub/c.commands:1:1',
        'definition c.a b @ commands/sub/c.commands:1:8',
        'instance /m @ commands/sub/c.commands:2:19',
        'instance /r @ commands/sub/c.commands:4:21',
    ]);
});
