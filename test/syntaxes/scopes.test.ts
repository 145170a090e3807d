/** Colours of each kind of file, held as text: `scopes/*.txt` shows every line with the scopes of its words. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BLOCK_KEYWORDS, INSTANCE_VARIABLES, PROPERTIES, VALUE_KEYWORDS } from '../../language/index.ts';
import { FORMS } from '../../language/commands/instruction.ts';
import { GENERATORS } from '../../language/commands/variables.ts';
import { PROBE_HANDLERS } from '../../language/measures/probe-handlers.ts';
import { RULE_ATTRIBUTES, RULE_KEYWORDS } from '../../language/rules/rule-words.ts';
import { loadGrammar, scopesOf } from '../support/scopes.ts';

const SAMPLES: Readonly<Record<string, readonly [scope: string, text: string]>> = {
    graph: [
        'source.roboconf-graph',
        `# Machines and what they carry.
import parts/database.graph;
facet deployable {
	exports: url = "http://a;b,c", port = 8080; # a comment
}
FACET other {
	extends: deployable;
}
Load-Balancer {
	installer: script;
	facets: deployable, other;
	children: Tomcat;
	exports: ip, random[port] ajp, path = $(ROBOCONF_INSTANCE_NAME)/x;
	imports: MySQL.ip, external Shop.*, Cache.port (optional);
	chidren: Oops;
	color = blue;
}
exports {
}
`,
    ],
    instances: [
        'source.roboconf-instances',
        `import machines.instances;
instance of VM {
	name: vm 1;
	count: 3;
	data.ip.address: 127.0.0.1;
	instance of Tomcat { # the server
		name: tomcat;
		port: 8081;
		Tomcat.url: "a;b";
	}
}
`,
    ],
    commands: [
        'source.roboconf-commands',
        `# Adds a server.
define name = vm-$(SMART_INDEX)
define when = $(FORMATTED_TIME yyyy-MM-dd)
define last = $(EXISTING_INDEX MAX < 5) under /vm 1/web
create VM as $(name) # a root
create Tomcat as tomcat under /$(name)
replicate /vm as vm2
rename /vm2 as the as one
associate /vm2 with my.target
change status of /vm2 to deployed and started
Change Status of /vm2 to NOT_DEPLOYED
deploy and start all instances of Tomcat
stop all /vm2
undeploy all /vm2
delete all instances of VM
delete /vm2
email a@b.c, d@e.f with Ready: $(name) \\
	is up
write into the log into %TMP%/a.txt
append x into /tmp/a.txt
execute other
EXECUTE other.commands
drop /vm
`,
    ],
    rules: [
        'source.roboconf-rules',
        `// A comment
RULE /* why */ "scale-up"
sleep period is 60s
Time Window is 30
occurrences is 3
when
	high-load # first
then
	add-server; notify
	log // last
	/* more
	   text */
	send
end
`,
    ],
    measures: [
        'source.roboconf-measures',
        `junk
# comment
[EVENT file low-disk]
Delete if exists /tmp/{{ name }}/full
[event REST high-load] check http://h:{{ port }}/x that load >= 0.8
[EVENT nagios hosts]
Nagios configuration at http://h:50001
GET hosts
Columns: host_name
Filter: state = 1
[EVENT docker lost]
web-ROBOCONF_INSTANCE_NAME
[EVENT unknown x]
body
[EVENT file]
/dropped
`,
    ],
    properties: [
        'source.ini',
        `# {{ ip }} in a comment
id = web
docker.endpoint = tcp://{{ ip }}:4243
ec2.secret.key = \${secret:EC2_KEY}
ec2.access.key = \${env:KEY}
other = {{ x }} \${HOME}
`,
    ],
    markdown: [
        'text.html.markdown',
        `# Title
\`\`\`graph graph/main.graph
VM {
	installer: target;
}
\`\`\`
text
~~~ roboconf-instances
instance of VM {
~~~
\`\`\`drl
rule "r"
\`\`\`
\`\`\`graphql
VM {
\`\`\`
`,
    ],
};

