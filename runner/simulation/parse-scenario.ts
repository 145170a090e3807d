/** Scenario and fault files: unknown JSON in, typed lists out. What is wrong is said with its place in the list. */
import type { Fault, Happening, ScenarioStep } from './scenario.ts';

export type ParsedList<Item> =
    { readonly kind: 'parsed'; readonly value: readonly Item[] } | { readonly kind: 'fault'; readonly message: string };

/** A list of `{ "at" | "afterQuiet": milliseconds, "happens": { "kind": … } }`. */
export function parseScenario(value: unknown): ParsedList<ScenarioStep> {
    return parseList(value, parseStep);
}

/** A list of `{ "kind": "fail" | "slow" | …, "path"?, "component"?, "phase"?, "chance"?, "times"? }`. */
export function parseFaults(value: unknown): ParsedList<Fault> {
    return parseList(value, parseFault);
}

function parseList<Item extends object>(value: unknown, parse: (entry: unknown) => Item | string): ParsedList<Item> {
    if (!Array.isArray(value)) return { kind: 'fault', message: 'a list is expected' };
    const items: Item[] = [];
    for (const [i, entry] of value.entries()) {
        const item = parse(entry);
        if (typeof item === 'string') return { kind: 'fault', message: `entry ${i + 1}: ${item}` };
        items.push(item);
    }
    return { kind: 'parsed', value: items };
}

function parseStep(entry: unknown): ScenarioStep | string {
    const happens = parseHappening(field(entry, 'happens'));
    if (typeof happens === 'string') return happens;
    const at = field(entry, 'at');
    if (isTime(at)) return { at, happens };
    const afterQuiet = field(entry, 'afterQuiet');
    return isTime(afterQuiet) ? { afterQuiet, happens } : "'at' or 'afterQuiet' is a number of milliseconds from 0";
}

function parseHappening(value: unknown): Happening | string {
    const kind = field(value, 'kind');
    switch (kind) {
        case 'deploy':
        case 'start':
        case 'stop':
        case 'retry':
            return { kind, paths: pathsOf(value) };
        case 'undeploy':
            return { kind, paths: pathsOf(value), ...(field(value, 'force') === true ? { force: true } : {}) };
        case 'settle':
            return { kind, paths: pathsOf(value), succeeded: field(value, 'succeeded') === true };
        case 'resume':
            return { kind, retryUnknown: field(value, 'retryUnknown') === true };
        case 'cancel':
        case 'crash':
            return { kind };
        default:
            return parsePlaced(value);
    }
}

/** What happens in one place. */
function parsePlaced(value: unknown): Happening | string {
    const kind = field(value, 'kind');
    const path = field(value, 'path');
    if (typeof path !== 'string')
        return `'happens.kind' is not known, or lacks a 'path': ${JSON.stringify(kind) ?? 'absent'}`;
    switch (kind) {
        case 'loseMachine':
        case 'recoverMachine':
        case 'readdressMachine':
        case 'destroyMachine':
            return { kind, path };
        case 'answer':
            return { kind, path, succeeded: field(value, 'succeeded') === true };
        default:
            return `'happens.kind' is not known: ${JSON.stringify(kind) ?? 'absent'}`;
    }
}

function pathsOf(value: unknown): readonly string[] {
    const paths = field(value, 'paths');
    return Array.isArray(paths) ? paths.filter((path) => typeof path === 'string') : [];
}

const PHASES = [
    'initialize',
    'deploy',
    'start',
    'update',
    'stop',
    'undeploy',
    'createMachine',
    'destroyMachine',
    'findPorts',
] as const;

function parseFault(entry: unknown): Fault | string {
    const target = targetOf(entry);
    if (typeof target === 'string') return target;
    const kind = field(entry, 'kind');
    switch (kind) {
        case 'fail': {
            const exitCode = field(entry, 'exitCode');
            return typeof exitCode === 'number' ? { ...target, kind, exitCode } : { ...target, kind };
        }
        case 'slow': {
            const factor = field(entry, 'factor');
            return isTime(factor) ? { ...target, kind, factor } : "'slow' needs a 'factor'";
        }
        case 'reorder': {
            const byMs = field(entry, 'byMs');
            return isTime(byMs) ? { ...target, kind, byMs } : "'reorder' needs 'byMs'";
        }
        case 'loseAnswer':
        case 'duplicate':
            return { ...target, kind };
        default:
            return `'kind' is not known: ${JSON.stringify(kind) ?? 'absent'}`;
    }
}

type Target = Pick<Fault, 'path' | 'component' | 'phase' | 'chance' | 'times'>;

function targetOf(entry: unknown): Target | string {
    const [path, component, chance, times] = ['path', 'component', 'chance', 'times'].map((name) => field(entry, name));
    const named = field(entry, 'phase');
    const phase = PHASES.find((known) => known === named);
    if (named !== undefined && phase === undefined) return `'phase' is not known: ${JSON.stringify(named)}`;
    return {
        ...(typeof path === 'string' ? { path } : {}),
        ...(typeof component === 'string' ? { component } : {}),
        ...(phase === undefined ? {} : { phase }),
        ...(typeof chance === 'number' ? { chance } : {}),
        ...(typeof times === 'number' ? { times } : {}),
    };
}

function isTime(value: unknown): value is number {
    return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function field(value: unknown, name: string): unknown {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
