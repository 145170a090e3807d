/** What a file of end-to-end tests exports, and what became of each of its tests. */
import type { Page } from 'playwright-core';
import type { Session } from './session.ts';
import type { SessionSetup } from './setup.ts';

/** What a test works with. `picture` takes a screenshot, kept as evidence or as an image of the documentation. */
export type TestContext = {
    readonly session: Session;
    readonly page: Page;
    readonly signal: AbortSignal;
    readonly picture: (name: string) => Promise<void>;
};

/** One test. `folder` is a path in the repository; the workbench shows a copy of it. It fails by throwing. */
export type EndToEndTest = {
    readonly name: string;
    readonly folder: string;
    readonly limitMs: number;
    readonly setup?: SessionSetup;
    readonly run: (context: TestContext) => Promise<void>;
};

/**
 * `recovered` means that it failed, then passed in a workbench of its own; `detail` tells of the failure.
 * `broken` means that the workbench failed rather than the product.
 */
export type TestResult = {
    readonly name: string;
    readonly seconds: number;
    readonly outcome: 'passed' | 'recovered' | 'failed' | 'broken';
    readonly detail: string;
};

const isTest = (value: unknown): value is EndToEndTest =>
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'folder' in value &&
    typeof value.folder === 'string' &&
    'limitMs' in value &&
    typeof value.limitMs === 'number' &&
    'run' in value &&
    typeof value.run === 'function';

/** The tests exported as `tests` by a loaded module; undefined when it exports no such list. */
export const parseTests = (loaded: unknown): readonly EndToEndTest[] | undefined => {
    if (typeof loaded !== 'object' || loaded === null || !('tests' in loaded)) return undefined;
    const { tests } = loaded;
    return Array.isArray(tests) && tests.every(isTest) ? tests : undefined;
};

const textOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

const causesOf = (error: Error): readonly string[] => {
    const { cause } = error;
    if (cause === undefined) return [];
    return [`because: ${textOf(cause)}`, ...(cause instanceof Error ? causesOf(cause) : [])];
};

/** The text of anything that was thrown, and what each of its causes says. */
export const reasonOf = (error: unknown): string =>
    error instanceof Error ? [error.stack ?? error.message, ...causesOf(error)].join('\n') : String(error);
