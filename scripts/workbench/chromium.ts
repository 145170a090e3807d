/** Finds the browser that the tests drive, or installs it where that can be done without asking anyone. */
import { existsSync } from 'node:fs';
import { findProgram, runCommand } from './command.ts';
import { installPackages } from './debian.ts';
import { failed, type Outcome, success } from './outcome.ts';

const browserNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'] as const;
const macBrowsers = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
] as const;

const installedBrowser = (): string | undefined =>
    findProgram(...browserNames) ?? macBrowsers.find((file) => existsSync(file));

const hasFonts = async (signal: AbortSignal): Promise<boolean> => {
    if (process.platform !== 'linux' || findProgram('fc-list') === undefined) return process.platform !== 'linux';
    const fonts = await runCommand({ file: 'fc-list', arguments: [], quiet: true }, signal);
    return fonts.ok && fonts.value.trim() !== '';
};

const withFonts = async (browser: string, signal: AbortSignal): Promise<Outcome<string>> => {
    if (await hasFonts(signal)) return success(browser);
    const installed = await installPackages(
        { packages: ['fontconfig', 'fonts-dejavu-core'], purpose: 'text in the browser (no font is installed)' },
        signal,
    );
    return installed.ok ? success(browser) : installed;
};

/** The path of a Chromium: $CHROMIUM, else one in the PATH, else the one apt-get installs on a Debian machine as root. */
export const findChromium = async (signal: AbortSignal): Promise<Outcome<string>> => {
    const named = process.env['CHROMIUM'];
    if (named !== undefined && named !== '') {
        return existsSync(named) ? success(named) : failed(`CHROMIUM names ${named}, which does not exist.`);
    }
    const present = installedBrowser();
    if (present !== undefined) return withFonts(present, signal);
    const installed = await installPackages({ packages: ['chromium'], purpose: 'the browser of the tests' }, signal);
    if (!installed.ok) return failed(`${installed.reason}\nOr name a Chromium by the variable CHROMIUM.`);
    const browser = installedBrowser();
    return browser === undefined
        ? failed('apt-get installed chromium, yet it is not on the PATH.')
        : withFonts(browser, signal);
};
