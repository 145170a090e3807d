/** How an analysis is announced. */
import type { Analysed } from '../protocol.ts';
import type { Locations } from './locations.ts';
import type { Analysis } from './units.ts';
import { countFindings } from './workspace.ts';

/** The summary of an analysis that answers and notifications carry. */
export function analysedOf(analysis: Analysis, locations: Locations): Analysed {
    const { directory } = analysis.application;
    const { errors, warnings } = countFindings(analysis.application);
    return {
        directory,
        directoryUri: locations.uriOf(directory),
        version: analysis.version,
        errorCount: errors,
        warningCount: warnings,
    };
}
