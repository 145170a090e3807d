/**
 * What is said about a corpus does not depend on the names in it, nor on the order of its blocks. A sample of the cases is varied;
 * ROBOCONF_VARIATIONS=all takes all of them.
 */
import { dirname, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import type { FileSystem, VariableValues } from '../../language/index.ts';
import { createDisk } from '../../server/workspace/disk.ts';
import { answersFor, parseCases, type Answer, type AnsweredError, type Case } from './answer.ts';
import { corpus, isCorpusThere, recordedLines } from './corpus.ts';
import { renamedLine, renamedName, renamedPath, seededVariation, variedFiles, type Variation } from './variation.ts';

/** One of so many cases is varied. */
const SAMPLE = process.env['ROBOCONF_VARIATIONS'] === 'all' ? 1 : 8;
const SEEDS = SAMPLE === 1 ? [1, 2, 3, 4, 5, 6, 7, 8] : [1, 2];
/** Facts about a file or a graph as a whole: which of its lines shows them is of no importance. */
const ABOUT_ALL =
    /^(?:RM_NO_ROOT_COMPONENT|P_INVALID_FILE_TYPE|P_EMPTY_FILE|CO_NOT_A_GRAPH|CO_NOT_INSTANCES|PROJ_UNREACHABLE_FILE)$/;

test.each(SEEDS)('renamed and shuffled (%i), a corpus gets the same answers', (seed) => {
    if (!isCorpusThere()) return;
    const disk = createDisk();
    const variation = seededVariation(seed);
    const root = resolve(corpus);
    const files = variedFiles(disk, root, variation);
    const cases = parseCases(recordedLines('expected.jsonl').join('\n'));
    const sample = cases.filter(({ path }, index) => index % SAMPLE === seed % SAMPLE && !isPuppet(path));
    const renamed = sample.map((asked) => renamedCase(asked, variation));
    const before = [...answersFor(sample, root, disk)];
    const after = [...answersFor(renamed, root, files)];
    const differences = sample.flatMap((asked, index) => {
        const expected = said({ answer: before[index], root, read: disk.read, variation });
        const actual = said({ answer: after[index], root, read: files.read, variation: null });
        return isDeepStrictEqual(expected, actual) ? [] : [{ path: asked.path, mode: asked.mode, expected, actual }];
    });
    expect(differences).toEqual([]);
});

function renamedCase({ path, options, ...asked }: Case, variation: Variation): Case {
    const renamed = options?.map((option) => (option.startsWith('--') ? option : renamedPath(option, variation)));
    return { ...asked, path: renamedPath(path, variation), ...(renamed === undefined ? {} : { options: renamed }) };
}

interface Said {
    readonly answer: Answer | undefined;
    readonly root: string;
    readonly read: FileSystem['read'];
    /** What is still to be done to texts and names; null for an answer about the varied corpus. */
    readonly variation: Variation | null;
}

/** An answer without its lines, in an order of its own. */
function said(one: Said): { readonly errors: readonly string[]; readonly facts: readonly string[] } {
    const { answer, variation } = one;
    if (answer === undefined) return { errors: [], facts: [] };
    const name = (text: string): string => (variation === null ? text : renamedName(text, variation));
    // Of two spellings of a variable, the alphabet decides: a warning says so.
    const isDecided = (answer.errors ?? []).some(({ code }) => code === 'X_AMBIGUOUS_EXPORT');
    const instructions = (answer.instructions ?? []).map(({ type, line }) => `${type} ${line}`);
    return {
        errors: (answer.errors ?? []).map((error) => errorText(one, answer, error)).toSorted(),
        facts: [...(isDecided ? [] : modelFacts(answer, name)), ...instructions].toSorted(),
    };
}

function errorText({ root, read, variation }: Said, answer: Answer, error: AnsweredError): string {
    const { code, severity, file, line } = error;
    if (file === null || line === null || ABOUT_ALL.test(code)) return `${code} ${severity}`;
    const content = read(resolve(root, answer.repo, baseOf(answer), file));
    const text = content !== undefined && 'text' in content ? (content.text.split('\n')[line - 1] ?? '') : '';
    if (variation === null) return `${code} ${severity} ${file}: ${text}`;
    return `${code} ${severity} ${renamedPath(file, variation)}: ${renamedLine(text, file, variation)}`;
}

/** The directory that the files of an answer are relative to. */
function baseOf({ mode, path, options = [] }: Case): string {
    if (mode !== 'file' && mode !== 'parse') return path;
    const root = options[options.indexOf('--root') + 1];
    return options.includes('--root') && root !== undefined ? root : dirname(path);
}

function modelFacts({ model }: Answer, name: (text: string) => string): readonly string[] {
    if (model === undefined || !('components' in model)) return [];
    const values = (subject: string, exports: VariableValues): string[] =>
        Object.entries(exports).map(([key, value]) => `${subject} exports ${name(key)} = ${name(value ?? '')}`);
    const components = model.components.flatMap((one) => [
        `${name(one.name)} is installed by ${one.resolvedInstaller}`,
        ...one.resolvedChildren.map((child) => `${name(one.name)} contains ${name(child)}`),
        ...values(name(one.name), one.exports),
        ...one.imports.map((item) => `${name(one.name)} imports ${name(item.name)} ${item.optional} ${item.external}`),
    ]);
    const instances = model.instances.flatMap((one) => [
        `${name(one.path)} is a ${name(one.component)}`,
        ...values(name(one.path), one.exports),
    ]);
    return [...components, ...instances];
}

/** Parameters of manifests are told by the names of types: they would have to be renamed as well. */
function isPuppet(path: string): boolean {
    return /puppet/i.test(path);
}
