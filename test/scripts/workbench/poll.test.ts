import { expect, test } from 'vitest';
import { reasonOf } from '../../../scripts/workbench/test-case.ts';
import { until, untilEqual } from '../../e2e/support/poll.ts';

const patienceMs = 60;

/** Answers one look after the other, the last one for ever; an error is thrown. */
const looks = (...answers: readonly (number | false | Error)[]) => {
    let at = 0;
    return (): number | false => {
        const answer = answers[Math.min(at++, answers.length - 1)] ?? false;
        if (answer instanceof Error) throw answer;
        return answer;
    };
};

test('a look that fails is one look only', async () => {
    expect(await until('a number', looks(new Error('drawn afresh'), false, 3))).toBe(3);
    await untilEqual('the number', looks(new Error('drawn afresh'), 2, 3), 3);
});

test('what was waited for in vain is told, with what the last look failed with', async () => {
    const failure = await until('a number', looks(false, new Error('no page')), patienceMs).catch(reasonOf);
    expect(failure).toMatch(/^Error: waited 0\.06 s in vain: a number\n.*\nbecause: no page$/s);
    const forgotten = await until('a number', looks(new Error('no page'), false), patienceMs).catch(reasonOf);
    expect(forgotten).not.toContain('because');
    await expect(untilEqual('the number', looks(2), 3, patienceMs)).rejects.toThrow(/the number/);
    await expect(untilEqual('the number', looks(new Error('no page')), 3, patienceMs)).rejects.toThrow(/in vain/);
});
