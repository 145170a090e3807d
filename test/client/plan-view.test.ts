import { expect, test } from 'vitest';
import { planViewOf } from '../../client/graph/plan-view.ts';
import type { DeploymentPlan } from '../../runner/index.ts';
import { planOf } from '../../runner/plan.ts';
import { parseToPage } from '../../media/protocol.ts';
import { LAMP } from '../scenarios/lamp.ts';
import { modelOf } from '../scenarios/model-text.ts';

const NOWHERE = { measured: {}, associations: {} };

function planned(answer: ReturnType<typeof planOf>): DeploymentPlan {
    if (answer.kind !== 'planned') throw new Error(answer.message);
    return answer.plan;
}

test('an instance has the waves of its steps, with a line for each', () => {
    const view = planViewOf(planned(planOf(LAMP, [], NOWHERE)));
    expect(view.title).toBe('Deploy the whole application');
    expect(view.waveCount).toBe(8);
    expect(view.marks['instance:/back/store']).toEqual({
        action: 'create',
        firstWave: 2,
        lastWave: 4,
        isCritical: false,
        notes: ['Wave 2: initialize', 'Wave 3: deploy', 'Wave 4: start'],
    });
});

test('a component has what all its instances come to', () => {
    const view = planViewOf(planned(planOf(LAMP, [], NOWHERE)));
    expect(view.marks['component:VM']).toMatchObject({ action: 'create', firstWave: 1, lastWave: 1, isCritical: true });
    expect(view.marks['component:VM']?.notes).toEqual([
        '/front: is created',
        '/middle: is created',
        '/back: is created',
    ]);
});

test('what takes most away is what a component shows', () => {
    const plan = planned(planOf(LAMP, [], NOWHERE));
    const instances = plan.instances.map((instance) =>
        instance.path === '/middle' ? { ...instance, action: 'delete' as const } : instance,
    );
    expect(planViewOf({ ...plan, instances }).marks['component:VM']?.action).toBe('delete');
});

test('a long list of instances is cut', () => {
    const lines = Array.from({ length: 30 }, (_, i) => `/vm-${String(i)} VM`);
    const view = planViewOf(planned(planOf(modelOf(`VM is target\n${lines.join('\n')}`), [], NOWHERE)));
    expect(view.marks['component:VM']?.notes).toHaveLength(9);
    expect(view.marks['component:VM']?.notes.at(-1)).toBe('and 22 more');
});

test('what is updated hundreds of times is told in a list that a page takes', () => {
    const plan = planned(planOf(LAMP, [], NOWHERE));
    const step = { ...plan.steps[0]!, path: '/back/store', phase: 'update' as const };
    const steps = Array.from({ length: 300 }, (_, i) => ({ ...step, wave: i + 1 }));
    const view = planViewOf({ ...plan, steps });
    expect(view.marks['instance:/back/store']?.notes.at(-1)).toBe('and 280 more');
    expect(parseToPage({ kind: 'plan', plan: view })).toBeDefined();
});

test('what does not get where it should says why', () => {
    const view = planViewOf(planned(planOf(modelOf('Web needs Store.port\n/web Web'), [], NOWHERE)));
    expect(view.marks['instance:/web']?.notes.at(-1)).toMatch(/^It will not get where it should: .*Store/);
});

test('the title tells how long it takes as far as that is known', () => {
    const model = modelOf('App\n/app App');
    const titled = (measured: Readonly<Record<string, number>>): string =>
        planViewOf(planned(planOf(model, [], { measured: { App: measured }, associations: {} }))).title;
    expect(titled({ initialize: 500, deploy: 1000, start: 1000 })).toBe('Deploy the whole application: about 2.5 s');
    expect(titled({ initialize: 500, deploy: 1000 })).toMatch(
        /^Deploy the whole application: about .*, partly guessed$/,
    );
});

test('a plan that does nothing has no marks and says so, and the page understands every plan', () => {
    const plan = planned(planOf(LAMP, [], NOWHERE));
    const empty = planViewOf({ ...plan, steps: [], instances: [], waveCount: 0 });
    expect(empty).toEqual({ title: 'Deploy the whole application: nothing would change', waveCount: 0, marks: {} });
    for (const view of [empty, planViewOf(plan)])
        expect(parseToPage({ kind: 'plan', plan: view })).toEqual({ kind: 'plan', plan: view });
});
