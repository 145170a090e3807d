/** The targets a command line can name: those of the application, those of the folders around it, and any file. */
import { resolve } from 'node:path';
import type { Application, AssociationFault, TargetChoice, TargetSource } from '../language/index.ts';
import { readTargetFile, targetsAround } from '../runner/index.ts';
import { systemReason } from './system-reason.ts';

/** Targets that can be chosen, and what was chosen of them. */
export interface ChosenTargets {
    readonly sources: readonly TargetSource[];
    readonly choices: readonly TargetChoice[];
}

/** Target files of the application, then those of the folders around it up to the working directory. */
export function knownTargets({ directory, targets }: Application): readonly TargetSource[] {
    return [...targets, ...targetsAround(directory, process.cwd())];
}

/** `/path=TARGET`, `Component=TARGET` or `TARGET`. A word that begins like a path and has no sign is a file. */
const CHOICE = /^(?:(?<place>\/[^=]*|[A-Za-z_][\w.-]*)=)?(?<target>.+)$/s;

/** Reads the words of `--target`; files they name are added to the targets that can be chosen. */
export function readChoices(
    words: readonly string[],
    known: readonly TargetSource[],
): ChosenTargets | { readonly fault: string } {
    let sources = known;
    const choices = new Map<string, TargetChoice>();
    for (const word of words) {
        const { place = '', target = '' } = CHOICE.exec(word)?.groups ?? {};
        if (choices.has(place)) return { fault: `two targets are given for ${placeText(place)}` };
        const meant = sourceMeant(target, sources);
        if ('fault' in meant) return meant;
        if ('source' in meant && !sources.some(({ file }) => file === meant.source.file))
            sources = [...sources, meant.source];
        choices.set(place, { place, target: 'source' in meant ? meant.source.file : target });
    }
    return { sources, choices: [...choices.values()] };
}

type Meant = { readonly source: TargetSource } | { readonly id: string } | { readonly fault: string };

/** An id, or the target file of a path. What looks like neither is left to be told with the known ids. */
function sourceMeant(word: string, sources: readonly TargetSource[]): Meant {
    if (sources.some(({ id }) => id === word) || !/[/\\]|\.properties$/i.test(word)) return { id: word };
    const file = resolve(word).replaceAll('\\', '/');
    const known = sources.find((source) => source.file === file);
    if (known !== undefined) return { source: known };
    const read = readTargetFile(file);
    if (!('cause' in read)) return { source: read };
    return { fault: `the target file '${word}' cannot be read: ${systemReason(read.cause).text}` };
}

function placeText(place: string): string {
    return place === '' ? 'the application' : place;
}

/** The one target that a word names by its id or its file, or why there is none. */
export function namedTarget(word: string, known: readonly TargetSource[]): TargetSource | { readonly fault: string } {
    const meant = sourceMeant(word, known);
    if ('fault' in meant) return meant;
    if ('source' in meant) return meant.source;
    const [first, ...others] = known.filter(({ id }) => id === word);
    if (first === undefined) {
        const ids = [...new Set(known.flatMap(({ id }) => id ?? []))];
        const list = ids.length === 0 ? ' There are none.' : ` Known are ${ids.join(', ')}.`;
        return { fault: `there is no target '${word}'.${list}` };
    }
    if (others.length === 0) return first;
    const files = [first, ...others].map(({ file }) => file).join(', ');
    return { fault: `several target files have the id '${word}': name one by its path: ${files}` };
}

/** Sentences for people, each once. */
export function faultTexts(faults: readonly AssociationFault[]): readonly string[] {
    return [...new Set(faults.map(({ message }) => message))];
}
