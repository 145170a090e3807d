/** Analysis of an application: growth from n to 10 n elements, the cost of one edit against a whole analysis, and models nobody means. */
import type { Figure } from '../../scripts/bench.ts';
import { createLanguage, type Application, type FileSystem } from '../../language/index.ts';
import { largeApplication } from './large-application.ts';
import { medianMs } from './rounds.ts';

export async function measure(): Promise<readonly Figure[]> {
    const creation = await medianMs(5, createLanguage);
    const small = await wholeMs(1_000);
    const large = await wholeMs(10_000);
    const edit = await editMs(10_000, COMMENT_IN_GRAPH);
    const value = await editMs(10_000, VALUE_OF_INSTANCE);
    return [
        { name: 'creating the language', value: creation, unit: 'ms' },
        { name: 'whole analysis, 1,000 elements', value: small, unit: 'ms' },
        { name: 'whole analysis, 10,000 elements', value: large, unit: 'ms' },
        { name: 'growth for ten times the elements', value: large / small, unit: 'x' },
        { name: 'analysis after an edit of one of 20 files, 10,000 elements', value: edit, unit: 'ms' },
        { name: 'the same for a value of an instance in one of 20 files', value, unit: 'ms' },
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

/** The same beside the model: whole paths, with a sound application around. */
const HOSTILE_BESIDE: Readonly<Record<string, () => Readonly<Record<string, string>>>> = {
    'commands of 8 MB': () => ({ 'commands/a.commands': 'create Vm as a\n'.repeat(533_000) }),
    '50,000 instructions': () => ({ 'commands/a.commands': times(50_000, (i) => `create Vm as v${i}\n`) }),
    'variables of commands that double 1,000 times': () => ({
        'commands/a.commands': `define v0 = a\n${times(1_000, (i) => `define v${i + 1} = $(v${i})$(v${i})\n`)}`,
    }),
    '10,000 command files that execute one another': () =>
        many(10_000, (i) => [`commands/c${i}.commands`, `execute c${(i + 1) % 10_000}\n`]),
    'rules of 8 MB': () => ({ 'rules.autonomic/a.drl': 'rule "a"\nwhen\ne\nthen\na;\nend\n'.repeat(266_000) }),
    'a rules file of 4,000,000 open comments': () => ({ 'rules.autonomic/a.drl': '/*'.repeat(4_000_000) }),
    'probes of 8 MB': () => ({ 'probes/Vm.measures': '[EVENT rest e]\n{{ key }}\n'.repeat(320_000) }),
    '20,000 probes': () => ({ 'probes/Vm.measures': times(20_000, (i) => `[EVENT file e${i}]\n/a\n`) }),
    '4,000,000 open keys of probes': () => ({ 'probes/Vm.measures': `[EVENT rest e]\n${'{{'.repeat(4_000_000)}` }),
    'a target of 8 MB': () => ({ 'graph/Vm/target.properties': 'key = value\n'.repeat(660_000) }),
    'a value of 8 MB of placeholders': () => ({ 'graph/Vm/target.properties': `key = ${'${a}'.repeat(2_000_000)}` }),
    '100,000 keys': () => ({ 'graph/Vm/target.properties': times(100_000, (i) => `k${i}=v\n`) }),
    '10,000 targets with one id': () =>
        many(10_000, (i) => [`graph/Vm/t${i}.properties`, 'id = a\nhandler = local\nname = n\n']),
    '10,000 recipe folders': () => many(10_000, (i) => [`graph/Recipe${i}/scripts/start.sh`, 'true\n']),
    'a folder of 100,000 files': () => many(100_000, (i) => [`graph/Vm/files/f${i}.txt`, '']),
};

function many(count: number, file: (i: number) => readonly [string, string]): Readonly<Record<string, string>> {
    return Object.fromEntries(Array.from({ length: count }, (_, i) => file(i)));
}

const SOUND: Readonly<Record<string, string>> = {
    'descriptor/application.properties':
        'name=h\nversion=1.0\ngraph-entry-point=main.graph\ninstance-entry-point=main.instances\n',
    'graph/main.graph': MACHINE,
    'instances/main.instances': 'instance of Vm {\n\tname: vm;\n}\n',
};

function modelFiles(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return Object.fromEntries(
        Object.entries(texts).map(([file, text]) =>
            file === 'instances' ? ['instances/main.instances', text] : [`graph/${file}.graph`, text],
        ),
    );
}

async function hostileFigures(): Promise<readonly Figure[]> {
    const figures: Figure[] = [];
    const cases = [
        ...Object.entries(HOSTILE).map(([name, make]) => [name, () => modelFiles(make())] as const),
        ...Object.entries(HOSTILE_BESIDE),
    ];
    for (const [name, make] of cases) {
        const files = Object.entries({ ...SOUND, ...make() }).map(([file, text]) => [`/app/${file}`, text] as const);
        const fileSystem = fileSystemOf(new Map(files));
        const value = await medianMs(3, () => createLanguage().loadApplication(fileSystem, '/app'));
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
        const files = new Map([...largeApplication(elements)].map(([path, text]) => [path, mark + text]));
        return forced(language.loadApplication(fileSystemOf(files), '/app'));
    });
}

/** With the model and the names, which are made when they are asked for. */
function forced({ model, declarations }: Application): number {
    return model.instances.length + declarations.length;
}

interface Edit {
    readonly file: string;
    readonly apply: (text: string, round: number) => string;
}

const COMMENT_IN_GRAPH: Edit = {
    file: '/app/graph/part-1.graph',
    apply: (text, round) => `# ${round}\n${text}`,
};

const VALUE_OF_INSTANCE: Edit = {
    file: '/app/instances/part-1.instances',
    apply: (text, round) => text.replace(/port: \d+/, `port: ${50_000 + round}`),
};

async function editMs(elements: number, { file, apply }: Edit): Promise<number> {
    const files = largeApplication(elements);
    const language = createLanguage();
    language.loadApplication(fileSystemOf(files), '/app');
    let round = 0;
    // As many as it takes to be as fast as in an editor that has been open for a minute.
    return medianMs(41, () => {
        files.set(file, apply(files.get(file) ?? '', round++));
        return language.loadApplication(fileSystemOf(files), '/app');
    });
}

/** Texts are looked up each time, directories are listed once: what is measured is not the file system. */
function fileSystemOf(files: ReadonlyMap<string, string>): FileSystem {
    const listings = new Map<string, Map<string, 'file' | 'directory'>>();
    for (const path of files.keys()) {
        const segments = path.split('/');
        for (let i = 2; i < segments.length; i++) {
            const directory = segments.slice(0, i).join('/');
            const listing = listings.get(directory) ?? new Map<string, 'file' | 'directory'>();
            listings.set(directory, listing);
            listing.set(segments[i] ?? '', i === segments.length - 1 ? 'file' : 'directory');
        }
    }
    return {
        read: (path) => {
            const text = files.get(path);
            return text === undefined ? undefined : { text };
        },
        list: (directory) => {
            const listing = listings.get(directory);
            return listing === undefined ? undefined : Array.from(listing, ([name, kind]) => ({ name, kind }));
        },
    };
}
