/** The way to a node that is folded away: containers are opened one after the other until the picture has it. */
import type { PageView } from './page-view.ts';

export interface Journey {
    /** Opens containers, and goes to a node as soon as it is in the picture. */
    readonly begin: (node: string, containers: readonly string[]) => void;
    /** Another picture is there. */
    readonly goOn: () => void;
}

export interface JourneyConfig {
    readonly view: () => PageView;
    readonly open: (containers: readonly string[]) => void;
    readonly goTo: (node: string) => void;
}

/** Nobody is on the way. */
export function createJourney({ view, open, goTo }: JourneyConfig): Journey {
    let wanted: string | null = null;
    const begin = (node: string, containers: readonly string[]): void => {
        wanted = node;
        if (containers.length > 0) open(containers);
    };
    const goOn = (): void => {
        const { model, look } = view();
        const node = wanted;
        if (node === null) return;
        const around = model?.graph.nodes.find(({ folded }) => folded.includes(node));
        if (around !== undefined && !look.opened.includes(around.id)) return begin(node, [around.id]);
        wanted = null;
        if (around === undefined) goTo(node);
    };
    return { begin, goOn };
}
