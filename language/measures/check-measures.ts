/** What probes need of the application: their component, values and rules (reference: language, section 7). */
import type { Scope } from '../validation/scope.ts';
import type { MeasuresFile } from './measures-file.ts';

/** Checks one file. */
export function checkMeasures(_scope: Scope, _measures: MeasuresFile): void {
    return undefined;
}
