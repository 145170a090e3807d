/**
 * The output of steps as it appears, read from the deployment's files: it needs no runner, and outlives those that come and go.
 * A program that a `start` or `update` left running is followed until the instance has been stopped.
 */
import { join } from 'node:path';
import { systemClock } from './clock.ts';
import type { CoreEvent } from './core/event.ts';
import { isNamedBy } from './core/instance-path.ts';
import { openJournalFollower } from './journal/follow.ts';
import { createStreamReader, type StreamReader } from './local/stream-reader.ts';
import type { FollowOptions, LogPiece } from './runner.ts';
import {
    defaultStateDirectory,
    deploymentKeyOf,
    deploymentPathsOf,
    namesIn,
    retiredPathsOf,
    stepDirectoryOf,
    type DeploymentPaths,
} from './state-directory.ts';

const POLL_MS = 120;
/** Programs left running are looked at every so many polls. */
const LEFT_EVERY = 8;

/**
 * Follows the steps of the sub-trees of `instancePaths` (empty = all): first what there is (of each stream its end, as `readLogs`),
 * then what comes, of this deployment and those that follow it under the name. Ends when the signal aborts.
 */
export async function* followLogs(
    directory: string,
    deployment: string,
    instancePaths: readonly string[],
    { stateDirectory, signal }: FollowOptions,
): AsyncGenerator<LogPiece, void, undefined> {
    const paths = deploymentPathsOf(stateDirectory ?? defaultStateDirectory(), deploymentKeyOf(directory, deployment));
    const retired = new Set(namesIn(paths.historyDirectory));
    let followed: FollowedDeployment | null = null;
    try {
        for (let poll = 0; !signal.aborted; poll++) {
            if (followed === null) {
                followed = openDeployment(paths, instancePaths);
                // What was retired before the opening is in the list; what is retired right after it is followed to its end.
                yield* missedPieces(paths, instancePaths, { seen: retired, followed });
            }
            const pieces = followed?.poll(poll % LEFT_EVERY === 0) ?? [];
            yield* pieces;
            if (followed?.isOver() === true) {
                yield* restOf(followed, retired);
                followed = null;
            } else if (pieces.length === 0) await systemClock.sleep(POLL_MS, signal);
        }
    } finally {
        followed?.close();
    }
}

interface FollowedDeployment {
    /** What appeared since the last call; `withLeft` looks at programs left running too. */
    readonly poll: (withLeft: boolean) => readonly LogPiece[];
    /** Another deployment has taken its place, or it was deleted. */
    readonly isOver: () => boolean;
    /** Its name in the history; undefined when it is not there. */
    readonly retiredName: () => string | undefined;
    /** The rest of what was written before it was put there. Nothing may be called after it. */
    readonly finish: () => readonly LogPiece[];
    readonly close: () => void;
}

interface FollowedStep {
    readonly about: Pick<LogPiece, 'path' | 'phase' | 'attempt'>;
    readonly streams: readonly (readonly ['stdout' | 'stderr', StreamReader])[];
    ended: boolean;
}

function openDeployment(paths: DeploymentPaths, instancePaths: readonly string[]): FollowedDeployment | null {
    const journal = openJournalFollower(paths.journal);
    if (journal === null) return null;
    const steps = new Map<string, FollowedStep>();
    let place = paths;
    /** The folder may be put into the history between any two looks at it. */
    const relocate = (): boolean => {
        const name = journal.isAt(place.journal) ? undefined : retiredName();
        if (name !== undefined) place = retiredPathsOf(paths, name);
        return name !== undefined;
    };
    const outputOf = (step: FollowedStep): readonly LogPiece[] => {
        const pieces = outputIn(place, step);
        return relocate() ? [...pieces, ...outputIn(place, step)] : pieces;
    };
    const take = (event: CoreEvent): readonly LogPiece[] => {
        if (event.kind === 'stepBegun' && isNamedBy(event.path, instancePaths)) steps.set(event.attempt, stepOf(event));
        return event.kind === 'stepEnded' ? endStep(steps, outputOf, event) : [];
    };
    const retiredName = (): string | undefined =>
        namesIn(paths.historyDirectory).find((name) => journal.isAt(retiredPathsOf(paths, name).journal));
    const poll: FollowedDeployment['poll'] = (withLeft) => {
        const pieces = journal
            .read(place.journal)
            .flatMap(({ event }) => (event.kind === 'deploymentOpened' ? [] : take(event)));
        const watched = [...steps.values()].filter(({ ended }) => withLeft || !ended);
        return [...pieces, ...watched.flatMap(outputOf)];
    };
    return {
        poll,
        isOver: () => !journal.isAt(paths.journal),
        retiredName,
        finish: () => {
            relocate();
            const pieces = poll(true);
            journal.close();
            return pieces;
        },
        close: journal.close,
    };
}

function stepOf({ path, phase, attempt }: Extract<CoreEvent, { kind: 'stepBegun' }>): FollowedStep {
    const streams = (['stdout', 'stderr'] as const).map((stream) => [stream, createStreamReader()] as const);
    return { about: { path, phase, attempt }, streams, ended: false };
}

/** What a step wrote is on the disk before its end is recorded. */
function endStep(
    steps: Map<string, FollowedStep>,
    outputOf: (step: FollowedStep) => readonly LogPiece[],
    { attempt, path, phase, result }: Extract<CoreEvent, { kind: 'stepEnded' }>,
): readonly LogPiece[] {
    const step = steps.get(attempt);
    if (phase === 'stop') forgetLeft(steps, path);
    if (step === undefined) return [];
    const pieces = outputOf(step);
    step.ended = true;
    if (result.kind !== 'succeeded' || (phase !== 'start' && phase !== 'update')) steps.delete(attempt);
    return [...pieces, { kind: 'ended', ...step.about, outcome: result.kind }];
}

/** Forgets what the steps of an instance that is stopped left running. */
function forgetLeft(steps: Map<string, FollowedStep>, instancePath: string): void {
    for (const [attempt, { about, ended }] of steps) if (ended && about.path === instancePath) steps.delete(attempt);
}

function outputIn(place: DeploymentPaths, { about, streams }: FollowedStep): readonly LogPiece[] {
    const directory = stepDirectoryOf(place, about.attempt);
    return streams.flatMap(([stream, reader]): readonly LogPiece[] => {
        const text = reader.read(join(directory, stream));
        return text === '' ? [] : [{ kind: 'output', ...about, stream, text }];
    });
}

function restOf(followed: FollowedDeployment, seen: Set<string>): readonly LogPiece[] {
    const name = followed.retiredName();
    if (name !== undefined) seen.add(name);
    return followed.finish();
}

/** All of deployments that came and went between two looks. */
function missedPieces(
    paths: DeploymentPaths,
    instancePaths: readonly string[],
    { seen, followed }: { readonly seen: Set<string>; readonly followed: FollowedDeployment | null },
): readonly LogPiece[] {
    const names = namesIn(paths.historyDirectory).toSorted();
    const own = followed?.retiredName();
    const missed = names.filter((name) => !seen.has(name) && name !== own);
    if (own !== undefined) seen.add(own);
    return missed.flatMap((name) => {
        seen.add(name);
        return openDeployment(retiredPathsOf(paths, name), instancePaths)?.finish() ?? [];
    });
}
