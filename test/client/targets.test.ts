import { beforeEach, expect, test } from 'vitest';
import { instanceEntry } from '../../client/deployments/tree-entries.ts';
import { choicesIn, parseTargetSetting, withChoice } from '../../client/targets/chosen-targets.ts';
import { parseTargetElement, targetElementId, type TargetElement } from '../../client/targets/target-element.ts';
import {
    addressesFault,
    addressesIn,
    hostsTargetText,
    localTargetText,
    secretNameFor,
    targetIdFault,
    type HostsForm,
} from '../../client/targets/target-form.ts';
import { targetTreeOf, type TargetNode } from '../../client/targets/target-tree.ts';
import { hostLook } from '../../client/targets/target-words.ts';
import type { HostState, HostTest, TargetView } from '../../client/targets/targets.ts';
import { handlerNamed, targetKeyOf, targetSourceOf } from '../../language/index.ts';
import { answering, applicationWith, playedTargets, poolSource, showing } from './support/played-targets.ts';
import { instanceAt, KEY, snapshotOf, viewOf } from './support/snapshots.ts';
import { editor } from './support/vscode.ts';

beforeEach(() => editor.reset());

const FREE: HostState = { address: '192.0.2.11', holder: null, isStranger: false, isLost: false, test: null };

function tested(outcome: Extract<HostTest, { kind: 'tested' }>['outcome']): HostTest {
    return { kind: 'tested', outcome, at: 0 };
}

function targetWith(hosts: readonly HostState[], fields: Partial<TargetView> = {}): TargetView {
    const source = poolSource(
        'pool',
        hosts.map(({ address }) => address),
    );
    return { source, hosts, fault: null, missingSecrets: [], secrets: [], ...fields };
}

function linesOf(nodes: readonly TargetNode[], depth = 0): readonly string[] {
    return nodes.flatMap(({ entry, children }) => [
        `${'  '.repeat(depth)}${entry.label}: ${entry.description}`,
        ...linesOf(children, depth + 1),
    ]);
}

test('the tree says of every host whether it is free, whether it was reached, and what keeps it from being used', () => {
    const hosts: readonly HostState[] = [
        { ...FREE, test: tested(answering('192.0.2.11')) },
        { ...FREE, address: '192.0.2.12', holder: { path: '/left', deployment: KEY }, isStranger: true },
        { ...FREE, address: '192.0.2.13', test: tested(showing('192.0.2.13', 'k', true)) },
        { ...FREE, address: '192.0.2.14', test: { kind: 'testing' }, holder: { path: '/x', deployment: null } },
    ];
    expect(linesOf(targetTreeOf([applicationWith([targetWith(hosts)])]))).toEqual([
        'shop: ',
        '  pool: 2 of 4 free',
        '    192.0.2.11: connected in 12 ms · Debian GNU/Linux 12 (bookworm) · free',
        '    192.0.2.12: host key not approved · shop /left',
        '    192.0.2.13: host key changed · free',
        '    192.0.2.14: connecting… · /x of an unknown deployment',
        '  This machine: for /left, /right',
    ]);
});

test('a target that cannot make machines says why', () => {
    const strange = { ...poolSource('cloud', []), handler: 'iaas-ec2' };
    const nameless = { ...poolSource('x', []), id: null };
    const rows = linesOf(
        targetTreeOf([
            applicationWith([
                targetWith([], { source: strange }),
                targetWith([], { source: nameless }),
                targetWith([FREE], { missingSecrets: ['pw'], secrets: ['pw'] }),
            ]),
        ]),
    );
    expect(rows.slice(1, 5)).toEqual([
        '  cloud: iaas-ec2 cannot be used yet',
        '  x.properties: has no id',
        '  pool: needs the secret pw',
        '    192.0.2.11: free',
    ]);
});

test('a target says for what it is used without being chosen', () => {
    const source = { ...poolSource('pool', ['192.0.2.11']), defaultOf: ['Vm'] };
    const application = applicationWith([targetWith([FREE], { source })]);
    expect(linesOf(targetTreeOf([application]))[1]).toBe('  pool: 1 of 1 free · for Vm');
});

