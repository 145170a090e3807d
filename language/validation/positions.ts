/** Finding about the side file of positions: no picture says why nodes do not stand where people put them. */
import { parsePositions, POSITIONS_FILE } from '../graph/positions.ts';
import type { Scope } from './scope.ts';

/** X_POSITIONS_NOT_READ. */
export function checkPositions({ analysis, report }: Scope): void {
    const text = analysis.project.textOf(POSITIONS_FILE);
    if (text === null || parsePositions(text) !== undefined) return;
    const place = { file: POSITIONS_FILE, line: 1, column: 1, endLine: 1, endColumn: 1 };
    const message = `'${POSITIONS_FILE}' is not a file of positions: no node of the graph stands where it was put. Mend it, or remove it.`;
    report.add('X_POSITIONS_NOT_READ', place, message, { details: { FILE: POSITIONS_FILE } });
}
