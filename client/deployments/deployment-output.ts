/** Output of recipes in terminals of the window, one a deployment or instance: they show what was there before and follow what comes. */
import * as vscode from 'vscode';
import type { LogPiece, StepLog } from '../../runner/index.ts';
import type { DeploymentKey, RunnerEvent } from '../../runner/protocol.ts';
import { createDisposableStore } from '../ui/disposables.ts';
import { keyOfDeployment, type DeploymentView } from './deployment-view.ts';
import type { Deployments } from './deployments.ts';
import type { RunnerAccess } from './engine.ts';
import { emptySnapshot } from './entry.ts';
import { isChanging } from './status-words.ts';
import { createTerminalLines, type TerminalLines } from './terminal-lines.ts';
import { elementId, type TreeElement } from './tree-element.ts';

export interface DeploymentOutput extends vscode.Disposable {
    /** Shows the output of the sub-trees of `paths` (empty = all); the focus stays where it is. */
    readonly show: (deployment: DeploymentView, paths: readonly string[]) => void;
    /** Shows the output of one step that has ended, also of a deployment that is over. Answers false when there is none. */
    readonly showStep: (step: PastStepName) => Promise<boolean>;
    /** What a terminal of ours shows; undefined for any other. */
    readonly shownIn: (terminal: vscode.Terminal) => ShownOutput | undefined;
}

export type PastStepName = Extract<TreeElement, { kind: 'step' }>;

export interface ShownOutput {
    readonly deployment: string;
    readonly paths: readonly string[];
}

export interface DeploymentOutputConfig {
    readonly deployments: Pick<Deployments, 'find' | 'onEvent' | 'onChange'>;
    readonly access: Pick<RunnerAccess, 'follow' | 'pastLogs'>;
    /** Told what went wrong where nobody asked. */
    readonly report: (message: string) => void;
}

/** Events of a simulation that are kept for who looks later. */
const KEPT_EVENTS = 2000;

/** Output is read from files a little after it was written: what is told of its step waits that long. */
const EVENT_DELAY_MS = 300;

const MAX_PATH_WIDTH = 32;

/** So many lines are held back while a terminal is paused: as many as it keeps above what is seen, at most. */
const MAX_HELD = 10_000;

/** Output of a step that has ended. */
interface OpenStep extends ShownOutput {
    readonly terminal: vscode.Terminal;
}

interface OpenTerminal extends OpenStep {
    readonly tell: (event: RunnerEvent) => void;
}

/** No terminal yet. Those of deployments that left the list are closed. */
export function createDeploymentOutput(config: DeploymentOutputConfig): DeploymentOutput {
    const { deployments } = config;
    const store = createDisposableStore();
    const terminals = new Map<string, OpenTerminal>();
    const steps = new Map<string, OpenStep>();
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
        const terminal = createTerminal(nameOf(view, paths), pty, view.simulated ? 'beaker' : 'server-process');
        return { deployment: view.id, paths, terminal, tell: (event) => pty.tell(event) };
    };
    const openStep = (id: string, view: DeploymentView, log: StepLog): OpenStep => {
        const follow = () => Promise.resolve(piecesOf(log));
        const pty = new OutputTerminal({ ...config, access: { follow } }, view, [log.path], []);
        pty.onEnd(() => void steps.delete(id));
        const terminal = createTerminal(nameOf(view, [log.path, log.phase]), pty, 'history');
        return { deployment: view.id, paths: [log.path], terminal };
    };
    return {
        showStep: async (step) => {
            const key = keyOfDeployment(step.deployment);
            const logs = key === undefined ? [] : await config.access.pastLogs(key, step.begunAt);
            const log = logs.find(({ attempt }) => attempt === step.attempt);
            // What still runs is to be followed.
            if (key === undefined || log === undefined || log.outcome === null) return false;
            const id = elementId(step);
            const shown = steps.get(id) ?? openStep(id, pastView(step.deployment, key), log);
            steps.set(id, shown);
            shown.terminal.show(true);
            return true;
        },
        show: (view, paths) => {
            const key = [view.id, ...paths].join('\n');
            const shown = terminals.get(key) ?? open(key, view, paths);
            terminals.set(key, shown);
            shown.terminal.show(true);
        },
        shownIn: (terminal) => [...terminals.values(), ...steps.values()].find((each) => each.terminal === terminal),
        dispose: () => {
            store.dispose();
            for (const { terminal } of terminals.values()) terminal.dispose();
            for (const { terminal } of steps.values()) terminal.dispose();
        },
    };
}