test('no two states of a host share a shape', () => {
    const refusals = ['hostKeyChanged', 'authentication', 'unreachable', 'configuration'] as const;
    const refused = refusals.map((code): HostState => {
        return {
            ...FREE,
            test: tested({ kind: 'refused', code, message: '', hostKey: null, host: '', knownHostsFile: null }),
        };
    });
    const states: readonly HostState[] = [
        FREE,
        { ...FREE, isStranger: true },
        { ...FREE, holder: { path: '/a', deployment: null } },
        { ...FREE, test: { kind: 'testing' } },
        { ...FREE, test: tested(answering('a')) },
        ...refused,
    ];
    const icons = states.map((state) => hostLook(state).icon);
    expect(new Set(icons).size).toBe(icons.length);
});

test('a host can be approved when its key is unknown, never when it changed', () => {
    const flagsOf = (host: HostState) =>
        targetTreeOf([applicationWith([targetWith([host])])])[0]?.children[0]?.children[0]?.entry.flags;
    expect(flagsOf({ ...FREE, isStranger: true })).toContain(';stranger;');
    expect(flagsOf({ ...FREE, test: tested(showing('192.0.2.11', 'k')) })).toContain(';stranger;');
    expect(flagsOf({ ...FREE, test: tested(showing('192.0.2.11', 'k', true)) })).not.toContain('stranger');
    expect(flagsOf({ ...FREE, test: tested(answering('192.0.2.11')), isStranger: true })).not.toContain('stranger');
});

test('elements survive the way through a menu, and nothing else is taken for one', () => {
    const elements: readonly TargetElement[] = [
        { kind: 'targetApplication', directory: '/a' },
        { kind: 'thisMachine', directory: '/a' },
        { kind: 'target', directory: '/a', file: '/a/t' },
        { kind: 'host', directory: '/a', file: '/a/t', address: 'h' },
    ];
    for (const element of elements) expect(parseTargetElement(JSON.parse(JSON.stringify(element)))).toEqual(element);
    expect(new Set(elements.map(targetElementId)).size).toBe(elements.length);
    for (const other of [
        null,
        'x',
        {},
        { kind: 'target', directory: '/a' },
        { kind: 'host', directory: '/a', file: 'f' },
    ])
        expect(parseTargetElement(other)).toBeUndefined();
});

const FORM: HostsForm = {
    id: 'my-hosts',
    addresses: ['192.0.2.11', 'deploy@192.0.2.12:2222'],
    user: 'root',
    login: { kind: 'key', file: '~/.ssh/id_ed25519' },
    sudo: false,
};

test.each([
    ['with a key', FORM, { 'scp.keyfile': '~/.ssh/id_ed25519' }],
    [
        'with a key of a Windows path',
        { ...FORM, login: { kind: 'key', file: 'C:\\keys\\new' } },
        { 'scp.keyfile': 'C:\\keys\\new' },
    ],
    ['with a password', { ...FORM, login: { kind: 'password' } }, { 'ssh.password': '${secret:my-hosts-password}' }],
    [
        'as somebody else',
        { ...FORM, user: 'deploy', sudo: true, login: { kind: 'key', file: '' } },
        { 'scp.user': 'deploy', 'embedded.sudo': 'true' },
    ],
] as const)('the file of a new target says what was answered: %s', (_, form, said) => {
    const source = targetSourceOf(hostsTargetText(form), '/t.properties');
    expect(source).toMatchObject({ id: 'my-hosts', handler: 'embedded' });
    expect(source.properties).toMatchObject({ 'embedded.ip': '192.0.2.11, deploy@192.0.2.12:2222', ...said });
    const unknown = Object.keys(source.properties).filter((key) => targetKeyOf(handlerNamed('embedded'), key) === null);
    expect(unknown).toEqual([]);
});

test('a new target of this computer is one', () => {
    expect(targetSourceOf(localTargetText('here'), '/t')).toMatchObject({ id: 'here', handler: 'local' });
});

test.each([
    ['', 'The target needs an id.'],
    ['a b', "An id starts with a letter or digit and goes on with letters, digits, '_', '-' and '.'."],
    ['../x', "An id starts with a letter or digit and goes on with letters, digits, '_', '-' and '.'."],
    ['pool', "There is a target 'pool' already."],
    ['pool-2', undefined],
])('the id %o is told: %s', (id, fault) => {
    expect(targetIdFault(id, ['pool'])).toBe(fault);
});

