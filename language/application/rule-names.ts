/** The names that rules introduce and use: themselves, commands files and events of probes. */
import type { Declaration, Reference } from '../application.ts';
import type { Rule } from '../rules/rules-file.ts';
import type { Analysis } from './analysis.ts';
import type { NameIndex, Names } from './name-index.ts';

/** File by file in the order of their paths. */
export function ruleNames({ side }: Analysis, index: NameIndex): Names {
    const rules = side.rules.flatMap((file) => file.rules);
    return {
        declarations: rules.flatMap(declarationOf),
        references: rules.flatMap((rule) => referencesOf(rule, index)),
    };
}

function declarationOf({ name, block }: Rule): readonly Declaration[] {
    if (name.text === '') return [];
    return [{ kind: 'rule', name: name.text, range: name.range, block, description: null }];
}

function referencesOf({ event, commands }: Rule, index: NameIndex): readonly Reference[] {
    const events = event.text === '' ? [] : [{ ...event, targets: index.eventsCalled(event.text) }];
    const called = commands.map((command) => ({ ...command, targets: index.commandsCalled(command.text) }));
    return [...events, ...called].map(({ text, range, targets }) => ({ range, name: text, targets }));
}
