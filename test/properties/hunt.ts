/**
 * How long a law is hunted. In every ordinary run the same cases come again, so that a red test is red for everybody.
 * `ROBOCONF_HUNT_SECONDS=180 vitest run test/properties --testTimeout=600000` looks for other ones, each time elsewhere, and prints the
 * seed of what it finds; `ROBOCONF_HUNT_SEED` goes there again. What it finds becomes a scenario.
 */
import fc from 'fast-check';

const SEEDS = [20_251, -1_847_103] as const;

/** Checks a law on `runs` cases from each of the two fixed seeds, or hunts as long as the environment says. */
export function assertLaw<Case extends [unknown, ...unknown[]]>(law: fc.IPropertyWithHooks<Case>, runs: number): void {
    const seconds = Number(process.env['ROBOCONF_HUNT_SECONDS'] ?? '0');
    if (seconds === 0) {
        for (const seed of SEEDS) fc.assert(law, { numRuns: Math.ceil(runs / 2), seed });
        return;
    }
    const seed = Number(process.env['ROBOCONF_HUNT_SEED'] ?? String(Date.now() | 0));
    const limit = { interruptAfterTimeLimit: seconds * 1000, markInterruptAsFailure: false };
    const found = fc.check(law, { numRuns: 10_000_000, seed, ...limit });
    process.stdout.write(`${String(found.numRuns)} cases from seed ${String(seed)}\n`);
    if (found.failed) throw new Error(fc.defaultReportMessage(found), { cause: found.errorInstance });
}
