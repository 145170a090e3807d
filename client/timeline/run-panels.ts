/** The run panels of the window: one a run or pair of runs, alive while it goes on, back after a reload. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { runsOf, timelinePageHtml, type PageRun } from '../../media/timeline/page.ts';
import { parseFromTimeline, type FromTimeline } from '../../media/timeline/protocol.ts';
import type { Deployments } from '../deployments/deployments.ts';
import type { Boundary } from '../ui/boundary.ts';
import { coalesce } from '../ui/coalesce.ts';
import { createDisposableStore, type DisposableStore } from '../ui/disposables.ts';
import { DONE, type Outcome } from '../ui/outcome.ts';
import { timelineTexts } from './page-texts.ts';
import { createRunSession, type RunSession } from './run-session.ts';
import type { RunRecords } from './run-records.ts';

const RUN_VIEW_TYPE = 'roboconf.run';

/** Runs come with many events; five pictures a second are as many as an eye can follow. */
const REFRESH_MS = 200;

export interface RunPanelsConfig {
    readonly context: Pick<vscode.ExtensionContext, 'extensionUri'>;
    readonly records: RunRecords;
    readonly deployments: Pick<Deployments, 'find' | 'onChange'>;
    readonly boundary: Boundary;
    readonly now: () => number;
}

/** The runs of a panel. */
export interface ShownRuns {
    readonly run: PageRun;
    /** What it is compared with; null = it is looked at alone. */
    readonly other: PageRun | null;
}

/** What a page asks for that others do. */
export type RunDeed = Extract<FromTimeline, { readonly kind: 'select' | 'graph' | 'output' | 'recipe' | 'compare' }>;

export interface RunPanels extends vscode.Disposable {
    /** Shows a run, or two side by side: in their panel when they have one. */
    readonly show: (runs: ShownRuns) => void;
    /** Ids of the deployments whose runs are seen. */
    readonly visible: () => readonly string[];
    /** Who does what pages ask for. */
    readonly serve: (deed: (run: PageRun, deed: RunDeed) => Promise<Outcome<unknown>>) => void;
}

/** No panel yet, but those the editor brings back after a reload. */
export function createRunPanels(config: RunPanelsConfig): RunPanels {
    const panels = new RunPanelList(config);
    return {
        show: (runs) => panels.show(runs),
        visible: () => panels.visible(),
        serve: (deed) => void (panels.deed = deed),
        dispose: () => panels.dispose(),
    };
}

interface OpenPanel {
    readonly runs: ShownRuns;
    readonly panel: vscode.WebviewPanel;
    readonly session: RunSession;
}

class RunPanelList implements vscode.Disposable {
    deed: (run: PageRun, deed: RunDeed) => Promise<Outcome<unknown>> = () => Promise.resolve(DONE);
    readonly #config: RunPanelsConfig;
    readonly #panels = new Map<string, OpenPanel>();
    readonly #store: DisposableStore = createDisposableStore();

    constructor(config: RunPanelsConfig) {
        this.#config = config;
        const refresh = this.#store.add(coalesce(REFRESH_MS, () => this.#refresh()));
        this.#store.add(config.records.onChange(refresh.request));
        this.#store.add(config.deployments.onChange(refresh.request));
        this.#store.add(
            vscode.window.registerWebviewPanelSerializer(RUN_VIEW_TYPE, {
                deserializeWebviewPanel: (panel, state: unknown) => Promise.resolve(this.#restore(panel, state)),
            }),
        );
    }

    show(runs: ShownRuns): void {
        const known = this.#panels.get(idOf(runs));
        if (known !== undefined) {
            known.panel.reveal();
            return;
        }
        const place = { viewColumn: vscode.ViewColumn.Active, preserveFocus: false };
        const options = { enableScripts: true, enableFindWidget: true };
        this.#adopt(vscode.window.createWebviewPanel(RUN_VIEW_TYPE, vscode.l10n.t('Run'), place, options), runs);
    }

    visible(): readonly string[] {
        const seen = [...this.#panels.values()].filter(({ panel }) => panel.visible);
        return seen.map(({ runs }) => runs.run.deployment);
    }

    dispose(): void {
        this.#store.dispose();
        // A panel that is disposed here would not come back after a reload.
        for (const { session } of this.#panels.values()) session.dispose();
        this.#panels.clear();
    }

    #restore(panel: vscode.WebviewPanel, state: unknown): void {
        const runs = runsOf(state);
        // Nothing is known of it: an empty panel would tell even less.
        if (runs === undefined || this.#panels.has(idOf(runs))) panel.dispose();
        else this.#adopt(panel, runs);
    }

    #adopt(panel: vscode.WebviewPanel, runs: ShownRuns): void {
        const { context, records, deployments, boundary, now } = this.#config;
        const assets = vscode.Uri.joinPath(context.extensionUri, 'dist');
        const icons = vscode.Uri.joinPath(context.extensionUri, 'media', 'icons');
        const session = createRunSession({
            runs,
            records,
            deployments,
            boundary,
            now,
            post: (message) => void panel.webview.postMessage(message),
            name: (title) => void (panel.title = title),
        });
        this.#panels.set(idOf(runs), { runs, panel, session });
        panel.iconPath = {
            light: vscode.Uri.joinPath(icons, 'run-light.svg'),
            dark: vscode.Uri.joinPath(icons, 'run-dark.svg'),
        };
        panel.onDidDispose(() => {
            session.dispose();
            this.#panels.delete(idOf(runs));
        });
        panel.webview.onDidReceiveMessage((raw: unknown) => {
            const message = parseFromTimeline(raw);
            if (message !== undefined) void boundary.run('Run', () => this.#obey(session, runs, message));
        });
        panel.webview.options = { enableScripts: true, localResourceRoots: [assets] };
        panel.webview.html = pageHtml(panel.webview, assets, runs);
    }

    async #obey(session: RunSession, runs: ShownRuns, message: FromTimeline): Promise<Outcome<unknown>> {
        switch (message.kind) {
            case 'ready':
                session.start();
                return DONE;
            case 'swap':
                if (runs.other !== null) this.show({ run: runs.other, other: runs.run });
                return DONE;
            case 'openRun': {
                const run = message.side === 'left' ? runs.run : runs.other;
                if (run !== null) this.show({ run, other: null });
                return DONE;
            }
            case 'select':
            case 'graph':
            case 'output':
            case 'recipe':
            case 'compare':
                return this.deed(runs.run, message);
            default:
                return message satisfies never;
        }
    }

    #refresh(): void {
        for (const { session } of this.#panels.values()) session.refresh();
    }
}

function idOf({ run, other }: ShownRuns): string {
    const name = ({ deployment, begunAt, run: id }: PageRun): string => `${deployment}\n${String(begunAt)}\n${id}`;
    return other === null ? name(run) : `${name(run)}\n${name(other)}`;
}

function pageHtml(webview: vscode.Webview, assets: vscode.Uri, { run, other }: ShownRuns): string {
    return timelinePageHtml({
        scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(assets, 'timeline.js')).toString(),
        styleUri: webview.asWebviewUri(vscode.Uri.joinPath(assets, 'timeline.css')).toString(),
        cspSource: webview.cspSource,
        nonce: randomBytes(18).toString('base64url'),
        run,
        other,
        language: vscode.env.language,
        texts: timelineTexts(),
    });
}
