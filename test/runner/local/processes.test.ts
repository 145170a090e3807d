import { expect, test } from 'vitest';
import { carriesMark, parseLinuxStat, parsePsLine } from '../../../runner/local/processes.ts';

const STAT = (name: string, state: string): string =>
    `42 (${name}) ${state} 1 42 40 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 123456 1000 10 0`;

test.each([
    ['sleep', 'S', { name: 'sleep', session: 40, born: '123456', dead: false }],
    ['a (b) c', 'R', { name: 'a (b) c', session: 40, born: '123456', dead: false }],
    ['sh', 'Z', { name: 'sh', session: 40, born: '123456', dead: true }],
])('a process named %j in state %s is read from its line', (name, state, expected) => {
    expect(parseLinuxStat(STAT(name, state))).toEqual(expected);
});

test.each(['', '42', '42 (sleep', '42 (sleep) S 1'])('%j is no line of a process', (line) => {
    expect(parseLinuxStat(line)).toBeUndefined();
});

test('a line of ps gives the process, its group as session, and its environment after the command', () => {
    const entry = parsePsLine('  42    40 S    Sun Nov  2 09:15:07 2025 sleep 300 HOME=/home/u ROBOCONF_STEP_MARK=m.1');
    expect(entry).toMatchObject({ pid: 42, session: 40, born: 'Sun Nov 2 09:15:07 2025' });
    expect(entry !== undefined && carriesMark(entry, 'ROBOCONF_STEP_MARK', 'm.1')).toBe(true);
    expect(entry !== undefined && carriesMark(entry, 'ROBOCONF_STEP_MARK', 'm.')).toBe(false);
    expect(parsePsLine('  42    40 Z    Sun Nov  2 09:15:07 2025 (sleep)')).toBeUndefined();
    expect(parsePsLine('PID PGID')).toBeUndefined();
});
