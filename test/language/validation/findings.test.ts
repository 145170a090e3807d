import { expect, test } from 'vitest';
import { createLanguage, type CheckOptions, type Finding } from '../../../language/index.ts';
import { checkFindings, parseFixture, type Found } from '../../support/fixture.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const DESCRIPTOR =
    'name = app\nversion = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\ninstance-entry-point = main.instances\n';

/** Findings of the files of a fixture, placed in an application with a valid descriptor; recipes are not the subject here. */
function findingsOf(
    source: string,
    options?: CheckOptions,
): { files: ReturnType<typeof parseFixture>; findings: readonly Finding[] } {
    const files = parseFixture(source);
    const texts: Record<string, string> = { '/app/descriptor/application.properties': DESCRIPTOR };
    for (const { path, text } of files) texts[`/app${path}`] = text;
    const { findings } = createLanguage().loadApplication(memoryFiles(texts), '/app', options);
    return {
        files,
        findings: findings.filter(
            ({ code }) => code !== 'PROJ_NO_RESOURCE_DIRECTORY' && code !== 'PROJ_MISSING_INSTANCE_EP',
        ),
    };
}

function check(source: string, options?: CheckOptions): void {
    const { files, findings } = findingsOf(source, options);
    for (const file of files) {
        const own = findings.flatMap((finding): Found[] =>
            finding.range !== null && `/${finding.range.file}` === file.path
                ? [{ code: finding.code, range: finding.range }]
                : [],
        );
        checkFindings(file, own);
    }
}

