/** `roboconf ls`: the language server on standard input and output, for any editor. */
import type { Verb } from './verb.ts';

export const ls: Verb = {
    group: 'tools',
    summary: 'the language server on standard input and output, for any editor',
    operands: '',
    operandKinds: ['none', 'none'],
    examples: [],
    options: { stdio: { type: 'boolean', help: 'accepted for editors that always say it; it is what happens anyway' } },
    run: async (_args, _output, signal) => {
        await import('../server/main.ts');
        // The server ends the process itself when its client says `exit` or goes away.
        return new Promise((done) => signal.addEventListener('abort', () => done(0)));
    },
};
