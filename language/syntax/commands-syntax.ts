/** The syntax of commands files. */
import { NO_SYNTAX, type FileSyntax } from './file-syntax.ts';

/** Any text has some syntax. */
export function commandsSyntax(_text: string): FileSyntax {
    return NO_SYNTAX;
}
