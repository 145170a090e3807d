/** What is found in one target file, at its place. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLanguage, type Finding } from '../../../language/index.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const language = createLanguage();

const HEAD = 'id = a\nname = n\n';

/** Findings of a target file that stands alone. */
function findingsIn(text: string, file = '/w/targets/t.properties'): readonly Finding[] {
    return language.checkFile(memoryFiles({ [file]: text }), file).findings;
}

/** `CODE line:column-endColumn`, each. */
function found(text: string, file?: string): readonly string[] {
    return findingsIn(text, file).map(({ code, range }) =>
        range === null ? code : `${code} ${range.line}:${range.column}-${range.endColumn}`,
    );
}

test.each([
    ['local', ''],
    ['in-memory', 'in-memory.delay = 30\nin-memory.write-user-data = TRUE\n'],
    ['docker', 'docker.endpoint = unix:///var/run/docker.sock\ndocker.option.run.cap-add = SYS_PTRACE\n'],
    ['embedded', 'embedded.ip = 10.0.0.1, host-2.example.org, fe80::1\nhostkey.10.0.0.1 = SHA256:abc\n'],
    [
        'embedded',
        'embedded.ip = me@h-1:2222, h-2:22, [fe80::1]:22, root@fe80::2\nssh.jump = me@gate:22\nssh.port = 2222\n',
    ],
    ['embedded', 'ssh.password = ${secret:P}\nssh.passphrase = ${env:Q}\nssh.agent = none\nembedded.sudo = true\n'],
    ['embedded', 'embedded.ip = ${env:POOL}\nscp.keyfile = ~/.ssh/{{ ip }}\n'],
])('a sound target of %s has no finding', (handler, keys) => {
    expect(found(`${HEAD}handler = ${handler}\n${keys}`)).toEqual([]);
});

describe('keys', () => {
    test.each([
        ['of the handler, misspelled', 'docker', 'docker.iamge = a', 'docker.image'],
        ['of every target, misspelled', 'docker', 'descripton = a', 'description'],
        ['in another letter case', 'docker', 'Docker.Image = a', 'docker.image'],
        ['of which the end is missing', 'docker', 'docker.generate.image = a', 'docker.generate.image.from'],
        ['documented in another spelling', 'iaas-ec2', 'ec2.availability-zone = a', 'ec2.availability.zone'],
        ['with a part that people choose', 'iaas-ec2', 'ec2.ebs-sise.data = 3', 'ec2.ebs-size.data'],
    ])('%s', (_, handler, line, suggestion) => {
        const unknown = findingsIn(`${line}\n${HEAD}handler = ${handler}\n`).filter(
            ({ code }) => code === 'X_TARGET_UNKNOWN_KEY',
        );
        expect(unknown).toMatchObject([
            {
                severity: 'warning',
                range: { line: 1, column: 1 },
                details: { SUGGESTION: suggestion, HANDLER: handler },
            },
        ]);
    });

    test('without a handler, only slips in the keys of all targets are told', () => {
        expect(found(`${HEAD}handlr = local\nimage = a\ndocker.iamge = b\n`)).toEqual([
            'REC_TARGET_NO_HANDLER 1:1-7',
            'X_TARGET_UNKNOWN_KEY 3:1-7',
        ]);
        expect(findingsIn(`${HEAD}Handler = local\n`).at(-1)?.details).toMatchObject({ SUGGESTION: 'handler' });
    });

    test('of another handler are named as such', () => {
        const [finding] = findingsIn(`${HEAD}handler = docker\nscp.user = me\n`);
        expect(finding).toMatchObject({ code: 'X_TARGET_UNKNOWN_KEY', details: { OTHER: 'embedded' } });
        expect(finding?.message).toBe("'scp.user' is a key of the handler 'embedded': 'docker' ignores it.");
    });

    test('of volumes need a volume that is listed', () => {
        const volumes = 'openstack.use-block-storage = data, logs\nopenstack.volume-size.logs = 3\n';
        const text = `${HEAD}handler = iaas-openstack\n${volumes}openstack.volume-size.log = 3\n`;
        expect(found(text).filter((each) => each.includes('KEY '))).toEqual(['X_TARGET_UNKNOWN_KEY 6:1-26']);
        expect(found(text.replace('data, logs', '${env:VOLUMES}')).filter((each) => each.includes('KEY '))).toEqual([]);
    });

    test('of a handler nobody knows are not judged, but secrets are', () => {
        expect(found(`${HEAD}handler = mine\nmy.key = a\nmy.password = a\n`)).toEqual([
            'X_TARGET_UNKNOWN_HANDLER 3:11-15',
            'X_TARGET_SECRET_IN_CLEAR 5:15-16',
        ]);
    });

    test.each([
        ['dokcer', 'docker'],
        ['EC2', 'iaas-ec2'],
        ['vmware', 'iaas-vmware'],
        ['IAAS-Azure', 'iaas-azure'],
        ['mine', undefined],
    ])('the handler %s may be meant as %s', (handler, suggestion) => {
        const [finding] = findingsIn(`${HEAD}handler = ${handler}\n`);
        expect([finding?.code, finding?.details['SUGGESTION']]).toEqual(['X_TARGET_UNKNOWN_HANDLER', suggestion]);
    });

    test('that stand twice: the first ones are ignored, and only said to be', () => {
        expect(found(`docker.iamge = a\ndocker.iamge = b\n${HEAD}handler = docker\n`)).toEqual([
            'X_TARGET_DUPLICATE_KEY 1:1-13',
            'X_TARGET_UNKNOWN_KEY 2:1-13',
        ]);
    });

    test('that are missing or blank are named at the handler', () => {
        const keys = 'provider-id endpoint image-name security-group identity hardware-name'
            .split(' ')
            .map((key) => `jclouds.${key} = http://a\n`)
            .join('');
        const [finding, ...more] = findingsIn(`${HEAD}handler = jclouds\n${keys}jclouds.credential =\n`);
        expect(more).toEqual([]);
        expect(finding).toMatchObject({
            code: 'X_TARGET_MISSING_KEYS',
            range: { line: 3, column: 11, endColumn: 18 },
            details: { KEYS: 'jclouds.credential', HANDLER: 'jclouds' },
        });
    });
});

