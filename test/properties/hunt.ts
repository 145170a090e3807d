/**
 * How long a law is hunted. In every ordinary run the same cases come again, so that a red test is red for everybody.
 * `ROBOCONF_HUNT_SECONDS=180 vitest run test/properties --testTimeout=600000` looks for other ones, each time elsewhere, and prints the
 * seed of what it finds; `ROBOCONF_HUNT_SEED` goes there again. What it finds becomes a scenario.
 */
import fc from 'fast-check';

const SEEDS = [20_251, -1_847_103] as const;

/** Checks a law on `runs` cases from each of the two fixed seeds, or hunts as long as the environment says. */
export function assertLaw<Case extends [unknown, ...unknown[]]>(law: fc.IPropertyWithHooks<Case>, runs: number): void {
    const hunt = huntAsked();
    if (hunt === null) for (const parameters of fixed(runs)) fc.assert(law, parameters);
    else report(fc.check(law, hunt));
}

/** The same for a law that waits. */
export async function assertAsyncLaw<Case extends [unknown, ...unknown[]]>(
    law: fc.IAsyncPropertyWithHooks<Case>,
    runs: number,
): Promise<void> {
    const hunt = huntAsked();
    if (hunt !== null) report(await fc.check(law, hunt));
    else for (const parameters of fixed(runs)) await fc.assert(law, parameters);
}

interface Hunt {
    readonly numRuns: number;
    readonly seed: number;
    readonly interruptAfterTimeLimit?: number;
    readonly markInterruptAsFailure?: boolean;
}

function fixed(runs: number): readonly Hunt[] {
    return SEEDS.map((seed) => ({ numRuns: Math.ceil(runs / 2), seed }));
}

function huntAsked(): Hunt | null {
    const seconds = Number(process.env['ROBOCONF_HUNT_SECONDS'] ?? '0');
    if (seconds === 0) return null;
    const seed = Number(process.env['ROBOCONF_HUNT_SEED'] ?? String(Date.now() | 0));
    return { numRuns: 10_000_000, seed, interruptAfterTimeLimit: seconds * 1000, markInterruptAsFailure: false };
}

function report<Case>(found: fc.RunDetails<Case>): void {
    process.stdout.write(`${String(found.numRuns)} cases from seed ${String(found.seed)}\n`);
    if (found.failed) throw new Error(fc.defaultReportMessage(found), { cause: found.errorInstance });
}
