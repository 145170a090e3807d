/**
 * What files say, as plain data: the step between syntax trees and the ApplicationModel.
 * Names are as written; nothing is resolved or checked. Every word that can be wrong has its place.
 */
import type { SourceRange } from './application-model.ts';

/** A piece of text and where it stands. */
export interface Word {
    readonly text: string;
    readonly range: SourceRange;
}

/** One item of `exports`. */
export interface ExportDeclaration {
    readonly name: Word;
    /** Null when there is none (`a` and `a =`); quotes are removed. */
    readonly value: string | null;
    /** The kind of `random[kind]`; null for ordinary variables. */
    readonly random: Word | null;
    readonly range: SourceRange;
}

/** One item of `imports`. */
export interface ImportDeclaration {
    /** `Prefix.name` or `Prefix.*`, without keywords. */
    readonly text: string;
    readonly prefix: Word;
    /** What follows the first dot; null when nothing does. */
    readonly variable: Word | null;
    readonly optional: boolean;
    readonly external: boolean;
    readonly range: SourceRange;
}

/** A component or facet block. */
export interface TypeDeclaration {
    readonly kind: 'component' | 'facet';
    readonly name: Word;
    readonly block: SourceRange;
    readonly description: string | null;
    /** Null when the property is absent or blank. */
    readonly installer: Word | null;
    /** Whether an `installer` property stands in the block, be it blank. */
    readonly hasInstallerProperty: boolean;
    /** Whether a line of the block could not be read, so that what the type lacks cannot be judged. */
    readonly isDamaged: boolean;
    /** At most one for a component that follows the rules. */
    readonly extends: readonly Word[];
    readonly facets: readonly Word[];
    readonly children: readonly Word[];
    readonly exports: readonly ExportDeclaration[];
    readonly imports: readonly ImportDeclaration[];
}

/** A property of an instance that sets a variable or a datum. */
export interface ValueDeclaration {
    readonly key: Word;
    readonly value: string;
    readonly isQuoted: boolean;
    readonly range: SourceRange;
}

/** An `instance of` block. */
export interface InstanceDeclaration {
    /** Null for `instance of {`. */
    readonly component: Word | null;
    /** Null when the property is absent or blank. */
    readonly name: Word | null;
    /** Null when absent or not a number of at least 1. */
    readonly count: { readonly value: number; readonly range: SourceRange } | null;
    readonly channels: readonly string[];
    readonly status: string;
    readonly data: ReadonlyMap<string, string>;
    readonly overrides: readonly ValueDeclaration[];
    readonly instances: readonly InstanceDeclaration[];
    readonly description: string | null;
    readonly block: SourceRange;
    /** The same object for all declarations made of one text, wherever it stands: moving a block changes nothing in it. */
    readonly writing: object;
}

/** Everything one file declares. */
export interface FileDeclarations {
    /** Relative to the application's directory. */
    readonly file: string;
    readonly kind: 'graph' | 'instances' | 'aggregator' | 'empty' | 'undetermined';
    readonly imports: readonly Word[];
    readonly types: readonly TypeDeclaration[];
    readonly instances: readonly InstanceDeclaration[];
}
