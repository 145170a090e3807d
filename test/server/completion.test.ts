import type { CompletionItem } from 'vscode-languageserver/node';
import { afterAll, describe, expect, test } from 'vitest';
import { createEditor, insertedBy, labelsOf, RICH_COMPLETION } from '../support/editor.ts';
import { WHOLE_SAMPLE } from './application-sample.ts';

const editor = createEditor(WHOLE_SAMPLE);
afterAll(() => editor.dispose());

const rich = (file: string, marked: string): Promise<readonly CompletionItem[]> =>
    editor.complete(file, marked, { capabilities: RICH_COMPLETION });
const labelled = (items: readonly CompletionItem[], label: string): CompletionItem | undefined =>
    items.find((item) => item.label === label);

const GRAPH = 'graph/main.graph';
const INSTANCES = 'instances/main.instances';
const DESCRIPTOR = 'descriptor/application.properties';
const COMMANDS = 'commands/other.commands';
const RULES = 'rules.autonomic/other.drl';
const PROBES = 'probes/Web.measures';
const TARGET = 'graph/Machine/target.properties';
const graph = (rest: string): string => WHOLE_SAMPLE[GRAPH] + rest;
const instances = (rest: string): string => WHOLE_SAMPLE[INSTANCES] + rest;

describe('in a graph', () => {
    test('what contains a type is not its child, nor is the type itself', async () => {
        const text = WHOLE_SAMPLE[GRAPH].replace('facets: reachable;', 'children: $0;');
        expect(labelsOf(await rich(GRAPH, text))).toBe('Database | reachable');
    });

    test('a type is not its own super type, nor are its heirs', async () => {
        const text = graph('Base {\n    extends: $0;\n}\nHeir {\n    extends: Base;\n}\n');
        expect(labelsOf(await rich(GRAPH, text))).toBe('Database | Machine | Web');
    });

    test('a component extends one other: behind a comma, the choice replaces the first', async () => {
        const [item] = await rich(GRAPH, graph('X {\n    extends: Web, Data$0\n}\n'));
        expect(item).toMatchObject({ label: 'Database', additionalTextEdits: [{ newText: '' }] });
        expect(item?.additionalTextEdits?.[0]?.range).toMatchObject({
            start: { character: 13 },
            end: { character: 18 },
        });
    });

    test('a component does not import what it exports', async () => {
        const text = WHOLE_SAMPLE[GRAPH].replace('imports: Database.port;', 'imports: $0;');
        expect(labelsOf(await rich(GRAPH, text))).not.toMatch(/Web\.|reachable\./);
    });

    test('what a list holds already is struck through, and last', async () => {
        expect(labelsOf(await rich(GRAPH, graph('X {\n    imports: Database.port, Database.$0;\n}\n')))).toBe(
            'Database.* | Database.admin | Database.ip | Database.port*',
        );
    });

    test('a part of a name behind its dot is enough', async () => {
        expect(labelsOf(await rich(GRAPH, graph('X {\n    imports: adm$0\n}\n')))).toBe('Database.admin');
    });

    test('a whole component has an installer to choose and exports', async () => {
        const block = labelled(await rich(GRAPH, '$0'), 'component block');
        expect(insertedBy(block)).toBe(
            '${1:Component} {\n\tinstaller: ${2|script,logger,file,puppet,target|};\n\texports: ${3:ip};$0\n}',
        );
    });

    test('inside a word the rest can be replaced', async () => {
        const [item] = await rich(GRAPH, graph('X {\n    children: Data$0bas;\n}\n'));
        const line = graph('').split('\n').length;
        expect(item?.textEdit).toEqual({
            newText: 'Database',
            insert: { start: { line, character: 14 }, end: { line, character: 18 } },
            replace: { start: { line, character: 14 }, end: { line, character: 21 } },
        });
    });

    test('the card of a type is made when the item is looked at', async () => {
        const [item] = await rich(GRAPH, graph('X {\n    children: Data$0\n}\n'));
        const { documentation } = await editor.resolve(item!);
        expect(JSON.stringify(documentation)).toContain('| `Database.port` | `5432` |');
    });

    test('a type of a file that is not imported tells where it comes from', async () => {
        const text = WHOLE_SAMPLE[GRAPH].replace(/^import.*\n/, '').replace(
            'children: Web, Database',
            'children: Data$0',
        );
        const [item] = await rich(GRAPH, text);
        expect(item).toMatchObject({ label: 'Database', labelDetails: { description: 'parts/database.graph' } });
    });

    test('behind external come the variables of other applications', async () => {
        const other = {
            'other/descriptor/application.properties':
                'name = Other\nversion = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\nexports-prefix = Lb\nexports = Balancer.port as entry\n',
            'other/graph/main.graph': 'Balancer {\n    installer: target;\n    exports: port = 80;\n}\n',
        };
        const shop = Object.fromEntries(Object.entries(WHOLE_SAMPLE).map(([file, text]) => [`shop/${file}`, text]));
        const two = createEditor({ ...shop, ...other });
        const items = await two.complete(`shop/${GRAPH}`, graph('X {\n    imports: external $0;\n}\n'));
        await two.dispose();
        expect(items.map(({ label, detail }) => [label, detail])).toEqual([['Lb.entry', 'from Other']]);
    });
});

