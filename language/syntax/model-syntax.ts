/** The syntax of model files. */
import { NO_SYNTAX, type FileSyntax } from './file-syntax.ts';

/** Any text has some syntax. */
export function modelSyntax(_text: string): FileSyntax {
    return NO_SYNTAX;
}
