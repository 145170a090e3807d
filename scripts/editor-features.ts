/** The tables of what the editor does with an application, each row with the tests that show it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EditorFeature } from './features/feature.ts';
import { CONTROL_ROOM, VISUALIZER } from './features/graph-and-runs.ts';

const FEATURES: readonly EditorFeature[] = [
    {
        name: 'Diagnostics while typing',
        what: 'All findings of all kinds of file, of the texts as they stand in the editor; none hides another.',
        shownBy: [
            ['server/diagnostics.test.ts', 'one edit in one file parses that file and publishes only what changed'],
            ['server/diagnostics.test.ts', 'an edit that breaks one line publishes that file alone'],
        ],
    },
    {
        name: 'Unsaved changes across files',
        what: 'An edit of one file changes the findings of the others before anything is saved.',
        shownBy: [
            [
                'server/diagnostics.test.ts',
                'an unsaved edit counts in other files, and going back clears what it caused',
            ],
        ],
    },
    {
        name: 'Workspace diagnostics',
        what: 'Findings of files that are not open, from the start.',
        shownBy: [
            ['server/diagnostics.test.ts', 'findings of closed files are shown without opening anything'],
            [
                'server/presentation-diagnostics.test.ts',
                'is answered with all files something is said of, opened or not',
            ],
        ],
    },
    {
        name: 'Pull diagnostics',
        what: 'For clients that ask: result identifiers, related documents, partial results.',
        shownBy: [
            ['server/presentation-diagnostics.test.ts', 'gets the newest text, and nothing twice'],
            [
                'server/presentation-diagnostics.test.ts',
                'learns of other files in the same answer when it understands that',
            ],
        ],
    },
    {
        name: 'Quick fixes',
        what: 'For every finding with a mechanical cure; several of a kind at once; what is safe also on save.',
        shownBy: [
            ['server/code-actions.test.ts', 'at least 60 codes have a cure, and each is exercised'],
            ['server/code-action-requests.test.ts', 'several findings of a code are mended together'],
            [
                'e2e/quick-fixes.e2e.ts',
                'findings are listed, explained and cured, and a renamed component takes its recipe along',
            ],
        ],
    },
    {
        name: 'Refactorings',
        what: 'Extract exports or children to a facet, move a type to its own file, put an instance into a new one, short and full names.',
        shownBy: [
            ['server/code-action-requests.test.ts', 'a component moves to a file of its own, with its comment'],
            ['server/code-action-requests.test.ts', 'an instance is put into a new one'],
        ],
    },
    {
        name: 'Completion',
        what: 'In every kind of file, on broken text as well: keywords, names, variables with values, paths, keys of targets.',
        shownBy: [
            ['server/completion.test.ts', 'what a list holds already is struck through, and last'],
            [
                'e2e/authoring.e2e.ts',
                'the source shows what it means, and what is written is ended, proposed, imported and explained',
            ],
        ],
    },
    {
        name: 'Completion of whole blocks',
        what: 'With what is required filled in.',
        shownBy: [
            [
                'server/completion.test.ts',
                'a block comes with every variable that nothing gives a value, and a name that is free',
            ],
            ['server/completion.test.ts', 'a whole file has the required keys, and secrets by reference'],
        ],
    },
    {
        name: 'Completion with auto-import',
        what: 'Types of files that are not imported come with their import.',
        shownBy: [['server/editing.test.ts', 'a type of a file that is not imported comes with its import']],
    },
    {
        name: 'Hover',
        what: 'Types, variables with their values and where these come from, instances, keywords, instructions, keys.',
        shownBy: [
            ['server/hover.test.ts', 'that an inherited variable has, where its value comes from'],
            ['server/editing.test.ts', 'of an imported variable shows its value and who exports it'],
        ],
    },
    {
        name: 'Signature help',
        what: 'In exports, imports, lists, overrides and instructions.',
        shownBy: [
            ['server/signature-help.test.ts', 'an override tells the value it replaces and where that comes from'],
            ['server/signature-help.test.ts', 'behind a dot the variables of the type are named'],
        ],
    },
    {
        name: 'Go to definition',
        what: 'From every name, path, command, event, target and value.',
        shownBy: [
            ['server/navigation.test.ts', 'definition'],
            ['server/editing.test.ts', 'is a link for editors that know links'],
        ],
    },
    {
        name: 'Declaration, type definition, implementation',
        what: 'From an instance to its component, from a type to its instances and heirs, from an import to its exporters.',
        shownBy: [
            ['server/navigation.test.ts', 'declaration'],
            ['server/navigation.test.ts', 'type definition'],
            ['server/navigation.test.ts', 'implementation'],
        ],
    },
    {
        name: 'Find references',
        what: 'Across all kinds of file, and across the applications of a workspace.',
        shownBy: [
            ['server/navigation.test.ts', 'references'],
            ['server/navigation-files.test.ts', 'between applications'],
        ],
    },
    {
        name: 'Rename',
        what: 'Across all kinds of file, with the folder of a recipe, probes and command files; refused with a reason.',
        shownBy: [
            [
                'server/rename.test.ts',
                'a component changes children, heirs, imports, instances, qualified variables, and moves its recipe',
            ],
            ['server/rename-laws.test.ts', 'a rename changes nothing but the name, and can be taken back'],
            [
                'e2e/quick-fixes.e2e.ts',
                'findings are listed, explained and cured, and a renamed component takes its recipe along',
            ],
        ],
    },
    {
        name: 'File rename updates imports',
        what: 'Renaming or moving a file changes the imports, entry points, commands and rules that name it.',
        shownBy: [
            ['server/navigation-sides.test.ts', 'a command file that is renamed is followed by those that execute it'],
        ],
    },
    {
        name: 'Document symbols',
        what: 'An outline of every kind of file.',
        shownBy: [
            ['server/navigation-files.test.ts', 'the outline is a tree for editors that know trees, else a list'],
        ],
    },
    {
        name: 'Workspace symbols',
        what: 'Of every application found, the nearest names first.',
        shownBy: [['server/navigation-files.test.ts', 'are found in every application, the nearest names first']],
    },
    {
        name: 'Document highlight',
        what: 'Reads and writes of a name in a file.',
        shownBy: [['server/navigation.test.ts', 'highlights']],
    },
    {
        name: 'Semantic tokens',
        what: 'Full, difference and range: components, facets, variables and names that lead nowhere are told apart.',
        shownBy: [
            ['server/presentation-tokens.test.ts', 'components, facets and names that lead nowhere'],
            ['server/presentation-tokens.test.ts', 'is what an edit changed, and leads to the same as the whole'],
        ],
    },
    {
        name: 'Folding ranges',
        what: 'Blocks, runs of comments and of imports, regions.',
        shownBy: [['server/presentation-structure.test.ts', 'blocks and comments fold, lines counted from 0']],
    },
    {
        name: 'Selection ranges',
        what: 'From a word to its item, value, property, block and file.',
        shownBy: [['server/presentation-structure.test.ts', 'a selection grows from a word to the file']],
    },
    {
        name: 'Inlay hints',
        what: 'What provides an import, values an instance has without saying them, names of counted instances.',
        shownBy: [
            [
                'server/presentation-hints.test.ts',
                'values an instance exports without saying them stand behind its component',
            ],
            ['server/presentation-hints.test.ts', 'counted instances are called'],
        ],
    },
    {
        name: 'Code lens',
        what: 'How often a component is used; in the VS Code extension also the live state of instances, with orders.',
        shownBy: [
            ['server/presentation-hints.test.ts', 'stands how often it is used'],
            [
                'e2e/view.e2e.ts',
                'the view shows an application, its deployment and its past runs, and the source shows the live state',
            ],
        ],
    },
    {
        name: 'Document links',
        what: 'Imports, entry points, commands, files of a recipe.',
        shownBy: [['server/navigation-sides.test.ts', 'links lead to command files']],
    },
    {
        name: 'Call hierarchy, type hierarchy',
        what: 'Who uses what a component exports; what extends what.',
        shownBy: [['server/navigation-files.test.ts', 'hierarchies']],
    },
    {
        name: 'Formatting of documents, ranges and while typing',
        what: 'Every kind of file with a form of its own; never changes what a file says. Enter ends a property.',
        shownBy: [
            ['server/formatting.test.ts', 'properties and commands are formatted by their own rules'],
            ['server/presentation-structure.test.ts', 'typing is helped through the protocol'],
            [
                'e2e/authoring.e2e.ts',
                'the source shows what it means, and what is written is ended, proposed, imported and explained',
            ],
        ],
    },
    {
        name: 'Linked editing',
        what: 'A variable of a command file and its uses.',
        shownBy: [
            ['server/navigation-sides.test.ts', 'a variable of a command file is linked to its uses while it is typed'],
        ],
    },
    {
        name: 'Grammars, snippets, file icons',
        what: 'For every kind of file, and in fences of Markdown.',
        shownBy: [
            ['syntaxes/scopes.test.ts', 'colours'],
            ['scripts/snippets.test.ts', 'every kind of probe has its snippet'],
            ['e2e/authoring.e2e.ts', 'commands, rules, probes and targets have colours, findings, proposals and icons'],
        ],
    },
    {
        name: 'Run from the source',
        what: 'Simulate and deploy from above an instance or from the margin.',
        shownBy: [
            [
                'e2e/view.e2e.ts',
                'a cancel says what it waits for, and one instance is started, looked at and stopped from the source',
            ],
        ],
    },
    {
        name: 'State of the server',
        what: 'In the language status of the editor, with what can be done about it.',
        shownBy: [
            [
                'e2e/onboarding.e2e.ts',
                'onboarding: the packaged extension holds what it should, and its walkthrough leads through the first deployment',
            ],
        ],
    },
    {
        name: 'Inline values, notebooks',
        what: 'Not offered: values of a deployment stand in lenses, the margin and the pictures, and nobody writes these texts in notebooks.',
        shownBy: [],
    },
];

/** Tests that are named and do not exist, as `file: name`. */
export function missingTests(root: string): readonly string[] {
    return [...FEATURES, ...VISUALIZER, ...CONTROL_ROOM]
        .flatMap(({ shownBy }) => shownBy)
        .filter(([file, test]) => !textOf(root, file).includes(`'${test}'`))
        .map(([file, test]) => `${file}: ${test}`);
}

function textOf(root: string, file: string): string {
    try {
        return readFileSync(join(root, 'test', file), 'utf8');
    } catch {
        // A file that is gone has no test.
        return '';
    }
}

/** The page. */
export function editorFeatures(): string {
    return [
        '# Editor features',
        'What the language server and the extension do with an application, and the tests that show it. Made by `npm run generate`.',
        '## Texts',
        tableOf(FEATURES),
        '## The graph',
        'What it looks like: [the graph](graph.md).',
        tableOf(VISUALIZER),
        '## Deploy, run, operate',
        'What it looks like: [the control room](control-room.md).',
        tableOf(CONTROL_ROOM),
        '',
    ].join('\n\n');
}

function tableOf(features: readonly EditorFeature[]): string {
    const rows = features.map(({ name, what, shownBy }) => {
        const tests = shownBy.map(([file, test]) => `[${test}](../test/${file})`).join('<br>');
        return `| ${name} | ${what} | ${tests === '' ? '–' : tests} |`;
    });
    return ['| feature | here | shown by |', '| --- | --- | --- |', ...rows].join('\n');
}
