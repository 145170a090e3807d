/** Requests of an editor on a large application, with a server in this process that knows it already: growth from n to 10 n elements. */
import type { Figure } from '../../scripts/bench.ts';
import { startTestServer, type TestServer } from '../support/language-server.ts';
import { largeApplication } from './large-application.ts';
import { medianMs } from './rounds.ts';

const SIZES = [1_000, 10_000] as const;

export async function measure(): Promise<readonly Figure[]> {
    const [small, large] = [await timesOf(SIZES[0]), await timesOf(SIZES[1])];
    return [...large].flatMap(([name, value]): readonly Figure[] => [
        { name: `${name}, ${String(SIZES[1])} elements`, value, unit: 'ms' },
        { name: `${name}, growth for ten times the elements`, value: value / (small.get(name) ?? value), unit: 'x' },
    ]);
}

const GRAPH = 'graph/part-1.graph';
const INSTANCES = 'instances/part-0.instances';

interface Place {
    readonly file: string;
    /** Found by its text; the request is about the character behind it. */
    readonly behind: string;
}

/** Where a person works: in one of 20 graph files, or among all the instances. */
const IMPORT: Place = { file: GRAPH, behind: 'imports: C' };
const COMPONENT: Place = { file: GRAPH, behind: '\nC' };
const PROVIDER: Place = { file: INSTANCES, behind: 'instance of C' };

type Requests = Readonly<Record<string, readonly [string, Place, object?]>>;

const REQUESTS: Requests = {
    'completion of an import': ['textDocument/completion', IMPORT],
    'completion of a component': ['textDocument/completion', PROVIDER],
    'hover on an import': ['textDocument/hover', IMPORT],
    'hover on an instance': ['textDocument/hover', PROVIDER],
    definition: ['textDocument/definition', PROVIDER],
    references: ['textDocument/references', COMPONENT, { context: { includeDeclaration: true } }],
    rename: ['textDocument/rename', COMPONENT, { newName: 'Renamed' }],
    highlights: ['textDocument/documentHighlight', PROVIDER],
    links: ['textDocument/documentLink', PROVIDER],
    'symbols of the file': ['textDocument/documentSymbol', PROVIDER],
    folds: ['textDocument/foldingRange', PROVIDER],
    selection: ['textDocument/selectionRange', PROVIDER],
    'semantic tokens': ['textDocument/semanticTokens/full', PROVIDER],
    'semantic tokens of a screen': ['textDocument/semanticTokens/range', PROVIDER],
    'inlay hints of a screen': ['textDocument/inlayHint', PROVIDER],
    'code actions': ['textDocument/codeAction', PROVIDER, { context: { diagnostics: [] } }],
    'code lenses': ['textDocument/codeLens', COMPONENT],
    'call hierarchy': ['textDocument/prepareCallHierarchy', COMPONENT],
    diagnostics: ['textDocument/diagnostic', COMPONENT],
    'symbols of the workspace': ['workspace/symbol', COMPONENT, { query: 'c99' }],
};

const ABLE = {
    textDocument: {
        codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
        diagnostic: {},
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    },
};

async function timesOf(elements: number): Promise<ReadonlyMap<string, number>> {
    const files = Object.fromEntries(
        [...largeApplication(elements, 1)].map(([path, text]) => [path.replace('/app/', ''), text]),
    );
    const server = await startTestServer(files, { capabilities: ABLE });
    await server.settle();
    for (const file of [GRAPH, INSTANCES]) await server.open(file, files[file] ?? '');
    const times = new Map<string, number>();
    for (const [name, [method, place, more]] of Object.entries(REQUESTS)) {
        const params = { ...paramsAt(server, files[place.file] ?? '', place), ...more };
        times.set(name, await medianMs(9, () => server.client.sendRequest(method, params)));
    }
    times.set('typing, until the analysis is told', await typingMs(server, files[GRAPH] ?? ''));
    await server.dispose();
    return times;
}

const LINES_OF_A_SCREEN = 60;

function paramsAt(server: TestServer, text: string, { file, behind }: Place): object {
    // Not among the first ones.
    const at = text.indexOf(behind, text.length / 2);
    if (at < 0) throw new Error(`'${behind}' is not in ${file}`);
    const before = text.slice(0, at + behind.length).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    const range = { start: position, end: { line: position.line + LINES_OF_A_SCREEN, character: 0 } };
    return { textDocument: { uri: server.uri(file) }, position, positions: [position], range };
}

async function typingMs(server: TestServer, text: string): Promise<number> {
    let round = 0;
    return medianMs(9, () => server.change(GRAPH, { text: `# ${String(round++)}\n${text}` }));
}
