/** A row of the tables of what the editor does. */

/** A test: its file in `test/`, and its name there. */
type Shown = readonly [file: string, test: string];

export interface EditorFeature {
    /** In the words of the Language Server Protocol and of the editor. */
    readonly name: string;
    readonly what: string;
    readonly shownBy: readonly Shown[];
}
