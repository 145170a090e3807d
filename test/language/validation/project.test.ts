import { expect, test } from 'vitest';
import { createLanguage } from '../../../language/index.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const DESCRIPTOR = 'name = app\nversion = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\n';
const GRAPH = 'VM {\n\tinstaller: target;\n\texports: ip;\n}\n';
const SOUND = {
    'descriptor/application.properties': DESCRIPTOR,
    'graph/main.graph': GRAPH,
    'graph/VM/t.properties': 'id=a\nhandler=local\nname=n\n',
};

/** `CODE file:line:column-endColumn` of every finding; `CODE -` without a place. */
function found(files: Readonly<Record<string, string>>, directory = '/w'): readonly string[] {
    const texts = Object.fromEntries(Object.entries(files).map(([path, text]) => [`${directory}/${path}`, text]));
    const { findings } = createLanguage().loadApplication(memoryFiles(texts), directory);
    return findings.map(({ code, range }) =>
        range === null ? `${code} -` : `${code} ${range.file}:${range.line}:${range.column}-${range.endColumn}`,
    );
}

function descriptor(text: string, directory?: string): readonly string[] {
    return found({ ...SOUND, 'descriptor/application.properties': text }, directory);
}

const AT = 'descriptor/application.properties';

test('a sound application has no finding', () => {
    expect(found(SOUND)).toEqual([]);
});

test('absent keys are shown on the first line', () => {
    expect(descriptor('tags = a\n')).toEqual([
        `RM_MISSING_APPLICATION_DSL_ID ${AT}:1:1-9`,
        `RM_MISSING_APPLICATION_GEP ${AT}:1:1-9`,
        `RM_MISSING_APPLICATION_NAME ${AT}:1:1-9`,
        `RM_MISSING_APPLICATION_VERSION ${AT}:1:1-9`,
        'PROJ_UNREACHABLE_FILE graph/main.graph:1:1-1',
    ]);
});

test('wrong values are shown at the value, whatever the separator', () => {
    const text = DESCRIPTOR.replace('name = app', 'name  9app').replace('version = 1.0', 'version:v1');
    expect(descriptor(text)).toEqual([
        `RM_INVALID_APPLICATION_NAME ${AT}:1:7-11`,
        `RM_INVALID_APPLICATION_VERSION ${AT}:2:9-11`,
    ]);
});

test('raw accents and placeholders of Maven sources are accepted, placeholders elsewhere are not', () => {
    expect(descriptor(DESCRIPTOR.replace('app', 'café'))).toEqual([]);
    const filtered = DESCRIPTOR.replace('app', '${project.artifactId}').replace('1.0', '${project.version}');
    expect(descriptor(filtered, '/p/src/main/model')).toEqual([]);
    expect(descriptor(filtered)).toHaveLength(2);
});

test('external exports are checked item by item', () => {
    const text = `${DESCRIPTOR}exports = VM.ip as ip, VM.ip, VM.pi as other, VM.x as ip\n`;
    expect(descriptor(text)).toEqual([
        `RM_MISSING_APPLICATION_EXPORT_PREFIX ${AT}:5:1-8`,
        `PROJ_INVALID_EXTERNAL_EXPORTS ${AT}:5:24-29`,
        `RM_INVALID_EXTERNAL_EXPORT ${AT}:5:31-36`,
        `RM_INVALID_EXTERNAL_EXPORT ${AT}:5:47-51`,
        `RM_ALREADY_DEFINED_EXTERNAL_EXPORT ${AT}:5:55-57`,
    ]);
    expect(descriptor(`${DESCRIPTOR}exports = VM.ip as ip\nexports-prefix = 1\n`)).toEqual([
        `RM_INVALID_VARIABLE_NAME ${AT}:5:20-22`,
        `RM_INVALID_APPLICATION_EXPORT_PREFIX ${AT}:6:18-19`,
    ]);
});

test.for([
    ['exports = VM.ip as ip,', []],
    ['exports = VM.ip as ip, ,', []],
    ['exports = ,', []],
    [
        'exports = VM.ip as ip,,VM.ip as ip',
        [`X_DESCRIPTOR_EXPORTED_TWICE ${AT}:6:11-22`, `PROJ_INVALID_EXTERNAL_EXPORTS ${AT}:6:23-23`],
    ],
    ['exports = ,VM.ip AS ip', [`PROJ_INVALID_EXTERNAL_EXPORTS ${AT}:6:11-11`]],
] as const)('%s: only commas at the end add no export', ([line, expected]) => {
    expect(descriptor(`${DESCRIPTOR}exports-prefix = p\n${line}\n`)).toEqual(expected);
});

test.for([
    [`${DESCRIPTOR}tags = \\u00g1\ntags = x\n`, []],
    [DESCRIPTOR.replace('version', '\\u00gz = 1\nversion'), ['GEP', 'DSL_ID', 'VERSION']],
    [`tags = \\u00g1\n${DESCRIPTOR}`, ['GEP', 'DSL_ID', 'NAME', 'VERSION']],
] as const)('%s: the descriptor ends at a malformed escape', ([text, missing]) => {
    const codes = descriptor(text)
        .map((finding) => finding.split(' ')[0])
        .filter((code) => code !== 'PROJ_UNREACHABLE_FILE');
    const expected = ['X_MALFORMED_ESCAPE', ...missing.map((key) => `RM_MISSING_APPLICATION_${key}`)];
    expect(new Set(codes)).toEqual(new Set(expected));
});