const ROWS: Readonly<Record<string, string>> = {
    'an unknown child is reported at its word, and only there': `
#- /graph/main.graph
VM {
	installer: target;
	children: Tomcat, Mysql;
#                  ^^^^^ CO_INEXISTING_CHILD
}
Tomcat {
	installer: script;
}
`,
    'a misspelled child does not make its component a root': `
#- /graph/main.graph
VM {
	installer: target;
	children: Tomact;
#          ^^^^^^ CO_INEXISTING_CHILD
}
Tomcat {
	installer: script;
}
`,
    'an unknown super component and facet': `
#- /graph/main.graph
VM {
	installer: target;
	extends: Machine;
#         ^^^^^^^ CO_INEXISTING_COMPONENT
	facets: big;
#        ^^^ CO_INEXISTING_FACET
}
`,
    'one name for two types': `
#- /graph/main.graph
VM {
#<< CO_ALREADY_DEFINED_COMPONENT
	installer: target;
}
VM {
#<< CO_ALREADY_DEFINED_COMPONENT
	installer: target;
}
`,
    'a facet and a component of one name': `
#- /graph/main.graph
VM {
#<< CO_CONFLICTING_NAME
	installer: target;
}
facet VM {
#     ^^ CO_CONFLICTING_NAME
}
`,
    'imports that nobody exports, or only oneself': `
#- /graph/main.graph
VM {
	installer: target;
	exports: ip;
	imports: DB.port, VM.ip, VM.iq, VM.* (optional), external Other.x;
#         ^^^^^^^ RM_UNRESOLVABLE_VARIABLE
#                  ^^^^^ RM_COMPONENT_IMPORTS_EXPORTS
#                         ^^^^^ RM_UNRESOLVABLE_VARIABLE
}
`,
    'loops of containment and inheritance': `
#- /graph/main.graph
VM {
	installer: target;
	children: A;
}
A {
	installer: script;
	children: B;
#          ^ RM_CYCLE_IN_COMPONENTS
}
B {
	installer: script;
	children: A;
#          ^ RM_CYCLE_IN_COMPONENTS
}
C {
#< RM_EMPTY_COMPONENT_INSTALLER
	extends: D;
#         ^ RM_CYCLE_IN_COMPONENTS_INHERITANCE
}
D {
#< RM_EMPTY_COMPONENT_INSTALLER
	extends: C;
#         ^ RM_CYCLE_IN_COMPONENTS_INHERITANCE
}
`,
    'installers and random variables': `
#- /graph/main.graph
VM {
	installer: script;
#           ^^^^^^ RM_ROOT_INSTALLER_MUST_BE_TARGET
	children: A;
	exports: random[host] h, random[port] p = 80;
#                ^^^^ RM_INVALID_RANDOM_KIND
#                         ^^^^^^^^^^^^^^^^^^^ RM_NO_VALUE_FOR_RANDOM
}
A {
#< RM_EMPTY_COMPONENT_INSTALLER
}
`,
    'orphan facets and what they hide': `
#- /graph/main.graph
VM {
	installer: target;
	children: A;
}
A {
#< RM_UNREACHABLE_COMPONENT
	installer: script;
}
facet lost {
#     ^^^^ RM_ORPHAN_FACET_WITH_CHILDREN
	children: A;
}
`,
    'imports of files': `
#- /graph/main.graph
import missing.graph;
#      ^^^^^^^^^^^^^ CO_UNREACHABLE_FILE
import ../../secret.graph;
#      ^^^^^^^^^^^^^^^^^^ X_IMPORT_OUTSIDE
import wrong.graph;
#      ^^^^^^^^^^^ CO_NOT_A_GRAPH
VM {
	installer: target;
	children: Unknown;
}
#- /graph/wrong.graph
instance of VM {
	name: vm;
}
`,
    'instances: parents, names and variables': `
#- /graph/main.graph
VM {
	installer: target;
	children: App;
}
App {
	installer: script;
	exports: port, host = h;
}
#- /instances/main.instances
instance of App {
#           ^^^ RM_MISSING_INSTANCE_PARENT
	name: lost;
	port: 1;
}
instance of VM {
	name: vm;
	instance of VM {
#            ^^ RM_INVALID_INSTANCE_PARENT
		name: inner;
	}
	instance of App {
		name: app;
#       ^^^ CO_ALREADY_DEFINED_INSTANCE
#       ^^^ RM_MISSING_VARIABLE_VALUE
		hots: x;
# ^^^^ RM_MAGIC_INSTANCE_VARIABLE
	}
	instance of App {
		name: app;
#       ^^^ CO_ALREADY_DEFINED_INSTANCE
		port: "";
	}
	instance of Ap {
#            ^^ CO_INEXISTING_COMPONENT
		name: other;
	}
}
`,
    'copies that clash with a written instance': `
#- /graph/main.graph
VM {
	installer: target;
}
#- /instances/main.instances
instance of VM {
	name: vm;
	count: 3;
#       ^ CO_CONFLICTING_INFERRED_INSTANCE
}
instance of VM {
	name: vm1;
}
instance of VM {
	name: big;
	count: 1000000;
#       ^^^^^^^ X_TOO_MANY_INSTANCES
}
`,
    'one override for several variables': `
#- /graph/main.graph
Base {
	installer: target;
	exports: port = 1;
}
VM {
	extends: Base;
}
#- /instances/main.instances
instance of VM {
	name: vm;
	port: 2;
#^^^^ RM_AMBIGUOUS_OVERRIDING
#^^^^ X_CONFLICTING_OVERRIDES
	VM.port: 3;
}
`,
    'a path is declared twice as it is written, whatever its counts make': `
#- /graph/main.graph
VM {
	installer: target;
	children: S;
}
S {
	installer: script;
}
#- /instances/main.instances
instance of VM {
	name: vm;
#      ^^ CO_ALREADY_DEFINED_INSTANCE
	count: 2;
	instance of S {
		name: s;
#       ^ CO_ALREADY_DEFINED_INSTANCE
	}
	instance of S {
		name: s;
#       ^ CO_ALREADY_DEFINED_INSTANCE
	}
}
instance of VM {
	name: vm;
#      ^^ CO_ALREADY_DEFINED_INSTANCE
}
`,
    'a blank value is no value, in a variable of the instance alone as well; an empty text is one': `
#- /graph/main.graph
VM {
	installer: target;
	exports: port = 80, ip, random[port] r;
}
#- /instances/main.instances
instance of VM {
	name: vm;
	port: ;
#^^^^ RM_MISSING_VARIABLE_VALUE
	own: ;
#^^^ RM_MAGIC_INSTANCE_VARIABLE
#^^^ RM_MISSING_VARIABLE_VALUE
	other: "";
#^^^^^ RM_MAGIC_INSTANCE_VARIABLE
	ip: ;
	r: ;
}
`,
    'variables of facets that no component exports': `
#- /graph/main.graph
facet G {
#     ^ RM_ORPHAN_FACET
	exports: Z.p, q;
}
facet W {
	exports: Y.p;
}
VM {
	installer: target;
	facets: W;
	imports: Z.p, G.q, G.s, Z.*, Y.p, W.Y.p (optional);
#         ^^^ RM_UNRESOLVABLE_FACET_VARIABLE
#              ^^^ RM_UNRESOLVABLE_FACET_VARIABLE
#                   ^^^ RM_UNRESOLVABLE_VARIABLE
#                        ^^^ RM_UNRESOLVABLE_VARIABLE
#                             ^^^ RM_UNRESOLVABLE_FACET_VARIABLE
}
`,
    'facets in a loop export nothing': `
#- /graph/main.graph
VM {
	installer: target;
	facets: F, K;
	imports: F.x, K.y (optional);
#         ^^^ RM_UNRESOLVABLE_FACET_VARIABLE
}
facet F {
	extends: G;
#         ^ RM_CYCLE_IN_FACETS_INHERITANCE
	exports: x;
}
facet G {
	extends: F;
#         ^ RM_CYCLE_IN_FACETS_INHERITANCE
}
facet K {
	extends: F;
	exports: y;
}
`,
    'components in a loop of extensions inherit from one another': `
#- /graph/main.graph
A {
	extends: B;
#         ^ RM_CYCLE_IN_COMPONENTS_INHERITANCE
	installer: script;
#           ^^^^^^ RM_ROOT_INSTALLER_MUST_BE_TARGET
	exports: x;
}
B {
#< RM_ROOT_INSTALLER_MUST_BE_TARGET
	extends: A;
#         ^ RM_CYCLE_IN_COMPONENTS_INHERITANCE
}
VM {
	installer: target;
	imports: A.x, B.x, B.y;
#                   ^^^ RM_UNRESOLVABLE_VARIABLE
}
`,
    'what a component in a loop of extensions contains, the others contain': `
#- /graph/main.graph
A {
	extends: B;
#         ^ RM_CYCLE_IN_COMPONENTS_INHERITANCE
	installer: target;
	children: S;
}
B {
	extends: A;
#         ^ RM_CYCLE_IN_COMPONENTS_INHERITANCE
}
S {
	installer: script;
}
#- /instances/main.instances
instance of B {
	name: b;
	instance of S {
		name: s;
	}
}
`,
    'a root without installer lacks its installer, and nothing else': `
#- /graph/main.graph
VM {
#<< RM_EMPTY_COMPONENT_INSTALLER
}
`,
};

