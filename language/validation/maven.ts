/** Applications whose sources a Maven project builds (reference: language, sections 4.6 and 9). */
import type { MavenProject } from '../application/maven.ts';
import type { SourceRange } from '../model/application-model.ts';
import type { Scope } from './scope.ts';

const OFFICIAL_GROUP = 'net.roboconf.recipes';

/** REC_ARTIFACT_ID_IN_LOWER_CASE, REC_OFFICIAL_GROUP_ID, REC_MISSING_README and REC_AVOID_INSTANCES, for reusable recipes. */
export function checkMavenRecipe(scope: Scope, maven: MavenProject): void {
    const { artifactId, groupId } = maven;
    if (artifactId !== null && artifactId.text !== artifactId.text.toLowerCase()) {
        const suggestion = artifactId.text.toLowerCase();
        const message = `The artifact of a recipe is called in lower case: write '${suggestion}'.`;
        scope.report.add('REC_ARTIFACT_ID_IN_LOWER_CASE', artifactId.range, message, {
            details: { NAME: artifactId.text, SUGGESTION: suggestion },
        });
    }
    if (maven.isOfficial && groupId !== null && !groupId.text.startsWith(OFFICIAL_GROUP)) {
        const message = `The group of an official recipe begins with '${OFFICIAL_GROUP}', unlike '${groupId.text}'.`;
        scope.report.add('REC_OFFICIAL_GROUP_ID', groupId.range, message, {
            details: { NAME: groupId.text, EXPECTED: OFFICIAL_GROUP },
        });
    }
    if (!maven.hasReadme) {
        const message = "A recipe tells people what it is for: write a file 'README.md' beside 'pom.xml'.";
        scope.report.add('REC_MISSING_README', maven.firstLine, message, { details: { FILE: 'README.md' } });
    }
    checkInstances(scope);
}

function checkInstances(scope: Scope): void {
    const { instances, project } = scope.analysis;
    const [file] = instances?.files.map((reached) => reached.file) ?? project.filesBelow('instances');
    if (file === undefined) return;
    const place: SourceRange = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
    const message = 'A recipe is a part of other applications: leave instances to them.';
    scope.report.add('REC_AVOID_INSTANCES', place, message, { details: { FILE: file } });
}

/** Whether an import, relative to the application, is one that Maven unpacks from a dependency; the `groupId/artifactId` it comes from, or null. */
export function dependencyOf(maven: MavenProject | null, file: string): string | null {
    const [root, groupId, artifactId, ...rest] = file.split('/');
    if (maven === null || root !== 'graph' || artifactId === undefined || rest.length === 0) return null;
    const dependency = `${groupId ?? ''}/${artifactId}`;
    return maven.dependencies.has(dependency) ? dependency : null;
}
