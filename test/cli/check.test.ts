/** What `check` says of directories and of single files of every kind. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readArguments } from '../../cli/arguments.ts';
import { check } from '../../cli/check.ts';
import { optionsOf } from '../../cli/verb.ts';
import { recordedOutput } from './recorded-output.ts';

let directory: string;
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'roboconf check '));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

type Files = Readonly<Record<string, string>>;

const DESCRIPTOR = 'name = a\nversion = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\n';
const GRAPH = 'Vm {\n\tinstaller: target;\n}\n';
const TARGET = 'id = vm\nname = vm\nhandler = local\n';
const APPLICATION: Files = {
    'descriptor/application.properties': DESCRIPTOR,
    'graph/main.graph': GRAPH,
    'graph/Vm/target.properties': TARGET,
};

function write(files: Files): void {
    for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(directory, name)), { recursive: true });
        writeFileSync(join(directory, name), text);
    }
}

async function run(
    word: string,
    ...options: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
    const args = readArguments([join(directory, word), ...options], optionsOf(check));
    if (args.kind === 'fault') throw new Error(args.message);
    const recorded = recordedOutput();
    const code = await check.run(args.value, recorded.output, new AbortController().signal);
    return { code, out: recorded.out().replaceAll(directory, ''), err: recorded.err().replaceAll(directory, '') };
}

/** `file:line:column CODE` of each finding. */
async function found(word: string, ...options: readonly string[]): Promise<readonly string[]> {
    const { out } = await run(word, '--format', 'json', ...options);
    return out
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => {
            const { file, line: at, column, code } = JSON.parse(line) as Readonly<Record<string, string>>;
            return `${file ?? '-'}:${at ?? '-'}:${column ?? '-'} ${code ?? ''}`;
        });
}

const FAULTY: Files = {
    'commands/a.commands': 'stop all instances of Nope\n',
    'rules.autonomic/r.drl': 'rule "r"\nwhen lost then nope end\n',
    'probes/Vm.measures': '[EVENT fil lost]\n/tmp/x\n',
    'probes/Vm.measures.properties': 'unused = 1\n',
    'graph/Vm/target.properties': 'id = vm\nname = vm\nhandler = dokcer\n',
    'graph/Vm/recipe.properties': 'start.timeout = soon\n',
    'graph/Vm/instructions.properties': 'start.1.cpy = a\n',
    'descriptor/application.properties': `${DESCRIPTOR}nmae = b\n`,
};

test.for([
    ['commands/a.commands', ['commands/a.commands:1:23 CMD_INEXISTING_COMPONENT']],
    ['rules.autonomic/r.drl', ['rules.autonomic/r.drl:2:16 RULE_UNKNOWN_COMMAND']],
    ['probes/Vm.measures', ['probes/Vm.measures:1:8 X_MEASURES_UNKNOWN_HANDLER']],
    ['probes/Vm.measures.properties', ['probes/Vm.measures.properties:1:1 X_MEASURES_UNUSED_VALUE']],
    ['graph/Vm/target.properties', ['graph/Vm/target.properties:3:11 X_TARGET_UNKNOWN_HANDLER']],
    ['graph/Vm/recipe.properties', ['graph/Vm/recipe.properties:1:17 X_RECIPE_INVALID_VALUE']],
    ['graph/Vm/instructions.properties', ['graph/Vm/instructions.properties:1:1 X_INSTRUCTION_UNKNOWN_ACTION']],
    ['descriptor/application.properties', ['descriptor/application.properties:5:1 X_DESCRIPTOR_UNKNOWN_KEY']],
] as const)('of %s only what is wrong in it is said, with the application around it', async ([file, expected]) => {
    write({ ...APPLICATION, ...FAULTY });
    expect(await found(file)).toEqual(expected);
});

test('a model file is checked with the application it belongs to', async () => {
    write({ ...APPLICATION, ...FAULTY });
    expect(await found('graph/main.graph')).toEqual(await found(''));
});

