import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startGroup } from '../../../scripts/workbench/process-group.ts';
import { findProcesses } from '../../../scripts/workbench/processes.ts';
import { until } from '../../e2e/support/poll.ts';

const { signal } = new AbortController();
const root = mkdtempSync(path.join(os.tmpdir(), 'group-'));
const logFile = path.join(root, 'log');
const module = path.resolve(import.meta.dirname, '../../../scripts/workbench/process-group.ts');

const noneLeft = async (mark: string): Promise<boolean> => (await findProcesses(mark, signal)).length === 0;

afterAll(() => {
    rmSync(root, { recursive: true, force: true });
});

test('a group ends with its handle, the children of its program included', async () => {
    const mark = `${root}/disposed`;
    const group = startGroup({
        file: 'sh',
        arguments: ['-c', 'echo begun; sleep 60 & sleep 60'],
        environment: { PATH: process.env['PATH'], MARK: mark },
        logFile,
    });
    await until('both processes', async () => (await findProcesses(mark, signal)).length >= 3);
    await group.dispose();
    await until('no process', async () => noneLeft(mark));
    expect(readFileSync(logFile, 'utf8')).toBe('begun\n');
    expect(await group.exited).toBe(-1);
});

test('a group ends although its starter was killed outright', async () => {
    const mark = `${root}/orphan`;
    const program = `
        import { startGroup } from ${JSON.stringify(module)};
        startGroup({ file: 'sleep', arguments: ['60'], environment: { MARK: ${JSON.stringify(mark)} }, logFile: ${JSON.stringify(logFile)} });
    `;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
    await until('the sleeper', async () =>
        (await findProcesses(mark, signal)).some((found) => found.command === 'sleep 60'),
    );
    starter.kill('SIGKILL');
    await until('no process', async () => noneLeft(mark));
});
