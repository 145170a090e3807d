/** What all command files of an application share while they are checked. */
import type { Analysis } from '../application/analysis.ts';
import { joinPath, normalizePath } from '../application/paths.ts';
import { loopsOf } from '../model/cycles.ts';
import type { InstanceNode } from '../model/instance-tree.ts';
import { uncertaintyIn } from '../validation/scope.ts';
import type { CommandsFile } from './commands-file.ts';
import { commandNamed } from './text-faults.ts';

const FOLDER = 'commands';

export interface World {
    readonly analysis: Analysis;
    /** Of null, the roots. */
    readonly childrenOf: (node: InstanceNode | null) => readonly InstanceNode[];
    /** Whether what a component builds on is not all known. */
    readonly isUncertain: (component: string) => boolean;
    /** The file an `execute` means; null when there is none. */
    readonly commandCalled: (name: string) => CommandsFile | null;
    /** What `execute` can name: paths below the folder of commands, without extension. */
    readonly commandNames: () => readonly string[];
    /** Whether executing a file leads to executing it again. */
    readonly isLooping: (file: string) => boolean;
}

/** Indexes an application for its command files. */
export function worldOf(analysis: Analysis): World {
    const files = new Map(analysis.side.commands.map((commands) => [commands.file, commands]));
    const commandCalled = (name: string): CommandsFile | null => {
        const file = normalizePath(joinPath(FOLDER, `${name}.commands`));
        return file === null ? null : (files.get(file) ?? null);
    };
    let looping: ReadonlySet<string> | undefined;
    let children: ReadonlyMap<InstanceNode | null, readonly InstanceNode[]> | undefined;
    return {
        analysis,
        childrenOf: (node) => (children ??= childrenIn(analysis)).get(node) ?? [],
        isUncertain: uncertaintyIn(analysis.files),
        commandCalled,
        commandNames: () => [...files.keys()].map((file) => commandNamed(file.slice(FOLDER.length + 1))),
        isLooping: (file) => (looping ??= loopingFiles(files, commandCalled)).has(file),
    };
}

function childrenIn({ files }: Analysis): ReadonlyMap<InstanceNode | null, readonly InstanceNode[]> {
    const children = new Map<InstanceNode | null, InstanceNode[]>();
    for (const node of files.tree.nodes) {
        const known = children.get(node.parent);
        if (known === undefined) children.set(node.parent, [node]);
        else known.push(node);
    }
    return children;
}

function loopingFiles(
    files: ReadonlyMap<string, CommandsFile>,
    commandCalled: World['commandCalled'],
): ReadonlySet<string> {
    const executedBy = (file: string): readonly string[] =>
        (files.get(file)?.instructions ?? []).flatMap((instruction) =>
            instruction.kind === 'execute' ? (commandCalled(commandNamed(instruction.command.text))?.file ?? []) : [],
        );
    return new Set(loopsOf(files.keys(), executedBy).flat());
}