describe('in instances', () => {
    const REQUIRED = WHOLE_SAMPLE[GRAPH].replace('port = 8080', 'port, owner, color = red');
    const required = createEditor({ ...WHOLE_SAMPLE, [GRAPH]: REQUIRED });
    afterAll(() => required.dispose());

    test('a block comes with every variable that nothing gives a value, and a name that is free', async () => {
        const items = await required.complete(
            INSTANCES,
            instances('instance of Machine {\n    name: m;\n    $0\n}\n'),
            {
                capabilities: RICH_COMPLETION,
            },
        );
        expect(insertedBy(labelled(items, 'instance of Web'))).toBe(
            'instance of Web {\n\tname: ${1:web-2};\n\towner: ${2};\n\tport: ${3};\n\t$0\n}',
        );
    });

    test('variables without value come first', async () => {
        const text = instances('instance of Machine {\n    name: m;\n    instance of Web {\n        $0\n    }\n}\n');
        expect(labelsOf(await required.complete(INSTANCES, text))).toMatch(
            /^name \| owner \| port \| count \| channels \| color \| /,
        );
    });

    test.each([
        ['behind an opening bracket, on the next line', 'instance of Machine {$0', 'name', '\n\tname: $1;'],
        ['behind a property, on the next line', 'instance of Machine {\n\tname: x;$0', 'count', '\ncount: $1;'],
    ])('%s', async (_, marked, label, expected) => {
        expect(insertedBy(labelled(await rich(INSTANCES, instances(marked)), label))).toBe(expected);
    });

    test('words that mean nothing make place for what does', async () => {
        const [item] = await rich(INSTANCES, instances('instance $0'));
        const line = instances('').split('\n').length - 1;
        expect(item).toMatchObject({ label: 'instance of', additionalTextEdits: [{ newText: '' }] });
        expect(item?.additionalTextEdits?.[0]?.range).toEqual({
            start: { line, character: 0 },
            end: { line, character: 9 },
        });
    });

    test.each([
        ['counts', 'instance of Machine {\n    count: $0', '2 | 3'],
        [
            'statuses an instance can stay in',
            'instance of Machine {\n    instance-state: DEP$0',
            'DEPLOYED_STOPPED | DEPLOYED_STARTED | NOT_DEPLOYED',
        ],
    ])('%s', async (_, marked, expected) => {
        expect(labelsOf(await rich(INSTANCES, instances(marked)))).toBe(expected);
    });
});

