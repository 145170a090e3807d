/** Changes of texts and files, in the form a client understands. */
import type {
    ChangeAnnotation,
    RenameFile,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { SourceRange } from '../../language/index.ts';
import { toLspRange } from '../workspace/diagnostics.ts';
import { type Locations, pathIn } from '../workspace/locations.ts';

/** What a client can do with a WorkspaceEdit. */
export interface EditAbilities {
    readonly documentChanges: boolean;
    /** Files and folders can be renamed with the texts. */
    readonly renamesFiles: boolean;
    /** Changes can be shown for confirmation before they are made. */
    readonly annotations: boolean;
}

/** One place where a text is replaced. `path` is absolute. */
export interface PlannedEdit {
    readonly path: string;
    readonly range: SourceRange;
    readonly newText: string;
}

/** Absolute paths of a file or folder. */
export interface PlannedMove {
    readonly from: string;
    readonly to: string;
}

export interface EditPlan {
    readonly edits: readonly PlannedEdit[];
    /** Made after the edits, in order. Left out for clients that cannot. */
    readonly moves: readonly PlannedMove[];
    /** What a person is asked before anything is changed; null when it was they who asked. Clients that cannot ask get no edit. */
    readonly confirmation: ChangeAnnotation | null;
}

export interface EditTarget {
    readonly locations: Locations;
    readonly abilities: EditAbilities;
    /** The version of an open document; null for files on disk. */
    readonly versionOf: (uri: string) => number | null;
}

/** A plan without moves and questions. */
export function editsOnly(edits: readonly PlannedEdit[]): EditPlan {
    return { edits, moves: [], confirmation: null };
}

/** A place of an application with its new text. */
export function editAt(directory: string, range: SourceRange, newText: string): PlannedEdit {
    return { path: pathIn(directory, range.file), range, newText };
}

/** The plan as a WorkspaceEdit; null when there is nothing to do, or nothing this client could do. */
export function toWorkspaceEdit(plan: EditPlan, { locations, abilities, versionOf }: EditTarget): WorkspaceEdit | null {
    const moves = abilities.renamesFiles && abilities.documentChanges ? plan.moves : [];
    if (plan.confirmation !== null && !(abilities.annotations && abilities.documentChanges)) return null;
    if (plan.edits.length + moves.length === 0) return null;
    const byUri = Map.groupBy(plan.edits, ({ path }) => locations.uriOf(path));
    if (!abilities.documentChanges)
        return { changes: Object.fromEntries([...byUri].map(([uri, edits]) => [uri, edits.map(toTextEdit)])) };
    const mark = plan.confirmation === null ? {} : { annotationId: ANNOTATION };
    const texts = [...byUri].map(([uri, edits]): TextDocumentEdit => ({
        textDocument: { uri, version: versionOf(uri) },
        edits: edits.map((edit) => ({ ...toTextEdit(edit), ...mark })),
    }));
    const files = moves.map(({ from, to }): RenameFile => ({
        kind: 'rename',
        oldUri: locations.uriOf(from),
        newUri: locations.uriOf(to),
        ...mark,
    }));
    const documentChanges = [...texts, ...files];
    if (plan.confirmation === null) return { documentChanges };
    return { documentChanges, changeAnnotations: { [ANNOTATION]: plan.confirmation } };
}

const ANNOTATION = 'roboconf';

function toTextEdit({ range, newText }: PlannedEdit): TextEdit {
    return { range: toLspRange(range), newText };
}
