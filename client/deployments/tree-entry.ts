/** What a row of a view shows, as plain data. */

export interface TreeEntry {
    readonly label: string;
    readonly description: string;
    /** Id of a product icon: the shape that tells states apart. */
    readonly icon: string;
    /** Id of a theme colour; null = that of ordinary text. */
    readonly colour: string | null;
    /** Flags between semicolons, for `when` clauses: `instance;startable;undeployable;`. */
    readonly flags: string;
    /** Read out by screen readers; an instance's holds Roboconf's own status name. */
    readonly ariaLabel: string;
    /** Made only when somebody looks. */
    readonly tooltip: () => Tooltip;
    readonly fold: 'none' | 'open' | 'closed';
    /** What a click on the row does, null = select it. A command without the prefix `roboconf.`, called with the element. */
    readonly click: LinkedCommand | null;
}

export interface Tooltip {
    readonly title: string;
    /** Plain text. */
    readonly lines: readonly string[];
    /** Shown as they are, in a fixed-width block. */
    readonly output: readonly string[];
    /** Commands without the prefix `roboconf.`, called with the element. */
    readonly links: readonly { readonly title: string; readonly command: LinkedCommand }[];
}

/** What rows and tooltips may call. */
export const LINKED_COMMANDS = [
    'openRecipe',
    'openSource',
    'showOutput',
    'run.show',
    'retry',
    'settleSucceeded',
    'settleFailed',
    'resume',
    'takeOver',
    'openTarget',
] as const;

export type LinkedCommand = (typeof LINKED_COMMANDS)[number];

/** The flags of an entry: its kind, then those that are true. */
export function flagsOf(kind: string, flags: Readonly<Record<string, boolean>> = {}): string {
    return [kind, ...Object.keys(flags).filter((flag) => flags[flag] === true), ''].join(';');
}

/** A tooltip of plain lines. */
export function plainTooltip(title: string, lines: readonly string[] = []): Tooltip {
    return { title, lines, output: [], links: [] };
}
