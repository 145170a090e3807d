import { expect, test } from 'vitest';
import type { ApplicationModel } from '../../language/index.ts';
import { planOf, type DeploymentPlan, type PlanAnswer } from '../../runner/plan.ts';
import { LAMP } from '../scenarios/lamp.ts';
import { modelOf } from '../scenarios/model-text.ts';

const PLACE = { measured: {}, associations: {} };
const PAIR = modelOf('Store gives port=1\nWeb needs Store.port\n/store Store\n/web Web');

/** The plan as lines, a wave each: `*` marks what is critical. */
function waves({ steps, waveCount }: DeploymentPlan): readonly string[] {
    return Array.from({ length: waveCount }, (_, index) =>
        steps
            .filter(({ wave }) => wave === index + 1)
            .map(({ path, phase, isCritical }) => `${isCritical ? '*' : ''}${phase} ${path}`)
            .join(', '),
    );
}

function planned(answer: PlanAnswer): DeploymentPlan {
    if (answer.kind !== 'planned') throw new Error(answer.message);
    return answer.plan;
}

function firstPlan(model: ApplicationModel, paths: readonly string[] = [], place = PLACE): DeploymentPlan {
    return planned(planOf(model, paths, place));
}

test('what needs another comes in a later wave, and one machine runs one recipe at a time', () => {
    expect(waves(firstPlan(PAIR))).toEqual([
        '*initialize /store',
        '*deploy /store',
        '*initialize /web',
        '*deploy /web',
        '*start /store',
        '*start /web',
    ]);
});

test('machines work side by side, and only the chain that ends last is critical', () => {
    expect(waves(firstPlan(LAMP))).toEqual([
        'createMachine /front, *createMachine /middle, createMachine /back',
        'initialize /front/balancer, *initialize /middle/server, initialize /back/store',
        'deploy /front/balancer, *deploy /middle/server, deploy /back/store',
        '*initialize /middle/server/app, start /back/store',
        '*deploy /middle/server/app',
        '*start /middle/server',
        'start /front/balancer, *start /middle/server/app',
        '*update /middle/server/app',
    ]);
});

test('every instance of a first deployment is created, from its first wave to its last', () => {
    const { instances, isDeployed } = firstPlan(LAMP);
    expect(isDeployed).toBe(false);
    expect(instances.map(({ path, action, firstWave, lastWave }) => [path, action, firstWave, lastWave])).toEqual([
        ['/front', 'create', 1, 1],
        ['/front/balancer', 'create', 2, 7],
        ['/middle', 'create', 1, 1],
        ['/middle/server', 'create', 2, 6],
        ['/middle/server/app', 'create', 4, 8],
        ['/back', 'create', 1, 1],
        ['/back/store', 'create', 2, 4],
    ]);
});

test('a part of an application is planned alone', () => {
    const { steps, order } = firstPlan(LAMP, ['/back']);
    expect(order).toEqual({ kind: 'deploy', paths: ['/back'] });
    expect([...new Set(steps.map(({ path }) => path))]).toEqual(['/back', '/back/store']);
});

test('what waits for an import that nobody exports is named with the reason', () => {
    const model = modelOf('Web needs Store.port\n/web Web');
    const { steps, unreached, unreachedCount } = firstPlan(model);
    expect(steps.map(({ phase }) => phase)).toEqual(['initialize', 'deploy']);
    expect(unreachedCount).toBe(1);
    expect(unreached[0]?.path).toBe('/web');
    expect(unreached[0]?.reason).toContain('Store');
});

test('an order that would be refused says why', () => {
    expect(planOf(PAIR, ['/nobody'], PLACE)).toMatchObject({ kind: 'refused' });
});

test('what was measured makes the estimate and moves the critical path', () => {
    const model = modelOf('VM is target\nSlow\nQuick\n/a VM\n/a/slow Slow\n/b VM\n/b/quick Quick');
    const slow = { initialize: 1000, deploy: 60_000, start: 2000 };
    const place = { measured: { Slow: slow, VM: { createMachine: 4000 } }, associations: {} };
    const plan = firstPlan(model, [], place);
    expect(plan.estimatedMs).toBe(4000 + 1000 + 60_000 + 2000);
    expect(plan.guessedCount).toBe(3);
    const critical = plan.steps.filter(({ isCritical }) => isCritical).map(({ path, phase }) => `${phase} ${path}`);
    expect(critical).toEqual(['createMachine /a', 'initialize /a/slow', 'deploy /a/slow', 'start /a/slow']);
    expect(plan.steps.find(({ path }) => path === '/b/quick')?.estimateMs).toBeNull();
});

test('a machine of this computer is assumed to be there, one of a target to be made', () => {
    const model = modelOf('VM is target\nApp\n/vm VM\n/vm/app App');
    const measured = { App: { initialize: 10, deploy: 10, start: 10 } };
    expect(firstPlan(model, [], { measured, associations: {} }).estimatedMs).toBe(130);
    expect(firstPlan(model, [], { measured, associations: { '/vm': 'pool' } }).estimatedMs).toBe(30_030);
});

test('a plan of anything ends, changes nothing of its model, and is the same every time', () => {
    const model = modelOf(
        'VM is target gives ip\nA gives x=1 needs B.x\nB gives x=1 needs A.x\n/vm VM\n/vm/a A\n/vm/b B',
    );
    const before = JSON.stringify(model);
    const [first, second] = [planOf(model, [], PLACE), planOf(model, [], PLACE)];
    expect(first).toEqual(second);
    expect(JSON.stringify(model)).toBe(before);
});

test('waves follow one another: none is empty, and no step of an instance is before one that was begun earlier', () => {
    const { steps, waveCount } = firstPlan(LAMP);
    expect(new Set(steps.map(({ wave }) => wave)).size).toBe(waveCount);
    for (const own of Map.groupBy(steps, ({ path }) => path).values()) {
        const ordered = own.map(({ wave }) => wave);
        expect(new Set(ordered).size).toBe(ordered.length);
    }
});

function wide(machines: number): ApplicationModel {
    const lines = Array.from({ length: machines }, (_, i) => [`/vm${i} VM`, `/vm${i}/store Store`, `/vm${i}/web Web`]);
    return modelOf(['VM is target gives ip', 'Store gives port=1', 'Web gives port=2', ...lines.flat()].join('\n'));
}

test('the time of a plan grows with what is done, not faster', () => {
    const elapsed = (model: ApplicationModel): number => {
        const begun = performance.now();
        firstPlan(model);
        return performance.now() - begun;
    };
    const [small, large] = [wide(100), wide(1000)];
    elapsed(small);
    const [short, long] = [elapsed(small), elapsed(large)];
    // A square would be a hundred times as long.
    expect(long).toBeLessThan(Math.max(short, 10) * 50);
});
