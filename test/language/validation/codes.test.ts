/** One application for each code about a model: the type of the table and its last test hold it complete. */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
    createLanguage,
    MAX_FILE_BYTES,
    type CheckOptions,
    type FileSystem,
    type Finding,
} from '../../../language/index.ts';
import { SEVERITIES, type ModelCode } from '../../../language/validation/codes.ts';
import { findingMessage, parseFindingTemplates } from '../../../server/workspace/finding-words.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const DESCRIPTOR =
    'name = app\nversion = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\ninstance-entry-point = main.instances\n';
const SOUND: Readonly<Record<string, string>> = {
    'descriptor/application.properties': DESCRIPTOR,
    'graph/main.graph':
        'VM {\n\tinstaller: target;\n\tchildren: App;\n}\nApp {\n\tinstaller: script;\n\texports: port = 80;\n}\n',
    'graph/VM/t.properties': 'id = a\nhandler = local\nname = n\n',
    'graph/App/scripts/start.sh': '',
    'instances/main.instances': 'instance of VM {\n\tname: vm;\n\tinstance of App {\n\t\tname: app;\n\t}\n}\n',
};

interface Fixture {
    /** What differs from the sound application; null takes a file away. */
    readonly files: Readonly<Record<string, string | null>>;
    /** `file:line:column`, or `-` without a place. */
    readonly at: string;
    readonly options?: CheckOptions;
    /** Of the application; `/app` by default. */
    readonly directory?: string;
}

/** A fixture that replaces one file. */
function one(at: string, file: keyof typeof SOUND, text: string): Fixture {
    return { files: { [file]: text }, at: at === '-' ? at : `${file}:${at}` };
}

/** A fixture that adds blocks to the graph, behind its 8 lines. */
function graph(at: string, text: string): Fixture {
    return one(at, 'graph/main.graph', `${SOUND['graph/main.graph'] ?? ''}${text}`);
}

/** A fixture whose instances are these. */
function instances(at: string, text: string): Fixture {
    return one(at, 'instances/main.instances', text);
}

/** A fixture that replaces a part of the descriptor. */
function descriptor(at: string, from: string, to: string): Fixture {
    return one(at, 'descriptor/application.properties', DESCRIPTOR.replace(from, to));
}

/** A fixture whose target file is this; the finding stands at the installer. */
function target(text: string): Fixture {
    return { files: { 'graph/VM/t.properties': text }, at: 'graph/main.graph:2:13' };
}

/** A fixture whose target file is this; the finding stands in it. */
function inTarget(at: string, text: string): Fixture {
    return { files: { 'graph/VM/t.properties': text }, at: `graph/VM/t.properties:${at}` };
}

/** A fixture with a component of the installer `file` and these instructions. */
function instructions(at: string, text: string): Fixture {
    const main = (SOUND['graph/main.graph'] ?? '').replace('script', 'file');
    return {
        files: { 'graph/main.graph': main, 'graph/App/instructions.properties': text },
        at: `graph/App/instructions.properties:${at}`,
    };
}

/** A fixture with a template of the script recipe. */
function template(at: string, text: string): Fixture {
    const file = 'graph/App/roboconf-templates/start.template';
    return { files: { [file]: text }, at: `${file}:${at}` };
}

/** A fixture of a recipe that a Maven project builds; the application is its `src/main/model`. */
function maven(at: string, text: string, files: Fixture['files'] = {}): Fixture {
    return { files: { '../../../pom.xml': text, ...files }, at, directory: '/p/src/main/model', options: RECIPE };
}

/** A fixture with these instructions; beside them there is a command file that executes itself. */
function commands(at: string, text: string): Fixture {
    return {
        files: { 'commands/c.commands': text, 'commands/again.commands': 'execute again\n' },
        at: `commands/c.commands:${at}`,
    };
}

/** A fixture whose script recipe has this `recipe.properties`. */
function recipe(at: string, text: string): Fixture {
    return { files: { 'graph/App/recipe.properties': text }, at: `graph/App/recipe.properties:${at}` };
}

/** A puppet component with the given recipe files, and what it imports. */
function puppet(at: string, imports: string, files: Fixture['files']): Fixture {
    const block = `P {\n\tinstaller: puppet;\n\timports: ${imports} (optional);\n}\n`;
    const main = (SOUND['graph/main.graph'] ?? '').replace('children: App', 'children: App, P');
    return { files: { 'graph/main.graph': main + block, ...files }, at: `graph/main.graph:${at}` };
}

