/** What rules need of the application: commands and events (reference: language, sections 4.8 and 6). */
import { baseNameOf } from '../application/paths.ts';
import type { Word } from '../model/declarations.ts';
import { didYouMean, type Scope } from '../validation/scope.ts';
import { unreadableRules, type RulesFile } from './rules-file.ts';

/** Checks one file. Without an application around it nothing can be said. */
export function checkRules(scope: Scope, { rules }: RulesFile): void {
    const { descriptor, graph } = scope.analysis;
    if (descriptor === null && graph === null) return;
    const commands = new Set(scope.analysis.side.commands.map(({ name }) => name));
    const events = new Set(scope.analysis.side.measures.flatMap(eventsOf));
    for (const rule of rules) {
        for (const command of rule.commands) if (!commands.has(command.text)) reportCommand(scope, command, commands);
        const { event } = rule;
        if (event.text !== '' && !/\s/.test(event.text) && !events.has(event.text)) reportEvent(scope, event, events);
    }
}

function eventsOf({ probes }: Scope['analysis']['side']['measures'][number]): readonly string[] {
    return probes.map(({ event }) => event.text);
}

function reportCommand(scope: Scope, { text, range }: Word, known: ReadonlySet<string>): void {
    const bare = baseNameOf(text).replace(/\.commands$/, '');
    const name = text.replaceAll(/\s+/g, ' ').slice(0, 60);
    if (bare !== text && known.has(bare)) {
        const message = `Commands are called by their bare name: write '${bare}'.`;
        const details = { NAME: name, SUGGESTION: bare, SHAPE: 'extension' };
        return scope.report.add('RULE_UNKNOWN_COMMAND', range, message, { details });
    }
    const { hint, details } = didYouMean(scope, text, known);
    const cure = hint === '' ? ` Create 'commands/${name}.commands'.` : hint;
    const message = `No commands file is called '${name}'.${cure}`;
    scope.report.add('RULE_UNKNOWN_COMMAND', range, message, { details: { NAME: name, ...details } });
}

function reportEvent(scope: Scope, { text, range }: Word, known: ReadonlySet<string>): void {
    const { hint, details } = didYouMean(scope, text, known);
    const message = `No probe of the application emits '${text}'.${hint}`;
    scope.report.add('X_RULE_UNKNOWN_EVENT', range, message, { details: { NAME: text, ...details } });
}

/** Rules files of the application that cannot be read. */
export function checkUnreadableRules(scope: Scope): void {
    const { project, side } = scope.analysis;
    const read = new Set(side.rules.map(({ file }) => file));
    for (const file of project.filesBelow('rules.autonomic')) {
        if (!file.endsWith('.drl') || read.has(file)) continue;
        for (const { message, range, details } of unreadableRules(file, project.obstacleTo(file)).findings)
            scope.report.add('RULE_IO_ERROR', range, message, { details });
    }
}
