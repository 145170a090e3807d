/** What probes need of the application: their component, values and rules (reference: language, section 7). */
import type { PropertyEntry } from '../application/properties.ts';
import type { Word } from '../model/declarations.ts';
import { reportPropertiesText } from '../validation/read-text.ts';
import { didYouMean, type Scope } from '../validation/scope.ts';
import type { MeasureValues } from './measure-values.ts';
import type { MeasuresFile, Probe } from './measures-file.ts';

/** Checks one file of probes. Without an application around it nothing can be said of names. */
export function checkMeasures(scope: Scope, measures: MeasuresFile): void {
    if (!hasApplication(scope)) return;
    checkKeys(scope, measures);
    if (scope.analysis.isGraphComplete) checkComponent(scope, measures);
    checkEvents(scope, measures);
}

/** Checks one file of values. */
export function checkMeasureValues(scope: Scope, values: MeasureValues): void {
    reportPropertiesText(scope.report, values);
    if (!hasApplication(scope)) return;
    const measures = scope.analysis.side.measures.find(({ component }) => component === values.component);
    if (measures === undefined) return reportNoProbes(scope, values);
    const used = new Set(measures.keys.map(({ text }) => text));
    const last = new Map(values.entries.map((entry) => [entry.key, entry]));
    for (const entry of values.entries) {
        const winner = last.get(entry.key);
        if (winner !== undefined && winner !== entry) reportRepetition(scope, entry, winner);
        else if (!used.has(entry.key)) reportUnused(scope, entry);
    }
}

function hasApplication({ analysis }: Scope): boolean {
    return analysis.descriptor !== null || analysis.graph !== null;
}

function checkKeys(scope: Scope, { component, keys }: MeasuresFile): void {
    const values = scope.analysis.side.measureValues.find((each) => each.component === component);
    const known = new Set((values?.entries ?? []).map(({ key }) => key));
    for (const key of keys) if (!known.has(key.text)) reportKey(scope, key, `${component}.measures.properties`, known);
}

function reportKey(scope: Scope, { text, range }: Word, file: string, known: ReadonlySet<string>): void {
    const { hint, details } = didYouMean(scope, text, known);
    const message = `'${text}' has no value in '${file}': the agent leaves {{ ${text} }} as it is.${hint}`;
    scope.report.add('X_MEASURES_UNDEFINED_KEY', range, message, { details: { NAME: text, FILE: file, ...details } });
}

function checkComponent(scope: Scope, { file, component }: MeasuresFile): void {
    const { graph } = scope.analysis.files;
    if (graph.components.has(component)) return;
    const range = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
    if (graph.facets.has(component)) {
        const message = `'${component}' is a facet: only components have probes. Name the file after each component to watch.`;
        return scope.report.add('X_MEASURES_UNKNOWN_COMPONENT', range, message, {
            details: { NAME: component, SHAPE: 'facet' },
        });
    }
    const { hint, details } = didYouMean(scope, component, graph.components.keys());
    const message = `No component is called '${component}': nothing is watched by these probes.${hint}`;
    scope.report.add('X_MEASURES_UNKNOWN_COMPONENT', range, message, { details: { NAME: component, ...details } });
}

function checkEvents(scope: Scope, { probes }: MeasuresFile): void {
    const used = new Set(scope.analysis.side.rules.flatMap(({ rules }) => rules.map(({ event }) => event.text)));
    for (const probe of probes) if (!used.has(probe.event.text)) reportEvent(scope, probe, used);
}

function reportEvent(scope: Scope, { event }: Probe, used: ReadonlySet<string>): void {
    const { hint, details } = didYouMean(scope, event.text, used);
    const message = `No rule waits for '${event.text}'.${hint}`;
    scope.report.add('X_MEASURES_UNUSED_EVENT', event.range, message, { details: { NAME: event.text, ...details } });
}

function reportNoProbes(scope: Scope, { component, firstLine }: MeasureValues): void {
    const file = `${component}.measures`;
    const message = `There is no '${file}': these values are used nowhere.`;
    scope.report.add('X_MEASURES_NO_PROBES', firstLine, message, { details: { NAME: component, FILE: file } });
}

function reportUnused(scope: Scope, { key, keyRange }: PropertyEntry): void {
    const message = `No probe mentions {{ ${key} }}: this value is not used.`;
    scope.report.add('X_MEASURES_UNUSED_VALUE', keyRange, message, { details: { NAME: key } });
}

function reportRepetition(scope: Scope, { key, keyRange }: PropertyEntry, winner: PropertyEntry): void {
    const related = [{ message: 'This one counts.', range: winner.keyRange }];
    const message = `'${key}' is set again below: only the last value counts.`;
    scope.report.add('X_MEASURES_DUPLICATE_KEY', keyRange, message, { details: { NAME: key }, related });
}
