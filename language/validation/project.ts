/** The layout of an application's directory (reference: language, sections 1 and 4.5). */
import type { CheckOptions } from '../application.ts';
import type { Closure } from '../application/closure.ts';
import { DESCRIPTOR_FILE } from '../application/descriptor.ts';
import { isMavenModel } from '../application/maven.ts';
import { joinPath, normalizePath } from '../application/paths.ts';
import type { SourceRange } from '../model/application-model.ts';
import type { Scope } from './scope.ts';

/** PROJ_NO_*, PROJ_MISSING_*, PROJ_READ_DESC_FILE, CO_GRAPH_COULD_NOT_BE_BUILT, RM_MISSING_APPLICATION_GRAPHS. */
export function checkLayout(scope: Scope, options: CheckOptions): void {
    const { project, directory, graph } = scope.analysis;
    checkDescriptorFile(scope, options);
    if (!project.isDirectory('graph') && !isThere(graph)) {
        const message = "There is no directory 'graph' here: create it, for graph files and recipes.";
        scope.report.add('PROJ_NO_GRAPH_DIR', null, message, { details: { DIRECTORY: directory } });
    } else checkGraphEntry(scope);
    if (graph === null && scope.analysis.descriptor !== null && project.isDirectory('instances')) reportUnbuilt(scope);
    checkInstanceEntry(scope);
}

/** A directory that may not be listed is no missing one: some file in it was read, or refused. */
function isThere(closure: Closure | null): boolean {
    return closure !== null && (closure.files.length > 0 || isPartlyRead(closure));
}

function checkDescriptorFile(scope: Scope, options: CheckOptions): void {
    const { project, directory, descriptor } = scope.analysis;
    const isOptional = options.flexible || options.recipe;
    if (descriptor !== null) return;
    const obstacle = project.obstacleTo(DESCRIPTOR_FILE);
    if (obstacle !== null) {
        const message = `'${DESCRIPTOR_FILE}' cannot be read: ${obstacle}.`;
        return scope.report.add('PROJ_READ_DESC_FILE', null, message, { details: { REASON: obstacle } });
    }
    if (!project.isDirectory('descriptor')) {
        if (isOptional) return;
        const message = `There is no directory 'descriptor' here: an application needs '${DESCRIPTOR_FILE}'.`;
        return scope.report.add('PROJ_NO_DESC_DIR', null, message, { details: { DIRECTORY: directory } });
    }
    if (project.isDirectory(DESCRIPTOR_FILE)) {
        const message = `'${DESCRIPTOR_FILE}' is a directory: it must be a file.`;
        return scope.report.add('PROJ_READ_DESC_FILE', null, message, { details: { SHAPE: 'directory' } });
    }
    scope.report.add(
        'PROJ_NO_DESC_FILE',
        null,
        `There is no file '${DESCRIPTOR_FILE}': create it, with the name, the version and the entry points.`,
    );
}

/** The place of the value of an entry point; null when there is no descriptor. */
export function entryPointPlace(scope: Scope, kind: 'graph' | 'instance'): SourceRange | null {
    const { descriptor } = scope.analysis;
    return descriptor?.entryOf(`${kind}-entry-point`)?.valueRange ?? descriptor?.file.firstLine ?? null;
}

function checkGraphEntry(scope: Scope): void {
    const { descriptor, graph, project } = scope.analysis;
    if (graph !== null) return;
    const entry = descriptor?.entryOf('graph-entry-point')?.value.trim() ?? '';
    if (entry !== '') reportMissingEntry(scope, 'graph', entry);
    if (
        descriptor === null &&
        !project.isDirectory('descriptor') &&
        project.filesBelow('graph').every((file) => !/\.graph$/i.test(file))
    ) {
        scope.report.add('RM_MISSING_APPLICATION_GRAPHS', null, "There is no graph file in 'graph/'.");
    }
}

function reportUnbuilt(scope: Scope): void {
    const message = 'The instances cannot be checked, because there is no graph.';
    scope.report.add('CO_GRAPH_COULD_NOT_BE_BUILT', entryPointPlace(scope, 'graph'), message);
}

