/** Asks a server everything it offers about one open document, and tells what is wrong with the answers: errors, places outside of texts, edits that collide. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TextDocument, type TextEdit } from 'vscode-languageserver-textdocument';
import type { TestServer } from '../support/language-server.ts';
import { editsIn, isInside, placesIn, type Span, type TokenDelta, tokenFaults, withDelta } from './answer-places.ts';

export interface Question {
    readonly server: TestServer;
    readonly file: string;
    readonly text: string;
    readonly position: Span['start'];
    /** Text by file, of every open document: the others are on the disk. */
    readonly open: ReadonlyMap<string, string>;
}

/** What a refused request answers: `RequestFailed`, with a reason for the person. */
const REFUSED = -32803;
const REFUSABLE: ReadonlySet<string> = new Set(['textDocument/prepareRename', 'textDocument/rename']);
const NEW_NAME = 'renamed9';
const FORMAT = { options: { tabSize: 4, insertSpaces: false } };
/** Items and actions that are asked about further, spread over the list: a client asks about those that are looked at. */
const MOST_RESOLVED = 4;

/** Every request of an inquiry that has something to say of a sound application. */
export const ASKED: readonly string[] = [
    ...['definition', 'declaration', 'typeDefinition', 'implementation', 'references', 'documentHighlight', 'rename'],
    ...[
        'linkedEditingRange',
        'hover',
        'signatureHelp',
        'prepareRename',
        'completion',
        'documentLink',
        'documentSymbol',
    ],
    ...['inlayHint', 'codeLens', 'foldingRange', 'selectionRange', 'formatting', 'rangeFormatting', 'onTypeFormatting'],
    ...['semanticTokens/full', 'semanticTokens/full/delta', 'semanticTokens/range', 'diagnostic', 'codeAction'],
    ...['prepareCallHierarchy', 'prepareTypeHierarchy'],
]
    .map((name) => `textDocument/${name}`)
    .concat(['callHierarchy/incomingCalls', 'callHierarchy/outgoingCalls', 'typeHierarchy/supertypes'])
    .concat(['typeHierarchy/subtypes', 'completionItem/resolve', 'codeLens/resolve', 'codeAction/resolve'])
    .concat(['workspace/symbol', 'workspace/diagnostic', 'roboconf/graph', 'roboconf/model']);

/** Asks one thing after another. Each fault names the request; none = all is well. */
export class Inquiry {
    readonly faults: string[] = [];
    /** Requests whose answer said something. */
    readonly answered = new Set<string>();
    /** The slowest answer. */
    slowest = { method: '', ms: 0 };
    readonly #question: Question;
    readonly #documents = new Map<string, TextDocument>();
    readonly #uri: string;

    constructor(question: Question) {
        this.#question = question;
        this.#uri = question.server.uri(question.file);
    }

    async all(): Promise<void> {
        await this.#places();
        await this.#rename();
        await this.#hierarchies();
        await this.#writing();
        await this.#looks();
        await this.#formatting();
        await this.#tokens();
        await this.#actions();
        await this.#workspace();
    }

    /** Sends a request about the document and looks at every place in its answer: where none says its file, it is `uri`. */
    async ask<Answer>(method: string, more: object = {}, uri = this.#uri): Promise<Answer | null> {
        const begun = performance.now();
        try {
            const params = { textDocument: { uri: this.#uri }, ...more };
            const answer = await this.#question.server.client.sendRequest<Answer | null>(method, params);
            this.#checkPlaces(method, answer, uri);
            if (says(answer)) this.answered.add(method);
            return answer;
        } catch (cause) {
            const isRefused = REFUSABLE.has(method) && codeOf(cause) === REFUSED;
            if (!isRefused) this.faults.push(`${method}: ${String(cause)}`);
            return null;
        } finally {
            const ms = performance.now() - begun;
            if (ms > this.slowest.ms) this.slowest = { method, ms };
        }
    }

    get #document(): TextDocument {
        return this.#documentOf(this.#uri);
    }

    get #whole(): Span {
        return { start: { line: 0, character: 0 }, end: this.#document.positionAt(Infinity) };
    }

    async #places(): Promise<void> {
        const { position } = this.#question;
        for (const method of ['definition', 'declaration', 'typeDefinition', 'implementation', 'documentHighlight'])
            await this.ask(`textDocument/${method}`, { position });
        await this.ask('textDocument/references', { position, context: { includeDeclaration: true } });
        await this.ask('textDocument/linkedEditingRange', { position });
        await this.ask('textDocument/hover', { position });
        await this.ask('textDocument/signatureHelp', { position });
    }

