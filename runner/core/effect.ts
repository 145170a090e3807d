/** What the core asks of the world. Plain data; the loop hands it out only after the events are on disk. */
import type { Phase } from './status.ts';

/** The machine an instance is on. */
export interface MachinePlace {
    /** Path of the scoped instance that stands for it; empty for what lives under none. */
    readonly path: string;
    /** Empty when none is known. */
    readonly id: string;
    readonly address: string;
    /** Name of the snapshot of the target that made it; null = this computer. */
    readonly target: string | null;
}

export type Effect =
    /** Answer: `stepEnded`. The directory is added by the loop, and a time-out where the policy has none (null). */
    | {
          readonly kind: 'runStep';
          readonly attempt: string;
          readonly path: string;
          readonly machine: MachinePlace;
          readonly component: string;
          readonly installer: string;
          /** Name of the copy of the recipe; null = none. */
          readonly recipe: string | null;
          /** Copies of earlier recipes of which files may be left: the recipe is copied over those. Null = the directory is made anew. */
          readonly over: readonly string[] | null;
          readonly phase: Phase;
          readonly environment: Readonly<Record<string, string>>;
          readonly timeoutMs: number | null;
      }
    /**
     * A step that was recorded as begun before a restart. When the world never began it, it is run with this environment.
     * Answer: `stepEnded`.
     */
    | {
          readonly kind: 'askStep';
          readonly attempt: string;
          readonly path: string;
          readonly machine: MachinePlace;
          readonly component: string;
          readonly installer: string;
          readonly recipe: string | null;
          readonly over: readonly string[] | null;
          readonly phase: Phase;
          readonly environment: Readonly<Record<string, string>>;
          readonly timeoutMs: number | null;
      }
    /** Kills a running step (or the wait for its answer); its `stepEnded` is still due. */
    | { readonly kind: 'cancelStep'; readonly attempt: string; readonly path: string }
    /** Answer: `machineUp` or `machineFailed`. May be asked twice for one instance after a restart. */
    | { readonly kind: 'createMachine'; readonly path: string; readonly target: string | null }
    /** Its answer is still due: `machineUp` or `machineFailed`. */
    | { readonly kind: 'cancelMachine'; readonly path: string }
    /**
     * Answer: `machineDown` or `machineFailed`. `machineId` is empty when none is known. `isGivenUp`: nobody asks for its end again, however
     * this goes; it may be told so while its destruction is under way.
     */
    | {
          readonly kind: 'destroyMachine';
          readonly path: string;
          readonly machineId: string;
          readonly target: string | null;
          readonly isGivenUp?: true;
      }
    /** Answer: `portsFound`. `taken` are ports of other instances of that machine. */
    | {
          readonly kind: 'findPorts';
          readonly attempt: string;
          readonly path: string;
          readonly machine: MachinePlace;
          readonly count: number;
          readonly taken: readonly number[];
      }
    /** Kills what steps left running, removes the directory. Answer: `instanceRemoved`. */
    | { readonly kind: 'removeInstance'; readonly path: string; readonly machine: MachinePlace }
    /** Answer: `timerFired`, not before `at` (milliseconds since 1970). */
    | { readonly kind: 'setTimer'; readonly path: string; readonly at: number };
