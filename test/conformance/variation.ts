/**
 * Another world that means the same: the files of a corpus under other names, with other names in them, and with their blocks in another
 * order. What we say about it must be what we say about the original, under those names and at those lines.
 */
import type { FileContent, FileSystem } from '../../language/index.ts';
import { scanBlocks } from '../../language/parsing/block-scanner.ts';

export interface Variation {
    /** Another name for each name; the same text gives the same answer, different texts different ones. */
    readonly rename: (text: string) => string;
    /** A permutation of so many blocks: the index of the one that comes first, and so on. */
    readonly order: (count: number) => readonly number[];
}

/** The varied corpus below `root`, as a file system. */
export function variedFiles(original: FileSystem, root: string, variation: Variation): FileSystem {
    const originalOf = createPathFinder(original, root, variation);
    return {
        read: (path) => {
            const source = originalOf(path);
            const content = source === undefined ? undefined : original.read(source);
            return content === undefined || !('text' in content) ? content : varied(content, path, variation);
        },
        list: (path) => {
            const source = originalOf(path);
            return source === undefined
                ? undefined
                : original.list(source)?.map((entry) => ({ ...entry, name: renamedEntry(entry.name, variation) }));
        },
    };
}

/** A path below the corpus under its other name. Segments that give files their meaning stay. */
export function renamedPath(path: string, variation: Variation): string {
    return path
        .split('/')
        .map((segment) => renamedEntry(segment, variation))
        .join('/');
}

/** What a line of a file says in the varied world. */
export function renamedLine(line: string, file: string, variation: Variation): string {
    if (MODEL.test(file)) return renamedModelLine(line, variation);
    if (/application\.properties$/.test(file)) return renamedDescriptorLine(line, variation);
    if (/\.(?:measures|conf)$/.test(file)) return renamedHeader(line, variation);
    return /\.(?:commands|txt|drl)$/.test(file) ? renamedWords(line, variation) : line;
}

/** A name, a path of instances, a variable: the words of a model under their other names. */
export function renamedName(text: string, variation: Variation): string {
    return renamedWords(text, variation);
}

/** Names get a letter in front, another one for another seed, so that their alphabetical order changes. */
export function seededVariation(seed: number): Variation {
    return {
        // Copies that a count makes are called like other instances, but for digits at the end.
        rename: (text) => `${PREFIXES[hashOf(`${seed} ${text.replace(/\d+$/, '')}`) % PREFIXES.length] ?? ''}${text}`,
        order: (count) =>
            Array.from({ length: count }, (_, index) => index).toSorted(
                (a, b) => hashOf(`${seed} ${a}`) - hashOf(`${seed} ${b}`),
            ),
    };
}

const PREFIXES = ['a', 'm', 'z', 'K', 'Q'];
const MODEL = /\.(?:graph|instances)$/i;
const RENAMED_FILE = /\.(?:graph|instances|commands|drl|measures|txt|conf)$/i;
const WORD = /(?<![\w$.-]|\d\s)[A-Za-z_][\w-]*|(?<=[A-Za-z_][\w-]*\.)[A-Za-z_][\w-]*/g;

/** Words with a meaning of their own, in any letter case: keywords, installers, phases, statuses, instructions, parts of paths. */
const FIXED = new Set(
    `import facet instance instances of installer extends facets exports imports children name count channels data external optional random port ip
    target script puppet file logger graph descriptor application properties commands rules autonomic probes measures txt conf drl main model src
    scripts manifests files roboconf-templates resources synthetic create replicate rename associate change status with to delete deploy and start
    all stop undeploy email define write append into execute as under rule when then end sleep period is time window occurrences not_deployed
    deployed deployed_started deployed_stopped started stopped unresolved waiting_for_ancestor problem deploying starting stopping undeploying waiting
    for ancestor not nano_time milli_time uuid smart_index formatted_time existing_index min max instance-data instance-state`
        .split(/\s+/)
        .filter((word) => word !== ''),
);
const GENERATOR = /(\$\([A-Z_]{3,}[^)]*\))/;
/** Beginnings and ends of words that have a meaning, whatever is glued to them. */
const GLUED =
    /^(?:external|data|random|facet|instance|import|roboconf_|create|write|email|execute|replicate|rename|associate|change|define|append|delete|deploy|when|then|end|rule)|import$/i;

