/** Recipes of Puppet components (reference: language, sections 4.6 and 9). Manifests are searched as text, never run. */
import type { TypeDeclaration } from '../model/declarations.ts';
import { prefixOf } from '../model/exported-variables.ts';
import { wildcardPrefix } from '../model/imported-variables.ts';
import type { SourceRange } from '../model/application-model.ts';
import { firstClassIn, type PuppetClass } from './puppet-parameters.ts';
import type { FindingFacts } from './report.ts';
import { besides, placeOf, type Scope } from './scope.ts';

/** REC_PUPPET_ codes of one component. */
export function checkPuppetRecipe(scope: Scope, type: TypeDeclaration, directory: string): void {
    const place = placeOf(type);
    const details = { COMPONENT: type.name.text, DIRECTORY: directory };
    checkWildcards(scope, type);
    const modules = scope.analysis.project
        .directoriesIn(directory)
        .filter((name) => name.toLowerCase().startsWith('roboconf_'));
    const [module] = modules;
    if (module === undefined) {
        const message = `The recipe '${directory}' has no module: create a directory whose name starts with 'roboconf_'.`;
        return scope.report.add('REC_PUPPET_HAS_NO_RBCF_MODULE', place, message, { details });
    }
    if (modules.length > 1) {
        const message = `The recipe '${directory}' has several modules: keep one of ${modules.join(', ')}.`;
        return scope.report.add('REC_PUPPET_HAS_TOO_MANY_RBCF_MODULES', place, message, {
            details: { ...details, FOUND: modules.join(', ') },
        });
    }
    checkManifests(scope, type, `${directory}/${module}/manifests`);
}

function checkWildcards(scope: Scope, type: TypeDeclaration): void {
    const wildcard = scope.analysis.files
        .importsOf(type.name.text)
        .find((item) => wildcardPrefix(item.declaration.text) !== null);
    if (wildcard === undefined) return;
    const place: SourceRange = wildcard.owner === type.name.text ? wildcard.declaration.range : placeOf(type);
    const message = 'Puppet needs to know every variable: import them one by one instead of all at once.';
    scope.report.add('REC_PUPPET_DISLIKES_WILDCARD_IMPORTS', place, message, {
        details: { COMPONENT: type.name.text },
    });
}

function checkManifests(scope: Scope, type: TypeDeclaration, directory: string): void {
    const manifests = scope.analysis.project.filesIn(directory).filter((name) => name.toLowerCase().endsWith('.pp'));
    const updating = manifests.includes('update.pp') ? 'update.pp' : 'init.pp';
    const prefixes = new Set(
        scope.analysis.files.importsOf(type.name.text).map((item) => prefixOf(item.declaration.text)),
    );
    for (const name of manifests) {
        const file = `${directory}/${name}`;
        const found = firstClassIn(scope.analysis.project.textOf(file) ?? '', file);
        if (found !== null) checkClass(scope, { type, file, found, prefixes, isUpdating: name === updating });
    }
}

interface ManifestClass {
    readonly type: TypeDeclaration;
    readonly file: string;
    readonly found: PuppetClass;
    /** What the component imports. */
    readonly prefixes: ReadonlySet<string>;
    /** Whether it is the one that runs when imports change. */
    readonly isUpdating: boolean;
}

function checkClass(scope: Scope, { type, file, found, prefixes, isUpdating }: ManifestClass): void {
    const place = placeOf(type);
    const { parameters, range } = found;
    const factsOf = (details: Readonly<Record<string, string>>): FindingFacts =>
        besides({ FILE: file, ...details }, 'The class is declared here.', range);
    if (isUpdating && !parameters.has('$importDiff')) {
        const message = `The class of '${file}' needs the parameter $importDiff.`;
        const facts = factsOf({ COMPONENT: type.name.text, PARAMETER: '$importDiff' });
        scope.report.add('REC_PUPPET_MISSING_PARAM_IMPORT_DIFF', place, message, facts);
    }
    if (!parameters.has('$runningState')) {
        const message = `The class of '${file}' needs the parameter $runningState.`;
        const facts = factsOf({ COMPONENT: type.name.text, PARAMETER: '$runningState' });
        scope.report.add('REC_PUPPET_MISSING_PARAM_RUNNING_STATE', place, message, facts);
    }
    for (const prefix of prefixes) {
        const parameter = `$${prefix.toLowerCase()}`;
        if (parameters.has(parameter)) continue;
        const message = `The class of '${file}' should have the parameter ${parameter}, for what is imported from '${prefix}'.`;
        const facts = factsOf({ NAME: type.name.text, EXPECTED: prefix, PARAMETER: parameter });
        scope.report.add('REC_PUPPET_MISSING_PARAM_FROM_IMPORT', place, message, facts);
    }
}
