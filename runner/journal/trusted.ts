/**
 * A journal beside what was done because of it. A record is on the disk before anything follows from it, so a step or an instance that
 * the journal does not know means that records are gone: it was emptied, cut at the end of a line, or deleted.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn, stepDirectoryOf, type DeploymentPaths } from '../state-directory.ts';
import { attemptCountOf } from '../core/saved-state.ts';
import { readRecentJournal, type JournalAnswer, type ReadJournal } from './read.ts';
import type { JournalSnapshot } from './snapshot.ts';

/** The journal of a deployment; damaged when it lacks records of what lies beside it. */
export function readTrustedJournal(paths: DeploymentPaths): JournalAnswer {
    // Listed first: what is begun after the listing may be recorded meanwhile, never the other way round.
    const steps = namesIn(paths.steps);
    const instances = namesIn(paths.instances);
    const journal = readRecentJournal(paths.journal);
    if (journal.kind === 'empty') return instances.length === 0 ? journal : lost(paths, 1, 'is not there, or is empty');
    if (journal.kind !== 'read') return journal;
    const unknown = unknownSteps(paths, journal, steps);
    const [step] = unknown;
    if (step === undefined) return journal;
    const count = unknown.length === 1 ? '' : ` and ${unknown.length - 1} more`;
    return lost(paths, journal.end.seq + 2, `lacks its end: the step ${step}${count} was begun after its last record`);
}

function unknownSteps(
    paths: DeploymentPaths,
    { events, snapshot }: ReadJournal,
    directories: readonly string[],
): readonly string[] {
    if (directories.length === 0) return [];
    const begun = events.filter((event) => event.kind === 'stepBegun');
    const known = new Set(begun.map(({ attempt }) => stepDirectoryOf(paths, attempt).slice(paths.steps.length + 1)));
    // A folder that was put into the history since it was listed belongs to another journal.
    return directories.filter(
        (name) => !known.has(name) && !isOlder(name, snapshot) && existsSync(join(paths.steps, name)),
    );
}

/** Whether a step's name (`run-<sequence>-<attempts so far>`) was given before the snapshot was made. */
function isOlder(name: string, snapshot: JournalSnapshot | null): boolean {
    const [, sequence, attempt] = /^run-(\d+)-(\d+)$/.exec(name) ?? [];
    if (snapshot === null || sequence === undefined || attempt === undefined) return false;
    return Number(sequence) <= snapshot.end.seq && Number(attempt) <= attemptCountOf(snapshot.state);
}

function lost(paths: DeploymentPaths, line: number, what: string): JournalAnswer {
    const message = `The journal ${paths.journal} ${what}, but ${paths.current} still holds what was deployed. The runner does not guess what happened: restore the file from a backup; or end by hand what runs from ${paths.instances}, then move ${paths.current} away and deploy again.`;
    return { kind: 'damaged', line, message };
}
