/** What a user sees who breaks one thing of a sound application: the language's own code at the broken words, and hardly anything else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { createLanguage, type Application } from '../../language/index.ts';
import { memoryFiles } from '../support/memory-files.ts';

const EXAMPLE = join(import.meta.dirname, '../../examples/hello-cluster');
const texts = new Map(
    readdirSync(EXAMPLE, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [relative(EXAMPLE, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
);
const language = createLanguage();

const FILES = {
    main: 'graph/main.graph',
    machine: 'graph/machine.graph',
    instances: 'instances/model.instances',
    descriptor: 'descriptor/application.properties',
    target: 'graph/Machine/target.properties',
} as const;

/** What is broken; in which file; the text that is replaced, and by what; each finding as `CODE «words it is shown at»`. */
type Row = readonly [subject: string, file: keyof typeof FILES, from: string, to: string, ...found: readonly string[]];

const FRONT = 'instance of Machine {\n\tname: front;';
const WORKER = 'Worker {\n\tinstaller: script;';
const STORE_EXPORTS = 'exports: ip, random[port] port;\n}\n\n# Answers';

const ROWS: readonly Row[] = [
    ['a child', 'machine', 'Store, Worker', 'Stroe, Worker', 'CO_INEXISTING_CHILD «Stroe»'],
    ['a child without likeness', 'machine', 'Store, Worker', 'Zzz, Worker', 'CO_INEXISTING_CHILD «Zzz»'],
    ['the form of a child', 'machine', 'Store, Worker', 'Sto re, Worker', 'PM_INVALID_CHILD_NAME «Sto re»'],
    ['an imported variable', 'main', 'Store.port;', 'Store.prt;', 'RM_UNRESOLVABLE_VARIABLE «Store.prt»'],
    ['an imported type', 'main', 'Store.ip,', 'Stor.ip,', 'RM_UNRESOLVABLE_VARIABLE «Stor.ip»'],
    ['an import without variable', 'main', 'Store.ip,', 'Store,', 'PM_INCOMPLETE_IMPORTED_VAR_NAME «Store»'],
    [
        'an import of what one exports',
        'main',
        'Store.port;',
        'Worker.port;',
        'RM_COMPONENT_IMPORTS_EXPORTS «Worker.port»',
    ],
    [
        'an exported variable',
        'main',
        STORE_EXPORTS,
        STORE_EXPORTS.replace(' port;', ' prt;'),
        'RM_UNRESOLVABLE_VARIABLE «Store.port»',
    ],
    [
        'the parent of an instance',
        'instances',
        '\tinstance of LoadBalancer',
        '\tinstance of Machine',
        'RM_INVALID_INSTANCE_PARENT «Machine»',
    ],
    [
        'the component of an instance',
        'instances',
        'instance of Worker',
        'instance of Wroker',
        'CO_INEXISTING_COMPONENT «Wroker»',
    ],
    [
        'the component of a root instance',
        'instances',
        'instance of Machine',
        'instance of Machin',
        'CO_INEXISTING_COMPONENT «Machin»',
    ],
    [
        'a root that needs a parent',
        'instances',
        `${FRONT}\n\n\tinstance of LoadBalancer {\n\t\tname: balancer;\n\t}\n}`,
        'instance of LoadBalancer {\n\tname: balancer;\n}',
        'RM_MISSING_INSTANCE_PARENT «LoadBalancer»',
    ],
    [
        'a semicolon of the graph',
        'main',
        'installer: script;',
        'installer: script',
        'P_PROPERTY_ENDS_WITH_SEMI_COLON «t»',
    ],
    ['a semicolon of a list', 'machine', 'LoadBalancer;', 'LoadBalancer', 'P_PROPERTY_ENDS_WITH_SEMI_COLON «r»'],
    [
        'a semicolon of the instances',
        'instances',
        'name: worker;',
        'name: worker',
        'P_PROPERTY_ENDS_WITH_SEMI_COLON «r»',
    ],
    ['a semicolon after an import', 'main', 'machine.graph;', 'machine.graph', 'P_IMPORT_ENDS_WITH_SEMI_COLON «h»'],
    ['an opening bracket', 'main', 'Worker {', 'Worker', 'P_O_C_BRACKET_MISSING «Worker»'],
    [
        'an opening bracket of an instance',
        'instances',
        'of Worker {',
        'of Worker',
        'P_O_C_BRACKET_MISSING «instance of Worker»',
    ],
    ['an opening bracket on the next line', 'main', 'Worker {', 'Worker\n{', 'P_O_C_BRACKET_MISSING «Worker»'],
    [
        'a closing bracket of the graph',
        'main',
        STORE_EXPORTS,
        STORE_EXPORTS.replace('}', ''),
        'P_INVALID_PROPERTY «Worker {»',
    ],
    [
        'a closing bracket of an inner instance',
        'instances',
        'name: balancer;\n\t}',
        'name: balancer;',
        'P_C_C_BRACKET_MISSING «»',
    ],
    [
        'a closing bracket of an outer instance',
        'instances',
        'name: balancer;\n\t}\n}',
        'name: balancer;\n\t}',
        'P_C_C_BRACKET_MISSING «»',
    ],
    ['the last closing bracket', 'instances', 'name: store;\n\t}\n}', 'name: store;\n\t}', 'P_C_C_BRACKET_MISSING «»'],
    [
        'a closing bracket too many',
        'main',
        STORE_EXPORTS,
        STORE_EXPORTS.replace('}', '}\n}'),
        'P_UNRECOGNIZED_BLOCK «}»',
    ],
    [
        'a semicolon after a bracket',
        'main',
        STORE_EXPORTS,
        STORE_EXPORTS.replace('}', '};'),
        'P_C_C_BRACKET_EXTRA_CHARACTERS «;»',
    ],
    [
        'a bracket of a random variable',
        'main',
        'random[port] port;',
        'random[port port;',
        'PM_INVALID_EXPORTED_VAR_NAME «random[port port»',
    ],
    [
        'the kind of a random variable',
        'main',
        'random[port] port;',
        'random[prt] port;',
        'RM_INVALID_RANDOM_KIND «prt»',
    ],
    [
        'a random variable with a value',
        'main',
        'random[port] port;',
        'random[port] port = 1;',
        'RM_NO_VALUE_FOR_RANDOM «random[port] port = 1»',
    ],
    ['an extended component', 'main', WORKER, `${WORKER}\n\textends: Bas;`, 'CO_INEXISTING_COMPONENT «Bas»'],
    [
        'a component that extends a facet',
        'main',
        WORKER,
        `facet F {\n}\n${WORKER}\n\textends: F;`,
        'CO_INEXISTING_COMPONENT «F»',
    ],
    ['a facet', 'main', WORKER, `${WORKER}\n\tfacets: bas;`, 'CO_INEXISTING_FACET «bas»'],
    ['a component as a facet', 'main', WORKER, `${WORKER}\n\tfacets: Store;`, 'CO_INEXISTING_FACET «Store»'],
    ['a facet of nobody', 'main', WORKER, `facet F {\n}\n${WORKER}`, 'RM_ORPHAN_FACET «F»'],
    ['an installer that is missing', 'main', WORKER, 'Worker {', 'RM_EMPTY_COMPONENT_INSTALLER «Worker»'],
    ['the form of an installer', 'main', WORKER, 'Worker {\n\tinstaller: 9!;', 'PM_INVALID_INSTALLER_NAME «9!»'],
    ['the name of an installer', 'main', WORKER, 'Worker {\n\tinstaller: scirpt;', 'X_MISSPELLED_INSTALLER «scirpt»'],
    ['an empty installer', 'main', WORKER, 'Worker {\n\tinstaller: ;', 'PM_EMPTY_PROPERTY_VALUE «installer»'],
    ['the name of a property', 'main', WORKER, 'Worker {\n\tinstaler: script;', 'PM_PROPERTY_NOT_APPLIABLE «instaler»'],
    ['a colon', 'main', WORKER, 'Worker {\n\tinstaller script;', 'P_INVALID_PROPERTY «installer script;»'],
    ['the installer of a root', 'machine', 'target;', 'Target;', 'RM_ROOT_INSTALLER_MUST_BE_TARGET «Target»'],
    [
        'an override',
        'instances',
        'greeting: "Hello from the first',
        'greting: "Hello from the first',
        'RM_MAGIC_INSTANCE_VARIABLE «greting»',
    ],
    [
        'an override twice',
        'instances',
        'name: worker;',
        'name: worker;\n\t\tgreeting: a;',
        'PM_DUPLICATE_PROPERTY «greeting»',
    ],
    [
        'the name property of an instance',
        'instances',
        'name: worker;',
        'nam: worker;',
        'PM_MISSING_INSTANCE_NAME «instance of Worker»',
    ],
    [
        'the name of an instance',
        'instances',
        'name: balancer',
        'name: 1balancer',
        'PM_INVALID_INSTANCE_NAME «1balancer»',
    ],
    [
        'a quote of a value',
        'main',
        'cluster";',
        'cluster;',
        'PM_INVALID_EXPORT_COMPLEX_VALUE «"Hello from the cluster»',
    ],
    [
        'a value that is missing',
        'main',
        'port, greeting',
        'port, other, greeting',
        'RM_MISSING_VARIABLE_VALUE «worker»',
        'RM_MISSING_VARIABLE_VALUE «worker»',
    ],
    ['a count of zero', 'instances', 'name: worker;', 'name: worker;\n\t\tcount: 0;', 'PM_INVALID_INSTANCE_COUNT «0»'],
    [
        'a count that is a word',
        'instances',
        'name: worker;',
        'name: worker;\n\t\tcount: two;',
        'PM_INVALID_INSTANCE_COUNT «two»',
    ],
    ['a useless count', 'instances', 'name: worker;', 'name: worker;\n\t\tcount: 1;', 'PM_USELESS_INSTANCE_COUNT «1»'],
    [
        'a count whose copies clash',
        'instances',
        'name: front;',
        'name: web-;\n\tcount: 2;',
        'CO_CONFLICTING_INFERRED_INSTANCE «2»',
        'CO_CONFLICTING_INFERRED_INSTANCE «2»',
    ],
    [
        'a component twice',
        'main',
        '# Answers',
        'Store {\n\tinstaller: script;\n}\n# Answers',
        'CO_ALREADY_DEFINED_COMPONENT «Store»',
        'CO_ALREADY_DEFINED_COMPONENT «Store»',
    ],
    [
        'a facet and a component of one name',
        'main',
        '# Answers',
        'facet Store {\n}\n# Answers',
        'CO_CONFLICTING_NAME «Store»',
        'CO_CONFLICTING_NAME «Store»',
    ],
    [
        'an instance twice',
        'instances',
        'name: front',
        'name: data',
        'CO_ALREADY_DEFINED_INSTANCE «data»',
        'CO_ALREADY_DEFINED_INSTANCE «data»',
    ],
    ['containment in a loop', 'main', WORKER, `${WORKER}\n\tchildren: Worker;`, 'RM_CYCLE_IN_COMPONENTS «Worker»'],
    [
        'inheritance in a loop',
        'main',
        WORKER,
        `${WORKER}\n\textends: Worker;`,
        'RM_CYCLE_IN_COMPONENTS_INHERITANCE «Worker»',
    ],
    ['a keyword before a component', 'main', 'Store {', 'component Store {', 'PM_INVALID_NAME «component Store»'],
    ['a dot in a name', 'main', 'Store {', 'Sto.re {', 'PM_DOT_IS_NOT_ALLOWED «Sto.re»'],
    [
        'a word of instance of',
        'instances',
        '\tinstance of LoadBalancer',
        '\tinstance LoadBalancer',
        'P_INVALID_PROPERTY_OR_INSTANCE «instance LoadBalancer {»',
    ],
    [
        'an imported file',
        'main',
        'machine.graph;',
        'machines.graph;',
        'PROJ_UNREACHABLE_FILE «»',
        'CO_UNREACHABLE_FILE «machines.graph»',
    ],
    [
        'the name of the application',
        'descriptor',
        'name = hello',
        'name = 9',
        'RM_INVALID_APPLICATION_NAME «9-cluster»',
    ],
    ['the version', 'descriptor', '1.0\ndsl', '1\ndsl', 'RM_INVALID_APPLICATION_VERSION «1»'],
    [
        'the id of a target',
        'target',
        'id = this-computer\n',
        '',
        'REC_TARGET_NO_ID «name = This computer»',
        'REC_TARGET_NO_ID «target»',
    ],
];

