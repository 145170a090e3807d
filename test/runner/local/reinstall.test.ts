import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import {
    differingFiles,
    installRecipe,
    recipeFingerprint,
    reinstallRecipe,
    snapshotRecipe,
} from '../../../runner/local/recipe-files.ts';
import { temporaryDirectory } from '../support/application.ts';

function writeFiles(directory: string, files: Readonly<Record<string, string>>): string {
    for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(directory, name)), { recursive: true });
        writeFileSync(join(directory, name), text);
    }
    return directory;
}

test('a recipe copied over an earlier one takes its files away and leaves all others', () => {
    using place = temporaryDirectory();
    const first = writeFiles(join(place.path, 'first'), { 'scripts/start.sh': 'one', 'files/old.txt': 'old' });
    const second = writeFiles(join(place.path, 'second'), { 'scripts/start.sh': 'two', 'files/new.txt': 'new' });
    const instance = join(place.path, 'instance');
    installRecipe(first, instance);
    writeFiles(instance, { 'files/data.json': 'kept' });

    for (const again of [1, 2]) {
        reinstallRecipe(second, [first], instance);
        const texts = ['scripts/start.sh', 'files/new.txt', 'files/data.json'].map((name) =>
            readFileSync(join(instance, name), 'utf8'),
        );
        expect(texts, String(again)).toEqual(['two', 'new', 'kept']);
        expect(existsSync(join(instance, 'files/old.txt'))).toBe(false);
    }
});

test('a component that has no recipe any more keeps nothing of it', () => {
    using place = temporaryDirectory();
    const first = writeFiles(join(place.path, 'first'), { 'scripts/start.sh': 'one' });
    const instance = join(place.path, 'instance');
    installRecipe(first, instance);
    reinstallRecipe(null, [first, join(place.path, 'nowhere')], instance);
    expect(existsSync(join(instance, 'scripts/start.sh'))).toBe(false);
});

test('files that differ are named; time-outs and retries are no part of a recipe', () => {
    using place = temporaryDirectory();
    const first = writeFiles(join(place.path, 'first'), { a: '1', b: '1', c: '1', 'recipe.properties': 'retries = 1' });
    const second = writeFiles(join(place.path, 'second'), {
        a: '1',
        b: '2',
        d: '1',
        'recipe.properties': 'retries = 2',
    });
    expect(differingFiles(first, second)).toEqual(['b', 'c', 'd']);
    expect(differingFiles(null, second)).toEqual(['a', 'b', 'd']);
    const plain = writeFiles(join(place.path, 'plain'), { a: '1', b: '1', c: '1' });
    expect(recipeFingerprint(first, place.path)).toBe(recipeFingerprint(plain, place.path));
});

test('links within the application are followed, those that lead out of it are not', () => {
    using place = temporaryDirectory();
    const secret = writeFiles(join(place.path, 'outside'), { key: 'secret' });
    const application = writeFiles(join(place.path, 'shop'), {
        'shared/texts/hello': 'hello',
        'graph/Web/files/own': 'own',
    });
    const recipe = join(application, 'graph', 'Web');
    symlinkSync(join(application, 'shared', 'texts'), join(recipe, 'files', 'texts'));
    symlinkSync(join(secret, 'key'), join(recipe, 'files', 'key'));
    symlinkSync(secret, join(recipe, 'files', 'folder'));
    const copies = join(place.path, 'copies');
    const copy = join(copies, snapshotRecipe(recipe, copies, application) ?? '');
    expect(readFileSync(join(copy, 'files/own'), 'utf8')).toBe('own');
    expect(readFileSync(join(copy, 'files/texts/hello'), 'utf8')).toBe('hello');
    expect(existsSync(join(copy, 'files/key'))).toBe(false);
    expect(existsSync(join(copy, 'files/folder'))).toBe(false);
});
