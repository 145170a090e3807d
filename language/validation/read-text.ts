/** What is said of the text of a file beside the model, whatever the file is for. */
import type { PropertiesFile } from '../application/properties.ts';
import type { SourceRange } from '../model/application-model.ts';
import { findingOf } from '../parsing/catalogue.ts';
import type { Report } from './report.ts';

/** X_TOO_MANY_WORDS. `place` is where the rest begins. */
export function reportLeftOut(report: Pick<Report, 'add'>, place: SourceRange): void {
    report.add('X_TOO_MANY_WORDS', place, findingOf('X_TOO_MANY_WORDS', place).message);
}

/** X_MALFORMED_ESCAPE and X_TOO_MANY_WORDS. */
export function reportPropertiesText(report: Pick<Report, 'add'>, { malformedEscapes, leftOut }: PropertiesFile): void {
    for (const range of malformedEscapes) {
        const message = "Four hexadecimal digits must follow '\\u': this is read as the letter u.";
        report.add('X_MALFORMED_ESCAPE', range, message);
    }
    for (const place of leftOut) reportLeftOut(report, place);
}
