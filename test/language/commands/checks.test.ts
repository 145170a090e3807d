/** Instructions against the model, and what earlier instructions make of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findingMessage, parseFindingTemplates } from '../../../server/workspace/finding-words.ts';
import { checkFindings, parseFixture, type Found } from '../../support/fixture.ts';
import { commandFindings, foundIn } from './sample.ts';

/** Fixtures with the findings of the file below its lines; unused variables are left out. */
const FIXTURES: Readonly<Record<string, string>> = {
    'paths lead to written instances, to copies and to what they contain': `
stop all /front/web/shop
stop all /back end/store
stop all /node1/web 7
stop all /node
#         ^^^^ CMD_NO_MATCHING_INSTANCE
stop all /node4
#         ^^^^^ CMD_NO_MATCHING_INSTANCE
stop all /front/wab/shop
#               ^^^ CMD_NO_MATCHING_INSTANCE
stop all /front/
#        ^^^^^^^ CMD_NO_MATCHING_INSTANCE
stop all /front//web
#        ^^^^^^^^^^^ CMD_NO_MATCHING_INSTANCE
stop all /Front
#         ^^^^^ CMD_NO_MATCHING_INSTANCE
stop all /toString/__proto__
#         ^^^^^^^^ CMD_NO_MATCHING_INSTANCE
`,
    'every instruction with a path says when nothing is there': `
replicate /a as b
#          ^ CMD_NO_MATCHING_INSTANCE
rename /front/a as b
#             ^ CMD_NO_MATCHING_INSTANCE
associate /a with x
#          ^ CMD_NO_MATCHING_INSTANCE
change status of /a to NOT_DEPLOYED
#                 ^ CMD_NO_MATCHING_INSTANCE
delete /a
#       ^ CMD_NO_MATCHING_INSTANCE
create Site as s under /front/a
#                             ^ CMD_NO_MATCHING_INSTANCE
define x = y under /a
#                   ^ CMD_NO_MATCHING_INSTANCE
define x = y under front
#                  ^^^^^ CMD_NO_MATCHING_INSTANCE
`,
    'an instance is created where the graph allows it': `
create Machine as m
create Server as s under /m
create FastServer as f under /m
create Redis as r under /m
create Site as t under /m/f
create Site as t under /m/r
#                      ^^^^ CMD_NOT_AN_ACCEPTABLE_PARENT
create Redis as r under /big
create Server as s
#                ^ CMD_MISSING_PARENT_INSTANCE
create FastServer as s
#                    ^ CMD_MISSING_PARENT_INSTANCE
create Machine as n under /front
#                         ^^^^^^ CMD_CANNOT_HAVE_ANY_PARENT
create BigMachine as front
#                    ^^^^^ CMD_CONFLICTING_INSTANCE_NAME
create Server as s under /m
#                ^ CMD_CONFLICTING_INSTANCE_NAME
create cache as c
#      ^^^^^ CMD_INEXISTING_COMPONENT
create Servre as c
#      ^^^^^^ CMD_INEXISTING_COMPONENT
create as
#<<<<<< CMD_MISSING_COMPONENT_NAME
#      ^^ CMD_MISSING_INSTANCE_NAME
`,
    'what is created can be used from then on, but not what is refused': `
stop all /m
#         ^ CMD_NO_MATCHING_INSTANCE
create Machine as m
stop all /m
create Server as n
#                ^ CMD_MISSING_PARENT_INSTANCE
stop all /n
#         ^ CMD_NO_MATCHING_INSTANCE
`,
    'a renamed instance keeps its place, its children and its old name no more': `
rename /front/web as www
stop all /front/www/shop
stop all /front/web
#               ^^^ CMD_NO_MATCHING_INSTANCE
rename /front as web
rename /web/www as web
stop all /web/web/shop
rename /web as web
#              ^^^ CMD_CONFLICTING_INSTANCE_NAME
rename /web as node2
#              ^^^^^ CMD_CONFLICTING_INSTANCE_NAME
rename /web as 9
#              ^ CMD_INVALID_INSTANCE_NAME
`,
    'a replicated root takes all it contains along, under a name that is free': `
rename /front/web as www
replicate /front as rear
stop all /rear/www/shop
delete /rear/www
stop all /front/www/shop
replicate /front as rear
#                   ^^^^ CMD_CONFLICTING_INSTANCE_NAME
replicate /front/www as other
#         ^^^^^^^^^^ CMD_NOT_A_ROOT_INSTANCE
`,
    'deleting takes away everything below': `
delete /front/web
stop all /front
stop all /front/web/shop
#               ^^^ CMD_NO_MATCHING_INSTANCE
create Server as web under /front
stop all /front/web
delete all instances of Machine
stop all /front
#         ^^^^^ CMD_NO_MATCHING_INSTANCE
stop all /big/quick
create Machine as front
delete instances of FastServer
stop all /big/quick
#             ^^^^^ CMD_NO_MATCHING_INSTANCE
replicate /big as front
#                 ^^^^^ CMD_CONFLICTING_INSTANCE_NAME
delete instances of Machine
replicate /big as front
stop all /front
`,
    'only what a target runs can be associated with one': `
associate /front with small machines
associate /big with 3
associate /front/web with 3
#         ^^^^^^^^^^ CMD_NOT_A_SCOPED_INSTANCE
`,
    'a status is one that lasts': `
change status of /front to deployed and started
change status of /front to waiting for ancestor
change status of /front to Not Deployed
change status of /front to stopping
#                          ^^^^^^^^ CMD_INSTABLE_INSTANCE_STATUS
change status of /front to deployed  started
#                          ^^^^^^^^^^^^^^^^^ CMD_INVALID_INSTANCE_STATUS
change status of /front to
#                       ^^ CMD_INVALID_INSTANCE_STATUS
`,
    'variables are known from their definition on, and only if it is right': `
write $(a) into x
#     ^^^^ CMD_UNRESOLVED_VARIABLE
define a = b
write $(a)$(A) into $(b)
#         ^^^^ CMD_UNRESOLVED_VARIABLE
#                   ^^^^ CMD_UNRESOLVED_VARIABLE
define c = d under /nowhere
#                   ^^^^^^^ CMD_NO_MATCHING_INSTANCE
write $(c) into x
#     ^^^^ CMD_UNRESOLVED_VARIABLE
email $(UUID) with $(SMART_INDEX) $(smart_index)
#     ^^^^^^^ CMD_UNRESOLVED_VARIABLE
#                  ^^^^^^^^^^^^^^ CMD_UNRESOLVED_VARIABLE
#                                 ^^^^^^^^^^^^^^ CMD_UNRESOLVED_VARIABLE
define e = $(uuid)
#          ^^^^^^^ CMD_UNRESOLVED_VARIABLE
 define e $(UUID) $(UUIDS)
#^^^^^^^^^^^^^^^^^^^^^^^^^ CMD_INVALID_SYNTAX
#                 ^^^^^^^^ CMD_UNRESOLVED_VARIABLE
rename$(c) as x
#     ^^^^ CMD_INVALID_SYNTAX
#     ^^^^ CMD_UNRESOLVED_VARIABLE
define e = $(UUID) $(NANO_TIME) $(MILLI_TIME)
create Machine as $(e)
stop all /$(e)
stop all /f$(e)
#        ^^^^^^ CMD_NO_MATCHING_INSTANCE
`,
    'a free index is the first that no instance has, below a parent if there is one': `
define new = node$(SMART_INDEX)
create Machine as $(new)
stop all /node4
define new = node$(SMART_INDEX)
create Machine as $(new)
stop all /node5
delete /node2
define new = node$(SMART_INDEX)
create Machine as $(new)
stop all /node2
define web = web $(SMART_INDEX) under /node1
create Server as $(web) under /node1
stop all /node1/web 1
`,
    'an existing index is the smallest or largest that a whole name has': `
define last = node$(EXISTING_INDEX MAX)
stop all /$(last)
delete /$(last)
stop all /node3
#         ^^^^^ CMD_NO_MATCHING_INSTANCE
stop all /node2
define next = node$(EXISTING_INDEX MIN > 1)
rename /$(next) as second
stop all /node2
#         ^^^^^ CMD_NO_MATCHING_INSTANCE
define web = web $(EXISTING_INDEX MIN< 8) under /node1
stop all /node1/$(web)
define any = web $(EXISTING_INDEX MAX)
stop all /node1/$(any)
define none = od$(EXISTING_INDEX MIN)
stop all /$(none)
stop all /od1
#         ^^^ CMD_NO_MATCHING_INSTANCE
define none = n.de$(EXISTING_INDEX MIN)
stop all /$(none)
stop all /n$(none)
#        ^^^^^^^^^ CMD_NO_MATCHING_INSTANCE
`,
    'a variable made of one without value has none itself': `
define none = nothing $(EXISTING_INDEX MIN > 3)
define other = $(none) and more
stop all /$(other)
define inside = web $(EXISTING_INDEX MAX < 7) under /node1
define beside = $(inside) x under /front
stop all /front/$(beside)
associate /$(none) with 3
rename /$(none) as found
stop all /found
`,
    'dates stand alone and have a pattern': `
define a = $(FORMATTED_TIME yyyy-MM-dd'T'HH:mm:ss)
define a = $(FORMATTED_TIME 'at (:)' hh)
define a = $(FORMATTED_TIME )
#          ^^^^^^^^^^^^^^^^^^ CMD_INVALID_DATE_PATTERN
define a = $(FORMATTED_TIME yyyy 'oops)
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CMD_INVALID_DATE_PATTERN
define a = $(FORMATTED_TIME hh:mm:sb)
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^ CMD_INVALID_DATE_PATTERN
define a = $(FORMATTED_TIME XXXX)
#          ^^^^^^^^^^^^^^^^^^^^^^ CMD_INVALID_DATE_PATTERN
define a = $(FORMATTED_TIME hh) $(UUID)
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CMD_NO_MIX_FOR_PATTERNS
define b = it is $(FORMATTED_TIME hh)
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^ CMD_NO_MIX_FOR_PATTERNS
define day = $(FORMATTED_TIME yyyy-MM-dd)
create Machine as m-$(day)
stop all /m-$(day)
`,
    'queries for an index have one form': `
define a = b $(EXISTING_INDEX   MAX   >   12   ) c
define a = $(EXISTING_INDEX min)
#          ^^^^^^^^^^^^^^^^^^^^^ CMD_INVALID_INDEX_PATTERN
define a = $(EXISTING_INDEX MIN = 3)
#          ^^^^^^^^^^^^^^^^^^^^^^^^^ CMD_INVALID_INDEX_PATTERN
define a = $(EXISTING_INDEX)
#          ^^^^^^^^^^^^^^^^^ CMD_UNRESOLVED_VARIABLE
`,
    'what is wrong with a part does not hide what is wrong with another': `
rename /nowhere as 1
#       ^^^^^^^ CMD_NO_MATCHING_INSTANCE
#                  ^ CMD_INVALID_INSTANCE_NAME
associate /front/web with
#         ^^^^^^^^^^ CMD_NOT_A_SCOPED_INSTANCE
#                    ^^^^ CMD_INVALID_TARGET_ID
create Nothing as
#      ^^^^^^^ CMD_INEXISTING_COMPONENT
#              ^^ CMD_MISSING_INSTANCE_NAME
change status of /nowhere to starting
#                 ^^^^^^^ CMD_NO_MATCHING_INSTANCE
#                            ^^^^^^^^ CMD_INSTABLE_INSTANCE_STATUS
define = $(EXISTING_INDEX x) under /nowhere
#<<<<<< CMD_EMPTY_VARIABLE_NAME
#        ^^^^^^^^^^^^^^^^^^^ CMD_INVALID_INDEX_PATTERN
#                                   ^^^^^^^ CMD_NO_MATCHING_INSTANCE
define name = 1
rename /nowhere as $(name)
#       ^^^^^^^ CMD_NO_MATCHING_INSTANCE
#                  ^^^^^^^ CMD_INVALID_INSTANCE_NAME
execute # nothing
#<<<<<<< CMD_MISSING_COMMAND_NAME
`,
    'a form that does not fit is shown with what is wrong': `
replicate front as b
#         ^^^^^ CMD_INVALID_SYNTAX
change status of front to x
#                ^^^^^ CMD_INVALID_SYNTAX
rename /front to b
#<<<<<<<<<<<<<<<<<< CMD_INVALID_SYNTAX
email $(x)
#<<<<<<<<<< CMD_INVALID_SYNTAX
#     ^^^^ CMD_UNRESOLVED_VARIABLE
stop all
#<<<<<<<< CMD_UNRECOGNIZED_INSTRUCTION
stop all instances of # nothing
#                  ^^ CMD_INEXISTING_COMPONENT
start /front
#<<<<< CMD_UNRECOGNIZED_INSTRUCTION
`,
};

