/**
 * Which nodes of a picture a block of a model file is about. In the picture of the components, an instance stands for its component; in those of
 * the instances, a component stands for all its instances, and a facet for whatever has it. Copies made by `count` share one block.
 */
import type {
    Application,
    ApplicationModel,
    ComponentModel,
    Declaration,
    InstanceModel,
    Perspective,
    SourceRange,
} from '../../language/index.ts';
import type { NodePlace } from '../protocol.ts';

/** One entry a block, in the order of the declarations; blocks that no node belongs to are left out. */
export function nodePlacesOf({ model, declarations }: Application, perspective: Perspective): readonly NodePlace[] {
    const parts = partsOf(model);
    const nodesOf = perspective === 'components' ? componentNodes : instanceNodes;
    return declarations.flatMap((declaration) => {
        const nodes = [...new Set(nodesOf(parts, declaration))];
        return nodes.length === 0 ? [] : [{ range: declaration.block, nodes }];
    });
}

/** The model's parts by what declarations are found with. */
interface Parts {
    /** Components by the name of each facet they have. */
    readonly wearers: ReadonlyMap<string, readonly ComponentModel[]>;
    readonly byComponent: ReadonlyMap<string, readonly InstanceModel[]>;
    readonly byPlace: ReadonlyMap<string, readonly InstanceModel[]>;
}

function partsOf({ components, instances }: ApplicationModel): Parts {
    const worn = components.flatMap((component) => component.allFacets.map((facet) => ({ facet, component })));
    const wearers = [...Map.groupBy(worn, ({ facet }) => facet)].map(
        ([facet, found]) => [facet, found.map(({ component }) => component)] as const,
    );
    return {
        wearers: new Map(wearers),
        byComponent: Map.groupBy(instances, ({ component }) => component),
        byPlace: Map.groupBy(instances, ({ range }) => placeKey(range)),
    };
}

function placeKey({ file, line, column }: SourceRange): string {
    return JSON.stringify([file, line, column]);
}

function componentNodes(parts: Parts, { kind, name, range }: Declaration): readonly string[] {
    switch (kind) {
        case 'component':
            return [`component:${name}`];
        case 'facet': {
            const wearers = parts.wearers.get(name) ?? [];
            return [...wearers.map((wearer) => `component:${wearer.name}`), `facet:${name}`];
        }
        case 'instance':
            return (parts.byPlace.get(placeKey(range)) ?? []).map(({ component }) => `component:${component}`);
        case 'variable':
        case 'file':
        case 'command':
        case 'definition':
        case 'rule':
        case 'event':
        case 'target':
        case 'value':
        case 'external':
            return [];
        default:
            return kind satisfies never;
    }
}

function instanceNodes(parts: Parts, { kind, name, range }: Declaration): readonly string[] {
    const instancesOf = (component: string): readonly string[] =>
        (parts.byComponent.get(component) ?? []).map(({ path }) => `instance:${path}`);
    switch (kind) {
        case 'component':
            return instancesOf(name);
        case 'facet':
            return (parts.wearers.get(name) ?? []).flatMap((wearer) => instancesOf(wearer.name));
        case 'instance':
            return (parts.byPlace.get(placeKey(range)) ?? []).map(({ path }) => `instance:${path}`);
        case 'variable':
        case 'file':
        case 'command':
        case 'definition':
        case 'rule':
        case 'event':
        case 'target':
        case 'value':
        case 'external':
            return [];
        default:
            return kind satisfies never;
    }
}
