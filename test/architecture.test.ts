import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { expect, test } from 'vitest';

interface Room {
    readonly rooms: readonly string[];
    readonly packages: RegExp;
}

/** For each room: the rooms it may enter, and the outside packages it may know. Nothing else is allowed. */
const ROOMS: Readonly<Record<string, Room>> = {
    language: { rooms: [], packages: /^langium$/ },
    runner: { rooms: ['language'], packages: /^(node:.+|vscode-jsonrpc\/node|mustache|ssh2)$/ },
    server: {
        rooms: ['language'],
        packages:
            /^(node:.+|langium(\/lsp|\/node)?|vscode-languageserver(\/node)?|vscode-languageserver-textdocument|elkjs(\/.+)?|@resvg\/resvg-wasm)$/,
    },
    media: { rooms: ['language', 'server', 'runner'], packages: /^$/ },
    cli: { rooms: ['language', 'runner', 'server', 'media'], packages: /^node:.+$/ },
    client: {
        rooms: ['language', 'runner', 'server', 'media'],
        packages: /^(node:.+|vscode|vscode-languageclient\/node|vscode-jsonrpc\/node)$/,
    },
};

/** A room is entered by its doors only. */
const DOORS = new Set([
    'language/index.ts',
    'language/target-files.ts',
    'runner/index.ts',
    'runner/protocol.ts',
    'runner/runs.ts',
    'runner/terminal-text.ts',
    'server/protocol.ts',
    'server/layout.ts',
    'server/raster.ts',
    'server/committed.ts',
    'server/main.ts',
    'server/workspace/disk.ts',
    'media/protocol.ts',
    'media/picture.ts',
    'media/export.ts',
    'media/graph/page.ts',
    'media/timeline/page.ts',
    'media/timeline/protocol.ts',
]);

/** Rooms of which only types may be known: nothing of them is in the bundle. */
const TYPES_ONLY: Readonly<Record<string, readonly string[]>> = { media: ['language', 'server', 'runner'] };

/** Folders with a stricter rule than their room. */
const PURE = ['language', 'runner/core', 'media'];

/** Packages that one folder of their room alone may know. */
const HOMES: Readonly<Record<string, string>> = { ssh2: 'runner/ssh/', '@resvg/resvg-wasm': 'server/raster/' };

const IMPORTS =
    /(?:^|\n)\s*(?<statement>import|export)\b(?<clause>[^'"`;]*?)\bfrom\s*['"](?<from>[^'"]+)['"]|\bimport\(\s*['"](?<dynamic>[^'"]+)['"]|(?:^|\n)\s*import\s*['"](?<bare>[^'"]+)['"]/g;
const root = resolve(import.meta.dirname, '..');

test('every import follows the table of rooms and doors', () => {
    const found = Object.keys(ROOMS).flatMap((room) => [...sources(join(root, room))].flatMap(violations));
    expect(found).toEqual([]);
});

test('the table is noticed: a breach of each kind is reported', () => {
    const breach = (name: string, line: string) => violationsOf(name, `${line}\n`);
    expect(breach('language/x.ts', `import fs from 'node:fs';`)).toHaveLength(1);
    expect(breach('runner/core/x.ts', `import { join } from 'node:path';`)).toHaveLength(1);
    expect(breach('runner/x.ts', `import * as vscode from 'vscode';`)).toHaveLength(1);
    expect(breach('runner/targets/x.ts', `import ssh2 from 'ssh2';`)).toHaveLength(1);
    expect(breach('server/x.ts', `import { a } from '../runner/index.ts';`)).toHaveLength(1);
    expect(breach('client/x.ts', `import { a } from '../runner/loop.ts';`)).toHaveLength(1);
    expect(breach('media/x.ts', `import { a } from '../language/index.ts';`)).toHaveLength(1);
    expect(breach('media/x.ts', `import type { A } from '../language/index.ts';`)).toEqual([]);
});

test('what reaches hosts is loaded when the first host is reached, not before', () => {
    const reached = new Set<string>();
    const queue = ['runner/index.ts', 'runner/main.ts', 'cli/main.ts'];
    for (const name of queue) {
        if (reached.has(name)) continue;
        reached.add(name);
        for (const target of loadedBy(name)) {
            expect(target, `${name} loads it at once`).not.toBe('ssh2');
            if (target.startsWith('.')) queue.push(relative(root, resolve(root, dirname(name), target)));
        }
    }
    expect(reached.size).toBeGreaterThan(150);
});

/** What a source imports when it is loaded, but for types. */
function loadedBy(name: string): readonly string[] {
    const matches = [...readFileSync(join(root, name), 'utf8').matchAll(IMPORTS)];
    const values = matches.filter((match) => !isTypeOnly(match));
    return values.flatMap((match) => match.groups?.['from'] ?? match.groups?.['bare'] ?? []);
}

function isTypeOnly(match: RegExpMatchArray): boolean {
    return /^\s*type\b/.test(match.groups?.['clause'] ?? '');
}

function violations(file: string): string[] {
    return violationsOf(relative(root, file), readFileSync(file, 'utf8'));
}

function violationsOf(name: string, text: string): string[] {
    return [...text.matchAll(IMPORTS)].flatMap((match) => {
        const target = match.groups?.['from'] ?? match.groups?.['dynamic'] ?? match.groups?.['bare'] ?? '';
        return violationOf(name, target, isTypeOnly(match));
    });
}

function violationOf(name: string, target: string, typeOnly: boolean): string[] {
    const from = roomOf(name);
    const room = ROOMS[from];
    if (room === undefined) return [`${name}: not in a room`];
    if (!target.startsWith('.')) {
        return mayKnow(name, target, room) ? [] : [`${name}: ${from}/ must not know ${target}`];
    }
    const path = relative(root, resolve(root, dirname(name), target));
    const to = roomOf(path);
    if (to === from) return [];
    if (!room.rooms.includes(to)) return [`${name}: ${from}/ must not import ${to}/`];
    if (TYPES_ONLY[from]?.includes(to) === true && !typeOnly) return [`${name}: only types of ${to}/ may be imported`];
    return DOORS.has(path) ? [] : [`${name}: enter ${to}/ by its door, not by ${path}`];
}

function mayKnow(name: string, target: string, { packages }: Room): boolean {
    const isBarred = PURE.some((folder) => name.startsWith(`${folder}/`)) && target.startsWith('node:');
    return !isBarred && name.startsWith(HOMES[target] ?? '') && packages.test(target);
}

function roomOf(path: string): string {
    return path.split(sep)[0] ?? '';
}

function* sources(folder: string): Generator<string> {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) yield* sources(path);
        else if (path.endsWith('.ts')) yield path;
    }
}
