import { expect, test } from 'vitest';
import { createLanguage, type Finding } from '../../../language/index.ts';
import { checkFindings, parseFixture, type Found } from '../../support/fixture.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const BASE: Readonly<Record<string, string>> = {
    '/app/descriptor/application.properties':
        'name = app\nversion = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\n',
    '/app/graph/main.graph': 'VM {\n\tinstaller: target;\n}\nfacet web {\n}\n',
    '/app/graph/VM/t.properties': 'id = t\nhandler = local\nname = t\n',
};

/** Findings of rules, probes and their values in an application with a component VM. */
function findingsOf(source: string): readonly (Finding & { readonly path: string })[] {
    const texts = Object.fromEntries(parseFixture(source).map(({ path, text }) => [`/app${path}`, text]));
    const { findings } = createLanguage().loadApplication(memoryFiles({ ...BASE, ...texts }), '/app');
    return findings.flatMap((finding) =>
        finding.range === null || !/RULE_|MEASURES_|ESCAPE/.test(finding.code)
            ? []
            : [{ ...finding, path: `/${finding.range.file}` }],
    );
}

function check(source: string): void {
    const findings = findingsOf(source);
    for (const file of parseFixture(source)) {
        const own = findings.flatMap(({ path, code, range }): Found[] =>
            path === file.path && range !== null ? [{ code, range }] : [],
        );
        checkFindings(file, own);
    }
}

test('commands are looked for by their bare names in all of commands/', () =>
    check(`
#- /commands/sub/grow.commands
write a into b
#- /rules.autonomic/deep/r.drl
rule "r" when
	load
then
	grow; Grow; grow.commands
#      ^^^^ RULE_UNKNOWN_COMMAND
#            ^^^^^^^^^^^^^ RULE_UNKNOWN_COMMAND
end
#- /probes/VM.measures
[EVENT file load]
/x
`));

test('events are held against probes, and probes against rules', () =>
    check(`
#- /commands/go.commands
write a into b
#- /rules.autonomic/r.drl
rule "r" when
	laod
#^^^^ X_RULE_UNKNOWN_EVENT
then
	go;
end
#- /probes/VM.measures
[EVENT file load]
#           ^^^^ X_MEASURES_UNUSED_EVENT
/x
`));

test('keys of probes are held against their values', () =>
    check(
        `
#- /rules.autonomic/r.drl
rule "r" when e then go; end
#                    ^^ RULE_UNKNOWN_COMMAND
#- /probes/VM.measures
[EVENT file e]
/{{ dir }}/{{ name }}/{{ nmae }}
#                        ^^^^ X_MEASURES_UNDEFINED_KEY
#- /probes/VM.measures.properties
dir = a
name = b
#<<<< X_MEASURES_DUPLICATE_KEY
other = c
#<<<<< X_MEASURES_UNUSED_VALUE
name = d
`,
    ));

test.each([
    ['probes/VN.measures', "No component is called 'VN': nothing is watched by these probes. Did you mean 'VM'?"],
    [
        'probes/web.measures',
        "'web' is a facet: only components have probes. Name the file after each component to watch.",
    ],
])('%s watches nothing', (file, message) => {
    const [finding] = findingsOf(`#- /${file}\n[EVENT file e]\n/x\n`).filter(({ code }) => /COMPONENT/.test(code));
    expect(finding?.message).toBe(message);
    expect(finding?.range).toMatchObject({ file, line: 1, column: 1, endColumn: 1 });
});

test('facts for quick fixes name what is meant', () => {
    const rule =
        '#- /commands/go.commands\nwrite a into b\n#- /rules.autonomic/r.drl\nrule "r" when e then go.commands; og; x end\n';
    const details = findingsOf(rule).flatMap((finding) =>
        finding.code === 'RULE_UNKNOWN_COMMAND' ? [finding.details] : [],
    );
    expect(details).toEqual([
        { NAME: 'go.commands', SUGGESTION: 'go', SHAPE: 'extension' },
        { NAME: 'og', SUGGESTION: 'go' },
        { NAME: 'x' },
    ]);
});

test('files outside an application are only read', () => {
    const files = memoryFiles({
        '/a/r.drl': 'rule "r" when e then c end',
        '/a/VM.measures': '[EVENT file e]\n/{{ k }}',
        '/a/VM.measures.properties': 'j = 1',
    });
    for (const file of ['/a/r.drl', '/a/VM.measures', '/a/VM.measures.properties'])
        expect(createLanguage().checkFile(files, file).findings).toEqual([]);
});

test('one file of an application is checked against all of it', () => {
    const files = memoryFiles({
        ...BASE,
        '/app/rules.autonomic/r.drl': 'rule "r" when e then c end',
        '/app/probes/VM.measures': '[EVENT file e]\n/{{ k }}\n[EVENT file f]\n/y\n',
        '/app/probes/VM.measures.properties': 'k = 1\nj = 2\n',
    });
    const codes = (file: string): readonly string[] =>
        createLanguage()
            .checkFile(files, file)
            .findings.map(({ code }) => code);
    expect(codes('/app/rules.autonomic/r.drl')).toEqual(['RULE_UNKNOWN_COMMAND']);
    expect(codes('/app/probes/VM.measures')).toEqual(['X_MEASURES_UNUSED_EVENT']);
    expect(codes('/app/probes/VM.measures.properties')).toEqual(['X_MEASURES_UNUSED_VALUE']);
});

test('a rules file that is not there cannot be read', () => {
    const { findings } = createLanguage().checkFile(memoryFiles(BASE), '/app/rules.autonomic/gone.drl');
    expect(findings.map(({ code, range }) => [code, range?.file])).toEqual([
        ['RULE_IO_ERROR', 'rules.autonomic/gone.drl'],
    ]);
});
