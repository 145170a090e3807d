/** Types that contain or extend themselves (reference: language, sections 3.2 and 4.4). */
import type { TypeDeclaration, Word } from '../model/declarations.ts';
import { loopsOf, shortestLoop, type Successors } from '../model/cycles.ts';
import { MAX_VARIABLES } from '../model/exported-variables.ts';
import { MAX_INHERITANCE } from '../model/type-graph.ts';
import { placeOf, type Scope } from './scope.ts';

/** A way through thousands of types helps nobody: so many members of a loop are reported, fewer of a very long one. */
const MAX_MEMBERS = 100;
const MAX_MEMBERS_OF_LONG = 10;
const LONG_LOOP = 256;
/** So many names of a loop are written in a message, at its beginning. */
const MAX_NAMES = 20;

/** RM_CYCLE_IN_COMPONENTS, RM_CYCLE_IN_COMPONENTS_INHERITANCE, RM_CYCLE_IN_FACETS_INHERITANCE, X_TOO_DEEP and X_TOO_MANY_VARIABLES. */
export function checkLoops(scope: Scope): void {
    const { graph, containment } = scope.analysis.files;
    const componentOf = (name: string): TypeDeclaration | undefined => graph.components.get(name);
    const facetOf = (name: string): TypeDeclaration | undefined => graph.facets.get(name);
    const extended =
        (types: typeof componentOf): Successors =>
        (name) =>
            (types(name)?.extends ?? []).map((word) => word.text);
    for (const group of graph.componentLoops) {
        const successors: Successors = (name) => extended(componentOf)(name).slice(0, 1);
        reportLoop(scope, group, {
            code: 'RM_CYCLE_IN_COMPONENTS_INHERITANCE',
            verb: 'extends',
            successors,
            typeOf: componentOf,
        });
    }
    for (const group of graph.facetLoops) {
        reportLoop(scope, group, {
            code: 'RM_CYCLE_IN_FACETS_INHERITANCE',
            verb: 'extends',
            successors: extended(facetOf),
            typeOf: facetOf,
        });
    }
    const successors = containment.childrenOf;
    for (const group of loopsOf(graph.components.keys(), successors)) {
        reportLoop(scope, group, { code: 'RM_CYCLE_IN_COMPONENTS', verb: 'contains', successors, typeOf: componentOf });
    }
    checkDepth(scope);
}

interface Loop {
    readonly code: 'RM_CYCLE_IN_COMPONENTS' | 'RM_CYCLE_IN_COMPONENTS_INHERITANCE' | 'RM_CYCLE_IN_FACETS_INHERITANCE';
    readonly verb: 'extends' | 'contains';
    readonly successors: Successors;
    readonly typeOf: (name: string) => TypeDeclaration | undefined;
}

function reportLoop(scope: Scope, group: readonly string[], loop: Loop): void {
    const members = new Set(group);
    for (const name of group.slice(0, group.length > LONG_LOOP ? MAX_MEMBERS_OF_LONG : MAX_MEMBERS)) {
        const type = loop.typeOf(name);
        if (type === undefined) continue;
        const way = shortestLoop(name, members, loop.successors);
        const cycle = writtenWay(way);
        const related = way
            .slice(1, MAX_NAMES)
            .slice(0, way.length - 2)
            .flatMap((member) => {
                const other = loop.typeOf(member);
                return other === undefined
                    ? []
                    : [{ message: `The loop goes through '${member}'.`, range: placeOf(other) }];
            });
        const message = `The ${type.kind} '${name}' ${loop.verb} itself: ${cycle}. Remove one of these links.`;
        const place = (wordTowards(scope, loop, type, way[1] ?? name) ?? type.name).range;
        scope.report.add(loop.code, place, message, { details: { CYCLE: cycle, NAME: name }, related });
    }
}

function writtenWay(way: readonly string[]): string {
    const shown = way.length <= MAX_NAMES + 1 ? way : [...way.slice(0, MAX_NAMES), '…', ...way.slice(-1)];
    return shown.join(' -> ');
}

/** The word in the type's own text that leads to the next member; undefined when the link is inherited. */
function wordTowards(scope: Scope, loop: Loop, type: TypeDeclaration, next: string): Word | undefined {
    if (loop.verb === 'extends') return type.extends.find((word) => word.text === next);
    const { containment } = scope.analysis.files;
    return (
        type.children.find((word) => word.text === next) ??
        type.children.find((word) => containment.bearersOf(word.text).includes(next))
    );
}

function checkDepth(scope: Scope): void {
    const { graph, exports } = scope.analysis.files;
    for (const name of exports.tooMany) {
        const type = graph.components.get(name);
        if (type === undefined || scope.report.isFull('X_TOO_MANY_VARIABLES', type.name.range.file)) continue;
        const message = `The graph exports more than ${MAX_VARIABLES} variables with those '${name}' inherits: they are ignored.`;
        scope.report.add('X_TOO_MANY_VARIABLES', (type.extends[0] ?? type.name).range, message, {
            details: { NAME: name, MAXIMUM: String(MAX_VARIABLES) },
        });
    }
    for (const name of graph.tooDeep) {
        const type = graph.components.get(name) ?? graph.facets.get(name);
        const word = type?.extends[0];
        if (word === undefined) continue;
        const message = `More than ${MAX_INHERITANCE} types extend one another here: what '${name}' inherits is ignored.`;
        scope.report.add('X_TOO_DEEP', word.range, message, { details: { SHAPE: 'inheritance', NAME: name } });
    }
}
