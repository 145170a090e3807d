/** The timeline as a tree of SVG elements: the part of it that is seen, whatever the run's size. Pure. */
import { element, figure, keyed, textElement, translate } from '../picture/element.ts';
import type { SvgElement } from '../picture/svg.ts';
import { cutToWidth, roughWidth } from '../picture/text-width.ts';
import { ticksOf, type TimeScale } from './axis.ts';
import { barsOf, waitsOf } from './bars.ts';
import { linksOf } from './links.ts';
import { heightOf, LINE_HEIGHT, pathOf, rowAt, type ChartRow, type ChartRows } from './rows.ts';
import type { TimelineTexts } from './texts.ts';
import type { TimelineStep, TimelineWait } from './view.ts';
import { tickText } from './words.ts';

/** What is drawn: a run, and how a person looks at it. */
export interface Scene {
    readonly rows: ChartRows;
    /** By the path of their instance, in the order in which they were begun. */
    readonly stepsOf: ReadonlyMap<string, readonly TimelineStep[]>;
    readonly waitsOf: ReadonlyMap<string, readonly TimelineWait[]>;
    readonly stepById: ReadonlyMap<string, TimelineStep>;
    readonly critical: ReadonlySet<string>;
    /** Places of the steps among all of them, from 1, by id. */
    readonly placeOf: ReadonlyMap<string, number>;
    /** Whether the critical path stands out from the rest. */
    readonly isCriticalShown: boolean;
    /** Id of the step that is selected; empty when none is. */
    readonly selected: string;
    /** What the clock of the run shows. */
    readonly nowMs: number;
    /** Whether the run goes on: then a line stands at the present. */
    readonly isRunning: boolean;
}

/** What is seen of it, in pixels. */
export interface ChartWindow {
    readonly width: number;
    readonly height: number;
    /** How far down it is scrolled. */
    readonly top: number;
    /** How much of the width the names take. */
    readonly nameWidth: number;
    readonly pxPerMs: number;
    readonly fromMs: number;
}

export const AXIS_HEIGHT = 28;

/** Everything that is seen, as children of one SVG element of the window's size. */
export function chartOf(scene: Scene, window: ChartWindow, texts: TimelineTexts): readonly SvgElement[] {
    const { nameWidth, width, height } = window;
    const scale = { pxPerMs: window.pxPerMs, widthPx: width - nameWidth, fromMs: window.fromMs };
    const seen = seenRows(scene.rows, window);
    const ticks = ticksOf(scale);
    const below = translate(0, AXIS_HEIGHT - window.top);
    return [
        keyed(
            'bands',
            element(
                'g',
                { class: 'bands', transform: below },
                seen.map((row) => bandOf(row, width)),
            ),
        ),
        keyed('chart', chartPart(scene, window, { scale, ticks, seen }, texts)),
        keyed(
            'names',
            element('svg', { class: 'names', x: 0, y: AXIS_HEIGHT, width: nameWidth, height: height - AXIS_HEIGHT }, [
                element('rect', { class: 'names-back', width: nameWidth, height: height - AXIS_HEIGHT }),
                element(
                    'g',
                    { transform: translate(0, -window.top) },
                    seen.flatMap((row) => [bandOf(row, nameWidth), nameOf(row, nameWidth)]),
                ),
            ]),
        ),
        keyed('axis', axisOf(scene, window, { scale, ticks }, texts)),
        keyed('edge', element('path', { class: 'edge-line', d: `M${figure(nameWidth)} 0V${figure(height)}` })),
    ];
}

interface Seen {
    readonly scale: TimeScale;
    readonly ticks: readonly number[];
    readonly seen: readonly ChartRow[];
}

function chartPart(scene: Scene, window: ChartWindow, { scale, ticks, seen }: Seen, texts: TimelineTexts): SvgElement {
    const { nameWidth, width, height, top } = window;
    const grid = ticks.map((ms) =>
        keyed(String(ms), element('path', { class: 'grid', d: verticalAt(xOf(ms, scale), height) })),
    );
    const rows = seen.map((row) =>
        keyed(
            pathOf(row),
            element('g', { transform: translate(0, row.top + (heightOf(row) - LINE_HEIGHT) / 2) }, [
                ...waitsOf(scene, pathOf(row), scale, texts),
                ...barsOf(scene, pathOf(row), scale, texts),
            ]),
        ),
    );
    const now = scene.isRunning
        ? [keyed('now', element('path', { class: 'now', d: verticalAt(xOf(scene.nowMs, scale), height) }))]
        : [];
    const clipped = {
        class: 'plot',
        x: nameWidth,
        y: AXIS_HEIGHT,
        width: width - nameWidth,
        height: height - AXIS_HEIGHT,
    };
    return element('svg', clipped, [
        keyed('grid', element('g', {}, grid)),
        keyed(
            'links',
            element('g', { class: 'links', transform: translate(0, -top) }, linksOf(scene, scale, { top, height })),
        ),
        keyed('rows', element('g', { transform: translate(0, -top), role: 'presentation' }, rows)),
        ...now,
    ]);
}

