/** Where a position is in a command file: which instruction, and which of its parts (reference: language, sections 5.1 and 5.2). */
import type { Lines, Typed } from './line-context.ts';
import { INSTRUCTIONS, type InstructionSlot, type InstructionWords } from './vocabulary/commands.ts';

export interface CommandsPlace {
    /** The instruction up to the position, continuations joined, without blanks at its start. */
    readonly text: string;
    /** What of it stands on the line of the position. */
    readonly typed: Typed;
}

/** A part of an instruction. */
export interface SlotPlace {
    readonly instruction: InstructionWords;
    /** Which of the slots. */
    readonly index: number;
    readonly slot: InstructionSlot;
    /** What stands in the slot before the position, without blanks at its start. */
    readonly text: string;
    /** What stands in the slots before, trimmed. */
    readonly earlier: readonly string[];
}

/** The instruction that is open at a 0-based line and column; null in a comment. */
export function commandsPlaceAt(lines: Lines, line: number, column: number): CommandsPlace | null {
    const before = (lines[line] ?? '').slice(0, column);
    if (before.includes('#')) return null;
    const own = before.trimStart();
    let text = own;
    for (let above = line - 1; above >= 0 && (lines[above] ?? '').endsWith('\\'); above -= 1)
        text = (lines[above] ?? '').slice(0, -1).trimStart() + text;
    if (text.includes('#')) return null;
    return { text: text.trimStart(), typed: { text: own, column: before.length - own.length } };
}

/** The part of an instruction that its text ends in; undefined while its first words are not complete. */
export function slotAt(text: string): SlotPlace | undefined {
    const lower = text.toLowerCase();
    const instruction = INSTRUCTIONS.find(({ head }) => lower.startsWith(head) && /^\s/.test(text.slice(head.length)));
    return instruction === undefined ? undefined : slotOf(instruction, text.slice(instruction.head.length));
}

function slotOf(instruction: InstructionWords, rest: string): SlotPlace | undefined {
    const earlier: string[] = [];
    let text = rest;
    for (const { keyword } of instruction.slots.slice(1)) {
        const found = lastKeyword(text, keyword);
        if (found === null) break;
        earlier.push(text.slice(0, found.start).trim());
        text = text.slice(found.end);
    }
    const slot = instruction.slots[earlier.length];
    if (slot === undefined) return undefined;
    return { instruction, index: earlier.length, slot, text: text.trimStart(), earlier };
}

/** The last keyword with a blank behind it splits, as in the language; an equals sign the first time, blank or not. */
function lastKeyword(text: string, keyword: string): { readonly start: number; readonly end: number } | null {
    if (keyword === '=') {
        const start = text.indexOf('=');
        return start < 0 ? null : { start, end: start + 1 };
    }
    const lower = text.toLowerCase();
    for (let at = lower.lastIndexOf(keyword); at > 0; at = lower.lastIndexOf(keyword, at - 1)) {
        const isWord = /\s/.test(text[at - 1] ?? '') && /\s/.test(text[at + keyword.length] ?? '');
        if (isWord) return { start: at, end: at + keyword.length };
    }
    return null;
}

/** The end of what was typed on the line: at most so much of a text as stands there. */
export function typedEnd(place: CommandsPlace, text: string): Typed {
    const length = Math.min(text.length, place.typed.text.length);
    return { text: text.slice(text.length - length), column: place.typed.column + place.typed.text.length - length };
}
