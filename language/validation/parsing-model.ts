/** The checks that need no other file (reference: language, section 4.2), over what the parser understood. */
import type { FileImport, GraphType, Instance } from '../generated/ast.ts';
import { findingOf } from '../parsing/catalogue.ts';
import { rangeOf, type FileFinding } from '../parsing/parsed-file.ts';
import { typeFindings } from './parsing-model-graph.ts';
import { instanceFindings } from './parsing-model-instances.ts';

/** PM_ findings of one file, in no particular order. Broken quotes in `exports` are found while splitting the items. */
export function parsingModelFindings(file: {
    readonly imports: readonly FileImport[];
    readonly types: readonly GraphType[];
    readonly instances: readonly Instance[];
}): FileFinding[] {
    return [
        ...file.imports.flatMap(importFindings),
        ...file.types.flatMap(typeFindings),
        ...file.instances.flatMap(instanceFindings),
    ];
}

function importFindings(fileImport: FileImport): FileFinding[] {
    return fileImport.path === undefined ? [findingOf('PM_EMPTY_IMPORT_LOCATION', rangeOf(fileImport))] : [];
}
