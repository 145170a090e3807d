/** Analysis of an application: growth from n to 10 n elements, the cost of one edit against a whole analysis, and models nobody means. */
import type { Figure } from '../../scripts/bench.ts';
import { createLanguage, type Application, type FileSystem } from '../../language/index.ts';
import { medianMs } from './rounds.ts';

export async function measure(): Promise<readonly Figure[]> {
    const creation = await medianMs(5, createLanguage);
    const small = await wholeMs(1_000);
    const large = await wholeMs(10_000);
    const edit = await editMs(10_000);
    return [
        { name: 'creating the language', value: creation, unit: 'ms' },
        { name: 'whole analysis, 1,000 elements', value: small, unit: 'ms' },
        { name: 'whole analysis, 10,000 elements', value: large, unit: 'ms' },
        { name: 'growth for ten times the elements', value: large / small, unit: 'x' },
        { name: 'analysis after an edit of one of 20 files, 10,000 elements', value: edit, unit: 'ms' },
        { name: 'whole analysis / analysis after an edit', value: large / edit, unit: 'x' },
        ...(await hostileFigures()),
    ];
}

const MACHINE = 'Vm {\n\tinstaller: target;\n}\n';
const times = (count: number, part: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => part(i)).join('');

/** Each makes the graph files of an application that must be answered within a second; `instances` is its file of instances. */
const HOSTILE: Readonly<Record<string, () => Readonly<Record<string, string>>>> = {
    '100,000 equal blocks': () => ({ main: MACHINE + 'A {\n\tinstaller: script;\n}\n'.repeat(100_000) }),
    '100,000 equal instances': () => ({
        main: MACHINE,
        instances: 'instance of Vm {\n\tname: vm;\n}\n'.repeat(100_000),
    }),
    '1,000,000 open blocks': () => ({ main: 'A {\n'.repeat(1_000_000) }),
    'a chain of 10,000 imports': () => ({
        main: `import f0.graph;\n${MACHINE}`,
        ...Object.fromEntries(
            Array.from({ length: 10_000 }, (_, i) => [`f${i}`, `import f${(i + 1) % 10_000}.graph;\n`]),
        ),
    }),
    'components that extend one another, 10,000 in a chain': () => ({
        main: times(10_000, (i) => `C${i} {\n\t${i === 0 ? 'installer: target' : `extends: C${i - 1}`};\n}\n`),
    }),
    'components that extend one another, 10,000 in a loop': () => ({
        main: MACHINE + times(10_000, (i) => `C${i} {\n\textends: C${(i + 1) % 10_000};\n}\n`),
    }),
    'facets that extend one another, 10,000 in a chain': () => ({
        main: `${MACHINE}Vm2 {\n\tinstaller: target;\n\tfacets: F9999;\n}\n${times(10_000, (i) => `facet F${i} {\n${i === 0 ? '' : `\textends: F${i - 1};\n`}}\n`)}`,
    }),
    'components that contain one another, 10,000 in a loop': () => ({
        main: MACHINE + times(10_000, (i) => `C${i} {\n\tinstaller: script;\n\tchildren: C${(i + 1) % 10_000};\n}\n`),
    }),
    'an import of 50,000 known names': () => ({
        main: `${MACHINE}B {\n\tinstaller: target;\n\texports: ${times(50_000, (i) => `v${i} = 1, `)}x = 1;\n}\nA {\n\tinstaller: target;\n\timports: ${times(50_000, (i) => `B.v${i}, `)}B.x;\n}\n`,
    }),
    'an import of 50,000 unknown names': () => ({
        main: `${MACHINE}A {\n\tinstaller: target;\n\timports: ${times(50_000, (i) => `Vm.v${i}, `)}Vm.x;\n}\n`,
    }),
    '50,000 unknown children': () => ({
        main: `${MACHINE}A {\n\tinstaller: target;\n\tchildren: ${times(50_000, (i) => `U${i}, `)}X;\n}\n`,
    }),
    'instances nested 10,000 deep': () => ({
        main: MACHINE,
        instances: 'instance of Vm {\n\tname: a;\n'.repeat(10_000) + '}\n'.repeat(10_000),
    }),
    'a file of 8 MB that holds nothing': () => ({ main: MACHINE + '\n'.repeat(8_000_000) }),
    'a line of 8 MB': () => ({ main: `${MACHINE}A {\n\texports: ${'a'.repeat(8_000_000)};\n}\n` }),
};

