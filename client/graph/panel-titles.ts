/** Titles of graph panels. A title names one application for good, because it is what a panel is known by after a reload. */

/** Directory URI by title. */
export type PanelTitles = Readonly<Record<string, string>>;

/** The title for an application: its own of before, else its name, with the folder when another application has that title. */
export function panelTitle(name: string, directoryUri: string, titles: PanelTitles): string {
    const known = Object.keys(titles).find(
        (title) => titles[title] === directoryUri && title.startsWith(`Graph: ${name}`),
    );
    if (known !== undefined) return known;
    const plain = `Graph: ${name}`;
    const owner = Object.hasOwn(titles, plain) ? titles[plain] : undefined;
    return owner === undefined || owner === directoryUri
        ? plain
        : `${plain} (${decodeURIComponent(directoryUri.replace(/^file:\/\//, ''))})`;
}

/** Reads titles that were stored; what is not a title is left out. */
export function parsePanelTitles(stored: unknown): PanelTitles {
    if (typeof stored !== 'object' || stored === null) return {};
    const entries: readonly (readonly [string, unknown])[] = Object.entries(stored);
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
