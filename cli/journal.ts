/** `roboconf journal`: what is recorded of a deployment, and whether it is whole. */
import {
    readRecords,
    verifyJournals,
    type JournalRecord,
    type JournalVerdict,
    type VerifiedFile,
} from '../runner/index.ts';
import type { Arguments } from './arguments.ts';
import { namedDeployment, type DeploymentWords } from './deployment-words.ts';
import { dateText } from './durations.ts';
import { JOURNAL_ACTIONS } from './journal-actions.ts';
import type { Output, Style } from './output.ts';
import { systemReason } from './system-reason.ts';
import { table } from './table.ts';
import { FORMAT, NAME, usageFault, wantsJson, type ExitCode, type Verb } from './verb.ts';

export const journal: Verb = {
    group: 'looking',
    summary: 'looks through the records of a deployment, or shows them',
    operands: 'verify [DIR] | show [DIR]',
    operandKinds: ['journalAction', 'application'],
    examples: [
        ['roboconf journal verify my-app', 'whether anything was changed or lost, also of deployments that are over'],
        ['roboconf journal show my-app --format json', 'every record as it was written, one a line'],
    ],
    options: { ...NAME, ...FORMAT },
    run: async (args, output) => {
        const [action, ...rest] = args.positionals;
        const [, surplus] = rest;
        if (surplus !== undefined) return usageFault(output, 'journal', `'${surplus}' is one word too many`);
        if (action === 'verify') return verify({ ...args, positionals: rest }, output);
        if (action === 'show') return show({ ...args, positionals: rest }, output);
        return usageFault(output, 'journal', `say what is to be done: ${JOURNAL_ACTIONS.join(' or ')}`);
    },
};

async function verify(args: Arguments, output: Output): Promise<ExitCode> {
    const words = await namedDeployment(args, []);
    if ('fault' in words) return usageFault(output, 'journal', words.fault);
    const verdicts = verifyJournals(words.directory, words.deployment);
    for (const verdict of verdicts) {
        if (wantsJson(args)) for (const record of recordsOfVerdict(verdict)) output.json(record);
        else for (const line of verdictLines(verdict, output)) output.line(line);
    }
    if (verdicts.length === 0) output.note(`Nothing was ever deployed as '${words.deployment}'.`);
    return verdicts.every(({ isWhole }) => isWhole) ? 0 : 1;
}

/** The records of the public contract: each file, then the journal they are of. */
function recordsOfVerdict({ deployment, directory, files, isWhole, ...rest }: JournalVerdict): readonly object[] {
    return [...files.map((file) => ({ deployment, ...file })), { deployment, directory, whole: isWhole, ...rest }];
}

const KIND_STYLES: Readonly<Record<VerifiedFile['kind'], Style>> = {
    whole: 'success',
    torn: 'warning',
    unused: 'warning',
    damaged: 'error',
};

function verdictLines(verdict: JournalVerdict, { paint }: Pick<Output, 'paint'>): readonly string[] {
    const { deployment, directory, files, trusted, lost, isWhole } = verdict;
    const result = isWhole ? paint('success', 'whole') : paint('error', 'damaged');
    const head = `${paint('strong', deployment)}: ${result}, ${extentOf(verdict)}`;
    const rows = files.map(({ file, kind, records, message }) => [
        { text: `  ${file}` },
        { text: kind, style: KIND_STYLES[kind] },
        { text: records === 0 ? '' : String(records), align: 'right' as const },
        { text: message ?? '' },
    ]);
    if (isWhole) return [head, ...table(rows, paint)];
    const advice =
        trusted === null
            ? `Nothing in ${directory} can be trusted.`
            : `What the records 0 to ${trusted.seq} say can be trusted, up to ${dateText(trusted.time)}; what came after cannot.`;
    const cure = deployment === 'current' ? RESTORE : 'This deployment is over: nothing depends on its records.';
    return [head, ...table(rows, paint), `  ${advice}`, `  ${lost ?? cure}`];
}

const RESTORE =
    'Restore the damaged files from a backup; or end by hand what still runs, move the folder away and deploy again.';

function extentOf({ trusted, files }: JournalVerdict): string {
    const count = `${files.length} ${files.length === 1 ? 'file' : 'files'}`;
    if (trusted === null) return `no record in ${count}`;
    return `${trusted.records} records in ${count}, the last of ${dateText(trusted.time)}`;
}

async function show(args: Arguments, output: Output): Promise<ExitCode> {
    const words = await namedDeployment(args, []);
    if ('fault' in words) return usageFault(output, 'journal', words.fault);
    const records = shownRecords(words);
    if ('fault' in records) {
        output.fault(`roboconf journal: ${records.fault}`);
        return 1;
    }
    for (const record of records) {
        if (wantsJson(args)) output.json(record);
        else output.line(recordLine(record, output));
    }
    if (records.length === 0) output.note(`Nothing was ever deployed as '${words.deployment}'.`);
    return 0;
}

function shownRecords({
    directory,
    deployment,
}: DeploymentWords): readonly JournalRecord[] | { readonly fault: string } {
    try {
        return readRecords(directory, deployment);
    } catch (error) {
        return { fault: `the records cannot be read: ${systemReason(error).text}` };
    }
}

function recordLine({ seq, time, event }: JournalRecord, { paint }: Pick<Output, 'paint'>): string {
    const path = 'path' in event ? `  ${event.path}` : '';
    const phase = 'phase' in event ? ` ${event.phase}` : '';
    const because = 'because' in event && event.because !== '' ? `  ${paint('quiet', event.because)}` : '';
    return `${String(seq).padStart(6)}  ${dateText(time)}  ${event.kind}${path}${phase}${because}`;
}
