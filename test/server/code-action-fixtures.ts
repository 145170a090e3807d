/** One broken application, or several, for each code that has a cure. */
import type { CheckOptions } from '../../language/index.ts';
import type { Texts } from '../support/fixes.ts';

export interface CureFixture {
    readonly code: string;
    /** What is special, when a code has several fixtures. */
    readonly about: string;
    readonly texts: Texts;
    readonly options?: CheckOptions;
}

const DESCRIPTOR =
    'name = app\nversion = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\ninstance-entry-point = main.instances\n';
const GRAPH = `# A machine.
VM {
	installer: target;
	children: App;
}

App {
	installer: script;
	exports: port = 80;
}
`;

export const SOUND: Texts = {
    'descriptor/application.properties': DESCRIPTOR,
    'graph/main.graph': GRAPH,
    'graph/VM/t.properties': 'id = a\nhandler = local\nname = n\n',
    'graph/App/scripts/start.sh': '',
    'instances/main.instances': 'instance of VM {\n\tname: vm;\n\tinstance of App {\n\t\tname: app;\n\t}\n}\n',
};

type Change = Readonly<Record<string, string | null>>;

function changed(change: Change): Texts {
    const all = Object.entries({ ...SOUND, ...change });
    return Object.fromEntries(all.flatMap(([file, text]) => (text === null ? [] : [[file, text]])));
}

/** The sound application with some files changed; null takes one away. */
export function withFiles(code: string, about: string, change: Change, options?: CheckOptions): CureFixture {
    return { code, about, texts: changed(change), ...(options === undefined ? {} : { options }) };
}

/** Blocks behind those of the graph. */
function graph(code: string, about: string, text: string): CureFixture {
    return withFiles(code, about, { 'graph/main.graph': `${GRAPH}\n${text}` });
}

/** The graph with one part replaced. */
function inGraph(code: string, about: string, from: string, to: string): CureFixture {
    return withFiles(code, about, { 'graph/main.graph': GRAPH.replace(from, to) });
}

/** A body of the component App. */
function body(code: string, about: string, lines: string): CureFixture {
    return inGraph(code, about, '\texports: port = 80;\n', lines);
}

function instances(code: string, about: string, text: string): CureFixture {
    return withFiles(code, about, { 'instances/main.instances': text });
}

function descriptor(code: string, about: string, from: string, to: string): CureFixture {
    return withFiles(code, about, { 'descriptor/application.properties': DESCRIPTOR.replace(from, to) });
}

function target(code: string, text: string): CureFixture {
    return withFiles(code, '', { 'graph/VM/t.properties': text });
}

function policies(code: string, about: string, text: string): CureFixture {
    return withFiles(code, about, { 'graph/App/recipe.properties': text });
}

const MODULE = 'graph/P/roboconf_p/manifests/init.pp';

function puppet(code: string, imports: string, files: Change): CureFixture {
    const block = `\nP {\n\tinstaller: puppet;\n\timports: ${imports} (optional);\n}\n`;
    return withFiles(code, '', {
        'graph/main.graph': GRAPH.replace('children: App', 'children: App, P') + block,
        ...files,
    });
}

function gone(): Change {
    return Object.fromEntries(Object.keys(SOUND).map((file) => [file, null]));
}

const RECIPE: CheckOptions = { recipe: true, flexible: true };
const INSTANCE_OF_VM = 'instance of VM {\n\tname: a;\n}\n';
const BARE_APP = 'App {\n\tinstaller: script;\n}\n';