test('of a directory inside an application, what is wrong below it is said', async () => {
    write({ ...APPLICATION, ...FAULTY, 'commands/more/b.commands': 'frobnicate /vm\n' });
    expect(await found('commands')).toEqual([
        'commands/a.commands:1:23 CMD_INEXISTING_COMPONENT',
        ...(await found('commands/more')),
    ]);
    expect(await found('commands/more')).toContain('commands/more/b.commands:1:1 CMD_UNRECOGNIZED_INSTRUCTION');
    write({ 'instances/.keep': '' });
    expect(await found('instances')).toEqual([]);
});

test('a file whose name says nothing is checked as what the user says it is', async () => {
    write({ 'draft.txt': 'frobnicate\n' });
    const { code, out, err } = await run('draft.txt');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('say what it is with --kind');
    expect(await found('draft.txt', '--kind', 'commands')).toContain('draft.txt:1:1 CMD_UNRECOGNIZED_INSTRUCTION');
    expect(await found('draft.txt', '--kind', 'graph')).toContain('draft.txt:1:1 P_O_C_BRACKET_MISSING');
});

test('a graph without descriptor and instances is a reusable recipe, which is said', async () => {
    write({ 'graph/main.graph': 'Tool {\n\tinstaller: script;\n}\n', 'graph/Tool/scripts/start.sh': '' });
    expect(await run('')).toEqual({ code: 0, out: '', err: "'' is checked as a reusable recipe.\n" });
    expect(await run('', '--recipe')).toEqual({ code: 0, out: '', err: '' });
    write({ 'probes/Tol.measures': '[EVENT file lost]\n/tmp/x\n' });
    expect(await found('probes/Tol.measures')).toContain('probes/Tol.measures:1:1 X_MEASURES_UNKNOWN_COMPONENT');
});

test('with instances and without descriptor it is an application that lacks one', async () => {
    write({ 'graph/main.graph': GRAPH, 'graph/Vm/target.properties': TARGET, 'instances/a.instances': '' });
    expect(await found('')).toContain('-:-:- PROJ_NO_DESC_DIR');
});

test('a directory without anything is no recipe', async () => {
    expect(await found('')).toEqual(['-:-:- PROJ_NO_DESC_DIR', '-:-:- PROJ_NO_GRAPH_DIR']);
});

const TARGETS_POM = '<project><packaging>roboconf-target</packaging></project>';

test('the target files of a Maven project of targets are checked', async () => {
    write({
        'pom.xml': TARGETS_POM,
        'src/main/resources/a.properties': TARGET,
        'src/main/resources/b.properties': TARGET,
    });
    const [a, b] = ['a.properties:1:6 REC_TARGET_CONFLICTING_ID', 'b.properties:1:6 REC_TARGET_CONFLICTING_ID'];
    expect(await found('')).toEqual([a, b]);
    expect(await found('pom.xml')).toEqual([a, b]);
    expect(await found('src/main/resources/b.properties')).toEqual([b]);
    expect((await run('')).out).toContain('/src/main/resources/a.properties:1:6: error');
});

test.for([{}, { 'src/main/resources/sub/a.properties': TARGET }])(
    'a Maven project of targets without target files lacks them',
    async (files: Files) => {
        write({ 'pom.xml': TARGETS_POM, ...files });
        expect(await found('')).toEqual(['-:-:- REC_TARGET_NO_PROPERTIES']);
    },
);

test.for([{}, { 'pom.xml': '<project><packaging>roboconf-app</packaging></project>' }])(
    'of a Maven project of an application the model is checked',
    async (files: Files) => {
        write(files);
        write(Object.fromEntries(Object.entries(APPLICATION).map(([name, text]) => [`src/main/model/${name}`, text])));
        expect(await run('')).toEqual({ code: 0, out: '', err: '' });
        write({ 'src/main/model/commands/a.commands': 'frobnicate /vm\n' });
        expect(await found('')).toContain('commands/a.commands:1:1 CMD_UNRECOGNIZED_INSTRUCTION');
        expect((await run('')).out).toContain('/src/main/model/commands/a.commands:1:1: error');
    },
);
