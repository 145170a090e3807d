/** What Maven makes of an application's sources (reference: language, sections 1 and 9): `src/main/model` of a project with a `pom.xml`. */
import type { MavenSources } from '../application.ts';
import type { FileSystem } from '../file-system.ts';
import type { SourceRange } from '../model/application-model.ts';
import type { Word } from '../model/declarations.ts';
import { joinPath, parentOf } from './paths.ts';
import { xmlElementsIn, type XmlElement } from './xml.ts';

/** The Maven project an application's sources belong to. */
export interface MavenProject {
    /** Its `pom.xml`, relative to the application. */
    readonly file: string;
    readonly firstLine: SourceRange;
    /** Own, or that of the parent project; null when neither is given. */
    readonly groupId: Word | null;
    readonly artifactId: Word | null;
    /** `groupId/artifactId` of each. */
    readonly dependencies: ReadonlySet<string>;
    /** Whether the plug-in is told that this is a reusable recipe. */
    readonly isRecipe: boolean;
    /** Whether the plug-in is told that this is one of the official recipes. */
    readonly isOfficial: boolean;
    /** Whether a read-me stands beside the `pom.xml`. */
    readonly hasReadme: boolean;
}

/** From the sources of an application to its Maven project. */
const POM_FILE = '../../../pom.xml';
const PLUGIN = 'roboconf-maven-plugin';
const TARGET_PACKAGING = 'roboconf-target';
const TARGETS_FOLDER = 'src/main/resources';
const MODEL_FOLDER = 'src/main/model';

/** Whether sources are those of a Maven project, so that `${…}` in them is replaced when it is built. */
export function isMavenModel(directory: string): boolean {
    return /(^|\/)src\/main\/model$/.test(directory);
}

/** The Maven project of an application's directory; null when it is no part of one, or its `pom.xml` cannot be read. */
export function mavenProjectOf(fileSystem: FileSystem, directory: string): MavenProject | null {
    if (!isMavenModel(directory)) return null;
    const home = parentOf(parentOf(parentOf(directory)));
    if (home === '') return null;
    const content = fileSystem.read(joinPath(home, 'pom.xml'));
    if (content === undefined || !('text' in content)) return null;
    const names = fileSystem.list(home) ?? [];
    const hasReadme = names.some(({ name, kind }) => kind === 'file' && /^readme(\..*)?$/i.test(name));
    return projectIn(content.text, hasReadme);
}

/** What a Maven project has for Roboconf: target files in `src/main/resources` when its packaging says so, else a model in `src/main/model`. */
export function mavenSourcesOf(fileSystem: FileSystem, directory: string): MavenSources | null {
    const content = fileSystem.read(joinPath(directory, 'pom.xml'));
    const top = content !== undefined && 'text' in content ? topOf(content.text) : undefined;
    if (top !== undefined && textAt(top, 'packaging') === TARGET_PACKAGING)
        return { kind: 'targets', directory: joinPath(directory, TARGETS_FOLDER) };
    const model = joinPath(directory, MODEL_FOLDER);
    return fileSystem.list(model) === undefined ? null : { kind: 'model', directory: model };
}

function topOf(text: string): XmlElement | undefined {
    return xmlElementsIn(text).find(({ name }) => name === 'project');
}

function projectIn(text: string, hasReadme: boolean): MavenProject {
    const top = topOf(text);
    const wordOf = (...path: readonly string[]): Word | null => {
        const [element] = top === undefined ? [] : elementsAt(top, path);
        return element === undefined || element.text === ''
            ? null
            : { text: element.text, range: rangeOf(text, element.start, element.end) };
    };
    const settings = top === undefined ? [] : pluginSettings(top);
    const isSet = (name: string): boolean => settings.some((each) => each.name === name && each.text === 'true');
    return {
        file: POM_FILE,
        firstLine: { file: POM_FILE, line: 1, column: 1, endLine: 1, endColumn: 1 },
        groupId: wordOf('groupId') ?? wordOf('parent', 'groupId'),
        artifactId: wordOf('artifactId'),
        dependencies: new Set(top === undefined ? [] : dependenciesOf(top)),
        isRecipe: isSet('recipe'),
        isOfficial: isSet('official'),
        hasReadme,
    };
}

function elementsAt(element: XmlElement, path: readonly string[]): readonly XmlElement[] {
    const [name, ...rest] = path;
    if (name === undefined) return [element];
    return element.children.filter((child) => child.name === name).flatMap((child) => elementsAt(child, rest));
}

function textAt(element: XmlElement, name: string): string {
    return elementsAt(element, [name])[0]?.text ?? '';
}

function dependenciesOf(top: XmlElement): readonly string[] {
    const own = textAt(top, 'groupId') || elementsAt(top, ['parent', 'groupId'])[0]?.text || '';
    return elementsAt(top, ['dependencies', 'dependency']).map((dependency) => {
        const groupId = textAt(dependency, 'groupId').replace(/^\$\{(?:project|pom)\.groupId\}$/, own);
        return `${groupId}/${textAt(dependency, 'artifactId')}`;
    });
}

/** What the plug-in and its executions are configured with. */
function pluginSettings(top: XmlElement): readonly XmlElement[] {
    const plugins = [
        ...elementsAt(top, ['build', 'plugins', 'plugin']),
        ...elementsAt(top, ['build', 'pluginManagement', 'plugins', 'plugin']),
    ].filter((plugin) => textAt(plugin, 'artifactId') === PLUGIN);
    return plugins.flatMap((plugin) =>
        [
            ...elementsAt(plugin, ['configuration']),
            ...elementsAt(plugin, ['executions', 'execution', 'configuration']),
        ].flatMap(({ children }) => children),
    );
}

function rangeOf(text: string, start: number, end: number): SourceRange {
    const positionOf = (offset: number): { line: number; column: number } => {
        const before = text.slice(0, offset).split(/\r\n|\r|\n/);
        return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    };
    const from = positionOf(start);
    const to = positionOf(end);
    return { file: POM_FILE, ...from, endLine: to.line, endColumn: to.column };
}
