/** CMD_ codes: instructions against the model (reference: language, sections 4.7 and 5). What the text alone shows is found when it is read. */
import type { Scope } from '../validation/scope.ts';
import type { CommandsFile } from './commands-file.ts';
import { reportFault, type Fault } from './fault.ts';
import { simulate } from './simulate.ts';
import { worldOf } from './world.ts';

/** Checks all files, each from its first instruction to its last. Without a graph nothing can be said about what instructions name. */
export function checkCommands(scope: Scope, files: readonly CommandsFile[]): void {
    if (scope.analysis.graph === null || files.length === 0) return;
    const world = worldOf(scope.analysis);
    for (const commands of files)
        simulate(world, commands, (_, faults) => {
            for (const fault of faults) reportFault(scope.report, scope.suggestions, withImport(scope, fault));
        });
}

/** An unknown component may be declared in a file that is not a part of the graph: importing it is the cure. */
function withImport(scope: Scope, fault: Fault): Fault {
    const { code, message, details = {}, near, ...rest } = fault;
    if (code !== 'CMD_INEXISTING_COMPONENT' || near === undefined) return fault;
    const file = scope.unreachedFileOf(near.word);
    if (file === null) return fault;
    return {
        ...rest,
        code,
        message: `${message} The file '${file}' declares it: import it into the graph.`,
        details: { ...details, IMPORT: file },
    };
}
