/** The journals of a deployment and of those before it under its name, looked through and shown without any runner. */
import { basename, dirname, relative } from 'node:path';
import { readTrustedJournal } from './journal/trusted.ts';
import type { JournalRecord } from './journal/record.ts';
import { recordsOf, verifyJournal, type TrustedPart, type VerifiedFile } from './journal/verify.ts';
import { placesOf } from './read-history.ts';
import { defaultStateDirectory, deploymentKeyOf, deploymentPathsOf, type DeploymentPaths } from './state-directory.ts';

/** What became of the journal of one deployment. */
export interface JournalVerdict {
    /** `current`, or the name of a deployment that is over. */
    readonly deployment: string;
    /** Absolute: what the names of the files begin from. */
    readonly directory: string;
    /** Named below `directory`, oldest first, the snapshot last. */
    readonly files: readonly VerifiedFile[];
    /** Null when not even the first record is whole. */
    readonly trusted: TrustedPart | null;
    /** Why records must be missing although those that are there are whole; null when none are. */
    readonly lost: string | null;
    readonly isWhole: boolean;
}

/** Looks through all journals that are kept under a name, the one in use first, then the latest. */
export function verifyJournals(
    directory: string,
    deployment: string,
    stateDirectory?: string,
): readonly JournalVerdict[] {
    const paths = pathsOf(directory, deployment, stateDirectory);
    return placesOf(paths).flatMap((place): readonly JournalVerdict[] => {
        const { files, trusted, isWhole } = verifyJournal(place.journal);
        const folder = dirname(place.journal);
        const lost = place === paths && isWhole ? lossIn(paths) : null;
        if (files.length === 0 && lost === null) return [];
        const named = files.map((each) => ({ ...each, file: relative(folder, each.file) }));
        const about = { deployment: basename(folder), directory: folder, files: named, trusted };
        return [{ ...about, lost, isWhole: isWhole && lost === null }];
    });
}

/** The records of the journal in use, or of the latest, up to the first damage. Throws what the disk says. */
export function readRecords(directory: string, deployment: string, stateDirectory?: string): readonly JournalRecord[] {
    for (const { journal } of placesOf(pathsOf(directory, deployment, stateDirectory))) {
        const records = recordsOf(journal);
        if (records.length > 0) return records;
    }
    return [];
}

function pathsOf(directory: string, deployment: string, stateDirectory?: string): DeploymentPaths {
    return deploymentPathsOf(stateDirectory ?? defaultStateDirectory(), deploymentKeyOf(directory, deployment));
}

function lossIn(paths: DeploymentPaths): string | null {
    const journal = readTrustedJournal(paths);
    return journal.kind === 'damaged' || journal.kind === 'unreadable' ? journal.message : null;
}
