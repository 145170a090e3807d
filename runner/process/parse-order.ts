/** Orders from a socket: unknown in, an order out, or undefined. The model is looked at as far as the core relies on its shape. */
import type { ApplicationModel } from '../../language/index.ts';
import type { Order } from '../protocol.ts';
import { parseTargets } from '../targets/snapshots.ts';

/** The order in `value`, or undefined when it is none. */
export function parseOrder(value: unknown): Order | undefined {
    const kind = field(value, 'kind');
    switch (kind) {
        case 'deploy':
            return parseDeploy(value);
        case 'start':
        case 'stop':
        case 'retry': {
            const paths = parsePaths(value);
            return paths === undefined ? undefined : { kind, paths };
        }
        case 'undeploy': {
            const paths = parsePaths(value);
            const force = field(value, 'force') === true ? { force: true } : {};
            return paths === undefined ? undefined : { kind, paths, ...force };
        }
        case 'settle': {
            const [paths, succeeded] = [parsePaths(value), field(value, 'succeeded')];
            return paths === undefined || typeof succeeded !== 'boolean' ? undefined : { kind, paths, succeeded };
        }
        case 'resume':
            return { kind, retryUnknown: field(value, 'retryUnknown') === true };
        case 'cancel':
            return { kind };
        default:
            return undefined;
    }
}

function parseDeploy(value: unknown): Order | undefined {
    const [model, paths, accept] = [parseModel(field(value, 'model')), parsePaths(value), field(value, 'accept')];
    const given = field(value, 'targets');
    const targets = given === undefined ? undefined : parseTargets(given);
    if (model === undefined || paths === undefined || (given !== undefined && targets === undefined)) return undefined;
    return {
        kind: 'deploy',
        model,
        paths,
        ...(typeof accept === 'string' ? { accept } : {}),
        ...(targets === undefined ? {} : { targets }),
    };
}

/** Instance paths of a message; undefined when it holds anything else. */
export function parsePathList(value: unknown): readonly string[] | undefined {
    return Array.isArray(value) && value.every((path) => typeof path === 'string') ? value : undefined;
}

/** Values of secrets by name; undefined when the message holds anything else. */
export function parseSecrets(value: unknown): Readonly<Record<string, string>> | undefined {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const entries: [string, unknown][] = Object.entries(value);
    const isText = (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === 'string';
    return entries.every(isText) ? Object.fromEntries(entries) : undefined;
}

function parsePaths(value: unknown): readonly string[] | undefined {
    return parsePathList(field(value, 'paths'));
}

const MODEL_LISTS = ['components', 'facets', 'instances', 'rootComponents'];

function parseModel(value: unknown): ApplicationModel | undefined {
    const isModel =
        field(value, 'formatVersion') === 1 &&
        typeof field(value, 'name') === 'string' &&
        MODEL_LISTS.every((name) => Array.isArray(field(value, name)));
    // The format version fixes the rest of the shape; models are made by the language room alone.
    return isModel ? (value as ApplicationModel) : undefined;
}

function field(value: unknown, name: string): unknown {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
