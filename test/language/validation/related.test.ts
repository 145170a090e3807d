/** Findings with a second place show it: `related` of each, as `file:line:column message`. */
import { expect, test } from 'vitest';
import { createLanguage } from '../../../language/index.ts';
import { parseFixture } from '../../support/fixture.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const DESCRIPTOR =
    'name = app\nversion = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\ninstance-entry-point = main.instances\n';
const VM = 'VM {\n\tinstaller: target;\n\tchildren: S;\n}\n';

interface Row {
    readonly code: string;
    /** The files of the application; without header, of `graph/main.graph`. */
    readonly text: string;
    /** The related places of the first finding of this code. */
    readonly related: readonly string[];
}

/** Places of the first finding of a code; undefined when there is no such finding. */
function relatedOf({ code, text }: Row): readonly string[] | undefined {
    const texts: Record<string, string> = { '/app/descriptor/application.properties': DESCRIPTOR };
    for (const file of parseFixture(text.includes('#- /') ? text : `#- /graph/main.graph\n${text}`))
        texts[`/app${file.path}`] = file.text;
    const { findings } = createLanguage().loadApplication(memoryFiles(texts), '/app');
    return findings
        .find((finding) => finding.code === code)
        ?.related.map(({ range, message }) => `${range.file}:${range.line}:${range.column} ${message}`);
}

