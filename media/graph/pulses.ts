/** What exporters tell importers, as light that travels along the edges: from the end of an edge to its beginning. */
import type { LaidOutGraph, RoutedEdge } from '../../server/layout.ts';
import type { Pulse } from '../protocol.ts';
import { isMotionReduced } from './dom.ts';

const SVG = 'http://www.w3.org/2000/svg';
const DURATION_MS = 800;
/** More at once would be noise. */
const MAX_LIGHTS = 80;
const RADIUS = 5;
/** On the window. */
const LEAST_RADIUS = 3;

/**
 * The edges that pulses travel along, each once. What is folded away is told, and tells, through the container that stands for it; which of the
 * container's edges free something inside of it is not known.
 */
export function edgesOf(graph: LaidOutGraph, pulses: readonly Pulse[]): readonly RoutedEdge[] {
    const standIns = new Map(graph.nodes.flatMap(({ id, folded }) => folded.map((inner) => [inner, id] as const)));
    const shown = pulses
        .filter(({ from, to }) => from !== null || !standIns.has(to))
        .map(({ from, to }) => ({
            from: from === null ? null : (standIns.get(from) ?? from),
            to: standIns.get(to) ?? to,
        }));
    const isMeant = (edge: RoutedEdge): boolean =>
        edge.kind === 'import' &&
        shown.some(({ from, to }) => edge.source === to && (from === null || edge.target === from));
    return graph.edges.filter(isMeant);
}

/** Where lights travel. */
export interface Roads {
    /** The line of an edge, whether or not it is drawn; null when there is none. */
    readonly lineOf: (edge: string) => SVGPathElement | null;
    /** Of the picture: lights are no smaller in one that is seen from afar. */
    readonly scale: number;
}

/** Shows pulses once, in `layer`. Without motion the edges light up as a whole. */
export function showPulses(layer: SVGGElement, edges: readonly RoutedEdge[], { lineOf, scale }: Roads): void {
    const isStill = isMotionReduced();
    const radius = Math.max(RADIUS, LEAST_RADIUS / scale);
    for (const edge of edges.slice(0, Math.max(0, MAX_LIGHTS - layer.childElementCount))) {
        const path = lineOf(edge.id);
        if (path === null) continue;
        if (isStill) flash(layer, path);
        else travel(layer, path, radius);
    }
}

function flash(layer: SVGGElement, path: SVGPathElement): void {
    const light = document.createElementNS(SVG, 'path');
    light.setAttribute('class', 'flash');
    light.setAttribute('d', path.getAttribute('d') ?? '');
    layer.append(light);
    window.setTimeout(() => light.remove(), DURATION_MS);
}

function travel(layer: SVGGElement, path: SVGPathElement, radius: number): void {
    const length = path.getTotalLength();
    const light = document.createElementNS(SVG, 'circle');
    light.setAttribute('class', 'light');
    light.setAttribute('r', String(radius));
    layer.append(light);
    const begunAt = performance.now();
    const move = (now: number): void => {
        const share = Math.min(1, Math.max(0, now - begunAt) / DURATION_MS);
        const { x, y } = path.getPointAtLength(length * (1 - smooth(share)));
        light.setAttribute('cx', x.toFixed(1));
        light.setAttribute('cy', y.toFixed(1));
        // A line that is no longer drawn, or never was, leads where it led.
        if (share < 1 && light.isConnected) window.requestAnimationFrame(move);
        else light.remove();
    };
    move(begunAt);
}

/** Slow at both ends. */
function smooth(share: number): number {
    return share * share * (3 - 2 * share);
}
