/** The node of the picture that has the keyboard's focus. */

/** Its id; undefined while the focus is elsewhere. */
export function focusedNode(): string | undefined {
    return document.activeElement?.getAttribute('data-node') ?? undefined;
}

/** Moving an element within the document takes its focus away: whatever `act` moves, the focus ends on what `elementFor` says stands for its node. */
export function keepingFocus(act: () => void, elementFor: (focused: string) => SVGElement | null): void {
    const focused = focusedNode();
    act();
    if (focused !== undefined && focusedNode() !== focused) elementFor(focused)?.focus();
}
