/** The files of an application that is made from the starter and a person's answers. */
import { DESCRIPTOR } from './packaged-applications.ts';
import type { PlannedFile } from './planned-file.ts';

export interface ApplicationAnswers {
    readonly name: string;
    readonly description: string;
    /** Whether the model lies in `src/main/model`, beside a `pom.xml`. */
    readonly maven: boolean;
}

const MAVEN_MODEL = 'src/main/model';
const ROBOCONF_VERSION = '0.9';

/** Name of the folder for an application: its name in lower case, without what file systems and addresses stumble over. */
export function folderNameOf(name: string): string {
    const plain = name.normalize('NFD').replaceAll(/[\u0300-\u036f]/g, '');
    return plain
        .toLowerCase()
        .replaceAll(/[^a-z0-9._]+/g, '-')
        .replaceAll(/^[-.]+|[-.]+$/g, '');
}

/** Where the model lies in the application's folder: empty, or a path with `/`. */
export function modelFolderOf({ maven }: Pick<ApplicationAnswers, 'maven'>): string {
    return maven ? MAVEN_MODEL : '';
}

/** Files relative to the application's folder. */
export function applicationFiles(starter: readonly PlannedFile[], answers: ApplicationAnswers): readonly PlannedFile[] {
    const folder = answers.maven ? `${MAVEN_MODEL}/` : '';
    const model = starter.map(({ path, content }) => {
        if (path === DESCRIPTOR) return { path: `${folder}${path}`, content: descriptorOf(content, answers) };
        if (path === 'README.md') return { path, content: readmeOf(content, answers) };
        return { path: `${folder}${path}`, content };
    });
    return answers.maven ? [...model, { path: 'pom.xml', content: pomOf(answers) }] : model;
}

function descriptorOf(starter: string, { name, description, maven }: ApplicationAnswers): string {
    const values: Readonly<Record<string, string>> = {
        name: escaped(name),
        description: escaped(description),
        // Maven puts the version of the project there when it builds.
        ...(maven ? { version: '${project.version}' } : {}),
    };
    const line = (all: string, key: string): string => {
        const value = Object.hasOwn(values, key) ? values[key] : undefined;
        return value === undefined ? all : `${key} = ${value}`.trimEnd();
    };
    return starter.replaceAll(/^([\w-]+) *=.*$/gm, line);
}

/** A value of a properties file, in the characters that every reader of such files agrees about. */
function escaped(value: string): string {
    return value
        .replaceAll('\\', '\\\\')
        .replaceAll(/[^\x20-\x7e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function readmeOf(starter: string, { name, maven }: ApplicationAnswers): string {
    const titled = starter.replace(/^# .*$/m, () => `# ${name}`);
    return maven ? titled.replaceAll(/`(graph|instances)\//g, `\`${MAVEN_MODEL}/$1/`) : titled;
}

function pomOf({ name, description }: ApplicationAnswers): string {
    return `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0"
	xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
	xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 http://maven.apache.org/xsd/maven-4.0.0.xsd">
	<modelVersion>4.0.0</modelVersion>
	<groupId>com.example</groupId>
	<artifactId>${folderNameOf(name)}</artifactId>
	<version>1.0-SNAPSHOT</version>
	<packaging>roboconf-app</packaging>
	<name>${inXml(name)}</name>
	<description>${inXml(description)}</description>

	<build>
		<plugins>
			<plugin>
				<groupId>net.roboconf</groupId>
				<artifactId>roboconf-maven-plugin</artifactId>
				<version>${ROBOCONF_VERSION}</version>
				<extensions>true</extensions>
			</plugin>
		</plugins>
	</build>
</project>
`;
}

function inXml(text: string): string {
    return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