describe('in commands', () => {
    test.each([
        ['every instruction', '$0', /^create \| replicate \| rename \| associate \| change status of \| .*execute$/],
        [
            'an instruction of several words',
            'deploy and s$0',
            'deploy and start all instances of | deploy and start all',
        ],
        ['components', 'create $0', 'Database | Machine | Web'],
        ['the next word of an instruction', 'create Web $0', 'as'],
        ['a name that is free', 'create Web as $0', 'web-2'],
        ['parents that accept the component', 'create Web as w under $0', '/front'],
        ['instances made by instructions above', 'create Machine as m\ncreate Web as w under /m$0', '/m'],
        ['those with a variable in their name', 'create Machine as $(m)\ncreate Web as w under $0', '/$(m) | /front'],
        [
            'instances that are renamed above',
            'rename /front as back\nstop all $0',
            /\/back \| \/back\/orders \| \/back\/web/,
        ],
        [
            'instances that are copied above, with all inside',
            'replicate /front as b\ndelete /b$0',
            '/b | /b/orders | /b/web',
        ],
        ['no instance that is deleted above', 'delete /front/web\ndelete /$0', '/front | /front/orders'],
        ['machines to associate', 'associate $0', '/front'],
        ['targets', 'associate /front with $0', 'small-machines'],
        ['root instances to copy', 'replicate $0', '/front'],
        [
            'statuses, as they are begun',
            'change status of /front to deployed and st$0',
            'deployed and stopped | deployed and started',
        ],
        ['other command files', 'execute $0', 'clean | scale-up'],
        ['defined variables', 'define size = 3\ncreate Web as $($0', '$(size)'],
        ['generators, only where they are legal', 'define i = $(S$0', '$(SMART_INDEX)'],
        ['no generator elsewhere', 'create Web as $($0', ''],
        ['a continued line', 'create \\\n    We$0', 'Web'],
        ['nothing in a comment', 'create # $0', ''],
        ['nothing where a text is free', 'email someone with $0', ''],
    ])('%s', async (_, marked, expected) => {
        const labels = labelsOf(await rich(COMMANDS, marked));
        if (typeof expected === 'string') expect(labels).toBe(expected);
        else expect(labels).toMatch(expected);
    });

    test('an instruction is a snippet of its parts', async () => {
        const [create] = await rich(COMMANDS, 'cre$0');
        expect(insertedBy(create)).toBe('create ${1:Component} as ${2:name}');
        expect(create?.detail).toBe('Component as name [under /parent]');
    });
});

describe('in rules', () => {
    test.each([
        ['a whole rule', '$0', 'rule'],
        ['the name of the file', 'rule "$0"', 'other'],
        [
            'attributes and the next word',
            'rule "other"\n\t$0',
            'sleep period is | time window is | occurrences is | when',
        ],
        [
            'attributes that are there last',
            'rule "other"\n\ttime window is 3s\n\t$0',
            'sleep period is | occurrences is | when | time window is*',
        ],
        ['events that probes emit', 'rule "other"\nwhen\n\t$0', 'high-load'],
        ['commands', 'rule "other"\nwhen\n\thigh-load\nthen\n\t$0', 'clean | scale-up'],
        ['further commands, and the end', 'rule "other"\nwhen\n\tx\nthen\n\tclean;\n\t$0', 'scale-up | end | clean*'],
        ['nothing in a comment', 'rule "other"\n// $0', ''],
        ['nothing in a comment over several lines', 'rule "other"\n/* a\n$0', ''],
        ['nothing behind the rule', 'rule "a"\nwhen\nb\nthen\nc\nend\n$0', ''],
    ])('%s', async (_, marked, expected) => {
        expect(labelsOf(await rich(RULES, marked))).toBe(expected);
    });

    test('a whole rule offers the events and commands that exist', async () => {
        const [rule] = await rich(RULES, '$0');
        expect(insertedBy(rule)).toBe(
            'rule "${1:other}"\n\twhen\n\t\t${2|high-load|}\n\tthen\n\t\t${3|clean,scale-up|};\nend',
        );
    });
});

