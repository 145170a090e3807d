/** Door of the language room: text in, model and findings out. Pure: no Node, no DOM, no editor, no clock. */
export type {
    ApplicationModel,
    ComponentModel,
    ExportedVariable,
    FacetModel,
    ImportedVariable,
    InstanceModel,
    RecipePhase,
    SourceRange,
    StepPolicies,
    StepPolicy,
    VariableValues,
} from './model/application-model.ts';
export type { Finding, RelatedPlace, Severity } from './finding.ts';
export { MAX_FILE_BYTES, type DirectoryEntry, type FileContent, type FileSystem } from './file-system.ts';
export {
    graphViewOf,
    type Copy,
    type GraphEdge,
    type GraphNode,
    type GraphView,
    type Perspective,
} from './graph-view.ts';
export { nodeDetailsOf, type DetailedExport, type DetailedImport, type NodeDetail } from './node-details.ts';
export type {
    Application,
    CheckOptions,
    Declaration,
    DeclarationKind,
    FileCheckOptions,
    Language,
    Reference,
} from './application.ts';
export {
    BLOCK_KEYWORDS,
    DESCRIPTOR_KEYS,
    INSTALLERS,
    INSTANCE_VARIABLES,
    PROPERTIES,
    VALUE_KEYWORDS,
    type BlockKind,
    type Keyword,
    type PropertyKeyword,
} from './keywords.ts';
export { formatEdits, formatModelText, type ModelFileKind, type TextEdit } from './formatting/format.ts';
export { fileKindOf, type FileKind } from './file-kinds.ts';
export type {
    FileSyntax,
    Fold,
    OutlineItem,
    OutlineKind,
    SyntaxToken,
    TextRange,
    TokenType,
} from './syntax/file-syntax.ts';
export { syntaxOf } from './syntax/syntax-of.ts';
export { createLanguage } from './create-language.ts';
export { isApplicationName } from './validation/descriptor.ts';
