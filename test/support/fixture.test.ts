import { expect, test } from 'vitest';
import { checkFindings, parseFixture } from './fixture.ts';

test('cursors, labels and several files', () => {
    const files = parseFixture(`
#- /app.graph
import vm.graph;
Tomcat {
  extends: Wa$0r;
  children: War, Oops;
#                ^^^^ error: Oops is not declared
}
#- /vm.graph
War { }
`);
    expect(files.map((file) => file.path)).toEqual(['/app.graph', '/vm.graph']);
    const [app] = files;
    const note = app!.notes[0]!;
    expect(app!.text.slice(note.start, note.end)).toBe('Oops');
    expect(note.label).toBe('error: Oops is not declared');
    expect(app!.text.slice(app!.cursors[0]! - 2, app!.cursors[0]! + 1)).toBe('War');
});

test('a label of the first columns, and two labels of one line', () => {
    const [file] = parseFixture('War Oops\n#<<< one\n#   ^^^^ two\n');
    expect(file!.notes.map(({ start, end, label }) => [file!.text.slice(start, end), label])).toEqual([
        ['War', 'one'],
        ['Oops', 'two'],
    ]);
});

test('findings must be those that the labels name', () => {
    const [file] = parseFixture('War Oops\n#   ^^^^ CODE\n');
    const range = { line: 1, column: 5, endLine: 1, endColumn: 9 };
    expect(() => checkFindings(file!, [{ code: 'CODE', range }])).not.toThrow();
    expect(() => checkFindings(file!, [])).toThrow();
    expect(() => checkFindings(file!, [{ code: 'OTHER', range }])).toThrow();
    expect(() => checkFindings(file!, [{ code: 'CODE', range: { ...range, endColumn: 8 } }])).toThrow();
});
