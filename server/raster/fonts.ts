/** Finds fonts of the machine that a picture's texts can be drawn with. */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A family with the files of its regular and its bold face. */
export interface FontFamily {
    readonly name: string;
    readonly files: readonly string[];
}

/** File names of families in the order in which they are wanted: those whose letters are as wide as the layout assumes come first. */
const FAMILIES: readonly FontFamily[] = [
    { name: 'DejaVu Sans', files: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'] },
    { name: 'Noto Sans', files: ['NotoSans-Regular.ttf', 'NotoSans-Bold.ttf'] },
    { name: 'Ubuntu', files: ['Ubuntu-R.ttf', 'Ubuntu-B.ttf'] },
    { name: 'Liberation Sans', files: ['LiberationSans-Regular.ttf', 'LiberationSans-Bold.ttf'] },
    { name: 'Segoe UI', files: ['segoeui.ttf', 'segoeuib.ttf'] },
    { name: 'Arial', files: ['Arial.ttf', 'Arial Bold.ttf'] },
    { name: 'Arial', files: ['arial.ttf', 'arialbd.ttf'] },
    { name: 'Helvetica', files: ['Helvetica.ttc'] },
    { name: 'FreeSans', files: ['FreeSans.ttf', 'FreeSansBold.ttf'] },
];

/** Where systems keep fonts. */
export function fontFolders(): readonly string[] {
    return [
        '/usr/share/fonts',
        '/usr/local/share/fonts',
        join(homedir(), '.local', 'share', 'fonts'),
        join(homedir(), '.fonts'),
        '/System/Library/Fonts',
        '/Library/Fonts',
        join(homedir(), 'Library', 'Fonts'),
        join(process.env['WINDIR'] ?? 'C:\\Windows', 'Fonts'),
    ];
}

/** Folders inside of each other deeper than this hold no fonts. */
const MAX_DEPTH = 5;

/** The first wanted family that lies in some folders, with the paths of its faces; null when none does. */
export function findFontFamily(folders: readonly string[]): FontFamily | null {
    const found = new Map<string, string>();
    for (const folder of folders) if (existsSync(folder)) collect(folder, found, 0);
    for (const { name, files } of FAMILIES) {
        const paths = files.flatMap((file) => found.get(file) ?? []);
        // The first file is the regular face: without it there is nothing to draw with.
        if (paths.length > 0 && found.has(files[0] ?? '')) return { name, files: paths };
    }
    return null;
}

function collect(folder: string, found: Map<string, string>, depth: number): void {
    if (depth > MAX_DEPTH) return;
    for (const entry of entriesOf(folder)) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) collect(path, found, depth + 1);
        else if (!found.has(entry.name)) found.set(entry.name, path);
    }
}

function entriesOf(folder: string) {
    try {
        return readdirSync(folder, { withFileTypes: true });
    } catch {
        // A folder of another user, or one that just went.
        return [];
    }
}