for (const [name, source] of Object.entries(ROWS)) test(name, () => check(source));

test('the installer that is missing is the one the place of the component asks for', () => {
    const { findings } = findingsOf('#- /graph/main.graph\nVM {\n\tchildren: S;\n}\nS {\n}\n');
    expect(findings.map(({ details }) => details)).toEqual([
        { COMPONENT: 'VM', INSTALLER: 'target' },
        { COMPONENT: 'S', INSTALLER: 'script' },
    ]);
});

test('a variable that a facet exports under its own prefix is suggested under that name', () => {
    const source =
        '#- /graph/main.graph\nfacet F {\n\texports: Z.p;\n}\nVM {\n\tinstaller: target;\n\tfacets: F;\n\timports: Z.p;\n}\n';
    const { findings } = findingsOf(source);
    expect(findings.map(({ code, message, details }) => [code, message, details['SUGGESTION']])).toEqual([
        ['RM_UNRESOLVABLE_FACET_VARIABLE', "The facet 'F' exports 'Z.p' as 'F.Z.p'. Import that name.", 'F.Z.p'],
    ]);
});

test('instances without any graph directory have no graph', () => {
    const { findings } = findingsOf('#- /instances/main.instances\ninstance of VM {\n\tname: vm;\n}\n');
    expect(findings.map(({ code }) => code)).toEqual(['PROJ_NO_GRAPH_DIR', 'CO_GRAPH_COULD_NOT_BE_BUILT']);
});

test('a recipe is spared what only concerns whole applications', () => {
    const source = '#- /graph/main.graph\nA {\n\tinstaller: script;\n}\nfacet f {\n}\n';
    check(source, { recipe: true, flexible: false });
    expect(findingsOf(source).findings.map(({ code }) => code)).toEqual([
        'RM_ROOT_INSTALLER_MUST_BE_TARGET',
        'RM_ORPHAN_FACET',
    ]);
});

test('a similar name is suggested in words and as a fact', () => {
    const { findings } = findingsOf('#- /graph/main.graph\nVM {\n\tinstaller: target;\n\tchildren: VN;\n}\n');
    expect(findings[0]?.message).toContain("Did you mean 'VM'?");
    expect(findings[0]?.details).toEqual({ NAME: 'VN', SUGGESTION: 'VM' });
});
