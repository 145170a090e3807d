/** Where secrets come from, what is said when one is missing, and how they are kept out of texts. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSecrets, expandedProperties, secretNamesIn } from '../../../runner/targets/secrets.ts';
import type { TargetDefinition } from '../../../runner/targets/target.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'roboconf-secrets-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function keyFile(text: string, mode = 0o600): string {
    const file = join(folder, 'keys');
    writeFileSync(file, text);
    chmodSync(file, mode);
    return file;
}

function definitionOf(properties: Readonly<Record<string, string>>): TargetDefinition {
    return { id: 'pool', handler: 'embedded', name: 'Pool', properties, directory: '/' };
}

test('what was given counts before the environment, that before the file', () => {
    const file = keyFile('a = file a\nb = file b\nc = file c\n');
    const secrets = createSecrets({ ROBOCONF_SECRETS: file, ROBOCONF_SECRET_a: 'env a', ROBOCONF_SECRET_b: 'env b' });
    secrets.give({ a: 'given a' });
    expect(['a', 'b', 'c', 'd'].map(secrets.secretOf)).toEqual(['given a', 'env b', 'file c', undefined]);
});

test('a name that no variable can have is looked for as one', () => {
    const secrets = createSecrets({ ROBOCONF_SECRET_DB_PASS_WORD: 'x' });
    expect(secrets.secretOf('db.pass-word')).toBe('x');
});

test.each([0o640, 0o604, 0o660])('a file others may read (%o) is not used', (mode) => {
    const file = keyFile('a = b\n', mode);
    const secrets = createSecrets({ ROBOCONF_SECRETS: file });
    expect(secrets.secretOf('a')).toBeUndefined();
    expect(secrets.keyFileFault()).toBe(`others may read the file of secrets ${file}: chmod 600 ${file}`);
});

test('a file that is not there is told; none at all is no fault', () => {
    const file = join(folder, 'none');
    expect(createSecrets({ ROBOCONF_SECRETS: file }).keyFileFault()).toContain(file);
    expect(createSecrets({}).keyFileFault()).toBeNull();
});

describe('values of a target', () => {
    const environment = { HOSTS: '10.0.0.1, 10.0.0.2', ROBOCONF_SECRET_PASS: 'pa$$word ${x}' };

    test('have what their placeholders stand for, once', () => {
        const { secretOf } = createSecrets(environment);
        const definition = definitionOf({
            'embedded.ip': '${env:HOSTS}',
            'ssh.password': '${secret:PASS}',
            both: '<${secret:PASS}|${env:HOSTS}>',
            later: '{{ ip }}',
            malformed: '${other:x}',
        });
        expect(expandedProperties(definition, secretOf, environment)).toEqual({
            kind: 'expanded',
            properties: {
                'embedded.ip': '10.0.0.1, 10.0.0.2',
                'ssh.password': 'pa$$word ${x}',
                both: '<pa$$word ${x}|10.0.0.1, 10.0.0.2>',
                later: '{{ ip }}',
                malformed: '${other:x}',
            },
        });
        expect(secretNamesIn(definition)).toEqual(['PASS']);
    });

    test('name what is missing and where to put it, without any value', () => {
        const { secretOf } = createSecrets(environment);
        const properties = { a: '${secret:PASS}', b: '${secret:db.word}', c: '${env:NOWHERE}', d: '${secret:db.word}' };
        expect(expandedProperties(definitionOf(properties), secretOf, environment)).toEqual({
            kind: 'failed',
            reason: "the target 'pool' needs the secret db.word (set ROBOCONF_SECRET_DB_WORD, or put it into the file that ROBOCONF_SECRETS names), and the variable NOWHERE of the environment",
        });
    });
});

test('texts lose the values that were asked for, the longest first', () => {
    const secrets = createSecrets({});
    secrets.give({ short: 'abc', word: 'secret word', longer: 'secret word and more', unasked: 'never asked for' });
    ['short', 'word', 'longer'].forEach(secrets.secretOf);
    expect(secrets.redact('x secret word and more, secret word! abc never asked for')).toBe(
        'x [secret], [secret]! abc never asked for',
    );
});
