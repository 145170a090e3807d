/** `textDocument/hover`: what a name or a word of the language means where it stands. */
import type { Hover, Position } from 'vscode-languageserver/node';
import type { FileKind, ImportedVariable, Reference } from '../../language/index.ts';
import { toLspRange } from '../workspace/diagnostics.ts';
import type { FileView } from '../workspace/units.ts';
import { importMarkdown, variableMarkdown } from './hover/cards.ts';
import { commandsWord } from './hover/commands-words.ts';
import { declarationMarkdown, type Surroundings } from './hover/declaration-cards.ts';
import { measuresWord } from './hover/measures-words.ts';
import { modelWord } from './hover/model-words.ts';
import { propertiesWord } from './hover/properties-words.ts';
import { rulesWord } from './hover/rules-words.ts';
import type { ExplainedWord } from './hover/word-at.ts';
import { type Lines, openBlockAt } from './line-context.ts';
import { type NamedPlace, placeAt } from './places.ts';
import { type Scope, scopeOf } from './scope.ts';

export interface HoverQuestion {
    readonly kind: FileKind;
    readonly lines: Lines;
    readonly position: Position;
    readonly view: FileView;
    /** A file as the editor has it, else as it is on disk; undefined when it cannot be read. */
    readonly textOf: (path: string) => string | undefined;
}

/** What to show at a position; null when there is nothing to say. */
export function hoverAt(question: HoverQuestion): Hover | null {
    const place = placeAt(question.view, question.position);
    const text = place === undefined ? '' : placeMarkdown(place, question);
    if (place !== undefined && text !== '') return hoverOf(text, toLspRange(place.range));
    const word = wordAt(question);
    if (word === undefined) return null;
    const { line, character } = question.position;
    if (character < word.start || character > word.end) return null;
    return hoverOf(word.text, { start: { line, character: word.start }, end: { line, character: word.end } });
}

function hoverOf(value: string, range: NonNullable<Hover['range']>): Hover {
    return { contents: { kind: 'markdown', value }, range };
}

function placeMarkdown(place: NamedPlace, question: HoverQuestion): string {
    const scope = scopeOf(question.view);
    const around: Surroundings = { scope, application: question.view.analysis.application, textOf: question.textOf };
    if (place.kind === 'declaration') return declarationMarkdown(place.declaration, around);
    return referenceMarkdown(place.reference, question, around);
}

/** More meanings of a name than this are left aside. */
const MOST_CARDS = 3;

function referenceMarkdown(reference: Reference, question: HoverQuestion, around: Surroundings): string {
    const { name, targets } = reference;
    const isVariable =
        targets.length === 0 ? question.kind === 'graph' && name.includes('.') : targets[0]?.kind === 'variable';
    if (isVariable) {
        const imported = importedHere(question, around.scope, name);
        const full = name.includes('.') ? name : (targets[0]?.name ?? name);
        const card =
            imported === undefined ? variableMarkdown(around.scope, full) : importMarkdown(around.scope, imported);
        if (card !== '') return card;
    }
    const cards = targets.slice(0, MOST_CARDS).map((target) => declarationMarkdown(target, around));
    return [...new Set(cards)].filter((card) => card !== '').join('\n\n---\n\n');
}

/** The import that a name in the list of a component is; undefined when it stands elsewhere. */
function importedHere(
    { kind, lines, position }: HoverQuestion,
    scope: Scope,
    name: string,
): ImportedVariable | undefined {
    if (kind !== 'graph' || !/^\s*imports\s*:/.test(lines[position.line] ?? '')) return undefined;
    const block = openBlockAt(lines, kind, position.line);
    return scope.components.get(block?.name ?? '')?.ownImports.find((one) => one.name === name);
}

function wordAt({ kind, lines, position, view }: HoverQuestion): ExplainedWord | undefined {
    switch (kind) {
        case 'graph':
        case 'instances':
            return modelWord({ kind, lines, position, view });
        case 'descriptor':
        case 'target':
        case 'recipe':
        case 'instructions':
        case 'measureValues':
            return propertiesWord({ kind, lines, position });
        case 'commands':
            return commandsWord(lines, position);
        case 'rules':
            return rulesWord(lines, position);
        case 'measures':
            return measuresWord(lines, position);
        default:
            return kind satisfies never;
    }
}
