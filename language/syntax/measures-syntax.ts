/** The syntax of measures files. */
import { NO_SYNTAX, type FileSyntax } from './file-syntax.ts';

/** Any text has some syntax. */
export function measuresSyntax(_text: string): FileSyntax {
    return NO_SYNTAX;
}
