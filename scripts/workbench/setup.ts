/** What a test may want of its workbench beyond the plain one: the person's settings, the look, the folder, the trust. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Settings } from './server.ts';

/** The four themes everything must be readable in. */
export type Theme = 'dark' | 'light' | 'highContrastDark' | 'highContrastLight';

/** A key of the person's own, bound to a command with its first argument. It ignores the `enablement` of menus. */
export type Keybinding = {
    readonly key: string;
    readonly command: string;
    readonly args?: unknown;
};

/** Everything left out is as in a plain workbench: its own theme, English, trusted, the folder under its own name. */
export type SessionSetup = {
    readonly settings?: Settings;
    readonly theme?: Theme;
    /** The display language of the product: `fr` and the like. The workbench's own texts stay English. */
    readonly language?: string;
    /** The workbench asks for trust as an installed one does, so that the folder opens in restricted mode. */
    readonly isTrustAsked?: boolean;
    readonly keybindings?: readonly Keybinding[];
    /** The name of the copy of the folder, such as one with a blank and an accent. */
    readonly folderName?: string;
    /** Changes the copy before the workbench opens it. */
    readonly prepareFolder?: (folder: string) => void;
    readonly viewport?: { readonly width: number; readonly height: number };
};

const themes: { readonly [theme in Theme]: string } = {
    dark: 'Default Dark Modern',
    light: 'Default Light Modern',
    highContrastDark: 'Default High Contrast',
    highContrastLight: 'Default High Contrast Light',
};

const trustSettings: Settings = {
    'security.workspace.trust.enabled': true,
    // The question at the start is modal and the same for every extension: tests begin after it, untrusted.
    'security.workspace.trust.startupPrompt': 'never',
    'security.workspace.trust.banner': 'never',
    // Else the editor of trust lies over everything and takes the keys.
    'workbench.editor.useModal': 'off',
};

/** The settings that a setup comes down to. */
export const settingsOf = (setup: SessionSetup): Settings => ({
    ...(setup.theme === undefined ? {} : { 'workbench.colorTheme': themes[setup.theme] }),
    ...(setup.isTrustAsked === true ? trustSettings : {}),
    ...setup.settings,
});

/** Writes the person's keys to where the workbench of a user data directory reads them. */
export const writeKeybindings = (setup: SessionSetup, dataDirectory: string): void => {
    const user = path.join(dataDirectory, 'User');
    mkdirSync(user, { recursive: true });
    writeFileSync(path.join(user, 'keybindings.json'), JSON.stringify(setup.keybindings ?? []));
};
