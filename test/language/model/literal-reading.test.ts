/** Random graphs, resolved and checked, against the words of the reference. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLanguage, type VariableValues } from '../../../language/index.ts';
import { memoryFiles } from '../../support/memory-files.ts';
import { literalReading, OPEN, type PlainType } from './literal-reading.ts';

const COMPONENTS = ['A', 'B', 'C', 'D', 'E'];
const FACETS = ['F', 'G', 'H'];
const TYPES = [...COMPONENTS, ...FACETS];

const variable = fc
    .tuple(fc.constantFrom('', '', '', 'A.', 'F.', 'Y.'), fc.constantFrom('p', 'q', 'ip', 'IP'))
    .map(([prefix, name]) => `${prefix}${name}`);
const exported = fc.record({ name: variable, value: fc.option(fc.constantFrom('0', '1')) });
const imported = fc.record({
    name: fc
        .tuple(fc.constantFrom(...TYPES, 'Y', 'Z'), fc.constantFrom('p', 'q', '*', 'p.q', 'ip'))
        .map((parts) => parts.join('.')),
    optional: fc.boolean(),
    external: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
});

const language = createLanguage();

/** A type extends those before it, so that there is no loop of extensions. */
function typeAt(kind: PlainType['kind'], index: number): fc.Arbitrary<PlainType> {
    const before = (kind === 'component' ? COMPONENTS : FACETS).slice(0, index);
    const isComponent = kind === 'component';
    return fc.record({
        kind: fc.constant(kind),
        name: fc.constant((isComponent ? COMPONENTS : FACETS)[index] ?? ''),
        installer: fc.constantFrom(null, 'target', 'script').map((name) => (isComponent ? name : null)),
        extends: fc.subarray(before, { maxLength: isComponent ? Math.min(1, index) : index }),
        facets: fc.subarray(isComponent ? FACETS : [], { maxLength: isComponent ? 2 : 0 }),
        children: fc.subarray(TYPES, { maxLength: 2 }),
        exports: fc.array(exported, { maxLength: 3 }),
        imports: fc.array(imported, { maxLength: isComponent ? 2 : 0 }),
    });
}

const graph = fc.tuple(
    ...COMPONENTS.map((_, index) => typeAt('component', index)),
    ...FACETS.map((_, index) => typeAt('facet', index)),
);

test('random graphs mean what the reference says', () => {
    fc.assert(
        fc.property(graph, (types) => {
            const { model, findings } = checked(types);
            const read = literalReading(types);
            expect(model.rootComponents.toSorted()).toEqual(read.rootNames.toSorted());
            for (const { name, exports, resolvedChildren, resolvedInstaller, allFacets } of model.components) {
                expect(resolvedInstaller).toBe(read.installerOf(name));
                expect(allFacets.toSorted()).toEqual(read.facetsOf(name).toSorted());
                expect(resolvedChildren.toSorted()).toEqual(read.childrenOf(name).toSorted());
                const variables = read.variablesOf(name);
                expect(settled(exports, variables)).toEqual(settled(Object.fromEntries(variables), variables));
            }
            expect(componentsWith(types, findings, /^RM_UNRESOLVABLE_/)).toEqual(read.unresolved);
            expect(componentsWith(types, findings, /^RM_COMPONENT_IMPORTS_EXPORTS$/)).toEqual(read.selfImporting);
        }),
        { numRuns: 100, seed: 4 },
    );
});

/** Variables without those that the reference leaves open. */
function settled(variables: VariableValues, read: ReadonlyMap<string, string | null>): VariableValues {
    return Object.fromEntries(Object.entries(variables).filter(([name]) => read.get(name) !== OPEN));
}

type Checked = ReturnType<ReturnType<typeof createLanguage>['checkFile']>;

function checked(types: readonly PlainType[]): Checked {
    const files = memoryFiles({ '/x/graph/main.graph': types.map(written).join('\n') });
    return language.checkFile(files, '/x/graph/main.graph', { directory: '/x', isEntryPoint: true });
}

/** One line for the header, and one for each property: findings are told to types by it. */
function written({ kind, name, installer, ...type }: PlainType): string {
    const exports = type.exports.map((item) => (item.value === null ? item.name : `${item.name} = ${item.value}`));
    const imports = type.imports.map(
        (item) => `${item.external ? 'external ' : ''}${item.name}${item.optional ? ' (optional)' : ''}`,
    );
    const properties = {
        installer: installer === null ? [] : [installer],
        extends: type.extends,
        facets: type.facets,
        children: type.children,
        exports,
        imports,
    };
    const lines = Object.entries(properties).map(([key, values]) =>
        values.length === 0 ? '\t# nothing' : `\t${key}: ${values.join(', ')};`,
    );
    return [`${kind === 'facet' ? 'facet ' : ''}${name} {`, ...lines, '}'].join('\n');
}

const LINES_OF_TYPE = 8;

function componentsWith(types: readonly PlainType[], findings: Checked['findings'], code: RegExp): ReadonlySet<string> {
    const lines = findings.filter((finding) => code.test(finding.code)).map(({ range }) => range?.line ?? 1);
    return new Set(lines.flatMap((line) => types[Math.floor((line - 1) / LINES_OF_TYPE)]?.name ?? []));
}