describe('in probes', () => {
    test.each([
        ['a section for each handler', '$0', '[EVENT file | [EVENT rest | [EVENT nagios | [EVENT docker'],
        ['handlers', '[EVENT $0', 'file | rest | nagios | docker'],
        ['events that rules wait for and no probe emits', '[EVENT rest $0', 'high-load'],
        ['lines of a file probe', '[EVENT file x]\nnot$0', 'Notify if not exists'],
        ['the words of a rest probe', '[EVENT rest x]\nCheck http://a $0', 'that'],
        ['comparisons', '[EVENT rest x]\nCheck http://a that b $0', '== | >= | <= | = | > | <'],
        ['lines of a query', '[EVENT nagios x]\nGET hosts\nC$0', 'Columns:'],
        ['words that stand for the instance', '[EVENT docker x]\nweb-ROBOCONF_COMP$0', 'ROBOCONF_COMPONENT_NAME'],
        ['values', '[EVENT rest x]\nCheck http://a:{{$0', '{{ port }}'],
        ['nothing in a comment', '# [EV$0', ''],
    ])('%s', async (_, marked, expected) => {
        expect(labelsOf(await rich(PROBES, marked))).toBe(expected);
    });

    test('keys that a probe asks for, in the file of values', async () => {
        expect(labelsOf(await rich('probes/Web.measures.properties', '$0'))).toBe('port');
    });
});

describe('in a target file', () => {
    test.each([
        [
            'common keys, and a whole file for each handler',
            '$0',
            /^id \| handler \| name \| description \| roboconf.production \| local target \| /,
        ],
        [
            'keys of the handler, required ones first',
            'handler = iaas-ec2\nec2.a$0',
            'ec2.access.key | ec2.ami | ec2.availability.zone',
        ],
        ['handlers', 'handler = iaas-o$0', 'iaas-openstack | iaas-occi'],
        ['what a key may be', 'handler = in-memory\nin-memory.write-user-data = $0', 'false | true'],
        [
            'where a secret is kept',
            'handler = iaas-ec2\nec2.secret.key = $0',
            '${secret:EC2_SECRET_KEY} | ${env:EC2_SECRET_KEY}',
        ],
        ['the address of the machine', 'id = x\nname = {{$0', '{{ ip }}'],
        [
            'keys that are there last',
            'id = a\nhandler = local\n$0',
            'name | description | roboconf.production | id* | handler*',
        ],
        ['nothing in a comment', '# ha$0', ''],
    ])('%s', async (_, marked, expected) => {
        const labels = labelsOf(await rich(TARGET, marked));
        if (typeof expected === 'string') expect(labels).toBe(expected);
        else expect(labels).toMatch(expected);
    });

    test('a whole file has the required keys, and secrets by reference', async () => {
        const block = labelled(await rich(TARGET, '$0'), 'iaas-ec2 target');
        expect(insertedBy(block)).toContain('handler = iaas-ec2\n');
        expect(insertedBy(block)).toMatch(/ec2\.secret\.key = \$\{\d+:\\\$\{secret:EC2_SECRET_KEY\\\}\}/);
    });

    test('a line that goes on keeps its value', async () => {
        expect(insertedBy(labelled(await rich(TARGET, 'han$0 = local'), 'handler'))).toBe('handler');
    });
});

describe('in other properties files', () => {
    test.each([
        ['variables to export', DESCRIPTOR, 'Web.p$0', 'Web.port'],
        ['the word between', DESCRIPTOR, 'Web.port $0', 'as'],
        ['the name outside', DESCRIPTOR, 'Web.port as $0', 'port'],
        ['another variable', DESCRIPTOR, 'Web.port as port, Database.a$0', 'Database.admin'],
    ])('%s', async (_, file, marked, expected) => {
        expect(labelsOf(await rich(file, `${WHOLE_SAMPLE[DESCRIPTOR]}exports = ${marked}`))).toBe(expected);
    });

    test.each([
        [
            'policies of a phase',
            'graph/Web/recipe.properties',
            'start.$0',
            'start.timeout | start.retries | start.retry.delay | start.retry.factor',
        ],
        ['values of a policy', 'graph/Web/recipe.properties', 'start.timeout = $0', '30s | 5m | 1h'],
        [
            'the next instruction of a phase',
            'graph/Web/instructions.properties',
            'deploy.1.copy = a -> b\ndeploy.$0',
            'deploy.2.download | deploy.2.copy | deploy.2.move | deploy.2.delete',
        ],
        ['files of the recipe', 'graph/Web/instructions.properties', 'deploy.1.copy = scr$0', 'scripts/start.sh'],
    ])('%s', async (_, file, marked, expected) => {
        expect(labelsOf(await rich(file, marked))).toBe(expected);
    });
});
