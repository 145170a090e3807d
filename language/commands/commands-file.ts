/** Command files as data (reference: language, section 5). */
import type { Finding } from '../finding.ts';

/** One file of instructions. */
export interface CommandsFile {
    /** Relative to the application. */
    readonly file: string;
    /** Its bare file name without extension: how `execute` and rules call it. */
    readonly name: string;
    /** What is wrong with its text by itself. */
    readonly findings: readonly Finding[];
}

/** Reads any text. */
export function parseCommands(_text: string, file: string): CommandsFile {
    return { file, name: file.replace(/^.*\//, '').replace(/\.commands$/, ''), findings: [] };
}
