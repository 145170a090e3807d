/** Door of the language room: text in, model and findings out. Pure: no Node, no DOM, no editor, no clock. */
export type {
    ApplicationModel,
    ComponentModel,
    ExportedVariable,
    FacetModel,
    ImportedVariable,
    InstanceModel,
    SourceRange,
    VariableValues,
} from './model/application-model.ts';
export type { Finding, RelatedPlace, Severity } from './finding.ts';
export { MAX_FILE_BYTES, type DirectoryEntry, type FileContent, type FileSystem } from './file-system.ts';
export type { GraphEdge, GraphNode, GraphView, Perspective } from './graph-view.ts';
export type { Application, CheckOptions, Declaration, DeclarationKind, Language, Reference } from './application.ts';
