/** Processes that tests compare: those that last. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FoundProcess } from '../../../scripts/workbench/processes.ts';
import type { TestContext } from '../../../scripts/workbench/test-case.ts';

const pauseMs = 300;

/** A recipe at a gate always has a short sleep beside it. */
const isShort = ({ command }: FoundProcess): boolean => command.startsWith('sleep ');

const look = async ({ session, signal }: TestContext): Promise<readonly FoundProcess[]> => [
    ...(await session.recipeProcesses(signal)),
    ...(await session.runners(signal)),
];

/**
 * The ids of what recipes have started and of runners, in ascending order: those that two looks have in common, because a process that is
 * being started looks like the one it was forked from for an instant.
 */
export const lastingProcesses = async (context: TestContext): Promise<readonly number[]> => {
    const before = await look(context);
    await sleep(pauseMs);
    const after = new Set((await look(context)).filter((found) => !isShort(found)).map(({ pid }) => pid));
    return before
        .map(({ pid }) => pid)
        .filter((pid) => after.has(pid))
        .toSorted((one, other) => one - other);
};
