/** `roboconf completion`: prints the script with which a shell completes `roboconf` command lines. */
import { scriptFor } from './completion-scripts.ts';
import type { VerbTable } from './help.ts';
import { SHELLS, type Shell } from './shells.ts';
import { usageFault, type Verb } from './verb.ts';

/** The scripts are made from the table of verbs, which this verb is a member of: it is asked for when it is used. */
export function completionVerb(verbs: () => VerbTable): Verb {
    return {
        group: 'tools',
        summary: `prints a completion script for ${SHELLS.join(', ')}`,
        operands: SHELLS.join('|'),
        operandKinds: ['shell', 'none'],
        examples: [
            ['source <(roboconf completion bash)', 'for this session; in ~/.bashrc for all'],
            ['roboconf completion zsh >"${fpath[1]}/_roboconf"', 'for all sessions of zsh'],
            ['roboconf completion fish >~/.config/fish/completions/roboconf.fish', 'for all sessions of fish'],
        ],
        options: {},
        run: async (args, output) => {
            const [word] = args.positionals;
            const shell = SHELLS.find((known): known is Shell => known === word);
            if (shell === undefined)
                return Promise.resolve(usageFault(output, 'completion', `say which shell: ${SHELLS.join(', ')}`));
            output.raw(scriptFor(shell, verbs()));
            return 0;
        },
    };
}
