/** Processes that tests compare: those that last. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FoundProcess } from '../../../scripts/workbench/processes.ts';
import type { TestContext } from '../../../scripts/workbench/test-case.ts';

const lookCount = 4;
const pauseMs = 250;

/** A recipe at a gate always has a short sleep beside it. */
const isShort = ({ command }: FoundProcess): boolean => command.startsWith('sleep ');

const look = async ({ session, signal }: TestContext): Promise<readonly FoundProcess[]> => [
    ...(await session.recipeProcesses(signal)),
    ...(await session.runners(signal)),
];

/**
 * The ids of what recipes have started and of runners, in ascending order: those that several looks have in common, because a process that is
 * being started looks like the one it was forked from for an instant, and for longer where many wait for a processor.
 */
export const lastingProcesses = async (context: TestContext): Promise<readonly number[]> => {
    let common = (await look(context)).map(({ pid }) => pid);
    for (let i = 1; i < lookCount; i++) {
        await sleep(pauseMs);
        const present = new Set((await look(context)).filter((found) => !isShort(found)).map(({ pid }) => pid));
        common = common.filter((pid) => present.has(pid));
    }
    return common.toSorted((one, other) => one - other);
};
