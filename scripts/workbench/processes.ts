/** Looks for the processes of one workbench, wherever they have detached themselves to, by the paths they carry. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { runCommand } from './command.ts';

/** A live process: its id, its process group and its command line, blanks between the words. */
export type FoundProcess = {
    readonly pid: number;
    readonly group: number;
    readonly command: string;
};

const readOrEmpty = (file: string): string => {
    try {
        return readFileSync(file, 'utf8');
    } catch {
        // The process has ended since its id was listed, or belongs to somebody else.
        return '';
    }
};

const groupOf = (stat: string): number => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2] ?? 0);

const isZombie = (stat: string): boolean => stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');

const inspect = (id: string, mark: string): readonly FoundProcess[] => {
    const command = readOrEmpty(`/proc/${id}/cmdline`).replaceAll('\0', ' ').trim();
    const stat = readOrEmpty(`/proc/${id}/stat`);
    const isMarked = command.includes(mark) || readOrEmpty(`/proc/${id}/environ`).includes(mark);
    if (!isMarked || stat === '' || isZombie(stat)) return [];
    return [{ pid: Number(id), group: groupOf(stat), command }];
};

const fromKernel = (mark: string): readonly FoundProcess[] =>
    readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .flatMap((id) => inspect(id, mark));

const fromListing = (listing: string, mark: string): readonly FoundProcess[] =>
    listing
        .split('\n')
        .filter((line) => line.includes(mark))
        .map((line) => {
            const [pid, group, ...words] = line.trim().split(/\s+/);
            return { pid: Number(pid), group: Number(group), command: words.join(' ') };
        });

/** The live processes, but this one, whose environment or command line holds `mark`. */
export const findProcesses = async (mark: string, signal: AbortSignal): Promise<readonly FoundProcess[]> => {
    if (existsSync('/proc/self/environ')) return fromKernel(mark).filter((found) => found.pid !== process.pid);
    const listing = await runCommand(
        { file: 'ps', arguments: ['-Aeww', '-o', 'pid=,pgid=,command='], quiet: true, isWhole: true },
        signal,
    );
    return listing.ok ? fromListing(listing.value, mark).filter((found) => found.pid !== process.pid) : [];
};