describe('values', () => {
    test.each([
        ['in-memory', 'in-memory.delay', 'soon', 'integer'],
        ['in-memory', 'in-memory.delay', '-1', 'integer'],
        ['in-memory', 'in-memory.delay', '1.5', 'integer'],
        ['in-memory', 'in-memory.write-user-data', 'yes', 'boolean'],
        ['embedded', 'embedded.ip', '10.0.0.1 10.0.0.2', 'hosts'],
        ['embedded', 'embedded.ip', '10.0.0.1,', 'hosts'],
        ['embedded', 'embedded.ip', 'h:0', 'hosts'],
        ['embedded', 'embedded.ip', 'h:22:23', 'hosts'],
        ['embedded', 'embedded.ip', 'a b@h', 'hosts'],
        ['embedded', 'ssh.jump', 'a, b', 'host'],
        ['embedded', 'ssh.port', 'ssh', 'integer'],
        ['in-memory', 'in-memory.ip-address-of-the-agent', 'h:22', 'addresses'],
        ['docker', 'docker.endpoint', 'localhost:4243', 'url'],
        ['docker', 'docker.endpoint', 'ftp://localhost', 'url'],
        ['iaas-occi', 'occi.rendering', 'xml', 'choice'],
        ['iaas-ec2', 'ec2.use-block-storage', 'a,,b', 'words'],
    ])('of %s: %s = %s is not what is expected', (handler, key, value, shape) => {
        const invalid = findingsIn(`${key} = ${value}\n${HEAD}handler = ${handler}\n`).filter(
            ({ code }) => code === 'X_TARGET_INVALID_VALUE',
        );
        expect(invalid).toMatchObject([
            { range: { line: 1, column: key.length + 4 }, details: { NAME: key, UNEXPECTED: value, SHAPE: shape } },
        ]);
    });

    test.each([
        ['the secret of a handler', 'docker', 'docker.password'],
        ['the password of a host', 'embedded', 'ssh.password'],
        ['a variable that sounds like one', 'docker', 'docker.option.env.DB_PASSWORD'],
        ['a key of another handler', 'local', 'vmware.vmpassword'],
    ])('%s in clear is never repeated', (_, handler, key) => {
        const findings = findingsIn(`${key} = hunter2\n${HEAD}handler = ${handler}\n`);
        expect(findings.map(({ code }) => code)).toContain('X_TARGET_SECRET_IN_CLEAR');
        expect(JSON.stringify(findings)).not.toContain('hunter2');
    });

    test('secrets that are kept elsewhere are fine', () => {
        const keys = 'docker.password = ${secret:docker.password}\ndocker.option.env.TOKEN = ${env:TOKEN}\n';
        expect(found(`${HEAD}handler = docker\n${keys}`)).toEqual([]);
    });

    test.each(['${env:1}', '${env:A', '${secret:}', '${foo}', '{{ port }}', '{{ ip'])(
        '%s stands for nothing',
        (text) => {
            const line = `scp.user = me-${text}`;
            expect(found(`${HEAD}handler = embedded\n${line}\n`)).toEqual([
                `X_TARGET_INVALID_PLACEHOLDER 4:15-${15 + text.length}`,
            ]);
        },
    );

    test('Maven replaces what looks like its placeholders', () => {
        const text = `${HEAD}handler = embedded\nscp.user = $\{user.name}\n`;
        expect(found(text, '/p/src/main/model/graph/VM/t.properties')).toEqual([]);
    });

    test('what looks like a comment behind a value is a part of it; in texts for people anything may stand', () => {
        const line = 'in-memory.delay = 10 # ms';
        expect(found(`id = a\nname = n # 1\nhandler = in-memory\n${line}\n`)).toEqual([
            'X_TARGET_INLINE_COMMENT 4:22-26',
        ]);
    });
});

