/** The whole picture of a model, before anybody looks at it in a particular way. */
import type { GraphView, Perspective } from '../graph-view.ts';
import type { ApplicationModel } from '../model/application-model.ts';
import { componentsView } from './components-view.ts';
import { hostsView } from './hosts-view.ts';
import { instancesView } from './instances-view.ts';

/** The picture of a model. Nodes and edges come in the order of the model; ids are stable while names stay. Safe on models with faults. */
export function graphViewOf(model: ApplicationModel, perspective: Perspective): GraphView {
    switch (perspective) {
        case 'components':
            return componentsView(model);
        case 'instances':
            return instancesView(model);
        case 'hosts':
            return hostsView(model);
        default:
            return perspective satisfies never;
    }
}
