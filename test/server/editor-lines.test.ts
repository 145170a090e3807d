import { expect, test } from 'vitest';
import { withEditorLines } from '../../server/workspace/editor-lines.ts';
import { startTestServer } from '../support/language-server.ts';
import { SAMPLE } from './sample.ts';

test.each([
    ['a\rb', 'a\nb'],
    ['a\r\nb', 'a\r\nb'],
    ['a\r\r\nb\r', 'a\n\r\nb\n'],
    ['a\nb', 'a\nb'],
])('%j is read as %j', (text, read) => expect(withEditorLines(text)).toBe(read));

test('findings stand on the lines of an editor, also when a line end is typed in two halves', async () => {
    const server = await startTestServer(SAMPLE);
    await server.open('graph/main.graph', '# one\r# two\rOops {\r    foo: x;\r}\r');
    const places = () => server.diagnosticsOf('graph/main.graph').map(({ code, range }) => [code, range.start]);
    expect(places()).toContainEqual([expect.any(String), { line: 3, character: 4 }]);
    const end = { line: 1, character: 0 };
    await server.change('graph/main.graph', { range: { start: end, end }, text: '\n' });
    expect(places()).toContainEqual([expect.any(String), { line: 3, character: 4 }]);
    await server.dispose();
});
