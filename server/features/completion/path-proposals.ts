/** Files as they are named in imports, entry points and instructions. */
import { proposal, type Proposal } from './proposal.ts';

/** Files of one extension, whatever its case. */
export function pathProposals(files: readonly string[], extension: string): readonly Proposal[] {
    return files.filter((file) => file.toLowerCase().endsWith(extension)).map((file) => proposal('file', file));
}
