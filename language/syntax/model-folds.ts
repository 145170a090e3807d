/** What can be folded in a model file: blocks, runs of comments, runs of imports, and regions between two marks. */
import type { Block } from '../parsing/block-scanner.ts';
import type { Line } from '../parsing/text-lines.ts';
import type { Fold } from './file-syntax.ts';
import type { BlockPart } from './model-blocks.ts';

const REGION = /^#+\s*region\b/;
const END_OF_REGION = /^#+\s*endregion\b/;

/** The folds of a block and of the blocks in it. A closing bracket stays in sight. */
export function* blockFolds(block: BlockPart): Generator<Fold> {
    const pending = [block];
    for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
        const first = one.header[0]?.line.number ?? 0;
        const isClosed = one.close.start < one.close.end && one.close.line.from === one.close.start;
        const last = one.close.line.number - (isClosed ? 1 : 0);
        if (last > first) yield { first, last, kind: 'region' };
        for (const part of one.parts) if (part.kind !== 'property') pending.push(part);
    }
}

/** One fold for imports that follow each other, whatever comments and empty lines are between them. */
export function* importFolds(blocks: readonly Block[]): Generator<Fold> {
    let run: { readonly first: number; last: number } | undefined;
    for (const { kind, line } of blocks) {
        if (kind === 'import') {
            if (run === undefined) run = { first: line.number, last: line.number };
            else run.last = line.number;
            continue;
        }
        if (run !== undefined && run.last > run.first) yield { ...run, kind: 'imports' };
        run = undefined;
    }
    if (run !== undefined && run.last > run.first) yield { ...run, kind: 'imports' };
}

/** Comments on lines of their own, two or more below each other. */
export function* commentFolds(text: string, lines: readonly Line[]): Generator<Fold> {
    let first: number | undefined;
    for (const line of [...lines, undefined]) {
        const comment = line === undefined ? undefined : commentOf(text, line);
        if (comment !== undefined && !REGION.test(comment) && !END_OF_REGION.test(comment)) {
            first ??= line?.number;
            continue;
        }
        const last = line === undefined ? lines.length : line.number - 1;
        if (first !== undefined && last > first) yield { first, last, kind: 'comment' };
        first = undefined;
    }
}

/** From `# region` to `# endregion`. */
export function* regionFolds(text: string, lines: readonly Line[]): Generator<Fold> {
    const open: number[] = [];
    for (const line of lines) {
        const comment = commentOf(text, line) ?? '';
        if (REGION.test(comment)) open.push(line.number);
        const first = END_OF_REGION.test(comment) ? open.pop() : undefined;
        if (first !== undefined) yield { first, last: line.number, kind: 'region' };
    }
}

/** The comment of a line that holds nothing else. */
function commentOf(text: string, line: Line): string | undefined {
    return line.from === line.to && line.comment >= 0 ? text.slice(line.comment, line.end) : undefined;
}
