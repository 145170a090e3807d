/** Timing for the benches: a warm-up round, then the median of several. */
export async function medianMs(rounds: number, work: () => unknown): Promise<number> {
    await work();
    const times: number[] = [];
    for (let i = 0; i < rounds; i++) {
        const begun = performance.now();
        await work();
        times.push(performance.now() - begun);
    }
    times.sort((a, b) => a - b);
    return times[Math.floor(times.length / 2)] ?? 0;
}
