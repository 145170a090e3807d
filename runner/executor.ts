/**
 * The port between the loop and the world: who runs recipes and makes machines.
 * Adapters: local (this machine), simulated (virtual clock). They turn every exception of their world into an outcome.
 */
import type { MachinePlace } from './core/effect.ts';
import type { Phase } from './core/status.ts';

export type { MachinePlace } from './core/effect.ts';

/** One attempt to run one recipe action. Plain data: it is journalled (without the environment) and can be asked about later. */
export interface StepRequest {
    /** Unique for ever in a deployment; also the nonce of the result file. */
    readonly attempt: string;
    readonly instancePath: string;
    readonly machine: MachinePlace;
    readonly component: string;
    readonly installer: string;
    readonly phase: Phase;
    /** The instance's own directory on this computer: recipe files are there, scripts run there. Absolute. Other machines have theirs. */
    readonly instanceDirectory: string;
    /** Snapshot of the recipe directory to copy before `initialize`, absolute; null when the component has none. */
    readonly recipeSnapshot: string | null;
    /**
     * Snapshots of earlier recipes of which files may be left in the directory: `initialize` copies over those and keeps everything
     * else. Null: it makes the directory anew.
     */
    readonly formerSnapshots: readonly string[] | null;
    /** Variables of the recipe contract, complete (docs/recipes.md). */
    readonly environment: Readonly<Record<string, string>>;
    readonly timeoutMs: number;
}

export type StepOutcome =
    | { readonly kind: 'succeeded'; readonly durationMs: number; readonly leftRunning: readonly ProcessNote[] }
    | {
          readonly kind: 'failed';
          readonly durationMs: number;
          /** Null when no process ended by itself (missing interpreter, unreadable recipe …): see `reason`. */
          readonly exitCode: number | null;
          readonly signal: string | null;
          readonly reason: string;
          /** The last lines of the output, at most 20, redacted. */
          readonly lastLines: readonly string[];
          readonly killed: readonly ProcessNote[];
      }
    | {
          readonly kind: 'timedOut';
          readonly timeoutMs: number;
          readonly lastLines: readonly string[];
          readonly killed: readonly ProcessNote[];
      }
    | { readonly kind: 'cancelled'; readonly lastLines: readonly string[]; readonly killed: readonly ProcessNote[] }
    /** The step was begun and nobody can tell how it ended. It is never guessed: the user is asked. */
    | { readonly kind: 'unknown'; readonly reason: string };

/** A process a step left behind. */
export interface ProcessNote {
    readonly pid: number;
    readonly command: string;
}

/** A piece of a step's output as it appears, at most some KB. */
export interface StepOutput {
    readonly attempt: string;
    readonly stream: 'stdout' | 'stderr';
    readonly text: string;
}

export type MachineOutcome =
    | { readonly kind: 'up'; readonly machineId: string; readonly address: string }
    | { readonly kind: 'failed'; readonly reason: string };

/** A machine to be made. */
export interface MachineRequest {
    readonly path: string;
    /** Name of the snapshot of its target; null = this computer. */
    readonly target: string | null;
}

export interface DestructionRequest extends MachineRequest {
    /** Empty when none is known. */
    readonly machineId: string;
    /** Nobody asks for its end again, however this goes: it must not stand in the way of another machine. */
    readonly isGivenUp: boolean;
}

export interface PortsRequest {
    readonly instancePath: string;
    readonly machine: MachinePlace;
    readonly count: number;
    readonly taken: readonly number[];
}

export interface InstanceRemoval {
    readonly instancePath: string;
    readonly machine: MachinePlace;
    /** As in `StepRequest`. */
    readonly instanceDirectory: string;
}

export interface Executor {
    /** Runs a step to its end. Cancelling kills its process group and waits until it is gone. */
    readonly runStep: (
        request: StepRequest,
        onOutput: (output: StepOutput) => void,
        signal: AbortSignal,
    ) => Promise<StepOutcome>;
    /** After a restart: a step recorded as begun. A live one is awaited, a finished one answered from its result, else `unknown`. */
    readonly askStep: (
        request: StepRequest,
        onOutput: (output: StepOutput) => void,
        signal: AbortSignal,
    ) => Promise<StepOutcome>;
    /** Makes the machine of a scoped instance. Asking twice for one instance gives the same machine. */
    readonly createMachine: (request: MachineRequest, signal: AbortSignal) => Promise<MachineOutcome>;
    /** Ends the machine with all that runs on it. Unknown machines are fine. */
    readonly destroyMachine: (
        request: DestructionRequest,
        signal: AbortSignal,
    ) => Promise<MachineOutcome | { readonly kind: 'down' }>;
    /** Free ports on the machine of the instance, as many as asked for, none of `taken`. */
    readonly findPorts: (request: PortsRequest, signal: AbortSignal) => Promise<readonly number[]>;
    /** Kills what steps of the instance left running, then removes its directory. Answers what had to be killed. */
    readonly removeInstance: (request: InstanceRemoval, signal: AbortSignal) => Promise<readonly ProcessNote[]>;
    /** Watches from then on whether a machine answers: it is told when it does not, and when it does again. */
    readonly attend: (machine: MachinePlace) => void;
    /** Lets go of connections; what runs goes on. */
    readonly dispose: () => Promise<void>;
}
