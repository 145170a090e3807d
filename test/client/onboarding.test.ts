import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { Uri } from 'vscode';
import { applicationFiles, folderNameOf, modelFolderOf } from '../../client/onboarding/application-files.ts';
import { nameFault } from '../../client/onboarding/new-application.ts';
import { filesOf, samplesIn } from '../../client/onboarding/packaged-applications.ts';
import { isTaken, writeFiles } from '../../client/onboarding/planned-file.ts';
import { askAll, type Answer, type Question } from '../../client/ui/questions.ts';
import {
    componentsWithoutRecipe,
    createLanguage,
    isApplicationName,
    recipeFiles,
    type ApplicationModel,
} from '../../language/index.ts';
import { descriptorOf } from '../../language/application/descriptor.ts';
import { memoryFiles } from '../support/memory-files.ts';
import { editor } from './support/vscode.ts';

const examples = resolve(import.meta.dirname, '..', '..', 'examples');
const starter = await filesOf(join(examples, 'starter'));
const never = new AbortController().signal;

beforeEach(() => editor.reset());

function applicationOf(files: readonly { readonly path: string; readonly content: string }[], directory: string) {
    const texts = Object.fromEntries(files.map(({ path, content }) => [`/a/${path}`, content]));
    return createLanguage().loadApplication(memoryFiles(texts), directory);
}

test.each([false, true])('a made application has no finding, with the Maven layout: %s', (maven) => {
    const answers = { name: 'Ma boutique (été)', description: 'Une page\\ et son prénom: 100 % "sûr"', maven };
    const { findings, model } = applicationOf(applicationFiles(starter, answers), join('/a', modelFolderOf(answers)));
    expect(findings).toEqual([]);
    expect(model.displayName).toBe(answers.name);
    expect(model.description).toBe(answers.description);
    expect(model.components.map(({ name }) => name)).toEqual(['Machine', 'Backend', 'Frontend']);
    expect(model.instances.map(({ path }) => path)).toEqual(['/computer', '/computer/backend', '/computer/frontend']);
});

test('any name that is accepted and any description come back from the descriptor as they were given', () => {
    const names = fc.stringMatching(/^[a-zA-Z_][\w().\- éàç]{0,20}$/).map((name) => name.trim());
    const signs = fc.constantFrom('a', 'é', '€', '😀', '\\', '"', '#', ':', '=', '!', ' ', '\n', '\t');
    const descriptions = fc.string({ unit: signs, maxLength: 20 }).map((text) => text.trim());
    const descriptor = starter.filter(({ path }) => path.startsWith('descriptor/'));
    fc.assert(
        fc.property(names, descriptions, fc.boolean(), (name, description, maven) => {
            expect(isApplicationName(name)).toBe(true);
            const [made] = applicationFiles(descriptor, { name, description, maven });
            const read = descriptorOf(made?.content ?? '');
            expect([read.displayName, read.description]).toEqual([name, description]);
        }),
    );
});

test('a Maven project has a POM with the texts escaped, and every model file below src/main/model', () => {
    const files = applicationFiles(starter, { name: 'shop', description: 'a < b & c', maven: true });
    const pom = files.find(({ path }) => path === 'pom.xml')?.content ?? '';
    expect(pom).toContain('<packaging>roboconf-app</packaging>');
    expect(pom).toContain('<description>a &lt; b &amp; c</description>');
    const outside = files.filter(({ path }) => !path.startsWith('src/main/model/')).map(({ path }) => path);
    expect(outside.toSorted()).toEqual(['README.md', 'pom.xml']);
});

test.each([
    ['shop', 'shop'],
    ['Ma Boutique (été)', 'ma-boutique-ete'],
    ['a.b-c_d', 'a.b-c_d'],
    ['_', '_'],
])('the folder of %s is %s', (name, folder) => {
    expect(folderNameOf(name)).toBe(folder);
});

