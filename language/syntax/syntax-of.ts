/** The syntax of a file's text, by its kind. Pure and total: any text has some. */
import { readablePart } from '../application/readable-part.ts';
import type { FileKind } from '../file-kinds.ts';
import { commandsSyntax } from './commands-syntax.ts';
import { NO_SYNTAX, type FileSyntax } from './file-syntax.ts';
import { measuresSyntax } from './measures-syntax.ts';
import { modelSyntax } from './model-syntax.ts';
import { propertiesSyntax } from './properties-syntax.ts';
import { rulesSyntax } from './rules-syntax.ts';

/** Never throws. Of very long texts, only the part that is read has some. */
export function syntaxOf(kind: FileKind, whole: string): FileSyntax {
    const text = isModel(kind) ? whole : readablePart(whole);
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

function isModel(kind: FileKind): boolean {
    return kind === 'graph' || kind === 'instances';
}