/** Generators of values stay as they are, with what they are given. */
function renamedWords(text: string, { rename }: Variation): string {
    const parts = text.split(GENERATOR);
    const isWord = (word: string): boolean => !FIXED.has(word.toLowerCase()) && !GLUED.test(word);
    return parts
        .map((part, i) => (i % 2 === 1 ? part : part.replaceAll(WORD, (word) => (isWord(word) ? rename(word) : word))))
        .join('');
}

/** The event of a probe: rules name it. */
function renamedHeader(line: string, variation: Variation): string {
    return line.replace(/(?<=\[event\s+\S+\s+)[^\s\]]+/i, (event) => renamedWords(event, variation));
}

/** Installers stay: some have a meaning, and a misspelled one is told by its letters. */
function renamedModelLine(line: string, variation: Variation): string {
    if (/^\s*#/.test(line)) return line;
    const key = /^(?<before>.*?)(?<key>[^:\s]+)(?<colon>\s*:)(?<value>.*)$/s.exec(line)?.groups;
    if (key === undefined || line.includes('{')) return renamedWords(line, variation);
    const isKnown = FIXED.has((key['key'] ?? '').toLowerCase());
    if ((key['key'] ?? '').toLowerCase() === 'installer') return line;
    const name = isKnown ? key['key'] : renamedWords(key['key'] ?? '', variation);
    return `${key['before']}${name}${key['colon']}${renamedWords(key['value'] ?? '', variation)}`;
}

function renamedDescriptorLine(line: string, variation: Variation): string {
    const [, key = '', value = ''] =
        /^(\s*(?:graph-entry-point|instance-entry-point|exports)\s*[:=])(.*)$/s.exec(line) ?? [];
    return key === '' ? line : `${key}${renamedWords(value, variation)}`;
}

function renamedEntry(name: string, variation: Variation): string {
    if (name.startsWith('.')) return name;
    return RENAMED_FILE.test(name) || !/\.[a-zA-Z]+$/.test(name) ? renamedWords(name, variation) : name;
}

/** Answers the path in the original world, found from the top: names are looked up among those of their directory. */
function createPathFinder(
    original: FileSystem,
    root: string,
    variation: Variation,
): (path: string) => string | undefined {
    // The folders of the corpus itself are named by its cases.
    const top = [root, ...(original.list(root) ?? []).map(({ name }) => `${root}/${name}`)];
    const known = new Map<string, string | undefined>(top.map((path) => [path, path]));
    const find = (path: string): string | undefined => {
        if (known.has(path)) return known.get(path);
        const slash = path.lastIndexOf('/');
        const parent = slash <= 0 ? undefined : find(path.slice(0, slash));
        const names = parent === undefined ? [] : (original.list(parent) ?? []);
        const entry = names.find(({ name }) => renamedEntry(name, variation) === path.slice(slash + 1));
        const found = entry === undefined ? undefined : `${parent}/${entry.name}`;
        known.set(path, found);
        return found;
    };
    return find;
}

function varied(content: FileContent & { readonly text: string }, path: string, variation: Variation): FileContent {
    const lines = content.text.split('\n').map((line) => renamedLine(line, path, variation));
    const text = lines.join('\n');
    return { text: MODEL.test(path) ? shuffled(text, variation) : text };
}

/** The blocks in another order, each with the comment above it. A text that is not understood stays as it is. */
function shuffled(text: string, { order }: Variation): string {
    const { blocks, findings } = scanBlocks(text);
    if (blocks.length < 2 || findings.some(({ code }) => code.startsWith('P_'))) return text;
    const lines = text.split('\n');
    const starts = blocks.map(({ line }) => firstOfComment(lines, line.number - 1));
    const parts = starts.map((start, index) => lines.slice(start, starts[index + 1] ?? lines.length));
    const head = lines.slice(0, starts[0]);
    return [...head, ...order(parts.length).flatMap((index) => parts[index] ?? [])].join('\n');
}

function firstOfComment(lines: readonly string[], index: number): number {
    let first = index;
    while (first > 0 && /^\s*#/.test(lines[first - 1] ?? '')) first--;
    return first;
}

/** FNV-1a. */
function hashOf(text: string): number {
    let hash = 0x811c9dc5;
    for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
    return hash;
}
