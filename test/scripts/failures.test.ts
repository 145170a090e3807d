import { describe, expect, it } from 'vitest';
import { failuresIn } from '../../scripts/failures.ts';

const failed = { status: 'failed', fullName: 'a host is lost', failureMessages: ['expected 1 to be 2', 'at line 3'] };
const passed = { status: 'passed', fullName: 'a host is found', failureMessages: [] };

describe('the failures named at the end of all tests', () => {
    const rows: readonly (readonly [string, unknown, readonly unknown[]])[] = [
        ['nothing was written', undefined, []],
        ['a report of another shape', { testResults: 3, tests: 'no' }, []],
        [
            'everything passed',
            { testResults: [{ name: 'a.test.ts', status: 'passed', message: '', assertionResults: [passed] }] },
            [],
        ],
        [
            'a test failed',
            { testResults: [{ name: 'a.test.ts', status: 'failed', message: '', assertionResults: [passed, failed] }] },
            [{ name: 'a.test.ts: a host is lost', detail: 'expected 1 to be 2\nat line 3' }],
        ],
        [
            'a file broke before its tests',
            { testResults: [{ name: 'a.test.ts', status: 'failed', message: 'no such host', assertionResults: [] }] },
            [{ name: 'a.test.ts', detail: 'no such host' }],
        ],
        [
            'end-to-end tests',
            {
                tests: [
                    { name: 'one', outcome: 'passed', detail: '' },
                    { name: 'two', outcome: 'recovered', detail: 'at first' },
                    { name: 'three', outcome: 'failed', detail: 'no tree' },
                    { name: 'four', outcome: 'broken', detail: 'crashed' },
                ],
            },
            [
                { name: 'three', detail: 'no tree' },
                { name: 'four', detail: 'crashed' },
            ],
        ],
    ];
    it.each(rows)('%s', (_name, report, failures) => {
        expect(failuresIn(report)).toEqual(failures);
    });

    it('shortens what a picture of a value made long', () => {
        const [failure] = failuresIn({ tests: [{ name: 'long', outcome: 'failed', detail: 'x'.repeat(100_000) }] });
        expect(failure?.detail.length).toBeLessThan(2000);
    });
});