async function hostileFigures(): Promise<readonly Figure[]> {
    const figures: Figure[] = [];
    for (const [name, graph] of Object.entries(HOSTILE)) {
        const files = new Map([
            [
                '/app/descriptor/application.properties',
                'name=h\nversion=1.0\ngraph-entry-point=main.graph\ninstance-entry-point=main.instances\n',
            ],
            ...Object.entries(graph()).map(
                ([file, text]) =>
                    [
                        file === 'instances' ? '/app/instances/main.instances' : `/app/graph/${file}.graph`,
                        text,
                    ] as const,
            ),
        ]);
        const value = await medianMs(3, () => createLanguage().loadApplication(fileSystemOf(files), '/app'));
        figures.push({ name, value, unit: 'ms' });
    }
    return figures;
}

/** Every round reads texts never read before, so that nothing is known of them. */
async function wholeMs(elements: number): Promise<number> {
    const language = createLanguage();
    let round = 0;
    return medianMs(5, () => {
        const mark = `# ${round++}\n`;
        const files = new Map([...application(elements)].map(([path, text]) => [path, mark + text]));
        return forced(language.loadApplication(fileSystemOf(files), '/app'));
    });
}

/** With the model and the names, which are made when they are asked for. */
function forced({ model, declarations }: Application): number {
    return model.instances.length + declarations.length;
}

async function editMs(elements: number): Promise<number> {
    const files = application(elements);
    const language = createLanguage();
    let round = 0;
    return medianMs(9, () => {
        files.set('/app/graph/part-1.graph', `# ${round++}\n${files.get('/app/graph/part-1.graph') ?? ''}`);
        return language.loadApplication(fileSystemOf(files), '/app');
    });
}

/** A fifth are components, in 20 files; the rest are instances under machines, each importing what another component exports. */
function application(elements: number): Map<string, string> {
    const components = Math.floor(elements / 5);
    const parts = Array.from({ length: 20 }, (_, i) => i);
    const names = Array.from({ length: components }, (_, i) => `C${i}`);
    const files = new Map<string, string>();
    files.set(
        '/app/descriptor/application.properties',
        'name=big\nversion=1.0\ndsl-id=roboconf-1.0\ngraph-entry-point=main.graph\ninstance-entry-point=all.instances\n',
    );
    const imports = parts.map((part) => `import part-${part}.graph;`).join('\n');
    files.set('/app/graph/main.graph', `${imports}\nVm {\n\tinstaller: target;\n\tchildren: ${names.join(', ')};\n}\n`);
    for (const part of parts) {
        const own = names.filter((_, i) => i % parts.length === part);
        const blocks = own.map(
            (name, i) =>
                `${name} {\n\tinstaller: script;\n\texports: ip, port = ${1000 + i};\n\timports: C${(i + 1) % components}.ip (optional);\n}\n`,
        );
        files.set(`/app/graph/part-${part}.graph`, blocks.join('\n'));
    }
    const instances = Array.from(
        { length: elements - components },
        (_, i) => `\tinstance of C${i % components} {\n\t\tname: i${i};\n\t}\n`,
    );
    files.set('/app/instances/all.instances', `instance of Vm {\n\tname: vm;\n${instances.join('')}}\n`);
    return files;
}

function fileSystemOf(files: ReadonlyMap<string, string>): FileSystem {
    return {
        read: (path) => {
            const text = files.get(path);
            return text === undefined ? undefined : { text };
        },
        list: (directory) => {
            const below = [...files.keys()]
                .filter((path) => path.startsWith(`${directory}/`))
                .map((path) => path.slice(directory.length + 1));
            if (below.length === 0) return undefined;
            const folders = new Set(below.filter((path) => path.includes('/')).map((path) => path.split('/')[0] ?? ''));
            return [
                ...[...folders].map((name) => ({ name, kind: 'directory' as const })),
                ...below.filter((path) => !path.includes('/')).map((name) => ({ name, kind: 'file' as const })),
            ];
        },
    };
}
