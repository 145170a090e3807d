/** What a row of the Targets view stands for, as commands are given it. Directories are real paths of applications, files absolute paths of target files. */

export type TargetElement =
    | { readonly kind: 'targetApplication'; readonly directory: string }
    /** This computer, as the target of machines for which there is no other. */
    | { readonly kind: 'thisMachine'; readonly directory: string }
    | { readonly kind: 'target'; readonly directory: string; readonly file: string }
    | { readonly kind: 'host'; readonly directory: string; readonly file: string; readonly address: string };

/** The identity of an element over all refreshes. */
export function targetElementId(element: TargetElement): string {
    switch (element.kind) {
        case 'targetApplication':
        case 'thisMachine':
            return JSON.stringify([element.kind, element.directory]);
        case 'target':
            return JSON.stringify([element.kind, element.directory, element.file]);
        case 'host':
            return JSON.stringify([element.kind, element.directory, element.file, element.address]);
        default:
            return element satisfies never;
    }
}

/** Reads what a menu or a button passes to a command; undefined when it is no element. */
export function parseTargetElement(value: unknown): TargetElement | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    const [kind, directory, file, address] = ['kind', 'directory', 'file', 'address'].map((name) => {
        const found: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
        return typeof found === 'string' ? found : undefined;
    });
    if (directory === undefined) return undefined;
    if (kind === 'targetApplication' || kind === 'thisMachine') return { kind, directory };
    if (file === undefined) return undefined;
    if (kind === 'target') return { kind, directory, file };
    return kind === 'host' && address !== undefined ? { kind, directory, file, address } : undefined;
}
