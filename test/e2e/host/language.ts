/** The language services as an editor's extension sees them: through VS Code's own commands. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { placeOf } from '../support/text.ts';
import { until, untilEqual } from '../support/poll.ts';
import type { HostTest } from './suite-runner.ts';

const extensionId = 'roboconf.roboconf';

const fileOf = (name: string): vscode.Uri => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    if (folder === undefined) throw new Error('no folder is open');
    return vscode.Uri.joinPath(folder.uri, name);
};

const rangeOf = (document: vscode.TextDocument, words: string): vscode.Range => {
    const { line, column } = placeOf(document.getText(), words);
    const start = new vscode.Position(line - 1, column - 1);
    return new vscode.Range(start, start.translate(0, words.length));
};

const replaceWords = async (editor: vscode.TextEditor, words: string, replacement: string): Promise<void> => {
    const range = rangeOf(editor.document, words);
    const isDone = await editor.edit((builder) => {
        builder.replace(range, replacement);
    });
    assert.ok(isDone, `${words} could be replaced`);
};

const errorsOf = (uri: vscode.Uri): readonly vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(uri).filter((found) => found.severity === vscode.DiagnosticSeverity.Error);

const activates: HostTest = {
    name: 'the extension activates and registers every command it contributes',
    run: async () => {
        const extension = vscode.extensions.getExtension<unknown>(extensionId);
        assert.ok(extension !== undefined, `${extensionId} is installed`);
        await extension.activate();
        // The manifest is ours: its commands have this shape.
        const manifest = extension.packageJSON as { contributes: { commands: readonly { command: string }[] } };
        const registered = new Set(await vscode.commands.getCommands(true));
        const missing = manifest.contributes.commands.filter(({ command }) => !registered.has(command));
        assert.deepEqual(missing, []);
    },
};

const healthy: HostTest = {
    name: 'the example has no findings',
    run: async () => {
        const document = await vscode.workspace.openTextDocument(fileOf('graph/main.graph'));
        assert.equal(document.languageId, 'roboconf-graph');
        await vscode.window.showTextDocument(document);
        // A definition that resolves shows that the server has read the application.
        await until('a definition', async () => {
            const place = rangeOf(document, 'Store.ip').start;
            const found = await vscode.commands.executeCommand<readonly unknown[]>(
                'vscode.executeDefinitionProvider',
                document.uri,
                place,
            );
            return found.length > 0;
        });
        const findings = vscode.languages.getDiagnostics().flatMap(([, found]) => found.map(({ message }) => message));
        assert.deepEqual(findings, []);
    },
};

const reports: HostTest = {
    name: 'an unsaved wrong child is reported at its word, and its correction clears the report',
    run: async () => {
        const uri = fileOf('graph/machine.graph');
        const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
        await replaceWords(editor, 'Worker,', 'Workes,');
        const errors = await until('an error', () => (errorsOf(uri).length > 0 ? errorsOf(uri) : undefined));
        assert.deepEqual(errors[0]?.range, rangeOf(editor.document, 'Workes'));
        assert.equal(errors[0]?.source, 'roboconf');
        await replaceWords(editor, 'Workes,', 'Worker,');
        await until('no error', () => errorsOf(uri).length === 0);
    },
};

const labelsAt = async (document: vscode.TextDocument, place: vscode.Position): Promise<readonly string[]> => {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        place,
    );
    return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
};

const completes: HostTest = {
    name: 'completion offers the components as children',
    run: async () => {
        const document = await vscode.workspace.openTextDocument(fileOf('graph/machine.graph'));
        const place = rangeOf(document, 'Worker').start;
        await until('Worker is offered', async () => (await labelsAt(document, place)).includes('Worker'));
    },
};

const definitionsAt = async (document: vscode.TextDocument, place: vscode.Position): Promise<readonly string[]> => {
    const found = await vscode.commands.executeCommand<readonly (vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        place,
    );
    return found.map((target) => ('targetUri' in target ? target.targetUri.path : target.uri.path));
};

const goesToDefinition: HostTest = {
    name: 'the definition of a child is its component, in another file',
    run: async () => {
        const document = await vscode.workspace.openTextDocument(fileOf('graph/machine.graph'));
        const place = rangeOf(document, 'Worker').start.translate(0, 2);
        const expected = [fileOf('graph/main.graph').path];
        await untilEqual('the definition', async () => definitionsAt(document, place), expected);
    },
};

/** The tests of the language services, in the order they run. */
export const languageTests: readonly HostTest[] = [activates, healthy, reports, completes, goesToDefinition];
