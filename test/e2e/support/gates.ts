/** Recipes that wait until the test lets them go on: an instant in the middle of a deployment lasts as long as it is looked at. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Session } from '../../../scripts/workbench/session.ts';

const gatesBeside = (folder: string): string => path.resolve(folder, '..', '..', 'gates');

const gateOf = (instance: string): string => instance.replaceAll('/', '_');

/** Makes the start recipes of components wait for the gate of their instance. For `prepareFolder` of a test's setup. */
export const closeGates =
    (...components: readonly string[]) =>
    (folder: string): void => {
        const gates = gatesBeside(folder);
        mkdirSync(gates, { recursive: true });
        for (const component of components) {
            const script = path.join(folder, 'graph', component, 'scripts', 'start.sh');
            const [shebang = '', ...body] = readFileSync(script, 'utf8').split('\n');
            const gate = `gate='${gates}'/"$(printf %s "$ROBOCONF_INSTANCE_PATH" | tr / _)"`;
            const wait = `${gate}; while [ ! -e "$gate" ]; do sleep 0.05; done`;
            writeFileSync(script, [shebang, wait, ...body].join('\n'));
        }
    };

/** Lets the recipes of instances go on. */
export const openGates = (session: Session, ...instances: readonly string[]): void => {
    for (const instance of instances) writeFileSync(path.join(gatesBeside(session.folder), gateOf(instance)), '');
};
