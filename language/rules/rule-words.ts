/** The words of rules files, once: what the parser reads, the editor proposes and explains, and the colours are made from. */
import type { Keyword } from '../keywords.ts';

/** The words that divide a rule, in their order. Letter case does not matter. */
export const RULE_KEYWORDS = [
    {
        name: 'rule',
        summary: 'Starts the rule. Its name, in double quotes, should be the name of the file; a file holds one rule.',
        example: 'rule "scale-up"',
    },
    {
        name: 'when',
        summary: 'The event the rule waits for: the name a probe gives it in its `[EVENT …]` line.',
        example: 'when\n\thigh-load',
    },
    {
        name: 'then',
        summary: 'The commands files to run, in order, one a line or separated by semicolons, without their extension.',
        example: 'then\n\tadd-server;',
    },
    { name: 'end', summary: 'Ends the rule.', example: 'end' },
] as const satisfies readonly Keyword[];

/** An attribute of a rule: a sentence between its name and `when`, with a whole number. */
export interface RuleAttributeKeyword extends Keyword {
    readonly name: RuleAttributeName;
    readonly unit: 'seconds' | 'events';
}

export type RuleAttributeName = 'sleep period' | 'time window' | 'occurrences';

/** Letter case does not matter; between the words stands exactly one blank. */
export const RULE_ATTRIBUTES: readonly RuleAttributeKeyword[] = [
    {
        name: 'sleep period',
        unit: 'seconds',
        summary: 'After the rule has run, its event is ignored for so many seconds. By default it never is.',
        example: 'sleep period is 60s',
    },
    {
        name: 'time window',
        unit: 'seconds',
        summary: 'Events count only while they are younger than so many seconds. By default any event counts.',
        example: 'time window is 30s',
    },
    {
        name: 'occurrences',
        unit: 'events',
        summary:
            'How many events must arrive within the time window before the rule runs; 1 by default. Roboconf documents it, but its own parser ignores it.',
        example: 'occurrences is 3',
    },
];
