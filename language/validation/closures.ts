/** Imports and the kinds of the files they lead to (reference: language, sections 2.9 and 4.3). */
import type { Closure, FailedImport, ReachedFile } from '../application/closure.ts';
import type { RelatedPlace } from '../finding.ts';
import type { Project } from '../application/project.ts';
import { joinPath, relativePath } from '../application/paths.ts';
import { MAX_FILE_BYTES } from '../file-system.ts';
import type { SourceRange } from '../model/application-model.ts';
import { dependencyOf } from './maven.ts';
import { didYouMean, placeOf, type Scope } from './scope.ts';

/** Which kind of closure is checked: `root` is the directory its imports start from. */
export interface ClosureKind {
    readonly root: 'graph' | 'instances';
    /** Where to show facts about the entry point. */
    readonly entryPlace: SourceRange | null;
}

/** CO_UNREACHABLE_FILE, CO_NOT_A_GRAPH, CO_NOT_INSTANCES, X_IMPORT_OUTSIDE and X_TOO_LARGE. */
export function checkClosure(scope: Scope, closure: Closure, kind: ClosureKind): void {
    for (const failure of closure.failures) reportFailure(scope, failure, kind);
    for (const reached of closure.files) checkKind(scope, closure, reached, kind);
}

function reportFailure(scope: Scope, failure: FailedImport, kind: ClosureKind): void {
    const place = failure.word?.range ?? kind.entryPlace;
    const { file } = failure;
    switch (failure.reason) {
        case 'missing':
            return reportMissing(scope, failure, kind);
        case 'directory':
            return scope.report.add(
                'P_IO_ERROR',
                place,
                `'${file}' is a directory: import the files in it one by one.`,
                { details: { FILE: file, SHAPE: 'directory' } },
            );
        case 'unreadable':
            return scope.report.add('P_IO_ERROR', place, `'${file}' cannot be read: ${failure.obstacle}.`, {
                details: { FILE: file, REASON: failure.obstacle },
            });
        case 'outside': {
            const message = `'${file}' lies outside of the application: imports start at '${kind.root}/' and stay inside.`;
            return scope.report.add('X_IMPORT_OUTSIDE', place, message, { details: { FILE: file, ROOT: kind.root } });
        }
        case 'tooLarge': {
            const message = `'${file}' has ${failure.bytes} bytes: files over ${MAX_FILE_BYTES} are not read.`;
            return scope.report.add('X_TOO_LARGE', place, message, {
                details: { FILE: file, BYTES: String(failure.bytes) },
            });
        }
        default:
            return failure.reason satisfies never;
    }
}

function reportMissing(scope: Scope, { word, file }: FailedImport, kind: ClosureKind): void {
    const { project, directory } = scope.analysis;
    const place = word?.range ?? kind.entryPlace;
    if (scope.report.isFull('CO_UNREACHABLE_FILE', place?.file)) return;
    const dependency = dependencyOf(scope.analysis.maven, file);
    if (dependency !== null) {
        const message = `'${file}' is there once Maven has unpacked the dependency '${dependency}': until then, what it declares is not known.`;
        return scope.report.add('X_IMPORT_FROM_DEPENDENCY', place, message, {
            details: { FILE: file, NAME: dependency },
        });
    }
    const candidates = filesBelow(project, kind.root);
    const { hint, details } = didYouMean(scope, word?.text ?? file, candidates);
    const message = `There is no file '${file}': imports start at '${kind.root}/'.${hint}`;
    scope.report.add('CO_UNREACHABLE_FILE', place, message, {
        details: { FILE: joinPath(directory, file), PATH: file, ROOT: kind.root, ...details },
    });
}

/** Paths from the directory that imports start from, as imports write them. */
function* filesBelow(project: Project, root: string): Generator<string> {
    for (const path of project.filesBelow(root)) yield relativePath(root, path) ?? path;
}

function checkKind(scope: Scope, closure: Closure, reached: ReachedFile, { root }: ClosureKind): void {
    const { kind } = reached.loaded.declarations;
    const wrong = root === 'graph' ? 'instances' : 'graph';
    if (kind !== wrong && kind !== 'undetermined') return;
    const words = closure.links.filter((link) => link.file === reached.file).map((link) => link.word.range);
    const entry = { file: reached.file, line: 1, column: 1, endLine: 1, endColumn: 1 };
    const holds =
        kind === 'undetermined'
            ? 'cannot be told to hold'
            : `holds ${kind === 'graph' ? 'components' : 'instances'}, not`;
    const message = `'${reached.file}' ${holds} ${root === 'graph' ? 'components and facets' : 'instances'}: it cannot be a part of ${root === 'graph' ? 'the graph' : 'the instances'}.`;
    const related = foreignPlaces(reached, root);
    for (const place of reached.importedBy === null ? [entry] : words) {
        scope.report.add(root === 'graph' ? 'CO_NOT_A_GRAPH' : 'CO_NOT_INSTANCES', place, message, {
            details: { UNRECOGNIZED: kind, FILE: reached.file },
            related,
        });
    }
}

/** The first block of a file that belongs to files of the other kind. */
function foreignPlaces({ loaded }: ReachedFile, root: ClosureKind['root']): readonly RelatedPlace[] {
    const { types, instances } = loaded.declarations;
    const [instance] = instances;
    const [type] = types;
    if (root === 'graph' && instance !== undefined)
        return [{ message: 'The first instance is here.', range: instance.component?.range ?? instance.block }];
    if (root === 'instances' && type !== undefined)
        return [{ message: 'The first component or facet is here.', range: placeOf(type) }];
    return [];
}
