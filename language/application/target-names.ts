/** Names of targets: what `associate` and the runner choose them by. */
import type { Declaration } from '../application.ts';
import type { TargetFile } from '../targets/target-file.ts';
import type { Analysis } from './analysis.ts';
import type { Names } from './name-index.ts';

/** The ids of the target files of an application, in the order of the components they belong to; the block of each is its whole file. */
export function targetNames({ side }: Analysis): Names {
    return { declarations: side.targets.flatMap(declarationOf), references: [] };
}

function declarationOf({ id, name, description, properties }: TargetFile): readonly Declaration[] {
    if (id === null) return [];
    const last = properties.entries.at(-1)?.valueRange ?? id.range;
    const { line, column } = properties.firstLine;
    const block = { ...id.range, line, column, endLine: last.endLine, endColumn: last.endColumn };
    const said = [name?.text, description?.text].filter((text) => text !== undefined);
    return [{ kind: 'target', name: id.text, range: id.range, block, description: said.join('\n') || null }];
}
