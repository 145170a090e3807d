import { expect, test } from 'vitest';
import {
    defaultStateDirectory,
    deploymentPathsOf,
    instanceDirectoryOf,
    type StateDirectoryContext,
} from '../../../runner/state-directory.ts';

const rows: readonly [StateDirectoryContext['platform'], Readonly<Record<string, string>>, string][] = [
    ['linux', { ROBOCONF_STATE: '/s', XDG_STATE_HOME: '/x' }, '/s'],
    ['linux', { XDG_STATE_HOME: '/x' }, '/x/roboconf'],
    ['linux', { XDG_STATE_HOME: 'relative' }, '/home/é/.local/state/roboconf'],
    ['linux', { ROBOCONF_STATE: '' }, '/home/é/.local/state/roboconf'],
    ['darwin', {}, '/home/é/Library/Application Support/roboconf'],
    ['win32', { LOCALAPPDATA: 'C:\\Local' }, 'C:\\Local\\roboconf'],
];

test.each(rows)('state on %s with %j is kept in %s', (platform, environment, expected) => {
    expect(defaultStateDirectory({ platform, environment, home: '/home/é' })).toBe(expected);
});

test('different deployments and instances never share a folder', () => {
    const paths = ['shop', 'shop!', 'sh/op'].map((deployment) =>
        deploymentPathsOf('/s', { directory: '/a', deployment }),
    );
    expect(new Set(paths.map(({ root }) => root)).size).toBe(3);
    const [first] = paths;
    if (first === undefined) throw new Error('no paths');
    const directories = ['/a/b', '/a_b', '/a b', '/../..'].map((path) => instanceDirectoryOf(first, path));
    expect(new Set(directories).size).toBe(4);
    for (const directory of directories) expect(directory.slice(first.instances.length)).toMatch(/^\/\w+-[0-9a-f]{8}$/);
});
