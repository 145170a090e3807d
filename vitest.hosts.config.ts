import { defineConfig } from 'vitest/config';

/** Real machines over SSH (test/support/hosts/README.md). The first run on a machine makes their Debian: that takes most of a minute. */
export default defineConfig({
    test: {
        include: ['test/hosts/**/*.test.ts'],
        testTimeout: 120_000,
        hookTimeout: 300_000,
        fileParallelism: false,
    },
});
