/**
 * `recipe.properties` of a recipe directory: how long the recipe actions of a component may take, and how often a failed one is tried
 * again (docs/recipes.md). The name of a phase before a key makes it hold for that phase alone.
 *
 * 1. A key of a phase wins over the key without one, wherever either is written.
 * 2. Of a key written twice, the last value counts, as in every properties file.
 * 3. What is not understood changes nothing: the default stays.
 */
import { memo } from '../model/type-graph.ts';
import type { RecipePhase, StepPolicies, StepPolicy } from '../model/application-model.ts';
import { lastEntries, parseProperties, type PropertiesFile, type PropertyEntry } from './properties.ts';
import type { Project } from './project.ts';

/** The name of the file, right in a recipe directory. */
export const RECIPE_PROPERTIES = 'recipe.properties';

/** Phases that may stand before a key. */
export const RECIPE_PHASES = [
    'deploy',
    'start',
    'update',
    'stop',
    'undeploy',
] as const satisfies readonly RecipePhase[];

/** Keys that may stand alone or behind a phase. */
export const POLICY_KEYS = ['timeout', 'retries', 'retry.delay', 'retry.factor', 'cascade'] as const;

export type PolicyKey = (typeof POLICY_KEYS)[number];

const MAX_RETRIES = 1_000;
const MAX_FACTOR = 1_000;
/** Longer waits than a timer of a runner takes. */
const MAX_DURATION_MS = 24 * 24 * 60 * 60_000;
const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

const DEFAULTS: StepPolicy = { timeoutMs: null, retries: 0, retryDelayMs: 1_000, retryFactor: 2 };

/** What a value has to look like, for messages. */
export const EXPECTED: Readonly<Record<PolicyKey, string>> = {
    timeout: 'a duration from 1ms to 576h, such as 500ms, 30s, 5m or 1h',
    retries: `a whole number from 0 to ${MAX_RETRIES}`,
    'retry.delay': 'a duration up to 576h, such as 500ms, 30s, 5m or 1h',
    cascade: 'true or false',
    'retry.factor': `a number from 1 to ${MAX_FACTOR}, such as 1 or 1.5`,
};

/** Phases in which an instance follows its parent. */
const CASCADED: ReadonlySet<RecipePhase> = new Set(['stop', 'undeploy']);

/** The phase and the key of a name like `start.retry.delay`; null when it is none. `phase` is null when the key holds for all. */
export function parsePolicyName(name: string): { readonly phase: RecipePhase | null; readonly key: PolicyKey } | null {
    const key = POLICY_KEYS.find((candidate) => candidate === name);
    if (key !== undefined) return { phase: null, key };
    const phase = RECIPE_PHASES.find((candidate) => name.startsWith(`${candidate}.`));
    const own = POLICY_KEYS.find((candidate) => `${phase ?? ''}.${candidate}` === name);
    if (phase === undefined || own === undefined) return null;
    return own === 'cascade' && !CASCADED.has(phase) ? null : { phase, key: own };
}

/** The number a value stands for (milliseconds for durations, 1 for true, 0 for false); null when it is not what the key takes. */
export function parsePolicyValue(key: PolicyKey, text: string): number | null {
    const value = text.trim();
    switch (key) {
        case 'timeout':
            return within(parseDuration(value), 1, MAX_DURATION_MS);
        case 'retry.delay':
            return within(parseDuration(value), 0, MAX_DURATION_MS);
        case 'retries':
            return within(/^\d{1,9}$/.test(value) ? Number(value) : null, 0, MAX_RETRIES);
        case 'cascade':
            return value === 'true' ? 1 : value === 'false' ? 0 : null;
        case 'retry.factor':
            return within(/^\d{1,9}(\.\d{1,9})?$/.test(value) ? Number(value) : null, 1, MAX_FACTOR);
        default:
            return key satisfies never;
    }
}

/** The policies of each recipe directory (relative to the application); undefined when it has no `recipe.properties`. */
export function stepPoliciesIn(project: Project): (directory: string) => StepPolicies | undefined {
    const read = memo((directory: string) => {
        const file = `${directory}/${RECIPE_PROPERTIES}`;
        const text = project.textOf(file);
        return { policies: text === null ? undefined : stepPoliciesOf(parseProperties(text, file)) };
    });
    return (directory) => read(directory).policies;
}

/** The policies a file gives; findings about it are made elsewhere. */
function stepPoliciesOf(file: PropertiesFile): StepPolicies {
    const entries = lastEntries(file);
    return {
        deploy: policyOf(entries, 'deploy'),
        start: policyOf(entries, 'start'),
        update: policyOf(entries, 'update'),
        stop: policyOf(entries, 'stop'),
        undeploy: policyOf(entries, 'undeploy'),
    };
}

function policyOf(entries: ReadonlyMap<string, PropertyEntry>, phase: RecipePhase): StepPolicy {
    const valueOf = (key: PolicyKey): number | null => {
        const own = entries.get(`${phase}.${key}`);
        const general = entries.get(key);
        return (
            (own === undefined ? null : parsePolicyValue(key, own.value)) ??
            (general === undefined ? null : parsePolicyValue(key, general.value))
        );
    };
    return {
        timeoutMs: valueOf('timeout') ?? DEFAULTS.timeoutMs,
        retries: valueOf('retries') ?? DEFAULTS.retries,
        retryDelayMs: valueOf('retry.delay') ?? DEFAULTS.retryDelayMs,
        retryFactor: valueOf('retry.factor') ?? DEFAULTS.retryFactor,
        ...(CASCADED.has(phase) && valueOf('cascade') === 0 ? { cascade: false as const } : {}),
    };
}

function parseDuration(text: string): number | null {
    const [, digits, unit] = /^(\d{1,12})\s*(ms|s|m|h)$/.exec(text) ?? [];
    if (digits === undefined || unit === undefined) return null;
    // The pattern allows the keys of the table alone.
    return Number(digits) * UNITS[unit as keyof typeof UNITS];
}

function within(value: number | null, least: number, most: number): number | null {
    return value !== null && value >= least && value <= most ? value : null;
}