    async #rename(): Promise<void> {
        const { position } = this.#question;
        await this.ask('textDocument/prepareRename', { position });
        const edit = await this.ask('textDocument/rename', { position, newName: NEW_NAME });
        for (const { uri, edits } of editsIn(edit)) {
            this.#checkEdits('textDocument/rename', uri, edits);
            for (const { range, newText } of edits) {
                const old = this.#documentOf(uri).getText(range);
                if (/[\r\n]/.test(old) && !/\\\r?\n/.test(old)) this.faults.push(`rename takes lines away: ${old}`);
                if (!newText.includes(NEW_NAME)) this.faults.push(`rename writes '${newText}' over '${old}'`);
            }
        }
    }

    async #hierarchies(): Promise<void> {
        const { position } = this.#question;
        for (const [prepare, ...more] of [
            ['textDocument/prepareCallHierarchy', 'callHierarchy/incomingCalls', 'callHierarchy/outgoingCalls'],
            ['textDocument/prepareTypeHierarchy', 'typeHierarchy/supertypes', 'typeHierarchy/subtypes'],
        ] as const) {
            const items = (await this.ask<readonly { uri: string }[]>(prepare, { position })) ?? [];
            for (const item of items) for (const method of more) await this.ask(method, { item }, item.uri);
        }
    }

    async #writing(): Promise<void> {
        const { position } = this.#question;
        const method = 'textDocument/completion';
        const list = await this.ask<{ readonly items: readonly Item[] }>(method, { position });
        const items = list?.items ?? [];
        for (const item of items) {
            const { textEdit, additionalTextEdits = [] } = item;
            const range = textEdit?.range ?? textEdit?.replace;
            if (range === undefined) continue;
            const newText = textEdit?.newText ?? '';
            this.#checkEdits(method, this.#uri, [{ range, newText }, ...additionalTextEdits]);
        }
        for (const item of spread(items)) await this.ask('completionItem/resolve', item);
    }

    async #looks(): Promise<void> {
        const { position } = this.#question;
        const range = this.#whole;
        await this.ask('textDocument/documentLink');
        await this.ask('textDocument/documentSymbol');
        await this.ask('textDocument/inlayHint', { range });
        const lenses = (await this.ask<readonly object[]>('textDocument/codeLens')) ?? [];
        for (const lens of spread(lenses)) await this.ask('codeLens/resolve', lens);
        const folds = (await this.ask<readonly Fold[]>('textDocument/foldingRange')) ?? [];
        const last = this.#document.lineCount - 1;
        const odd = folds.filter(({ startLine, endLine }) => startLine < 0 || endLine < startLine || endLine > last);
        if (odd.length > 0) this.faults.push(`textDocument/foldingRange: ${JSON.stringify(odd)} of ${last}`);
        const chains =
            (await this.ask<readonly Chain[]>('textDocument/selectionRange', { positions: [position] })) ?? [];
        for (const chain of chains) this.#checkChain(chain);
    }

    async #formatting(): Promise<void> {
        const { position } = this.#question;
        const range = { start: { line: Math.min(1, position.line), character: 0 }, end: position };
        const requests = [
            ['textDocument/formatting', FORMAT],
            ['textDocument/rangeFormatting', { ...FORMAT, range }],
            ...['\n', '{', '}'].map((ch) => ['textDocument/onTypeFormatting', { ...FORMAT, position, ch }] as const),
        ] as const;
        for (const [method, params] of requests) {
            const edits = (await this.ask<readonly TextEdit[]>(method, params)) ?? [];
            this.#checkEdits(method, this.#uri, edits);
        }
    }

    async #tokens(): Promise<void> {
        const full = await this.ask<Tokens>('textDocument/semanticTokens/full');
        const delta = await this.ask<TokenDelta>('textDocument/semanticTokens/full/delta', {
            previousResultId: full?.resultId ?? '',
        });
        const part = await this.ask<Tokens>('textDocument/semanticTokens/range', { range: this.#whole });
        const data = full?.data ?? [];
        this.faults.push(...tokenFaults(data, this.#document));
        if (String(part?.data) !== String(data)) this.faults.push('semanticTokens: the whole range is another answer');
        if (String(withDelta(data, delta)) !== String(data))
            this.faults.push('semanticTokens: the delta leads elsewhere');
    }

    async #actions(): Promise<void> {
        const report = await this.ask<{ readonly items?: readonly object[] }>('textDocument/diagnostic');
        const method = 'textDocument/codeAction';
        const { position } = this.#question;
        const context = { diagnostics: report?.items ?? [], triggerKind: 1 };
        const here = await this.ask<readonly Action[]>(method, { range: { start: position, end: position }, context });
        const everywhere = await this.ask<readonly Action[]>(method, { range: this.#whole, context });
        for (const action of here ?? []) this.#checkWorkspaceEdit(method, action.edit);
        for (const action of everywhere ?? []) {
            const resolved = action.edit === undefined ? await this.ask<Action>('codeAction/resolve', action) : action;
            this.#checkWorkspaceEdit(`${method} ${action.title}`, resolved?.edit);
        }
    }

    async #workspace(): Promise<void> {
        await this.ask('workspace/symbol', { query: this.#question.text.slice(0, 3) });
        await this.ask('workspace/diagnostic', { previousResultIds: [] });
        await this.ask('roboconf/graph', { uri: this.#uri, perspective: 'components' });
        await this.ask('roboconf/graph', { uri: this.#uri, perspective: 'instances' });
        await this.ask('roboconf/model', { uri: this.#uri });
    }

    #documentOf(uri: string): TextDocument {
        const known = this.#documents.get(uri);
        if (known !== undefined) return known;
        const made = TextDocument.create(uri, '', 1, this.#textOf(uri));
        this.#documents.set(uri, made);
        return made;
    }

    #textOf(uri: string): string {
        const { open, server } = this.#question;
        const [, text] = [...open].find(([file]) => server.uri(file) === uri) ?? [];
        if (text !== undefined) return text;
        try {
            return readFileSync(fileURLToPath(uri), 'utf8');
        } catch {
            // A file that an edit makes.
            return '';
        }
    }

    #checkPlaces(method: string, answer: unknown, uri: string): void {
        for (const place of placesIn(answer, uri))
            if (!isInside(this.#documentOf(place.uri), place.range))
                this.faults.push(`${method}: ${JSON.stringify(place.range)} is not in ${place.uri}`);
    }

    #checkWorkspaceEdit(method: string, edit: unknown): void {
        for (const { uri, edits } of editsIn(edit)) this.#checkEdits(method, uri, edits);
    }

    #checkEdits(method: string, uri: string, edits: readonly TextEdit[]): void {
        try {
            TextDocument.applyEdits(this.#documentOf(uri), [...edits]);
        } catch (cause) {
            this.faults.push(`${method}: ${String(cause)}`);
        }
    }

    #checkChain(chain: Chain): void {
        const document = this.#document;
        const at = document.offsetAt(this.#question.position);
        let [from, to] = [at, at];
        for (let one: Chain | undefined = chain; one !== undefined; one = one.parent) {
            const [start, end] = [document.offsetAt(one.range.start), document.offsetAt(one.range.end)];
            if (start > from || end < to) this.faults.push('textDocument/selectionRange: a parent is smaller');
            [from, to] = [start, end];
        }
    }
}

interface Item {
    readonly textEdit?: { readonly newText: string; readonly range?: Span; readonly replace?: Span };
    readonly additionalTextEdits?: readonly TextEdit[];
}

interface Fold {
    readonly startLine: number;
    readonly endLine: number;
}

interface Chain {
    readonly range: Span;
    readonly parent?: Chain;
}

interface Action {
    readonly title: string;
    readonly edit?: object;
}

interface Tokens {
    readonly data: readonly number[];
    readonly resultId?: string;
}

function says(answer: unknown): boolean {
    return Array.isArray(answer) ? answer.length > 0 : answer !== null;
}

function codeOf(cause: unknown): unknown {
    return typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
}

function spread<T>(list: readonly T[]): readonly T[] {
    const step = Math.max(1, Math.floor(list.length / MOST_RESOLVED));
    return list.filter((_, i) => i % step === 0).slice(0, MOST_RESOLVED);
}
