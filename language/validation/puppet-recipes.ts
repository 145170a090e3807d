/** Recipes of Puppet components (reference: language, sections 4.6 and 9). Manifests are searched as text, never run. */
import type { TypeDeclaration } from '../model/declarations.ts';
import { prefixOf } from '../model/exported-variables.ts';
import { wildcardPrefix } from '../model/imported-variables.ts';
import type { SourceRange } from '../model/application-model.ts';
import { placeOf, type Scope } from './scope.ts';

const PARAMETERS = /class [^(]+\(([^)]+)\)/i;

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
        const parameters = parametersOf(scope.analysis.project.textOf(`${directory}/${name}`) ?? '');
        if (parameters === null) continue;
        const file = `${directory}/${name}`;
        const facts = { details: { COMPONENT: type.name.text, FILE: file } };
        if (name === updating && !parameters.has('$importDiff')) {
            scope.report.add(
                'REC_PUPPET_MISSING_PARAM_IMPORT_DIFF',
                placeOf(type),
                `The class of '${file}' needs the parameter $importDiff.`,
                facts,
            );
        }
        if (!parameters.has('$runningState')) {
            scope.report.add(
                'REC_PUPPET_MISSING_PARAM_RUNNING_STATE',
                placeOf(type),
                `The class of '${file}' needs the parameter $runningState.`,
                facts,
            );
        }
        for (const prefix of prefixes) {
            if (parameters.has(`$${prefix.toLowerCase()}`)) continue;
            const message = `The class of '${file}' should have the parameter $${prefix.toLowerCase()}, for what is imported from '${prefix}'.`;
            const details = {
                NAME: type.name.text,
                FILE: file,
                EXPECTED: prefix,
                PARAMETER: `$${prefix.toLowerCase()}`,
            };
            scope.report.add('REC_PUPPET_MISSING_PARAM_FROM_IMPORT', placeOf(type), message, { details });
        }
    }
}

/** Names of the parameters of the first class, with their `$`; null when there is no list of parameters. */
function parametersOf(manifest: string): ReadonlySet<string> | null {
    const list = PARAMETERS.exec(manifest)?.[1];
    return list === undefined
        ? null
        : new Set(list.split(',').map((parameter) => (parameter.split('=')[0] ?? '').trim()));
}
