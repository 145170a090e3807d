/** The syntax of properties files. */
import { NO_SYNTAX, type FileSyntax } from './file-syntax.ts';

/** Any text has some syntax. */
export function propertiesSyntax(_text: string): FileSyntax {
    return NO_SYNTAX;
}
