/** What exporters tell importers, as light that travels along the edges: from the end of an edge to its beginning. */
import type { LaidOutGraph, RoutedEdge } from '../../server/layout.ts';
import type { Pulse } from '../protocol.ts';
import { isMotionReduced } from './dom.ts';

const SVG = 'http://www.w3.org/2000/svg';
const DURATION_MS = 800;
/** More at once would be noise. */
const MAX_LIGHTS = 80;
const RADIUS = 5;

/** The edges that pulses travel along, each once. */
export function edgesOf(graph: LaidOutGraph, pulses: readonly Pulse[]): readonly RoutedEdge[] {
    const isMeant = (edge: RoutedEdge): boolean =>
        edge.kind === 'import' &&
        pulses.some(({ from, to }) => edge.source === to && (from === null || edge.target === from));
    return graph.edges.filter(isMeant);
}

/** Shows pulses once, in `layer`. Without motion the edges light up as a whole. */
export function showPulses(
    layer: SVGGElement,
    edges: readonly RoutedEdge[],
    pathOf: (edge: string) => SVGPathElement | null,
): void {
    const isStill = isMotionReduced();
    for (const edge of edges.slice(0, Math.max(0, MAX_LIGHTS - layer.childElementCount))) {
        const path = pathOf(edge.id);
        if (path === null) continue;
        if (isStill) flash(layer, path);
        else travel(layer, path);
    }
}

function flash(layer: SVGGElement, path: SVGPathElement): void {
    const light = document.createElementNS(SVG, 'path');
    light.setAttribute('class', 'flash');
    light.setAttribute('d', path.getAttribute('d') ?? '');
    layer.append(light);
    window.setTimeout(() => light.remove(), DURATION_MS);
}

function travel(layer: SVGGElement, path: SVGPathElement): void {
    const length = path.getTotalLength();
    const light = document.createElementNS(SVG, 'circle');
    light.setAttribute('class', 'light');
    light.setAttribute('r', String(RADIUS));
    layer.append(light);
    const begunAt = performance.now();
    const move = (now: number): void => {
        const share = Math.min(1, Math.max(0, now - begunAt) / DURATION_MS);
        const { x, y } = path.getPointAtLength(length * (1 - smooth(share)));
        light.setAttribute('cx', x.toFixed(1));
        light.setAttribute('cy', y.toFixed(1));
        if (share < 1 && path.isConnected) window.requestAnimationFrame(move);
        else light.remove();
    };
    move(begunAt);
}

/** Slow at both ends. */
function smooth(share: number): number {
    return share * share * (3 - 2 * share);
}
