/** `roboconf check`: what is wrong with an application, a recipe project, a project of targets or a single file. */
import { existsSync, realpathSync } from 'node:fs';
import type { FileKind, Finding } from '../language/index.ts';
import type { Found } from './application.ts';
import type { Arguments } from './arguments.ts';
import { createChecker, type Checked } from './checked.ts';
import { findingText } from './finding-text.ts';
import { annotationOf } from './github-annotation.ts';
import type { Output } from './output.ts';
import { productVersion } from './product-version.ts';
import { sarifOf } from './sarif.ts';
import { FORMAT, usageFault, type ExitCode, type Verb } from './verb.ts';

/** Words for kinds of file. */
const KINDS: Readonly<Record<string, FileKind>> = {
    graph: 'graph',
    instances: 'instances',
    commands: 'commands',
    rules: 'rules',
    measures: 'measures',
    values: 'measureValues',
    target: 'target',
    descriptor: 'descriptor',
    recipe: 'recipe',
    instructions: 'instructions',
};

export const check: Verb = {
    group: 'writing',
    summary: 'reports what is wrong with applications, recipes, targets or single files; silent when nothing is',
    operands: '[DIR|FILE…]',
    operandKinds: ['model', 'model'],
    examples: [
        ['roboconf check my-app', 'checks one application'],
        ['roboconf check --strict --format github apps/*', 'in a GitHub workflow: annotations at the lines concerned'],
        ['roboconf check --format sarif . >roboconf.sarif', 'a report for code scanning'],
        ['roboconf check my-app/commands/*.commands', 'what is wrong in these files, with the application around them'],
    ],
    options: {
        format: {
            ...FORMAT.format,
            choices: ['text', 'json', 'github', 'sarif'],
            help: 'text (default), json: one JSON object per line, github: workflow annotations, sarif: one SARIF 2.1.0 document',
        },
        strict: { type: 'boolean', help: 'warnings count as errors for the exit code' },
        recipe: {
            type: 'boolean',
            help: 'directories are reusable recipes; without it, those with a graph and neither descriptor nor instances are',
        },
        kind: {
            type: 'string',
            value: 'KIND',
            choices: Object.keys(KINDS),
            help: `what single files are, whatever they are called: ${Object.keys(KINDS).join(', ')}`,
        },
    },
    run: async (args, output) => Promise.resolve(checkAll(args, output)),
};

function checkAll(args: Arguments, output: Output): ExitCode {
    const words = args.positionals.length === 0 ? ['.'] : args.positionals;
    const checkWord = createChecker({ recipe: args.flag('recipe'), kind: KINDS[args.text('kind') ?? ''] ?? null });
    const found: Found[] = [];
    for (const word of words) {
        const checked = checkWord(word);
        if (checked.kind === 'absent') return usageFault(output, 'check', checked.message);
        if (checked.remark !== null) output.note(checked.remark);
        found.push(...unseen(checked, found));
    }
    print(found, args.text('format') ?? 'text', output);
    return found.some(({ finding }) => countsAsError(finding, args.flag('strict'))) ? 1 : 0;
}

/** Two words may name the same application: what it has wrong is said once. */
function unseen({ directory, findings }: Checked, before: readonly Found[]): readonly Found[] {
    const key = (found: Found): string => JSON.stringify([found.directory, found.finding]);
    const seen = new Set(before.filter((found) => found.directory === directory).map(key));
    return findings.map((finding) => ({ directory, finding })).filter((found) => !seen.has(key(found)));
}

function print(found: readonly Found[], format: string, output: Output): void {
    switch (format) {
        case 'json':
            for (const one of found) output.json(findingRecord(one));
            return;
        case 'github':
            for (const one of found) output.line(annotationOf(one, checkoutRoot()));
            return;
        case 'sarif':
            output.line(JSON.stringify(sarifOf(found, checkoutRoot(), productVersion()), null, 2));
            return;
        default:
            for (const one of found) output.line(findingText(one, output));
    }
    if (found.length > 0) output.note(summaryOf(found));
}

/** What file names of reports are relative to: the checkout of a GitHub workflow, else the working directory. Links are followed, as in found names. */
function checkoutRoot(): string {
    const root = process.env['GITHUB_WORKSPACE'] ?? '';
    return realpathSync(root !== '' && existsSync(root) ? root : process.cwd());
}

/** The record of the public contract; positions are null when a finding has no place. `file` is relative to `directory`. */
function findingRecord({ directory, finding }: Found): object {
    const { range, severity, code, message } = finding;
    return {
        file: range?.file ?? null,
        line: range?.line ?? null,
        column: range?.column ?? null,
        endLine: range?.endLine ?? null,
        endColumn: range?.endColumn ?? null,
        severity,
        code,
        message,
        directory,
    };
}

function summaryOf(found: readonly Found[]): string {
    const files = new Set(found.map(({ directory, finding }) => `${directory}/${finding.range?.file ?? ''}`)).size;
    const counts = (['error', 'warning', 'information', 'hint'] as const)
        .map((severity) => ({ severity, count: found.filter(({ finding }) => finding.severity === severity).length }))
        .filter(({ count }) => count > 0)
        .map(({ severity, count }) => counted(count, severity === 'information' ? 'remark' : severity));
    return `${counts.join(', ')} in ${counted(files, 'file')}`;
}

function counted(count: number, noun: string): string {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function countsAsError(finding: Finding, strict: boolean): boolean {
    return finding.severity === 'error' || (strict && finding.severity === 'warning');
}