test.each([
    ['', 'needs a name'],
    ['1shop', 'starts with a letter'],
    ['a/b', 'starts with a letter'],
    ['taken', 'exists and is not empty'],
])('the name %s is refused while it is typed', async (name, reason) => {
    editor.files.set('/work/taken', ['README.md']);
    expect(await nameFault(Uri.file('/work'), name)).toContain(reason);
});

test('a good name is accepted', async () => {
    expect(await nameFault(Uri.file('/work'), 'my shop')).toBeUndefined();
});

test('nothing is written when one of the files exists', async () => {
    editor.files.set('/work/graph', ['main.graph']);
    const files = [
        { path: 'README.md', content: 'a' },
        { path: 'graph/main.graph', content: 'b' },
    ];
    const outcome = await writeFiles(Uri.file('/work'), files);
    expect(outcome).toEqual({ kind: 'failed', failure: { kind: 'folderTaken', folder: '/work' } });
    expect(editor.written.size).toBe(0);
});

test('files are written together where there is room', async () => {
    expect(await isTaken(Uri.file('/work'))).toBe(false);
    const outcome = await writeFiles(Uri.file('/work'), [{ path: 'graph/main.graph', content: 'b' }]);
    expect(outcome.kind).toBe('done');
    expect([...editor.written]).toEqual([['/work/graph/main.graph', 'b']]);
});

test('every packaged sample has a description, and the starter is none', async () => {
    const samples = await samplesIn(examples);
    expect(samples.map(({ name }) => name)).toContain('hello-cluster');
    expect(samples.map(({ name }) => name)).not.toContain('starter');
    for (const { description } of samples) expect(description.length).toBeGreaterThan(20);
    for (const { name } of samples) {
        const files = await filesOf(join(examples, name));
        // What is opened when a sample was copied; and they are copied as texts.
        expect(files.map(({ path }) => path)).toContain('graph/main.graph');
        for (const { path, content } of files) expect(content, path).not.toMatch(/\ufffd|\0/);
    }
});

const GRAPH = `Machine {
	installer: target;
	exports: ip;
	children: Web, Store, Logs;
}
facet Listed {
	exports: weight = 1;
}
Store {
	installer: script;
	facets: Listed;
	exports: ip, random[port] my-port;
}
Web {
	installer: script;
	imports: Store.*, Listed.weight (optional), external Other.url;
}
Logs {
	installer: logger;
}
`;

function modelOf(extra: Readonly<Record<string, string>> = {}): ApplicationModel {
    const texts = {
        '/a/descriptor/application.properties': 'name = a\nversion = 1.0\ngraph-entry-point = main.graph\n',
        '/a/graph/main.graph': GRAPH,
        ...extra,
    };
    return createLanguage().loadApplication(memoryFiles(texts), '/a').model;
}

function recipeOf(name: string): Readonly<Record<string, string>> {
    const model = modelOf();
    const component = model.components.find((each) => each.name === name);
    if (component === undefined) throw new Error(`There is no component ${name}`);
    return Object.fromEntries(recipeFiles(model, component).map(({ path, content }) => [path, content]));
}

test('components with a recipe of their own are left alone', () => {
    expect(componentsWithoutRecipe(modelOf()).map(({ name }) => name)).toEqual(['Machine', 'Store', 'Web', 'Logs']);
    const some = modelOf({ '/a/graph/Web/scripts/start.sh': 'true' });
    expect(componentsWithoutRecipe(some).map(({ name }) => name)).toEqual(['Machine', 'Store', 'Logs']);
});

test('a script recipe has one script a phase, and an update only where something is imported', () => {
    expect(Object.keys(recipeOf('Web'))).toEqual(
        ['deploy', 'start', 'update', 'stop', 'undeploy'].map((phase) => `graph/Web/scripts/${phase}.sh`),
    );
    expect(Object.keys(recipeOf('Store'))).not.toContain('graph/Store/scripts/update.sh');
});

