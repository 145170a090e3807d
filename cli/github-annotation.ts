/** Findings as commands of a GitHub workflow, which shows them at the lines concerned. */
import { join, relative } from 'node:path';
import type { Severity } from '../language/index.ts';
import type { Found } from './application.ts';

const LEVELS: Readonly<Record<Severity, string>> = {
    error: 'error',
    warning: 'warning',
    information: 'notice',
    hint: 'notice',
};

/** `::error file=…,line=…::message` with the file relative to `root`, the checkout. Columns of GitHub are inclusive and within one line. */
export function annotationOf({ directory, finding }: Found, root: string): string {
    const { range, severity, code, message } = finding;
    const properties: (readonly [string, string | number])[] = [];
    if (range !== null) {
        const file = relative(root, join(directory, range.file)).replaceAll('\\', '/');
        properties.push(['file', file], ['line', range.line], ['endLine', range.endLine]);
        if (range.line === range.endLine)
            properties.push(['col', range.column], ['endColumn', Math.max(range.column, range.endColumn - 1)]);
    }
    const text = [...properties, ['title', code] as const].map(
        ([name, value]) => `${name}=${escapedProperty(String(value))}`,
    );
    return `::${LEVELS[severity]} ${text.join(',')}::${escaped(message)}`;
}

function escaped(text: string): string {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
    return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
