import { afterAll, describe, expect, test } from 'vitest';
import { createEditor } from '../support/editor.ts';
import { WHOLE_SAMPLE } from './application-sample.ts';

const editor = createEditor(WHOLE_SAMPLE);
afterAll(() => editor.dispose());

type File = keyof typeof WHOLE_SAMPLE;

/** A hover on the first occurrence of a word in a file of the sample. */
async function hoverOn(file: File, word: string): Promise<string> {
    const text: string = WHOLE_SAMPLE[file];
    const at = text.indexOf(word) + 1;
    return editor.hover(file, `${text.slice(0, at)}$0${text.slice(at)}`);
}

const graph = (rest: string): string => WHOLE_SAMPLE['graph/main.graph'] + rest;
const instances = (rest: string): string => WHOLE_SAMPLE['instances/main.instances'] + rest;

describe('of a name', () => {
    test('that is a component, everything that matters of it', async () => {
        expect(await hoverOn('graph/main.graph', 'Web {')).toMatchInlineSnapshot(`
          "**Web** — component · script

          Serves the pages\\.

          Installer: \`script\` · recipe \`graph/Web\`

          | exports | value | from |
          | --- | --- | --- |
          | \`Web.ip\` | _set when the instance runs_ | \`reachable\` |
          | \`Web.port\` | \`8080\` |  |
          | \`reachable.ip\` | _set when the instance runs_ | \`reachable\` |

          Imports:
          - \`Database.port\` from \`Database\`

          Facets: \`reachable\`  
          Inside: \`Machine\`  
          Instances: \`/front/web\`"
        `);
    });
    test('that is a facet, who has it', async () => {
        expect(await hoverOn('graph/main.graph', 'reachable;')).toMatchInlineSnapshot(`
          "**reachable** — facet

          | exports | value | from |
          | --- | --- | --- |
          | \`reachable.ip\` | _set when the instance runs_ |  |

          Had by: \`Web\`"
        `);
    });
    test('that is a file, what it declares', async () => {
        expect(await hoverOn('graph/main.graph', 'parts/database')).toMatchInlineSnapshot(`
          "**graph/parts/database\\.graph**

          Components: \`Database\`"
        `);
    });
    test('that is an optional import, who gives it', async () => {
        const text = graph('Client {\n    installer: script;\n    imports: Web.po$0rt (optional);\n}\n');
        expect(await editor.hover('graph/main.graph', text)).toMatchInlineSnapshot(`
          "**Web\\.port** — default value: 8080

          _Optional: instances start without it._

          Exported by: \`Web\`  
          Imported by: \`Client\`

          | given by | value |
          | --- | --- |
          | \`/front/web\` | \`8080\` |"
        `);
    });
    test('that is an import no instance gives', async () => {
        const text = graph(
            'Cache {\n    installer: script;\n    exports: port = 1;\n}\nClient {\n    imports: Cache.po$0rt;\n}\n',
        );
        expect(await editor.hover('graph/main.graph', text)).toContain('_No instance gives it._');
    });
    test('that stands for all variables of a type', async () => {
        const text = graph('Client {\n    installer: script;\n    imports: Database.$0*;\n}\n');
        expect(await editor.hover('graph/main.graph', text)).toMatchInlineSnapshot(`
          "**Database\\.\\*** — all variables of Database

          _Needed: instances wait for it before they start._

          | exports | value | from |
          | --- | --- | --- |
          | \`Database.admin\` | _a free port, chosen at deployment_ |  |
          | \`Database.ip\` | _set when the instance runs_ |  |
          | \`Database.port\` | \`5432\` |  |

          Exported by: \`Database\`  
          Imported by: \`Client\`, \`Web\`"
        `);
    });
    test('of another application', async () => {
        const text = graph('Client {\n    imports: external Lb.po$0rt;\n}\n');
        expect(await editor.hover('graph/main.graph', text)).toMatchInlineSnapshot(`
          "**Lb\\.port** — external

          Comes from another application, under the \`exports-prefix\` \`Lb\` of its descriptor."
        `);
    });
    test('that an inherited variable has, where its value comes from', async () => {
        const text = graph(
            'Fast {\n    extends: Web;\n}\nClient {\n    installer: script;\n    imports: Fast.po$0rt;\n}\n',
        );
        expect(await editor.hover('graph/main.graph', text)).toContain('default value: 8080, inherited from `Web`');
    });
    test('that a type gives another value, whose it replaces', async () => {
        const text = graph('Fast {\n    extends: Web;\n    exports: po$0rt = 1;\n}\n');
        expect(await editor.hover('graph/main.graph', text)).toContain('default value: 1, in place of that of `Web`');
    });
    test('that is an override, what other instances have', async () => {
        const text = instances(
            'instance of Machine {\n    name: m;\n    instance of Web {\n        name: w;\n        po$0rt: 1;\n    }\n}\n',
        );
        expect(await editor.hover('instances/main.instances', text)).toContain('Changed in: `/m/w` (`1`)');
    });
    test('of a counted instance, its copies with their values', async () => {
        const inside = 'instance of Web {\n        name: w$0;\n        port: $(ROBOCONF_CLEAN_INSTANCE_PATH);\n    }';
        const text = instances(`instance of Machine {\n    name: m;\n    count: 2;\n    ${inside}\n}\n`);
        expect(await editor.hover('instances/main.instances', text)).toMatchInlineSnapshot(`
          "**/m1/w** — instance of \`Web\` · 2 copies

          Copies: \`/m1/w\`, \`/m2/w\`

          | exports | value | from |
          | --- | --- | --- |
          | \`Web.ip\` | _set when the instance runs_ | \`reachable\` |
          | \`Web.port\` | \`m1_w\` | _this instance_ |
          | \`reachable.ip\` | _set when the instance runs_ | \`reachable\` |"
        `);
    });
    test('of a command file, what it does and who runs it', async () => {
        expect(await hoverOn('rules.autonomic/scale.drl', 'scale-up')).toMatchInlineSnapshot(`
          "**scale\\-up** — commands file

          \`\`\`roboconf-commands
          create Machine as extra
          create Web as web under /extra
          deploy and start all /extra
          \`\`\`

          Used in: \`rules.autonomic/scale.drl\`"
        `);
    });
    test('of an event, the probe that emits it', async () => {
        expect(await hoverOn('rules.autonomic/scale.drl', 'high-load')).toMatchInlineSnapshot(`
          "**high\\-load** — event of the probes of \`Web\`

          \`\`\`roboconf-measures
          [EVENT rest high-load]
          Check http://localhost:{{ port }}/load that average > 0.8
          \`\`\`

          Used in: \`rules.autonomic/scale.drl\`"
        `);
    });
    test('of a value, what it is', async () => {
        expect(await hoverOn('probes/Web.measures', 'port')).toMatchInlineSnapshot(`
          "**\\{\\{ port \\}\\}** — \`8080\`

          from \`probes/Web.measures.properties\`"
        `);
    });
    test('of a target, its file', async () => {
        expect(await editor.hover('commands/other.commands', 'associate /front with small$0-machines'))
            .toMatchInlineSnapshot(`
          "**small\\-machines** — target

          Small machines

          \`graph/Machine/target.properties\`"
        `);
    });
    test('of an instance in a command file', async () => {
        expect(await editor.hover('commands/other.commands', 'delete /front/we$0b')).toContain(
            '**/front/web** — instance of `Web`',
        );
    });
    test('of a defined variable, its definition', async () => {
        expect(
            await editor.hover('commands/other.commands', 'define size = 3\ncreate Web as w$($0size) under /front'),
        ).toContain('define size = 3');
    });
});