test('addresses stand between commas or blanks, each once, and what is none is named', () => {
    expect(addressesIn(' a, b  a,\tc ')).toEqual(['a', 'b', 'c']);
    const isAddress = (text: string) => text !== '!';
    expect(addressesFault('a, b', isAddress)).toBeUndefined();
    expect(addressesFault('a !', isAddress)).toContain("'!'");
    expect(addressesFault(' ,', isAddress)).toContain('at least one');
});

test('the setting is read, what is not understood left out, and files are found from the folder', () => {
    const setting = parseTargetSetting({
        '.': { '*': ' pool ', Vm: 3 },
        'apps/shop': { '/vm': 'targets/x.properties' },
        bad: 'x',
    });
    expect(choicesIn(setting, '/ws', '/ws')).toEqual([{ place: '', target: 'pool' }]);
    expect(choicesIn(setting, '/ws', '/ws/apps/shop')).toEqual([{ place: '/vm', target: '/ws/targets/x.properties' }]);
    expect(choicesIn(setting, '/ws', '/ws/other')).toEqual([]);
    expect(parseTargetSetting(['x'])).toEqual({});
});

test('choosing a target changes its place alone, and taking the last one back leaves nothing', () => {
    const here = { folder: '/ws', directory: '/ws/shop' };
    const one = withChoice({ blog: { '*': 'x' } }, here, '', 'pool');
    const two = withChoice(one, here, 'Vm', '/ws/targets/db.properties');
    expect(two).toEqual({ blog: { '*': 'x' }, shop: { '*': 'pool', Vm: 'targets/db.properties' } });
    expect(withChoice(withChoice(two, here, 'Vm', null), here, '', null)).toEqual({ blog: { '*': 'x' } });
});

test('a secret is found in the store, then in the environment, and another folder does not see it', async () => {
    const { secrets, environment } = playedTargets();
    const { id, properties } = poolSource('pool', ['h'], {
        'ssh.password': '${secret:pw}',
        'ssh.passphrase': '${secret:pp}',
    });
    const definition = { id: id ?? '', handler: 'embedded', name: '', properties, directory: '/apps' };
    environment.set('pp', 'from outside');
    expect(await secrets.look('/apps/shop', [definition])).toEqual({ values: { pp: 'from outside' }, missing: ['pw'] });
    await secrets.keep('/apps/shop', 'pw', 'hidden');
    expect(await secrets.look('/apps/blog', [definition])).toMatchObject({ values: { pw: 'hidden' }, missing: [] });
    expect(await secrets.look('/other/shop', [definition])).toMatchObject({ missing: ['pw'] });
    await secrets.forget('/apps/shop', 'pw');
    expect(await secrets.has('/apps/shop', 'pw')).toBe(false);
    expect(secretNameFor('my pool/1')).toBe('my-pool-1-password');
});

const MACHINE = { id: '192.0.2.11', address: '192.0.2.11' };
const LOST = { kind: 'failed', phase: 'reachMachine', attempt: null, exitCode: null, lastLines: [] } as const;

test('a machine that a target made says where it is, and since when it does not answer', () => {
    const up = instanceAt('/vm', { status: 'DEPLOYED_STARTED', desired: 'DEPLOYED_STARTED', machine: MACHINE });
    expect(instanceEntry(viewOf(snapshotOf([up])), up, 0, 0).description).toBe('started · 192.0.2.11');
    const failure = { ...LOST, message: 'The machine does not answer: no answer.' };
    const lost = instanceAt('/vm', {
        status: 'PROBLEM',
        desired: 'DEPLOYED_STARTED',
        machine: MACHINE,
        failure,
        since: Date.UTC(2026, 0, 1, 12),
    });
    const web = instanceAt('/vm/web', { status: 'PROBLEM', desired: 'DEPLOYED_STARTED' });
    const view = viewOf(snapshotOf([lost, web]));
    const entry = instanceEntry(view, lost, 1, Date.UTC(2026, 0, 1, 13));
    expect(entry.description).toMatch(/^does not answer since \d\d:\d\d:\d\d · 192\.0\.2\.11$/);
    expect(entry.icon).toBe('debug-disconnect');
    expect(entry.flags).toContain(';retryable;');
    expect(entry.flags).toContain(';undeployable;');
    expect(instanceEntry(view, web, 0, 0).description).toBe('not known: its machine does not answer');
});
