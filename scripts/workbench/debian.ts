/** System packages: installed on a Debian machine where this process is root, else the person is told the command. */
import { existsSync } from 'node:fs';
import { runCommand } from './command.ts';
import { announce, failed, type Outcome } from './outcome.ts';

/** Packages that are needed and what for, in words that complete "needed for ...". */
export type PackageNeed = {
    readonly packages: readonly string[];
    readonly purpose: string;
};

const installWords = ['install', '-y', '--no-install-recommends'] as const;

const canInstall = (): boolean => existsSync('/etc/debian_version') && process.getuid?.() === 0;

const aptGet = async (words: readonly string[], signal: AbortSignal): Promise<Outcome<string>> =>
    runCommand(
        {
            file: 'apt-get',
            // Another installation may hold the package lock: waiting is what a person would do.
            arguments: ['-o', 'DPkg::Lock::Timeout=300', '-qq', ...words],
            environment: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
            quiet: true,
        },
        signal,
    );

/** Installs `need.packages` with apt-get, announced; fails with the exact command where that is not possible. */
export const installPackages = async (need: PackageNeed, signal: AbortSignal): Promise<Outcome<string>> => {
    const words = [...installWords, ...need.packages];
    if (!canInstall()) {
        return failed(
            `${need.packages.join(', ')} needed for ${need.purpose}. Install with: sudo apt-get ${words.join(' ')}`,
        );
    }
    announce(`Installing ${need.packages.join(', ')} for ${need.purpose}: apt-get ${words.join(' ')}`);
    const updated = await aptGet(['update'], signal);
    if (!updated.ok) announce(`apt-get update failed, going on with the lists that are there: ${updated.reason}`);
    return aptGet(words, signal);
};
