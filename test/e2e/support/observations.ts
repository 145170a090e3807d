/** What each part of the product says of every instance, read where a person or a program reads it: view, graph, command line, journal. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import type { Session } from '../../../scripts/workbench/session.ts';
import { editorPage } from './editor-page.ts';
import { until } from './poll.ts';

/** Roboconf's name of the status of each instance, by its path. */
export type States = Readonly<Record<string, string>>;

/** The journal as any other program reads it (docs/journal.md): what its records add up to. */
export type JournalView = {
    readonly sequence: number;
    /** The numbers of the runners that wrote it, in order, each once. */
    readonly fences: readonly number[];
    readonly states: States;
    /** `PHASE PATH` of every step begun, in order. */
    readonly steps: readonly string[];
};

type Row = { readonly level: number; readonly index: number; readonly label: string };

const instanceLabel = /^(?<name>[^,]+), [^:]+: .*\((?<status>[A-Z_]+)\)$/;

const shownRows = async (page: Page): Promise<readonly Row[]> => {
    const rows = await page.locator('.part.sidebar .pane-body .monaco-list-row').evaluateAll((elements) =>
        elements.map((element) => ({
            level: Number(element.getAttribute('aria-level')),
            index: Number(element.getAttribute('data-index')),
            label: element.getAttribute('aria-label') ?? '',
        })),
    );
    // The workbench adds and removes rows where it has room for them, not in their order.
    return rows.toSorted((one, other) => one.index - other.index);
};

/** The Deployments view of a window, which must be open: an instance's path follows from the rows it stands below. */
export const statesInTree = async (page: Page): Promise<States> => {
    const above: { readonly level: number; readonly path: string }[] = [];
    const states: Record<string, string> = {};
    for (const { level, label } of await shownRows(page)) {
        const { name, status } = instanceLabel.exec(label)?.groups ?? {};
        if (name === undefined || status === undefined) continue;
        while ((above.at(-1)?.level ?? 0) >= level) above.pop();
        const own = `${above.at(-1)?.path ?? ''}/${name}`;
        above.push({ level, path: own });
        states[own] = status;
    }
    return states;
};

// The badge says it in words; waiting instances also say for what.
const badgeStatus: readonly (readonly [RegExp, string])[] = [
    [/^not deployed/, 'NOT_DEPLOYED'],
    [/^deploying/, 'DEPLOYING'],
    [/^stopped/, 'DEPLOYED_STOPPED'],
    [/^waiting for (its )?parent/, 'WAITING_FOR_ANCESTOR'],
    [/^waiting for /, 'UNRESOLVED'],
    [/^starting/, 'STARTING'],
    [/^started/, 'DEPLOYED_STARTED'],
    [/^stopping/, 'STOPPING'],
    [/^undeploying/, 'UNDEPLOYING'],
];

const statusOfBadge = (words: string): string =>
    badgeStatus.find(([pattern]) => pattern.test(words))?.[1] ?? `'${words}'`;

const webviewsOf = async (page: Page): Promise<readonly FrameLocator[]> => {
    const count = await page.locator('iframe.webview.ready').count();
    return Array.from({ length: count }, (_, nth) => editorPage(page).webview(nth));
};

type Badge = readonly [node: string, words: string | null];

const badgesIn = async (webview: FrameLocator): Promise<readonly Badge[]> =>
    webview.locator('[data-node^="instance:"]').evaluateAll((elements) =>
        elements.map((element): Badge => [
            element.getAttribute('data-node') ?? '',
            // The label of a container is drawn above the lines that cross it, beside the name.
            (
                element.querySelector('.state .state-text') ??
                document.querySelector(
                    `.title[data-of="${element.getAttribute('data-node') ?? ''}"] .state .state-text`,
                )
            )?.textContent ?? null,
        ]),
    );

/** The graph panel of a window that shows instances; webviews stand in the page in no order. Instances without a badge are left out. */
const statesInGraph = async (page: Page): Promise<States> => {
    const webviews = await webviewsOf(page);
    const nodes = (await Promise.all(webviews.map(badgesIn))).find((badges) => badges.length > 0) ?? [];
    const entries = nodes.flatMap(([node, words]) =>
        words === null ? [] : [[node.replace(/^instance:/, ''), statusOfBadge(words)] as const],
    );
    return Object.fromEntries(entries);
};

