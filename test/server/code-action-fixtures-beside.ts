/** The same for what stands beside the model: commands, rules, probes, targets, recipes. */
import { type CureFixture, withFiles } from './code-action-fixtures.ts';

/** A commands file beside one that is sound. */
function commands(code: string, about: string, text: string): CureFixture {
    return withFiles(code, about, { 'commands/scale.commands': text, 'commands/other.commands': 'stop all /vm\n' });
}

const RULE = 'rule "high-load"\nwhen\n\thigh-load\nthen\n\tscale\nend\n';
const PROBES = '[EVENT file high-load]\nNotify if not exists /tmp/app\n';

/** A rule with a probe that emits its event and a command to execute. */
function rule(code: string, about: string, text: string): CureFixture {
    return withFiles(code, about, {
        'rules.autonomic/high-load.drl': text,
        'commands/scale.commands': 'stop all /vm\n',
        'probes/VM.measures': PROBES,
    });
}

function probes(code: string, about: string, text: string, values: string | null = null): CureFixture {
    return withFiles(code, about, {
        'rules.autonomic/high-load.drl': RULE,
        'commands/scale.commands': 'stop all /vm\n',
        'probes/VM.measures': text,
        'probes/VM.measures.properties': values,
    });
}

function target(code: string, about: string, text: string): CureFixture {
    return withFiles(code, about, { 'graph/VM/t.properties': `id = a\nname = n\n${text}` });
}

const FILE_GRAPH = `VM {
	installer: target;
	children: App;
}

App {
	installer: file;
	exports: port = 80;
}
`;

function instructions(code: string, about: string, text: string): CureFixture {
    return withFiles(code, about, {
        'graph/main.graph': FILE_GRAPH,
        'graph/App/scripts/start.sh': null,
        'graph/App/instructions.properties': text,
    });
}

function template(code: string, about: string, text: string): CureFixture {
    return withFiles(code, about, { 'graph/App/roboconf-templates/app.conf.template': text });
}

