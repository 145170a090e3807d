/** What is drawn over the model, a plan or the difference of two models: its title, what its marks mean and how many there are of each. */
import type { Perspective } from '../../language/index.ts';
import { ACTION_LOOKS, CHANGE_LOOKS, NODE_CHANGES, PLAN_ACTIONS } from '../picture/marks.ts';
import type { PillLook } from '../picture/pill.ts';
import type { ChangesView, PlanView } from '../protocol.ts';
import { fill, type Texts } from '../texts.ts';
import { html, iconButton, withChildren } from './dom.ts';
import type { PageActions } from './page-actions.ts';
import type { PageView } from './page-view.ts';
import { TOOL_ICONS } from './tool-icons.ts';
import type { Part } from './toolbar.ts';

/** The strip, hidden while nothing is drawn over the model. */
export function createOverStrip(texts: Texts, { showOver }: Pick<PageActions, 'showOver'>): Part {
    const title = html('span', 'over-title');
    const list = html('ul', 'over-marks');
    list.setAttribute('aria-label', texts['legend.title']);
    const close = iconButton(TOOL_ICONS.close, texts['overlay.close'], () => showOver('nothing'));
    const element = withChildren(html('div', 'over strip'), title, list, close);
    element.setAttribute('role', 'status');
    let drawn: PlanView | ChangesView | null = null;
    let nodesAre: Perspective | null = null;
    const show = ({ overlay: { plan, changes }, look: { perspective } }: PageView): void => {
        const shown = plan ?? changes;
        element.hidden = shown === null;
        if (shown === drawn && perspective === nodesAre) return;
        drawn = shown;
        nodesAre = perspective;
        if (plan !== null) {
            title.textContent = planTitle(plan, texts);
            list.replaceChildren(...planMarks(plan, perspective, texts));
        } else if (changes !== null) {
            title.textContent = changes.title;
            list.replaceChildren(...changeMarks(changes, texts));
        }
    };
    return { element, show };
}

function planTitle({ title, waveCount }: PlanView, texts: Texts): string {
    const waves = waveCount === 1 ? texts['overlay.oneWave'] : fill(texts['overlay.waves'], waveCount);
    return waveCount === 0 ? title : `${title} · ${waves}`;
}

/** A plan has marks for every kind of node; only those of the kind that is drawn count. */
function planMarks({ marks }: PlanView, perspective: Perspective, texts: Texts): readonly HTMLElement[] {
    const kind = perspective === 'components' ? 'component:' : 'instance:';
    const drawn = Object.entries(marks).filter(([id]) => id.startsWith(kind));
    const counts = countsOf(drawn.map(([, { action }]) => action));
    const shown = PLAN_ACTIONS.filter((action) => counts.has(action)).map((action) =>
        markOf(ACTION_LOOKS[action], texts[`plan.${action}`], counts.get(action) ?? 0),
    );
    return shown.length > 0 ? shown : [html('li', 'muted', texts['overlay.noPlan'])];
}

function changeMarks({ nodes, edges }: ChangesView, texts: Texts): readonly HTMLElement[] {
    const counts = countsOf(Object.values(nodes).map(({ change }) => change));
    const shown = NODE_CHANGES.filter((change) => counts.has(change)).map((change) =>
        markOf(CHANGE_LOOKS[change], texts[`change.${change}`], counts.get(change) ?? 0),
    );
    if (shown.length > 0 || Object.keys(edges).length > 0) return shown;
    return [html('li', 'muted', texts['overlay.noChanges'])];
}

function countsOf<Name>(names: readonly Name[]): ReadonlyMap<Name, number> {
    const counts = new Map<Name, number>();
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    return counts;
}

/** The sign of a mark, its word and its number. */
function markOf(look: PillLook, word: string, count: number): HTMLElement {
    const sign = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    sign.setAttribute('class', `roboconf-picture over-sign ${look.tone}`);
    sign.setAttribute('viewBox', '0 0 10 10');
    sign.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('class', look.isOutline ? 'outline' : 'solid');
    path.setAttribute('d', look.icon);
    sign.append(path);
    return withChildren(html('li', ''), sign, html('span', '', word), html('span', 'over-count', String(count)));
}
