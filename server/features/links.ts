/** `textDocument/documentLink`: words of a text that name a file. */
import type { DocumentLink } from 'vscode-languageserver/node';
import type { FileKind, SourceRange } from '../../language/index.ts';
import { toLspRange } from '../workspace/diagnostics.ts';
import { type Locations, parentOf, pathIn } from '../workspace/locations.ts';
import type { FileView } from '../workspace/units.ts';
import type { Lines } from './line-context.ts';
import { lookupOf } from './name-lookup.ts';

export interface LinkQuestion {
    readonly view: FileView;
    readonly path: string;
    readonly kind: FileKind;
    readonly lines: Lines;
    /** Files below a directory, relative to it. */
    readonly filesBelow: (directory: string) => readonly string[];
    readonly locations: Locations;
}

/** Links to files that exist: imports, entry points, executed command files, and the files that instructions copy. */
export function linksIn(question: LinkQuestion): readonly DocumentLink[] {
    return question.kind === 'instructions' ? copiedFiles(question) : namedFiles(question);
}

function namedFiles({ view, lines, locations }: LinkQuestion): readonly DocumentLink[] {
    const { application, file } = view;
    const lookup = lookupOf(application);
    const places = lines.flatMap((_, i) => lookup.onLine(file, i + 1));
    return places.flatMap((place) => {
        if (place.kind === 'declaration') return [];
        const [target] = place.reference.targets.filter(({ kind }) => kind === 'file' || kind === 'command');
        if (target === undefined) return [];
        return [linkOf(place.range, locations.uriOf(pathIn(application.directory, target.range.file)))];
    });
}

const INSTRUCTION = /^(?<before>[ \t]*[\w.]+[ \t]*[=:][ \t]*)(?<source>[^\s#!][^>]*?)[ \t]*->/;

/** `deploy.1.copy = files/app.conf -> /etc/app.conf`: the source, where it is a file of the recipe. */
function copiedFiles({ view, path, lines, filesBelow, locations }: LinkQuestion): readonly DocumentLink[] {
    const recipe = parentOf(path);
    const files = new Set(filesBelow(recipe));
    return lines.flatMap((text, i) => {
        const { before = '', source = '' } = INSTRUCTION.exec(text)?.groups ?? {};
        const file = source.replace(/^\.\//, '');
        if (!files.has(file)) return [];
        const column = before.length + 1;
        const place = { line: i + 1, column, endLine: i + 1, endColumn: column + source.length };
        return [linkOf({ file: view.file, ...place }, locations.uriOf(pathIn(recipe, file)))];
    });
}

function linkOf(range: SourceRange, target: string): DocumentLink {
    return { range: toLspRange(range), target };
}
