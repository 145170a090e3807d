/** The tokens of the line a block begins with, and how messages call the block. */
import type { BlockKind } from '../keywords.ts';
import type { HeaderShape } from './line-shapes.ts';
import type { Piece } from './piece.ts';
import type { Line } from './text-lines.ts';

/** Longer names are cut in messages. */
const LONGEST_SUBJECT = 60;

/** The pieces of a header, without its bracket. */
export function headerPieces(line: Line, kind: BlockKind, shape: HeaderShape): Piece[] {
    const name: Piece = { type: 'NAME', ...shape.name, line };
    switch (kind) {
        case 'component':
            return [name];
        case 'facet':
            return [{ type: 'facet', ...shape.keyword, line }, name];
        case 'instance': {
            const { start, end } = shape.keyword;
            const keyword: Piece[] = [
                { type: 'instance', start, end: end - ' of'.length, line },
                { type: 'of', start: end - 'of'.length, end, line },
            ];
            return shape.name.start === shape.name.end ? keyword : [...keyword, name];
        }
        default:
            return kind satisfies never;
    }
}

/** What a message calls a block: `component 'Tomcat'`. */
export function subjectOf(text: string, kind: BlockKind, shape: HeaderShape): string {
    const whole = text.slice(shape.name.start, shape.name.end);
    const name = whole.length > LONGEST_SUBJECT ? `${whole.slice(0, LONGEST_SUBJECT)}…` : whole;
    const words = { component: 'component', facet: 'facet', instance: 'instance of' }[kind];
    return name === '' ? `this ${kind}` : `${words} '${name}'`;
}
