/** The table of verbs, in the order of the help text. */
import { check } from './check.ts';
import { graph } from './graph.ts';
import { ls } from './ls.ts';
import { model } from './model.ts';
import { cancel, deploy, resume, start, stop, undeploy } from './orders.ts';
import { simulate } from './simulate.ts';
import { status } from './status.ts';
import type { Verb } from './verb.ts';

export const VERBS: ReadonlyMap<string, Verb> = new Map(
    Object.entries({ check, model, graph, simulate, deploy, start, stop, undeploy, status, resume, cancel, ls }),
);
