/** When the card of a node comes and goes: a moment after the pointer has come to rest on it, and at once when anything else is done. */
export interface HoverActions {
    /** Shows the card of a node by its id. */
    readonly show: (node: string) => void;
    readonly hide: () => void;
    /** Id of the innermost node at a point of the page; null when there is none. */
    readonly nodeAt: (x: number, y: number) => string | null;
}

const REST_MS = 350;

/** Listens to the pointer over `stage` until the page ends. */
export function listenToHover(stage: SVGSVGElement, { show, hide, nodeAt }: HoverActions): void {
    let timer = 0;
    let under: string | null = null;
    const leave = (): void => {
        window.clearTimeout(timer);
        under = null;
        hide();
    };
    stage.addEventListener('pointermove', (event) => {
        const node = event.buttons === 0 ? (nodeUnder(event.target) ?? nodeAt(event.clientX, event.clientY)) : null;
        if (node === under) return;
        leave();
        under = node;
        if (node !== null) timer = window.setTimeout(() => show(node), REST_MS);
    });
    for (const kind of ['pointerleave', 'pointerdown', 'wheel', 'contextmenu'] as const) {
        stage.addEventListener(kind, leave, { passive: true });
    }
    stage.addEventListener('focusout', hide);
    window.addEventListener('blur', leave);
}

function nodeUnder(target: EventTarget | null): string | null {
    return target instanceof Element ? (target.closest('[data-node]')?.getAttribute('data-node') ?? null) : null;
}
