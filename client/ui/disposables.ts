/** Lifetimes: whoever registers something gives it to a store, and the store ends it. */
import type { Disposable } from 'vscode';

export interface DisposableStore extends Disposable {
    /** Keeps the thing until the store is disposed; ends it at once when the store already is. Answers the thing. */
    readonly add: <Thing extends Disposable>(thing: Thing) => Thing;
    readonly dispose: () => void;
}

/** A store that disposes what it holds, last come first gone, each even when another one throws. */
export function createDisposableStore(): DisposableStore {
    const things: Disposable[] = [];
    let isDisposed = false;
    return {
        add: (thing) => {
            if (isDisposed) thing.dispose();
            else things.push(thing);
            return thing;
        },
        dispose: () => {
            isDisposed = true;
            disposeAll(things.splice(0).reverse());
        },
    };
}

function disposeAll(things: readonly Disposable[]): void {
    const faults: unknown[] = [];
    for (const thing of things) {
        try {
            thing.dispose();
        } catch (fault) {
            // The others must still be disposed; the faults are thrown together below.
            faults.push(fault);
        }
    }
    if (faults.length > 0) throw new AggregateError(faults, 'Some parts could not be disposed');
}
