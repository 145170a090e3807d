/** Lenses that show places: what the server says about them in the protocol's words, in those of the editor. */
import * as vscode from 'vscode';

/** The editor's own command. */
export const SHOW_REFERENCES = 'editor.action.showReferences';

/** The arguments of the command, as the server writes them. */
interface Places {
    readonly uri: string;
    readonly position: PlainPosition;
    readonly locations: readonly {
        readonly uri: string;
        readonly range: { start: PlainPosition; end: PlainPosition };
    }[];
}

interface PlainPosition {
    readonly line: number;
    readonly character: number;
}

/** Resolves a lens, and gives its command what the editor expects. */
export async function resolveCodeLens(
    lens: vscode.CodeLens,
    token: vscode.CancellationToken,
    next: (lens: vscode.CodeLens, token: vscode.CancellationToken) => vscode.ProviderResult<vscode.CodeLens>,
): Promise<vscode.CodeLens | null | undefined> {
    const resolved = await next(lens, token);
    const { command } = resolved ?? {};
    if (resolved && command?.command === SHOW_REFERENCES) resolved.command = withPlaces(command);
    return resolved;
}

function withPlaces(command: vscode.Command): vscode.Command {
    // The server of the same build makes exactly these three.
    const [uri, position, locations] = (command.arguments ?? []) as [
        Places['uri'],
        Places['position'],
        Places['locations'],
    ];
    const places = locations.map(
        (place) =>
            new vscode.Location(
                vscode.Uri.parse(place.uri),
                new vscode.Range(toPosition(place.range.start), toPosition(place.range.end)),
            ),
    );
    return { ...command, arguments: [vscode.Uri.parse(uri), toPosition(position), places] };
}

function toPosition({ line, character }: PlainPosition): vscode.Position {
    return new vscode.Position(line, character);
}
