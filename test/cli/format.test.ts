/** Replacing files by their canonical form. */
import {
    chmodSync,
    lstatSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    statSync,
    symlinkSync,
    writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { format } from '../../cli/format.ts';
import { readArguments } from '../../cli/arguments.ts';
import { optionsOf } from '../../cli/verb.ts';
import { recordedOutput } from './recorded-output.ts';

let directory: string;
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'roboconf é '));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const UGLY = 'A   {\n  exports:   a ;\n}\n';
const NICE = 'A {\n\texports: a;\n}\n';

async function run(
    ...words: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
    const args = readArguments(words, optionsOf(format));
    if (args.kind === 'fault') throw new Error(args.message);
    const recorded = recordedOutput();
    const code = await format.run(args.value, recorded.output, new AbortController().signal);
    return { code, out: recorded.out().replaceAll(directory, ''), err: recorded.err().replaceAll(directory, '') };
}

function write(name: string, content: string | Buffer): string {
    writeFileSync(join(directory, name), content);
    return join(directory, name);
}

test('files are replaced and named; a second time nothing is left to do', async () => {
    const file = write('a.graph', UGLY);
    write('b.graph', NICE);
    write('notes.txt', UGLY);
    expect(await run(directory)).toEqual({
        code: 0,
        out: '/a.graph\n',
        err: '1 file formatted, 1 with nothing to change\n',
    });
    expect(readFileSync(file, 'utf8')).toBe(NICE);
    expect(await run(directory)).toEqual({ code: 0, out: '', err: '2 files, nothing to change\n' });
    expect(readdirSync(directory)).toEqual(['a.graph', 'b.graph', 'notes.txt']);
});

test('--check names and changes nothing, --diff shows what would change', async () => {
    const file = write('a.graph', UGLY);
    expect(await run('--check', file)).toMatchObject({ code: 1, out: '/a.graph\n' });
    const diff = await run('--diff', file);
    expect(diff).toMatchObject({ code: 0 });
    expect(diff.out).toContain('-A   {\n-  exports:   a ;\n+A {\n+\texports: a;\n }\n');
    expect(await run('--diff', '--check', file)).toMatchObject({ code: 1, out: diff.out });
    expect(await run('--check', '--format', 'json', file)).toMatchObject({
        out: '{"file":"/a.graph","written":false}\n',
    });
    expect(readFileSync(file, 'utf8')).toBe(UGLY);
});

test('line ends, byte order mark, mode and links stay', async () => {
    const file = write('a.graph', `\uFEFF${UGLY.replaceAll('\n', '\r\n')}`);
    chmodSync(file, 0o640);
    symlinkSync(file, join(directory, 'link.graph'));
    expect(await run(join(directory, 'link.graph'))).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).toBe(`\uFEFF${NICE.replaceAll('\n', '\r\n')}`);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(lstatSync(join(directory, 'link.graph')).isSymbolicLink()).toBe(true);
});

test('what would be damaged is left as it is, the others are formatted', async () => {
    const latin = write('latin.graph', Buffer.from([0x23, 0xe9, 0x0a]));
    const file = write('a.graph', UGLY);
    const text = write('notes.txt', UGLY);
    const result = await run(latin, file, text);
    expect(result).toMatchObject({ code: 1, out: '/a.graph\n' });
    expect(result.err).toContain('/latin.graph was left as it is: it is not UTF-8');
    expect(result.err).toContain('/notes.txt was left as it is: its name ends with neither');
    expect(readFileSync(latin)).toEqual(Buffer.from([0x23, 0xe9, 0x0a]));
    expect(readFileSync(text, 'utf8')).toBe(UGLY);
});

test('words that make no sense are refused before anything is written', async () => {
    const file = write('a.graph', UGLY);
    expect(await run(file, join(directory, 'none.graph'))).toMatchObject({ code: 2, out: '' });
    expect(await run('--kind', 'graph', file)).toMatchObject({ code: 2 });
    expect(await run('--stdin')).toMatchObject({ code: 2 });
    expect(await run('--stdin', '--kind', 'graph', file)).toMatchObject({ code: 2 });
    expect(readFileSync(file, 'utf8')).toBe(UGLY);
});

test('hidden directories and packages are not entered', async () => {
    for (const name of ['.git', 'node_modules', 'graph']) {
        mkdirSync(join(directory, name));
        write(join(name, 'a.graph'), UGLY);
    }
    expect(await run(directory)).toMatchObject({ code: 0, out: '/graph/a.graph\n' });
});

test('commands and the properties an application reads are formatted, others only when they are named', async () => {
    const files = {
        'descriptor/application.properties': 'name=a\ngraph-entry-point: main.graph\n',
        'graph/main.graph': 'Vm {\n\tinstaller: target;\n\tchildren: Tool;\n}\n\nTool {\n\tinstaller: script;\n}\n',
        'graph/Vm/target.properties': 'id=vm\n',
        'graph/Vm/recipe.properties': 'start.timeout=1s\n',
        'graph/Tool/tool.properties': 'own=style\n',
        'commands/a.commands': '  create   Vm   as  vm\n',
        'probes/Vm.measures.properties': 'key=1\n',
        'src/main/resources/application.properties': 'other=software\n',
    };
    for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(directory, name)), { recursive: true });
        write(name, text);
    }
    expect((await run(directory)).out.split('\n')).toEqual([
        '/commands/a.commands',
        '/descriptor/application.properties',
        '/graph/Vm/recipe.properties',
        '/graph/Vm/target.properties',
        '/probes/Vm.measures.properties',
        '',
    ]);
    const text = (name: string): string => readFileSync(join(directory, name), 'utf8');
    expect(text('descriptor/application.properties')).toBe('name = a\ngraph-entry-point = main.graph\n');
    expect(text('commands/a.commands')).toBe('create Vm as vm\n');
    expect(await run('--check', directory)).toMatchObject({ code: 0, out: '' });
    const named = join(directory, 'graph/Tool/tool.properties');
    expect(await run('--check', named)).toMatchObject({ code: 1, out: '/graph/Tool/tool.properties\n' });
    expect(text('graph/Tool/tool.properties')).toBe('own=style\n');
});
