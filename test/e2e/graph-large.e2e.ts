/** A graph of thousands of nodes: what is folded at first, all of it from far, a part of it from near. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import type { EndToEndTest } from '../../scripts/workbench/test-case.ts';
import { drag, graphThatShows, restingPlace, shownNodes, takeFromMenu, tool } from './support/graph.ts';
import { until, untilEqual } from './support/poll.ts';
import { type Scene, sceneOf } from './support/scene.ts';
import { writeFiles } from './support/writing.ts';

const siteCount = 25;
const cellCount = 20;
const sensorNames = ['heat', 'flow', 'level', 'noise', 'power', 'motion', 'light'];
// Three in the middle, and in each cell a controller and a camera besides its sensors.
const nodeCount = 3 + siteCount * (1 + cellCount * (1 + 2 + sensorNames.length));
/** More than this is folded at first. */
const mostAtFirst = 300;

const graphText = `
Site {
	installer: target;
	exports: ip;
	children: Cell, Hub, Recorder;
}

Cell {
	installer: logger;
	children: Controller, Camera, Sensor;
}

Hub {
	installer: logger;
	exports: ip, port = 4500;
}

Recorder {
	installer: logger;
	exports: ip, port = 4600;
}

Controller {
	installer: logger;
	imports: Hub.ip, Hub.port;
}

Camera {
	installer: logger;
	imports: Recorder.ip (optional);
}

Sensor {
	installer: logger;
}
`;

const sensors = sensorNames.map((name) => `\t\tinstance of Sensor {\n\t\t\tname: ${name};\n\t\t}\n`).join('');

const cell = `\tinstance of Cell {
		name: cell-;
		count: ${cellCount};

		instance of Controller {
			name: controller;
		}

		instance of Camera {
			name: camera;
		}

${sensors}\t}
`;

const siteText = (index: number): string =>
    `instance of Site {\n\tname: site-${String(index + 1).padStart(2, '0')};\n\n${cell}}\n`;

const centre = `instance of Site {
	name: centre;

	instance of Hub {
		name: hub;
	}

	instance of Recorder {
		name: recorder;
	}
}
`;

/** Writes the application in place of the example's. */
const writeFleet = (folder: string): void => {
    for (const part of ['graph', 'instances']) rmSync(path.join(folder, part), { recursive: true, force: true });
    const sites = Array.from({ length: siteCount }, (_, index) => siteText(index));
    writeFiles(folder, {
        'descriptor/application.properties':
            'name = Fleet\nversion = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = fleet.graph\ninstance-entry-point = fleet.instances\n',
        'graph/fleet.graph': graphText,
        'graph/Site/target.properties': 'id = here\nname = This computer\nhandler = local\n',
        'instances/fleet.instances': [centre, ...sites].join('\n'),
    });
};

const drawnCount = async (graph: FrameLocator): Promise<number> => (await shownNodes(graph)).length;

const scaleOf = async (graph: FrameLocator): Promise<number> =>
    Number.parseInt(await graph.locator('.corner .scale').innerText(), 10);

const beginsFolded = async (graph: FrameLocator): Promise<void> => {
    // All that a site has inside of it.
    await graph.locator('.node.folded .inside', { hasText: '200 inside' }).first().waitFor();
    assert.ok((await drawnCount(graph)) <= mostAtFirst, 'few nodes are shown at first');
    await graph.locator('.corner', { hasText: `28 of ${nodeCount} shown` }).waitFor();
};

/** From far, cards are merged into a few paths: names of sites can be read, cells are colours. */
const isSeenFromFar = async (scene: Scene, graph: FrameLocator): Promise<void> => {
    await tool(graph, 'Expand all containers').click();
    await graph.locator('.layers.is-merged.packed').waitFor();
    await tool(graph, /^Filter/).click();
    await graph.locator('.filter-shown', { hasText: `${nodeCount} of ${nodeCount} shown` }).waitFor();
    await graph.locator('.filter-find').press('Escape');
    assert.ok((await drawnCount(graph)) < mostAtFirst, 'not every node has an element of its own');
    await graph.locator('.far-titles', { hasText: 'site-07' }).waitFor();
    await scene.picture('graph-large-far');
};

const isSeenFromNear = async (scene: Scene, graph: FrameLocator): Promise<void> => {
    await graph.locator('.stage').press('Control+F');
    const field = graph.getByRole('textbox', { name: 'Find in the graph' });
    await field.fill('camera');
    await graph.locator('.search-count', { hasText: /1 of/ }).waitFor();
    await field.press('Enter');
    await field.press('Escape');
    await graph.locator('.corner .scale').click();
    await untilEqual('actual size', async () => scaleOf(graph), 100);
    await graph.locator('[data-node="instance:/site-01/cell-01/camera"] .label').waitFor();
    const drawn = await drawnCount(graph);
    assert.ok(drawn > 1 && drawn < mostAtFirst, `${String(drawn)} nodes have an element`);
    await scene.picture('graph-large-near');
};

const moves = async ({ page }: Scene, graph: FrameLocator): Promise<void> => {
    const { x, y, width, height } = await restingPlace(graph.locator('.stage'));
    const before = await shownNodes(graph);
    // A press on a card would take hold of that.
    await graph.locator('.stage').press('ArrowDown');
    await drag(page, { x: x + 4, y: y + height / 2 }, { x: 0, y: -height / 3 });
    await until('other nodes are in sight', async () => (await shownNodes(graph)).join() !== before.join());
    await page.mouse.move(x + width / 2, y + height / 2);
    // Turned alone, the wheel of a browser that is driven by a program counts as a touch pad, which moves.
    await page.keyboard.down('Control');
    for (let i = 0; i < 12; i++) await page.mouse.wheel(0, 120);
    await page.keyboard.up('Control');
    await until('the picture is smaller', async () => (await scaleOf(graph)) < 60);
    await until(
        'and drawn as such',
        async () => (await graph.locator('.layers').count()) > 0 && (await drawnCount(graph)) > 0,
    );
};

const drawsThousands: EndToEndTest = {
    name: 'five thousand nodes are folded at first, seen as a whole from far and in detail from near, moved and zoomed',
    folder: 'examples/starter',
    limitMs: 480_000,
    setup: { viewport: { width: 1600, height: 900 }, prepareFolder: writeFleet, folderName: 'fleet' },
    run: async (context) => {
        const scene = sceneOf(context);
        await scene.editor.openFile('fleet.instances');
        await scene.editor.runCommand('Roboconf: Show Graph');
        const graph = await graphThatShows(scene.page, 'Instances');
        await beginsFolded(graph);
        await takeFromMenu(graph, 'Plan and changes', 'Nothing');
        await isSeenFromFar(scene, graph);
        await isSeenFromNear(scene, graph);
        await moves(scene, graph);
    },
};

/** The tests of this file. */
export const tests: readonly EndToEndTest[] = [drawsThousands];
