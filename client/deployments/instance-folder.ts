/** Recipes run from copies in the state directory: people know their files by their places in the recipe folder. */

/** A whole absolute path up to the folder of an instance; its name ends with a hash. */
const FOLDER = /(?<=^|[\s"'`(=:])\/\S*?\/current\/instances\/[^/\s]+-[0-9a-f]{8}\//g;

/** A line of output with paths of recipe files as they are below the recipe folder: `scripts/start.sh: 12: not found`. */
export function withoutInstanceFolder(line: string): string {
    return line.replaceAll(FOLDER, '');
}
