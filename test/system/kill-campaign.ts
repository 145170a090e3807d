/**
 * Kills the process that drives a deployment at random instants, again and again, and looks at what is left: used by the tests with a
 * few kills, and by `npm run campaign` with many. The seed fixes what is done; when exactly a process dies is up to the computer.
 *
 * One round deploys an application and undeploys it. Each of the two is killed several times (also while it resumes, also after the
 * model was edited) and then resumed to its end. After each the following must hold:
 *
 * 1. every step that was begun has exactly one end in the journal, and it succeeded; no recipe ran twice;
 * 2. no run was logged as cancelled or failed, and none is under way;
 * 3. every instance is where it was wanted, with the values of the model that was deployed;
 * 4. after the undeployment nothing of the application is alive.
 */
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { KillSite } from './kill-site.ts';
import type { Product, Result } from './product.ts';

export interface CampaignOptions {
    readonly kills: number;
    readonly seed: number;
    /** Where the recipes run. The campaign ends it. */
    readonly createSite: (files: Readonly<Record<string, string>>) => Promise<KillSite>;
    /** Called after each kill with how many there were so far. */
    readonly onKill: (count: number) => void;
}

export interface CampaignReport {
    readonly kills: number;
    /** Kills that fell into a `resume`. */
    readonly resumeKills: number;
    readonly rounds: number;
    readonly steps: number;
    /** What did not hold; empty when all did. */
    readonly faults: readonly string[];
}

const GRAPH = 'graph/main.graph';
const script = (seconds: number, more = ''): string => `#!/bin/sh\nsleep ${seconds}\n${more}`;

const FILES: Readonly<Record<string, string>> = {
    'descriptor/application.properties':
        'name = killed\nversion = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\ninstance-entry-point = all.instances\n',
    [GRAPH]: `Machine {
	installer: target;
	children: Store, Web;
}
Store {
	installer: script;
	exports: ip, name = "first";
}
Web {
	installer: script;
	imports: Store.ip, Store.name;
	exports: port = 80;
}
`,
    'graph/Store/scripts/deploy.sh': script(0.1),
    'graph/Store/scripts/start.sh': script(0.1, 'sleep 1000 &\n'),
    'graph/Store/scripts/stop.sh': script(0.1),
    'graph/Store/scripts/undeploy.sh': script(0.05),
    'graph/Web/scripts/deploy.sh': script(0.15),
    'graph/Web/scripts/start.sh': script(0.15, 'test "$Store_0_name" = first || exit 9\nsleep 1000 &\n'),
    'graph/Web/scripts/update.sh': script(0.05),
    'graph/Web/scripts/stop.sh': script(0.1),
    'graph/Web/scripts/undeploy.sh': script(0.1),
    'instances/all.instances': ['a', 'b', 'c']
        .map((name, i) => {
            const store = i === 0 ? '\tinstance of Store {\n\t\tname: store;\n\t}\n' : '';
            return `instance of Machine {\n\tname: ${name};\n${store}\tinstance of Web {\n\t\tname: web;\n\t}\n}\n`;
        })
        .join(''),
};
const INSTANCE_COUNT = 7;
/** Recipe steps of a whole round but for updates: four phases of four instances. */
const STEP_COUNT = 16;

interface Campaign extends CampaignOptions {
    readonly site: KillSite;
    readonly product: Product;
    readonly random: () => number;
    readonly faults: string[];
    count: number;
    resumeCount: number;
    rounds: number;
    steps: number;
}

