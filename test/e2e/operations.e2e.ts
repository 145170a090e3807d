/** What an application does by itself, as a person writes it: commands, the rule that runs them, the probe that sets it off. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { until } from './support/poll.ts';
import { fileOf, type Scene, sceneOf } from './support/scene.ts';
import { placeOf } from './support/text.ts';

const folder = 'examples/hello-cluster';
const limitMs = 90_000;

const FILES: Readonly<Record<string, string>> = {
    'commands/add-worker.commands': `# One more machine with a worker on it.
define machine = web-$(SMART_INDEX)
create Machine as $(machine)
create Worker as worker under /$(machine)
deploy and start all /$(machine)
email ops@example.com with Subject: scaled up\\nOne more worker on $(machine).
`,
    'rules.autonomic/scale-up.drl': `// More workers when the load is high.
rule "scale-up"
sleep period is 60s
when
	high-load
then
	add-worker;
end
`,
    'probes/LoadBalancer.measures': `# Asked every twenty seconds.
[EVENT rest high-load]
Check http://localhost:{{ port }}/status that load >= 0.8

[EVENT file out-of-order]
Delete if exists /tmp/out-of-order
`,
    'probes/LoadBalancer.measures.properties': 'port = 8080\n',
};

const writeFiles = ({ session }: Scene): void => {
    for (const [name, text] of Object.entries(FILES)) {
        const file = path.join(session.folder, name);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, text);
    }
};

const colourOf = async (lines: Locator, word: string): Promise<string | undefined> =>
    lines
        .locator('span > span')
        .evaluateAll(
            (words, wanted) =>
                words
                    .filter((each) => each.textContent?.trim() === wanted)
                    .map((each) => getComputedStyle(each).color)[0],
            word,
        );

/** Waits until two words of an open file have colours, and different ones. */
const waitForColours = async (
    { editor }: Scene,
    file: string,
    [one, other]: readonly [string, string],
): Promise<void> => {
    await until(`'${one}' and '${other}' of ${file} have colours of their own`, async () => {
        const first = await colourOf(editor.lines(file), one);
        const second = await colourOf(editor.lines(file), other);
        return first !== undefined && second !== undefined && first !== second;
    });
};

const showsOperations: EndToEndTest = {
    name: 'commands, rules and probes have colours, findings and icons',
    folder,
    limitMs,
    setup: { theme: 'dark' },
    run: async (context) => {
        const scene = sceneOf(context);
        const { editor } = scene;
        writeFiles(scene);
        await editor.openFile('add-worker.commands');
        await waitForColours(scene, 'add-worker.commands', ['define', 'Worker']);
        await scene.picture('operations-commands');
        await editor.openFile('LoadBalancer.measures');
        await waitForColours(scene, 'LoadBalancer.measures', ['EVENT', 'high-load']);
        await scene.picture('operations-probes');
        await editor.openFile('scale-up.drl');
        await waitForColours(scene, 'scale-up.drl', ['rule', 'add-worker']);
        await editor.replace(
            placeOf(fileOf(scene, 'rules.autonomic/scale-up.drl'), 'add-worker'),
            'add-worker'.length,
            'ad-worker',
        );
        await editor.squiggles('error').first().waitFor();
        await scene.picture('operations-rule');
    },
};

/** The tests of operations. */
export const tests: readonly EndToEndTest[] = [showsOperations];
