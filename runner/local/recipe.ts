/** From a phase to the program to run: the look-up of the `script` installer (reference §4.3, with an exact-stem look-up). */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Phase } from '../core/status.ts';

export type Recipe =
    | { readonly kind: 'script'; readonly file: string }
    | { readonly kind: 'template'; readonly file: string }
    /** Nothing to do for this phase; `note` says what was looked for. */
    | { readonly kind: 'none'; readonly note: string }
    | { readonly kind: 'unusable'; readonly reason: string };

/**
 * Finds what runs `phase` in an instance's directory: `scripts/<phase>.sh`, else the one file of `scripts/` whose name without
 * extension is the phase, else `roboconf-templates/<phase>.template`, else `roboconf-templates/default.template`.
 */
export function findRecipe(instanceDirectory: string, phase: Phase): Recipe {
    const scripts = join(instanceDirectory, 'scripts');
    const names = filesOf(scripts).filter((name) => stemOf(name) === phase);
    if (names.includes(`${phase}.sh`)) return checkedScript(join(scripts, `${phase}.sh`));
    if (names.length > 1) {
        const reason = `several files could be the ${phase} script: ${names.join(', ')}; keep one, or name one ${phase}.sh`;
        return { kind: 'unusable', reason };
    }
    const [only] = names;
    if (only !== undefined) return checkedScript(join(scripts, only));
    return findTemplate(instanceDirectory, phase);
}

function findTemplate(instanceDirectory: string, phase: Phase): Recipe {
    const templates = join(instanceDirectory, 'roboconf-templates');
    const names = filesOf(templates);
    const name = [`${phase}.template`, 'default.template'].find((candidate) => names.includes(candidate));
    if (name !== undefined) return { kind: 'template', file: join(templates, name) };
    return { kind: 'none', note: `no script or template for ${phase}: nothing was done` };
}

/** Refuses what the system would refuse with a message that names the wrong file. */
export function checkedScript(file: string): Recipe {
    const head = readFileSync(file).subarray(0, 512).toString('latin1');
    const shebang = /^#!\s*(\S+)([^\n]*)/.exec(head);
    if (shebang === null) return { kind: 'script', file };
    const [, interpreter = '', rest = ''] = shebang;
    if (rest.endsWith('\r') || head.startsWith(`#!${interpreter}\r\n`)) {
        return {
            kind: 'unusable',
            reason: `${file} has Windows line ends: its first line names no program; save it with LF line ends`,
        };
    }
    if (interpreter.startsWith('/') && !exists(interpreter)) {
        return { kind: 'unusable', reason: `${file} asks for ${interpreter}, which is not installed` };
    }
    return { kind: 'script', file };
}

function filesOf(directory: string): readonly string[] {
    try {
        const entries = readdirSync(directory, { withFileTypes: true });
        return entries
            .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
            .map((entry) => entry.name)
            .sort();
    } catch {
        // A recipe may lack any of its folders.
        return [];
    }
}

function stemOf(name: string): string {
    return name.slice(0, name.length - extname(name).length);
}

function exists(file: string): boolean {
    return statSync(file, { throwIfNoEntry: false }) !== undefined;
}
