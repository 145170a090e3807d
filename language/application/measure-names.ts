/** The names that probes and their values introduce and use: events, keys, and what `{{ key }}` stands for. */
import type { Declaration, Reference } from '../application.ts';
import type { MeasureValues } from '../measures/measure-values.ts';
import type { MeasuresFile } from '../measures/measures-file.ts';
import type { Analysis } from './analysis.ts';
import type { NameIndex, Names } from './name-index.ts';

/** File by file in the order of their paths, values behind probes. */
export function measureNames({ side }: Analysis, index: NameIndex): Names {
    return {
        declarations: [...side.measures.flatMap(eventsOf), ...side.measureValues.flatMap(valuesOf)],
        references: side.measures.flatMap((measures) => keysOf(measures, index)),
    };
}

function eventsOf({ probes }: MeasuresFile): readonly Declaration[] {
    return probes.map(({ event, block }) => ({
        kind: 'event',
        name: event.text,
        range: event.range,
        block,
        description: null,
    }));
}

function valuesOf({ component, entries }: MeasureValues): readonly Declaration[] {
    return entries.map(({ key, keyRange, value, valueRange }) => ({
        kind: 'value',
        name: `${component}.${key}`,
        range: keyRange,
        block: { ...keyRange, endLine: valueRange.endLine, endColumn: valueRange.endColumn },
        description: value,
    }));
}

function keysOf({ component, keys }: MeasuresFile, index: NameIndex): readonly Reference[] {
    return keys.map(({ text, range }) => ({
        range,
        name: text,
        targets: index.valuesCalled(`${component}.${text}`),
    }));
}
