/**
 * Where people put nodes: the side file `roboconf.positions.json` in the directory of an application. It is made to be kept beside the model
 * under version control: small, sorted, a line for each node.
 */
import type { GraphView, Perspective } from '../graph-view.ts';
import { PERSPECTIVES } from '../graph-view.ts';

/** Path within the application's directory. */
export const POSITIONS_FILE = 'roboconf.positions.json';

/** The corner of a node measured from the corner of its container, of the picture at the top; pixels, y downwards. */
export interface Pin {
    readonly x: number;
    readonly y: number;
    /** Id of the container it was put into; null at the top. */
    readonly in: string | null;
}

/** Pins by node id. */
export type Pins = Readonly<Record<string, Pin>>;

/** Pins by perspective: a node may stand elsewhere in each. */
export type Positions = Readonly<Record<Perspective, Pins>>;

/** How positions fit a view. Ids of nodes. */
export interface PinDrift {
    /** Pinned, but not there. */
    readonly gone: readonly string[];
    /** Pinned within another container than the one they are in. */
    readonly moved: readonly string[];
    /** Not pinned, though most of the nodes beside them are. */
    readonly added: readonly string[];
}

/** Nothing pinned. */
export const NO_POSITIONS: Positions = { components: {}, instances: {}, hosts: {} };

const FORMAT_VERSION = 1;
/** More pins than this were put there by nobody. */
const MOST_PINS = 20_000;
/** Pixels; no picture is that large. */
const FARTHEST = 1_000_000;

/** Reads the text of the side file; undefined when it is not one, or of a later format. Fields that are not known are left aside. */
export function parsePositions(text: string): Positions | undefined {
    const file = recordOf(parsedJson(text));
    if (file?.['formatVersion'] !== FORMAT_VERSION) return undefined;
    const [components, instances, hosts] = PERSPECTIVES.map((perspective) => parsePins(file[perspective] ?? {}));
    if (components === undefined || instances === undefined || hosts === undefined) return undefined;
    return { components, instances, hosts };
}

/** The text of the side file: sorted, a line for each node, so that each change is a change of one line. Equal positions have equal texts. */
export function formatPositions(positions: Positions): string {
    const sections = PERSPECTIVES.map((perspective) => `  "${perspective}": ${formatPins(positions[perspective])}`);
    return `{\n${[`  "formatVersion": ${FORMAT_VERSION}`, ...sections].join(',\n')}\n}\n`;
}

/** Positions with a node put somewhere. Coordinates are rounded to whole pixels, and within what can be read again. */
export function withPin(positions: Positions, perspective: Perspective, node: string, pin: Pin): Positions {
    const rounded = { x: written(pin.x), y: written(pin.y), in: pin.in };
    return { ...positions, [perspective]: { ...positions[perspective], [node]: rounded } };
}

function written(coordinate: number): number {
    return Math.round(Math.max(-FARTHEST, Math.min(FARTHEST, coordinate)));
}

/** Positions in which some nodes of a perspective are placed by the layout again; an empty list = all of them. */
export function withoutPins(positions: Positions, perspective: Perspective, nodes: readonly string[]): Positions {
    const left = Object.entries(positions[perspective]).filter(([id]) => nodes.length > 0 && !nodes.includes(id));
    return { ...positions, [perspective]: Object.fromEntries(left) };
}

/** Positions of nodes whose ids are changed, in all perspectives. */
export function withRenamedNodes(positions: Positions, renamed: (id: string) => string): Positions {
    const pinsOf = (perspective: Perspective): Pins =>
        Object.fromEntries(
            Object.entries(positions[perspective]).map(([id, pin]) => [
                renamed(id),
                { ...pin, in: pin.in === null ? null : renamed(pin.in) },
            ]),
        );
    return { components: pinsOf('components'), instances: pinsOf('instances'), hosts: pinsOf('hosts') };
}

/** Where nodes of a view are put that are still in the container they were put into, by node id. */
export function pinsIn(view: GraphView, positions: Positions): Readonly<Record<string, Pick<Pin, 'x' | 'y'>>> {
    const pins = positions[view.perspective];
    const fitting = view.nodes.flatMap(({ id, parent }) => {
        const pin = pinOf(pins, id);
        return pin?.in === parent ? [[id, { x: pin.x, y: pin.y }] as const] : [];
    });
    return Object.fromEntries(fitting);
}

/** Holds positions against the whole view of a model. */
export function driftOf(view: GraphView, positions: Positions): PinDrift {
    const pins = positions[view.perspective];
    const known = new Set(view.nodes.map(({ id }) => id));
    const pinned = view.nodes.filter(({ id }) => pinOf(pins, id) !== undefined);
    const besides = Map.groupBy(view.nodes, ({ parent }) => parent);
    const added = [...besides.values()].flatMap((siblings) => {
        const free = siblings.filter(({ id }) => pinOf(pins, id) === undefined);
        return free.length * 2 < siblings.length ? free : [];
    });
    return {
        gone: Object.keys(pins).filter((id) => !known.has(id)),
        moved: pinned.filter(({ id, parent }) => pinOf(pins, id)?.in !== parent).map(({ id }) => id),
        added: added.map(({ id }) => id),
    };
}

/** Ids come from texts of people: `constructor` is no pin. */
function pinOf(pins: Pins, id: string): Pin | undefined {
    return Object.hasOwn(pins, id) ? pins[id] : undefined;
}

function parsePins(value: unknown): Pins | undefined {
    const section = recordOf(value);
    if (section === undefined) return undefined;
    const entries = Object.entries(section);
    if (entries.length > MOST_PINS) return undefined;
    const pins = entries.map(([id, pin]) => [id, parsePin(pin)] as const);
    const read = pins.flatMap(([id, pin]) => (pin === undefined ? [] : [[id, pin] as const]));
    return read.length === pins.length ? Object.fromEntries(read) : undefined;
}

function parsePin(value: unknown): Pin | undefined {
    const fields = recordOf(value);
    const { x, y, in: container } = fields ?? {};
    if (!isCoordinate(x) || !isCoordinate(y)) return undefined;
    return container === null || typeof container === 'string' ? { x, y, in: container } : undefined;
}

function isCoordinate(value: unknown): value is number {
    return typeof value === 'number' && Math.abs(value) <= FARTHEST;
}

function formatPins(pins: Pins): string {
    const ids = Object.keys(pins).sort();
    const lines = ids.flatMap((id) => {
        const pin = pinOf(pins, id);
        return pin === undefined ? [] : [`    ${JSON.stringify(id)}: ${formatPin(pin)}`];
    });
    return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`;
}

function formatPin({ x, y, in: container }: Pin): string {
    return `{ "x": ${x}, "y": ${y}, "in": ${JSON.stringify(container)} }`;
}

function parsedJson(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        // Not JSON: not a file of positions either.
        return undefined;
    }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    // Any object may be asked for any field: what is there is not trusted before it is looked at.
    return value as Readonly<Record<string, unknown>>;
}