describe('findings of command files', () => {
    test.each(Object.entries(FIXTURES))('%s', (_, source) => {
        const [file] = parseFixture(`\n#- /commands/c.commands\n${source.slice(1)}`);
        const findings = commandFindings({ 'commands/c.commands': file!.text });
        const found = findings.flatMap(({ code, range }): Found[] =>
            code === 'X_UNUSED_VARIABLE' || range === null ? [] : [{ code, range }],
        );
        checkFindings(file!, found);
    });
});

test('every finding is said in French', () => {
    const translated: unknown = JSON.parse(
        readFileSync(join(import.meta.dirname, '../../../l10n/findings.fr.json'), 'utf8'),
    );
    const french = parseFindingTemplates({ findings: translated });
    const findings = Object.values(FIXTURES).flatMap((text) => commandFindings({ 'commands/c.commands': text }));
    expect(findings.length).toBeGreaterThan(80);
    expect(findings.filter((finding) => findingMessage(finding, french) === finding.message)).toEqual([]);
});

test.each([
    ['stop all /frnt', 'frnt', 'front'],
    ['stop all /front/wib', 'wib', 'web'],
    ['stop all /front/', '/front/', '/front'],
    ['define x = y under front', 'front', '/front'],
    ['create Machin as m', 'Machin', 'Machine'],
    ['stop all instances of FastSever', 'FastSever', 'FastServer'],
    ['change status of /front to unresolvd', 'unresolvd', 'UNRESOLVED'],
    ['execute oter', 'oter', 'other'],
    ['execute sub/mre', 'sub/mre', 'sub/more'],
    ['define text = a\nwrite $(txt) into $(text)', '$(txt)', '$(text)'],
    ['define x = $(uuid)', '$(uuid)', '$(UUID)'],
    ['define x = $(EXISTING_INDEX)', '$(EXISTING_INDEX)', '$(EXISTING_INDEX MIN)'],
    ['replicate front as x', 'front', '/front'],
    ['stop  all /front', 'stop  all', 'stop all'],
    ['stop /front', 'stop', 'stop all'],
    ['deploy instances of Machine', 'deploy', 'deploy and start all'],
    ['craete Machine as x', 'craete', 'create'],
])('%s: a similar name can be put where the finding stands', (text, wrong, suggestion) => {
    const files = {
        'commands/c.commands': text,
        'commands/other.commands': 'stop all /front',
        'commands/sub/more.commands': 'stop all /front',
    };
    const line = text.split('\n').length;
    const finding = commandFindings(files).find(({ details }) => details['SUGGESTION'] !== undefined);
    expect(finding?.details['SUGGESTION']).toBe(suggestion);
    if (finding?.code !== 'CMD_INVALID_SYNTAX') expect(finding?.message).toContain(`'${suggestion}'`);
    const { range } = finding ?? {};
    expect(text.split('\n')[line - 1]?.slice((range?.column ?? 0) - 1, (range?.endColumn ?? 0) - 1)).toBe(wrong);
});