/** A fixture with this rule in `rules.autonomic/r.drl`, and the command that it runs. */
function rule(at: string, text: string): Fixture {
    return {
        files: { 'commands/go.commands': 'write x into a.txt\n', 'rules.autonomic/r.drl': text },
        at: `rules.autonomic/r.drl:${at}`,
    };
}

/** A fixture with these probes of the component App. */
function probes(at: string, text: string): Fixture {
    return { files: { 'probes/App.measures': text }, at: `probes/App.measures:${at}` };
}

/** A fixture with a probe of the component App and these values. */
function measureValues(at: string, text: string): Fixture {
    const file = 'probes/App.measures.properties';
    return { files: { 'probes/App.measures': '[EVENT file a]\n/{{ k }}\n', [file]: text }, at: `${file}:${at}` };
}

const MODULE = 'graph/P/roboconf_p/manifests/init.pp';
const BLOCK = 'App {\n\tinstaller: script;\n}\n';
const RECIPE: CheckOptions = { recipe: true, flexible: true };
const TARGET = 'id = a\nname = n\n';
const POM = '<project>\n<artifactId>a</artifactId>\n</project>\n';

const FIXTURES: Readonly<Record<ModelCode, Fixture>> = {
    CO_NOT_A_GRAPH: {
        files: {
            'graph/main.graph': 'import a.graph;\nVM {\n\tinstaller: target;\n}\n',
            'graph/a.graph': 'instance of VM {\n\tname: a;\n}\n',
        },
        at: 'graph/main.graph:1:8',
    },
    CO_NOT_INSTANCES: instances('1:1', BLOCK),
    CO_UNREACHABLE_FILE: graph('9:8', 'import nowhere.graph;\n'),
    CO_ALREADY_DEFINED_FACET: graph('9:7', 'facet F {\n}\nfacet F {\n}\n'),
    CO_ALREADY_DEFINED_COMPONENT: graph('5:1', BLOCK),
    CO_ALREADY_DEFINED_INSTANCE: instances('2:8', 'instance of VM {\n\tname: a;\n}\n'.repeat(2)),
    CO_CONFLICTING_INFERRED_INSTANCE: instances(
        '3:9',
        'instance of VM {\n\tname: a;\n\tcount: 2;\n}\ninstance of VM {\n\tname: a2;\n}\n',
    ),
    CO_INEXISTING_CHILD: graph('11:12', 'Big {\n\tinstaller: target;\n\tchildren: Nothing;\n}\n'),
    CO_INEXISTING_COMPONENT: instances('1:13', 'instance of Nothing {\n\tname: a;\n}\n'),
    CO_INEXISTING_FACET: graph('11:10', 'Big {\n\tinstaller: target;\n\tfacets: nothing;\n}\n'),
    CO_CONFLICTING_NAME: graph('9:7', 'facet VM {\n}\n'),
    CO_GRAPH_COULD_NOT_BE_BUILT: descriptor('4:21', 'main.graph', 'gone.graph'),
    RM_MISSING_APPLICATION_NAME: descriptor('1:1', 'name = app\n', ''),
    RM_INVALID_APPLICATION_NAME: descriptor('1:8', 'name = app', 'name = 1app'),
    RM_MISSING_APPLICATION_DSL_ID: descriptor('1:1', 'dsl-id = roboconf-1.0\n', ''),
    RM_MISSING_APPLICATION_VERSION: descriptor('2:1', '1.0\n', '\n'),
    RM_MISSING_APPLICATION_GEP: descriptor('1:1', 'graph-entry-point = main.graph\n', ''),
    RM_MISSING_APPLICATION_GRAPHS: {
        files: { ...absent(), 'graph/VM/readme.txt': '' },
        at: '-',
        options: RECIPE,
    },
    RM_MISSING_APPLICATION_EXPORT_PREFIX: descriptor('1:1', 'name', 'exports = App.port as port\nname'),
    RM_INVALID_APPLICATION_VERSION: descriptor('2:11', '1.0\n', 'one\n'),
    RM_EMPTY_COMPONENT_INSTALLER: graph('9:1', 'Big {\n}\n'),
    RM_COMPONENT_IMPORTS_EXPORTS: graph(
        '12:11',
        'Big {\n\tinstaller: target;\n\texports: ip;\n\timports: Big.ip;\n}\n',
    ),
    RM_ROOT_INSTALLER_MUST_BE_TARGET: graph('10:13', 'Big {\n\tinstaller: script;\n}\n'),
    RM_INVALID_VARIABLE_NAME: descriptor('2:23', 'name', 'exports-prefix = x\nexports = App.port as 1\nname'),
    RM_INVALID_APPLICATION_EXPORT_PREFIX: descriptor(
        '1:18',
        'name',
        'exports-prefix = 1\nexports = App.port as p\nname',
    ),
    RM_MAGIC_INSTANCE_VARIABLE: instances('3:2', 'instance of VM {\n\tname: a;\n\tfoo: 1;\n}\n'),
    RM_MISSING_VARIABLE_VALUE: {
        files: {
            'graph/main.graph': 'VM {\n\tinstaller: target;\n\texports: x;\n}\n',
            'instances/main.instances': 'instance of VM {\n\tname: a;\n}\n',
        },
        at: 'instances/main.instances:2:8',
    },
    RM_AMBIGUOUS_OVERRIDING: {
        files: {
            'graph/main.graph':
                'VM {\n\tinstaller: target;\n\tfacets: F, G;\n}\nfacet F {\n\texports: x = 1;\n}\nfacet G {\n\texports: x = 1;\n}\n',
            'instances/main.instances': 'instance of VM {\n\tname: a;\n\tx: 2;\n}\n',
        },
        at: 'instances/main.instances:3:2',
    },
    RM_INVALID_EXTERNAL_EXPORT: descriptor('2:11', 'name', 'exports-prefix = x\nexports = App.zip as p\nname'),
    RM_ALREADY_DEFINED_EXTERNAL_EXPORT: {
        files: {
            'descriptor/application.properties': `${DESCRIPTOR}exports-prefix = x\nexports = App.port as p, App.b as p\n`,
            'graph/main.graph': (SOUND['graph/main.graph'] ?? '').replace('port = 80', 'port = 80, b = 1'),
        },
        at: 'descriptor/application.properties:7:35',
    },
    RM_INVALID_RANDOM_KIND: graph('11:18', 'Big {\n\tinstaller: target;\n\texports: random[name] a;\n}\n'),
    RM_NO_VALUE_FOR_RANDOM: graph('11:11', 'Big {\n\tinstaller: target;\n\texports: random[port] a = 1;\n}\n'),
    RM_CYCLE_IN_COMPONENTS: graph('11:12', 'Big {\n\tinstaller: target;\n\tchildren: Big;\n}\n'),
    RM_CYCLE_IN_COMPONENTS_INHERITANCE: graph('11:11', 'Big {\n\tinstaller: target;\n\textends: Big;\n}\n'),
    RM_CYCLE_IN_FACETS_INHERITANCE: graph(
        '14:11',
        'Big {\n\tinstaller: target;\n\tfacets: F;\n}\nfacet F {\n\textends: F;\n}\n'.replace(
            '}\nfacet F',
            '}\nfacet F',
        ),
    ),
    RM_NO_ROOT_COMPONENT: {
        files: { 'graph/main.graph': 'VM {\n\tinstaller: target;\n\tchildren: VM;\n}\n' },
        at: 'graph/main.graph:1:1',
    },
    RM_UNRESOLVABLE_VARIABLE: graph('11:11', 'Big {\n\tinstaller: target;\n\timports: App.host;\n}\n'),
    RM_UNRESOLVABLE_FACET_VARIABLE: graph('13:11', 'facet F {\n}\nBig {\n\tinstaller: target;\n\timports: F.*;\n}\n'),
    RM_MISSING_INSTANCE_PARENT: instances('1:13', 'instance of App {\n\tname: a;\n}\n'),
    RM_INVALID_INSTANCE_PARENT: instances(
        '3:14',
        'instance of VM {\n\tname: a;\n\tinstance of VM {\n\t\tname: b;\n\t}\n}\n',
    ),
    RM_UNREACHABLE_COMPONENT: graph('5:1', 'facet F {\n\tchildren: App;\n}\n'),
    RM_ORPHAN_FACET: graph('9:7', 'facet F {\n}\n'),
    RM_ORPHAN_FACET_WITH_CHILDREN: graph('9:7', 'facet F {\n\tchildren: App;\n}\n'),
    PROJ_NO_GRAPH_DIR: {
        files: { 'graph/main.graph': null, 'graph/VM/t.properties': null, 'graph/App/scripts/start.sh': null },
        at: '-',
    },
    PROJ_NO_DESC_DIR: { files: { 'descriptor/application.properties': null }, at: '-' },
    PROJ_NO_DESC_FILE: {
        files: { 'descriptor/application.properties': null, 'descriptor/icon.png': '' },
        at: '-',
    },
    PROJ_MISSING_GRAPH_EP: descriptor('4:21', 'main.graph', 'gone.graph'),
    PROJ_MISSING_INSTANCE_EP: descriptor('5:24', 'main.instances', 'gone.instances'),
    PROJ_READ_DESC_FILE: {
        files: { 'descriptor/application.properties': null, 'descriptor/application.properties/a': '' },
        at: '-',
    },
    PROJ_INVALID_EXTERNAL_EXPORTS: descriptor('2:11', 'name', 'exports-prefix = x\nexports = App.port\nname'),
    PROJ_NO_RESOURCE_DIRECTORY: { files: { 'graph/App/scripts/start.sh': null }, at: 'graph/main.graph:5:1' },
    PROJ_INVALID_COMMAND_EXT: { files: { 'commands/a.txt': '' }, at: 'commands/a.txt:1:1' },
    PROJ_INVALID_RULE_EXT: { files: { 'rules.autonomic/a.txt': '' }, at: 'rules.autonomic/a.txt:1:1' },
    PROJ_UNREACHABLE_FILE: { files: { 'graph/other.graph': '' }, at: 'graph/other.graph:1:1' },
    PROJ_INVALID_FILE_LOCATION: { files: { 'other.graph': '' }, at: 'other.graph:1:1' },
    REC_PUPPET_DISLIKES_WILDCARD_IMPORTS: puppet('11:11', 'App.*', { [MODULE]: '' }),
    REC_PUPPET_HAS_NO_RBCF_MODULE: puppet('9:1', 'App.port', { 'graph/P/readme.txt': '' }),
    REC_PUPPET_HAS_TOO_MANY_RBCF_MODULES: puppet('9:1', 'App.port', { [MODULE]: '', 'graph/P/Roboconf_q/a': '' }),
    REC_PUPPET_MISSING_PARAM_IMPORT_DIFF: puppet('9:1', 'App.port', {
        [MODULE]: 'class p($runningState = undef, $app = undef) {\n}\n',
    }),
    REC_PUPPET_MISSING_PARAM_RUNNING_STATE: puppet('9:1', 'App.port', {
        [MODULE]: 'class p($importDiff = undef, $app = undef) {\n}\n',
    }),
    REC_PUPPET_MISSING_PARAM_FROM_IMPORT: puppet('9:1', 'App.port', {
        [MODULE]: 'class p($importDiff = undef, $runningState = undef) {\n}\n',
    }),
    REC_SCRIPT_NO_SCRIPTS_DIR: {
        files: { 'graph/App/scripts/start.sh': null, 'graph/App/start.sh': '' },
        at: 'graph/main.graph:6:13',
    },
    REC_TARGET_NO_ID: target('handler = local\nname = n\n'),
    REC_TARGET_NO_HANDLER: target('id = a\nhandler =\nname = n\n'),
    REC_TARGET_INVALID_FILE_OR_CONTENT: target('id = a\nhandler = local\nname = \\u00zz\n'),
    REC_TARGET_CONFLICTING_ID: {
        files: { 'graph/VM/u.properties': 'id = a\nhandler = local\nname = other\n' },
        at: 'graph/main.graph:2:13',
    },
    REC_TARGET_NO_NAME: target('id = a\nhandler = local\n'),
    REC_TARGET_NO_PROPERTIES: {
        files: { 'graph/VM/t.properties': null, 'graph/VM/below/t.properties': 'id = a\n' },
        at: 'graph/main.graph:2:13',
    },
    RULE_IO_ERROR: {
        files: { 'rules.autonomic/large.drl': 'large' },
        at: 'rules.autonomic/large.drl:1:1',
    },
    RULE_EMPTY_NAME: rule('1:6', 'rule "" when e then go end'),
    RULE_INVALID_SYNTAX: rule('1:6', 'rule r when e then go end'),
    RULE_EMPTY_WHEN: rule('1:10', 'rule "r" when   then go end'),
    RULE_EMPTY_THEN: rule('1:17', 'rule "r" when e then ; end'),
    RULE_UNKNOWN_COMMAND: rule('1:22', 'rule "r" when e then goo end'),
    REC_ARTIFACT_ID_IN_LOWER_CASE: maven('../../../pom.xml:2:13', POM.replace('>a<', '>A<')),
    REC_AVOID_INSTANCES: maven('instances/main.instances:1:1', POM),
    REC_MISSING_README: maven('../../../pom.xml:1:1', POM),
    REC_OFFICIAL_GROUP_ID: maven(
        '../../../pom.xml:2:10',
        '<project>\n<groupId>org.me</groupId><build><plugins><plugin><artifactId>roboconf-maven-plugin</artifactId>' +
            '<configuration><official>true</official></configuration></plugin></plugins></build></project>',
    ),
    CMD_INVALID_TARGET_ID: commands('1:15', 'associate /vm with\n'),
    CMD_NO_MATCHING_INSTANCE: commands('1:14', 'stop all /vm/web\n'),
    CMD_NOT_AN_ACCEPTABLE_PARENT: commands('1:23', 'create App as b under /vm/app\n'),
    CMD_CANNOT_HAVE_ANY_PARENT: commands('1:22', 'create VM as b under /vm\n'),
    CMD_NOT_A_SCOPED_INSTANCE: commands('1:11', 'associate /vm/app with a\n'),
    CMD_NOT_A_ROOT_INSTANCE: commands('1:11', 'replicate /vm/app as b\n'),
    CMD_UNRECOGNIZED_INSTRUCTION: commands('1:1', 'halt /vm\n'),
    CMD_INVALID_INSTANCE_STATUS: commands('1:25', 'change status of /vm to asleep\n'),
    CMD_INSTABLE_INSTANCE_STATUS: commands('1:25', 'change status of /vm to starting\n'),
    CMD_EMPTY_VARIABLE_NAME: commands('1:1', 'define = x\n'),
    CMD_MISSING_INSTANCE_NAME: commands('1:12', 'rename /vm as\n'),
    CMD_INVALID_INSTANCE_NAME: commands('1:15', 'rename /vm as 2nd\n'),
    CMD_MISSING_COMPONENT_NAME: commands('1:1', 'create as b\n'),
    CMD_INEXISTING_COMPONENT: commands('1:23', 'stop all instances of Ap\n'),
    CMD_MISSING_PARENT_INSTANCE: commands('1:15', 'create App as b\n'),
    CMD_CONFLICTING_INSTANCE_NAME: commands('1:14', 'create VM as vm\n'),
    CMD_EMAIL_NO_MESSAGE: commands('1:9', 'email a with # nothing\n'),
    CMD_NO_INSTRUCTION: commands('1:1', '# nothing\n'),
    CMD_UNRESOLVED_VARIABLE: commands('1:7', 'write $(text) into a.txt\n'),
    CMD_INVALID_SYNTAX: commands('1:1', 'execute\n'),
    CMD_MISSING_TARGET_FILE: commands('1:13', 'append some into\n'),
    CMD_MISSING_COMMAND_NAME: commands('1:1', 'execute # nothing\n'),
    CMD_INEXISTING_COMMAND: commands('1:9', 'execute agian\n'),
    CMD_LOOPING_COMMAND: commands('1:9', 'execute c\n'),
    CMD_NASTY_LOOPING_COMMAND: commands('1:9', 'execute again\n'),
    CMD_INVALID_DATE_PATTERN: commands('1:12', 'define d = $(FORMATTED_TIME yyyy-bb)\n'),
    CMD_NO_MIX_FOR_PATTERNS: commands('1:12', 'define d = on $(FORMATTED_TIME yyyy)\n'),
    CMD_INVALID_INDEX_PATTERN: commands('1:12', 'define d = vm $(EXISTING_INDEX LAST)\n'),
    P_IO_ERROR: graph('9:8', 'import VM;\n'),
    X_AMBIGUOUS_EXPORT: graph('11:11', 'Big {\n\tinstaller: target;\n\texports: a = 1, Big.a = 2;\n}\n'),
    X_CONFLICTING_OVERRIDES: instances(
        '5:3',
        'instance of VM {\n\tname: a;\n\tinstance of App {\n\t\tname: b;\n\t\tport: 1;\n\t\tApp.port: 2;\n\t}\n}\n',
    ),
    X_DESCRIPTOR_DUPLICATE_KEY: descriptor('1:1', 'name', 'name = other\nname'),
    X_DESCRIPTOR_EXPORTED_TWICE: descriptor(
        '2:11',
        'name',
        'exports-prefix = x\nexports = App.port as p, App.port as q\nname',
    ),
    X_DESCRIPTOR_LEGACY_KEY: descriptor('1:1', 'name', 'application-name'),
    X_DESCRIPTOR_UNKNOWN_KEY: descriptor('1:1', 'name', 'descripton = a\nname'),
    X_ICON_NOT_CHOSEN: {
        files: { 'descriptor/a.png': '', 'descriptor/b.SVG': '' },
        at: 'descriptor/application.properties:1:1',
    },
    X_IMPORT_FROM_DEPENDENCY: maven(
        'graph/main.graph:1:8',
        '<project><dependencies><dependency><groupId>org.me</groupId><artifactId>b</artifactId></dependency></dependencies></project>',
        { 'graph/main.graph': 'import org.me/b/b.graph;\n' },
    ),
    X_IMPORT_OUTSIDE: graph('9:8', 'import ../../other.graph;\n'),
    X_INSTRUCTION_INVALID_KEY: instructions('1:1', 'deploi.1.copy = a -> b\n'),
    X_INSTRUCTION_INVALID_VALUE: instructions('1:17', 'deploy.1.copy = a\n'),
    X_INSTRUCTION_NO_FILE: {
        files: { 'graph/main.graph': (SOUND['graph/main.graph'] ?? '').replace('script', 'file') },
        at: 'graph/main.graph:6:13',
    },
    X_INSTRUCTION_SAME_POSITION: instructions('2:1', 'deploy.1.copy = a -> b\nDeploy.11.delete = c\n'),
    X_INSTRUCTION_UNKNOWN_ACTION: instructions('1:1', 'deploy.1.cpoy = a -> b\n'),
    X_LINK_NOT_FOLLOWED: { files: { 'graph/linked/more.graph': 'A {\n}\n' }, at: '-' },
    X_MALFORMED_ESCAPE: descriptor('1:12', 'app', 'app \\u00zz'),
    X_MEASURES_DUPLICATE_KEY: measureValues('1:1', 'k = 1\nk = 2\n'),
    X_MEASURES_INVALID_BODY: probes('2:1', '[EVENT rest a]\nCheck this\n'),
    X_MEASURES_INVALID_HEADER: probes('1:1', '[EVENT file]\n/a\n'),
    X_MEASURES_NO_PROBES: {
        files: { 'probes/App.measures.properties': 'k = 1\n' },
        at: 'probes/App.measures.properties:1:1',
    },
    X_MEASURES_STRAY_TEXT: probes('1:1', 'hello\n[EVENT file a]\n/a\n'),
    X_MEASURES_UNDEFINED_KEY: probes('2:5', '[EVENT file a]\n/{{ key }}\n'),
    X_MEASURES_UNKNOWN_COMPONENT: {
        files: { 'probes/Apq.measures': '[EVENT file a]\n/a\n' },
        at: 'probes/Apq.measures:1:1',
    },
    X_MEASURES_UNKNOWN_HANDLER: probes('1:8', '[EVENT fiel a]\n/a\n'),
    X_MEASURES_UNUSED_EVENT: probes('1:13', '[EVENT file a]\n/a\n'),
    X_MEASURES_UNUSED_VALUE: measureValues('1:1', 'j = 1\nk = 2\n'),
    X_MAVEN_PLACEHOLDER: {
        files: { 'descriptor/application.properties': DESCRIPTOR.replace('main.graph', '${entry}') },
        at: 'descriptor/application.properties:4:21',
        directory: '/p/src/main/model',
    },
    X_MISSPELLED_INSTALLER: graph('10:13', 'Big {\n\tinstaller: tagret;\n}\n'),
    X_RECIPE_AMBIGUOUS_SCRIPT: {
        files: { 'graph/App/scripts/stop.py': '', 'graph/App/scripts/stop.rb': '' },
        at: 'graph/main.graph:6:13',
    },
    X_RECIPE_DUPLICATE_KEY: recipe('1:1', 'retries = 1\nretries = 2\n'),
    X_RECIPE_INVALID_VALUE: recipe('2:17', 'retries = 1\nstart.timeout = soon\n'),
    X_RECIPE_NOT_A_DIRECTORY: {
        files: { 'graph/App/scripts/start.sh': null, 'graph/App': '' },
        at: 'graph/main.graph:5:1',
    },
    X_RECIPE_UNUSED_SCRIPT: {
        files: { 'graph/App/scripts/start.sh': 'exit 0', 'graph/App/scripts/begin.sh': 'exit 1' },
        at: 'graph/App/scripts/begin.sh:1:1',
    },
    X_RECIPE_UNKNOWN_KEY: recipe('1:1', 'timout = 30s\n'),
    X_RULE_DUPLICATE_ATTRIBUTE: rule('3:1', 'rule "r"\nsleep period is 1\nsleep period is 2\nwhen e then go end'),
    X_RULE_JOINED_COMMANDS: rule('2:1', 'rule "r" when e then\ngo # first\ngo\nend'),
    X_RULE_NAME_MISMATCH: rule('1:7', 'rule "q" when e then go end'),
    X_RULE_NUMBER_TOO_LARGE: rule('2:17', 'rule "r"\nsleep period is 2147483648 when e then go end'),
    X_RULE_SEVERAL_EVENTS: rule('1:15', 'rule "r" when e f then go end'),
    X_RULE_SEVERAL_RULES: rule('2:7', 'rule "r" when e then go end\nrule "s" when e then go end'),
    X_RULE_UNKNOWN_ATTRIBUTE: rule('2:1', 'rule "r"\nsleep period = 5\nwhen e then go end'),
    X_RULE_UNKNOWN_EVENT: rule('1:15', 'rule "r" when e then go end'),
    X_TARGET_DUPLICATE_KEY: inTarget('1:1', `name = o\nhandler = local\n${TARGET}`),
    X_TARGET_INLINE_COMMENT: inTarget('1:22', `in-memory.delay = 10 # ms\nhandler = in-memory\n${TARGET}`),
    X_TARGET_INVALID_PLACEHOLDER: inTarget('1:12', `scp.user = \${env:1}\nhandler = embedded\n${TARGET}`),
    X_TARGET_INVALID_VALUE: inTarget('1:19', `in-memory.delay = soon\nhandler = in-memory\n${TARGET}`),
    X_TARGET_MISSING_KEYS: inTarget('1:11', `handler = jclouds\n${TARGET}`),
    X_TARGET_NOT_NESTED: {
        files: {
            'graph/main.graph': 'VM {\n\tinstaller: target;\n\tchildren: In;\n}\nIn {\n\tinstaller: target;\n}\n',
            'graph/In/t.properties': `handler = iaas-ec2\n${TARGET}`,
        },
        at: 'graph/In/t.properties:1:11',
    },
    X_TARGET_NO_DEFAULT: {
        files: { 'graph/VM/u.properties': 'id = b\nhandler = local\nname = m\n' },
        at: 'graph/main.graph:2:13',
    },
    X_TARGET_UNVERIFIED_HOSTS: inTarget('1:1', `scp.disable.host.validation = true\nhandler = embedded\n${TARGET}`),
    X_TARGET_SECRET_IN_CLEAR: inTarget('1:19', `docker.password = 123\nhandler = docker\n${TARGET}`),
    X_TARGET_SHARED_ID: {
        files: { 'targets/u.properties': `handler = local\n${TARGET}` },
        at: 'targets/u.properties:2:6',
    },
    X_TARGET_UNKNOWN_HANDLER: inTarget('1:11', `handler = dokcer\n${TARGET}`),
    X_TARGET_UNKNOWN_KEY: inTarget('1:1', `docker.iamge = a\nhandler = docker\n${TARGET}`),
    X_TEMPLATE_INVALID: template('1:4', '{{#imports}}'),
    X_TEMPLATE_UNKNOWN_NAME: template('1:6', 'a={{ ip }}'),
    X_TOO_DEEP: graph('16:11', chainOf(258)),
    X_POSITIONS_NOT_READ: {
        files: { 'roboconf.positions.json': '{"formatVersion":1,"components":{"component:VM":{}}}' },
        at: 'roboconf.positions.json:1:1',
    },
    X_TOO_LARGE: {
        files: { 'graph/main.graph': 'import large.graph;\n', 'graph/large.graph': 'large' },
        at: 'graph/main.graph:1:8',
    },
    X_TOO_MANY_FINDINGS: graph('2005:7', 'facet F {\n}\n'.repeat(1001)),
    X_TOO_MANY_WORDS: commands('1:18', `define longest = ${'x'.repeat(2000)}\n`),
    X_TOO_MANY_VARIABLES: graph('113:11', wideChainOf(34)),
    X_UNUSED_VARIABLE: commands('1:8', 'define text = b\n'),
    X_TOO_MANY_INSTANCES: instances('3:9', 'instance of VM {\n\tname: a;\n\tcount: 2000000000;\n}\n'),
};

