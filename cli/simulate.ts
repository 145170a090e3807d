/** `roboconf simulate`: a deployment in virtual time. The same model, seed and files give the same bytes. */
import { readFileSync } from 'node:fs';
import {
    parseFaults,
    parseScenario,
    simulate as simulateModel,
    type ParsedList,
    type SimulationOptions,
    type SimulationResult,
} from '../runner/index.ts';
import { errorsOf, findingLine, locateDirectory } from './application.ts';
import type { Arguments } from './arguments.ts';
import { eventLine, eventRecord } from './events.ts';
import type { Output } from './output.ts';
import { causeLines } from './run-summary.ts';
import { FORMAT, usageFault, wantsJson, type ExitCode, type Verb } from './verb.ts';

export const simulate: Verb = {
    group: 'writing',
    summary: 'deploys the application in virtual time and prints what happens; nothing is touched',
    operands: '[DIR] [PATH…]',
    operandKinds: ['application', 'instance'],
    examples: [
        ['roboconf simulate my-app --seed 7', 'one of the ways a deployment may go'],
        ['roboconf simulate my-app --faults faults.json', 'with steps that fail or are slow'],
    ],
    options: {
        ...FORMAT,
        seed: { type: 'string', value: 'NUMBER', help: 'seed of durations and faults (default 1)' },
        faults: { type: 'string', value: 'FILE', completes: 'file', help: 'JSON list of what goes wrong' },
        scenario: {
            type: 'string',
            value: 'FILE',
            completes: 'file',
            help: 'JSON list of what is ordered and happens, and when',
        },
    },
    run: async (args, output) => Promise.resolve(run(args, output)),
};

function run(args: Arguments, output: Output): ExitCode {
    const options = readOptions(args);
    if (options.kind === 'fault') return usageFault(output, 'simulate', options.message);
    const located = locateDirectory(args.positionals[0] ?? '.');
    if (located.kind === 'absent') return usageFault(output, 'simulate', located.message);
    const { application } = located;
    const errors = errorsOf(application.findings);
    for (const finding of errors) output.fault(findingLine(application.directory, finding, output.paintNote));
    if (errors.length > 0) return 1;
    const result = simulateModel(application.model, options.value);
    print(result, wantsJson(args), output);
    return result.snapshot.run?.outcome === 'succeeded' ? 0 : 1;
}

type ReadOptions =
    { readonly kind: 'read'; readonly value: SimulationOptions } | { readonly kind: 'fault'; readonly message: string };

function readOptions(args: Arguments): ReadOptions {
    const seed = Number(args.text('seed') ?? '1');
    if (!Number.isSafeInteger(seed) || seed < 0) {
        return { kind: 'fault', message: '--seed takes a whole number from 0' };
    }
    const faults = readList(args.text('faults'), parseFaults);
    if (faults.kind === 'fault') return faults;
    const scenario = readList(args.text('scenario'), parseScenario);
    if (scenario.kind === 'fault') return scenario;
    const value: SimulationOptions = {
        seed,
        order: { kind: 'deploy', paths: args.positionals.slice(1) },
        ...(faults.value === undefined ? {} : { faults: faults.value }),
        ...(scenario.value === undefined ? {} : { scenario: scenario.value }),
    };
    return { kind: 'read', value };
}

function print(result: SimulationResult, json: boolean, output: Output): void {
    if (json) {
        for (const event of result.log) output.json(eventRecord(event));
        return;
    }
    for (const event of result.log) {
        const line = eventLine(event, 0, output);
        if (line !== null) output.line(line);
    }
    for (const instance of result.snapshot.instances) for (const line of causeLines(instance)) output.line(line);
    output.line(output.paint('quiet', `${(result.makespanMs / 1000).toFixed(1)} s of virtual time`));
}

type ReadList<Item> =
    | { readonly kind: 'read'; readonly value: readonly Item[] | undefined }
    | { readonly kind: 'fault'; readonly message: string };

function readList<Item>(file: string | undefined, parse: (value: unknown) => ParsedList<Item>): ReadList<Item> {
    if (file === undefined) return { kind: 'read', value: undefined };
    try {
        const parsed = parse(JSON.parse(readFileSync(file, 'utf8')));
        return parsed.kind === 'parsed'
            ? { kind: 'read', value: parsed.value }
            : { kind: 'fault', message: `${file}: ${parsed.message}` };
    } catch (error) {
        return {
            kind: 'fault',
            message: `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
        };
    }
}
