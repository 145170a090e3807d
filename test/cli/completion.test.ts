/** What shells offer, and the scripts that ask for it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commandReference } from '../../cli/command-reference.ts';
import { candidatesFor } from '../../cli/complete.ts';
import { scriptFor } from '../../cli/completion-scripts.ts';
import { SHELLS } from '../../cli/shells.ts';
import { VERBS } from '../../cli/verbs.ts';

const root = resolve(import.meta.dirname, '..', '..');
const example = join(root, 'examples', 'hello-cluster');

const stateBefore = process.env['ROBOCONF_STATE'];
let directory: string;
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'roboconf é '));
    process.env['ROBOCONF_STATE'] = join(directory, 'state');
});
afterEach(() => {
    if (stateBefore === undefined) delete process.env['ROBOCONF_STATE'];
    else process.env['ROBOCONF_STATE'] = stateBefore;
    rmSync(directory, { recursive: true, force: true });
});

const rows: readonly (readonly [readonly string[], readonly string[]])[] = [
    [['sta'], ['start', 'status']],
    [['--v'], ['--version']],
    [['help', 'un'], ['undeploy']],
    [['check', ''], [':files']],
    [['check', '--format', 's'], ['sarif']],
    [['check', '--format=s'], ['--format=sarif']],
    [['check', '--s'], ['--strict']],
    [['check', '--strict', '--s'], []],
    [['simulate', '--faults', ''], [':files']],
    [['simulate', '--seed', ''], []],
    [['logs', ''], [':directories']],
    [
        ['logs', example, '/web-1'],
        ['/web-1', '/web-1/worker'],
    ],
    [
        ['logs', '--phase', 'start', example, '/fr'],
        ['/front', '/front/balancer'],
    ],
    [['stop', example, '/front', '/fr'], ['/front/balancer']],
    [['stop', '--', example, '--'], []],
    [['history', example, ''], []],
    [['status', '--name', ''], []],
    [['status', join(example, 'missing'), '/'], []],
    [
        ['completion', ''],
        ['bash', 'zsh', 'fish'],
    ],
    [['ls', ''], []],
    [['frobnicate', ''], []],
    [['-C', ''], [':directories']],
    [[], [...VERBS.keys(), 'help']],
];

test.for(rows)('%j offers %j', async ([words, expected]) => {
    expect((await candidatesFor(words, VERBS)).map(({ word }) => word)).toEqual(expected);
});

/** Asks the real bash what it would offer for a line, with a stand-in for the program that says what it was asked. */
function bashOffers(line: string): readonly string[] {
    writeFileSync(join(directory, 'script'), scriptFor('bash', VERBS));
    writeFileSync(
        join(directory, 'roboconf'),
        '#!/bin/sh\nshift\nfor word; do printf "/asked/%s\\tabout\\n" "$word"; done\n',
        {
            mode: 0o755,
        },
    );
    const program = [
        'source "$1"',
        'COMP_LINE=$2 COMP_POINT=${#2}',
        // Bash itself splits at these characters.
        'read -ra COMP_WORDS <<<"${2//=/ = }"; [[ $2 == *[[:space:]=] ]] && COMP_WORDS+=("")',
        'COMP_CWORD=$((${#COMP_WORDS[@]} - 1))',
        'compopt() { echo "compopt $*"; }',
        '_roboconf; printf "%s\\n" "${COMPREPLY[@]}"',
    ].join('\n');
    const out = execFileSync('bash', ['--norc', '-c', program, 'bash', join(directory, 'script'), line], {
        encoding: 'utf8',
        env: { ...process.env, PATH: `${directory}:${process.env['PATH']}` },
    });
    return out.split('\n').filter((word) => word !== '');
}

test('bash offers verbs, options and values without asking', () => {
    expect(bashOffers('roboconf un')).toEqual(['undeploy']);
    expect(bashOffers('roboconf ')).toEqual([...VERBS.keys(), 'help']);
    expect(bashOffers('roboconf check --st')).toEqual(['--strict']);
    expect(bashOffers('roboconf check --format ')).toEqual(['text', 'json', 'github', 'sarif']);
    expect(bashOffers('roboconf logs app --phase un')).toEqual(['undeploy']);
});

test('bash asks for the rest, with the words as they were meant', () => {
    expect(bashOffers('roboconf logs my\\ é\\ app "a b" /we')).toEqual([
        '/asked/logs',
        '/asked/my é app',
        '/asked/a b',
        '/asked//we',
    ]);
    expect(bashOffers('roboconf logs app ')).toEqual(['/asked/logs', '/asked/app', '/asked/']);
});

test('nothing that was typed is carried out', () => {
    const mark = join(directory, 'mark');
    bashOffers(`roboconf logs $(touch '${mark}') \`touch '${mark}'\` /we`);
    expect(spawnSync('test', ['-e', mark]).status).toBe(1);
});

test.for(SHELLS)('the script for %s is one that shell reads, where it is installed', (shell) => {
    const script = scriptFor(shell, VERBS);
    for (const [verb, { options }] of VERBS) {
        if (shell === 'zsh') break; // it asks for everything
        expect(script).toContain(verb);
        for (const option of Object.keys(options)) expect(script).toContain(option);
    }
    writeFileSync(join(directory, 'script'), script);
    const read = spawnSync(shell, ['-n', join(directory, 'script')], { encoding: 'utf8' });
    const isInstalled = read.error === undefined;
    expect({ status: isInstalled ? read.status : 0, stderr: isInstalled ? read.stderr : '' }).toEqual({
        status: 0,
        stderr: '',
    });
});

test('the list of verbs in the documentation is what the table says (scripts/command-reference.ts writes it)', () => {
    const text = readFileSync(join(root, 'docs', 'command-line.md'), 'utf8');
    const listed = /<!-- verbs -->\n\n([^]*)\n<!-- end of verbs -->/.exec(text)?.[1];
    expect(listed).toBe(commandReference(VERBS));
});
