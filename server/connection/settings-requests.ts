/** The settings as the client tells them: when it connects, when they change, or when it is asked. */
import type { Session } from '../session.ts';
import { DEFAULT_SETTINGS, parseSettings, type Settings } from '../settings.ts';

export interface SettingsSource {
    readonly current: () => Settings;
    readonly replace: (settings: Settings) => void;
}

/** The defaults, until they are replaced. */
export function createSettingsSource(): SettingsSource {
    let settings = DEFAULT_SETTINGS;
    return { current: () => settings, replace: (next) => void (settings = next) };
}

/** Follows changes of the settings; `changed` is called after each. */
export function followSettings({ connection, abilities }: Session, source: SettingsSource, changed: () => void): void {
    const take = (value: unknown): void => {
        const settings = parseSettings(value);
        if (settings === undefined) return;
        source.replace(settings);
        changed();
    };
    connection.onDidChangeConfiguration((params) => {
        const told: unknown = params.settings;
        if (typeof told === 'object' && told !== null) return take(told);
        if (!abilities().presentation.tellsSettings) return;
        connection.workspace.getConfiguration('roboconf').then(take, (cause: unknown) => {
            connection.console.warn(`The settings could not be read: ${String(cause)}`);
        });
    });
}
