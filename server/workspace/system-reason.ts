/** What the codes of the system say about a file it does not give, in words. */

const REASONS: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ENOENT: 'there is no such file',
    ENOTDIR: 'a part of its path is no directory',
    EISDIR: 'it is a directory',
    ELOOP: 'its links lead round in a circle',
    ENAMETOOLONG: 'its name is too long',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the quota of this user is used up',
    EROFS: 'the disk is read-only',
    EIO: 'the disk does not answer',
    EMFILE: 'too many files are open',
    ENFILE: 'too many files are open',
};

/** The words for a code such as `EACCES`; undefined for one that has none. */
export function reasonOf(code: string): string | undefined {
    return Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
}
