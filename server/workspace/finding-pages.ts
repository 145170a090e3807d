/** Where the pages that explain findings are: beside the extension, or on the project's site. */

const SITE = 'https://github.com/roboconf/roboconf-vscode/blob/main/docs/findings/';

/** The folder of the pages, with a slash at its end: `initializationOptions.findingPages`, else the project's site. */
export function parseFindingPages(options: unknown): string {
    if (typeof options !== 'object' || options === null || !('findingPages' in options)) return SITE;
    const { findingPages } = options;
    if (typeof findingPages !== 'string' || !URL.canParse(findingPages)) return SITE;
    return findingPages.endsWith('/') ? findingPages : `${findingPages}/`;
}

/** The address of the page of a code. */
export function findingPage(pages: string, code: string): string {
    return `${pages}${encodeURIComponent(code)}.md`;
}
