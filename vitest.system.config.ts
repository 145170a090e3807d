import { defineConfig } from 'vitest/config';

/** Real processes of the built product: slower, one file at a time, so that what they start does not disturb the others. */
export default defineConfig({
    test: {
        include: ['test/system/**/*.test.ts'],
        testTimeout: 120_000,
        hookTimeout: 60_000,
        // What is waited for comes at once, but for a busy machine.
        expect: { poll: { timeout: 30_000 } },
        fileParallelism: false,
    },
});
