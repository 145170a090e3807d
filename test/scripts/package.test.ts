import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { contentFaults, entriesOf } from '../../scripts/package/content.ts';
import { allowedFiles, readManifest } from '../../scripts/package/stage.ts';

const root = resolve(import.meta.dirname, '..', '..');
const unbuilt = readManifest(root).files.filter((pattern) => !pattern.startsWith('dist/'));

test('the manifest allows what is shipped and nothing that only developers need', () => {
    const files = allowedFiles(root, unbuilt);
    // Bundles and notices come with the build; packagers write these three names their own way.
    const shipped = [...files, 'readme.md', 'changelog.md', 'LICENSE.txt'];
    expect(contentFaults(shipped).filter((fault) => !fault.includes('dist/'))).toEqual([]);
    expect(files.filter((file) => file.startsWith('examples/')).length).toBeGreaterThan(20);
});

test.each([
    'client/extension.ts',
    'dist/graph.js.map',
    'docs/images/deployed.png',
    'node_modules/elkjs/package.json',
    'test/tidy.test.ts',
    'examples/starter/notes.ts',
    '.vscode/settings.json',
])('%s must not be in the package', (file) => {
    expect(contentFaults([file])).toContain(`must not be in it: ${file}`);
});

test('what is missing from a package is named', () => {
    expect(contentFaults([])).toContain('is missing: dist/server.cjs');
});

/** A zip file that holds one empty file of each name, with a comment at its end. */
function zipOf(names: readonly string[]): Buffer {
    const entries = names.map((name) => {
        const entry = Buffer.alloc(46 + Buffer.byteLength(name));
        entry.writeUInt32LE(0x02014b50, 0);
        entry.writeUInt16LE(Buffer.byteLength(name), 28);
        entry.write(name, 46);
        return entry;
    });
    const end = Buffer.alloc(22 + 7);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt32LE(5, 16);
    end.write('comment', 22);
    return Buffer.concat([Buffer.from('files'), ...entries, end]);
}

test('the names in a zip file are read from its directory', () => {
    expect(entriesOf(zipOf(['extension/package.json', 'extension/l10n/été.json']))).toEqual([
        'extension/package.json',
        'extension/l10n/été.json',
    ]);
    expect(entriesOf(zipOf([]))).toEqual([]);
    expect(() => entriesOf(Buffer.from('no zip file, but long enough to be one'))).toThrow('no zip');
});
