/** What a failed write means to people: which disk, and what to do. */

/** What a disk without room means, whether a write met it or a look at the disk. */
export function diskFullText(place: string): string {
    return `The disk with ${place} is full. Make room there, then resume.`;
}

/** The text of a system error met while writing below `place`, as sentences. Other errors keep their own words. */
export function diskFailureText(error: unknown, place: string): string {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    switch (code) {
        case 'ENOSPC':
            return diskFullText(place);
        case 'EDQUOT':
            return `Your quota on the disk with ${place} is used up. Make room there, then resume.`;
        case 'EFBIG':
            return `${place} has reached the largest size a file may have here. Raise that limit (ulimit -f), then resume.`;
        case 'EROFS':
            return `The disk with ${place} can only be read. Make it writable, or set ROBOCONF_STATE to a folder that is.`;
        case 'EACCES':
        case 'EPERM':
            return `You may not write to ${place}. Correct its permissions, or set ROBOCONF_STATE to a folder of yours.`;
        case 'EIO':
            return `The disk with ${place} reports an error (EIO). Check it before you resume.`;
        default:
            return `${place}: ${error instanceof Error ? error.message : String(error)}.`;
    }
}
