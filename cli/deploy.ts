/** `roboconf deploy`: brings the application, or parts of it, to life; a changed model after its difference was looked at. */
import type { ApplicationModel, Association } from '../language/index.ts';
import {
    isEmptyDifference,
    isNamedBy,
    readDifference,
    readStatus,
    type DeploymentDifference,
    type Order,
    usesOf,
} from '../runner/index.ts';
import { errorsOf, findingLine } from './application.ts';
import type { Arguments } from './arguments.ts';
import { declinedCode } from './confirm.ts';
import { carryOut, type Review } from './deployment.ts';
import { associationOf, definitionsFor, placeText, strangerFault, TARGET } from './deploy-targets.ts';
import { deploymentWords, type DeploymentWords } from './deployment-words.ts';
import { differenceLines } from './difference.ts';
import { meantHint } from './nearest.ts';
import { howOf, scopeOf, TAKE_OVER } from './orders.ts';
import type { Output } from './output.ts';
import { CONFIRM, productionTargetsOf, targetsOfUses, unconfirmedCode } from './production.ts';
import { faultTexts } from './target-files.ts';
import { secretsFor } from './target-secrets.ts';
import { FORMAT, NAME, usageFault, wantsJson, YES, type ExitCode, type Verb } from './verb.ts';

export const deploy: Verb = {
    group: 'deploying',
    summary: 'deploys and starts the application (or the named sub-trees), on this machine or others',
    operands: '[DIR] [PATH…]',
    operandKinds: ['application', 'instance'],
    examples: [
        ['roboconf deploy my-app', 'asks, then deploys and starts everything'],
        ['roboconf deploy my-app --target pool', 'makes all its machines with the target whose id is pool'],
        ['roboconf deploy my-app --target /web-1=pool --target Db=db.properties', 'some of them, by path or component'],
        ['roboconf deploy my-app --dry-run', 'shows what would be deployed or changed, and changes nothing'],
        ['roboconf deploy my-app --yes --name test', 'a second deployment of the same application'],
    ],
    options: {
        ...YES,
        ...CONFIRM,
        ...TARGET,
        'dry-run': { type: 'boolean', help: 'shows what would be done and changes nothing' },
        ...NAME,
        ...FORMAT,
        ...TAKE_OVER,
    },
    run: deployApplication,
};

async function deployApplication(args: Arguments, output: Output, signal: AbortSignal): Promise<ExitCode> {
    const words = await deploymentWords(args);
    if ('fault' in words) return usageFault(output, 'deploy', words.fault);
    const { located } = words;
    if (located.kind === 'absent') return usageFault(output, 'deploy', located.message);
    const errors = errorsOf(located.application.findings);
    if (errors.length > 0) {
        for (const finding of errors) output.fault(findingLine(words.directory, finding, output.paintNote));
        const count = errors.length === 1 ? 'an error' : `${errors.length} errors`;
        output.fault(`roboconf deploy: not deployed, the model has ${count}.`);
        return 1;
    }
    const association = associationOf(args, words, located.application);
    if ('fault' in association) return usageFault(output, 'deploy', association.fault);
    const { faults } = association;
    for (const text of faultTexts(faults)) output.fault(`roboconf deploy: ${text}`);
    if (faults.length > 0) return faults.some(({ kind }) => kind === 'choice') ? 2 : 1;
    return deployModel(words, { model: located.application.model, association }, { args, output }, signal);
}

/** What is deployed, and onto what. */
interface Asked {
    readonly model: ApplicationModel;
    readonly association: Association;
}

interface Words {
    readonly args: Arguments;
    readonly output: Output;
}