/** Runs rounds until that many processes were killed. What does not hold ends it. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignReport> {
    const site = await options.createSite(FILES);
    const counts = { count: 0, resumeCount: 0, rounds: 0, steps: 0 };
    const campaign: Campaign = {
        ...options,
        site,
        product: site.product,
        random: randomOf(options.seed),
        faults: [],
        ...counts,
    };
    try {
        while (campaign.count < options.kills && campaign.faults.length === 0) await round(campaign);
    } finally {
        await site.dispose();
    }
    const { count, resumeCount, rounds, steps, faults } = campaign;
    return { kills: count, resumeKills: resumeCount, rounds, steps, faults };
}

async function round(campaign: Campaign): Promise<void> {
    campaign.rounds++;
    writeFileSync(join(campaign.product.directory, GRAPH), FILES[GRAPH] ?? '');
    await perform(campaign, 'deploy');
    await expectStatus(campaign, 'DEPLOYED_STARTED');
    await expectWholeJournal(campaign);
    if (campaign.faults.length > 0) return;
    await perform(campaign, 'undeploy');
    await expectStatus(campaign, 'NOT_DEPLOYED');
    await expectWholeJournal(campaign);
    campaign.steps += stepEndsIn(journalOf(campaign.product)).size;
    for (const left of await campaign.site.left()) fault(campaign, `left after the undeployment: ${left}`);
}

/** Kills the verb, and what resumes it, a few times; then lets it come to its end. */
async function perform(campaign: Campaign, verb: 'deploy' | 'undeploy'): Promise<void> {
    const killCount = Math.min(2 + Math.floor(campaign.random() * 4), campaign.kills - campaign.count);
    for (let i = 0; i < killCount; i++) {
        const words = nextWords(campaign, verb);
        const isResume = words[0] === 'resume';
        if (!(await killOne(campaign, words))) break;
        campaign.count++;
        if (isResume) campaign.resumeCount++;
        campaign.onKill(campaign.count);
        if (isOrdered(campaign.product, verb)) editModel(campaign);
    }
    const ended = await runToEnd(campaign, verb);
    if (ended.code !== 0) fault(campaign, `${verb} ended with ${ended.code}: ${ended.out}${ended.err}`);
}

async function runToEnd(campaign: Campaign, verb: 'deploy' | 'undeploy'): Promise<Result> {
    return campaign.product.run(...nextWords(campaign, verb));
}

/** What was recorded is resumed; an order that was killed before that is given again. */
function nextWords({ product }: Campaign, verb: 'deploy' | 'undeploy'): readonly string[] {
    return isOrdered(product, verb) ? ['resume', product.directory] : [verb, product.directory, '--yes'];
}

/** Lets a verb write some records, then kills it. False when it had ended before that. */
async function killOne({ site, product, random }: Campaign, words: readonly string[]): Promise<boolean> {
    const instant = { records: Math.floor(random() * site.mostRecords), ms: random() * site.latestMs };
    const isAlone = random() < 0.5;
    const recordCount = recordsSinceNow(product);
    const child = product.start(...words, '--format', 'json');
    child.stdout?.resume();
    const exited = once(child, 'exit');
    while (child.exitCode === null && recordCount() < instant.records) await delay(5);
    await Promise.race([exited, delay(instant.ms)]);
    if (child.exitCode !== null) return false;
    site.kill(child, isAlone);
    await exited;
    return true;
}

/** Counts what is written from this moment on, in this journal or in the one that takes its place. */
function recordsSinceNow(product: Product): () => number {
    const former = journalTextOf(product);
    return () => {
        const text = journalTextOf(product);
        const isSame = former !== '' && text.startsWith(former.slice(0, 200));
        return text.slice(isSame ? former.length : 0).split('\n').length - 1;
    };
}

/** Another value, or a fault: what was deployed does not depend on it. */
function editModel({ product, random }: Campaign): void {
    const text = FILES[GRAPH] ?? '';
    const edited =
        random() < 0.5 ? text.replace('"first"', '"second"') : text.replace('installer: script', 'installer:');
    writeFileSync(join(product.directory, GRAPH), edited);
}

interface JournalLine {
    readonly kind: string;
    readonly attempt?: string;
    readonly path?: string;
    readonly phase?: string;
    readonly outcome?: string;
    readonly order?: { readonly kind: string };
    readonly result?: { readonly kind: string };
}

/** Events of the deployment under way, as docs/journal.md describes them; a torn last line is none. */
function journalOf(product: Product): readonly JournalLine[] {
    const lines = journalTextOf(product).split('\n').slice(0, -1);
    // The format is public; nothing but its documented fields is used.
    return lines.map((line) => (JSON.parse(line) as { readonly event: JournalLine }).event);
}