describe('of a word', () => {
    test.each([
        [
            'an installer',
            'graph/main.graph',
            'X {\n    installer: sc$0ript;\n}\n',
            'The recipe folder `graph/X/` holds `scripts/<phase>.sh`',
        ],
        ['a property', 'graph/main.graph', 'X {\n    child$0ren: Web;\n}\n', 'placed inside'],
        [
            'a variable of instances',
            'graph/main.graph',
            'X {\n    exports: a = $(ROBOCONF_INST$0ANCE_PATH);\n}\n',
            "The instance's path",
        ],
        ['random', 'graph/main.graph', 'X {\n    exports: rand$0om[port] a;\n}\n', 'a free port'],
        ['an instruction', 'commands/other.commands', 'cre$0ate Web as w', 'create Component as name [under /parent]'],
        [
            'an instruction of several words',
            'commands/other.commands',
            'deploy and st$0art all /front',
            'Deploys and starts an instance',
        ],
        [
            'a status',
            'commands/other.commands',
            'change status of /front to deployed and star$0ted',
            '**DEPLOYED_STARTED**',
        ],
        ['a generator', 'commands/other.commands', 'define i = $(SMART_$0INDEX)', '**SMART_INDEX**'],
        [
            'an attribute',
            'rules.autonomic/other.drl',
            'rule "other"\n\tsleep per$0iod is 60s\n',
            'is ignored for so many seconds',
        ],
        [
            'a word of a rule',
            'rules.autonomic/other.drl',
            'rule "other"\nwh$0en\n\thigh-load\n',
            'The event the rule waits for',
        ],
        ['a handler', 'probes/Web.measures', '[EVENT na$0gios x]\nGET hosts\n', 'LiveStatus'],
        [
            'a line of a probe',
            'probes/Web.measures',
            '[EVENT file x]\nDelete if ex$0ists /tmp/x\n',
            'Emits the event when a file exists',
        ],
        ['a handler of targets', 'graph/Machine/target.properties', 'handler = iaas-e$0c2\n', '- `ec2.ami`'],
        [
            'a key of a handler',
            'graph/Machine/target.properties',
            'handler = in-memory\nin-memory.del$0ay = 3\n',
            'optional · a whole number · default `0`',
        ],
        [
            'a reference to a secret',
            'graph/Machine/target.properties',
            'handler = iaas-ec2\nec2.secret.key = ${sec$0ret:KEY}\n',
            'The secret `KEY`',
        ],
        ['a key of the descriptor', 'descriptor/application.properties', 'vers$0ion = 1.0\n', '_Required._'],
        ['a policy', 'graph/Web/recipe.properties', 'start.ret$0ries = 3\n', '**retries** — for `start` alone'],
        [
            'an instruction of the installer file',
            'graph/Web/instructions.properties',
            'deploy.1.co$0py = a -> b\n',
            '**copy** — number 1 of `deploy`',
        ],
    ])('%s', async (_, file, marked, expected) => {
        expect(await editor.hover(file, marked)).toContain(expected);
    });

    test.each([
        ['graph/main.graph', '# child$0ren: Web;'],
        ['commands/other.commands', '# cre$0ate Web'],
        ['rules.autonomic/other.drl', '// wh$0en'],
        ['graph/Machine/target.properties', '# hand$0ler = local'],
        ['probes/Web.measures', '# [EVENT re$0st x]'],
        ['probes/Web.measures', '[EVENT no$0body x]'],
    ])('nothing is said in %s of %j', async (file, marked) => {
        expect(await editor.hover(file, marked)).toBe('');
    });
});
