/** Where the lines of a container itself begin and end: beside its title, apart from the lines that lead to what is inside. */
import type { Content, Exit, Own, Side } from './content.ts';
import type { Frame } from './frame.ts';
import { TITLE_HEIGHT } from './measures.ts';

/** Least distance between lines, along a border. */
const STEP = 12;

/** By edge. Edges that come together in one line share their exit. */
export function ownExits(
    content: Content,
    frame: Pick<Frame, 'width' | 'height' | 'exits'>,
): ReadonlyMap<string, Exit> {
    return new Map((['start', 'end'] as const).flatMap((side) => exitsOn(side, content, frame)));
}

function exitsOn(
    side: Side,
    { own, direction }: Content,
    frame: Pick<Frame, 'width' | 'height' | 'exits'>,
): (readonly [string, Exit])[] {
    const lines = Map.groupBy(
        own.filter((end) => end.side === side),
        lineOf,
    );
    const isDown = direction === 'DOWN';
    const taken = [...frame.exits.values()].filter((exit) => exit.side === side).map(({ x, y }) => (isDown ? x : y));
    const offsets = freeOffsets(
        lines.size,
        isDown ? frame.width : TITLE_HEIGHT,
        isDown ? frame.width : frame.height,
        taken,
    );
    const across = side === 'start' ? 0 : isDown ? frame.height : frame.width;
    return [...lines.values()].flatMap((ends, index) => {
        const along = offsets[index] ?? 0;
        const exit: Exit = isDown ? { side, x: along, y: across } : { side, x: across, y: along };
        return ends.map(({ edge }) => [edge, exit] as const);
    });
}

function lineOf({ edge, key, isShared }: Own): string {
    return isShared ? `shared:${key}` : `single:${edge}`;
}

/** Evenly over the first `room` pixels, each moved on until it is clear of the others; when the border is full, they come to lie close. */
function freeOffsets(count: number, room: number, length: number, taken: readonly number[]): readonly number[] {
    const used = [...taken];
    return Array.from({ length: count }, (_, index) => {
        const wanted = Math.round((room * (index + 1)) / (count + 1));
        const candidates = Array.from({ length: Math.floor(length / STEP) }, (_step, step) => wanted + step * STEP);
        const isFree = (at: number): boolean => used.every((other) => Math.abs(other - at) >= STEP - 1);
        const found = candidates.find((at) => at < length - STEP / 2 && isFree(at)) ?? wanted;
        used.push(found);
        return found;
    });
}
