/** Where in an instance file something is deployed, and what is known of it there: the data of code lenses and gutter icons. */
import type { ApplicationModel, InstanceModel, SourceRange } from '../../language/index.ts';
import type { InstanceSnapshot } from '../../runner/protocol.ts';
import type { DeploymentView } from '../deployments/deployment-view.ts';
import { isChanging, isWaitingForRetry } from '../deployments/status-words.ts';

/** An `instance of` block; several instances when it is copied by `count`. */
export interface InstanceMark {
    /** Of its first line; counts from 0. */
    readonly line: number;
    readonly instances: readonly InstanceSnapshot[];
}

/** What a gutter icon says, one shape each. */
export type GutterShape = 'started' | 'stopped' | 'absent' | 'waiting' | 'changing' | 'paused' | 'failed' | 'problem';

/** A file as it is in the model and as it is in the editor. */
export interface InstanceFile {
    readonly model: ApplicationModel;
    /** As the model names it. */
    readonly file: string;
    readonly lines: readonly string[];
}

/** The blocks of a file whose instances are part of a deployment. */
export function marksOf(
    { model: { instances }, file, lines }: InstanceFile,
    view: DeploymentView,
): readonly InstanceMark[] {
    const states = new Map(view.snapshot.instances.map((instance) => [instance.path, instance]));
    const here = instances.filter(({ range }) => range.file === file);
    const blocks = Map.groupBy(here, ({ range }) => `${String(range.line)}:${String(range.column)}`);
    return [...blocks.values()].flatMap((copies) => markOf(copies, states, lines));
}

function markOf(
    copies: readonly InstanceModel[],
    states: ReadonlyMap<string, InstanceSnapshot>,
    lines: readonly string[],
): readonly InstanceMark[] {
    const known = copies.map(({ path }) => states.get(path)).filter((state) => state !== undefined);
    const [first] = copies;
    return first === undefined || known.length === 0
        ? []
        : [{ line: headerLineOf(lines, first.range), instances: known }];
}

/** The first line of the block that a place is in, counted from 0: models give the place of the name. Where braces do not match, the place's own. */
export function headerLineOf(lines: readonly string[], { line, column }: Pick<SourceRange, 'line' | 'column'>): number {
    let depth = 0;
    for (let index = line - 1; index >= 0; index--) {
        const text = lines[index] ?? '';
        const code = (index === line - 1 ? text.slice(0, column - 1) : text).replace(/#.*$/, '');
        for (let place = code.length - 1; place >= 0; place--) {
            if (code[place] === '}') depth += 1;
            if (code[place] === '{') depth -= 1;
            if (depth < 0) return withKeyword(lines, index);
        }
    }
    return line - 1;
}

/** A brace may stand on a line of its own, below the words it belongs to. */
function withKeyword(lines: readonly string[], brace: number): number {
    const isOwn = /^\s*\{/.test(lines[brace] ?? '');
    const above = lines.slice(0, brace).findLastIndex((text) => text.trim() !== '');
    return isOwn && above >= 0 ? above : brace;
}

/** The shape of a block: of its copies, the one that most needs a look. */
export function shapeOf({ instances }: InstanceMark, driven: boolean): GutterShape {
    const shapes = instances.map((instance) => shapeOfInstance(instance, driven));
    return BY_NEED.find((shape) => shapes.includes(shape)) ?? 'absent';
}

/** Trouble first, then what moves, then what waits, then what is at rest. */
export const BY_NEED: readonly GutterShape[] = [
    'failed',
    'problem',
    'paused',
    'changing',
    'waiting',
    'stopped',
    'absent',
    'started',
];

function shapeOfInstance(instance: InstanceSnapshot, driven: boolean): GutterShape {
    const { status, failure } = instance;
    if (isWaitingForRetry(instance, driven)) return 'waiting';
    if (isChanging(status)) return driven ? 'changing' : 'paused';
    // Who cancelled knows of it: that is no trouble.
    if (failure !== null) return failure.kind === 'cancelled' ? 'paused' : 'failed';
    switch (status) {
        case 'DEPLOYED_STARTED':
            return 'started';
        case 'DEPLOYED_STOPPED':
            return 'stopped';
        case 'UNRESOLVED':
        case 'WAITING_FOR_ANCESTOR':
            return 'waiting';
        case 'PROBLEM':
            return 'problem';
        case 'NOT_DEPLOYED':
        case 'DEPLOYING':
        case 'STARTING':
        case 'STOPPING':
        case 'UNDEPLOYING':
            return 'absent';
        default:
            return status satisfies never;
    }
}