function createTerminal(name: string, pty: vscode.Pseudoterminal, icon: string): vscode.Terminal {
    return vscode.window.createTerminal({ name, pty, iconPath: new vscode.ThemeIcon(icon), isTransient: true });
}

/** A deployment of which nothing is known but its name. */
function pastView(id: string, key: DeploymentKey): DeploymentView {
    const snapshot = emptySnapshot(key, false);
    return { id, key, simulated: false, link: { kind: 'idle' }, snapshot, unknownSteps: [], changedAt: 0 };
}

function piecesOf({ path, phase, attempt, outcome, stdout, stderr }: StepLog): readonly LogPiece[] {
    const about = { path, phase, attempt };
    const output = { stdout, stderr };
    const written = (['stdout', 'stderr'] as const).filter((stream) => output[stream] !== '');
    return [
        ...written.map((stream) => ({ kind: 'output', ...about, stream, text: output[stream] }) as const),
        ...(outcome === null ? [] : [{ kind: 'ended', ...about, outcome } as const]),
    ];
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

/** Where a terminal's lines come from: as they appear, or all at once. */
type TerminalConfig = Omit<DeploymentOutputConfig, 'access'> & {
    readonly access: {
        readonly follow: (
            ...given: Parameters<RunnerAccess['follow']>
        ) => Promise<AsyncIterable<LogPiece> | readonly LogPiece[]>;
    };
};

class OutputTerminal implements vscode.Pseudoterminal {
    readonly #writes = new vscode.EventEmitter<string>();
    readonly onDidWrite = this.#writes.event;
    readonly #config: TerminalConfig;
    readonly #view: DeploymentView;
    readonly #paths: readonly string[];
    readonly #past: readonly RunnerEvent[];
    readonly #lines: TerminalLines;
    readonly #closing = new AbortController();
    readonly #timers = new Set<NodeJS.Timeout>();
    #ended: () => void = () => undefined;
    #isOpen = false;
    /** Lines that came while it was paused; null = it follows. */
    #held: string[] | null = null;

    constructor(config: TerminalConfig, view: DeploymentView, paths: readonly string[], past: readonly RunnerEvent[]) {
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

    /** Space holds back what comes, and lets it go on. */
    handleInput(typed: string): void {
        if (typed !== ' ') return;
        const held = this.#held;
        this.#held = held === null ? [] : null;
        if (held === null) this.#writes.fire(noteOf(vscode.l10n.t('Paused: press Space to go on.')));
        else this.#write(held.length === 0 ? [] : [vscode.l10n.t('{0} lines came meanwhile.', held.length), ...held]);
    }

    close(): void {
        this.#closing.abort();
        for (const timer of this.#timers) clearTimeout(timer);
        this.#ended();
    }

    tell(event: RunnerEvent): void {
        if (!this.#isOpen || event.kind === 'output') return;
        const lines = this.#lines.takeEvent(event);
        if (lines.length === 0) return;
        const say = (): void => this.#write(lines);
        // What begins is told before the output it leads to, unless something is to be told before it.
        if (this.#view.simulated || (isBeginning(event) && this.#timers.size === 0)) return say();
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
        if (this.#held !== null) {
            this.#held.push(...lines);
            if (this.#held.length > MAX_HELD) this.#held.splice(0, this.#held.length - MAX_HELD);
        } else if (lines.length > 0) this.#writes.fire(lines.map((line) => `${line}\r\n`).join(''));
    }
}

function isBeginning(event: RunnerEvent): boolean {
    if (event.kind === 'instanceChanged') return isChanging(event.instance.status);
    return event.kind === 'runBegun' || event.kind === 'runCancelling';
}

function noteOf(text: string): string {
    return `\u001b[7m ${text} \u001b[0m\r\n`;
}

function headOf({ key, simulated }: DeploymentView): string {
    const about = simulated ? vscode.l10n.t('a simulation: no recipe is run') : key.directory;
    return `\u001b[1m${key.deployment}\u001b[0m \u001b[2m${about}\u001b[0m`;
}

function pathWidthOf({ snapshot }: DeploymentView): number {
    const lengths = snapshot.instances.map(({ path }) => path.length);
    return Math.min(MAX_PATH_WIDTH, lengths.length === 0 ? 0 : lengths.reduce((one, other) => Math.max(one, other)));
}
