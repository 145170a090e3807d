/** A deployment as the views show it: readonly data, made from what its runner or journal says. */
import type { DeploymentKey, DeploymentSnapshot } from '../../runner/protocol.ts';

export interface DeploymentView {
    /** Stable while the deployment is shown. */
    readonly id: string;
    readonly key: DeploymentKey;
    readonly simulated: boolean;
    readonly link: Link;
    readonly snapshot: DeploymentSnapshot;
    /** Steps whose end nobody knows and nobody works on. */
    readonly unknownSteps: readonly UnknownStep[];
    /** Grows with each change of any deployment: the greatest changed last. */
    readonly changedAt: number;
}

/**
 * Who is at the other end.
 * `live`: a runner (or a simulation in this process) takes orders. `idle`: nobody does, the state is what the journal says; an order finds or
 * starts a runner. `interrupted`: as idle, and the last run did not end. `damaged`: the journal cannot be read.
 * `otherVersion`: a runner drives it that this extension does not understand; the state is what the journal says.
 */
export type Link =
    | { readonly kind: 'live' }
    | { readonly kind: 'idle' }
    | { readonly kind: 'interrupted' }
    | { readonly kind: 'otherVersion'; readonly message: string }
    | { readonly kind: 'damaged'; readonly message: string };

export interface UnknownStep {
    readonly path: string;
    readonly phase: string;
}

/** The identity of a deployment on this machine. Simulations have one each. */
export function deploymentId(key: DeploymentKey): string {
    return `deployment:${key.deployment}@${key.directory}`;
}

/** The key that an identity was made of; undefined for a simulation's. */
export function keyOfDeployment(id: string): DeploymentKey | undefined {
    // A deployment's name holds no slashes, and a directory is absolute.
    const pattern = /^deployment:(?<deployment>.*?)@(?<directory>(?:\/|\\\\|[A-Za-z]:\\).*)$/s;
    const { deployment, directory } = pattern.exec(id)?.groups ?? {};
    return deployment === undefined || directory === undefined ? undefined : { deployment, directory };
}
