import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
    resolve: {
        // The editor's API exists only inside an extension host.
        alias: { vscode: resolve(import.meta.dirname, 'test/client/support/vscode.ts') },
    },
    test: {
        include: ['test/**/*.test.ts'],
        exclude: ['test/e2e/**', 'test/system/**', 'test/hosts/**'],
        setupFiles: ['test/support/same-cases.ts'],
        testTimeout: 30_000,
        // What is waited for comes at once, but for a busy machine.
        expect: { poll: { timeout: 20_000 } },
        // Nothing is kept between files that one could find changed: one process per core is enough.
        isolate: false,
    },
});