test('missing directories, files and entry points', () => {
    expect(found({ 'other.txt': '' })).toEqual(['PROJ_NO_DESC_DIR -', 'PROJ_NO_GRAPH_DIR -']);
    expect(found({ ...SOUND, [AT]: '' })).toHaveLength(5);
    expect(found({ 'descriptor/logo.png': '', 'graph/main.graph': GRAPH })).toContain('PROJ_NO_DESC_FILE -');
    const text = DESCRIPTOR.replace('main.graph', 'mian.graph');
    expect(descriptor(text)).toEqual([
        `PROJ_MISSING_GRAPH_EP ${AT}:4:21-31`,
        'PROJ_UNREACHABLE_FILE graph/main.graph:1:1-1',
    ]);
    expect(found({ ...SOUND, [AT]: `${text}instance-entry-point = i`, 'instances/x.txt': '' })).toEqual([
        `CO_GRAPH_COULD_NOT_BE_BUILT ${AT}:4:21-31`,
        `PROJ_MISSING_GRAPH_EP ${AT}:4:21-31`,
        `PROJ_MISSING_INSTANCE_EP ${AT}:5:24-25`,
        'PROJ_UNREACHABLE_FILE graph/main.graph:1:1-1',
    ]);
});

test('stray files', () => {
    const stray = {
        'x/a.GRAPH': '',
        'graph/b.graph': '',
        'commands/c.txt': '',
        'rules.autonomic/r.DRL': '',
        '.hidden/h.graph': '',
    };
    expect(found({ ...SOUND, ...stray })).toEqual([
        'PROJ_INVALID_COMMAND_EXT commands/c.txt:1:1-1',
        'PROJ_UNREACHABLE_FILE graph/b.graph:1:1-1',
        'PROJ_INVALID_RULE_EXT rules.autonomic/r.DRL:1:1-1',
        'PROJ_INVALID_FILE_LOCATION x/a.GRAPH:1:1-1',
    ]);
});

test('recipes: their directory, scripts and target files', () => {
    const graph =
        'VM {\n\tinstaller: target;\n\tchildren: S, T, N;\n}\nS {\n\tinstaller: script;\n}\nT {\n\textends: S;\n}\nN {\n\tinstaller: logger;\n}\n';
    const files = {
        ...SOUND,
        'graph/main.graph': graph,
        'graph/VM/t.properties': 'id = a\n',
        'graph/VM/u.properties': 'id = a\nhandler = h\nname = n\n',
        'graph/S/start.sh': '',
        'graph/T/roboconf-templates/default.template': '',
    };
    expect(found(files)).toEqual([
        'REC_TARGET_NO_HANDLER graph/VM/t.properties:1:1-7',
        'REC_TARGET_NO_NAME graph/VM/t.properties:1:1-7',
        'REC_TARGET_CONFLICTING_ID graph/VM/t.properties:1:6-7',
        'REC_TARGET_CONFLICTING_ID graph/VM/u.properties:1:6-7',
        'X_TARGET_UNKNOWN_HANDLER graph/VM/u.properties:2:11-12',
        'REC_TARGET_CONFLICTING_ID graph/main.graph:2:13-19',
        'REC_TARGET_NO_HANDLER graph/main.graph:2:13-19',
        'REC_TARGET_NO_NAME graph/main.graph:2:13-19',
        'X_TARGET_NO_DEFAULT graph/main.graph:2:13-19',
        'REC_SCRIPT_NO_SCRIPTS_DIR graph/main.graph:6:13-19',
        'PROJ_NO_RESOURCE_DIRECTORY graph/main.graph:11:1-2',
    ]);
});

test('puppet recipes', () => {
    const graph =
        'VM {\n\tinstaller: target;\n\tchildren: P;\n\texports: ip;\n}\nP {\n\tinstaller: puppet;\n\timports: VM.*;\n}\n';
    const manifest = 'class m($runningState = undef) {\n}\n';
    expect(found({ ...SOUND, 'graph/main.graph': graph, 'graph/P/roboconf_m/manifests/init.pp': manifest })).toEqual([
        'REC_PUPPET_MISSING_PARAM_FROM_IMPORT graph/main.graph:6:1-2',
        'REC_PUPPET_MISSING_PARAM_IMPORT_DIFF graph/main.graph:6:1-2',
        'REC_PUPPET_DISLIKES_WILDCARD_IMPORTS graph/main.graph:8:11-15',
    ]);
    expect(found({ ...SOUND, 'graph/main.graph': graph, 'graph/P/other/x': '' })).toContain(
        'REC_PUPPET_HAS_NO_RBCF_MODULE graph/main.graph:6:1-2',
    );
});
