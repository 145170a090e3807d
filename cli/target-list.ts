/** `roboconf target list`: the targets that can be chosen, what they would make, and who has the machines of their pools. */
import { DRIVEN_HANDLERS, targetDefinitionOf, type Association, type TargetSource } from '../language/index.ts';
import { poolAddresses, type PoolAddress, type PoolHolder, type SecretLookup } from '../runner/index.ts';
import { shownPath } from './application.ts';
import type { Output } from './output.ts';

/** One target as it is told. */
export interface TargetListing {
    readonly id: string | null;
    readonly handler: string | null;
    readonly name: string;
    /** Absolute path of its file. */
    readonly file: string;
    /** Whether machines can be made with it; of another handler they cannot. */
    readonly usable: boolean;
    /** Paths of the instances whose machines a deploy would make with it. */
    readonly instances: readonly string[];
    readonly pool: readonly PoolAddress[];
    /** Why its pool cannot be told; null when it can, or when it has none. */
    readonly fault: string | null;
}

/** The targets in the order in which they are known. `association` is that of a deploy without further words. */
export function targetListings(
    sources: readonly TargetSource[],
    association: Association,
    secretOf: SecretLookup,
): readonly TargetListing[] {
    return sources.map((source) => {
        const { id, handler, name, file } = source;
        const definition = targetDefinitionOf(source);
        const pool = definition === null ? [] : poolAddresses(definition, secretOf);
        const used = association.uses.filter((use) => use.source?.file === file);
        const told = { id, handler, name, file, instances: used.map(({ path }) => path) };
        const usable = handler !== null && id !== null && DRIVEN_HANDLERS.includes(handler);
        return 'kind' in pool
            ? { ...told, usable, pool: [], fault: pool.reason }
            : { ...told, usable, pool, fault: null };
    });
}

/** What people read: a headline a target, then what it makes and who has which address. */
export function listingLines(listing: TargetListing, { paint }: Pick<Output, 'paint'>): readonly string[] {
    const { id, handler, name, file, instances, pool, fault } = listing;
    const title = name === id ? '' : `  ${name}`;
    return [
        `${paint('strong', id ?? 'without id')}  ${handler ?? 'without handler'}${title}  ${paint('quiet', shownPath(file))}`,
        ...(listing.usable ? [] : [paint('warning', `  cannot be used: ${unusableText(listing)}`)]),
        ...(instances.length === 0 ? [] : [`  makes ${shortened(instances)}`]),
        ...(fault === null ? [] : [paint('warning', `  ${fault}`)]),
        ...pool.map(
            ({ address, holder }) => `  ${address}  ${holder === null ? paint('quiet', 'free') : holderText(holder)}`,
        ),
    ];
}

function unusableText({ id, handler }: TargetListing): string {
    if (id === null) return 'it has no id';
    if (handler === null) return 'it has no handler';
    return `only machines of ${DRIVEN_HANDLERS.join(', ')} can be made so far`;
}

const SHOWN_INSTANCES = 6;

function shortened(paths: readonly string[]): string {
    const more = paths.length - SHOWN_INSTANCES;
    return more > 1 ? `${paths.slice(0, SHOWN_INSTANCES).join(', ')} and ${more} more` : paths.join(', ');
}

function holderText({ path, deployment }: PoolHolder): string {
    return deployment === null
        ? `has ${path} of a deployment that is not known here`
        : `has ${path} of '${deployment.deployment}' (${deployment.directory})`;
}
