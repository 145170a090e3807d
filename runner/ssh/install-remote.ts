/** The phase `initialize` on a host: the instance's folder, filled with its recipe. */
import type { Clock } from '../clock.ts';
import { unwritableText, type Agent, type Answer } from './agent.ts';
import type { Asked, RemoteHost } from './remote-host.ts';
import { functionNameOf, installText, obsoleteFiles, type InstallText, type RecipeToSend } from './remote-recipe.ts';
import { sendRecipe } from './send-recipe.ts';
import { settledWithin } from './settled-within.ts';

export interface InstallPlace {
    readonly host: RemoteHost;
    /** Name of the deployment's folder. */
    readonly folderName: string;
    /** Clean name of the instance. */
    readonly instance: string;
    /** Instances whose folders are filled along with it, for as long as that goes well. */
    readonly others: readonly OtherInstance[];
}

export interface OtherInstance {
    /** Clean name. */
    readonly instance: string;
    readonly recipe: RecipeToSend;
}

export type Installed =
    /** The channel that filled the folder, and those of the others, when they were. */
    | { readonly kind: 'installed'; readonly agent: Agent; readonly others: readonly OtherInstance[] }
    /** One clause for people. */
    | { readonly kind: 'failed'; readonly reason: string };

export interface InstallServices {
    readonly clock: Clock;
    /** How long a host may not answer before it is given up. */
    readonly reconnectMs: number;
    readonly signal: AbortSignal;
}

/** Exit code of a recipe's function that has nothing to copy from. */
const NOT_SENT = '9';
const PAUSE_MS = 250;

/**
 * Makes the folder anew; with `former` snapshots it replaces their files and keeps everything else. Throws when the recipe cannot be read
 * here.
 */
export async function installRemote(
    recipe: RecipeToSend,
    former: readonly string[] | null,
    place: InstallPlace,
    services: InstallServices,
): Promise<Installed> {
    const what = { recipe, instance: place.instance, obsolete: former === null ? null : obsoleteFiles(recipe, former) };
    if (recipe.body !== null && place.others.length > 0) {
        const { asked, agent } = await install(what, place, services.signal);
        if (isDone(asked) && agent !== null) return { kind: 'installed', agent, others: place.others };
        if (asked.kind === 'refused') return notCopied(asked.message);
    }
    // What went wrong may be about another one.
    return installAlone(what, { ...place, others: [] }, services);
}

async function installAlone(
    what: InstallText,
    place: InstallPlace,
    { clock, signal, reconnectMs }: InstallServices,
): Promise<Installed> {
    const deadline = clock.now() + reconnectMs;
    for (;;) {
        const { asked, agent } = await install(what, place, signal);
        if (isDone(asked) && agent !== null) return { kind: 'installed', agent, others: [] };
        if (asked.kind === 'answered') return notCopied(faultOf(asked, place));
        if (asked.kind === 'refused') return notCopied(asked.message);
        if (signal.aborted || clock.now() >= deadline) return notCopied(asked.reason);
        await settledWithin(new Promise<never>(() => undefined), PAUSE_MS, clock, [signal]);
    }
}

function isDone(asked: Asked): boolean {
    return asked.kind === 'answered' && asked.words[0] === '0';
}

function notCopied(reason: string): Installed {
    return { kind: 'failed', reason: `the recipe could not be copied: ${reason}` };
}

interface Tried {
    readonly asked: Asked;
    readonly agent: Agent | null;
}

async function install(what: InstallText, place: InstallPlace, signal: AbortSignal): Promise<Tried> {
    const { host, folderName } = place;
    const all = [what, ...place.others.map((other): InstallText => ({ ...other, obsolete: null }))];
    let used: Agent | null = null;
    const asked = await host.withAgent(async (agent, connection) => {
        used = agent;
        const ask = async (): Promise<Asked> => {
            const answer = await agent.request(installText(all, agent.defined));
            for (const { recipe } of all) agent.defined.add(functionNameOf(recipe));
            return answer;
        };
        const first = await ask();
        if (first.kind !== 'answered' || first.words[0] !== NOT_SENT) return first;
        const sent = await sendRecipe(what.recipe, { agent, connection, folderName }, signal);
        return sent.kind === 'answered' && sent.words[0] === 'ready' ? ask() : sent;
    }, signal);
    return { asked, agent: used };
}

function faultOf({ words, line }: Answer, { host }: InstallPlace): string {
    const [code = ''] = words;
    return unwritableText(host.name, line.slice(code.length + 1));
}
