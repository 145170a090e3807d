/** The application of the bench: on each host parts with two recipes each, all of which import what a store on the first host exports. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createLanguage, type ApplicationModel } from '../../../language/index.ts';
import type { DeploymentTargets, TargetDefinition } from '../../../runner/index.ts';
import { createDisk } from '../../../server/workspace/disk.ts';
import type { Host } from '../../support/hosts/hosts.ts';
import type { Size } from './fleet.ts';

export interface BenchApplication {
    readonly directory: string;
    readonly model: ApplicationModel;
    readonly targets: DeploymentTargets;
    /** The same target as a file. */
    readonly targetFile: string;
}

/** Recipes run on each instance: `deploy` and `start`. */
const STEPS_A_PART = 2;

/** Writes it below a folder and reads it as the product does; throws when the product finds something wrong with it. */
export function writeApplication(
    folder: string,
    { steps }: Size,
    hosts: readonly Host[],
    script: string,
): BenchApplication {
    const directory = join(folder, 'application');
    const machines = hosts.map((_, i) => machineText(i, steps / STEPS_A_PART));
    const recipes = ['Store', 'Part'].flatMap((name) =>
        ['deploy', 'start'].map((phase) => [`graph/${name}/scripts/${phase}.sh`, script] as const),
    );
    const definition = targetOf(hosts, folder);
    const targetFile = join(folder, 'pool.properties');
    writeFile(targetFile, textOf(definition.properties));
    for (const [file, text] of [...Object.entries(MODEL), ...recipes]) writeFile(join(directory, file), text);
    writeFile(join(directory, 'instances/all.instances'), machines.join(''));
    const { model, findings } = createLanguage().loadApplication(createDisk(), directory);
    const [fault] = findings.filter(({ severity }) => severity === 'error');
    if (fault !== undefined) throw new Error(fault.message);
    const associations = Object.fromEntries(hosts.map((_, i) => [`/m${String(i + 1)}`, definition.id]));
    const targets = { definitions: { [definition.id]: definition }, associations };
    return { directory, model, targets, targetFile };
}

const MODEL: Readonly<Record<string, string>> = {
    'descriptor/application.properties':
        'name = bench\nversion = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\ninstance-entry-point = all.instances\n',
    'graph/main.graph': `Machine {
	installer: target;
	children: Store, Part;
}
Store {
	installer: script;
	exports: ip, port = 5432;
}
Part {
	installer: script;
	exports: ip;
	imports: Store.ip, Store.port;
}
`,
    'graph/Machine/target.properties': 'id = here\nname = Here\nhandler = local\n',
};

function machineText(index: number, parts: number): string {
    const nested = Array.from({ length: parts }, (_, part) => {
        const component = index === 0 && part === 0 ? 'Store' : 'Part';
        return `\tinstance of ${component} {\n\t\tname: p${String(part + 1)};\n\t}\n`;
    });
    return `instance of Machine {\n\tname: m${String(index + 1)};\n${nested.join('')}}\n`;
}

function targetOf(hosts: readonly Host[], directory: string): TargetDefinition {
    const [first] = hosts;
    if (first === undefined) throw new Error('a fleet has hosts');
    const properties = {
        id: 'pool',
        name: 'Pool',
        handler: 'embedded',
        'embedded.ip': hosts.map(({ address }) => address).join(', '),
        'scp.user': first.user,
        'scp.keyfile': first.keyFile,
        'scp.known.hosts.file': first.knownHostsFile,
    };
    return { id: 'pool', name: 'Pool', handler: 'embedded', directory, properties };
}

function textOf(properties: Readonly<Record<string, string>>): string {
    return Object.entries(properties)
        .map(([key, value]) => `${key} = ${value}\n`)
        .join('');
}

function writeFile(file: string, text: string): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode: file.endsWith('.sh') ? 0o755 : 0o644 });
}
