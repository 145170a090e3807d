/** The syntax of a file's text, by its kind. Pure and total: any text has some. */
import type { FileKind } from '../file-kinds.ts';
import { commandsSyntax } from './commands-syntax.ts';
import { NO_SYNTAX, type FileSyntax } from './file-syntax.ts';
import { measuresSyntax } from './measures-syntax.ts';
import { modelSyntax } from './model-syntax.ts';
import { propertiesSyntax } from './properties-syntax.ts';
import { rulesSyntax } from './rules-syntax.ts';

/** Never throws. Texts over the size limit are the caller's to refuse. */
export function syntaxOf(kind: FileKind, text: string): FileSyntax {
    switch (kind) {
        case 'graph':
        case 'instances':
            return modelSyntax(text);
        case 'commands':
            return commandsSyntax(text);
        case 'rules':
            return rulesSyntax(text);
        case 'measures':
            return measuresSyntax(text);
        case 'descriptor':
        case 'target':
        case 'recipe':
        case 'instructions':
        case 'measureValues':
            return propertiesSyntax(text);
        default:
            kind satisfies never;
            return NO_SYNTAX;
    }
}
