/** Where the result of a verb goes: standard output, or a file. */
import { writeFileSync } from 'node:fs';
import type { Output } from './output.ts';
import { systemReason } from './system-reason.ts';

/** Writes a result; null when done, else why not, with what to do. A file that is there is replaced. */
export function writeResult(output: Output, file: string | undefined, content: string | Uint8Array): string | null {
    if (file !== undefined) return writeInto(file, content);
    if (typeof content !== 'string') {
        if (output.isTerminal) return 'an image cannot be shown in a terminal: name a file with --output FILE';
        output.bytes(content);
        return null;
    }
    output.raw(content.endsWith('\n') ? content : `${content}\n`);
    return null;
}

function writeInto(file: string, content: string | Uint8Array): string | null {
    try {
        writeFileSync(file, typeof content === 'string' && !content.endsWith('\n') ? `${content}\n` : content);
        return null;
    } catch (error) {
        return `'${file}' cannot be written: ${systemReason(error).text}`;
    }
}
