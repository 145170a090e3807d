/**
 * Lays out the containers of a picture one by one, from the inside out. What is as it was stays as it was; what changed a little is adapted; only
 * the rest is laid out from scratch, and equal contents once.
 */
import { adaptFrame, type Absent, type Pins } from './adapt.ts';
import type { Content, Division } from './content.ts';
import { contentKeyOf, contentOf, type Flow } from './contents.ts';
import { layOutContainer, type RunElk } from './elk-container.ts';
import type { Forest, Tree } from './forest.ts';
import type { Arrangement, Frame } from './frame.ts';
import { formerIds, type Arrangements } from './memory.ts';

/** How many containers were treated in which way. */
export interface Work {
    readonly kept: number;
    readonly adapted: number;
    readonly laidOut: number;
}

export interface Nested {
    readonly arrangements: Arrangements;
    readonly work: Work;
}

export interface NestedTask {
    readonly forest: Forest;
    readonly division: Division;
    readonly flow: Flow;
    readonly pins: Pins;
    /** The picture to stay near to; null = none. */
    readonly before: Before | null;
}

export interface Before {
    readonly arrangements: Arrangements;
    readonly pins: Pins;
    readonly absent: Absent;
}

export interface FrameCache {
    readonly get: (key: string) => Frame | undefined;
    readonly put: (key: string, frame: Frame) => void;
}

const MAX_FRAMES = 2_000;

/** Keeps the most recently used frames that were laid out from scratch. */
export function createFrameCache(): FrameCache {
    const frames = new Map<string, Frame>();
    const put = (key: string, frame: Frame): void => {
        frames.delete(key);
        frames.set(key, frame);
        const [oldest] = frames.keys();
        if (frames.size > MAX_FRAMES && oldest !== undefined) frames.delete(oldest);
    };
    const get = (key: string): Frame | undefined => {
        const frame = frames.get(key);
        if (frame !== undefined) put(key, frame);
        return frame;
    };
    return { get, put };
}

/** Rejects when ELK does. */
export async function layOutNested(task: NestedTask, cache: FrameCache, runElk: RunElk): Promise<Nested> {
    const arrangements = new Map<string | null, Arrangement>();
    const frames = new Map<string | null, Frame>();
    const former = task.before === null ? null : formerIds(task.forest.roots, task.before.arrangements);
    const counts = { kept: 0, adapted: 0, laidOut: 0 };
    const visit = async (container: Tree | null, children: readonly Tree[]): Promise<void> => {
        for (const child of children) if (child.children.length > 0) await visit(child, child.children);
        const id = container?.node.id ?? null;
        const content = contentOf(container, children, { ...task, frames });
        const formerId = former?.get(id);
        const previous = formerId === undefined ? undefined : task.before?.arrangements.get(formerId);
        const near = nearFrame(task, content, previous);
        if (near !== null) counts[near.kind] += 1;
        const frame = near?.frame ?? (await freshFrame(content, { cache, runElk, pins: task.pins, counts }));
        frames.set(id, frame);
        arrangements.set(id, { content, frame });
    };
    await visit(null, task.forest.roots);
    return { arrangements, work: counts };
}

/** Null when there is nothing to stay near to, or too much has changed. */
function nearFrame(
    { before, pins }: NestedTask,
    content: Content,
    previous: Arrangement | undefined,
): { readonly kind: 'kept' | 'adapted'; readonly frame: Frame } | null {
    if (before === null || previous === undefined) return null;
    const [then, here] = [pinsOf(content, before.pins), pinsOf(content, pins)];
    // What a person let go is to be where the layout would put it.
    if (Object.keys(then).some((id) => !Object.hasOwn(here, id))) return null;
    const isSame =
        JSON.stringify(then) === JSON.stringify(here) && contentKeyOf(previous.content) === contentKeyOf(content);
    const isWhole = content.parts.every(({ edge }) => previous.frame.routes.has(edge));
    if (isSame && isWhole) return { kind: 'kept', frame: previous.frame };
    const frame = adaptFrame(previous, content, here, before.absent);
    return frame === null ? null : { kind: 'adapted', frame };
}

/** Those of a container's children. */
function pinsOf({ children }: Content, pins: Pins): Pins {
    return Object.fromEntries(
        children.flatMap(({ id }) => {
            const pin = Object.hasOwn(pins, id) ? pins[id] : undefined;
            return pin === undefined ? [] : [[id, pin] as const];
        }),
    );
}

interface Fresh {
    readonly cache: FrameCache;
    readonly runElk: RunElk;
    readonly pins: Pins;
    readonly counts: { laidOut: number };
}

async function freshFrame(content: Content, { cache, runElk, pins, counts }: Fresh): Promise<Frame> {
    const key = contentKeyOf(content);
    const known = cache.get(key);
    const frame = known ?? (await layOutContainer(content, runElk));
    if (known === undefined) {
        counts.laidOut += 1;
        cache.put(key, frame);
    }
    const here = pinsOf(content, pins);
    if (Object.keys(here).length === 0) return frame;
    return adaptFrame({ content, frame }, content, here, new Map()) ?? frame;
}
