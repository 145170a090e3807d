/** A long list of rows of one height, of which only those that are seen exist. */
import { html } from '../graph/dom.ts';

export interface VirtualRows {
    /** Scrolls; the head stays at its top. */
    readonly element: HTMLElement;
    /** Makes the rows that are seen anew. */
    readonly show: (count: number) => void;
    /** Scrolls a row into sight. */
    readonly reveal: (index: number) => void;
}

interface VirtualRowsConfig {
    readonly head: HTMLElement;
    readonly rowHeight: number;
    /** A row of exactly that height. */
    readonly rowOf: (index: number) => HTMLElement;
}

/** Rows above and below what is seen: a fast wheel meets rows, not a void. */
const AROUND = 8;

/** An empty list. */
export function createVirtualRows({ head, rowHeight, rowOf }: VirtualRowsConfig): VirtualRows {
    const element = html('div', 'rows');
    const [above, below] = [html('div', 'filler'), html('div', 'filler')];
    const body = html('div', 'rows-body');
    for (const filler of [above, below]) filler.setAttribute('role', 'presentation');
    body.setAttribute('role', 'rowgroup');
    element.append(head, above, body, below);
    let count = 0;
    const draw = (): void => {
        const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - AROUND);
        const seen = Math.ceil(element.clientHeight / rowHeight) + 2 * AROUND;
        const last = Math.min(count, first + seen);
        above.style.height = `${String(first * rowHeight)}px`;
        below.style.height = `${String((count - last) * rowHeight)}px`;
        body.replaceChildren(...Array.from({ length: Math.max(0, last - first) }, (_, index) => rowOf(first + index)));
    };
    element.addEventListener('scroll', draw, { passive: true });
    new ResizeObserver(draw).observe(element);
    return {
        element,
        show: (rows) => {
            count = rows;
            draw();
        },
        reveal: (index) => {
            const [top, room] = [index * rowHeight, element.clientHeight - head.offsetHeight - rowHeight];
            if (top < element.scrollTop) element.scrollTop = top;
            else if (top > element.scrollTop + room) element.scrollTop = top - room;
        },
    };
}
