/** The built command line on a throw-away copy of the example, with its own state, and a record that recipes write outside that state. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..');

export interface Result {
    readonly code: number;
    readonly out: string;
    readonly err: string;
}

export interface Product {
    readonly directory: string;
    readonly state: string;
    readonly run: (...words: readonly string[]) => Promise<Result>;
    /** Starts a verb and answers its process: for killing it. */
    readonly start: (...words: readonly string[]) => ChildProcess;
    /** Lines `begin PATH PHASE` and `end PATH PHASE`, in the order the recipes wrote them. */
    readonly trace: () => readonly string[];
    readonly instances: () => Promise<ReadonlyMap<string, StatusRecord>>;
    /** Command lines of processes that work inside the state directory, and of those that its instances left. */
    readonly processes: () => readonly string[];
    /** Ends without warning the processes that stayed to drive the deployment; answers how many there were. */
    readonly killRunners: () => number;
    readonly dispose: () => Promise<void>;
}

export interface StatusRecord {
    readonly path: string;
    readonly status: string;
    readonly exports: Readonly<Record<string, string>>;
}

/** The answer of the page of `hello-cluster` in its form for programs. */
export interface Visit {
    readonly worker: string;
    readonly visits: number;
}

/** Visits the page of `hello-cluster` over a connection of its own: one kept from before would end with a program that is restarted. */
export async function visit(product: Product): Promise<Visit> {
    const balancer = (await product.instances()).get('/front/balancer');
    const port = balancer?.exports['LoadBalancer.port'] ?? '';
    const headers = { accept: 'application/json', connection: 'close' };
    const answer = await fetch(`http://127.0.0.1:${port}/`, { headers });
    // What the example documents.
    return (await answer.json()) as Visit;
}

/** A copy of one of the examples. */
export function createProduct(example: string): Product {
    return productIn((directory) => cpSync(join(root, 'examples', example), directory, { recursive: true }));
}

/** Scripts by phase (`start` …) by component; each component has one instance of its own name in lower case, all on `/machine`. */
export type Recipes = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** An application that exists for its recipes alone. */
export function createRecipeProduct(recipes: Recipes, environment: Readonly<Record<string, string>> = {}): Product {
    return productIn((directory) => writeApplication(directory, recipes), { environment });
}

export interface ProductOptions {
    /** Recipes that run on other machines say there, in this file (absolute), what they do: `trace` of the product is empty then. */
    readonly traceFile?: string;
    /** What the command line sees besides the environment of the tests. */
    readonly environment?: Readonly<Record<string, string>>;
}

/** An application of these files, by path. What lies in `scripts/` may be executed. */
export function createFileProduct(files: Readonly<Record<string, string>>, options: ProductOptions = {}): Product {
    return productIn((directory) => {
        for (const [path, text] of Object.entries(files)) {
            mkdirSync(dirname(join(directory, path)), { recursive: true });
            writeFileSync(join(directory, path), text, { mode: path.includes('/scripts/') ? 0o755 : 0o644 });
        }
    }, options);
}

/** Lines of a recipe that wait until a file is there: what comes after them happens when the test says so. */
export function whenThere(file: string): string {
    return `until [ -e '${file}' ]; do sleep 0.02; done\n`;
}

function writeApplication(directory: string, recipes: Recipes): void {
    const components = Object.keys(recipes);
    const write = (path: string, text: string, mode = 0o644): void => {
        mkdirSync(dirname(join(directory, path)), { recursive: true });
        writeFileSync(join(directory, path), text, { mode });
    };
    const keys = { name: 'recipes', version: '1.0', 'dsl-id': 'roboconf-1.0' };
    const entryPoints = { 'graph-entry-point': 'main.graph', 'instance-entry-point': 'all.instances' };
    const descriptor = Object.entries({ ...keys, ...entryPoints }).map(([key, value]) => `${key} = ${value}\n`);
    write('descriptor/application.properties', descriptor.join(''));
    const blocks = components.map((name) => `${name} {\n\tinstaller: script;\n}\n`);
    write(
        'graph/main.graph',
        `Machine {\n\tinstaller: target;\n\tchildren: ${components.join(', ')};\n}\n${blocks.join('')}`,
    );
    write('graph/Machine/target.properties', 'id = here\nname = Here\nhandler = local\n');
    const nested = components.map((name) => `\tinstance of ${name} {\n\t\tname: ${name.toLowerCase()};\n\t}\n`);
    write('instances/all.instances', `instance of Machine {\n\tname: machine;\n${nested.join('')}}\n`);
    for (const [component, scripts] of Object.entries(recipes))
        for (const [phase, script] of Object.entries(scripts))
            write(`graph/${component}/scripts/${phase}.sh`, script, 0o755);
}

