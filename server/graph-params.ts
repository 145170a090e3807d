/** What is asked of `roboconf/graph`, and how it is read. */
import {
    LAYERS,
    PERSPECTIVES,
    WHOLE_LOOK,
    type ApplicationModel,
    type GraphFilter,
    type GraphFocus,
    type GraphLook,
    type Layer,
    type Perspective,
} from '../language/index.ts';
import type { Direction, Orientation } from './layout.ts';
import { countField, fieldOf, oneOf, textField, textsOf } from './message-fields.ts';

/** Parameters of `roboconf/graph`. */
export interface GraphParams {
    readonly uri: string;
    readonly perspective: Perspective;
    /** The room the picture is made for. */
    readonly orientation: Orientation;
    readonly direction: Direction;
    readonly look: GraphLook;
    /** As in `LayoutWish`. */
    readonly memory: string;
    /** What the newest model is held against; null = nothing. The picture then has the nodes and relations of both. */
    readonly before: GraphBefore | null;
}

/** Another state of an application. `label` names it for people. `texts`: its files, by path within the application. */
export type GraphBefore =
    | { readonly kind: 'texts'; readonly label: string; readonly texts: Readonly<Record<string, string>> }
    | { readonly kind: 'model'; readonly label: string; readonly model: ApplicationModel };

const ORIENTATIONS: readonly Orientation[] = ['landscape', 'portrait'];
const DIRECTIONS: readonly Direction[] = ['auto', 'right', 'down'];

/**
 * Reads the parameters of `roboconf/graph`; undefined when they are not understood. What is absent is as a fresh picture has it: the components,
 * for a landscape, in whichever direction, the whole look, near no earlier picture, held against nothing.
 */
export function parseGraphParams(params: unknown): GraphParams | undefined {
    const uri = textField(params, 'uri');
    const drawing = parseDrawing(params);
    const look = parseLook(fieldOf(params, 'look') ?? {});
    const before = parseBefore(fieldOf(params, 'before') ?? null);
    if (uri === undefined || drawing === undefined || look === undefined || before === undefined) return undefined;
    return { uri, ...drawing, look, before };
}

type Drawing = Pick<GraphParams, 'perspective' | 'orientation' | 'direction' | 'memory'>;

function parseDrawing(params: unknown): Drawing | undefined {
    const perspective = oneOf(PERSPECTIVES, fieldOf(params, 'perspective') ?? 'components');
    const orientation = oneOf(ORIENTATIONS, fieldOf(params, 'orientation') ?? 'landscape');
    const direction = oneOf(DIRECTIONS, fieldOf(params, 'direction') ?? 'auto');
    const memory = fieldOf(params, 'memory') ?? '';
    if (perspective === undefined || orientation === undefined || direction === undefined) return undefined;
    return typeof memory === 'string' ? { perspective, orientation, direction, memory } : undefined;
}

/** Fields that are absent are those of the whole look. */
function parseLook(value: unknown): GraphLook | undefined {
    if (typeof value !== 'object') return undefined;
    const layers = parseLayers(fieldOf(value, 'layers') ?? WHOLE_LOOK.layers);
    const closed = textsOf(fieldOf(value, 'closed') ?? []);
    const opened = textsOf(fieldOf(value, 'opened') ?? []);
    const focus = parseFocus(fieldOf(value, 'focus') ?? null);
    const filter = parseFilter(fieldOf(value, 'filter') ?? {});
    if (layers === undefined || closed === undefined || opened === undefined) return undefined;
    return focus === undefined || filter === undefined ? undefined : { layers, closed, opened, focus, filter };
}

function parseLayers(value: unknown): readonly Layer[] | undefined {
    const names = textsOf(value);
    const layers = names?.map((name) => oneOf(LAYERS, name)).filter((layer) => layer !== undefined);
    return layers?.length === names?.length ? layers : undefined;
}

function parseFocus(value: unknown): GraphFocus | null | undefined {
    if (value === null) return null;
    const node = textField(value, 'node');
    const distance = countField(value, 'distance');
    return node === undefined || distance === undefined || distance < 1 ? undefined : { node, distance };
}

function parseFilter(value: unknown): GraphFilter | undefined {
    if (typeof value !== 'object') return undefined;
    const components = textsOf(fieldOf(value, 'components') ?? []);
    const facets = textsOf(fieldOf(value, 'facets') ?? []);
    const hosts = textsOf(fieldOf(value, 'hosts') ?? []);
    const chosen = fieldOf(value, 'only') ?? null;
    const only = chosen === null ? null : textsOf(chosen);
    if (components === undefined || facets === undefined || hosts === undefined || only === undefined) return undefined;
    return { components, facets, hosts, only };
}

function parseBefore(value: unknown): GraphBefore | null | undefined {
    if (value === null) return null;
    const label = textField(value, 'label');
    if (label === undefined) return undefined;
    switch (fieldOf(value, 'kind')) {
        case 'texts': {
            const texts = parseTexts(fieldOf(value, 'texts'));
            return texts === undefined ? undefined : { kind: 'texts', label, texts };
        }
        case 'model': {
            const model = parseModel(fieldOf(value, 'model'));
            return model === undefined ? undefined : { kind: 'model', label, model };
        }
        default:
            return undefined;
    }
}

function parseTexts(value: unknown): Readonly<Record<string, string>> | undefined {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const texts = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    return texts.length === Object.keys(value).length ? Object.fromEntries(texts) : undefined;
}

function parseModel(value: unknown): ApplicationModel | undefined {
    const lists = ['components', 'facets', 'instances'].map((field) => fieldOf(value, field));
    const isModel = fieldOf(value, 'formatVersion') === 1 && lists.every((list) => Array.isArray(list));
    // The format version names the shape of everything inside the model.
    return isModel ? (value as ApplicationModel) : undefined;
}
