/** Keys of the descriptor that are unknown, repeated or spelled as they were long ago (reference: language, section 1.1). */
import type { Descriptor } from '../application/descriptor.ts';
import { lastEntries, type PropertyEntry } from '../application/properties.ts';
import { DESCRIPTOR_KEYS } from '../keywords.ts';
import { didYouMean, type Scope } from './scope.ts';

const KNOWN: readonly string[] = DESCRIPTOR_KEYS.map(({ name }) => name);
const LEGACY: ReadonlySet<string> = new Set(
    ['name', 'version', 'description', 'dsl-id'].map((key) => `application-${key}`),
);
/** Read by nobody, and written by many: older descriptors say where the application comes from. */
const HARMLESS: ReadonlySet<string> = new Set(['namespace', 'application-namespace']);

/** X_DESCRIPTOR_ codes of keys. */
export function checkDescriptorKeys(scope: Scope, { entries }: Descriptor): void {
    const last = lastEntries({ entries });
    for (const entry of entries) {
        const winner = last.get(entry.key);
        if (winner !== undefined && winner !== entry) reportRepeated(scope, entry, winner);
        else if (LEGACY.has(entry.key)) checkLegacy(scope, entry, last);
        else if (!KNOWN.includes(entry.key) && !HARMLESS.has(entry.key)) reportUnknown(scope, entry);
    }
}

function reportRepeated(scope: Scope, { key, keyRange }: PropertyEntry, winner: PropertyEntry): void {
    const message = `'${key}' is set again below: only the last value counts.`;
    scope.report.add('X_DESCRIPTOR_DUPLICATE_KEY', keyRange, message, {
        details: { NAME: key },
        related: [{ message: 'This value counts.', range: winner.keyRange }],
    });
}

function checkLegacy(scope: Scope, { key, keyRange }: PropertyEntry, last: ReadonlyMap<string, PropertyEntry>): void {
    const short = key.slice('application-'.length);
    const winner = last.get(short);
    const message =
        winner === undefined
            ? `'${key}' is an old spelling: write '${short}'.`
            : `'${key}' is an old spelling, and ignored because '${short}' is there.`;
    scope.report.add('X_DESCRIPTOR_LEGACY_KEY', keyRange, message, {
        details: { NAME: key, SUGGESTION: short, ...(winner === undefined ? {} : { SHAPE: 'ignored' }) },
        related: winner === undefined ? [] : [{ message: 'This value counts.', range: winner.keyRange }],
    });
}

function reportUnknown(scope: Scope, { key, keyRange }: PropertyEntry): void {
    const { hint, details } = didYouMean(scope, key, KNOWN);
    const message = `'${key}' is not a key of descriptors: it is ignored.${hint}`;
    scope.report.add('X_DESCRIPTOR_UNKNOWN_KEY', keyRange, message, { details: { NAME: key, ...details } });
}