/** What `roboconf status` prints about the session's application. `isDriven`: a runner lives. */
export const statusInTerminal = async (
    session: Session,
): Promise<{ readonly states: States; readonly isDriven: boolean; readonly sequence: number }> => {
    const { code, out, err } = await session.roboconf('status', session.folder, '--format', 'json');
    assert.equal(code, 0, `roboconf status ends well: ${err}`);
    // The record of a public contract, read as any program would.
    const record = JSON.parse(out) as {
        readonly instances: readonly { readonly path: string; readonly status: string }[];
        readonly alive?: boolean;
        readonly sequence?: number;
    };
    const states = Object.fromEntries(record.instances.map((instance) => [instance.path, instance.status]));
    return { states, isDriven: record.alive === true, sequence: record.sequence ?? -1 };
};

type JournalLine = {
    readonly seq: number;
    readonly fence: number;
    readonly event: {
        readonly kind: string;
        readonly path?: string;
        readonly phase?: string;
        readonly model?: { readonly instances: readonly { readonly path: string }[] };
        readonly changes?: readonly { readonly path: string; readonly status: string }[];
    };
};

const journalFiles = (state: string): readonly string[] =>
    readdirSync(state)
        .map((folder) => path.join(state, folder, 'current', 'journal.jsonl'))
        .filter((file) => existsSync(file));

const journalLines = (file: string): readonly JournalLine[] =>
    // What follows the last line end is being written at this moment.
    readFileSync(file, 'utf8')
        .split('\n')
        .slice(0, -1)
        // Written by the runner alone, in a documented form.
        .map((line) => JSON.parse(line) as JournalLine);

/** Replays the only journal of the session's state directory. Throws when there is none, or more than one. */
export const replayJournal = (session: Session): JournalView => {
    const files = journalFiles(session.state);
    const [file] = files;
    assert.ok(file !== undefined && files.length === 1, `one journal: ${files.join(', ')}`);
    const lines = journalLines(file);
    const states: Record<string, string> = {};
    for (const { event } of lines) {
        for (const instance of event.model?.instances ?? []) states[instance.path] = 'NOT_DEPLOYED';
        for (const change of event.changes ?? []) states[change.path] = change.status;
    }
    const begun = lines.filter(({ event }) => event.kind === 'stepBegun');
    return {
        sequence: lines.at(-1)?.seq ?? -1,
        fences: [...new Set(lines.map(({ fence }) => fence))],
        states,
        steps: begun.map(({ event }) => `${event.phase ?? ''} ${event.path ?? ''}`),
    };
};

const sorted = (states: States): States =>
    Object.fromEntries(Object.entries(states).toSorted(([one], [other]) => (one < other ? -1 : 1)));

/** What each place says. */
export type Told = Readonly<Record<string, States>>;

/** Where a place differs from the journal, a line for each; that it says nothing at all is one line. */
const differencesOf = (place: string, states: States, journal: States): readonly string[] => {
    if (Object.keys(states).length === 0) return [`${place}: no instance is shown`];
    const paths = [...new Set([...Object.keys(journal), ...Object.keys(states)])].toSorted();
    return paths
        .filter((each) => states[each] !== journal[each])
        .map(
            (each) => `${place}: ${each} is ${states[each] ?? 'not shown'}, recorded as ${journal[each] ?? 'nothing'}`,
        );
};

/** Where the other places differ from what is recorded, a line for each difference. */
export const whatDiffers = ({ journal = {}, ...others }: Told): string => {
    const lines = Object.entries(others).flatMap(([place, states]) => differencesOf(place, states, journal));
    return lines.length > 0 ? lines.join('\n') : 'all agree, but something was recorded whenever they were read';
};

/**
 * Waits until the view and the graph of `page`, `roboconf status` and the journal name the same status for every
 * instance, at an instant at which nothing was recorded while they were read; gives that state. Throws with what
 * differed at the last look.
 */
export const agreedStates = async (session: Session, page: Page): Promise<States> => {
    let latest: Told = {};
    const ask = async (): Promise<States | false> => {
        const journal = replayJournal(session);
        const tree = sorted(await statesInTree(page));
        const graph = sorted(await statesInGraph(page));
        const terminal = sorted((await statusInTerminal(session)).states);
        const recorded = sorted(journal.states);
        latest = { journal: recorded, terminal, tree, graph };
        const [expected, ...others] = Object.values(latest).map((states) => JSON.stringify(states));
        const isQuiet = replayJournal(session).sequence === journal.sequence;
        return isQuiet && others.every((states) => states === expected) && recorded;
    };
    return until('view, graph, terminal and journal agree', ask).catch((error: unknown) => {
        throw new Error(`view, graph, terminal and journal do not agree\n${whatDiffers(latest)}`, { cause: error });
    });
};
