import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { createLanguage, type Application, type SourceRange } from '../../language/index.ts';
import { lookupOf } from '../../server/features/name-lookup.ts';
import { renameAt, type RenameAnswer } from '../../server/features/rename.ts';
import { createLocations } from '../../server/workspace/locations.ts';
import { memoryFiles } from '../support/memory-files.ts';
import { changesOf, withEdits } from './navigation-sample.ts';
import { SIDES } from './navigation-sides-sample.ts';

type Files = Readonly<Record<string, string>>;

const ROOT = '/w';
const language = createLanguage();

function load(files: Files): Application {
    const rooted = Object.entries(files).map(([file, text]) => [`${ROOT}/${file}`, text] as const);
    return language.loadApplication(memoryFiles(Object.fromEntries(rooted)), ROOT);
}

async function rename(files: Files, { file, line, column }: SourceRange, newName: string): Promise<RenameAnswer> {
    const application = load(files);
    const analysis = {
        key: ROOT,
        kind: 'application',
        version: 1,
        application,
        strays: new Map(),
        durationMs: 0,
    } as const;
    const names = Object.keys(files).map((name) => `${ROOT}/${name}`);
    const question = {
        view: { analysis, application, file },
        position: { line: line - 1, character: column - 1 },
        unreached: () => [],
        analyses: () => Promise.resolve([analysis]),
        textOf: (path: string) => files[path.slice(ROOT.length + 1)],
        filesBelow: (directory: string) =>
            names.filter((name) => name.startsWith(`${directory}/`)).map((name) => name.slice(directory.length + 1)),
    };
    const abilities = { documentChanges: true, renamesFiles: true, annotations: true };
    return renameAt(question, newName, { locations: createLocations(), abilities, versionOf: () => null });
}

/** The files after a rename, those moved under their new paths. */
function after(files: Files, answer: RenameAnswer): Files {
    const result = new Map(Object.entries(files));
    const pathOf = (uri: string): string => decodeURIComponent(uri.slice(pathToFileURL(ROOT).href.length + 1));
    for (const change of answer.kind === 'edit' ? changesOf(answer.edit) : []) {
        if (!('kind' in change)) {
            result.set(pathOf(change.uri), withEdits(files[pathOf(change.uri)] ?? '', change.edits));
            continue;
        }
        const [from, to] = [pathOf(change.oldUri), pathOf(change.newUri)];
        for (const [name, text] of result) {
            if (name !== from && !name.startsWith(`${from}/`)) continue;
            result.delete(name);
            result.set(to + name.slice(from.length), text);
        }
    }
    return Object.fromEntries(result);
}

/** What an application says and how its names hang together, whatever they are. */
function shapeOf(application: Application): object {
    const { findings, declarations, references, model } = application;
    return {
        findings: findings.map(({ code }) => code).sort(),
        declarations: declarations.map(({ kind }) => kind).sort(),
        references: references.map(({ targets }) => targets.map(({ kind }) => kind).join()).sort(),
        exports: model.components.map(({ exports }) => Object.values(exports).map(String).sort().join()).sort(),
        instances: model.instances.map(({ exports }) => Object.values(exports).map(String).sort().join()).sort(),
        recipes: model.components.filter(({ recipeDirectory }) => recipeDirectory !== null).length,
    };
}

/** Every written name that can be renamed, once for each place. */
function placesOf(application: Application): readonly SourceRange[] {
    const declared = application.declarations.filter(({ kind, name }) => kind !== 'file' && !/\.ip$/.test(name));
    const lookup = lookupOf(application);
    const used = declared.flatMap((declaration) => lookup.usesOf(declaration));
    const places = [...declared, ...used].map(({ range }) => [JSON.stringify(range), range] as const);
    const ranges = [...new Map(places).values()];
    return ranges.filter(({ line, endLine, column, endColumn }) => line !== endLine || column !== endColumn);
}

test('a rename changes nothing but the name, and can be taken back', async () => {
    const before = load(SIDES);
    const places = placesOf(before);
    expect(places.length).toBeGreaterThan(45);
    for (const place of places) {
        const answer = await rename(SIDES, place, 'other9');
        const where = `${place.file}:${place.line}:${place.column}`;
        expect([where, answer.kind]).toEqual([where, 'edit']);
        const renamed = after(SIDES, answer);
        expect([where, renamed]).not.toEqual([where, SIDES]);
        const application = load(renamed);
        expect([where, shapeOf(application)]).toEqual([where, shapeOf(before)]);
        const [there] = placesOf(application).filter(({ file, line }) =>
            renamedText(renamed, file, line).includes('other9'),
        );
        if (there === undefined) throw new Error(`No name was changed from ${where}`);
        const name = oldNameAt(SIDES, place);
        const column = renamedText(renamed, there.file, there.line).indexOf('other9') + 1;
        expect([where, after(renamed, await rename(renamed, { ...there, column }, name))]).toEqual([where, SIDES]);
    }
});

function renamedText(files: Files, file: string, line: number): string {
    return files[file]?.split('\n')[line - 1] ?? '';
}

function oldNameAt(files: Files, { file, line, column, endColumn }: SourceRange): string {
    return renamedText(files, file, line).slice(column - 1, endColumn - 1);
}
