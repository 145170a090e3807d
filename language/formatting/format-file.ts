/** Formatting of every kind of file that has a form, as edits of single lines. */
import { readablePart } from '../application/readable-part.ts';
import { formatCommands } from '../commands/format-commands.ts';
import type { FileKind } from '../file-kinds.ts';
import { formatProperties } from '../targets/format-properties.ts';
import { formatEdits, type TextEdit } from './format.ts';

/** Edits in the order of the text, none overlapping another; none for kinds without a form of their own. What a text means stays. Never throws. */
export function formatFile(kind: FileKind, text: string): readonly TextEdit[] {
    switch (kind) {
        case 'graph':
        case 'instances':
            return formatEdits(kind, text);
        case 'commands':
            return isReadWhole(text) ? formatCommands(text) : [];
        case 'descriptor':
        case 'target':
        case 'recipe':
        case 'instructions':
        case 'measureValues':
            return isReadWhole(text) ? lineEdits(text, formatProperties(text)) : [];
        case 'rules':
        case 'measures':
            return [];
        default:
            return kind satisfies never;
    }
}

/** A text that is not read to its end stays as it is. */
function isReadWhole(text: string): boolean {
    return readablePart(text).length === text.length;
}

/** One edit for each line that differs; one for the whole text where lines came or went. */
function lineEdits(before: string, after: string): readonly TextEdit[] {
    const [old, wanted] = [before.split('\n'), after.split('\n')];
    if (old.length !== wanted.length) return [{ start: 0, end: before.length, text: after }];
    const edits: TextEdit[] = [];
    let start = 0;
    for (const [i, line] of old.entries()) {
        const text = wanted[i] ?? '';
        // A carriage return is part of the line end.
        const kept = line.endsWith('\r') && text.endsWith('\r') ? 1 : 0;
        if (line !== text)
            edits.push({ start, end: start + line.length - kept, text: text.slice(0, text.length - kept) });
        start += line.length + 1;
    }
    return edits;
}
