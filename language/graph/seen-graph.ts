/** What somebody sees who looks at a view in a particular way. */
import type { GraphLook, SeenGraph } from '../graph-look.ts';
import type { GraphView } from '../graph-view.ts';
import { choicesOf } from './choices.ts';
import { fold } from './folding.ts';
import { keepIn } from './keeping.ts';
import { withLayers } from './layers.ts';

/** Layers first, then focus and filter, then folding: what is left out is not folded, and what is folded away is not counted as left out. Never makes ids up; linear in the view. */
export function seenGraphOf(view: GraphView, look: GraphLook): SeenGraph {
    const kept = keepIn(withLayers(view, look.layers), look.focus, look.filter);
    return { view: fold(kept, look), choices: choicesOf(view) };
}
