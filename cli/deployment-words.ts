/** Which deployment the words of a command line mean. */
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { defaultStateDirectory, listDeployments } from '../runner/index.ts';
import { locateDirectory, type Located } from './application.ts';
import type { Arguments } from './arguments.ts';
import { systemReason } from './system-reason.ts';

export interface DeploymentWords {
    /** The directory as the user wrote it. */
    readonly word: string;
    /** Absolute. */
    readonly directory: string;
    readonly deployment: string;
    /** Instance paths after the directory; empty = the whole application. */
    readonly paths: readonly string[];
    /** The application as it stands in the directory; it may be gone while its deployment is there. */
    readonly located: Located;
}

export type WordsOrFault = DeploymentWords | { readonly fault: string };

/**
 * Reads `[DIR] [PATH…]` and `--name`. The directory's model names the deployment unless the user does. A directory that is gone, or
 * whose model has lost its name, still names what was deployed from it when that is one deployment.
 */
export async function deploymentWords(args: Arguments): Promise<WordsOrFault> {
    const paths = args.positionals.slice(1);
    const wrong = paths.find((path) => !path.startsWith('/'));
    if (wrong !== undefined)
        return { fault: `'${wrong}' is not an instance path: those start with '/', for instance /web-1/worker` };
    return namedDeployment(args, paths);
}

/** The same where the words after the directory are no instance paths. */
export async function namedDeployment(args: Arguments, paths: readonly string[]): Promise<WordsOrFault> {
    const [word = '.'] = args.positionals;
    const located = locateDirectory(word);
    const directory = located.kind === 'application' ? located.application.directory : resolve(word);
    const modelName = located.kind === 'application' ? located.application.model.name : undefined;
    const given = args.text('name') ?? (modelName === '' ? undefined : modelName);
    if (given !== undefined) return { word, directory, deployment: given, paths, located };
    const found = await deploymentsOf(directory);
    const [only] = found;
    if (found.length === 1 && only !== undefined) return { word, directory, deployment: only, paths, located };
    return { fault: nameFault(word, located, found) };
}

function nameFault(word: string, located: Located, found: readonly string[]): string {
    if (found.length > 1)
        return `several deployments were made from '${word}': say which with --name ${found.join(' or --name ')}`;
    if (located.kind === 'absent' && isInstanceHere(word))
        return `${located.message}; for the instance ${word} of the application in this directory write: . ${word}`;
    if (located.kind === 'absent')
        return `${located.message}, and nothing is deployed from there ('roboconf status --all' lists what is)`;
    return `the application in '${word}' has no name: give it one in descriptor/application.properties, or say --name`;
}

/** Whether a first word that is no directory names an instance of the application in the working directory. */
function isInstanceHere(word: string): boolean {
    const here = word.startsWith('/') ? locateDirectory('.') : null;
    return here?.kind === 'application' && here.application.model.instances.some(({ path }) => path === word);
}

async function deploymentsOf(directory: string): Promise<readonly string[]> {
    const listings = await listDeployments();
    return listings.filter(({ key }) => key.directory === directory).map(({ key }) => key.deployment);
}

/** Why what is deployed cannot be listed; null when it can. A state directory that is not there yet holds nothing. */
export function listingFault(): string | null {
    try {
        readdirSync(defaultStateDirectory());
        return null;
    } catch (error) {
        const { code, text } = systemReason(error);
        return code === 'ENOENT' ? null : `the deployments in ${defaultStateDirectory()} cannot be listed: ${text}`;
    }
}
