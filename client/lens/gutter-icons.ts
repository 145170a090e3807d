/** Icons beside the lines of instances: a shape for each state, drawn in the colours of the kind of theme. */
import * as vscode from 'vscode';
import type { GutterShape } from './instance-marks.ts';

type Palette = 'good' | 'bad' | 'wait' | 'busy' | 'rest';

/** The least contrast with the editor's background is 4.5 in each kind of theme. */
const COLOURS: Readonly<Record<vscode.ColorThemeKind, Readonly<Record<Palette, string>>>> = {
    [vscode.ColorThemeKind.Light]: {
        good: '#2a7b35',
        bad: '#c72e0f',
        wait: '#8a5a00',
        busy: '#1a63b8',
        rest: '#616161',
    },
    [vscode.ColorThemeKind.Dark]: {
        good: '#73c991',
        bad: '#f48771',
        wait: '#d7ba7d',
        busy: '#75beff',
        rest: '#a0a0a0',
    },
    [vscode.ColorThemeKind.HighContrast]: {
        good: '#89d185',
        bad: '#ff8a80',
        wait: '#ffd700',
        busy: '#6fc3ff',
        rest: '#ffffff',
    },
    [vscode.ColorThemeKind.HighContrastLight]: {
        good: '#0a5c17',
        bad: '#a3120a',
        wait: '#6b4500',
        busy: '#0f4a85',
        rest: '#292929',
    },
};

interface Drawing {
    readonly palette: Palette;
    /** In a square of 16; `C` is the colour, `B` what shows through it. */
    readonly body: string;
}

const STROKE = 'fill="none" stroke="C" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"';
const CUT = 'fill="none" stroke="B" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"';

const DRAWINGS: Readonly<Record<GutterShape, Drawing>> = {
    started: {
        palette: 'good',
        body: `<circle cx="8" cy="8" r="6" fill="C"/><path d="M5.2 8.2l2 2 3.6-4.2" ${CUT}/>`,
    },
    stopped: {
        palette: 'rest',
        body: `<circle cx="8" cy="8" r="5.2" ${STROKE}/><rect x="5.8" y="5.8" width="4.4" height="4.4" fill="C"/>`,
    },
    absent: { palette: 'rest', body: `<circle cx="8" cy="8" r="5.2" ${STROKE} stroke-dasharray="1.6 2.5"/>` },
    waiting: {
        palette: 'wait',
        body: `<circle cx="8" cy="8" r="5.2" ${STROKE}/><path d="M8 5v3.2l2.2 1.4" ${STROKE}/>`,
    },
    changing: {
        palette: 'busy',
        body: `<path d="M3 7a5.2 5.2 0 0 1 9.4-2.1M13 9a5.2 5.2 0 0 1-9.4 2.1" ${STROKE}/><path d="M12.6 2.2v2.9H9.7M3.4 13.8v-2.9h2.9" ${STROKE}/>`,
    },
    paused: {
        palette: 'wait',
        body: '<rect x="4.2" y="3.4" width="2.6" height="9.2" rx="0.6" fill="C"/><rect x="9.2" y="3.4" width="2.6" height="9.2" rx="0.6" fill="C"/>',
    },
    failed: {
        palette: 'bad',
        body: `<path d="M5.3 2h5.4L14 5.3v5.4L10.7 14H5.3L2 10.7V5.3z" fill="C"/><path d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4" ${CUT}/>`,
    },
    problem: {
        palette: 'bad',
        body: `<path d="M8 2.2L14.4 13.4H1.6z" ${STROKE}/><path d="M8 6.4v3.2" ${STROKE}/><circle cx="8" cy="11.4" r="0.9" fill="C"/>`,
    },
};

/** What shows through a filled shape: near the background of the editor. */
function backgroundOf(theme: vscode.ColorThemeKind): string {
    return theme === vscode.ColorThemeKind.Light || theme === vscode.ColorThemeKind.HighContrastLight
        ? '#ffffff'
        : '#1e1e1e';
}

/** The icon as the text of an SVG document. */
export function gutterSvg(shape: GutterShape, theme: vscode.ColorThemeKind): string {
    const { palette, body } = DRAWINGS[shape];
    const drawn = body.replaceAll('"C"', `"${COLOURS[theme][palette]}"`).replaceAll('"B"', `"${backgroundOf(theme)}"`);
    return `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">${drawn}</svg>`;
}

/** The icon as the editor takes it. */
export function gutterIcon(shape: GutterShape, theme: vscode.ColorThemeKind): vscode.Uri {
    const encoded = Buffer.from(gutterSvg(shape, theme)).toString('base64');
    return vscode.Uri.parse(`data:image/svg+xml;base64,${encoded}`);
}
