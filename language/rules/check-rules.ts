/** RULE_ codes that need the application: commands and events (reference: language, sections 4.8 and 6). */
import type { Scope } from '../validation/scope.ts';
import type { RulesFile } from './rules-file.ts';

/** Checks one file. */
export function checkRules(_scope: Scope, _rules: RulesFile): void {
    return undefined;
}
