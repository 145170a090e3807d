/** What components and facets must satisfy (reference: language, section 4.4). */
import { INSTALLERS } from '../keywords.ts';
import type { TypeDeclaration, Word } from '../model/declarations.ts';
import type { ExportAmbiguity } from '../model/exported-variables.ts';
import { ownVariables } from '../model/exported-variables.ts';
import { closureOf } from '../model/type-graph.ts';
import { isWellFormed } from './misspelled-headers.ts';
import { besides, didYouMean, exportPlace, isUncertain, others, placeOf, relatedTo, type Scope } from './scope.ts';

/** Whether roots and orphans matter: not for files that are only a part of an application. */
export interface GraphUse {
    readonly isWhole: boolean;
    /** Entry point of the graph, relative to the application. */
    readonly entry: string;
}

/** Installers, random variables, roots, orphan facets, ambiguous exports. */
export function checkGraphMeaning(scope: Scope, use: GraphUse): void {
    const { graph } = scope.analysis.files;
    for (const type of [...graph.components.values(), ...graph.facets.values()]) checkRandomVariables(scope, type);
    for (const type of graph.components.values()) checkInstaller(scope, type);
    for (const ambiguity of scope.analysis.files.exports.ambiguities) reportAmbiguity(scope, ambiguity);
    if (!use.isWhole || !scope.analysis.isGraphComplete) return;
    checkRoots(scope, use.entry);
    checkOrphans(scope);
}

function checkInstaller(scope: Scope, type: TypeDeclaration): void {
    const name = type.name.text;
    const { installerOf, containment } = scope.analysis.files;
    if (type.installer !== null) checkSpelling(scope, type.installer);
    if (installerOf(name) !== null || isUncertain(scope, name) || type.hasInstallerProperty) return;
    const cure = containment.ancestorsOf(name).length === 0 ? 'target' : 'script';
    const message = `The component '${name}' has no installer, own or inherited: add one, such as 'installer: ${cure};'.`;
    scope.report.add('RM_EMPTY_COMPONENT_INSTALLER', placeOf(type), message, {
        details: { COMPONENT: name, INSTALLER: cure },
    });
}

/** Any word may name a plug-in: only what is nearly the name of a common one is doubted. */
function checkSpelling(scope: Scope, installer: Word): void {
    const known = INSTALLERS.map(({ name }) => name);
    if (known.includes(installer.text.toLowerCase()) || installer.text.length < 4) return;
    const { hint, details } = didYouMean(scope, installer.text, known);
    if (hint === '') return;
    const message = `'${installer.text}' is not one of the common installers.${hint}`;
    scope.report.add('X_MISSPELLED_INSTALLER', installer.range, message, {
        details: { NAME: installer.text, ...details },
    });
}

function checkRandomVariables(scope: Scope, type: TypeDeclaration): void {
    if (type.exports.every(({ random }) => random === null)) return;
    const known = ownVariables(type);
    for (const variable of type.exports) {
        const { random, value, name } = variable;
        if (random === null || known.get(name.text)?.random !== random.text) continue;
        if (random.text.toLowerCase() !== 'port') {
            const message = `'${random.text}' is not a kind of random value: the only one is 'port'.`;
            scope.report.add('RM_INVALID_RANDOM_KIND', random.range, message, {
                details: { UNRECOGNIZED: random.text, SUGGESTION: 'port' },
            });
        }
        if (value !== null) {
            const message = `The random variable '${name.text}' cannot have a value: remove '= ${value}', or 'random[${random.text}]'.`;
            scope.report.add('RM_NO_VALUE_FOR_RANDOM', variable.range, message, {
                details: { VARIABLE: name.text, VALUE: value, KIND: random.text },
            });
        }
    }
}

function checkRoots(scope: Scope, entry: string): void {
    const { graph, roots } = scope.analysis.files;
    const [first] = graph.components.values();
    if (roots.length === 0) {
        const place =
            first === undefined ? { file: entry, line: 1, column: 1, endLine: 1, endColumn: 1 } : placeOf(first);
        const message =
            first === undefined
                ? 'The graph has no component: it needs at least one root component, with the installer target.'
                : 'Every component is contained in another one: at least one must be in no children list, so that it can be a machine.';
        const details: Readonly<Record<string, string>> = first === undefined ? { SHAPE: 'empty' } : {};
        scope.report.add('RM_NO_ROOT_COMPONENT', place, message, { details });
    }
    const suspects = suspectRoots(scope);
    if (suspects.length <= unknownChildren(scope).length) return;
    for (const type of suspects) reportRoot(scope, type);
}

