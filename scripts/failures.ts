/** What failed, read from the reports that the test runners wrote, to be said once more where a long log ends. */

/** One test that failed: where and what it is, and what it said. */
export interface Failure {
    readonly name: string;
    readonly detail: string;
}

/** The length of one failure's text: its message and the place it was thrown at, without a whole picture of a value. */
const DETAIL_LIMIT = 1200;

/** The failed tests of a report of vitest (`testResults`) or of the end-to-end tests (`tests`); none where it has another shape. */
export function failuresIn(report: unknown): readonly Failure[] {
    const files = listOf(report, 'testResults').flatMap((file) => [...failedFile(file), ...failedTests(file)]);
    const endToEnd = listOf(report, 'tests')
        .filter((test) => textOf(test, 'outcome') !== 'passed' && textOf(test, 'outcome') !== 'recovered')
        .map((test) => ({ name: textOf(test, 'name'), detail: shortened(textOf(test, 'detail')) }));
    return [...files, ...endToEnd];
}

/** A file that broke before or between its tests: none of them says so. */
function failedFile(file: unknown): readonly Failure[] {
    const message = textOf(file, 'message');
    return textOf(file, 'status') === 'failed' && message !== ''
        ? [{ name: textOf(file, 'name'), detail: shortened(message) }]
        : [];
}

function failedTests(file: unknown): readonly Failure[] {
    return listOf(file, 'assertionResults')
        .filter((test) => textOf(test, 'status') === 'failed')
        .map((test) => ({
            name: `${textOf(file, 'name')}: ${textOf(test, 'fullName')}`,
            detail: shortened(listOf(test, 'failureMessages').map(String).join('\n')),
        }));
}

function shortened(text: string): string {
    return text.length <= DETAIL_LIMIT ? text : `${text.slice(0, DETAIL_LIMIT)}…`;
}

function listOf(value: unknown, key: string): readonly unknown[] {
    const found = valueOf(value, key);
    return Array.isArray(found) ? found : [];
}

function textOf(value: unknown, key: string): string {
    const found = valueOf(value, key);
    return typeof found === 'string' ? found : '';
}

/** A property of a report that somebody else wrote; undefined where there is none. */
export function valueOf(value: unknown, key: string): unknown {
    return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
