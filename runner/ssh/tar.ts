/** Writing an archive that every `tar` reads (ustar, with the long names of GNU). */

export interface TarEntry {
    /** Relative, with `/`. */
    readonly name: string;
    readonly mode: number;
    /** In bytes. */
    readonly size: number;
}

const BLOCK = 512;
const LONGEST_NAME = 100;

/** What goes before the bytes of a file. */
export function tarHeader(entry: TarEntry): Buffer {
    const name = Buffer.from(entry.name);
    if (name.length <= LONGEST_NAME) return headerOf(entry, name, '0');
    const longName = Buffer.concat([name, Buffer.alloc(1)]);
    const announcement = headerOf({ name: '', mode: 0, size: longName.length }, Buffer.from('././@LongLink'), 'L');
    const shortened = headerOf(entry, name.subarray(0, LONGEST_NAME), '0');
    return Buffer.concat([announcement, longName, tarPadding(longName.length), shortened]);
}

/** What goes after `size` bytes of a file. */
export function tarPadding(size: number): Buffer {
    return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

/** What goes after the last file. */
export function tarEnd(): Buffer {
    return Buffer.alloc(2 * BLOCK);
}

function headerOf(entry: TarEntry, name: Buffer, type: '0' | 'L'): Buffer {
    const header = Buffer.alloc(BLOCK);
    name.copy(header);
    header.write(octal(entry.mode & 0o7777, 7), 100);
    header.write(octal(0, 7), 108);
    header.write(octal(0, 7), 116);
    header.write(octal(entry.size, 11), 124);
    header.write(octal(0, 11), 136);
    header.write('        ', 148);
    header.write(type, 156);
    header.write('ustar\u000000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${octal(sum, 6)}\u0000 `, 148);
    return header;
}

function octal(value: number, digits: number): string {
    return value.toString(8).padStart(digits, '0');
}
