/** What the system says about a file it does not give, in words. */

const REASONS: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    ENOENT: 'there is no such file',
    ENOTDIR: 'a part of its path is no directory',
    EISDIR: 'it is a directory',
    ELOOP: 'its links lead round in a circle',
    ENAMETOOLONG: 'its name is too long',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the quota of this user is used up',
    EROFS: 'the disk is read-only',
    EMFILE: 'too many files are open',
};

/** Code and words for an exception of a file call; anything else keeps its own message. */
export function systemReason(error: unknown): { readonly code: string; readonly text: string } {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
    const known = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
    return { code, text: known ?? (error instanceof Error ? error.message : String(error)) };
}
