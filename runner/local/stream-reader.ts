/** Reading an output file that grows, without keeping it open: there may be as many as there were steps. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

export interface StreamReader {
    /** What was appended since the last call, as whole characters; empty when the file is not there. */
    readonly read: (file: string) => string;
}

/** Bytes shown of what is there at the first look: its end. */
const LOG_BYTES = 256 * 1024;

/** A reader at the end of nothing. The file may be moved between two calls, or emptied by its writer. */
export function createStreamReader(): StreamReader {
    const decoder = new StringDecoder('utf8');
    let position: number | null = null;
    return {
        read: (file) => {
            const size = statSync(file, { throwIfNoEntry: false })?.size;
            if (size === undefined || size === position) return '';
            const isFirst = position === null;
            // A file that shrank was emptied because it grew too large, and begins anew.
            const start = position === null || size < position ? Math.max(0, size - LOG_BYTES) : position;
            const bytes = readPart(file, start, size);
            position = start + bytes.length;
            return decoder.write(isFirst && start > 0 ? withoutHalfCharacter(bytes) : bytes);
        },
    };
}

function readPart(file: string, start: number, end: number): Buffer {
    try {
        const descriptor = openSync(file, 'r');
        try {
            const buffer = Buffer.alloc(end - start);
            return buffer.subarray(0, readSync(descriptor, buffer, 0, buffer.length, start));
        } finally {
            closeSync(descriptor);
        }
    } catch {
        // It was moved to the history between two calls, and is read there.
        return Buffer.alloc(0);
    }
}

/** Bytes that go on with a character begin with 10 in UTF-8. */
function withoutHalfCharacter(bytes: Buffer): Buffer {
    const first = bytes.findIndex((byte) => (byte & 0xc0) !== 0x80);
    return first < 0 ? bytes : bytes.subarray(first);
}
