import { defineConfig } from 'vitest/config';

/** Real machines over SSH (test/support/hosts/README.md). The first run on a machine makes their Debian: that takes most of a minute. */
export default defineConfig({
    test: {
        include: ['test/hosts/**/*.test.ts'],
        testTimeout: 400_000,
        hookTimeout: 400_000,
        // What is waited for comes at once, but for a busy machine.
        expect: { poll: { timeout: 60_000 } },
        fileParallelism: false,
    },
});
