/** The checks that need no other file (reference: language, section 4.2), over what the parser understood. */
import { isFileImport, isGraphType, type FileImport, type GraphType, type Instance } from '../generated/ast.ts';
import { findingOf } from '../parsing/catalogue.ts';
import { rangeOf, type FileFinding } from '../parsing/parsed-file.ts';
import { typeFindings } from './parsing-model-graph.ts';
import { instanceFindings } from './parsing-model-instances.ts';

/** PM_ findings of one block, in no particular order. Broken quotes in `exports` are found while splitting the items. */
export function parsingModelFindings(block: FileImport | GraphType | Instance): FileFinding[] {
    if (isFileImport(block)) return importFindings(block);
    return isGraphType(block) ? typeFindings(block) : instanceFindings(block);
}

function importFindings(fileImport: FileImport): FileFinding[] {
    return fileImport.path === undefined ? [findingOf('PM_EMPTY_IMPORT_LOCATION', rangeOf(fileImport))] : [];
}
