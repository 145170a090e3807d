/** The settings of the language server, `roboconf.*` in the editor; each has its default until the editor says otherwise. */

export interface Settings {
    readonly inlayHints: InlayHintSettings;
    /** Whether components tell how often they are used. */
    readonly referencesCodeLens: boolean;
}

export interface InlayHintSettings {
    /** What provides an imported variable. */
    readonly imports: boolean;
    /** The values an instance exports. */
    readonly variables: boolean;
    /** The names of counted instances. */
    readonly counts: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
    inlayHints: { imports: true, variables: true, counts: true },
    referencesCodeLens: true,
};

/** Reads settings: the value of the section `roboconf`, or an object with this section. Undefined when there is neither. */
export function parseSettings(value: unknown): Settings | undefined {
    if (!isObject(value)) return undefined;
    const section = isObject(value['roboconf']) ? value['roboconf'] : value;
    const hints = isObject(section['inlayHints']) ? section['inlayHints'] : {};
    const { inlayHints, referencesCodeLens } = DEFAULT_SETTINGS;
    return {
        inlayHints: {
            imports: flag(hints['imports'], inlayHints.imports),
            variables: flag(hints['variables'], inlayHints.variables),
            counts: flag(hints['counts'], inlayHints.counts),
        },
        referencesCodeLens: flag(section['referencesCodeLens'], referencesCodeLens),
    };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function flag(value: unknown, otherwise: boolean): boolean {
    return typeof value === 'boolean' ? value : otherwise;
}
