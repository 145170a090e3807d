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
    type Copy,
    type GraphEdge,
    type GraphNode,
    type GraphView,
    type Perspective,
    PERSPECTIVES,
} from './graph-view.ts';
export { graphViewOf } from './graph/view-of-model.ts';
export { seenGraphOf } from './graph/seen-graph.ts';
export {
    FRESH_LAYERS,
    LAYERS,
    WHOLE_LOOK,
    type GraphChoices,
    type GraphFilter,
    type GraphFocus,
    type GraphLook,
    type Layer,
    type SeenGraph,
} from './graph-look.ts';
export {
    driftOf,
    formatPositions,
    NO_POSITIONS,
    parsePositions,
    pinsIn,
    POSITIONS_FILE,
    withoutPins,
    withPin,
    withRenamedNodes,
    type Pin,
    type PinDrift,
    type Pins,
    type Positions,
} from './graph/positions.ts';
export { changesBetween, changesSeenIn, type ModelChanges, type NodeDifference } from './graph/changes.ts';
export { shownValue } from './shown-value.ts';
export { nodeDetailsOf, type DetailedExport, type DetailedImport, type NodeDetail } from './node-details.ts';
export type {
    Application,
    CheckOptions,
    Declaration,
    DeclarationKind,
    FileCheckOptions,
    Language,
    MavenSources,
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
export { formatCommands } from './commands/format-commands.ts';
export { isFlexibleId, isId } from './parsing/names.ts';
export { formatFile } from './formatting/format-file.ts';
export { typedEdits, type TypedCharacter, type Typing } from './formatting/on-type.ts';
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
export {
    associateTargets,
    targetDefinitionOf,
    THIS_COMPUTER,
    type AssociatedDefinition,
    type AssociatedTargets,
    type Association,
    type AssociationFault,
    type AssociationReason,
    type AssociationRequest,
    type TargetChoice,
    type TargetUse,
} from './targets/association.ts';
export { targetSourceOf, type TargetSource } from './targets/target-source.ts';
export {
    COMMON_TARGET_KEYS,
    DRIVEN_HANDLERS,
    handlerNamed,
    isThisComputer,
    TARGET_HANDLERS,
    targetKeyOf,
    isProduction,
} from './targets/handlers.ts';
export { formatProperties } from './targets/format-properties.ts';
export type { TargetHandler, TargetKey, ValueKind } from './targets/target-key.ts';
export { placeholdersIn, secretNameOf, type Placeholder } from './targets/values.ts';
export { propertiesIn } from './application/properties.ts';
export { RULE_ATTRIBUTES, RULE_KEYWORDS, type RuleAttributeKeyword } from './rules/rule-words.ts';
export {
    FILE_ACTIONS,
    NAGIOS_SERVER,
    PROBE_HANDLERS,
    probeHandlerCalled,
    REST_OPERATORS,
    type ProbeHandler,
} from './measures/probe-handlers.ts';
export { syntaxOf } from './syntax/syntax-of.ts';
export { componentsWithoutRecipe, recipeFiles, type RecipeFile } from './recipe-files.ts';
export { createLanguage } from './create-language.ts';
export { isApplicationName } from './validation/descriptor.ts';