/** The application with one replacement, which must change something. */
function broken([, file, from, to]: Row): {
    readonly application: Application;
    readonly texts: ReadonlyMap<string, string>;
} {
    const path = FILES[file];
    const text = texts.get(path) ?? '';
    const edited = text.replace(from, () => to);
    expect(edited).not.toBe(text);
    const all = new Map([...texts, [path, edited]]);
    const files = Object.fromEntries([...all].map(([name, content]) => [`/app/${name}`, content]));
    return { application: language.loadApplication(memoryFiles(files), '/app'), texts: all };
}

test('the example is sound', () => {
    const files = Object.fromEntries([...texts].map(([name, content]) => [`/app/${name}`, content]));
    expect(language.loadApplication(memoryFiles(files), '/app').findings).toEqual([]);
});

test.each(ROWS.map((row) => [row[0], row] as const))('%s', (_, row) => {
    const { application, texts: edited } = broken(row);
    const shown = application.findings.map(({ code, range }) => {
        const line = edited.get(range?.file ?? '')?.split('\n')[(range?.line ?? 0) - 1] ?? '';
        return `${code} «${line.slice((range?.column ?? 1) - 1, (range?.endColumn ?? 1) - 1)}»`;
    });
    expect(shown).toEqual(row.slice(4));
});

test('messages say the cure', () => {
    const messages = ROWS.flatMap((row) => broken(row).application.findings.map(({ message }) => message));
    expect(messages.filter((message) => !/[.?]$/.test(message) || message.includes('undefined'))).toEqual([]);
});

test('an import that was taken away is proposed where its types are missing', () => {
    const { application } = broken(['', 'main', 'import machine.graph;', '']);
    const unknown = application.findings.filter(({ code }) => code === 'CO_INEXISTING_COMPONENT');
    expect(unknown.map(({ details }) => details['IMPORT'])).toEqual(Array(4).fill('machine.graph'));
    expect(unknown[0]?.message).toContain("add 'import machine.graph;'");
});
