/**
 * What makes machines: the port behind every handler of target files, and the plain data that says which one makes which machine.
 * A target is recorded as it was when it was used: editing its file never changes how a machine that runs is destroyed.
 */
import type { TargetChoice } from '../../language/index.ts';
import type { Executor, MachinePlace } from '../executor.ts';

/** A target file as it was read. Values may hold `${secret:NAME}` and `${env:NAME}`; what these stand for is never in it. */
export interface TargetDefinition {
    readonly id: string;
    readonly handler: string;
    /** What people call it; the id when the file says nothing. */
    readonly name: string;
    /** All keys of the file, `id`, `handler`, `name` and `description` among them. */
    readonly properties: Readonly<Record<string, string>>;
    /** Absolute directory that relative paths among the values start from. */
    readonly directory: string;
    /** Absolute directory of scripts that are run when a machine was made; it may not exist. Absent = none. */
    readonly scripts?: string;
}

/** Which target makes the machine of each scoped instance. What has no association is on this computer. */
export interface DeploymentTargets {
    /** By id. */
    readonly definitions: Readonly<Record<string, TargetDefinition>>;
    /** Path of a scoped instance to the id of its target. */
    readonly associations: Readonly<Record<string, string>>;
    /** What the associations were made from, for the next one who deploys without saying it again. */
    readonly choices?: readonly TargetChoice[];
}

export const NO_TARGETS: DeploymentTargets = { definitions: {}, associations: {} };

/** Values of `${secret:NAME}`; undefined when nobody gave one. They are kept in memory alone. */
export type SecretLookup = (name: string) => string | undefined;

/** What a machine carries, as far as its maker lets it: by this it is found again when the answer to its making was lost. */
export interface MachineTag {
    /** Unique for ever: one deployment of one application of one person. */
    readonly deployment: string;
    /** Path of the scoped instance. */
    readonly path: string;
}

export interface TargetFailure {
    readonly kind: 'failed';
    /** One sentence for people, with the next step; without any secret. */
    readonly reason: string;
}

export interface FoundMachine {
    readonly tag: MachineTag;
    readonly machineId: string;
}

/** One handler, for one target definition. Everything may be asked again after a crash; nothing here throws for a failure of the world. */
export interface Target {
    /** Makes a machine and answers as soon as it exists. A second one for a tag is never made: look with `list` first. */
    readonly create: (
        tag: MachineTag,
        signal: AbortSignal,
    ) => Promise<{ readonly kind: 'made'; readonly machineId: string } | TargetFailure>;
    /** Makes it fit to run recipes. Harmless to repeat. */
    readonly configure: (
        machine: FoundMachine,
        signal: AbortSignal,
    ) => Promise<{ readonly kind: 'configured'; readonly address: string } | TargetFailure>;
    /** `unknown`: it does not answer, or its maker does not. */
    readonly isRunning: (machine: FoundMachine, signal: AbortSignal) => Promise<'running' | 'gone' | 'unknown'>;
    /** Ends it and all that is on it. One that is gone, half-made or destroyed by hand is fine. */
    readonly destroy: (
        machine: FoundMachine,
        signal: AbortSignal,
    ) => Promise<{ readonly kind: 'destroyed' } | TargetFailure>;
    /**
     * Says, before `destroy`, that nobody asks for the end of this machine again: what is kept for it may serve another one from then on.
     * Absent = nothing is. Harmless to repeat.
     */
    readonly giveUp?: (machine: FoundMachine) => void;
    /** Machines that carry the tag of a deployment, half-made ones among them. */
    readonly list: (
        deployment: string,
        signal: AbortSignal,
    ) => Promise<{ readonly kind: 'listed'; readonly machines: readonly FoundMachine[] } | TargetFailure>;
}

/** What a machine says of itself without having been asked. */
export type MachineNews =
    | { readonly kind: 'lost'; readonly path: string; readonly reason: string }
    | {
          readonly kind: 'back';
          readonly path: string;
          readonly machineId: string;
          readonly address: string;
          /** It was switched off meanwhile: nothing that ran there does any more. */
          readonly isRebooted: boolean;
      }
    /** It does not exist any more. */
    | { readonly kind: 'gone'; readonly path: string };

/** Recipes on the machines of one target definition. The contract of each is that of the executor's function of its name. */
export interface HostSteps extends Pick<Executor, 'runStep' | 'askStep' | 'findPorts' | 'removeInstance'> {
    /** Watches from then on whether the machine answers, until `ignore`. Attending one that is attended is harmless. */
    readonly attend: (machine: MachinePlace) => void;
    readonly ignore: (path: string) => void;
}

/** A target together with what runs recipes on its machines. */
export interface TargetAdapter {
    readonly target: Target;
    readonly steps: HostSteps;
    /** Lets go of connections; what runs on machines goes on. */
    readonly dispose: () => Promise<void>;
}

/** An instance that is going to be initialized, anew. Members are as in `StepRequest`. */
export interface AwaitedInstance {
    readonly instanceDirectory: string;
    readonly recipeSnapshot: string | null;
}

/** What every handler is given. */
export interface TargetContext {
    readonly definition: TargetDefinition;
    readonly secretOf: SecretLookup;
    /** Unique for ever: see `MachineTag`. */
    readonly deployment: string;
    /** How people call the deployment. */
    readonly application: string;
    /** Absolute directory for what is known of the machines of this deployment; it may not exist. */
    readonly machineFolder: string;
    /** Folder of all deployments of this user, absolute: pools that deployments share keep their claims there. */
    readonly stateDirectory: string;
    /** Absolute directory of an attempt on this computer, where its outputs are kept. */
    readonly stepDirectoryOf: (attempt: string) => string;
    readonly onMachineNews: (news: MachineNews) => void;
    /** What is going to be initialized on a machine, by the path of that: several folders may be filled at once. */
    readonly awaitedOn: (machine: string) => readonly AwaitedInstance[];
    /** Once aborted, steps go on unwatched and nothing is told any more. */
    readonly detached: AbortSignal;
}
