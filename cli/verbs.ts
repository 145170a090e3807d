/** The table of verbs, in the order of the help text. */
import { cancel } from './cancel.ts';
import { check } from './check.ts';
import { completionVerb } from './completion.ts';
import { deploy } from './deploy.ts';
import { format } from './format.ts';
import { graph } from './graph.ts';
import type { VerbTable } from './help.ts';
import { history } from './history.ts';
import { journal } from './journal.ts';
import { logs } from './logs.ts';
import { ls } from './ls.ts';
import { model } from './model.ts';
import { resume, retry, settle, start, stop, undeploy } from './orders.ts';
import { plan } from './plan.ts';
import { simulate } from './simulate.ts';
import { status } from './status.ts';
import { target } from './target.ts';

const completion = completionVerb(() => VERBS);

export const VERBS: VerbTable = new Map(
    Object.entries({
        ...{ check, format, model, graph, simulate },
        ...{ plan, deploy, start, stop, undeploy, retry, settle, resume, cancel },
        ...{ status, logs, history, journal, target },
        ...{ completion, ls },
    }),
);
