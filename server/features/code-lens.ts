/** `textDocument/codeLens`: how often a component is used, above its first line. What is not used at all says nothing. */
import type { CodeLens, Location } from 'vscode-languageserver/node';
import type { FileSyntax, OutlineItem, SourceRange, TextRange } from '../../language/index.ts';
import { toLspRange } from '../workspace/diagnostics.ts';
import { type Locations, pathIn } from '../workspace/locations.ts';
import type { FileView } from '../workspace/units.ts';
import { usesIn, type Uses } from './uses.ts';

type Use = 'instances' | 'importers';

/** What a lens carries until it is resolved. */
export interface LensData {
    readonly uri: string;
    readonly component: string;
    readonly use: Use;
}

/** The lenses of a file, not resolved. */
export function codeLensesOf(syntax: FileSyntax, view: FileView, uri: string): readonly CodeLens[] {
    const uses = usesIn(view.analysis.application);
    return syntax.outline.filter(({ kind }) => kind === 'component').flatMap((item) => lensesOf(item, uses, uri));
}

function lensesOf({ name, nameRange }: OutlineItem, uses: Uses, uri: string): readonly CodeLens[] {
    return (['instances', 'importers'] as const)
        .filter((use) => placesOf(uses, name, use).length > 0)
        .map((use) => ({ range: toRange(nameRange), data: { uri, component: name, use } satisfies LensData }));
}

export interface LensContext {
    readonly view: FileView;
    readonly locations: Locations;
    /** The editor's command that shows locations; null when it has none. */
    readonly command: string | null;
}

/** A lens with its words and, where the editor can show them, the places it counts. */
export function resolvedLens(lens: CodeLens, { uri, component, use }: LensData, context: LensContext): CodeLens {
    const { application } = context.view.analysis;
    const places = placesOf(usesIn(application), component, use);
    // A counted instance is written once.
    const written = new Map(places.map((range) => [JSON.stringify(range), range]));
    const locations = [...written.values()].map((range): Location => ({
        uri: context.locations.uriOf(pathIn(application.directory, range.file)),
        range: toLspRange(range),
    }));
    const title = titleOf(use, places.length);
    const { command } = context;
    if (command === null) return { ...lens, command: { title, command: '' } };
    return { ...lens, command: { title, command, arguments: [uri, lens.range.start, locations] } };
}

/** Reads what a lens carries; undefined when it is not one of ours. */
export function parseLensData(data: unknown): LensData | undefined {
    if (typeof data !== 'object' || data === null) return undefined;
    if (!('uri' in data) || !('component' in data) || !('use' in data)) return undefined;
    const { uri, component, use } = data;
    if (typeof uri !== 'string' || typeof component !== 'string') return undefined;
    return use === 'instances' || use === 'importers' ? { uri, component, use } : undefined;
}

/** One place for each that uses the component. */
function placesOf(uses: Uses, component: string, use: Use): readonly SourceRange[] {
    if (use === 'importers') return uses.importersOf(component).map(({ range }) => range);
    return uses.instancesOf(component).map(({ range }) => range);
}

function titleOf(use: Use, count: number): string {
    if (use === 'instances') return count === 1 ? '1 instance' : `${count} instances`;
    return count === 1 ? '1 importer' : `${count} importers`;
}

function toRange({ line, column, endLine, endColumn }: TextRange): CodeLens['range'] {
    return {
        start: { line: line - 1, character: column - 1 },
        end: { line: endLine - 1, character: endColumn - 1 },
    };
}