function reportMissingEntry(scope: Scope, kind: 'graph' | 'instance', entry: string): void {
    const root = kind === 'graph' ? 'graph' : 'instances';
    const file = normalizePath(joinPath(root, entry));
    const place = entryPointPlace(scope, kind);
    if (file === null) {
        const message = `'${entry}' lies outside of the application: the path starts at '${root}/' and stays inside.`;
        return scope.report.add('X_IMPORT_OUTSIDE', place, message, { details: { FILE: entry, ROOT: root } });
    }
    if (isMavenModel(scope.analysis.directory) && /\$\{[^}]*\}/.test(entry)) {
        const message = `'${entry}' is known once Maven has built the application: until then nothing below '${root}/' can be checked from here.`;
        return scope.report.add('X_MAVEN_PLACEHOLDER', place, message, { details: { NAME: entry, ROOT: root } });
    }
    const names = scope.analysis.project.filesBelow(root).map((path) => path.slice(root.length + 1));
    const closest = scope.suggestions.closest(entry, names);
    const hint = closest === null ? '' : ` Did you mean '${closest}'?`;
    const details = {
        EXPECTED: joinPath(scope.analysis.directory, file),
        PATH: file,
        ...(closest === null ? {} : { SUGGESTION: closest }),
    };
    const code = kind === 'graph' ? 'PROJ_MISSING_GRAPH_EP' : 'PROJ_MISSING_INSTANCE_EP';
    scope.report.add(
        code,
        place,
        `There is no file '${file}': the path of an entry point starts at '${root}/'.${hint}`,
        { details },
    );
}

function checkInstanceEntry(scope: Scope): void {
    const { descriptor, instances, project } = scope.analysis;
    const entry = descriptor?.entryOf('instance-entry-point')?.value.trim() ?? '';
    if (entry === '' || instances !== null || !project.isDirectory('instances')) return;
    reportMissingEntry(scope, 'instance', entry);
}

/** PROJ_UNREACHABLE_FILE, PROJ_INVALID_FILE_LOCATION, PROJ_INVALID_COMMAND_EXT, PROJ_INVALID_RULE_EXT, X_LINK_NOT_FOLLOWED. */
export function checkStrayFiles(scope: Scope): void {
    const { project, graph, instances } = scope.analysis;
    const isDescribed = project.obstacleTo(DESCRIPTOR_FILE) === null;
    const reached = new Set([...(graph?.files ?? []), ...(instances?.files ?? [])].map(({ file }) => file));
    for (const file of project.filesBelow('')) {
        const root = /\.graph$/i.test(file) ? 'graph' : /\.instances$/i.test(file) ? 'instances' : null;
        if (root !== null) checkModelFile(scope, file, root, isDescribed ? reached : null);
        else checkExtension(scope, file);
    }
    checkLinks(scope);
}

/** X_LINK_NOT_FOLLOWED. A recipe may be a link: what is in it is looked for by name. */
function checkLinks(scope: Scope): void {
    const { project, files } = scope.analysis;
    const recipes = new Set([...files.graph.components.keys()].map((name) => `graph/${name}`));
    for (const link of [...project.linksBelow('graph'), ...project.linksBelow('instances')]) {
        if (recipes.has(link)) continue;
        const message = `'${link}' is a link to a directory: the files behind it are not looked for. Move them here.`;
        scope.report.add('X_LINK_NOT_FOLLOWED', null, message, { details: { FILE: link } });
    }
}

/** `reached` is null when nobody knows where the application begins. */
function checkModelFile(
    scope: Scope,
    file: string,
    root: 'graph' | 'instances',
    reached: ReadonlySet<string> | null,
): void {
    if (!file.startsWith(`${root}/`)) {
        const message = `A .${root} file belongs under '${root}/': move it there.`;
        return scope.report.add('PROJ_INVALID_FILE_LOCATION', startOf(file), message);
    }
    if (reached === null || reached.has(file) || isPartlyRead(scope.analysis[root])) return;
    const kind = root === 'graph' ? 'graph' : 'instance';
    const message = `This file is not a part of the application: it is not imported, directly or not, by its ${kind} entry point. Import it, or remove it.`;
    scope.report.add('PROJ_UNREACHABLE_FILE', startOf(file), message);
}

/** Nobody knows what a file that was not read imports. */
function isPartlyRead(closure: Closure | null): boolean {
    return closure !== null && closure.failures.some(({ reason }) => reason === 'tooLarge' || reason === 'unreadable');
}

function checkExtension(scope: Scope, file: string): void {
    if (file.startsWith('commands/') && !file.endsWith('.commands')) {
        scope.report.add(
            'PROJ_INVALID_COMMAND_EXT',
            startOf(file),
            "Only files called '….commands' belong under 'commands/': rename this one, or move it away.",
        );
    }
    if (file.startsWith('rules.autonomic/') && !file.endsWith('.drl')) {
        scope.report.add(
            'PROJ_INVALID_RULE_EXT',
            startOf(file),
            "Only files called '….drl' belong under 'rules.autonomic/': rename this one, or move it away.",
        );
    }
}

function startOf(file: string): SourceRange {
    return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}