function absent(): Readonly<Record<string, null>> {
    return Object.fromEntries(Object.keys(SOUND).map((file) => [file, null]));
}

/** Components that extend one another, from the last to the first. */
function chainOf(length: number): string {
    const blocks = Array.from({ length }, (_, i) => `C${i} {\n\textends: C${i + 1};\n}\n`);
    return `${blocks.join('')}C${length} {\n\tinstaller: target;\n}\n`;
}

/** Components that extend one another, from the first to the last; the first exports 500 variables, the others replicate all they inherit. */
function wideChainOf(length: number): string {
    const variables = Array.from({ length: 500 }, (_, i) => `v${i} = 1`).join(', ');
    const heirs = Array.from({ length }, (_, i) => `C${i + 1} {\n\textends: C${i};\n}\n`);
    return `C0 {\n\tinstaller: target;\n\texports: ${variables};\n}\n${heirs.join('')}`;
}

const known = new Map<Fixture, readonly Finding[]>();

function findingsOf(fixture: Fixture): readonly Finding[] {
    const findings = known.get(fixture) ?? analysed(fixture);
    known.set(fixture, findings);
    return findings;
}

function analysed({ files, options, directory = '/app' }: Fixture): readonly Finding[] {
    const all = Object.entries({ ...SOUND, ...files });
    const texts = all.flatMap(([file, text]) => (text === null ? [] : [[posix.join(directory, file), text] as const]));
    const { findings } = createLanguage().loadApplication(
        withLarge(memoryFiles(Object.fromEntries(texts))),
        directory,
        options,
    );
    return findings;
}

