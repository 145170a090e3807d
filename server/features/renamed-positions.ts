/** Positions follow names: what people put somewhere stays there when it is called something else. */
import {
    formatPositions,
    parsePositions,
    POSITIONS_FILE,
    withRenamedNodes,
    type ApplicationModel,
    type Declaration,
    type SourceRange,
} from '../../language/index.ts';
import { pathIn } from '../workspace/locations.ts';
import type { PlannedEdit } from './workspace-edit.ts';

export interface RenamedNames {
    readonly model: ApplicationModel;
    readonly directory: string;
    /** What is renamed together. */
    readonly family: readonly Declaration[];
    readonly oldName: string;
    readonly newName: string;
    readonly textOf: (path: string) => string | undefined;
}

/** The change of the side file of positions; none when there is no such file, it is not understood, or nothing of what is renamed stands in it. */
export function positionEdits({ directory, textOf, ...names }: RenamedNames): readonly PlannedEdit[] {
    const path = pathIn(directory, POSITIONS_FILE);
    const text = textOf(path);
    const positions = text === undefined ? undefined : parsePositions(text);
    if (text === undefined || positions === undefined) return [];
    const renamed = withRenamedNodes(positions, renamingOf(names));
    if (formatPositions(renamed) === formatPositions(positions)) return [];
    const lines = text.split(/\r\n|\r|\n/);
    const range = { line: 1, column: 1, endLine: lines.length, endColumn: (lines.at(-1)?.length ?? 0) + 1 };
    return [{ path, range: { file: POSITIONS_FILE, ...range }, newText: formatPositions(renamed) }];
}

/** From the id of a node to the one it has afterwards. */
function renamingOf(names: Omit<RenamedNames, 'directory' | 'textOf'>): (id: string) => string {
    const renamed = new Map(names.family.flatMap((declaration) => idsOf(names, declaration)));
    return (id) => {
        // Whatever is inside of an instance has its path before its own name.
        for (let end = id.length; end > 0; end = id.lastIndexOf('/', end - 1)) {
            const start = renamed.get(id.slice(0, end));
            if (start !== undefined) return start + id.slice(end);
        }
        return id;
    };
}

/** The nodes of a declaration, which are several when it has a `count`, before and after. */
function idsOf(
    { model, oldName, newName }: Pick<RenamedNames, 'model' | 'oldName' | 'newName'>,
    { kind, range }: Declaration,
): readonly (readonly [string, string])[] {
    if (kind === 'component' || kind === 'facet') return [[`${kind}:${oldName}`, `${kind}:${newName}`]];
    if (kind !== 'instance') return [];
    return model.instances
        .filter((instance) => beginsTogether(instance.range, range))
        .map(({ path, name }) => {
            const parent = path.slice(0, path.length - name.length);
            return [`instance:${path}`, `instance:${parent}${newName}${name.slice(oldName.length)}`];
        });
}

function beginsTogether(one: SourceRange, other: SourceRange): boolean {
    return one.file === other.file && one.line === other.line && one.column === other.column;
}
