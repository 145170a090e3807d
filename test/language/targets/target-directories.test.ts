/** Target files together: of one component, of an application, of a Maven project of targets. */
import { describe, expect, test } from 'vitest';
import { createLanguage, type Application } from '../../../language/index.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const language = createLanguage();

const MODEL = {
    'descriptor/application.properties':
        'name = app\nversion = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\ninstance-entry-point = m.instances\n',
    'graph/main.graph':
        'VM {\n\tinstaller: target;\n\tchildren: In, P;\n}\nIn {\n\textends: Box;\n}\nBox {\n\tinstaller: target;\n}\nP {\n\tinstaller: puppet;\n}\n',
    'graph/VM/target.properties': 'id = vm\nhandler = local\nname = VM\n',
    'graph/Box/box.properties': 'id = box\nhandler = local\nname = Box\n',
    'graph/P/roboconf_p/manifests/init.pp': '',
    'graph/P/modules.properties': 'apt = 1\n',
    'instances/m.instances': 'instance of VM {\n\tname: vm;\n}\n',
};

function placed(files: Readonly<Record<string, string>>): ReturnType<typeof memoryFiles> {
    return memoryFiles(Object.fromEntries(Object.entries(files).map(([path, text]) => [`/w/${path}`, text])));
}

function load(more: Readonly<Record<string, string>> = {}): Application {
    return language.loadApplication(placed({ ...MODEL, ...more }), '/w');
}

function found({ findings }: Pick<Application, 'findings'>): readonly string[] {
    return findings.map(({ code, range }) =>
        range === null ? `${code} -` : `${code} ${range.file}:${range.line}:${range.column}`,
    );
}

test('target files of machines are parts of the application, with their ids as names; other properties files are not', () => {
    const application = load({ 'targets/spare.properties': 'id = spare\nhandler = local\nname = Spare\n' });
    expect(found(application)).toEqual([]);
    expect(application.files.filter((file) => file.endsWith('.properties'))).toEqual([
        'descriptor/application.properties',
        'graph/VM/target.properties',
        'graph/Box/box.properties',
        'targets/spare.properties',
    ]);
    const ids = application.declarations.filter(({ kind }) => kind === 'target');
    expect(ids.map(({ name, description, range }) => [name, description, range.line, range.column])).toEqual([
        ['vm', 'VM', 1, 6],
        ['box', 'Box', 1, 6],
        ['spare', 'Spare', 1, 6],
    ]);
});

test('a fault of a target is shown at its place, and once at the component', () => {
    const application = load({ 'graph/Box/box.properties': 'id = box\nhandler = local\n' });
    expect(found(application)).toEqual([
        'REC_TARGET_NO_NAME graph/Box/box.properties:1:1',
        'REC_TARGET_NO_NAME graph/main.graph:5:1',
    ]);
    const [inFile, atComponent] = application.findings;
    expect(inFile?.message).toBe("A target should have a name for people: add 'name = …'.");
    expect(atComponent?.message).toMatch(/^graph\/Box\/box.properties: /);
    expect(atComponent?.related[0]?.range.file).toBe('graph/Box/box.properties');
});

describe('several targets of a component', () => {
    const second = 'id = other\nhandler = local\nname = Other\n';

    test('none is the default one unless it is called so', () => {
        expect(found(load({ 'graph/VM/second.properties': second }))).toEqual([]);
        expect(found(load({ 'graph/Box/second.properties': second }))).toEqual([
            'X_TARGET_NO_DEFAULT graph/main.graph:5:1',
        ]);
    });

    test('with one id conflict, at each id and at the component', () => {
        const application = load({ 'graph/VM/second.properties': second.replace('other', 'vm') });
        expect(found(application)).toEqual([
            'REC_TARGET_CONFLICTING_ID graph/VM/second.properties:1:6',
            'REC_TARGET_CONFLICTING_ID graph/VM/target.properties:1:6',
            'REC_TARGET_CONFLICTING_ID graph/main.graph:2:13',
        ]);
        expect(application.findings.map(({ related }) => related.map(({ range }) => range.file))).toEqual([
            ['graph/VM/target.properties'],
            ['graph/VM/second.properties'],
            ['graph/VM/second.properties', 'graph/VM/target.properties'],
        ]);
    });

    test('with one id in several directories are told about each other', () => {
        const application = load({ 'targets/t.properties': second.replace('other', 'vm') });
        expect(found(application)).toEqual([
            'X_TARGET_SHARED_ID graph/VM/target.properties:1:6',
            'X_TARGET_SHARED_ID targets/t.properties:1:6',
        ]);
        expect(application.findings[0]?.severity).toBe('information');
    });

    test('only in sub-directories are none', () => {
        const { 'graph/VM/target.properties': target, ...rest } = MODEL;
        const files = placed({ ...rest, 'graph/VM/below/target.properties': target });
        expect(found(language.loadApplication(files, '/w'))).toEqual([
            'REC_TARGET_NO_PROPERTIES graph/main.graph:2:13',
        ]);
    });
});

