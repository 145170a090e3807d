/**
 * Numbers that look random and are not: each is a function of its key alone. That keeps a simulation the same whatever the
 * order in which things are asked, also after its runner was interrupted.
 */

/** A number in [0, 1) for a key. */
export function randomOf(seed: number, key: string): number {
    let hash = (seed ^ 0x9e3779b9) >>> 0;
    for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193) >>> 0;
    return mixed(hash) / 0x1_0000_0000;
}

function mixed(value: number): number {
    let mixing = (value + 0x6d2b79f5) >>> 0;
    mixing = Math.imul(mixing ^ (mixing >>> 15), mixing | 1);
    mixing ^= mixing + Math.imul(mixing ^ (mixing >>> 7), mixing | 61);
    return (mixing ^ (mixing >>> 14)) >>> 0;
}
