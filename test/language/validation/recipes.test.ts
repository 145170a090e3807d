/** Recipes as they lie in directories: scripts, templates, instructions, and projects that are recipes. */
import { describe, expect, test } from 'vitest';
import { createLanguage, type Finding } from '../../../language/index.ts';
import { firstClassIn } from '../../../language/validation/puppet-parameters.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const language = createLanguage();

const DESCRIPTOR = 'name = app\nversion = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\n';

/** Findings of an application with the component `P`, of the given installer, and these files in its recipe directory. */
function findingsOf(installer: string, recipe: Readonly<Record<string, string>>): readonly Finding[] {
    const files = {
        '/w/descriptor/application.properties': DESCRIPTOR,
        '/w/graph/main.graph': `VM {\n\tinstaller: target;\n\tchildren: P, Q;\n}\nP {\n\tinstaller: ${installer};\n}\nQ {\n\textends: P;\n}\n`,
        '/w/graph/VM/t.properties': 'id = a\nhandler = local\nname = n\n',
    };
    const placed = Object.entries(recipe).map(([path, text]) => [`/w/graph/P${path}`, text] as const);
    return language.loadApplication(memoryFiles({ ...files, ...Object.fromEntries(placed) }), '/w').findings;
}

/** `CODE place line:column`, where the place is relative to the recipe directory. */
function found(installer: string, recipe: Readonly<Record<string, string>>): readonly string[] {
    return findingsOf(installer, recipe).map(
        ({ code, range }) => `${code} ${range?.file.replace('graph/P/', '')} ${range?.line}:${range?.column}`,
    );
}

describe('scripts', () => {
    test.each([
        [{ '/scripts/start.sh': 'a', '/scripts/stop.py': 'b' }, []],
        [{ '/scripts/start.sh': 'a', '/scripts/start.py': 'b' }, ['X_RECIPE_UNUSED_SCRIPT scripts/start.py 1:1']],
        [{ '/scripts/start.rb': 'a', '/scripts/start.py': 'b' }, ['X_RECIPE_AMBIGUOUS_SCRIPT graph/main.graph 6:13']],
        [{ '/scripts/start.sh': '. ./lib.sh', '/scripts/lib.sh': 'b' }, []],
        [{ '/scripts/start.sh': '', '/scripts/lib.sh': 'b' }, []],
        [{ '/scripts/lib.sh': 'b' }, []],
        [{ '/roboconf-templates/start.template': '{{#importLists}}{{prefix}}{{/importLists}}' }, []],
    ])('%o', (recipe, expected) => {
        expect(found('script', recipe)).toEqual(expected);
    });
});

describe('templates', () => {
    const of = (text: string): readonly string[] =>
        findingsOf('script', { '/roboconf-templates/default.template': text }).map(
            ({ code, range, details }) =>
                `${code}${details['SHAPE'] === undefined ? '' : `/${details['SHAPE']}`} ${range?.line}:${range?.column}-${range?.endColumn}`,
        );

    test.each([
        [
            '{{#importLists}}\n{{#imports}}{{#exportedVars}}{{name}}={{{ value }}} {{& value}}{{/exportedVars}}',
            ['X_TEMPLATE_INVALID/unclosedSection 1:4-15', 'X_TEMPLATE_INVALID/unclosedSection 2:4-11'],
        ],
        ['{{! any thing }}{{> other }}{{.}}', []],
        ['{{/imports}}', ['X_TEMPLATE_INVALID/unopenedSection 1:4-11']],
        ['a\r\n{{ nam', ['X_TEMPLATE_INVALID/unclosedTag 2:1-3']],
        ['{{nam}} {{imports.nam}}', ['X_TEMPLATE_UNKNOWN_NAME 1:3-6', 'X_TEMPLATE_UNKNOWN_NAME 1:11-22']],
        ['{{=<% %>=}} <% any %>', []],
        ['', []],
    ])('%j', (text, expected) => {
        expect(of(text)).toEqual(expected);
    });
});

describe('instructions of the installer file', () => {
    const of = (text: string): readonly string[] =>
        found('file', { '/instructions.properties': text }).map((each) => each.replace('instructions.properties ', ''));

    test.each([
        ['Deploy.1.Download = https://example.org/a\ndeploy.2.move = a -> b\nundeploy.1.delete = b', []],
        ['deploy.copy = a -> b', ['X_INSTRUCTION_INVALID_KEY 1:1']],
        ['deploy.one.copy = a -> b', ['X_INSTRUCTION_INVALID_KEY 1:1']],
        ['begin.1.copy = a -> b', ['X_INSTRUCTION_INVALID_KEY 1:1']],
        ['start.1.cpoy = a -> b', ['X_INSTRUCTION_UNKNOWN_ACTION 1:1']],
        ['start.1.copy = a', ['X_INSTRUCTION_INVALID_VALUE 1:16']],
        ['start.1.copy = a ->', ['X_INSTRUCTION_INVALID_VALUE 1:16']],
        ['start.1.delete =', ['X_INSTRUCTION_INVALID_VALUE 1:1']],
        ['start.1.download = a b', ['X_INSTRUCTION_INVALID_VALUE 1:20']],
        ['start.2.delete = a\nstart.12.delete = b\nstop.2.delete = a', ['X_INSTRUCTION_SAME_POSITION 2:1']],
        ['start.2.delete = \\u00', ['X_MALFORMED_ESCAPE 1:18']],
    ])('%j', (text, expected) => {
        expect(of(text)).toEqual(expected);
    });

    test('are checked as well when the file is opened by itself', () => {
        const file = '/w/graph/P/instructions.properties';
        const { findings } = language.checkFile(memoryFiles({ [file]: 'a = b\n' }), file);
        expect(findings.map(({ code }) => code)).toEqual(['X_INSTRUCTION_INVALID_KEY']);
    });

    test('are missed in a recipe with other files alone', () => {
        expect(found('file', { '/readme.txt': '' })).toEqual(['X_INSTRUCTION_NO_FILE graph/main.graph 6:13']);
    });
});