/** `message @ file:line` of the first place beside the first finding with one. */
function beside(files: Readonly<Record<string, string>>): string | undefined {
    const place = commandFindings(files).find(({ related }) => related.length > 0)?.related[0];
    return place === undefined ? undefined : `${place.message} @ ${place.range.file}:${place.range.line}`;
}

test.each([
    ['delete /front\nstop all /front/web', "'/front' is deleted here. @ commands/c.commands:1"],
    ['rename /front as x\nstop all /front/web', "'/front' gets another name here. @ commands/c.commands:1"],
    ['create Server as s\nstop all /s', "'Server' is declared here. @ graph/main.graph:8"],
    [
        'define a = x$(EXISTING_INDEX MIN)\nstop all /y$(a)',
        "No instance has the index that 'a' asks for: it stands for 'fake'. @ commands/c.commands:1",
    ],
    ['create Machine as node1', "'/node1' gets its name here. @ instances/main.instances:17"],
    ['replicate /front as x\ncreate Machine as x', "'/x' gets its name here. @ commands/c.commands:1"],
    ['associate /big/quick with 3', "The installer of 'FastServer' is set here. @ graph/main.graph:9"],
    [
        'define a = b under /c\nwrite $(a) into x',
        "This instruction, which defines 'a', is refused. @ commands/c.commands:1",
    ],
    ['create Machine as x under /y\nstop all /x', "'Machine' is declared here. @ graph/main.graph:1"],
    ['create Redis as r under /front/web', "'Server' is declared here. @ graph/main.graph:8"],
])('%j: another place that matters is shown', (text, expected) => {
    expect(beside({ 'commands/c.commands': text })).toBe(expected);
});