/** The folder's name has a space and an accent: paths must survive both. */
function productIn(
    fill: (directory: string) => void,
    { environment: more = {}, ...options }: ProductOptions = {},
): Product {
    const folder = mkdtempSync(join(tmpdir(), 'roboconf é '));
    const directory = join(folder, 'application');
    const state = join(folder, 'state');
    const traceFile = join(folder, 'trace.log');
    fill(directory);
    writeFileSync(traceFile, '');
    traceRecipes(directory, options.traceFile ?? traceFile);
    const environment = { ...process.env, ROBOCONF_STATE: state, NO_COLOR: '1', ...more };
    const program = join(root, 'bin', 'roboconf.cjs');
    const product: Product = {
        directory,
        state,
        run: async (...words) => finished(process.execPath, [program, ...words], environment),
        start: (...words) =>
            spawn(process.execPath, [program, ...words], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] }),
        trace: () =>
            readFileSync(traceFile, 'utf8')
                .split('\n')
                .filter((line) => line !== ''),
        instances: async () => parseInstances((await product.run('status', directory, '--format', 'json')).out),
        processes: () => pidsNaming(folder).map(commandOf),
        killRunners: () => {
            const runners = runnersNaming(folder);
            return runners.filter((pid) => sendSignal(Number(pid), 'SIGKILL')).length;
        },
        dispose: async () => {
            // Other machines may be slow to reach.
            const patience = options.traceFile === undefined ? DISPOSE_MS : 0;
            await finished(process.execPath, [program, 'undeploy', directory, '--yes'], environment, patience);
            for (const pid of pidsNaming(folder)) sendSignal(Number(pid), 'SIGKILL');
            rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
        },
    };
    return product;
}

/** Makes each recipe say when it begins and ends, through a wrapper that takes its place. */
function traceRecipes(directory: string, traceFile: string): void {
    const graph = join(directory, 'graph');
    for (const component of readdirSync(graph)) {
        const scripts = join(graph, component, 'scripts');
        if (!existsSync(scripts)) continue;
        for (const name of readdirSync(scripts).filter((file) =>
            /^(deploy|start|stop|update|undeploy)\.sh$/.test(file),
        )) {
            const script = join(scripts, name);
            const phase = name.replace('.sh', '');
            const [shebang = '', ...body] = readFileSync(script, 'utf8').split('\n');
            const say = (word: string): string => `echo "${word} $ROBOCONF_INSTANCE_PATH ${phase}" >>'${traceFile}'`;
            writeFileSync(
                script,
                [shebang, say('begin'), `trap '${say('end').replaceAll("'", `'\\''`)}' EXIT`, ...body].join('\n'),
            );
        }
    }
}

/** What a failed test left under way is not waited for any longer. */
const DISPOSE_MS = 45_000;

/** Ends the program without warning after `timeout` milliseconds; 0 = never. */
async function finished(
    program: string,
    words: readonly string[],
    env: NodeJS.ProcessEnv,
    timeout = 0,
): Promise<Result> {
    const options = { env, timeout, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 * 1024 } as const;
    return new Promise((done) => {
        execFile(program, [...words], options, (error, out, err) => {
            done({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, out, err });
        });
    });
}

function parseInstances(text: string): ReadonlyMap<string, StatusRecord> {
    // The record of `roboconf status --format json`, a public contract the test reads as any program would.
    const snapshot = JSON.parse(text) as { readonly instances: readonly StatusRecord[] };
    return new Map(snapshot.instances.map((instance) => [instance.path, instance]));
}

function pidsNaming(folder: string): readonly string[] {
    return readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
        .filter(
            (pid) =>
                readProcess(pid, 'environ').includes(`ROBOCONF_INSTANCE_DIR=${folder}`) ||
                commandOf(pid).includes(folder),
        );
}

/** False when the process had ended by itself. */
export function sendSignal(pid: number, signal: 'SIGTERM' | 'SIGKILL' | 'SIGSTOP'): boolean {
    try {
        return process.kill(pid, signal);
    } catch {
        return false;
    }
}

function runnersNaming(folder: string): readonly string[] {
    return pidsNaming(folder).filter((pid) => commandOf(pid).includes('runner.cjs'));
}

function commandOf(pid: string): string {
    return readProcess(pid, 'cmdline').replaceAll('\0', ' ');
}

function readProcess(pid: string, name: 'cmdline' | 'environ'): string {
    try {
        return readFileSync(`/proc/${pid}/${name}`, 'utf8');
    } catch {
        // It ended while the list was read.
        return '';
    }
}
