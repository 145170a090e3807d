import { expect, test } from 'vitest';
import { environmentOf } from '../../../runner/core/environment.ts';
import type { ImportChange } from '../../../runner/core/event.ts';
import { nextEvents, startSimulation } from '../../../runner/simulation/simulate.ts';
import { modelOf } from '../../scenarios/model-text.ts';

const MODEL = modelOf(`
    VM is target gives ip zone=eu
    D as Data gives ip my-port=3306 random:rp
    A gives label=$(ROBOCONF_INSTANCE_NAME)@$(ROBOCONF_CLEAN_REVERSED_INSTANCE_PATH) needs D.* Cache.ip? external:Shop.ip?
    /vm 1 VM
    /vm 1/d2 D
    /vm 1/d1 D uni=vv
    /vm 1/a one A
`);

function deployed() {
    const simulation = startSimulation(MODEL, { seed: 1 });
    while (nextEvents(simulation) !== null);
    return (path: string, phase: 'start' | 'update' = 'start', change: ImportChange | null = null) =>
        environmentOf(simulation.state, simulation.topology.indexOfPath.get(path) ?? -1, phase, change);
}

test('a recipe gets names, own exports, ancestors and imports in the order of their paths', () => {
    expect(deployed()('/vm 1/a one')).toEqual({
        label: 'a one@a_one_vm_1',
        ANCESTOR_VM_ip: '10.0.0.1',
        ANCESTOR_VM_zone: 'eu',
        ROBOCONF_INSTANCE_NAME: 'a one',
        ROBOCONF_INSTANCE_PATH: '/vm 1/a one',
        ROBOCONF_COMPONENT_NAME: 'A',
        ROBOCONF_CLEAN_INSTANCE_PATH: 'vm_1_a_one',
        ROBOCONF_CLEAN_REVERSED_INSTANCE_PATH: 'a_one_vm_1',
        D_size: '2',
        D_0_name: '/vm 1/d1',
        D_0_ip: '10.0.0.1',
        D_0_my_port: '3306',
        D_0_rp: '10001',
        D_1_name: '/vm 1/d2',
        D_1_ip: '10.0.0.1',
        D_1_my_port: '3306',
        D_1_rp: '10000',
        Cache_size: '0',
        Shop_size: '0',
    });
});

test('raw overrides reach the instance itself and nobody else', () => {
    const environment = deployed();
    expect(environment('/vm 1/d1')).toMatchObject({ uni: 'vv', my_port: '3306', ip: '10.0.0.1' });
    expect(Object.keys(environment('/vm 1/a one')).filter((name) => name.includes('uni'))).toEqual([]);
});

test.for([
    ['added', 'DEPLOYED_STARTED'],
    ['changed', 'DEPLOYED_STARTED'],
    ['removed', 'DEPLOYED_STOPPED'],
] as const)('an update tells what was %s', ([kind, status]) => {
    const change = { kind, exporterPath: '/vm 1/d1', prefix: 'D', values: { 'D.ip': '10.9.9.9', 'D.my-port': '1' } };
    expect(deployed()('/vm 1/a one', 'update', change)).toMatchObject({
        ROBOCONF_UPDATE_STATUS: status,
        ROBOCONF_UPDATE_KIND: kind,
        ROBOCONF_IMPORT_CHANGED_INSTANCE_PATH: '/vm 1/d1',
        ROBOCONF_IMPORT_CHANGED_COMPONENT: 'D',
        ROBOCONF_IMPORT_CHANGED_ip: '10.9.9.9',
        ROBOCONF_IMPORT_CHANGED_my_port: '1',
    });
});
