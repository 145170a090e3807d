/** What a row of the Deployments view stands for, as commands are given it. */

/** `deployment` is a DeploymentView's id; `directory` the real path of an application. */
export type TreeElement =
    | { readonly kind: 'application'; readonly directory: string }
    | { readonly kind: 'deployment'; readonly deployment: string }
    | { readonly kind: 'instance'; readonly deployment: string; readonly path: string }
    /** Something about the failure of an instance. */
    | { readonly kind: 'detail'; readonly deployment: string; readonly path: string; readonly detail: DetailName }
    | { readonly kind: 'history'; readonly directory: string }
    | ({ readonly kind: 'run' } & RunIdentity)
    | ({ readonly kind: 'step'; readonly path: string; readonly attempt: string } & RunIdentity)
    /** An instance that a run left elsewhere than it was to. */
    | ({ readonly kind: 'unreached'; readonly path: string } & RunIdentity);

/** Which past run is meant: run ids are unique within a deployment, which `begunAt` tells from earlier ones of its name. */
export interface RunIdentity {
    readonly deployment: string;
    readonly begunAt: number;
    readonly run: string;
}

/** `cause`, `recipe`, or the n-th of the last output lines. */
export type DetailName = 'cause' | 'recipe' | `output${number}`;

/** The identity of an element over all refreshes: it holds no text that changes, so that what is open stays open. */
export function elementId(element: TreeElement): string {
    switch (element.kind) {
        case 'application':
            return `application:${element.directory}`;
        case 'deployment':
            return element.deployment;
        case 'instance':
            return `${element.deployment}#${element.path}`;
        case 'detail':
            return `${element.deployment}#${element.path}!${element.detail}`;
        case 'history':
            return `history:${element.directory}`;
        case 'run':
            return runId(element);
        case 'step':
            return `${runId(element)}/${element.attempt}`;
        case 'unreached':
            return `${runId(element)}?${element.path}`;
        default:
            return element satisfies never;
    }
}

/** The deployment an element belongs to; null for what belongs to an application as a whole. */
export function deploymentOf(element: TreeElement): string | null {
    return element.kind === 'application' || element.kind === 'history' ? null : element.deployment;
}

/** The instance an element is about; null when it is about more than one. */
export function pathOf(element: TreeElement): string | null {
    return 'path' in element ? element.path : null;
}

/** Reads what a menu or a link passes to a command; undefined when it is no element. */
export function parseElement(value: unknown): TreeElement | undefined {
    const kind = field(value, 'kind');
    const directory = text(value, 'directory');
    if (kind === 'application' || kind === 'history') return directory === undefined ? undefined : { kind, directory };
    const deployment = text(value, 'deployment');
    if (deployment === undefined) return undefined;
    if (kind === 'deployment') return { kind, deployment };
    const path = text(value, 'path');
    if (kind === 'instance' && path !== undefined) return { kind, deployment, path };
    const detail = parseDetail(field(value, 'detail'));
    if (kind === 'detail' && path !== undefined && detail !== undefined) return { kind, deployment, path, detail };
    return parseRunElement(value, kind, deployment);
}

function parseRunElement(value: unknown, kind: unknown, deployment: string): TreeElement | undefined {
    const begunAt = field(value, 'begunAt');
    const run = text(value, 'run');
    if (typeof begunAt !== 'number' || run === undefined) return undefined;
    const identity = { deployment, begunAt, run };
    const path = text(value, 'path');
    const attempt = text(value, 'attempt');
    if (kind === 'run') return { kind, ...identity };
    if (kind === 'unreached' && path !== undefined) return { kind, path, ...identity };
    if (kind === 'step' && path !== undefined && attempt !== undefined) return { kind, path, attempt, ...identity };
    return undefined;
}

function parseDetail(value: unknown): DetailName | undefined {
    if (value === 'cause' || value === 'recipe') return value;
    const index = typeof value === 'string' ? /^output(\d+)$/.exec(value)?.[1] : undefined;
    return index === undefined ? undefined : `output${Number(index)}`;
}

function runId({ deployment, begunAt, run }: RunIdentity): string {
    return `${deployment}@${String(begunAt)}/${run}`;
}

function field(value: unknown, name: string): unknown {
    return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? Reflect.get(value, name)
        : undefined;
}

function text(value: unknown, name: string): string | undefined {
    const found = field(value, name);
    return typeof found === 'string' ? found : undefined;
}
