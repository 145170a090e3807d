/** Files as disks have them: too large, not text, not readable, links in circles, paths that lead elsewhere. Findings, and nothing else, come of it. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLanguage, type FileSystem } from '../../language/index.ts';
import { createDisk } from '../../server/workspace/disk.ts';
import { memoryFiles } from '../support/memory-files.ts';

const DESCRIPTOR = 'name = app\nversion = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\n';
const MACHINE = 'VM {\n\tinstaller: target;\n}\n';
const TARGET = 'id = a\nhandler = local\nname = n\n';
const language = createLanguage();
let root = '';

beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'roboconf-hostile-'));
    write('app/descriptor/application.properties', DESCRIPTOR);
    write('app/graph/VM/t.properties', TARGET);
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
}

/** `file:line:column CODE` of every finding. */
function found(fileSystem: FileSystem = createDisk(), directory = join(root, 'app')): readonly string[] {
    const { findings } = language.loadApplication(fileSystem, directory);
    return findings.map(({ range, code }) =>
        range === null ? `- ${code}` : `${range.file}:${range.line}:${range.column} ${code}`,
    );
}

test('a sound application has no finding', () => {
    write('app/graph/main.graph', MACHINE);
    expect(found()).toEqual([]);
});

test('a file of 100 MB is not read', () => {
    write('app/graph/main.graph', `import big.graph;\n${MACHINE}`);
    write('app/graph/big.graph', '');
    truncateSync(join(root, 'app/graph/big.graph'), 100 * 1024 * 1024);
    expect(createDisk().read(join(root, 'app/graph/big.graph'))).toEqual({ tooLarge: true, bytes: 104_857_600 });
    expect(found()).toEqual(['graph/main.graph:1:8 X_TOO_LARGE']);
});

test('bytes that are no UTF-8 are shown where they stand', () => {
    const bytes = Buffer.concat([Buffer.from(`${MACHINE}# caf`), Buffer.from([0xe9]), Buffer.from('\n')]);
    write('app/graph/main.graph', bytes);
    expect(found()).toEqual(['graph/main.graph:4:6 X_UNEXPECTED_CHARACTER']);
});

test('a byte order mark and windows line ends are fine', () => {
    write('app/graph/main.graph', `\uFEFF${MACHINE.replaceAll('\n', '\r\n')}`);
    expect(found()).toEqual([]);
});

test('links to directories that lead back are one finding each, and are not followed', () => {
    write('app/graph/main.graph', MACHINE);
    symlinkSync('..', join(root, 'app/graph/loop'));
    mkdirSync(join(root, 'app/graph/parts'));
    symlinkSync('../parts', join(root, 'app/graph/parts/loop'));
    expect(found()).toEqual(['- X_LINK_NOT_FOLLOWED', '- X_LINK_NOT_FOLLOWED']);
});

test('a recipe may be a link', () => {
    rmSync(join(root, 'app/graph/VM'), { recursive: true });
    write('shared/t.properties', TARGET);
    symlinkSync('../../shared', join(root, 'app/graph/VM'));
    write('app/graph/main.graph', MACHINE);
    expect(found()).toEqual([]);
});

test('a link to itself cannot be read', () => {
    write('app/graph/main.graph', `import a.graph;\n${MACHINE}`);
    symlinkSync('a.graph', join(root, 'app/graph/a.graph'));
    const { findings } = language.loadApplication(createDisk(), join(root, 'app'));
    expect(findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
        "P_IO_ERROR 'graph/a.graph' cannot be read: its links lead round in a circle.",
    ]);
});

test.each([
    'import ../../secret.graph;',
    'import /etc/passwd;',
    'import C:\\secret.graph;',
    'import a/../../../x.graph;',
])('%s leaves the application', (line) => {
    write('secret.graph', 'Secret {\n}\n');
    write('app/graph/main.graph', `${line}\n${MACHINE}`);
    expect(found()).toEqual(['graph/main.graph:1:8 X_IMPORT_OUTSIDE']);
    expect(language.loadApplication(createDisk(), join(root, 'app')).model.components).toHaveLength(1);
});

