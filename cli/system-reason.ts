/** What the system says about a file it does not give, in words. */
import { reasonOf } from '../server/workspace/disk.ts';

/** Code and words for an exception of a file call; anything else keeps its own message. */
export function systemReason(error: unknown): { readonly code: string; readonly text: string } {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
    return { code, text: reasonOf(code) ?? (error instanceof Error ? error.message : String(error)) };
}