test('what is missing is shown at the key, or at the first line', () => {
    expect(found('# a target\nhandler =\nname n\n')).toEqual([
        'REC_TARGET_NO_ID 1:1-11',
        'REC_TARGET_NO_HANDLER 2:1-8',
    ]);
});

test('a malformed escape says that the file cannot be read, and hides nothing else', () => {
    expect(found('id = a\nhandler = dokcer\nname = \\u00zz\n')).toEqual([
        'X_TARGET_UNKNOWN_HANDLER 2:11-17',
        'REC_TARGET_INVALID_FILE_OR_CONTENT 3:8-10',
    ]);
});

test('odd texts have findings inside of them', () => {
    const odd = ['', '\\', 'a\\', '=', ':=', '\uFEFFid = a', 'id\\\n = a', 'handler = \\\n  docker\\\n', '\r\r\n#'];
    for (const text of [...odd, `handler = docker\ndocker.password=\\\n${'${'.repeat(2000)}`]) {
        const lines = text.split(/\r\n|\r|\n/);
        for (const { range } of findingsIn(text)) {
            expect(range?.line).toBeLessThanOrEqual(lines.length);
            expect(range?.endColumn).toBeLessThanOrEqual((lines[(range?.endLine ?? 1) - 1]?.length ?? 0) + 1);
        }
    }
});

test('any properties text of any kind has findings inside of it', () => {
    const words = fc.constantFrom(
        'id',
        'handler',
        '=',
        ' ',
        'docker',
        '\n',
        '\\',
        '${',
        '}',
        '{{',
        'deploy.1.copy',
        '->',
        '\\u00',
        ',',
        '#',
        '\r',
    );
    const kinds = ['target', 'descriptor', 'instructions', 'recipe', 'measureValues'] as const;
    fc.assert(
        fc.property(fc.string({ unit: words, maxLength: 30 }), fc.constantFrom(...kinds), (text, kind) => {
            const file = '/w/some.properties';
            const { findings } = language.checkFile(memoryFiles({ [file]: text }), file, { kind });
            const lines = text.split(/\r\n|\r|\n/);
            for (const { range, message } of findings) {
                expect(message).toMatch(/[.?]$/);
                expect(range?.endLine ?? 1).toBeLessThanOrEqual(lines.length);
                expect(range?.endColumn ?? 1).toBeLessThanOrEqual((lines[(range?.endLine ?? 1) - 1]?.length ?? 0) + 1);
            }
        }),
        { numRuns: 300 },
    );
});
