/**
 * What a deployment says, as lines for a terminal: every line after the path of its instance and the phase, in a colour that stays with the
 * instance. Colours of the recipes are kept; see runner/terminal-text.ts for what is not.
 */
import * as vscode from 'vscode';
import type { LogPiece } from '../../runner/index.ts';
import { isNamedBy, type RunnerEvent, type RunSummary } from '../../runner/protocol.ts';
import { colouredLine, plainLine } from '../../runner/terminal-text.ts';
import { redact } from '../ui/redact.ts';
import { withoutInstanceFolder } from './instance-folder.ts';
import { lookOf, orderName, outcomeWord } from './status-words.ts';

export interface TerminalLines {
    /** The lines a piece of output completes. */
    readonly takePiece: (piece: LogPiece) => readonly string[];
    /** What an event tells besides the output, which comes in pieces. */
    readonly takeEvent: (event: RunnerEvent) => readonly string[];
}

export interface TerminalLinesConfig {
    /** Sub-trees that are shown; empty = all. */
    readonly paths: readonly string[];
    /** Columns kept for paths, so that the texts after them stand in line. */
    readonly pathWidth: number;
    /** Where an instance stands among all of them, counted from 0; -1 when that is not known. */
    readonly orderOf: (path: string) => number;
    /** Why an attempt failed, as far as it is known. */
    readonly reasonOf: (path: string, attempt: string) => string | undefined;
}

/** A line without end is cut into pieces of this length, so that memory stays bounded. */
const MAX_LINE = 10_000;

/** The longest phase. */
const PHASE_WIDTH = 'initialize'.length;

const BAR = { stdout: '│', stderr: '┊' } as const;

/** Select graphic rendition: the numbers are those of ECMA-48. */
const sgr = (codes: string, text: string): string => `\u001b[${codes}m${text}\u001b[0m`;
const BOLD = '1';
const DIM = '2';
const RED = '31';
const GREEN = '32';
const YELLOW = '33';

/** Colours of instances. Red is not among them: it is for what failed. */
const COLOURS = ['36', '35', '34', '32', '33', '96', '95', '94'] as const;

/** What is known of one stream of an attempt between two pieces. */
interface StreamState {
    readonly rest: string;
    readonly renditions: readonly string[];
}

const FRESH: StreamState = { rest: '', renditions: [] };

/** Nothing of which anything was said yet. */
export function createTerminalLines(config: TerminalLinesConfig): TerminalLines {
    const streams = new Map<string, StreamState>();
    const nameOf = (path: string): string => sgr(colourOf(config.orderOf(path), path), path.padEnd(config.pathWidth));
    const prefixOf = (path: string, phase: string): string => `${nameOf(path)} ${sgr(DIM, phase.padEnd(PHASE_WIDTH))}`;

    const takeOutput = (piece: Extract<LogPiece, { kind: 'output' }>): readonly string[] => {
        const key = `${piece.stream} ${piece.attempt}`;
        const { rest, renditions } = streams.get(key) ?? FRESH;
        const [lines, left] = splitLines(rest + piece.text);
        let active = renditions;
        const shown = lines.map((line) => {
            const coloured = colouredLine(withoutInstanceFolder(redact(line)), active);
            active = coloured.renditions;
            return `${prefixOf(piece.path, piece.phase)} ${barOf(piece.stream)} ${coloured.text}`;
        });
        streams.set(key, { rest: left, renditions: active });
        return shown;
    };
    const flush = (piece: Extract<LogPiece, { kind: 'ended' }>): readonly string[] =>
        (['stdout', 'stderr'] as const).flatMap((stream) => {
            const rest = streams.get(`${stream} ${piece.attempt}`)?.rest ?? '';
            return rest === '' ? [] : takeOutput({ ...piece, kind: 'output', stream, text: '\n' });
        });
    const end = (piece: Extract<LogPiece, { kind: 'ended' }>): string => {
        const reason = config.reasonOf(piece.path, piece.attempt);
        const text = reason === undefined ? piece.outcome : endText(piece, plainLine(redact(reason)));
        const isGood = piece.outcome === 'succeeded';
        return `${prefixOf(piece.path, piece.phase)} ${sgr(isGood ? GREEN : RED, `${isGood ? '✓' : '✗'} ${text}`)}`;
    };
    return {
        takePiece: (piece) => (piece.kind === 'output' ? takeOutput(piece) : [...flush(piece), end(piece)]),
        takeEvent: (event) => {
            if (event.kind === 'runBegun' || event.kind === 'runCancelling' || event.kind === 'runEnded')
                return [runLine(event.run)];
            if (event.kind !== 'instanceChanged' || !isNamedBy(event.instance.path, config.paths)) return [];
            const { path, status } = event.instance;
            if (status === event.from) return [];
            const words = `${lookOf(status).word} · ${event.because}`;
            return [`${nameOf(path)} ${sgr(DIM, plainLine(redact(words)))}`];
        },
    };
}

/** `failed: exited with code 7`: the line names the phase already, which many reasons begin with. */
function endText({ phase, outcome }: Extract<LogPiece, { kind: 'ended' }>, reason: string): string {
    return reason.startsWith(`${phase} ${outcome}: `) ? reason.slice(phase.length + 1) : `${outcome}: ${reason}`;
}

/** Neighbours have different colours; an instance keeps its own as long as the model is the same. */
function colourOf(order: number, path: string): string {
    return COLOURS[(order < 0 ? path.length : order) % COLOURS.length] ?? COLOURS[0];
}

function barOf(stream: 'stdout' | 'stderr'): string {
    return sgr(stream === 'stderr' ? YELLOW : DIM, BAR[stream]);
}

function runLine(run: RunSummary): string {
    const what = [orderName(run.order), ...run.paths].join(' ');
    const rule = (colour: string, text: string): string => sgr(`${BOLD};${colour}`, `── ${text}`);
    if (run.outcome !== null)
        return rule(run.outcome === 'succeeded' ? GREEN : RED, `${what}: ${outcomeWord(run.outcome)}`);
    return run.cancelling ? rule(YELLOW, vscode.l10n.t('{0}: cancelling', what)) : sgr(BOLD, `── ${what}`);
}

function splitLines(text: string): readonly [readonly string[], string] {
    const pieces = text.split('\n');
    const rest = pieces.pop() ?? '';
    return rest.length < MAX_LINE ? [pieces, rest] : [[...pieces, rest], ''];
}
