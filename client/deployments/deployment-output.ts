/** Output of recipes in terminals of the window, one a deployment or instance: they show what was there before and follow what comes. */
import * as vscode from 'vscode';
import type { RunnerEvent } from '../../runner/protocol.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import type { DeploymentView } from './deployment-view.ts';
import type { Deployments } from './deployments.ts';
import type { RunnerAccess } from './engine.ts';
import { createTerminalLines, type TerminalLines } from './terminal-lines.ts';

export interface DeploymentOutput extends vscode.Disposable {
    /** Shows the output of the sub-trees of `paths` (empty = all); the focus stays where it is. */
    readonly show: (deployment: DeploymentView, paths: readonly string[]) => void;
    /** What a terminal of ours shows; undefined for any other. */
    readonly shownIn: (terminal: vscode.Terminal) => ShownOutput | undefined;
}

export interface ShownOutput {
    readonly deployment: string;
    readonly paths: readonly string[];
}

export interface DeploymentOutputConfig {
    readonly deployments: Pick<Deployments, 'find' | 'onEvent' | 'onChange'>;
    readonly access: Pick<RunnerAccess, 'follow'>;
    /** Told what went wrong where nobody asked. */
    readonly report: (message: string) => void;
}

/** Events of a simulation that are kept for who looks later. */
const KEPT_EVENTS = 2000;

/** Output is read from files a little after it was written: what is told of its step waits that long. */
const EVENT_DELAY_MS = 300;

const MAX_PATH_WIDTH = 32;

interface OpenTerminal extends ShownOutput {
    readonly terminal: vscode.Terminal;
    readonly tell: (event: RunnerEvent) => void;
}

/** No terminal yet. Those of deployments that left the list are closed. */
export function createDeploymentOutput(config: DeploymentOutputConfig): DeploymentOutput {
    const { deployments } = config;
    const store = createDisposableStore();
    const terminals = new Map<string, OpenTerminal>();
    const past = new Map<string, RunnerEvent[]>();
    store.add(
        deployments.onEvent(({ deployment, event }) => {
            if (deployment.simulated) keep(past, deployment.id, event);
            for (const each of terminals.values()) if (each.deployment === deployment.id) each.tell(event);
        }),
    );
    store.add(
        deployments.onChange(() => {
            for (const { deployment, terminal } of terminals.values())
                if (deployments.find(deployment) === undefined) terminal.dispose();
            for (const id of past.keys()) if (deployments.find(id) === undefined) past.delete(id);
        }),
    );
    const open = (key: string, view: DeploymentView, paths: readonly string[]): OpenTerminal => {
        const pty = new OutputTerminal(config, view, paths, past.get(view.id) ?? []);
        pty.onEnd(() => void terminals.delete(key));
        const terminal = vscode.window.createTerminal({
            name: nameOf(view, paths),
            pty,
            iconPath: new vscode.ThemeIcon(view.simulated ? 'beaker' : 'server-process'),
            isTransient: true,
        });
        return { deployment: view.id, paths, terminal, tell: (event) => pty.tell(event) };
    };
    return {
        show: (view, paths) => {
            const key = [view.id, ...paths].join('\n');
            const shown = terminals.get(key) ?? open(key, view, paths);
            terminals.set(key, shown);
            shown.terminal.show(true);
        },
        shownIn: (terminal) => [...terminals.values()].find((each) => each.terminal === terminal),
        dispose: () => {
            store.dispose();
            for (const { terminal } of terminals.values()) terminal.dispose();
        },
    };
}

function keep(past: Map<string, RunnerEvent[]>, id: string, event: RunnerEvent): void {
    const events = past.get(id) ?? [];
    events.push(event);
    if (events.length > KEPT_EVENTS) events.shift();
    past.set(id, events);
}

function nameOf({ key, simulated }: DeploymentView, paths: readonly string[]): string {
    const name = simulated ? vscode.l10n.t('{0} (simulation)', key.deployment) : key.deployment;
    return ['Roboconf:', name, ...paths].join(' ');
}

class OutputTerminal implements vscode.Pseudoterminal {
    readonly #writes = new vscode.EventEmitter<string>();
    readonly onDidWrite = this.#writes.event;
    readonly #config: DeploymentOutputConfig;
    readonly #view: DeploymentView;
    readonly #paths: readonly string[];
    readonly #past: readonly RunnerEvent[];
    readonly #lines: TerminalLines;
    readonly #closing = new AbortController();
    readonly #timers = new Set<NodeJS.Timeout>();
    #ended: () => void = () => undefined;
    #isOpen = false;

    constructor(
        config: DeploymentOutputConfig,
        view: DeploymentView,
        paths: readonly string[],
        past: readonly RunnerEvent[],
    ) {
        this.#config = config;
        this.#view = view;
        this.#paths = paths;
        this.#past = [...past];
        this.#lines = createTerminalLines({
            paths,
            pathWidth: pathWidthOf(view),
            orderOf: this.#orderOf,
            reasonOf: this.#reasonOf,
        });
    }

    onEnd(listener: () => void): void {
        this.#ended = listener;
    }

    open(): void {
        this.#isOpen = true;
        this.#write([headOf(this.#view)]);
        if (this.#view.simulated) this.#write(this.#past.flatMap((event) => this.#lines.takeEvent(event)));
        else void this.#follow();
    }

    close(): void {
        this.#closing.abort();
        for (const timer of this.#timers) clearTimeout(timer);
        this.#ended();
    }

    tell(event: RunnerEvent): void {
        if (!this.#isOpen || event.kind === 'output') return;
        const say = (): void => this.#write(this.#lines.takeEvent(event));
        if (this.#view.simulated) return say();
        const timer = setTimeout(() => {
            this.#timers.delete(timer);
            say();
        }, EVENT_DELAY_MS);
        this.#timers.add(timer);
    }

    async #follow(): Promise<void> {
        const { signal } = this.#closing;
        try {
            const pieces = await this.#config.access.follow(this.#view.key, this.#paths, signal);
            for await (const piece of pieces) this.#write(this.#lines.takePiece(piece));
        } catch (fault) {
            // The terminal says that it shows no more; what it shows stays.
            if (signal.aborted) return;
            this.#config.report(`${this.#view.key.deployment}: ${String(fault)}`);
            this.#write([
                vscode.l10n.t('The output cannot be followed any more. Close this terminal and open it again.'),
            ]);
        }
    }

    readonly #orderOf = (path: string): number => {
        const view = this.#config.deployments.find(this.#view.id) ?? this.#view;
        return view.snapshot.instances.findIndex((instance) => instance.path === path);
    };

    readonly #reasonOf = (path: string, attempt: string): string | undefined => {
        const view = this.#config.deployments.find(this.#view.id);
        const failure = view?.snapshot.instances.find((instance) => instance.path === path)?.failure ?? null;
        return failure?.attempt === attempt ? failure.message : undefined;
    };

    #write(lines: readonly string[]): void {
        if (lines.length > 0) this.#writes.fire(lines.map((line) => `${line}\r\n`).join(''));
    }
}

function headOf({ key, simulated }: DeploymentView): string {
    const about = simulated ? vscode.l10n.t('a simulation: no recipe is run') : key.directory;
    return `\u001b[1m${key.deployment}\u001b[0m \u001b[2m${about}\u001b[0m`;
}

function pathWidthOf({ snapshot }: DeploymentView): number {
    const lengths = snapshot.instances.map(({ path }) => path.length);
    return Math.min(MAX_PATH_WIDTH, lengths.length === 0 ? 0 : lengths.reduce((one, other) => Math.max(one, other)));
}