/** `code at place severity` of every finding. */
function found(fixture: Fixture): readonly string[] {
    return findingsOf(fixture).map(({ code, severity, range }) => {
        const place = range === null ? '-' : `${range.file}:${range.line}:${range.column}`;
        return `${code} at ${place} ${severity}`;
    });
}

/** Files with `large` in their name are answered as too large; directories called `linked` are links. */
function withLarge(files: FileSystem): FileSystem {
    return {
        ...files,
        list: (path) => files.list(path)?.map((entry) => ({ ...entry, isLink: entry.name === 'linked' })),
        read: (path) => (path.includes('large') ? { tooLarge: true, bytes: MAX_FILE_BYTES + 1 } : files.read(path)),
    };
}

const translated: unknown = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../l10n/findings.fr.json'), 'utf8'),
);
const french = parseFindingTemplates({ findings: translated });

test('everything the fixtures show is said in French, with the same names', () => {
    const quoted = /'([^' ]*[A-Z./][^' ]*)'/g;
    const namesIn = (text: string): readonly string[] => [...text.matchAll(quoted)].map((match) => match[1] ?? '');
    const lacking = Object.values(FIXTURES)
        .flatMap(findingsOf)
        .flatMap((finding) => {
            const said = findingMessage(finding, french);
            const lost = namesIn(finding.message).filter((name) => !said.includes(name));
            return said === finding.message || lost.length > 0 ? [`${finding.code}: ${said} (${lost.join(', ')})`] : [];
        });
    expect([...new Set(lacking)]).toEqual([]);
});

test('the application the fixtures start from is sound', () => {
    expect(found({ files: {}, at: '' })).toEqual([]);
});

describe('every code of a model is found where it should be', () => {
    const fixtures = new Map<string, Fixture>(Object.entries(FIXTURES));
    test.each(Object.entries(SEVERITIES))('%s', (code, severity) => {
        const fixture = fixtures.get(code);
        const places = fixture === undefined ? [] : found(fixture).filter((finding) => finding.startsWith(`${code} `));
        expect(places).toContain(`${code} at ${fixture?.at} ${severity}`);
    });
});