function reportRoot(scope: Scope, type: TypeDeclaration): void {
    const name = type.name.text;
    const { graph } = scope.analysis.files;
    const givers = graph.lineageOf(name).flatMap((other) => graph.components.get(other) ?? []);
    const giver = givers.find(({ installer }) => installer !== null);
    const message = `'${name}' is contained in no component, so it must be a machine: give it the installer 'target', or list it in the children of a component.`;
    const inherited = giver === type ? undefined : giver?.installer?.range;
    scope.report.add(
        'RM_ROOT_INSTALLER_MUST_BE_TARGET',
        type.installer?.range ?? placeOf(type),
        message,
        besides({ COMPONENT: name }, 'The installer is inherited from here.', inherited),
    );
}

/** Roots that are no machines. Those without installer, and those an unknown child or a misspelled header accounts for, are left out. */
function suspectRoots(scope: Scope): readonly TypeDeclaration[] {
    const { graph, roots, installerOf } = scope.analysis.files;
    const wanted = suggestedChildren(scope);
    return roots.flatMap((name) => {
        const type = graph.components.get(name);
        const installer = installerOf(name);
        const isFine = installer === null || installer === 'target' || isUncertain(scope, name) || wanted.has(name);
        return type === undefined || isFine || !isWellFormed(name) ? [] : [type];
    });
}

/** Children that name no type: as many roots as there are of them may be meant. */
function unknownChildren(scope: Scope): readonly Word[] {
    const { graph } = scope.analysis.files;
    return graph.declarations
        .flatMap((type) => type.children)
        .filter((word) => !graph.components.has(word.text) && !graph.facets.has(word.text));
}

/** Types that an unknown child probably means: being without parent is a consequence of that fault. */
function suggestedChildren(scope: Scope): ReadonlySet<string> {
    const { graph, containment } = scope.analysis.files;
    const names = [...graph.components.keys(), ...graph.facets.keys()];
    const meant = unknownChildren(scope)
        .slice(0, 100)
        .flatMap((word) => scope.suggestions.closest(word.text, names) ?? []);
    return new Set(meant.flatMap((name) => containment.bearersOf(name)));
}

function checkOrphans(scope: Scope): void {
    const { graph } = scope.analysis.files;
    const worn = [...graph.components.values()].flatMap((type) => type.facets.map((word) => word.text));
    const used = new Set(closureOf(worn, (name) => (graph.facets.get(name)?.extends ?? []).map((word) => word.text)));
    const misused = misusedNames(scope);
    for (const [name, type] of graph.facets) {
        if (used.has(name) || misused.has(name)) continue;
        const hasChildren = type.children.length > 0;
        const code = hasChildren ? 'RM_ORPHAN_FACET_WITH_CHILDREN' : 'RM_ORPHAN_FACET';
        const effect = hasChildren ? ', so that its children are in no component' : '';
        const message = `No component has the facet '${name}'${effect}: list it in the facets of a component, or remove it.`;
        scope.report.add(code, placeOf(type), message, { details: { FACET: name } });
        for (const child of type.children) reportUnreachable(scope, type, child.text);
    }
}

function reportUnreachable(scope: Scope, facet: TypeDeclaration, child: string): void {
    const type = scope.analysis.files.graph.components.get(child);
    if (type === undefined) return;
    const message = `'${child}' is a child of the facet '${facet.name.text}', which no component has: no component can contain it through that facet.`;
    const facts = besides(
        { COMPONENT: child, FACET: facet.name.text },
        `The facet '${facet.name.text}' is declared here.`,
        placeOf(facet),
    );
    scope.report.add('RM_UNREACHABLE_COMPONENT', placeOf(type), message, facts);
}

/** A facet that shares its name with a component, or that a component extends, has a fault of its own. */
function misusedNames(scope: Scope): ReadonlySet<string> {
    const { components } = scope.analysis.files.graph;
    const extended = [...components.values()].flatMap((type) => type.extends[0]?.text ?? []);
    return new Set([...components.keys(), ...extended]);
}

function reportAmbiguity(scope: Scope, { type: name, variable, candidates, kind }: ExportAmbiguity): void {
    const type = scope.analysis.files.graph.components.get(name);
    if (type === undefined) return;
    const [chosen, ...rivals] = candidates;
    const rivalList = rivals.map((rival) => `'${rival}'`).join(', ');
    const own = type.exports.filter((item) => candidates.includes(item.name.text)).map((item) => item.name);
    const place = kind === 'own' ? own.find((word) => word.text === chosen) : undefined;
    const message =
        kind === 'own'
            ? `'${chosen}' and ${rivalList} both set '${variable}': the value of '${chosen}' is used. Keep one of them.`
            : `'${variable}' could take the value of '${chosen}' or of ${rivalList}: the former is used. Export '${variable}' here to decide.`;
    const related =
        place === undefined
            ? relatedTo(candidates, (full) => [`'${full}' is exported here.`, exportPlace(scope, name, full)])
            : others(`'${variable}' is also set here.`, place, own);
    scope.report.add('X_AMBIGUOUS_EXPORT', place?.range ?? placeOf(type), message, {
        details: { VARIABLE: variable, SHAPE: kind, CHOSEN: chosen ?? '', OTHERS: rivals.join(', ') },
        related,
    });
}
