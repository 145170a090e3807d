/** `node scripts/life-cycle.ts`: writes the tables of docs/life-cycle.md, as simulated, between their marks. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cellsOf, ORDER_NAMES, type Cell } from '../test/scenarios/life-cycle-cells.ts';

const path = join(resolve(import.meta.dirname, '..'), 'docs', 'life-cycle.md');
const page = readFileSync(path, 'utf8');
writeFileSync(path, (['instances', 'machines'] as const).reduce(withTable, page));

function withTable(text: string, table: Cell['table']): string {
    const marks = new RegExp(`(<!-- ${table} -->)[^]*?(<!-- end of ${table} -->)`);
    return text.replace(marks, (_, begin: string, end: string) => `${begin}\n\n${tableOf(table)}\n\n${end}`);
}

function tableOf(table: Cell['table']): string {
    const rows = Map.groupBy(cellsOf(table), ({ situation }) => situation);
    const head = ['', ...ORDER_NAMES.map((name) => `\`${name}\``)];
    const body = Array.from(rows, ([situation, cells]) => [situation, ...cells.map(({ effect }) => effect)]);
    const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}
