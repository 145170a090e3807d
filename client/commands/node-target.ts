/** What the context menu of a graph hands over. */

export interface NodeTarget {
    /** URI of the application's directory. */
    readonly application: string;
    readonly node: string;
}

/** Reads a command's first argument; undefined when it names no node. */
export function parseNodeTarget(argument: unknown): NodeTarget | undefined {
    if (typeof argument !== 'object' || argument === null) return undefined;
    const [application, node] = [Reflect.get(argument, 'application'), Reflect.get(argument, 'node')] as unknown[];
    return typeof application === 'string' && typeof node === 'string' ? { application, node } : undefined;
}
