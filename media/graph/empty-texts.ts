/** What is said when there is nothing to draw. */
import type { PageLook } from '../protocol.ts';
import type { Texts } from '../texts.ts';
import type { EmptyText } from './chrome.ts';
import { choiceCount } from './looks.ts';
import type { Model } from './page-view.ts';

/** The model is understood and has no nodes, or none that a filter keeps; null when there is something to draw. */
export function nothingText({ graph }: Model, look: PageLook, texts: Texts): EmptyText | null {
    if (graph.nodes.length > 0) return null;
    const isFiltered = choiceCount(look) > 0 || look.focus !== null;
    if (isFiltered) return { title: texts['page.noMatch'], detail: texts['page.noMatchDetail'] };
    return graph.perspective === 'components'
        ? { title: texts['page.noComponents'], detail: texts['page.noComponentsDetail'] }
        : { title: texts['page.noInstances'], detail: texts['page.noInstancesDetail'] };
}

/** There is no model. */
export function emptyText(reason: 'noApplication' | 'failed', message: string, texts: Texts): EmptyText {
    switch (reason) {
        case 'noApplication':
            return {
                title: texts['page.noApplication'],
                detail: message === '' ? texts['page.noApplicationDetail'] : message,
            };
        case 'failed':
            return { title: texts['page.failed'], detail: message };
        default:
            return reason satisfies never;
    }
}