export const CURE_FIXTURES_BESIDE: readonly CureFixture[] = [
    // Commands.
    commands('CMD_UNRECOGNIZED_INSTRUCTION', 'misspelled', 'stop al /vm\n'),
    commands('CMD_UNRECOGNIZED_INSTRUCTION', 'words', 'stop all /vm\nwhatever this is\n'),
    commands('CMD_INVALID_SYNTAX', 'no slash', 'rename vm as other\n'),
    commands('CMD_INVALID_SYNTAX', 'no keyword', 'stop all /vm\nrename /vm to other\n'),
    commands('CMD_NO_MATCHING_INSTANCE', 'misspelled', 'stop all /vn\n'),
    commands('CMD_NO_MATCHING_INSTANCE', 'a new root', 'stop all /machine\n'),
    commands('CMD_NO_MATCHING_INSTANCE', 'a new child', 'stop all /vm/\\\n    server\n'),
    commands('CMD_NO_MATCHING_INSTANCE', 'no slash', 'create App as other under vm\n'),
    commands('CMD_NOT_AN_ACCEPTABLE_PARENT', '', 'create App as other under /vm/app\n'),
    commands('CMD_CANNOT_HAVE_ANY_PARENT', '', 'create VM as other under /vm\n'),
    commands('CMD_MISSING_PARENT_INSTANCE', '', 'create App as other\n'),
    commands('CMD_NOT_A_SCOPED_INSTANCE', '', 'associate /vm/app with a\n'),
    commands('CMD_NOT_A_ROOT_INSTANCE', '', 'replicate /vm/app as other\n'),
    commands('CMD_INVALID_INSTANCE_STATUS', 'misspelled', 'change status of /vm to deployed and starte\n'),
    commands('CMD_INVALID_INSTANCE_STATUS', 'missing', 'change status of /vm to\n'),
    commands('CMD_INSTABLE_INSTANCE_STATUS', '', 'change status of /vm to starting\n'),
    commands('CMD_EMPTY_VARIABLE_NAME', '', 'stop all /vm\ndefine = x\n'),
    commands('CMD_MISSING_INSTANCE_NAME', 'of a component', 'create VM as\n'),
    commands('CMD_MISSING_INSTANCE_NAME', 'of a copy', 'replicate /vm as\n'),
    commands('CMD_INVALID_INSTANCE_NAME', '', 'create VM as my/vm\n'),
    commands('CMD_MISSING_COMPONENT_NAME', 'a root', 'create  as other\n'),
    commands('CMD_MISSING_COMPONENT_NAME', 'a child', 'create  as other under /vm\n'),
    commands('CMD_INEXISTING_COMPONENT', 'misspelled', 'create Vn as other\n'),
    commands('CMD_INEXISTING_COMPONENT', 'a new root', 'create Machine as other\n'),
    commands('CMD_INEXISTING_COMPONENT', 'a new child', 'create Server as other under /vm\n'),
    commands('CMD_CONFLICTING_INSTANCE_NAME', '', 'create App as app under /vm\n'),
    commands('CMD_INVALID_TARGET_ID', '', 'associate /vm with\n'),
    commands('CMD_UNRESOLVED_VARIABLE', 'not defined', 'stop all /vm\nwrite x into $(file)\n'),
    commands('CMD_UNRESOLVED_VARIABLE', 'misspelled', 'define file = /tmp/a\nwrite $(file) into $(fiel)\n'),
    commands('CMD_UNRESOLVED_VARIABLE', 'a generator', 'create VM as vm$(SMART_INDEX)\n'),
    commands(
        'CMD_UNRESOLVED_VARIABLE',
        'a generator of a wrong form',
        'define name = vm$(EXISTING_INDEX)\nwrite x into /tmp/$(name)\n',
    ),
    commands('CMD_MISSING_TARGET_FILE', '', 'write some text into\n'),
    commands('CMD_MISSING_COMMAND_NAME', '', 'stop all /vm\nexecute # nothing\n'),
    commands('CMD_INEXISTING_COMMAND', 'a new one', 'execute prepare\n'),
    commands('CMD_INEXISTING_COMMAND', 'misspelled', 'execute othr\n'),
    commands('CMD_LOOPING_COMMAND', '', 'stop all /vm\nexecute \\\n    scale\n'),
    withFiles('CMD_NASTY_LOOPING_COMMAND', '', {
        'commands/a.commands': 'stop all /vm\nexecute b\n',
        'commands/b.commands': 'stop all /vm\nexecute a\n',
    }),
    commands('CMD_INVALID_DATE_PATTERN', '', 'define day = $(FORMATTED_TIME pppp)\nwrite x into $(day)\n'),
    commands('CMD_NO_MIX_FOR_PATTERNS', '', 'define file = /tmp/$(FORMATTED_TIME yyyy)\nwrite x into $(file)\n'),
    commands('CMD_INVALID_INDEX_PATTERN', '', 'define name = vm$(EXISTING_INDEX LAST)\nwrite x into /tmp/$(name)\n'),
    commands('X_UNUSED_VARIABLE', '', 'define file = /tmp/a\nstop all /vm\n'),
    // Rules.
    rule('RULE_EMPTY_NAME', '', RULE.replace('"high-load"', '""')),
    rule('RULE_EMPTY_WHEN', '', RULE.replace('\thigh-load\n', '\t\n\t\n')),
    rule('RULE_EMPTY_THEN', '', RULE.replace('\tscale\n', '\t;\n')),
    rule('RULE_INVALID_SYNTAX', 'nothing', '# nothing\n'),
    rule('RULE_INVALID_SYNTAX', 'no name', RULE.replace('"high-load"', '')),
    rule('RULE_INVALID_SYNTAX', 'no quotes', RULE.replace('"high-load"', 'high-load')),
    rule('RULE_INVALID_SYNTAX', 'no end', RULE.replace('end\n', '')),
    rule('RULE_UNKNOWN_COMMAND', 'a new one', RULE.replace('scale', 'grow')),
    rule('RULE_UNKNOWN_COMMAND', 'misspelled', RULE.replace('scale', 'scal')),
    rule('RULE_UNKNOWN_COMMAND', 'with its extension', RULE.replace('scale', 'scale.commands')),
    rule('X_RULE_DUPLICATE_ATTRIBUTE', '', RULE.replace('when', 'sleep period is 10s\nsleep period is 20s\nwhen')),
    rule('X_RULE_JOINED_COMMANDS', '', RULE.replace('\tscale\n', '\tscale # first\n\tscale\n')),
    rule('X_RULE_NAME_MISMATCH', '', RULE.replace('"high-load"', '"other"')),
    rule('X_RULE_NUMBER_TOO_LARGE', '', RULE.replace('when', 'sleep period is 99999999999s\nwhen')),
    rule('X_RULE_SEVERAL_RULES', '', `${RULE}\n${RULE.replace('"high-load"', '"second"')}`),
    rule('X_RULE_UNKNOWN_ATTRIBUTE', 'misspelled', RULE.replace('when', 'slep period is 10s\nwhen')),
    rule('X_RULE_UNKNOWN_ATTRIBUTE', 'words', RULE.replace('when', 'salience 10 is good\nwhen')),
    rule('X_RULE_UNKNOWN_EVENT', '', RULE.replace('\thigh-load', '\thihg-load')),
    // Probes.
    probes('X_MEASURES_DUPLICATE_KEY', '', PROBES.replace('/tmp/app', '{{ path }}'), 'path = /a\npath = /b\n'),
    probes('X_MEASURES_INVALID_HEADER', '', PROBES.replace('[EVENT file high-load]', '[event: file, high-load]')),
    probes('X_MEASURES_INVALID_HEADER', 'no kind', PROBES.replace('[EVENT file high-load]', '[EVENT high-load]')),
    probes('X_MEASURES_STRAY_TEXT', '', `Some words\nand more\n\n${PROBES}`),
    probes('X_MEASURES_UNDEFINED_KEY', 'no file', PROBES.replace('/tmp/app', '{{ path }}')),
    probes('X_MEASURES_UNDEFINED_KEY', 'another key', PROBES.replace('/tmp/app', '{{ path }}/{{ name }}'), 'path = /a'),
    withFiles('X_MEASURES_UNKNOWN_COMPONENT', '', {
        'rules.autonomic/high-load.drl': RULE,
        'commands/scale.commands': 'stop all /vm\n',
        'probes/Ap.measures': PROBES,
    }),
    probes('X_MEASURES_UNKNOWN_HANDLER', '', PROBES.replace('file', 'fiel')),
    probes('X_MEASURES_UNUSED_EVENT', '', `${PROBES}\n[EVENT file gone]\nNotify if not exists /tmp/b\n`),
    probes('X_MEASURES_UNUSED_VALUE', '', PROBES.replace('/tmp/app', '{{ path }}'), 'path = /a\nother = /b\n'),
    // The descriptor and icons.
    descriptorWith('X_DESCRIPTOR_DUPLICATE_KEY', '', 'description = one\ndescription = two\n'),
    descriptorWith('X_DESCRIPTOR_EXPORTED_TWICE', '', 'exports-prefix = x\nexports = App.port as p, App.port as q\n'),
    descriptorWith('X_DESCRIPTOR_LEGACY_KEY', 'in use', 'application-description = one\n'),
    descriptorWith('X_DESCRIPTOR_LEGACY_KEY', 'ignored', 'application-description = one\ndescription = two\n'),
    descriptorWith('X_DESCRIPTOR_UNKNOWN_KEY', 'misspelled', 'descripton = one\n'),
    descriptorWith('X_DESCRIPTOR_UNKNOWN_KEY', 'unknown', 'colour = blue\n'),
    withFiles('X_ICON_NOT_CHOSEN', '', { 'descriptor/a.png': '', 'descriptor/b.svg': '' }),
    // Targets.
    target('X_TARGET_DUPLICATE_KEY', '', 'handler = local\ndescription = one\ndescription = two\n'),
    target(
        'X_TARGET_INLINE_COMMENT',
        '',
        'handler = docker\ndocker.image = alpine # small\ndocker.endpoint = http://localhost:4243\n',
    ),
    target(
        'X_TARGET_INVALID_PLACEHOLDER',
        '',
        'handler = docker\ndocker.image = ${IMAGE}\ndocker.endpoint = http://localhost:4243\n',
    ),
    target('X_TARGET_INVALID_VALUE', 'a choice', 'handler = iaas-occi\nocci.image = agent\nocci.rendering = xml\n'),
    target(
        'X_TARGET_INVALID_VALUE',
        'a boolean',
        'handler = iaas-ec2\nec2.use-block-storage = a\nec2.ebs-delete-on-termination.a = perhaps\n',
    ),
    target('X_TARGET_MISSING_KEYS', '', 'handler = iaas-ec2\nec2.endpoint =\n'),
    target('X_TARGET_UNVERIFIED_HOSTS', '', 'handler = embedded\nscp.disable.host.validation = true\n'),
    target('X_TARGET_SECRET_IN_CLEAR', '', 'handler = local\ndocker.password = opensesame\n'),
    withFiles('X_TARGET_SHARED_ID', '', {
        'graph/main.graph': 'VM {\n\tinstaller: target;\n}\n\nApp {\n\tinstaller: target;\n}\n',
        'graph/App/scripts/start.sh': null,
        'graph/App/u.properties': 'id = a\nhandler = local\nname = n\n',
        'instances/main.instances': 'instance of VM {\n\tname: vm;\n}\n',
    }),
    withFiles('X_TARGET_NO_DEFAULT', '', { 'graph/VM/u.properties': 'id = b\nhandler = local\nname = n\n' }),
    target('X_TARGET_UNKNOWN_HANDLER', '', 'handler = lcoal\n'),
    target(
        'X_TARGET_UNKNOWN_KEY',
        'misspelled',
        'handler = docker\ndocker.image = alpine\ndocker.endpiont = http://localhost:4243\n',
    ),
    target('X_TARGET_UNKNOWN_KEY', 'of another handler', 'handler = local\ndocker.image = alpine\n'),
    // Recipes.
    instructions('X_INSTRUCTION_INVALID_KEY', 'no phase', 'install.1.delete = a\n'),
    instructions('X_INSTRUCTION_INVALID_KEY', '', 'deplyo.1.delete = a\n'),
    withFiles('X_INSTRUCTION_NO_FILE', '', { 'graph/main.graph': FILE_GRAPH }),
    instructions('X_INSTRUCTION_SAME_POSITION', '', 'deploy.1.delete = a\ndeploy.11.delete = b\n'),
    instructions('X_INSTRUCTION_UNKNOWN_ACTION', '', 'deploy.1.delte = a\n'),
    withFiles('X_RECIPE_AMBIGUOUS_SCRIPT', '', {
        'graph/App/scripts/start.sh': null,
        'graph/App/scripts/start.py': 'true\n',
        'graph/App/scripts/start.pl': 'true\n',
    }),
    template('X_TEMPLATE_INVALID', 'a tag', '{{#imports}}{{name}{{/imports}}\n'),
    template('X_TEMPLATE_INVALID', 'a section', '{{#importLists}}\n{{prefix}}\n'),
    template('X_TEMPLATE_INVALID', 'no section', '{{name}}{{/imports}}\n'),
    template('X_TEMPLATE_UNKNOWN_NAME', '', '{{#importLists}}{{prefx}}{{/importLists}}\n'),
];

function descriptorWith(code: string, about: string, lines: string): CureFixture {
    return withFiles(code, about, {
        'descriptor/application.properties': `name = app\nversion = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\ninstance-entry-point = main.instances\n${lines}`,
    });
}
