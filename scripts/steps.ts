/** Runs the project's own checks as named steps and says which failed. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..');

export interface Step {
    readonly name: string;
    readonly command: string;
    readonly args: readonly string[];
    /** Shown while it runs, for steps whose output is a report of its own. */
    readonly loud?: boolean;
    /** Where it runs; the project's folder when absent. */
    readonly directory?: string;
}

export interface StepResult {
    readonly name: string;
    readonly exitCode: number;
    readonly seconds: number;
    readonly output: string;
}

/** Runs one step to its end. Output is kept and printed only when the step fails, or at once when it is loud. */
export async function runStep(step: Step): Promise<StepResult> {
    const begun = performance.now();
    const child = spawn(step.command, step.args, {
        cwd: step.directory ?? root,
        stdio: step.loud === true ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
    });
    let output = '';
    child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr?.on('data', (data: Buffer) => (output += data.toString()));
    const exitCode = await new Promise<number>((done) => {
        child.once('error', (error) => {
            output += error.message;
            done(127);
        });
        child.once('close', (code) => done(code ?? 1));
    });
    return { name: step.name, exitCode, seconds: (performance.now() - begun) / 1000, output };
}

/** One line per step, followed by the output of a failed one. */
export function report(result: StepResult): void {
    const mark = result.exitCode === 0 ? 'ok  ' : 'FAIL';
    console.log(`${mark} ${result.name} (${result.seconds.toFixed(1)} s)`);
    if (result.exitCode !== 0 && result.output !== '') console.log(result.output.trimEnd());
}