test('a script names the variables its component has', () => {
    expect(recipeOf('Web')['graph/Web/scripts/update.sh']).toMatchInlineSnapshot(`
      "#!/bin/sh
      # An import came, went or changed while the instance was started.
      # Exit code 0 means that it is done; any other is a failure. Variables:
      #   $Store_size                             number of imported instances of Store
      #   $Store_0_name                           path of the first; _1_, _2_ and so on for the others
      #   $Store_0_weight                         its export
      #   $Store_0_ip                             its export
      #   $Store_0_my_port                        its export
      #   $Listed_size                            number of imported instances of Listed
      #   $Listed_0_name                          path of the first; _1_, _2_ and so on for the others
      #   $Listed_0_weight                        its export
      #   $Other_size                             number of imported instances of Other of another application
      #   $Other_0_name                           path of the first; _1_, _2_ and so on for the others
      #   $Other_0_url                            its export
      #   $ANCESTOR_Machine_ip                    export of the Machine it is placed on
      #   $ROBOCONF_INSTANCE_PATH                 path of the instance, such as /machine/part
      #   $ROBOCONF_INSTANCE_NAME                 its name
      #   $ROBOCONF_FILES_DIR                     the folder 'files' of this recipe, absolute
      #   $ROBOCONF_UPDATE_KIND                   added, changed or removed
      #   $ROBOCONF_IMPORT_CHANGED_INSTANCE_PATH  path of the instance that came, went or changed
      #   $ROBOCONF_IMPORT_CHANGED_COMPONENT      the component or facet it is imported by
      set -eu

      echo "update of $ROBOCONF_INSTANCE_PATH"
      "
    `);
    expect(recipeOf('Store')['graph/Store/scripts/start.sh']).toMatchInlineSnapshot(`
      "#!/bin/sh
      # Starts an instance. It runs once every import that is not optional is there.
      # Exit code 0 means that it is done; any other is a failure. Variables:
      #   $weight                  own export
      #   $ip                      own export
      #   $my_port                 own export, a free port
      #   $ANCESTOR_Machine_ip     export of the Machine it is placed on
      #   $ROBOCONF_INSTANCE_PATH  path of the instance, such as /machine/part
      #   $ROBOCONF_INSTANCE_NAME  its name
      #   $ROBOCONF_FILES_DIR      the folder 'files' of this recipe, absolute
      set -eu

      echo "start of $ROBOCONF_INSTANCE_PATH"
      "
    `);
});

test('other installers get what they need: a target file, or a note', () => {
    expect(recipeOf('Machine')['graph/Machine/target.properties']).toContain('handler = local');
    expect(recipeOf('Logs')['graph/Logs/README.md']).toContain('Installer: logger.');
});

test('made recipes leave no finding about recipes', () => {
    const model = modelOf();
    const made = componentsWithoutRecipe(model).flatMap((component) => recipeFiles(model, component));
    const files = [
        {
            path: 'descriptor/application.properties',
            content: 'name = a\nversion = 1.0\ngraph-entry-point = main.graph\n',
        },
        { path: 'graph/main.graph', content: GRAPH },
        ...made,
    ];
    const codes = applicationOf(files, '/a').findings.map(({ code }) => code);
    expect(codes.filter((code) => /^(REC|PROJ_NO_RESOURCE)/.test(code))).toEqual([]);
});

test('questions are asked in order, and one can go back', async () => {
    const asked: string[] = [];
    const answers: Answer<string>[] = [
        { kind: 'given', value: 'a' },
        { kind: 'back' },
        { kind: 'given', value: 'b' },
        { kind: 'given', value: 'bc' },
    ];
    const question: Question<string> = (given, { step, totalSteps }) => {
        asked.push(`${String(step)}/${String(totalSteps)} ${given}`);
        return Promise.resolve(answers.shift() ?? { kind: 'cancelled' });
    };
    expect(await askAll('t', [question, question], '', never)).toEqual({ kind: 'done', value: 'bc' });
    expect(asked).toEqual(['1/2 ', '2/2 a', '1/2 a', '2/2 b']);
});

test('a dismissed question ends the command without a word', async () => {
    const dismissed: Question<string> = () => Promise.resolve({ kind: 'cancelled' });
    expect(await askAll('t', [dismissed], '', never)).toEqual({ kind: 'cancelled' });
});