test('links that leave the application are not read, neither by an import nor by an entry point', () => {
    write('secret.graph', 'Secret {\n}\n');
    write('app/graph/main.graph', `import linked.graph;\nimport inside.graph;\n${MACHINE}`);
    write('app/graph/real.graph', '# nothing\n');
    symlinkSync('../../secret.graph', join(root, 'app/graph/linked.graph'));
    symlinkSync('real.graph', join(root, 'app/graph/inside.graph'));
    expect(found().filter((line) => !line.includes('PROJ_UNREACHABLE_FILE'))).toEqual([
        'graph/inside.graph:1:1 P_EMPTY_FILE',
        'graph/main.graph:1:8 X_IMPORT_OUTSIDE',
    ]);
    rmSync(join(root, 'app/graph/main.graph'));
    symlinkSync('../../secret.graph', join(root, 'app/graph/main.graph'));
    const disk = createDisk();
    const read: string[] = [];
    const watched: FileSystem = { ...disk, read: (path) => (read.push(path), disk.read(path)) };
    expect(found(watched)).toContain('descriptor/application.properties:4:21 X_IMPORT_OUTSIDE');
    expect(read.filter((path) => path.endsWith('.graph') && !path.endsWith('real.graph'))).toEqual([]);
});

test('an application reached through a link is an application like others', () => {
    write('app/graph/main.graph', `import a.graph;\n${MACHINE}`);
    write('app/graph/a.graph', 'import main.graph;\n');
    symlinkSync('app', join(root, 'alias'));
    expect(found(createDisk(), join(root, 'alias'))).toEqual([]);
});

test('a directory called like a file is no file', () => {
    write('app/graph/main.graph', `import x.graph;\n${MACHINE}`);
    mkdirSync(join(root, 'app/graph/x.graph'));
    expect(found()).toEqual(['graph/main.graph:1:8 P_IO_ERROR']);
    rmSync(join(root, 'app/graph/main.graph'));
    mkdirSync(join(root, 'app/graph/main.graph'));
    expect(found()).toContain('descriptor/application.properties:4:21 P_IO_ERROR');
});

test('a file that may not be read says so', () => {
    const files = memoryFiles({
        '/app/descriptor/application.properties': DESCRIPTOR,
        '/app/graph/VM/t.properties': TARGET,
        '/app/graph/main.graph': `import closed.graph;\n${MACHINE}`,
        '/app/graph/closed.graph': '',
    });
    const closed = (name: string): FileSystem => ({
        ...files,
        read: (path) => (path.endsWith(name) ? { unreadable: true, reason: 'permission denied' } : files.read(path)),
    });
    const messages = (name: string) =>
        language.loadApplication(closed(name), '/app').findings.map(({ code, message }) => `${code} ${message}`);
    expect(messages('closed.graph')).toEqual(["P_IO_ERROR 'graph/closed.graph' cannot be read: permission denied."]);
    expect(messages('application.properties')).toContain(
        "PROJ_READ_DESC_FILE 'descriptor/application.properties' cannot be read: permission denied.",
    );
});

/** Nobody in particular: a superuser may read everything, whatever the rights of a file are. */
const NOBODY = 65_534;

function asOrdinaryUser<T>(work: () => T): T {
    const { getuid, seteuid } = process;
    if (seteuid === undefined || getuid?.() !== 0) return work();
    seteuid(NOBODY);
    try {
        return work();
    } finally {
        seteuid(0);
    }
}

/** `place CODE reason` of what is found by somebody who has no right to `path`. */
function foundWithout(path: string): readonly string[] {
    chmodSync(root, 0o755);
    chmodSync(join(root, path), 0);
    try {
        const { findings } = asOrdinaryUser(() => language.loadApplication(createDisk(), join(root, 'app')));
        return findings.map(({ code, range, details }) => `${range?.file ?? '-'} ${code} ${details['REASON']}`);
    } finally {
        chmodSync(join(root, path), 0o755);
    }
}

test('a file or directory without the right to read it is not called missing', () => {
    write('app/graph/main.graph', `import closed.graph;\n${MACHINE}`);
    write('app/graph/closed.graph', '# nothing\n');
    const denied = 'permission denied';
    expect(foundWithout('app/graph/closed.graph')).toEqual([`graph/main.graph P_IO_ERROR ${denied}`]);
    expect(foundWithout('app/graph/main.graph')).toEqual([`descriptor/application.properties P_IO_ERROR ${denied}`]);
    expect(foundWithout('app/graph')).toEqual([`descriptor/application.properties P_IO_ERROR ${denied}`]);
    expect(foundWithout('app/descriptor/application.properties')).toEqual([`- PROJ_READ_DESC_FILE ${denied}`]);
    expect(foundWithout('app/descriptor')).toEqual([`- PROJ_READ_DESC_FILE ${denied}`]);
});