const ROWS: readonly Row[] = [
    {
        code: 'P_INVALID_FILE_TYPE',
        text: 'A {\n}\ninstance of A {\n\tname: a;\n}\n',
        related: [
            'graph/main.graph:1:1 The first component or facet is here.',
            'graph/main.graph:3:1 The first instance is here.',
        ],
    },
    {
        code: 'P_C_C_BRACKET_MISSING',
        text: 'A {\n\tinstaller: target;\n',
        related: ["graph/main.graph:1:1 The block of component 'A' opens here."],
    },
    {
        code: 'PM_DUPLICATE_PROPERTY',
        text: 'A {\n\tinstaller: target;\n\tinstaller: script;\n}\n',
        related: ["graph/main.graph:2:2 'installer' is first set here."],
    },
    {
        code: 'CO_NOT_A_GRAPH',
        text: `#- /graph/main.graph\nimport b.graph;\n${VM}#- /graph/b.graph\ninstance of VM {\n\tname: a;\n}\n`,
        related: ['graph/b.graph:1:13 The first instance is here.'],
    },
    {
        code: 'CO_NOT_INSTANCES',
        text: `#- /graph/main.graph\n${VM}#- /instances/main.instances\nimport b.instances;\n#- /instances/b.instances\nfacet F {\n}\n`,
        related: ['instances/b.instances:1:7 The first component or facet is here.'],
    },
    {
        code: 'CO_ALREADY_DEFINED_COMPONENT',
        text: `#- /graph/main.graph\nimport b.graph;\n${VM}#- /graph/b.graph\n${VM}`,
        related: ["graph/main.graph:2:1 'VM' is also declared here."],
    },
    {
        code: 'CO_CONFLICTING_NAME',
        text: 'A {\n\tinstaller: target;\n}\nfacet A {\n}\n',
        related: ["graph/main.graph:4:7 'A' is also declared here."],
    },
    {
        code: 'CO_INEXISTING_COMPONENT',
        text: 'A {\n\tinstaller: target;\n\textends: F;\n}\nfacet F {\n}\n',
        related: ["graph/main.graph:5:7 The facet 'F' is declared here."],
    },
    {
        code: 'CO_INEXISTING_FACET',
        text: 'A {\n\tinstaller: target;\n\tfacets: B;\n}\nB {\n\tinstaller: target;\n}\n',
        related: ["graph/main.graph:5:1 The component 'B' is declared here."],
    },
    {
        code: 'RM_COMPONENT_IMPORTS_EXPORTS',
        text: 'B {\n\tinstaller: target;\n\texports: x;\n}\nA {\n\textends: B;\n\timports: A.x;\n}\n',
        related: ["graph/main.graph:3:11 'A.x' is exported here."],
    },
    {
        code: 'RM_ROOT_INSTALLER_MUST_BE_TARGET',
        text: 'B {\n\tinstaller: script;\n}\nA {\n\tinstaller: target;\n\tchildren: B;\n}\nC {\n\textends: D;\n}\nD {\n\tinstaller: script;\n}\n',
        related: ['graph/main.graph:12:13 The installer is inherited from here.'],
    },
    {
        code: 'RM_UNRESOLVABLE_VARIABLE',
        text: 'A {\n\tinstaller: target;\n\timports: B.y;\n}\nB {\n\tinstaller: target;\n\texports: x;\n}\n',
        related: ["graph/main.graph:5:1 The component 'B' is declared here."],
    },
    {
        code: 'RM_UNRESOLVABLE_FACET_VARIABLE',
        text: 'A {\n\tinstaller: target;\n\timports: F.x;\n}\nB {\n\textends: A;\n}\nfacet F {\n\texports: x;\n}\n',
        related: ["graph/main.graph:8:7 The facet 'F' is declared here."],
    },
    {
        code: 'RM_CYCLE_IN_COMPONENTS',
        text: 'A {\n\tinstaller: target;\n\tchildren: B;\n}\nB {\n\tinstaller: script;\n\tchildren: A;\n}\n',
        related: ["graph/main.graph:5:1 The loop goes through 'B'."],
    },
    {
        code: 'RM_UNREACHABLE_COMPONENT',
        text: 'facet F {\n\tchildren: A;\n}\nA {\n\tinstaller: target;\n}\n',
        related: ["graph/main.graph:1:7 The facet 'F' is declared here."],
    },
    {
        code: 'X_AMBIGUOUS_EXPORT',
        text: 'facet F {\n\texports: x = 1;\n}\nfacet G {\n\texports: x = 2;\n}\nA {\n\tinstaller: target;\n\tfacets: F, G;\n}\n',
        related: ["graph/main.graph:2:11 'F.x' is exported here.", "graph/main.graph:5:11 'G.x' is exported here."],
    },
    {
        code: 'CO_ALREADY_DEFINED_INSTANCE',
        text: `#- /graph/main.graph\n${VM}#- /instances/main.instances\ninstance of VM {\n\tname: a;\n\tcount: 2;\n}\ninstance of VM {\n\tname: a;\n}\n`,
        related: ["instances/main.instances:6:8 '/a' is also declared here."],
    },
    {
        code: 'CO_CONFLICTING_INFERRED_INSTANCE',
        text: `#- /graph/main.graph\n${VM}#- /instances/main.instances\ninstance of VM {\n\tname: a;\n\tcount: 2;\n}\ninstance of VM {\n\tname: a2;\n}\n`,
        related: ["instances/main.instances:6:8 '/a2' is declared here."],
    },
    {
        code: 'RM_MISSING_INSTANCE_PARENT',
        text: `#- /graph/main.graph\n${VM}S {\n\tinstaller: script;\n}\n#- /instances/main.instances\ninstance of S {\n\tname: a;\n}\n`,
        related: ["graph/main.graph:3:12 'S' is a child of 'VM' here."],
    },
    {
        code: 'RM_INVALID_INSTANCE_PARENT',
        text: `#- /graph/main.graph\n${VM}S {\n\tinstaller: script;\n}\n#- /instances/main.instances\ninstance of VM {\n\tname: a;\n\tinstance of VM {\n\t\tname: b;\n\t}\n}\n`,
        related: ['instances/main.instances:1:13 The instance around it is here.'],
    },
    {
        code: 'RM_MISSING_VARIABLE_VALUE',
        text: '#- /graph/main.graph\nVM {\n\tinstaller: target;\n\texports: x;\n}\n#- /instances/main.instances\ninstance of VM {\n\tname: a;\n}\n',
        related: ["graph/main.graph:3:11 'VM.x' is exported here."],
    },
    {
        code: 'RM_AMBIGUOUS_OVERRIDING',
        text: '#- /graph/main.graph\nB {\n\tinstaller: target;\n\texports: x = 1;\n}\nA {\n\textends: B;\n}\n#- /instances/main.instances\ninstance of A {\n\tname: a;\n\tx: 2;\n}\n',
        related: ["graph/main.graph:3:11 'B.x' is exported here.", "graph/main.graph:3:11 'A.x' is exported here."],
    },
];

test.each(ROWS.map((row) => [row.code, row] as const))('%s', (_, row) => {
    expect(relatedOf(row)).toEqual(row.related);
});
