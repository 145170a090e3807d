/** Boxes in rows, in the order given: linear time, and a sensible proportion of width and height. */
export interface Size {
    readonly width: number;
    readonly height: number;
}

export interface Shelved<T extends Size> {
    readonly box: T;
    readonly x: number;
    readonly y: number;
}

export interface Shelves<T extends Size> extends Size {
    readonly placed: readonly Shelved<T>[];
}

/** Between boxes. */
const GAP = 24;

/** Rows about `aspect` times as wide as they are high together; never narrower than the widest box. */
export function packShelves<T extends Size>(boxes: readonly T[], aspect: number): Shelves<T> {
    const limit = limitOf(boxes, aspect);
    const placed: Shelved<T>[] = [];
    let [x, y, shelfHeight, width] = [0, 0, 0, 0];
    for (const box of boxes) {
        if (x > 0 && x + box.width > limit) [x, y, shelfHeight] = [0, y + shelfHeight + GAP, 0];
        placed.push({ box, x, y });
        width = Math.max(width, x + box.width);
        shelfHeight = Math.max(shelfHeight, box.height);
        x += box.width + GAP;
    }
    return { placed, width, height: y + shelfHeight };
}

function limitOf(boxes: readonly Size[], aspect: number): number {
    const area = boxes.reduce((sum, box) => sum + (box.width + GAP) * (box.height + GAP), 0);
    const widest = boxes.reduce((most, box) => Math.max(most, box.width), 0);
    return Math.max(widest, Math.sqrt(area * aspect));
}
