/** How the words of a command line are read. */
import { expect, test } from 'vitest';
import { readArguments, type OptionTable } from '../../cli/arguments.ts';
import { nearestOf } from '../../cli/nearest.ts';

const TABLE: OptionTable = {
    format: { type: 'string', value: 'FORMAT', choices: ['text', 'json'], help: '' },
    name: { type: 'string', value: 'NAME', help: '' },
    strict: { type: 'boolean', help: '' },
    quiet: { type: 'boolean', short: 'q', help: '' },
};

test('words are positionals, options with a value and flags', () => {
    const read = readArguments(['app', '--format=json', '-q', '--name', 'a b', '--', '--strict'], TABLE);
    expect(read.kind).toBe('arguments');
    if (read.kind !== 'arguments') return;
    expect(read.value.positionals).toEqual(['app', '--strict']);
    expect([read.value.text('format'), read.value.text('name'), read.value.text('seed')]).toEqual([
        'json',
        'a b',
        undefined,
    ]);
    expect([read.value.flag('quiet'), read.value.flag('strict')]).toEqual([true, false]);
});

const faults: readonly (readonly [string, string])[] = [
    ['--strikt', 'there is no option --strikt; did you mean --strict?'],
    ['--frobnicate', 'there is no option --frobnicate'],
    ['-x', 'there is no option -x'],
    ['--constructor', 'there is no option --constructor'],
    ['--format', '--format needs a value: --format FORMAT'],
    ['--format jsn', '--format takes one of: text, json; did you mean json?'],
    ['--format svg', '--format takes one of: text, json'],
    ['--strict=yes', '--strict takes no value'],
    ['--name --strict', "--name needs a value; write --name=--strict when '--strict' is meant"],
    ['--name=', '--name needs a value: --name NAME'],
    ['--name a --name b', '--name is given twice'],
];

test.for(faults)('%s is refused', ([words, message]) => {
    expect(readArguments(words.split(' '), TABLE)).toEqual({ kind: 'fault', message });
});

test('a flag may be given twice', () => {
    expect(readArguments(['--strict', '--strict'], TABLE)).toMatchObject({ kind: 'arguments' });
});

const VERBS = ['check', 'format', 'deploy', 'undeploy', 'status', 'start', 'stop', 'completion'];
const nearest: readonly (readonly [string, string | undefined])[] = [
    ['chekc', 'check'],
    ['Deploy', 'deploy'],
    ['undploy', 'undeploy'],
    ['comp', 'completion'],
    ['sta', undefined],
    ['frobnicate', undefined],
    ['', undefined],
];

test.for(nearest)('the word nearest to %s is %s', ([word, expected]) => {
    expect(nearestOf(word, VERBS)).toBe(expected);
});