describe('parameters of Puppet classes', () => {
    const parametersOf = (manifest: string): readonly string[] | null => {
        const found = firstClassIn(manifest, 'm.pp');
        return found === null ? null : [...found.parameters];
    };

    test.each([
        ['class a($b, $c = undef) {\n}', ['$b', '$c']],
        [
            'class a::b inherits c (\n  String $d = f(1, 2),\n  Hash[String, Any] $e = { x => 1, y => 2 },\n) {',
            ['$d', '$e'],
        ],
        ['# class x($y)\nclass a($b = "),", # $z\n $c) {', ['$b', '$c']],
        ['CLASS a($B)', ['$B']],
        ['class a($b', null],
        ['class a() {\n}\nclass b($c) {\n}', ['$c']],
        ['class a {\n  notify($b)\n}', []],
        ['class a {\n}', null],
        ['class a() {\n}', null],
        ['', null],
    ])('%j', (manifest, expected) => {
        expect(parametersOf(manifest)).toEqual(expected);
    });

    test('are looked for in a time that does not depend on how odd the text is', () => {
        const begun = performance.now();
        for (const part of ['/*', "'", 'class ', '("', '\\"', '{(', '#'])
            parametersOf(`${part.repeat(20_000)}class a(b)`);
        expect(performance.now() - begun).toBeLessThan(2_000);
    });

    test('are looked for where the class begins', () => {
        expect(firstClassIn('\n class a::b ($c) {', 'm.pp')?.range).toEqual({
            file: 'm.pp',
            line: 2,
            column: 2,
            endLine: 2,
            endColumn: 12,
        });
    });
});

test('a file where a recipe directory should be is one fault, not two', () => {
    expect(found('script', { '': 'not a directory' })).toEqual([
        'X_RECIPE_NOT_A_DIRECTORY graph/main.graph 5:1',
        'X_RECIPE_NOT_A_DIRECTORY graph/main.graph 8:1',
    ]);
});

describe('Maven', () => {
    const plugin = (settings: string): string =>
        `<build><plugins><plugin><artifactId>roboconf-maven-plugin</artifactId><configuration>${settings}</configuration></plugin></plugins></build>`;
    const load = (pom: string, more: Readonly<Record<string, string>> = {}): readonly string[] => {
        const own = { 'graph/main.graph': 'facet F {\n}\nP {\n\tinstaller: logger;\n}\n', 'graph/P/a': '', ...more };
        const placed = Object.entries(own).map(([path, text]) => [`/p/src/main/model/${path}`, text] as const);
        const files = memoryFiles({ '/p/pom.xml': pom, ...Object.fromEntries(placed) });
        const recipe = language.isRecipeProject(files, '/p/src/main/model');
        return language
            .loadApplication(files, '/p/src/main/model', { recipe, flexible: recipe })
            .findings.map(
                ({ code, range }) => `${code} ${range?.file}:${range?.line}:${range?.column}-${range?.endColumn}`,
            );
    };

    test('a recipe says so in its settings, and then needs no machines', () => {
        const pom = `<?xml version="1.0"?>\n<!-- <artifactId>No</artifactId> -->\n<project>\n\t<parent><groupId>org.me</groupId></parent>\n\t<artifactId>\n\t\tMy-Recipe </artifactId>${plugin('<recipe>true</recipe><official>true</official>')}\n</project>\n`;
        expect(load(pom, { 'descriptor/application.properties': DESCRIPTOR })).toEqual([
            'REC_MISSING_README ../../../pom.xml:1:1-1',
            'REC_OFFICIAL_GROUP_ID ../../../pom.xml:4:19-25',
            'REC_ARTIFACT_ID_IN_LOWER_CASE ../../../pom.xml:6:3-12',
        ]);
    });

    test('imports that come from dependencies are not there yet', () => {
        const dependency = '<dependency><groupId>org.me</groupId><artifactId>parts</artifactId></dependency>';
        const graph = 'import org.me/parts/a.graph;\nimport org.me/other/a.graph;\nP {\n\tinstaller: logger;\n}\n';
        const found = load(`<project><artifactId>a</artifactId><dependencies>${dependency}</dependencies></project>`, {
            'graph/main.graph': graph,
        });
        expect(found.filter((each) => each.includes('main.graph'))).toEqual([
            'X_IMPORT_FROM_DEPENDENCY graph/main.graph:1:8-28',
            'CO_UNREACHABLE_FILE graph/main.graph:2:8-28',
        ]);
    });

    test.each([
        '',
        '<',
        '<project',
        '<project>',
        '</project>',
        '<project><a></b></project>',
        '<!-- <project>',
        '<project/>',
    ])('a pom.xml that is %j is read as far as it goes', (pom) => {
        expect(load(pom).filter((each) => !each.startsWith('REC_MISSING_README'))).toEqual([]);
    });
});

describe('a recipe project', () => {
    const is = (...files: readonly string[]): boolean =>
        language.isRecipeProject(memoryFiles(Object.fromEntries(files.map((file) => [`/w/${file}`, '']))), '/w');

    test.each([
        [['graph/main.graph'], true],
        [['graph/main.graph', 'instances/.hidden'], true],
        [['graph/main.graph', 'instances/below/a.txt'], false],
        [['graph/main.graph', 'descriptor/icon.png'], true],
        [['graph/main.graph', 'descriptor/application.properties'], false],
    ])('%o: %s', (files, expected) => {
        expect(is(...files)).toBe(expected);
    });
});
