/** Saves or copies what a graph shows, in the format a person chooses. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { dotOf, drawioOf, flatPicture, htmlOf, mermaidOf } from '../../media/export.ts';
import { pictureOf, toSvgText, type PictureOverlay, type SvgElement } from '../../media/picture.ts';
import type { LaidOutGraph } from '../../server/layout.ts';
import { rasterFont, rasterise } from '../../server/raster.ts';
import { signalOf } from '../ui/cancellation.ts';
import { CANCELLED, DONE, done, failed, type Outcome } from '../ui/outcome.ts';
import { pageTexts } from './page-texts.ts';

/** What is seen in a graph, and whose it is. */
export interface ShownGraph {
    readonly graph: LaidOutGraph;
    readonly overlay: PictureOverlay;
    /** Name of the application. */
    readonly name: string;
    readonly directory: vscode.Uri;
    /** The folder of the extension's bundles. */
    readonly bundles: vscode.Uri;
}

type Format = 'svg' | 'png' | 'html' | 'mermaid' | 'dot' | 'drawio';

interface FormatItem extends vscode.QuickPickItem {
    readonly format: Format;
    readonly extension: string;
}

/** Asks for format and file, writes it, and offers what can be done with it. Cancelled where the person asked for nothing. */
export async function exportGraph(shown: ShownGraph, signal: AbortSignal): Promise<Outcome<unknown>> {
    const item = await chooseFormat();
    if (item === undefined) return CANCELLED;
    const target = await chooseFile(shown, item);
    if (target === undefined) return CANCELLED;
    const content = await drawnWithProgress(shown, item.format, signal);
    if (content.kind !== 'done') return content;
    try {
        await vscode.workspace.fs.writeFile(target, content.value);
    } catch {
        return failed({ kind: 'notWritten', folder: vscode.Uri.joinPath(target, '..').fsPath });
    }
    void offerNextSteps(target, item.format, content.value);
    return DONE;
}

async function chooseFormat(): Promise<FormatItem | undefined> {
    const items: readonly FormatItem[] = [
        {
            format: 'svg',
            extension: 'svg',
            label: vscode.l10n.t('SVG picture'),
            description: vscode.l10n.t('sharp at every size, in light and dark'),
        },
        {
            format: 'png',
            extension: 'png',
            label: vscode.l10n.t('PNG image'),
            description: vscode.l10n.t('for chats and slides, in the colours of the editor'),
        },
        {
            format: 'html',
            extension: 'html',
            label: vscode.l10n.t('Web page'),
            description: vscode.l10n.t('one file to zoom and search in any browser'),
        },
        {
            format: 'mermaid',
            extension: 'mmd',
            label: vscode.l10n.t('Mermaid'),
            description: vscode.l10n.t('text for Markdown'),
        },
        {
            format: 'dot',
            extension: 'dot',
            label: vscode.l10n.t('DOT'),
            description: vscode.l10n.t('text for Graphviz'),
        },
        {
            format: 'drawio',
            extension: 'drawio',
            label: vscode.l10n.t('draw.io'),
            description: vscode.l10n.t('to go on drawing by hand'),
        },
    ];
    const title = vscode.l10n.t('Export the Graph');
    const placeHolder = vscode.l10n.t('The picture is written as it is seen, with what is drawn over it');
    return vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
}

async function chooseFile(
    { directory, graph }: ShownGraph,
    { label, extension }: FormatItem,
): Promise<vscode.Uri | undefined> {
    const folder = directory.path.split('/').findLast((part) => part !== '') ?? 'graph';
    return vscode.window.showSaveDialog({
        defaultUri: vscode.Uri.joinPath(directory, `${folder}-${graph.perspective}.${extension}`),
        filters: { [label]: [extension] },
        title: vscode.l10n.t('Export the Graph'),
    });
}

async function drawnWithProgress(shown: ShownGraph, format: Format, outer: AbortSignal): Promise<Outcome<Uint8Array>> {
    // Only the raster form takes long enough to be waited for.
    if (format !== 'png') return done(new TextEncoder().encode(textOf(shown, format)));
    const title = vscode.l10n.t('Drawing the image');
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    return vscode.window.withProgress(options, async (_progress, token) => {
        const { signal, dispose } = signalOf(token, outer);
        try {
            return await imageOf(shown, signal);
        } catch (fault) {
            if (signal.aborted) return CANCELLED;
            throw fault;
        } finally {
            dispose();
        }
    });
}

function textOf(shown: ShownGraph, format: Exclude<Format, 'png'>): string {
    const { graph, overlay, name } = shown;
    const texts = pageTexts();
    switch (format) {
        case 'svg':
            return toSvgText(picture(shown));
        case 'html': {
            const nonce = randomBytes(18).toString('base64url');
            return htmlOf({ title: name, picture: picture(shown), language: vscode.env.language, texts, nonce });
        }
        case 'mermaid':
            return `${mermaidOf(graph, overlay, texts)}\n`;
        case 'dot':
            return `${dotOf(graph, overlay, texts)}\n`;
        case 'drawio':
            return drawioOf(graph, overlay, texts, name);
        default:
            return format satisfies never;
    }
}

/** Selection and search are a person's at this moment, not the picture's. */
function picture({ graph, overlay }: ShownGraph): SvgElement {
    return pictureOf(graph, { ...overlay, selected: [], found: null }, pageTexts());
}

const SCALE = 2;

async function imageOf(shown: ShownGraph, signal: AbortSignal): Promise<Outcome<Uint8Array>> {
    const { kind } = vscode.window.activeColorTheme;
    const isDark = kind === vscode.ColorThemeKind.Dark || kind === vscode.ColorThemeKind.HighContrast;
    const svg = toSvgText(flatPicture(picture(shown), isDark ? 'dark' : 'light', rasterFont() ?? 'sans-serif'));
    const result = await rasterise(svg, { bundles: shown.bundles.fsPath, scale: SCALE }, signal);
    return result.kind === 'drawn' ? done(result.png) : failed({ kind: 'notDrawn', message: result.message });
}

/** Not waited for: the message may stay for as long as the person likes. */
async function offerNextSteps(target: vscode.Uri, format: Format, content: Uint8Array): Promise<void> {
    const open = vscode.l10n.t('Open');
    const copy = vscode.l10n.t('Copy Text');
    const isText = format !== 'png';
    const message = vscode.l10n.t('{0} saved', vscode.workspace.asRelativePath(target));
    const chosen = await vscode.window.showInformationMessage(message, open, ...(isText ? [copy] : []));
    if (chosen === copy) await vscode.env.clipboard.writeText(new TextDecoder().decode(content));
    if (chosen === open) await (format === 'html' ? vscode.env.openExternal(target) : openFile(target));
}

async function openFile(target: vscode.Uri): Promise<void> {
    await vscode.commands.executeCommand('vscode.open', target, { viewColumn: vscode.ViewColumn.Beside });
}
