/**
 * Where people put nodes: written into the side file beside the model, for everybody who opens it. What was written last can be taken back,
 * as long as nobody else has changed the file since.
 */
import * as vscode from 'vscode';
import {
    formatPositions,
    NO_POSITIONS,
    parsePositions,
    PERSPECTIVES,
    POSITIONS_FILE,
    withoutPins,
    withPin,
    type Perspective,
    type Pin,
    type Positions,
} from '../../language/index.ts';
import { createEmitter, type Subscription } from '../ui/emitter.ts';
import { DONE, failed, type Outcome } from '../ui/outcome.ts';

export interface Pins {
    /** Keeps a node where it was put. */
    readonly put: (
        directory: vscode.Uri,
        perspective: Perspective,
        node: string,
        pin: Pin,
    ) => Promise<Outcome<unknown>>;
    /** Leaves nodes of a perspective to the layout again; an empty list = all of them, no perspective = those of all perspectives. */
    readonly remove: (
        directory: vscode.Uri,
        perspective: Perspective | null,
        nodes: readonly string[],
    ) => Promise<Outcome<unknown>>;
    /** Takes back what was written last for an application. */
    readonly undo: (directory: vscode.Uri) => Promise<Outcome<unknown>>;
    /** Positions of an application were written. */
    readonly onChange: (listener: (directory: vscode.Uri) => void) => Subscription;
}

/** What was in a file before it was written, and what was written; null = no file. */
interface Step {
    readonly before: string | null;
    readonly after: string | null;
}

/** More steps than anybody takes back. */
const STEPS_AT_MOST = 100;

/** Nothing was written yet. One writing of a file waits for the one before it. */
export function createPins(): Pins {
    const changes = createEmitter<vscode.Uri>();
    const steps = new Map<string, Step[]>();
    let turn: Promise<unknown> = Promise.resolve();
    const inTurn = (task: () => Promise<Outcome<unknown>>): Promise<Outcome<unknown>> => {
        const result = turn.then(task);
        turn = result.catch(() => undefined); // whoever asked has the rejection
        return result;
    };
    const change = async (
        directory: vscode.Uri,
        edit: (positions: Positions) => Positions,
    ): Promise<Outcome<unknown>> => {
        const file = vscode.Uri.joinPath(directory, POSITIONS_FILE);
        const before = await textOf(file);
        const positions = before === null ? NO_POSITIONS : parsePositions(before);
        if (positions === undefined) return failed({ kind: 'positionsBroken', file: nameOf(file) });
        const edited = edit(positions);
        const after = isEmpty(edited) ? null : formatPositions(edited);
        if (after === before) return DONE;
        const written = await write(file, after);
        if (written.kind === 'done') {
            const known = steps.get(file.toString()) ?? [];
            steps.set(file.toString(), [...known, { before, after }].slice(-STEPS_AT_MOST));
        }
        changes.emit(directory);
        return written;
    };
    return {
        put: (directory, perspective, node, pin) =>
            inTurn(() => change(directory, (positions) => withPin(positions, perspective, node, pin))),
        remove: (directory, perspective, nodes) =>
            inTurn(() =>
                change(directory, (positions) =>
                    perspective === null ? NO_POSITIONS : withoutPins(positions, perspective, nodes),
                ),
            ),
        undo: (directory) =>
            inTurn(async () => {
                const file = vscode.Uri.joinPath(directory, POSITIONS_FILE);
                const step = steps.get(file.toString())?.pop();
                if (step === undefined) return failed({ kind: 'noPositions' });
                if ((await textOf(file)) !== step.after) {
                    steps.delete(file.toString());
                    return failed({ kind: 'positionsChanged', file: nameOf(file) });
                }
                const written = await write(file, step.before);
                changes.emit(directory);
                return written;
            }),
        onChange: changes.listen,
    };
}

function isEmpty(positions: Positions): boolean {
    return PERSPECTIVES.every((perspective) => Object.keys(positions[perspective]).length === 0);
}

function nameOf(file: vscode.Uri): string {
    return vscode.workspace.asRelativePath(file);
}

/** Null when there is no such file, or it cannot be read. */
async function textOf(file: vscode.Uri): Promise<string | null> {
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === file.toString());
    if (open !== undefined) return open.getText();
    try {
        return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    } catch {
        return null;
    }
}

/** Null removes the file. A file that is open is edited, so that its editor can take that back as well. */
async function write(file: vscode.Uri, text: string | null): Promise<Outcome<unknown>> {
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === file.toString());
    try {
        if (text === null) await vscode.workspace.fs.delete(file);
        else if (open === undefined) await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
        else await rewrite(open, text);
        return DONE;
    } catch (fault) {
        if (!(fault instanceof vscode.FileSystemError)) throw fault;
        return failed({ kind: 'positionsNotWritten', file: nameOf(file), reason: fault.message });
    }
}

async function rewrite(document: vscode.TextDocument, text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    const end = document.lineAt(document.lineCount - 1).range.end;
    edit.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), end), text);
    await vscode.workspace.applyEdit(edit);
    await document.save();
}
