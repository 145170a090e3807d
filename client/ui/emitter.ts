/** Listeners of a fact inside the client. Unlike the editor's own emitter it needs no editor, so that the state below the views is tested without one. */

export interface Emitter<Fact> {
    readonly emit: (fact: Fact) => void;
    /** Calls the listener for every fact from then on. Answers how to stop that. */
    readonly listen: (listener: (fact: Fact) => void) => Subscription;
}

export interface Subscription {
    readonly dispose: () => void;
}

/** An emitter without listeners. What a listener throws is thrown again after all were called. */
export function createEmitter<Fact>(): Emitter<Fact> {
    const listeners = new Set<(fact: Fact) => void>();
    return {
        emit: (fact) => {
            const faults = [...listeners].flatMap((listener) => faultsOf(() => listener(fact)));
            if (faults.length > 0) throw new AggregateError(faults, 'A listener failed');
        },
        listen: (listener) => {
            // Wrapped, so that one function listening twice is called twice and leaves once.
            const entry = (fact: Fact): void => listener(fact);
            listeners.add(entry);
            return { dispose: () => void listeners.delete(entry) };
        },
    };
}

function faultsOf(action: () => void): readonly unknown[] {
    try {
        action();
        return [];
    } catch (fault) {
        return [fault];
    }
}
