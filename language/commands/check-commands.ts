/** CMD_ codes: instructions against the model (reference: language, sections 4.7 and 5). */
import type { Scope } from '../validation/scope.ts';
import type { CommandsFile } from './commands-file.ts';

/** Checks one file, from its first instruction to its last. */
export function checkCommands(_scope: Scope, _commands: CommandsFile): void {
    return undefined;
}