async function deployModel(
    words: DeploymentWords,
    { model, association }: Asked,
    { args, output }: Words,
    signal: AbortSignal,
): Promise<ExitCode> {
    const known = model.instances.map(({ path }) => path);
    const unknown = words.paths.find((path) => !known.includes(path));
    if (unknown !== undefined)
        return usageFault(
            output,
            'deploy',
            `there is no instance ${unknown} in '${words.word}'.${meantHint(unknown, known)}`,
        );
    const difference = readDifference(words.directory, words.deployment, { model, targets: association.targets });
    const status = await readStatus(words.directory, words.deployment);
    if (status.kind === 'damaged') {
        output.fault(`roboconf deploy: ${status.message}`);
        return 1;
    }
    if (args.flag('dry-run')) return showPlan(words, { model, association }, difference, { args, output });
    const { targets } = association;
    const uses = usesOf(association.uses, words.paths);
    const secrets = secretsFor(definitionsFor(uses, targets));
    // Whoever drives the deployment may have been given them.
    if (secrets.missing.length > 0 && !(status.kind === 'known' && status.alive)) {
        for (const reason of secrets.missing) output.fault(`roboconf deploy: ${reason}`);
        return 2;
    }
    const stranger = await strangerFault(uses, targets, { words, output }, signal);
    if (stranger !== null) return stranger;
    // What changes is looked at before anything is asked; the runner has the last word on it.
    const isPlain = difference === null || isEmptyDifference(difference);
    const unagreed = await unagreedCode({ words, uses, targets, isPlain }, { args, output }, signal);
    if (unagreed !== null) return unagreed;
    const order: Order = { kind: 'deploy', model, paths: words.paths, targets };
    const review: Review = async (answer) => {
        print(answer.difference, { args, output });
        const question = `Apply these changes to '${words.deployment}'?`;
        const declined = await declinedCode('deploy', { question, args, output }, signal);
        return declined ?? { ...order, accept: answer.difference.fingerprint };
    };
    return carryOut(words, order, { ...howOf(args, output), review, secrets: secrets.values }, signal);
}

interface Agreement {
    readonly words: DeploymentWords;
    readonly uses: Association['uses'];
    readonly targets: Association['targets'];
    /** Nothing is there that would be changed: the difference is a question of its own. */
    readonly isPlain: boolean;
}

/** Null when the user agrees to what is to be deployed where; else the exit code, and what was missing has been said. */
async function unagreedCode(
    { words, uses, targets, isPlain }: Agreement,
    { args, output }: Words,
    signal: AbortSignal,
): Promise<ExitCode | null> {
    const production = { deployment: words.deployment, targets: productionTargetsOf(targetsOfUses(uses)) };
    const unconfirmed = await unconfirmedCode('deploy', production, { args, output }, signal);
    if (unconfirmed !== null || !isPlain) return unconfirmed;
    const question = `Deploy ${scopeOf(words)}${placeText(uses, targets)}?`;
    return declinedCode('deploy', { question, args, output }, signal);
}

/** What would be done: to what is deployed already, or to nothing. */
function showPlan(
    { deployment, paths }: DeploymentWords,
    { model, association }: Asked,
    difference: DeploymentDifference | null,
    words: Words,
): ExitCode {
    if (difference === null) {
        const named = model.instances.filter(({ path }) => isNamedBy(path, paths));
        const { associations } = association.targets;
        const changes = named.map(({ path, component }) => {
            const made = associations[path];
            const reasons = made === undefined ? [component] : [component, `its machine will be made by ${made}`];
            return { path, kind: 'added', reasons } as const;
        });
        print({ fingerprint: '', changes, others: [] }, words);
    } else if (isEmptyDifference(difference) && !wantsJson(words.args)) {
        words.output.note(`Nothing differs: '${deployment}' was deployed from this very model.`);
    } else print(difference, words);
    words.output.note('Nothing was changed.');
    return 0;
}

/** One JSON object `{kind: 'changed', difference}`, or lines. */
function print(difference: DeploymentDifference, { args, output }: Words): void {
    if (wantsJson(args)) output.json({ kind: 'changed', difference });
    else for (const line of differenceLines(difference, output)) output.line(line);
}
