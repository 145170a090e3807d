/** What names mean at a place: the types of the application and, in a file it does not reach, those of the file itself. */
import type { Application, ComponentModel, FacetModel } from '../../language/index.ts';
import type { FileView } from '../workspace/units.ts';

export interface Scope {
    readonly components: ReadonlyMap<string, ComponentModel>;
    readonly facets: ReadonlyMap<string, FacetModel>;
    readonly rootComponents: readonly string[];
    readonly applications: readonly Application[];
}

/** A component or a facet. */
export type TypeModel = ({ readonly kind: 'component' } & ComponentModel) | ({ readonly kind: 'facet' } & FacetModel);

/** One exported variable as people think of it. */
export interface VariableFacts {
    readonly fullName: string;
    readonly value: string | null;
    readonly isRandom: boolean;
    /** Set when an instance runs, whatever the files say (reference: language, section 3.3, `ip`). */
    readonly isRuntime: boolean;
    /** The type that gives the value. */
    readonly origin: string;
}

/** The scope of a file. Where two models know a name, that of the file itself counts. */
export function scopeOf(view: FileView): Scope {
    const own = view.application;
    const whole = view.analysis.application;
    return scopeOfAll(own === whole ? [own] : [whole, own]);
}

/** The scope of one application alone. */
export function scopeOfApplication(application: Application): Scope {
    return scopeOfAll([application]);
}

function scopeOfAll(applications: readonly Application[]): Scope {
    return {
        components: new Map(
            applications.flatMap(({ model }) => model.components.map((one) => [one.name, one] as const)),
        ),
        facets: new Map(applications.flatMap(({ model }) => model.facets.map((one) => [one.name, one] as const))),
        rootComponents: [...new Set(applications.flatMap(({ model }) => model.rootComponents))],
        applications,
    };
}

/** The component or facet of a name. */
export function typeOf(scope: Scope, name: string): TypeModel | undefined {
    const component = scope.components.get(name);
    if (component !== undefined) return { kind: 'component', ...component };
    const facet = scope.facets.get(name);
    return facet === undefined ? undefined : { kind: 'facet', ...facet };
}

/** Every type, components first, each kind sorted by name. */
export function typesOf(scope: Scope): readonly TypeModel[] {
    const names = [...[...scope.components.keys()].sort(), ...[...scope.facets.keys()].sort()];
    return names.map((name) => typeOf(scope, name)).filter((type) => type !== undefined);
}

/** What a type exports, sorted by full name. */
export function variablesOf(scope: Scope, type: TypeModel): readonly VariableFacts[] {
    return Object.keys(type.exports)
        .sort()
        .map((fullName) => variableOf(scope, type, fullName));
}

/** The part of a full variable name after its first dot. */
export function simpleNameOf(fullName: string): string {
    return fullName.slice(fullName.indexOf('.') + 1);
}

/** The part of a full variable name before its first dot. */
export function prefixOf(fullName: string): string {
    return fullName.slice(0, Math.max(0, fullName.indexOf('.')));
}

/** The type itself, then all it takes over from, nearest first; loops end. */
export function lineageOf(scope: Scope, type: TypeModel): readonly TypeModel[] {
    const found = new Map<string, TypeModel>();
    const pending = [type];
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
        if (found.has(next.name)) continue;
        found.set(next.name, next);
        pending.push(...parentsOf(scope, next));
    }
    return [...found.values()];
}

function parentsOf(scope: Scope, type: TypeModel): readonly TypeModel[] {
    const extended = type.kind === 'facet' ? type.extends : type.extends === null ? [] : [type.extends];
    const facets = type.kind === 'facet' ? [] : type.facets;
    return [...facets, ...extended].map((name) => typeOf(scope, name)).filter((parent) => parent !== undefined);
}

/** One variable that a type exports, by its full name. */
export function variableOf(scope: Scope, type: TypeModel, fullName: string): VariableFacts {
    const simple = simpleNameOf(fullName);
    const lineage = lineageOf(scope, type);
    const declarer = lineage.find((one) => declaredNameIn(one, fullName, simple) !== undefined) ?? type;
    const declared = declarer.ownExports[declaredNameIn(declarer, fullName, simple) ?? ''];
    return {
        fullName,
        value: type.exports[fullName] ?? null,
        isRandom: declared?.random !== undefined,
        isRuntime: simple.toLowerCase() === 'ip',
        origin: declarer.name,
    };
}

function declaredNameIn(type: TypeModel, fullName: string, simple: string): string | undefined {
    return [fullName, simple].find((name) => Object.hasOwn(type.ownExports, name));
}