function axisOf(
    scene: Scene,
    window: ChartWindow,
    { scale, ticks }: Pick<Seen, 'scale' | 'ticks'>,
    texts: TimelineTexts,
): SvgElement {
    const { nameWidth, width } = window;
    const labels = ticks.map((ms) =>
        keyed(String(ms), textElement('text', { class: 'tick', x: xOf(ms, scale) + 4, y: 18 }, tickText(ms, texts))),
    );
    const x = xOf(scene.nowMs, scale);
    const word = texts['page.now'];
    const pill = roughWidth(word, 10.5) + 12;
    const now = scene.isRunning
        ? [
              keyed(
                  'now',
                  element('g', { class: 'now-mark', transform: translate(x - pill / 2, 6) }, [
                      element('rect', { width: pill, height: 16, rx: 8 }),
                      textElement('text', { x: pill / 2, y: 11.5 }, word),
                  ]),
              ),
          ]
        : [];
    return element('g', { class: 'axis' }, [
        element('rect', { class: 'axis-back', width, height: AXIS_HEIGHT }),
        element('svg', { x: nameWidth, y: 0, width: width - nameWidth, height: AXIS_HEIGHT }, [...labels, ...now]),
        element('path', { class: 'edge-line', d: `M0 ${AXIS_HEIGHT - 0.5}H${figure(width)}` }),
    ]);
}

function xOf(ms: number, { pxPerMs, fromMs }: TimeScale): number {
    return (ms - fromMs) * pxPerMs;
}

function verticalAt(x: number, height: number): string {
    return `M${figure(Math.round(x) + 0.5)} 0V${figure(height)}`;
}

function seenRows(rows: ChartRows, { top, height }: ChartWindow): readonly ChartRow[] {
    const first = rowAt(rows, top);
    const last = rowAt(rows, top + Math.max(0, height - AXIS_HEIGHT));
    return rows.rows.slice(first, last + 1);
}

function bandOf(row: ChartRow, width: number): SvgElement {
    const attributes = { y: row.top, width, height: heightOf(row) };
    return row.kind === 'band'
        ? keyed(`band ${row.lane.path}`, element('rect', { class: 'band', ...attributes }))
        : keyed(
              `line ${row.row.path}`,
              element('path', { class: 'line-rule', d: `M0 ${figure(row.top + LINE_HEIGHT - 0.5)}H${figure(width)}` }),
          );
}

const INDENT = 14;
const LEFT = 12;

function nameOf(row: ChartRow, nameWidth: number): SvgElement {
    if (row.kind === 'band') {
        const { path, name, detail } = row.lane;
        const title = cutToWidth(name, 12.5, nameWidth * 0.62);
        const room = nameWidth - LEFT * 2 - roughWidth(title, 12.5) - 8;
        return keyed(
            `name ${path}`,
            element('g', { 'data-path': path, transform: translate(0, row.top) }, [
                textElement('text', { class: 'band-name', x: LEFT, y: 18.5 }, title),
                textElement(
                    'text',
                    { class: 'detail end', x: nameWidth - LEFT, y: 18.5 },
                    cutToWidth(detail, 11, room),
                ),
            ]),
        );
    }
    const { path, name, component, depth } = row.row;
    const left = LEFT + INDENT * Math.min(depth, 6);
    const title = cutToWidth(name, 12, (nameWidth - left - LEFT) * 0.72);
    const room = nameWidth - left - LEFT - roughWidth(title, 12) - 8;
    return keyed(
        `name ${path}`,
        element('g', { 'data-path': path, transform: translate(0, row.top) }, [
            textElement('title', {}, path),
            textElement('text', { class: 'line-name', x: left, y: 17 }, title),
            textElement('text', { class: 'detail end', x: nameWidth - LEFT, y: 17 }, cutToWidth(component, 11, room)),
        ]),
    );
}
