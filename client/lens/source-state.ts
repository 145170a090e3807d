/** The live state of a deployment in the source of its instances: code lenses above their blocks, icons in the gutter. */
import * as vscode from 'vscode';
import type { Deployments } from '../deployments/deployments.ts';
import { isAbsent } from '../deployments/live-state.ts';
import { isTimed, runWords } from '../deployments/tree-entries.ts';
import type { Language } from '../language/language-client.ts';
import { LANGUAGE_IDS } from '../../server/protocol.ts';
import { isCodeLensWanted, isGutterWanted } from '../settings.ts';
import { isAbort } from '../ui/cancellation.ts';
import { coalesce } from '../ui/coalesce.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import { createApplicationModels, type ApplicationModels } from './application-models.ts';
import { gutterIcon } from './gutter-icons.ts';
import { BY_NEED, marksOf, shapeOf, type GutterShape, type InstanceMark } from './instance-marks.ts';
import { latestDeployment } from './latest-deployment.ts';
import { applicationLenses, instanceLenses, type LensEntry } from './lens-entries.ts';

export interface SourceStateConfig {
    readonly language: Language;
    readonly deployments: Pick<Deployments, 'list' | 'onChange'>;
    /** Milliseconds since 1970. */
    readonly now: () => number;
    /** Told what went wrong where nobody asked. */
    readonly report: (message: string) => void;
}

/** Runs come with many events; lenses that jump about cannot be clicked. */
const REFRESH_MS = 400;

/** Ages are told in minutes, what is under way in seconds. */
const TICK_MS = 1000;
const TICKS_AT_REST = 60;

const SELECTOR: vscode.DocumentSelector = { scheme: 'file', language: LANGUAGE_IDS.instances };

/** Shows it in every instance file that is open, until disposed. */
export function showSourceState(config: SourceStateConfig): vscode.Disposable {
    const { language, deployments } = config;
    const store = createDisposableStore();
    const models = store.add(createApplicationModels(language));
    const lenses = store.add(createLenses(config, models));
    const gutter = store.add(createGutter(config, models));
    const refresh = store.add(
        coalesce(REFRESH_MS, () => {
            lenses.refresh();
            gutter.refresh();
        }),
    );
    store.add(deployments.onChange(refresh.request));
    store.add(language.onModelChanged(refresh.request));
    store.add(language.onState(refresh.request));
    store.add(vscode.window.onDidChangeVisibleTextEditors(refresh.request));
    store.add(vscode.workspace.onDidGrantWorkspaceTrust(refresh.request));
    store.add(
        vscode.workspace.onDidChangeConfiguration((change) => {
            if (change.affectsConfiguration('roboconf')) refresh.request();
        }),
    );
    store.add(everySecond(deployments, refresh.request));
    return store;
}

function everySecond(deployments: Pick<Deployments, 'list'>, request: () => void): vscode.Disposable {
    let tickCount = 0;
    const timer = setInterval(() => {
        const views = deployments.list();
        tickCount += 1;
        const isDue = tickCount % TICKS_AT_REST === 0 ? views.length > 0 : views.some(isTimed);
        if (isDue) request();
    }, TICK_MS);
    return { dispose: () => clearInterval(timer) };
}

interface Shown extends vscode.Disposable {
    readonly refresh: () => void;
}

function createLenses(config: SourceStateConfig, models: ApplicationModels): Shown {
    const store = createDisposableStore();
    const changed = new vscode.EventEmitter<void>();
    const provider: vscode.CodeLensProvider = {
        onDidChangeCodeLenses: changed.event,
        provideCodeLenses: async (document) => {
            if (!isCodeLensWanted(document.uri)) return [];
            const entries = await lensesOf(config, models, document);
            return entries.map(codeLens);
        },
    };
    store.add(vscode.languages.registerCodeLensProvider(SELECTOR, provider));
    store.add(changed);
    return { refresh: () => changed.fire(), dispose: () => store.dispose() };
}

async function lensesOf(
    { deployments, now }: SourceStateConfig,
    models: ApplicationModels,
    document: vscode.TextDocument,
): Promise<readonly LensEntry[]> {
    const found = await models.of(document);
    if (found === undefined) return [];
    const view = latestDeployment(deployments.list(), found.directory);
    const moment = { trusted: vscode.workspace.isTrusted, now: now() };
    const above = applicationLenses(view, found.directoryUri, moment);
    if (view === undefined) return above;
    const marks = marksOf({ ...found, lines: linesOf(document) }, view);
    return [...above, ...marks.flatMap((mark) => instanceLenses(view, mark, moment.now))];
}

function codeLens({ line, title, command, argument }: LensEntry): vscode.CodeLens {
    const place = new vscode.Range(line, 0, line, 0);
    return new vscode.CodeLens(place, { title, command: `roboconf.${command}`, arguments: [argument] });
}

function createGutter(config: SourceStateConfig, models: ApplicationModels): Shown {
    const store = createDisposableStore();
    const ending = new AbortController();
    let icons = createIcons(vscode.window.activeColorTheme.kind);
    const disposeIcons = (): void => {
        for (const icon of icons.values()) icon.dispose();
    };
    const show = async (editor: vscode.TextEditor): Promise<void> => {
        const { version } = editor.document;
        const shapes = isGutterWanted(editor.document.uri)
            ? await shapesOf(config, models, editor.document)
            : new Map<GutterShape, readonly number[]>();
        // Lines of an older text would point at others.
        if (ending.signal.aborted || editor.document.version !== version) return;
        for (const [shape, icon] of icons)
            editor.setDecorations(
                icon,
                (shapes.get(shape) ?? []).map((line) => new vscode.Range(line, 0, line, 0)),
            );
    };
    const refresh = (): void => {
        for (const editor of vscode.window.visibleTextEditors) {
            if (vscode.languages.match(SELECTOR, editor.document) === 0) continue;
            show(editor).catch((fault: unknown) => {
                if (!isAbort(fault)) config.report(String(fault));
            });
        }
    };
    store.add(
        vscode.window.onDidChangeActiveColorTheme(({ kind }) => {
            disposeIcons();
            icons = createIcons(kind);
            refresh();
        }),
    );
    store.add({ dispose: () => ending.abort() });
    store.add({ dispose: disposeIcons });
    return { refresh, dispose: () => store.dispose() };
}

function createIcons(theme: vscode.ColorThemeKind): ReadonlyMap<GutterShape, vscode.TextEditorDecorationType> {
    const icons = BY_NEED.map((shape) => {
        const gutterIconPath = gutterIcon(shape, theme);
        return [
            shape,
            vscode.window.createTextEditorDecorationType({ gutterIconPath, gutterIconSize: 'contain' }),
        ] as const;
    });
    return new Map(icons);
}

async function shapesOf(
    { deployments }: SourceStateConfig,
    models: ApplicationModels,
    document: vscode.TextDocument,
): Promise<ReadonlyMap<GutterShape, readonly number[]>> {
    const found = await models.of(document);
    const view = found === undefined ? undefined : latestDeployment(deployments.list(), found.directory);
    if (found === undefined || view === undefined) return new Map();
    if (isAbsent(view.snapshot) && runWords(view) === '') return new Map();
    const driven = view.link.kind === 'live';
    const marks = marksOf({ ...found, lines: linesOf(document) }, view);
    const byShape = Map.groupBy(marks, (mark: InstanceMark) => shapeOf(mark, driven));
    return new Map([...byShape].map(([shape, group]) => [shape, group.map(({ line }) => line)]));
}

function linesOf(document: vscode.TextDocument): readonly string[] {
    return document.getText().split(/\r\n|\r|\n/);
}
