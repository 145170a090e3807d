/** `roboconf check`: what is wrong with an application, a recipe project or a single file. */
import type { Application, Finding } from '../language/index.ts';
import { findingLine, locate } from './application.ts';
import type { Arguments } from './arguments.ts';
import type { Output } from './output.ts';
import { FORMAT, usageFault, wantsJson, type ExitCode, type Verb } from './verb.ts';

export const check: Verb = {
    summary: 'reports what is wrong with applications or single files; silent when nothing is',
    operands: '[DIR|FILE…]',
    options: {
        ...FORMAT,
        strict: { type: 'boolean', help: 'warnings count as errors for the exit code' },
        recipe: { type: 'boolean', help: 'a reusable recipe project: no descriptor, no instances, partial graph' },
    },
    run: async (args, output) => Promise.resolve(checkAll(args, output)),
};

function checkAll(args: Arguments, output: Output): ExitCode {
    const words = args.positionals.length === 0 ? ['.'] : args.positionals;
    const recipe = args.flag('recipe');
    let worst: ExitCode = 0;
    for (const word of words) {
        const located = locate(word, { recipe, flexible: recipe });
        if (located.kind === 'absent') return usageFault(output, 'check', located.message);
        print(located.application, args, output);
        if (located.application.findings.some((finding) => countsAsError(finding, args.flag('strict')))) worst = 1;
    }
    return worst;
}

function print(application: Application, args: Arguments, output: Output): void {
    for (const finding of application.findings) {
        if (wantsJson(args)) output.json(findingRecord(finding));
        else output.line(findingLine(application.directory, finding, output));
    }
}

/** The record of the public contract; positions are null when a finding has no place. */
function findingRecord(finding: Finding): object {
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
    };
}

function countsAsError(finding: Finding, strict: boolean): boolean {
    return finding.severity === 'error' || (strict && finding.severity === 'warning');
}
