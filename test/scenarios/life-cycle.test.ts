/**
 * The tables of docs/life-cycle.md, one test a cell: what each order does to an instance or a machine in each status.
 * `node scripts/life-cycle.ts` writes the tables anew; read the difference before keeping it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cellsOf, ORDER_NAMES, type Cell } from './life-cycle-cells.ts';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs', 'life-cycle.md'), 'utf8');

/** What the page says, by situation and order. */
function written(table: Cell['table']): ReadonlyMap<string, string> {
    const [, text = ''] = new RegExp(`<!-- ${table} -->([^]*?)<!-- end of ${table} -->`).exec(page) ?? [];
    const rows = text.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
    const [, ...bodies] = rows.map((line) =>
        line
            .split('|')
            .slice(1, -1)
            .map((cell) => cell.replaceAll('`', '').trim()),
    );
    return new Map(
        bodies.flatMap(([situation = '', ...effects]) =>
            effects.map((effect, i) => [`${situation} × ${ORDER_NAMES[i] ?? ''}`, effect] as const),
        ),
    );
}

describe.each(['instances', 'machines'] as const)('%s', (table) => {
    const told = written(table);
    const cells = cellsOf(table);
    test.for(cells)('$situation × $order', ({ situation, order, effect }) => {
        expect(told.get(`${situation} × ${order}`)).toBe(effect);
    });
    test('the page has no other cell', () => {
        expect([...told.keys()].sort()).toEqual(cells.map(({ situation, order }) => `${situation} × ${order}`).sort());
    });
    test('no order leaves anything on its way', () => {
        expect(cells.filter(({ effect }) => /(?:DEPLOYING|STARTING|STOPPING)$/.test(effect))).toEqual([]);
    });
});

/** Links like `[title](../test/scenarios/file.test.ts)`. */
test('every test the page names exists under that title', () => {
    const links = [...page.matchAll(/\[([^\]]+)\]\(\.\.\/(test\/[^)]+)\)/g)];
    expect(links.length).toBeGreaterThan(40);
    const missing = links.filter(([, title = '', file = '']) => {
        const path = join(root, file);
        return !existsSync(path) || !readFileSync(path, 'utf8').replaceAll("\\'", "'").includes(title);
    });
    expect(missing.map(([whole]) => whole)).toEqual([]);
});
