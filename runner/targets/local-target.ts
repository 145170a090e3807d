/** Machines of this computer behind the port of targets: a machine is a directory that says whose it is. */
import { hash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskFailureText } from '../journal/disk-failure.ts';
import type { FoundMachine, MachineTag, Target, TargetFailure } from './target.ts';

const ADDRESS = '127.0.0.1';
const TAG_FILE = 'machine.json';

/** Keeps its machines in `folder`, absolute, which is made when it is first needed. */
export function createLocalTarget(folder: string): Target {
    const directoryOf = ({ deployment, path }: MachineTag): string =>
        join(folder, hash('sha256', JSON.stringify([deployment, path]), 'hex').slice(0, 24));
    return {
        create: async (tag) =>
            told(folder, () => {
                writeTag(directoryOf(tag), tag);
                return { kind: 'made', machineId: `local:${tag.path}` } as const;
            }),
        configure: async (machine) =>
            readTag(directoryOf(machine.tag)) === null
                ? missing(machine)
                : ({ kind: 'configured', address: ADDRESS } as const),
        isRunning: async ({ tag }) => (readTag(directoryOf(tag)) === null ? 'gone' : 'running'),
        destroy: async ({ tag }) =>
            told(folder, () => {
                rmSync(directoryOf(tag), { recursive: true, force: true, maxRetries: 3 });
                return { kind: 'destroyed' } as const;
            }),
        list: async (deployment) => ({ kind: 'listed', machines: machinesIn(folder, deployment) }),
    };
}

/** Written whole or not at all: a directory without tag is no machine. */
function writeTag(directory: string, tag: MachineTag): void {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const part = join(directory, `.${TAG_FILE}.${process.pid}`);
    writeFileSync(part, `${JSON.stringify(tag)}\n`, { mode: 0o600 });
    renameSync(part, join(directory, TAG_FILE));
}

function machinesIn(folder: string, deployment: string): readonly FoundMachine[] {
    return namesIn(folder).flatMap((name) => {
        const tag = readTag(join(folder, name));
        return tag?.deployment === deployment ? [{ tag, machineId: `local:${tag.path}` }] : [];
    });
}

function namesIn(folder: string): readonly string[] {
    try {
        return readdirSync(folder);
    } catch {
        // Nothing was made there yet.
        return [];
    }
}

function readTag(directory: string): MachineTag | null {
    try {
        const value: unknown = JSON.parse(readFileSync(join(directory, TAG_FILE), 'utf8'));
        if (typeof value !== 'object' || value === null) return null;
        const { deployment, path } = value as Record<string, unknown>; // checked right below
        return typeof deployment === 'string' && typeof path === 'string' ? { deployment, path } : null;
    } catch {
        // It is not there, or was never written whole: either way no machine.
        return null;
    }
}

function missing({ tag }: FoundMachine): TargetFailure {
    return { kind: 'failed', reason: `the machine of ${tag.path} does not exist any more` };
}

function told<T>(folder: string, act: () => T): T | TargetFailure {
    try {
        return act();
    } catch (error) {
        return { kind: 'failed', reason: diskFailureText(error, folder) };
    }
}
