/** The one thing that differs between the runtimes this code runs on. */

/** Whether this process is an editor's, whose own executable is no Node by itself. */
export function isElectron(): boolean {
    return process.versions['electron'] !== undefined;
}