function journalTextOf({ state }: Product): string {
    const folder = existsSync(state) ? readdirSync(state).find((name) => name.startsWith('killed-')) : undefined;
    try {
        return readFileSync(join(state, folder ?? '', 'current', 'journal.jsonl'), 'utf8');
    } catch {
        // Nothing is deployed yet, or what was over is being put into the history.
        return '';
    }
}

function isOrdered(product: Product, verb: 'deploy' | 'undeploy'): boolean {
    const begun = journalOf(product).filter(({ kind, order }) => kind === 'runBegun' && order?.kind !== 'resume');
    return begun.at(-1)?.order?.kind === verb;
}

/** How often each attempt that was begun has ended. */
function stepEndsIn(lines: readonly JournalLine[]): ReadonlyMap<string, number> {
    const ends = new Map<string, number>();
    for (const { kind, attempt = '' } of lines) {
        if (kind === 'stepBegun') ends.set(attempt, 0);
        if (kind === 'stepEnded') ends.set(attempt, (ends.get(attempt) ?? Number.NaN) + 1);
    }
    return ends;
}

async function expectWholeJournal(campaign: Campaign): Promise<void> {
    const lines = journalOf(campaign.product);
    for (const [attempt, count] of stepEndsIn(lines)) {
        if (count !== 1) fault(campaign, `the step ${attempt} has ${count} ends in the journal`);
    }
    const failed = lines.filter(({ kind, result }) => kind === 'stepEnded' && result?.kind !== 'succeeded');
    for (const { path, phase, result } of failed) fault(campaign, `${phase} of ${path} ended as ${result?.kind}`);
    const runs = lines.filter(({ kind }) => kind === 'runEnded');
    for (const { outcome, order } of runs)
        if (outcome !== 'succeeded') fault(campaign, `a run (${order?.kind}) was logged as ${outcome}`);
    const begun = lines.filter(({ kind }) => kind === 'runBegun').length;
    if (runs.length !== begun) fault(campaign, `${begun} runs were begun and ${runs.length} ended`);
    await expectOnce(campaign, lines);
}

/** But for updates, no phase of an instance is begun twice, in the journal or by its recipe. */
async function expectOnce(campaign: Campaign, lines: readonly JournalLine[]): Promise<void> {
    const begun = lines.filter(({ kind, phase }) => kind === 'stepBegun' && phase !== 'update');
    const inJournal = begun.map(({ path, phase }) => `${path} ${phase}`);
    const trace = await campaign.site.trace();
    const byRecipes = trace.filter((line) => line.startsWith('begin') && !line.endsWith('update'));
    if (new Set(inJournal).size !== inJournal.length) fault(campaign, `begun twice: ${inJournal.join(', ')}`);
    const withRecipe = inJournal.filter((step) => !/^\/[abc] | initialize$/.test(step)).length;
    const former = (campaign.rounds - 1) * STEP_COUNT;
    if (byRecipes.length - former !== withRecipe)
        fault(campaign, `${withRecipe} steps in the journal, ${byRecipes.length - former} begun by recipes`);
}

async function expectStatus(campaign: Campaign, wanted: string): Promise<void> {
    const instances = [...(await campaign.product.instances()).values()];
    const others = instances.filter(({ status }) => status !== wanted);
    if (instances.length !== INSTANCE_COUNT) fault(campaign, `there are ${instances.length} instances`);
    for (const { path, status } of others) fault(campaign, `${path} is ${status}, not ${wanted}`);
    const store = instances.find(({ path }) => path === '/a/store');
    if (wanted === 'DEPLOYED_STARTED' && store?.exports['Store.name'] !== 'first')
        fault(campaign, `the store exports ${JSON.stringify(store?.exports)}`);
}

function fault(campaign: Campaign, text: string): void {
    campaign.faults.push(`after ${campaign.count} kills: ${text}`);
}

/** Numbers in [0, 1) that are the same for the same seed. */
function randomOf(seed: number): () => number {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}
