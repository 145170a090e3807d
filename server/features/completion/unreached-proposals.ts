/** Types of files that exist in an application without being imported: proposed together with the import they need. */
import type { LineContext, Lines } from '../line-context.ts';
import { type Scope, scopeOfApplication, type TypeModel, typesOf, variablesOf } from '../scope.ts';
import { valueWords } from '../wording.ts';
import { typeProposal } from './graph-proposals.ts';
import { type Addition, proposal, type Proposal } from './proposal.ts';
import type { UnreachedFile } from '../../workspace/workspace.ts';

type ValueContext = Extract<LineContext, { kind: 'value' }>;

/** What the value of a property of a graph may name once its file is imported; names the scope knows are left out. */
export function unreachedProposals(
    context: ValueContext,
    place: { readonly scope: Scope; readonly lines: Lines },
    files: readonly UnreachedFile[],
): readonly Proposal[] {
    if (context.isAfterItem) return [];
    const line = importLine(place.lines);
    return files.flatMap(({ path, application }) => {
        const addition: Addition = { line, text: `import ${path};\n`, source: path };
        const scope = scopeOfApplication(application);
        const types = typesOf(scope).filter(({ name }) => !knows(place.scope, name) && !context.others.includes(name));
        return types.flatMap((type) => proposalsOf(context, scope, type)).map((one) => withImport(one, path, addition));
    });
}

function knows(scope: Scope, name: string): boolean {
    return scope.components.has(name) || scope.facets.has(name);
}

function proposalsOf(context: ValueContext, scope: Scope, type: TypeModel): readonly Proposal[] {
    switch (context.property) {
        case 'children':
            return [typeProposal(type)];
        case 'facets':
            return type.kind === 'facet' ? [typeProposal(type)] : [];
        case 'extends':
            return type.kind === context.block?.kind ? [typeProposal(type)] : [];
        case 'imports':
            return variableProposals(scope, type);
        default:
            return [];
    }
}

function variableProposals(scope: Scope, type: TypeModel): readonly Proposal[] {
    const own = variablesOf(scope, type).filter(({ fullName }) => fullName.startsWith(`${type.name}.`));
    return own.map((variable) => proposal('variable', variable.fullName, { detail: valueWords(variable) }));
}

function withImport(one: Proposal, path: string, addition: Addition): Proposal {
    const { describe } = one;
    const said = (detail: string): string => `${detail} · adds import ${path}`;
    return {
        ...one,
        addition,
        about: '',
        detail: said(one.detail),
        describe: describe === null ? null : () => ({ ...describe(), detail: said(describe().detail ?? one.detail) }),
    };
}

/** Below the imports that are there, else at the top. */
function importLine(lines: Lines): number {
    return lines.findLastIndex((line) => /^\s*import\s/i.test(line)) + 1;
}
