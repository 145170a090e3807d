/** What the parts around the picture can ask of the page. */
import type { PlacedNode } from '../../server/layout.ts';
import type { FromPage, PageLook, SimulationControl } from '../protocol.ts';
import type { Shown } from './page-view.ts';
import type { PanZoom } from './pan-zoom.ts';

export interface PageActions {
    /** Looks at it another way. */
    readonly change: (next: (look: PageLook) => PageLook) => void;
    /** The nodes of the picture. */
    readonly nodes: () => readonly PlacedNode[];
    /** Selects a node and brings it into sight; null = nothing is selected and the picture is shown whole. */
    readonly goTo: (node: string | null) => void;
    /** Opens the declaration of a node. */
    readonly reveal: (node: string, preserveFocus: boolean) => void;
    /** Looks at the neighbourhood of what is selected, or leaves it. */
    readonly toggleFocus: () => void;
    readonly showOver: (what: Shown) => void;
    readonly find: () => void;
    readonly toggleTable: () => void;
    readonly toggleMinimap: () => void;
    readonly help: () => void;
    readonly save: () => void;
    /** Nodes are placed by the layout again. */
    readonly unpin: (nodes: readonly string[]) => void;
    readonly resetPins: () => void;
    readonly zoomIn: () => void;
    readonly zoomOut: () => void;
    readonly fit: () => void;
    readonly actualSize: () => void;
    readonly showProblems: () => void;
    readonly control: (control: SimulationControl) => void;
}

type HostActions = Pick<PageActions, 'save' | 'unpin' | 'resetPins' | 'showProblems' | 'control'>;
type ZoomActions = Pick<PageActions, 'zoomIn' | 'zoomOut' | 'fit' | 'actualSize'>;

/** What is handed on to the host as it is. */
export function hostActions(post: (message: FromPage) => void): HostActions {
    return {
        save: () => post({ kind: 'export' }),
        unpin: (nodes) => post({ kind: 'unpin', nodes }),
        resetPins: () => post({ kind: 'unpin', nodes: [] }),
        showProblems: () => post({ kind: 'showProblems' }),
        control: (control) => post({ kind: 'simulation', control }),
    };
}

const ZOOM_STEP = 1.25;

/** What moves the picture. */
export function zoomActions(panZoom: () => PanZoom): ZoomActions {
    return {
        zoomIn: () => panZoom().zoomBy(ZOOM_STEP),
        zoomOut: () => panZoom().zoomBy(1 / ZOOM_STEP),
        fit: () => panZoom().fit(),
        actualSize: () => panZoom().actualSize(),
    };
}