describe('machines inside of others', () => {
    const ec2 = 'id = box\nhandler = iaas-ec2\nname = Box\n';

    test('cannot be rented from a cloud', () => {
        const codes = found(load({ 'graph/Box/box.properties': ec2 }));
        expect(codes).toContain('X_TARGET_NOT_NESTED graph/Box/box.properties:2:11');
        expect(codes).toContain('X_TARGET_MISSING_KEYS graph/Box/box.properties:2:11');
        expect(found(load({ 'graph/VM/target.properties': ec2.replace('box', 'vm') })).join()).not.toContain(
            'NOT_NESTED',
        );
    });

    test('may have such a target that is not the default one', () => {
        const more = {
            'graph/Box/box.properties': ec2,
            'graph/Box/target.properties': MODEL['graph/VM/target.properties'],
        };
        expect(found(load(more)).join()).not.toContain('NOT_NESTED');
    });
});

test('what instances give as data needs not stand in the target', () => {
    const keys = 'docker.image = a\n';
    const jclouds = `id = vm\nhandler = jclouds\nname = n\n${keys}`;
    const missing = (instances: string): string | undefined =>
        load({ 'graph/VM/target.properties': jclouds, 'instances/m.instances': instances }).findings.find(
            ({ code }) => code === 'X_TARGET_MISSING_KEYS',
        )?.details['KEYS'];
    expect(missing(MODEL['instances/m.instances'])).toContain('jclouds.identity, jclouds.credential');
    expect(missing('instance of VM {\n\tname: vm;\n\tdata.jclouds.credential: a;\n}\n')).not.toContain('credential');
});

describe('a file that is opened by itself', () => {
    const check = (file: string, text: string): readonly string[] =>
        found(language.checkFile(placed({ ...MODEL, [file]: text }), `/w/${file}`));

    test('is checked when no component is known to use its directory', () => {
        expect(check('graph/Nobody/t.properties', 'id = a\n')).toEqual([
            'REC_TARGET_NO_HANDLER graph/Nobody/t.properties:1:1',
            'REC_TARGET_NO_NAME graph/Nobody/t.properties:1:1',
        ]);
    });

    test('is no target in the recipe of another component', () => {
        expect(check('graph/P/modules.properties', 'apt = 1\n')).toEqual([]);
        expect(check('graph/P/other.properties', 'apt = 1\n')).toEqual([]);
    });
});

describe('a directory of targets', () => {
    const check = (files: Readonly<Record<string, string>>): readonly string[] =>
        found({ findings: language.checkTargets(placed(files), '/w/') });

    test('is checked file by file and for conflicts', () => {
        const text = 'id = a\nhandler = local\nname = n\n';
        expect(check({ 'a.properties': text, 'B.PROPERTIES': text, 'c.properties': '', 'readme.txt': '' })).toEqual([
            'REC_TARGET_CONFLICTING_ID B.PROPERTIES:1:6',
            'REC_TARGET_CONFLICTING_ID a.properties:1:6',
            'REC_TARGET_NO_HANDLER c.properties:1:1',
            'REC_TARGET_NO_ID c.properties:1:1',
            'REC_TARGET_NO_NAME c.properties:1:1',
        ]);
    });

    test('without any is said to be empty', () => {
        expect(check({ 'below/a.properties': 'id = a\n' })).toEqual(['REC_TARGET_NO_PROPERTIES -']);
        expect(check({})).toEqual(['REC_TARGET_NO_PROPERTIES -']);
    });
});
