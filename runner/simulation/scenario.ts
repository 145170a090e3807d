/** What is done to a simulated application, and what goes wrong in its world: plain data, fit for a JSON file. */
import type { ApplicationModel } from '../../language/index.ts';
import { USUAL_DURATIONS, type WorkDurations } from '../core/expectation.ts';
import type { CoreOrder } from '../core/input.ts';
import type { Phase } from '../core/status.ts';
import type { Recipes } from '../core/topology.ts';

/** Virtual milliseconds for each kind of work. */
export type CostModel = WorkDurations;

export const DEFAULT_COSTS: CostModel = USUAL_DURATIONS;

/** What differs from the cost model for the instances of some components, by component name. */
export type ComponentCosts = Readonly<Record<string, Partial<CostModel>>>;

/** Which steps a fault hits. An absent part hits all; `chance` is per step, in [0, 1]; `times` counts hits per instance and phase. */
export interface FaultTarget {
    readonly path?: string;
    readonly component?: string;
    readonly phase?: Phase | 'createMachine' | 'destroyMachine' | 'findPorts';
    readonly chance?: number;
    readonly times?: number;
}

export type Fault = FaultTarget &
    (
        | { readonly kind: 'fail'; readonly exitCode?: number }
        /** The work takes `factor` times as long. */
        | { readonly kind: 'slow'; readonly factor: number }
        /** The step is done but nobody hears of its end. */
        | { readonly kind: 'loseAnswer' }
        /** The result is delivered twice. */
        | { readonly kind: 'duplicate' }
        /** The result comes up to `byMs` late, so that results overtake one another. */
        | { readonly kind: 'reorder'; readonly byMs: number }
    );

export type Happening =
    | CoreOrder
    /** Another model is accepted and applied; `recipes` as a deployment names its copies. `paths`: see the input. */
    | {
          readonly kind: 'change';
          readonly model: ApplicationModel;
          readonly recipes: Recipes;
          readonly paths: readonly string[];
      }
    /** The machine of a scoped instance stops answering. */
    | { readonly kind: 'loseMachine'; readonly path: string }
    | { readonly kind: 'recoverMachine'; readonly path: string }
    /** It gets another address: told at once, or when it is back. */
    | { readonly kind: 'readdressMachine'; readonly path: string }
    /** Somebody destroys it from outside. */
    | { readonly kind: 'destroyMachine'; readonly path: string }
    /** Somebody answers about a step whose end is unknown. */
    | { readonly kind: 'answer'; readonly path: string; readonly succeeded: boolean }
    /** The runner dies and is started again from its recorded facts; then the runs go on. */
    | { readonly kind: 'crash' };

/** `at`: virtual milliseconds from the beginning. `afterQuiet`: that long after everything before has come to rest. */
export type ScenarioStep =
    { readonly at: number; readonly happens: Happening } | { readonly afterQuiet: number; readonly happens: Happening };

export type Scenario = readonly ScenarioStep[];