describe('colours', () => {
    test.each(Object.entries(SAMPLES))('of %s', async (name, [scope, text]) => {
        const grammar = await loadGrammar(scope);
        await expect(scopesOf(grammar, text)).toMatchFileSnapshot(join(import.meta.dirname, 'scopes', `${name}.txt`));
    });
});

/** The scopes of the first word of a text that stands under `container`, or of the text itself. */
async function scopesOfWord(scope: string, text: string, word: string): Promise<string> {
    const grammar = await loadGrammar(scope);
    let state = null;
    for (const line of text.split('\n')) {
        const result = grammar.tokenizeLine(line, state);
        state = result.ruleStack;
        const at = line.indexOf(word);
        const token = result.tokens.findLast(({ startIndex }) => startIndex <= at);
        if (at >= 0) return token?.scopes.slice(1).join(' ') ?? '';
    }
    return '';
}

describe('every word of the tables has its colour', () => {
    test.each(PROPERTIES.flatMap(({ name, blocks }) => blocks.map((block) => [name, block] as const)))(
        'the property %s of a %s',
        async (name, block) => {
            const header = { component: 'A {', facet: 'facet a {', instance: 'instance of A {' }[block];
            const scope = block === 'instance' ? 'source.roboconf-instances' : 'source.roboconf-graph';
            expect(await scopesOfWord(scope, `${header}\n\t${name}: x;`, `${name}:`)).toContain(
                'keyword.other.property',
            );
        },
    );

    test.each([
        ...Object.values(BLOCK_KEYWORDS),
        VALUE_KEYWORDS.external,
        VALUE_KEYWORDS.random,
        VALUE_KEYWORDS.optional,
    ])('the keyword $name', async ({ name, example }) => {
        const inBlock = `A {\n\t${example}`;
        const scope = name === 'instance of' ? 'source.roboconf-instances' : 'source.roboconf-graph';
        const text = /:/.test(example) ? inBlock : example;
        expect(await scopesOfWord(scope, text, name)).toMatch(/keyword|storage/);
    });

    test.each(INSTANCE_VARIABLES)('$(%s)', async (name) => {
        const text = `A {\n\texports: a = $(${name});`;
        expect(await scopesOfWord('source.roboconf-graph', text, '$(')).toContain('variable.language');
        expect(await scopesOfWord('source.roboconf-measures', `[EVENT docker a]\n${name}`, name)).toContain(
            'variable.language',
        );
    });

    test.each(Object.values(FORMS))('the instruction %s', async (form) => {
        const verb = /^[a-z ]+(?= )/.exec(form)?.[0] ?? '';
        const scopes = await scopesOfWord('source.roboconf-commands', form, verb);
        expect(scopes).toContain('keyword.control.instruction');
    });

    test.each(GENERATORS)('the generator %s', async (name) => {
        const scopes = await scopesOfWord('source.roboconf-commands', `define a = $(${name})`, name);
        expect(scopes).toContain('support.function.generator');
    });

    test.each([...RULE_KEYWORDS.map(({ name }) => name)])('the word %s of rules', async (name) => {
        const text = 'rule "r"\nwhen e\nthen c\nend';
        expect(await scopesOfWord('source.roboconf-rules', text, name)).toContain('keyword.control.rule');
    });

    test.each(RULE_ATTRIBUTES)('the attribute $name', async ({ name, example }) => {
        const text = `rule "r"\n${example}\nwhen e then c end`;
        expect(await scopesOfWord('source.roboconf-rules', text, name)).toContain('keyword.other.attribute');
    });

    test.each(PROBE_HANDLERS)('the handler $name', async ({ name, example }) => {
        expect(await scopesOfWord('source.roboconf-measures', example, `${name} `)).toContain('support.type.handler');
    });
});
