/** Ctrl+C: the first one is handed to the verb, the second one ends the process the ordinary way. */
export function onInterrupt(listener: () => void): () => void {
    const first = (): void => {
        process.removeListener('SIGINT', first);
        listener();
    };
    process.once('SIGINT', first);
    return () => process.removeListener('SIGINT', first);
}
