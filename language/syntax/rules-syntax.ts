/** The syntax of rules files. */
import { NO_SYNTAX, type FileSyntax } from './file-syntax.ts';

/** Any text has some syntax. */
export function rulesSyntax(_text: string): FileSyntax {
    return NO_SYNTAX;
}