test('a refused instruction is shown where its instance is missed', () => {
    const findings = commandFindings({ 'commands/c.commands': 'create Nothing as x\nstop all /x' });
    expect(findings.at(-1)?.related.map(({ message, range }) => `${message} ${range.line}`)).toEqual([
        "This instruction, which would make '/x', is refused. 1",
    ]);
});

test.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
    ['execute c', {}, ['CMD_LOOPING_COMMAND 1:9-10']],
    ['execute c.commands', {}, ['CMD_LOOPING_COMMAND 1:9-19']],
    ['execute a', { 'commands/a.commands': 'execute a' }, ['CMD_NASTY_LOOPING_COMMAND 1:9-10']],
    ['execute a', { 'commands/a.commands': 'execute c' }, ['CMD_NASTY_LOOPING_COMMAND 1:9-10']],
    [
        'execute a',
        { 'commands/a.commands': 'execute b', 'commands/b.commands': 'execute  c # on' },
        ['CMD_NASTY_LOOPING_COMMAND 1:9-10'],
    ],
    ['execute a', { 'commands/a.commands': 'execute ab\n# execute a', 'commands/ab.commands': 'delete /big' }, []],
    ['execute a', { 'commands/a.commands': 'write execute a into x' }, []],
    ['execute a', { 'commands/a.commands': 'execute b', 'commands/b.commands': 'execute b' }, []],
    ['execute sub/a', { 'commands/sub/a.commands': 'execute c' }, ['CMD_NASTY_LOOPING_COMMAND 1:9-14']],
    ['execute a', { 'commands/sub/a.commands': 'delete /big' }, ['CMD_INEXISTING_COMMAND 1:9-10']],
    ['execute ../x', {}, ['CMD_INEXISTING_COMMAND 1:9-13']],
])('%s, with %j: loops are found by the instructions', (text, files, expected) => {
    expect(foundIn(text, files)).toEqual(expected);
});

test('a finding in a continued instruction stands at the word, on its own line', () => {
    expect(foundIn('stop all \\\n   /front/ \\\n\n  nothing # it\ndelete \\\r\n /other')).toEqual([
        'CMD_NO_MATCHING_INSTANCE 2:4-10',
        'CMD_NO_MATCHING_INSTANCE 6:3-8',
    ]);
});

test('an unused variable is a hint, also when it is defined again before it is used', () => {
    const text = 'define a = 1\ndefine a = 2\nwrite $(a) into x\ndefine a = $(a)3';
    const found = commandFindings({ 'commands/c.commands': text });
    expect(found.map(({ code, severity, range }) => `${code} ${severity} ${range?.line}`)).toEqual([
        'X_UNUSED_VARIABLE hint 1',
        'X_UNUSED_VARIABLE hint 4',
    ]);
});

test('without a graph only the text is judged', () => {
    const files = { 'graph/main.graph': '', 'descriptor/application.properties': '' };
    expect(foundIn('stop all /nowhere\nfoo', files)).toEqual(['CMD_UNRECOGNIZED_INSTRUCTION 2:1-4']);
});
