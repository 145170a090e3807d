/** Help texts: whatever the table of verbs has is told, and fits a terminal. */
import { expect, test } from 'vitest';
import { help, helpOf } from '../../cli/help.ts';
import { optionsOf } from '../../cli/verb.ts';
import { VERBS } from '../../cli/verbs.ts';

test('the overview has every verb once, in a group', () => {
    const lines = help(VERBS).split('\n');
    for (const [name, { summary }] of VERBS)
        expect(
            lines.filter((line) => line.startsWith(`  ${name} `) && line.endsWith(summary)),
            name,
        ).toHaveLength(1);
});

test.for([...VERBS])('the help of %s has its options, its choices and its examples', ([name, verb]) => {
    const text = helpOf(name, verb);
    expect(text.startsWith(`usage: roboconf ${name}`)).toBe(true);
    for (const [option, { help: meaning, choices = [] }] of Object.entries(optionsOf(verb))) {
        expect(text).toContain(`--${option}`);
        for (const choice of choices) expect(meaning, `--${option}`).toContain(choice);
    }
    for (const [command] of verb.examples) {
        expect(text).toContain(command);
        expect(command).toContain(`roboconf ${name}`);
    }
});

test('one letter means the same option everywhere', () => {
    const meanings = new Map<string, string>();
    for (const verb of VERBS.values())
        for (const [option, { short }] of Object.entries(optionsOf(verb))) {
            if (short === undefined) continue;
            expect(meanings.get(short) ?? option).toBe(option);
            meanings.set(short, option);
        }
    expect(meanings.size).toBeGreaterThan(3);
});