export const CURE_FIXTURES: readonly CureFixture[] = [
    // The form of lines.
    body('P_ONE_BLOCK_PER_LINE', 'two properties', '\texports: port = 80; imports: App.port (optional); # both\n'),
    body('P_ONE_BLOCK_PER_LINE', 'a second semicolon', '\texports: port = 80;;\n'),
    withFiles('P_ONE_BLOCK_PER_LINE', 'imports', {
        'graph/main.graph': `import a.graph; import b.graph;\n\n${GRAPH}`,
        'graph/a.graph': 'facet f {\n}\n',
        'graph/b.graph': 'facet g {\n}\n',
    }),
    body('P_PROPERTY_ENDS_WITH_SEMI_COLON', '', '\texports: port = 80 # the port\n'),
    inGraph(
        'P_PROPERTY_ENDS_WITH_SEMI_COLON',
        'a bracket on the line',
        'exports: port = 80;\n}',
        'exports: port = 80 }',
    ),
    withFiles('P_IMPORT_ENDS_WITH_SEMI_COLON', '', {
        'graph/main.graph': `import a.graph\n\n${GRAPH}`,
        'graph/a.graph': 'facet f {\n}\n',
    }),
    inGraph('P_O_C_BRACKET_EXTRA_CHARACTERS', '', 'App {\n\tinstaller: script;', 'App { installer: script;'),
    inGraph(
        'P_O_C_BRACKET_EXTRA_CHARACTERS',
        'a whole block on a line',
        'App {\n\tinstaller: script;\n\texports: port = 80;\n}',
        'App { installer: script; exports: port = "8;0"; }',
    ),
    inGraph('P_C_C_BRACKET_EXTRA_CHARACTERS', 'a semicolon', '80;\n}', '80;\n};'),
    inGraph('P_C_C_BRACKET_EXTRA_CHARACTERS', 'words', '80;\n}', '80;\n} the end'),
    inGraph('P_C_C_BRACKET_EXTRA_CHARACTERS', 'a header', '}\n\nApp {', '} App {'),
    instances(
        'P_C_C_BRACKET_EXTRA_CHARACTERS',
        'a bracket',
        'instance of VM {\n\tname: vm;\n\tinstance of App {\n\t\tname: app;\n\t}}\n',
    ),
    inGraph('P_O_C_BRACKET_MISSING', 'forgotten', 'App {', 'App'),
    inGraph('P_O_C_BRACKET_MISSING', 'on the next line', 'App {', 'App\n{'),
    graph('P_O_C_BRACKET_MISSING', 'no body', 'facet f\n'),
    inGraph('P_C_C_BRACKET_MISSING', 'at the end', '80;\n}\n', '80;\n'),
    inGraph('P_C_C_BRACKET_MISSING', 'at the end, without line end', '80;\n}\n', '80;'),
    instances(
        'P_C_C_BRACKET_MISSING',
        'nested',
        'instance of VM {\n\tname: vm;\n\tinstance of App {\n\t\tname: app;\n',
    ),
    instances(
        'P_C_C_BRACKET_MISSING',
        'before a sibling',
        'instance of VM {\n\tname: vm;\n\tinstance of App {\n\t\tname: app;\n\tinstance of App {\n\t\tname: other;\n\t}\n}\n',
    ),
    graph('P_UNRECOGNIZED_BLOCK', 'a bracket too many', '}\n'),
    graph('P_UNRECOGNIZED_BLOCK', 'words', 'some words\n'),
    graph('P_UNRECOGNIZED_BLOCK', 'an import of nothing', 'import;\n'),
    body('P_INVALID_PROPERTY', 'no colon', '\texports port = 80;\n'),
    body('P_INVALID_PROPERTY', 'words', '\texports: port = 80;\n\tsome words\n'),
    inGraph('P_INVALID_PROPERTY', 'an unclosed block', 'children: App;\n}\n', 'children: App;\n'),
    withFiles('P_INVALID_PROPERTY', 'an import inside', {
        'graph/main.graph': GRAPH.replace('\texports', '\timport a.graph;\n\texports'),
        'graph/a.graph': 'facet f {\n}\n',
    }),
    instances(
        'P_INVALID_PROPERTY_OR_INSTANCE',
        'a wrong header',
        'instance of VM {\n\tname: vm;\n\tinstanceof App {\n\t\tname: app;\n\t}\n}\n',
    ),
    instances('P_INVALID_PROPERTY_OR_INSTANCE', 'no colon', 'instance of VM {\n\tname vm;\n}\n'),
    graph(
        'P_INVALID_FILE_TYPE',
        'one more file',
        '# The first one.\ninstance of VM {\n\tname: one;\n\tinstance of App {\n\t\tname: app;\n\t}\n}\n\ninstance of VM {\n\tname: two;\n}\n',
    ),
    withFiles('P_INVALID_FILE_TYPE', 'the first file', {
        'descriptor/application.properties': DESCRIPTOR.replace(/instance-entry-point.*\n/, ''),
        'graph/main.graph': `${GRAPH}\ninstance of VM {\n\tname: one;\n}\n`,
        'instances/main.instances': null,
    }),
    body('X_WORDS_BEFORE_PROPERTY', '', '\tfoo bar exports: port = 80;\n'),
    withFiles('X_WORDS_BEFORE_IMPORT', '', {
        'graph/main.graph': `my import a.graph;\n${GRAPH}`,
        'graph/a.graph': 'facet f {\n}\n',
    }),
    inGraph('X_DOUBLED_BRACKET', '', 'App {', 'App {{'),
    body('X_UNEXPECTED_CHARACTER', 'a byte order mark', '\texports: port = 80, b = \uFEFF1;\n'),
    body('X_UNEXPECTED_CHARACTER', 'damaged', '\texports: port = 80, b = caf\uFFFD;\n'),
    withFiles('X_LONE_CARRIAGE_RETURN', '', { 'graph/main.graph': `${GRAPH}# one\r# two\n` }),
    // Words of a block.
    body('PM_EMPTY_PROPERTY_VALUE', '', '\texports: ;\n'),
    inGraph('PM_EMPTY_PROPERTY_VALUE', 'an installer', 'installer: script', 'installer: '),
    instances('PM_EMPTY_PROPERTY_VALUE', 'a name', 'instance of VM {\n\tname: ;\n}\n'),
    graph('PM_EMPTY_IMPORT_LOCATION', '', 'import ;\n'),
    graph('PM_EMPTY_FACET_NAME', '', 'facet {\n}\n'),
    instances('PM_EMPTY_COMPONENT_NAME', 'a root', 'instance of {\n\tname: vm;\n}\n'),
    instances(
        'PM_EMPTY_COMPONENT_NAME',
        'nested',
        'instance of VM {\n\tname: vm;\n\tinstance of {\n\t\tname: app;\n\t}\n}\n',
    ),
    inGraph(
        'PM_EMPTY_REFERENCED_NAME',
        '',
        '\texports: port = 80;\n}',
        '\texports: port = 80;\n\tfacets: f,, g;\n}\n\nfacet f {\n}\n\nfacet g {\n}',
    ),
    body('PM_EMPTY_VARIABLE_NAME', 'commas', '\texports: port = 80, , b = "x, y", ;\n'),
    body('PM_EMPTY_VARIABLE_NAME', 'no name', '\texports: port = 80, random[port];\n'),
    body(
        'PM_EMPTY_VARIABLE_NAME',
        'imports',
        '\texports: port = 80;\n\timports: VM.x (optional),,App.port (optional);\n',
    ),
    inGraph('PM_INVALID_CHILD_NAME', 'a comma too many', 'children: App', 'children: ,App'),
    inGraph('PM_INVALID_CHILD_NAME', 'quotes', 'children: App', 'children: "App"'),
    inGraph(
        'PM_INVALID_CHILD_NAME',
        'no comma',
        'children: App;\n}\n',
        'children: App App2;\n}\n\nApp2 {\n\tinstaller: script;\n}\n',
    ),
    inGraph(
        'PM_INVALID_CHILD_NAME',
        'blanks',
        'children: App;\n}\n',
        'children: App, Web App;\n}\n\nWebApp {\n\tinstaller: script;\n}\n',
    ),
    graph('PM_INVALID_IMPORTED_VAR_NAME', 'words', 'B {\n\tinstaller: target;\n\timports: App.the port;\n}\n'),
    inGraph(
        'RM_CYCLE_IN_COMPONENTS',
        'of a machine',
        '\texports: port = 80;',
        '\texports: port = 80;\n\tchildren: VM;',
    ),
    withFiles('RM_NO_ROOT_COMPONENT', 'a loop', {
        'graph/main.graph': GRAPH.replace('\texports: port = 80;', '\texports: port = 80;\n\tchildren: VM;'),
    }),
    graph('PM_INVALID_NAME', 'a keyword too many', 'component Store {\n\tinstaller: target;\n}\n'),
    graph('PM_INVALID_NAME', 'blanks', 'My Store {\n\tinstaller: target;\n}\n'),
    withFiles('PM_INVALID_NAME', 'an instance', { 'instances/main.instances': 'instance VM {\n\tname: a;\n}\n' }),
    graph('PM_INVALID_NAME', 'in a list', 'B {\n\tinstaller: target;\n\tfacets: "f";\n}\n\nfacet f {\n}\n'),
    graph('PM_DOT_IS_NOT_ALLOWED', '', 'a.b {\n\tinstaller: target;\n}\n'),
    body('PM_INVALID_EXPORT_COMPLEX_VALUE', 'a word behind', '\texports: port = 80, t = "some words" more;\n'),
    body('PM_INVALID_EXPORT_COMPLEX_VALUE', 'a word before', '\texports: port = 80, t = some "words";\n'),
    body('PM_INVALID_EXPORT_COMPLEX_VALUE', 'not closed', '\texports: port = 80, t = "some words;\n'),
    body('PM_INVALID_EXPORTED_VAR_NAME', '', '\texports: port = 80, my var = 1;\n'),
    body('PM_INVALID_EXPORTED_VAR_NAME', 'a star', '\texports: port = 80, *;\n'),
    body('PM_EXTERNAL_IS_KEYWORD_FOR_IMPORTS', '', '\texports: external port = 80;\n'),
    body('PM_INVALID_IMPORTED_VAR_NAME', 'a blank', '\texports: port = 80;\n\timports: App .port (optional);\n'),
    body('PM_INVALID_IMPORTED_VAR_NAME', 'no brackets', '\texports: port = 80;\n\timports: App.port optional;\n'),
    graph('PM_INCOMPLETE_IMPORTED_VAR_NAME', '', 'B {\n\tinstaller: target;\n\timports: App;\n}\n'),
    inGraph('PM_INVALID_INSTALLER_NAME', '', 'installer: script', 'installer: "script"'),
    instances('PM_INVALID_INSTANCE_COUNT', 'blanks', 'instance of VM {\n\tname: a;\n\tcount: 2 ;\n}\n'),
    instances('PM_INVALID_INSTANCE_COUNT', 'no number', 'instance of VM {\n\tname: a;\n\tcount: two;\n}\n'),
    instances('PM_USELESS_INSTANCE_COUNT', '', 'instance of VM {\n\tname: a;\n\tcount: 1;\n}\n'),
    body('PM_PROPERTY_NOT_APPLIABLE', 'letter case', '\tExports: port = 80;\n'),
    body('PM_PROPERTY_NOT_APPLIABLE', 'misspelled', '\texprots: port = 80;\n'),
    graph(
        'PM_PROPERTY_NOT_APPLIABLE',
        'not in a facet',
        'B {\n\tinstaller: target;\n\tfacets: f;\n}\n\nfacet f {\n\tinstaller: script;\n}\n',
    ),
    inGraph(
        'PM_DUPLICATE_PROPERTY',
        'a list',
        'children: App;',
        'children: App;\n\tchildren: App, App2;\n}\n\nApp2 {\n\tinstaller: script;',
    ),
    inGraph('PM_DUPLICATE_PROPERTY', 'a value', 'installer: script;', 'installer: script;\n\tinstaller: logger;'),
    inGraph('PM_DUPLICATE_PROPERTY', 'the same list', 'children: App;', 'children: App;\n\tchildren: App;'),
    instances(
        'RM_MAGIC_INSTANCE_VARIABLE',
        'letter case',
        'instance of VM {\n\tname: a;\n\tinstance of App {\n\t\tname: b;\n\t\tPort: 1;\n\t}\n}\n',
    ),
    instances('PM_MISSING_INSTANCE_NAME', '', 'instance of VM {\n}\n'),
    instances('PM_MISSING_INSTANCE_NAME', 'letter case', 'instance of VM {\n\tName: a;\n}\n'),
    instances('PM_INVALID_INSTANCE_NAME', '', 'instance of VM {\n\tname: a/b;\n}\n'),
    withFiles('X_EXTERNAL_GLUED', '', {
        'graph/main.graph': GRAPH.replace('\texports', '\timports: externalDB.port;\n\texports'),
    }),
    body('X_EXTRA_COMMA', 'at the beginning', '\texports: , port = 80;\n'),
    body('X_EXTRA_COMMA', 'at the end', '\texports: port = 80, t = "a b",;\n'),
    body('X_UNCLOSED_QUOTE', '', '\texports: port = 80, t = ";\n'),
    inGraph('X_MISSPELLED_INSTALLER', '', 'installer: script', 'installer: scirpt'),
    instances(
        'X_CONFLICTING_OVERRIDES',
        '',
        'instance of VM {\n\tname: a;\n\tinstance of App {\n\t\tname: b;\n\t\tport: 1;\n\t\tApp.port: 2;\n\t}\n}\n',
    ),
    // Names nothing declares.
    graph('CO_UNREACHABLE_FILE', 'a new file', 'import nowhere.graph;\n'),
    withFiles('CO_UNREACHABLE_FILE', 'misspelled', {
        'graph/main.graph': `import databse.graph;\n\n${GRAPH}`,
        'graph/database.graph': 'facet f {\n}\n',
    }),
    withFiles('CO_NOT_A_GRAPH', '', {
        'graph/main.graph': `import a.graph;\n\n${GRAPH}`,
        'graph/a.graph': INSTANCE_OF_VM,
    }),
    withFiles('CO_NOT_INSTANCES', '', {
        'instances/main.instances': `import a.instances;\n\n${INSTANCE_OF_VM}`,
        'instances/a.instances': BARE_APP.replace('App', 'Other'),
    }),
    inGraph('CO_INEXISTING_CHILD', 'a new one', 'children: App;', 'children: App, Nothing;'),
    inGraph('CO_INEXISTING_CHILD', 'misspelled', 'children: App;', 'children: Apq;'),
    withFiles('CO_INEXISTING_CHILD', 'in a file that is not imported', {
        'graph/main.graph': GRAPH.replace('children: App;', 'children: App, Store;'),
        'graph/store.graph': 'Store {\n\tinstaller: script;\n}\n',
    }),
    instances('CO_INEXISTING_COMPONENT', 'a new root', 'instance of Nothing {\n\tname: a;\n}\n'),
    instances(
        'CO_INEXISTING_COMPONENT',
        'a new child',
        'instance of VM {\n\tname: a;\n\tinstance of Nothing {\n\t\tname: b;\n\t}\n}\n',
    ),
    instances('CO_INEXISTING_COMPONENT', 'misspelled', 'instance of VN {\n\tname: a;\n}\n'),
    inGraph('CO_INEXISTING_COMPONENT', 'to extend', '\tinstaller: script;', '\tinstaller: script;\n\textends: Base;'),
    graph(
        'CO_INEXISTING_COMPONENT',
        'a facet is extended',
        'B {\n\tinstaller: target;\n\textends: f;\n}\n\nfacet f {\n}\n',
    ),
    withFiles('CO_INEXISTING_COMPONENT', 'an instance of a facet', {
        'graph/main.graph': `${GRAPH.replace('installer: target;', 'installer: target;\n\tfacets: f;')}\nfacet f {\n}\n`,
        'instances/main.instances': 'instance of f {\n\tname: a;\n}\n',
    }),
    inGraph('CO_INEXISTING_FACET', 'a new one', '\texports', '\tfacets: nothing;\n\texports'),
    graph('CO_INEXISTING_FACET', 'a component', 'B {\n\tinstaller: target;\n\tfacets: VM;\n}\n'),
    graph('RM_COMPONENT_IMPORTS_EXPORTS', '', 'Big {\n\tinstaller: target;\n\texports: ip;\n\timports: Big.ip;\n}\n'),
    graph(
        'RM_COMPONENT_IMPORTS_EXPORTS',
        'inherited',
        'Big {\n\tinstaller: target;\n\texports: ip;\n\timports: Big.ip (optional), Huge.ip;\n}\n\nHuge {\n\textends: Big;\n}\n',
    ),
    graph('RM_UNRESOLVABLE_VARIABLE', 'not exported', 'Big {\n\tinstaller: target;\n\timports: App.host;\n}\n'),
    graph('RM_UNRESOLVABLE_VARIABLE', 'misspelled', 'Big {\n\tinstaller: target;\n\timports: App.prot;\n}\n'),
    body('RM_UNRESOLVABLE_VARIABLE', 'of nothing', '\texports: port = 80;\n\timports: DB.ip, DB.port;\n'),
    withFiles('RM_UNRESOLVABLE_VARIABLE', 'of a file that is not imported', {
        'graph/main.graph': GRAPH.replace('\texports', '\timports: Store.ip;\n\texports'),
        'graph/store.graph': 'Store {\n\tinstaller: target;\n\texports: ip;\n}\n',
    }),
    graph(
        'RM_UNRESOLVABLE_FACET_VARIABLE',
        '',
        'facet F {\n\texports: a = 1;\n}\n\nBig {\n\tinstaller: target;\n\timports: F.*;\n}\n',
    ),
    withFiles('X_IMPORT_OUTSIDE', '', {
        'graph/main.graph': `import ../../parts/a.graph;\n\n${GRAPH}`,
        'graph/parts/a.graph': 'facet f {\n}\n',
    }),
    graph('P_IO_ERROR', '', 'import VM;\n'),
    // Types.
    graph('CO_ALREADY_DEFINED_COMPONENT', 'the same again', 'App {\n\tinstaller: script;\n\texports: port = 80;\n}\n'),
    graph('CO_ALREADY_DEFINED_COMPONENT', 'another one', BARE_APP),
    graph('CO_ALREADY_DEFINED_FACET', '', 'facet F {\n}\n\nfacet F {\n}\n'),
    inGraph(
        'CO_CONFLICTING_NAME',
        '',
        '\texports: port = 80;\n}\n',
        '\texports: port = 80;\n\tfacets: VM;\n}\n\nfacet VM {\n}\n',
    ),
    inGraph('RM_EMPTY_COMPONENT_INSTALLER', '', '\tinstaller: script;\n', ''),
    graph('RM_EMPTY_COMPONENT_INSTALLER', 'a root', 'Big {\n}\n'),
    graph('RM_ROOT_INSTALLER_MUST_BE_TARGET', '', 'Big {\n\tinstaller: script;\n}\n'),
    graph('RM_ROOT_INSTALLER_MUST_BE_TARGET', 'letter case', 'Big {\n\tinstaller: Target;\n}\n'),
    body('RM_INVALID_RANDOM_KIND', '', '\texports: random[number] port;\n'),
    body('RM_NO_VALUE_FOR_RANDOM', '', '\texports: random[port] port = 80, b = 1;\n'),
    inGraph('RM_CYCLE_IN_COMPONENTS', '', '\texports: port = 80;', '\texports: port = 80;\n\tchildren: App;'),
    graph(
        'RM_CYCLE_IN_COMPONENTS_INHERITANCE',
        '',
        'A {\n\tinstaller: target;\n\textends: B;\n}\n\nB {\n\tinstaller: target;\n\textends: A;\n}\n',
    ),
    graph(
        'RM_CYCLE_IN_FACETS_INHERITANCE',
        '',
        'facet F {\n\textends: G, H;\n}\n\nfacet G {\n\textends: F;\n}\n\nfacet H {\n}\n\nB {\n\tinstaller: target;\n\tfacets: F;\n}\n',
    ),
    withFiles('RM_NO_ROOT_COMPONENT', '', {
        'graph/main.graph': 'facet f {\n}\n',
        'instances/main.instances': '# none\n',
    }),
    graph('RM_ORPHAN_FACET', '', 'facet F {\n\texports: a = 1;\n}\n'),
    graph('RM_ORPHAN_FACET_WITH_CHILDREN', '', 'facet F {\n\tchildren: App;\n}\n'),
    graph('RM_UNREACHABLE_COMPONENT', '', 'facet F {\n\tchildren: App;\n}\n'),
    graph('X_AMBIGUOUS_EXPORT', 'own', 'Big {\n\tinstaller: target;\n\texports: a = 1, Big.a = 2;\n}\n'),
    graph(
        'X_AMBIGUOUS_EXPORT',
        'inherited',
        'Big {\n\tinstaller: target;\n\tfacets: F, G;\n}\n\nfacet F {\n\texports: a = 1;\n}\n\nfacet G {\n\texports: a = 2;\n}\n',
    ),
    // Instances.
    instances('CO_ALREADY_DEFINED_INSTANCE', '', INSTANCE_OF_VM.repeat(2)),
    instances(
        'CO_CONFLICTING_INFERRED_INSTANCE',
        '',
        'instance of VM {\n\tname: a;\n\tcount: 2;\n}\n\ninstance of VM {\n\tname: a2;\n}\n',
    ),
    instances('RM_MISSING_INSTANCE_PARENT', 'none there', '# Serves.\ninstance of App {\n\tname: a;\n}\n'),
    instances('RM_MISSING_INSTANCE_PARENT', 'one there', `${INSTANCE_OF_VM}\ninstance of App {\n\tname: b;\n}\n`),
    instances(
        'RM_INVALID_INSTANCE_PARENT',
        'a machine',
        'instance of VM {\n\tname: a;\n\tinstance of VM {\n\t\tname: b;\n\t}\n}\n',
    ),
    withFiles('RM_INVALID_INSTANCE_PARENT', 'elsewhere', {
        'graph/main.graph': `${GRAPH}\nOther {\n\tinstaller: target;\n}\n`,
        'instances/main.instances': `${INSTANCE_OF_VM}\ninstance of Other {\n\tname: o;\n\tinstance of App {\n\t\tname: b;\n\t}\n}\n`,
    }),
    withFiles('RM_INVALID_INSTANCE_PARENT', 'nowhere yet', {
        'graph/main.graph': `${GRAPH}\nLone {\n\tinstaller: script;\n}\n`,
        'instances/main.instances': 'instance of VM {\n\tname: a;\n\tinstance of Lone {\n\t\tname: b;\n\t}\n}\n',
    }),
    withFiles('RM_MISSING_VARIABLE_VALUE', '', {
        'graph/main.graph': GRAPH.replace('port = 80', 'port'),
    }),
    withFiles('RM_AMBIGUOUS_OVERRIDING', '', {
        'graph/main.graph': `${GRAPH.replace('installer: target;', 'installer: target;\n\tfacets: F, G;')}\nfacet F {\n\texports: x = 1;\n}\n\nfacet G {\n\texports: x = 1;\n}\n`,
        'instances/main.instances': 'instance of VM {\n\tname: a;\n\tx: 2;\n}\n',
    }),
    instances('RM_MAGIC_INSTANCE_VARIABLE', '', 'instance of VM {\n\tname: a;\n\tfoo: 1;\n}\n'),
    instances(
        'RM_MAGIC_INSTANCE_VARIABLE',
        'misspelled',
        'instance of VM {\n\tname: a;\n\tinstance of App {\n\t\tname: b;\n\t\tProt: 1;\n\t}\n}\n',
    ),
    // The descriptor.
    descriptor('RM_MISSING_APPLICATION_NAME', '', 'name = app\n', ''),
    descriptor('RM_MISSING_APPLICATION_NAME', 'blank', 'name = app\n', 'name =\n'),
    descriptor('RM_MISSING_APPLICATION_DSL_ID', '', 'dsl-id = roboconf-1.0\n', ''),
    descriptor('RM_MISSING_APPLICATION_VERSION', '', 'version = 1.0\n', ''),
    descriptor('RM_MISSING_APPLICATION_GEP', '', 'graph-entry-point = main.graph\n', ''),
    descriptor('RM_MISSING_APPLICATION_EXPORT_PREFIX', '', 'name', 'exports = App.port as port\nname'),
    descriptor('RM_INVALID_APPLICATION_NAME', '', 'name = app', 'name = 1 app!'),
    descriptor('RM_INVALID_APPLICATION_VERSION', '', '1.0\n', 'v2\n'),
    descriptor(
        'RM_INVALID_APPLICATION_EXPORT_PREFIX',
        '',
        'name',
        'exports-prefix = my prefix\nexports = App.port as p\nname',
    ),
    descriptor('RM_INVALID_VARIABLE_NAME', '', 'name', 'exports-prefix = x\nexports = App.port as 1\nname'),
    descriptor('RM_INVALID_EXTERNAL_EXPORT', '', 'name', 'exports-prefix = x\nexports = App.prot as p\nname'),
    withFiles('RM_ALREADY_DEFINED_EXTERNAL_EXPORT', '', {
        'descriptor/application.properties': `${DESCRIPTOR}exports-prefix = x\nexports = App.port as p, App.b as p\n`,
        'graph/main.graph': GRAPH.replace('port = 80', 'port = 80, b = 1'),
    }),
    descriptor('PROJ_INVALID_EXTERNAL_EXPORTS', '', 'name', 'exports-prefix = x\nexports = App.port\nname'),
    descriptor(
        'PROJ_INVALID_EXTERNAL_EXPORTS',
        'a comma too many',
        'name',
        'exports-prefix = x\nexports = App.port as p,,App.port as p\nname',
    ),
    descriptor('PROJ_MISSING_GRAPH_EP', '', 'main.graph', 'gone.graph'),
    descriptor('PROJ_MISSING_GRAPH_EP', 'misspelled', 'main.graph', 'mian.graph'),
    descriptor('PROJ_MISSING_INSTANCE_EP', '', 'main.instances', 'gone.instances'),
    descriptor('CO_GRAPH_COULD_NOT_BE_BUILT', '', 'main.graph', 'mian.graph'),
    descriptor('X_MALFORMED_ESCAPE', '', 'main.instances', 'main.instances\ndescription = C:\\users'),
    // Files.
    withFiles('PROJ_NO_DESC_DIR', '', { 'descriptor/application.properties': null }),
    withFiles('PROJ_NO_DESC_FILE', '', { 'descriptor/application.properties': null, 'descriptor/icon.png': '' }),
    withFiles('PROJ_NO_GRAPH_DIR', '', {
        'graph/main.graph': null,
        'graph/VM/t.properties': null,
        'graph/App/scripts/start.sh': null,
        'instances/main.instances': null,
    }),
    withFiles('RM_MISSING_APPLICATION_GRAPHS', '', { ...gone(), 'graph/VM/readme.txt': '' }, RECIPE),
    withFiles('PROJ_NO_RESOURCE_DIRECTORY', 'scripts', { 'graph/App/scripts/start.sh': null }),
    withFiles('PROJ_NO_RESOURCE_DIRECTORY', 'a target', { 'graph/VM/t.properties': null }),
    withFiles('PROJ_INVALID_COMMAND_EXT', '', { 'commands/scale.txt': '# nothing\n' }),
    withFiles('PROJ_INVALID_RULE_EXT', '', {
        'rules.autonomic/scale.rule': 'rule "scale"\nwhen\n\thigh\nthen\n\tscale\nend\n',
        'commands/scale.commands': 'delete /vm\n',
    }),
    withFiles('PROJ_UNREACHABLE_FILE', '', { 'graph/other.graph': 'facet f {\n}\n' }),
    withFiles('PROJ_INVALID_FILE_LOCATION', '', { 'other.graph': 'facet f {\n}\n' }),
    puppet('REC_PUPPET_DISLIKES_WILDCARD_IMPORTS', 'App.*', { [MODULE]: '' }),
    puppet('REC_PUPPET_HAS_NO_RBCF_MODULE', 'App.port', { 'graph/P/readme.txt': '' }),
    puppet('REC_PUPPET_MISSING_PARAM_IMPORT_DIFF', 'App.port', {
        [MODULE]: 'class p($runningState = undef, $app = undef) {\n}\n',
    }),
    puppet('REC_PUPPET_MISSING_PARAM_RUNNING_STATE', 'App.port', {
        [MODULE]: 'class p($importDiff = undef,\n  $app = undef\n) {\n}\n',
    }),
    puppet('REC_PUPPET_MISSING_PARAM_FROM_IMPORT', 'App.port', {
        [MODULE]: 'class p($importDiff = undef, $runningState = undef) {\n}\n',
    }),
    withFiles('REC_SCRIPT_NO_SCRIPTS_DIR', 'scripts in the wrong place', {
        'graph/App/scripts/start.sh': null,
        'graph/App/start.sh': 'true\n',
    }),
    withFiles('REC_SCRIPT_NO_SCRIPTS_DIR', 'no scripts', {
        'graph/App/scripts/start.sh': null,
        'graph/App/readme.txt': '',
    }),
    target('REC_TARGET_NO_ID', 'handler = local\nname = n\n'),
    target('REC_TARGET_NO_HANDLER', 'id = a\nhandler =\nname = n\n'),
    target('REC_TARGET_INVALID_FILE_OR_CONTENT', 'id = a\nhandler = local\nname = C:\\users\n'),
    target('REC_TARGET_NO_NAME', 'id = a\nhandler = local'),
    withFiles('REC_TARGET_CONFLICTING_ID', '', { 'graph/VM/u.properties': 'id = a\nhandler = local\nname = other\n' }),
    withFiles('REC_TARGET_NO_PROPERTIES', '', {
        'graph/VM/t.properties': null,
        'graph/VM/below/t.properties': 'id = a\nhandler = local\nname = n\n',
    }),
    policies('X_RECIPE_DUPLICATE_KEY', '', 'retries = 1\nretries = 2\n'),
    policies('X_RECIPE_INVALID_VALUE', '', 'retries = 1\nstart.timeout = soon\n'),
    policies('X_RECIPE_UNKNOWN_KEY', '', 'timout = 30s\n'),
];
