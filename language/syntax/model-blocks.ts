/** The pieces of a model file as blocks and properties: what outline, colours and folds are made of, whatever is wrong with the text. */
import type { Block } from '../parsing/block-scanner.ts';
import type { Piece } from '../parsing/piece.ts';
import type { BlockKind } from '../keywords.ts';

/** `key: value;`. The value is in pieces, without colon and semicolon. */
export interface PropertyPart {
    readonly kind: 'property';
    readonly key: Piece;
    readonly value: readonly Piece[];
    /** The semicolon; an empty piece when the text has none. */
    readonly end: Piece;
}

/** A component, a facet or an instance. */
export interface BlockPart {
    readonly kind: BlockKind;
    /** The words in front of the bracket. */
    readonly header: readonly Piece[];
    /** In the order of the text. */
    readonly parts: readonly (PropertyPart | BlockPart)[];
    /** The closing bracket; an empty piece when the text has none. */
    readonly close: Piece;
}

interface OpenPart {
    readonly kind: BlockKind;
    readonly header: Piece[];
    readonly parts: (PropertyPart | BlockPart)[];
}

/** The parts of a block that is no import; undefined when its pieces lack a header. */
export function blockPartOf({ kind, pieces }: Block): BlockPart | undefined {
    if (kind === 'import') return undefined;
    const reader = new PartReader(kind);
    for (const piece of pieces) reader.read(piece);
    return reader.finished();
}

class PartReader {
    readonly #open: OpenPart[];
    #property: { readonly key: Piece; readonly value: Piece[] } | undefined;
    #isInHeader = true;
    #whole: BlockPart | undefined;

    constructor(kind: BlockKind) {
        this.#open = [{ kind, header: [], parts: [] }];
    }

    read(piece: Piece): void {
        const block = this.#open.at(-1);
        if (block === undefined) return;
        if (this.#property !== undefined) this.#readValue(piece, block, this.#property);
        else if (this.#isInHeader) this.#readHeader(piece, block);
        else this.#readBody(piece, block);
    }

    finished(): BlockPart | undefined {
        return this.#whole;
    }

    #readHeader(piece: Piece, block: OpenPart): void {
        if (piece.type === '{') this.#isInHeader = false;
        else block.header.push(piece);
    }

    #readBody(piece: Piece, block: OpenPart): void {
        if (piece.type === '}') this.#close(piece, block);
        else if (piece.type === 'instance') {
            this.#open.push({ kind: 'instance', header: [piece], parts: [] });
            this.#isInHeader = true;
        } else this.#property = { key: piece, value: [] };
    }

    #readValue(piece: Piece, block: OpenPart, { key, value }: { readonly key: Piece; readonly value: Piece[] }): void {
        if (piece.type === ';') {
            block.parts.push({ kind: 'property', key, value, end: piece });
            this.#property = undefined;
        } else if (piece.type !== ':') value.push(piece);
    }

    #close(close: Piece, { kind, header, parts }: OpenPart): void {
        const done: BlockPart = { kind, header, parts, close };
        this.#open.pop();
        const parent = this.#open.at(-1);
        if (parent === undefined) this.#whole = done;
        else parent.parts.push(done);
    }
}
