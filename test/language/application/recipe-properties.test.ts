/** The policies a component gets from `recipe.properties`, and what is wrong with such a file. */
import { describe, expect, test } from 'vitest';
import { createLanguage, type ApplicationModel, type Finding, type StepPolicy } from '../../../language/index.ts';
import { parsePolicyValue, type PolicyKey } from '../../../language/application/recipe-properties.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const GRAPH = `VM {
	installer: target;
	children: Worker, Special;
}
Worker {
	installer: script;
}
Special {
	extends: Worker;
}
`;

function open(files: Readonly<Record<string, string>>): {
    readonly model: ApplicationModel;
    readonly findings: readonly Finding[];
} {
    const all = {
        'descriptor/application.properties':
            'name = app\nversion = 1\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\n',
        'graph/main.graph': GRAPH,
        'graph/VM/target.properties': 'id = a\nhandler = local\nname = n\n',
        'graph/Worker/scripts/start.sh': '',
        ...files,
    };
    const inPlace = Object.fromEntries(Object.entries(all).map(([path, text]) => [`/app/${path}`, text]));
    const application = createLanguage().loadApplication(memoryFiles(inPlace), '/app');
    return { model: application.model, findings: application.findings };
}

function policyOf(model: ApplicationModel, name: string): Record<string, StepPolicy> | undefined {
    return model.components.find((component) => component.name === name)?.policies;
}

test('a component without the file has no policies', () => {
    expect(policyOf(open({}).model, 'Worker')).toBeUndefined();
});

test('a key of a phase wins over the general one, and the rest has its default', () => {
    const { model, findings } = open({
        'graph/Worker/recipe.properties':
            'start.timeout = 30s\ntimeout = 2m\nupdate.retries = 3\nretry.delay = 500ms\n',
    });
    expect(findings.filter(({ code }) => code.startsWith('X_'))).toEqual([]);
    expect(policyOf(model, 'Worker')).toEqual({
        deploy: { timeoutMs: 120_000, retries: 0, retryDelayMs: 500, retryFactor: 2 },
        start: { timeoutMs: 30_000, retries: 0, retryDelayMs: 500, retryFactor: 2 },
        update: { timeoutMs: 120_000, retries: 3, retryDelayMs: 500, retryFactor: 2 },
        stop: { timeoutMs: 120_000, retries: 0, retryDelayMs: 500, retryFactor: 2 },
        undeploy: { timeoutMs: 120_000, retries: 0, retryDelayMs: 500, retryFactor: 2 },
    });
});

test('a component can leave its stop or its undeployment to the recipe of its parent', () => {
    const of = (text: string): unknown => {
        const { model, findings } = open({ 'graph/Worker/recipe.properties': text });
        const policies = policyOf(model, 'Worker') ?? {};
        const phases = Object.keys(policies).filter((phase) => policies[phase]?.cascade === false);
        return [phases, findings.filter(({ code }) => code.startsWith('X_')).map(({ code }) => code)];
    };
    expect(of('cascade = false')).toEqual([['stop', 'undeploy'], []]);
    expect(of('stop.cascade = false')).toEqual([['stop'], []]);
    expect(of('cascade = false\nundeploy.cascade = true')).toEqual([['stop'], []]);
    expect(of('start.cascade = false')).toEqual([[], ['X_RECIPE_UNKNOWN_KEY']]);
});

test('the file is inherited with its folder, and only with it', () => {
    const files = { 'graph/Worker/recipe.properties': 'retries = 2\n' };
    expect(policyOf(open(files).model, 'Special')?.['stop']?.retries).toBe(2);
    const own = { ...files, 'graph/Special/scripts/start.sh': '' };
    expect(policyOf(open(own).model, 'Special')).toBeUndefined();
});

test('what is not understood is said once for all components of the folder, and changes nothing', () => {
    const { model, findings } = open({
        'graph/Worker/recipe.properties': 'strat.timeout = 1s\nstart.retries = many\nconstructor = 1\n',
    });
    expect(
        findings.filter(({ code }) => code.startsWith('X_')).map(({ code, message }) => `${code} ${message}`),
    ).toEqual([
        "X_RECIPE_UNKNOWN_KEY 'strat.timeout' is not a setting of recipes: it is ignored. Did you mean 'start.timeout'?",
        "X_RECIPE_INVALID_VALUE 'many' is not a value of 'start.retries': write a whole number from 0 to 1000.",
        "X_RECIPE_UNKNOWN_KEY 'constructor' is not a setting of recipes: it is ignored. Known are timeout, retries, retry.delay, retry.factor, cascade, alone or behind a phase as in start.timeout.",
    ]);
    expect(policyOf(model, 'Worker')?.['start']).toEqual({
        timeoutMs: null,
        retries: 0,
        retryDelayMs: 1_000,
        retryFactor: 2,
    });
});

test('the file of a machine is no target file', () => {
    const { findings } = open({ 'graph/VM/recipe.properties': 'timeout = 1s\n' });
    expect(findings.filter(({ code }) => code.startsWith('REC_TARGET'))).toEqual([]);
});

describe('values', () => {
    test.each<[PolicyKey, string, number | null]>([
        ['timeout', '500ms', 500],
        ['timeout', '30s', 30_000],
        ['timeout', ' 5 m ', 300_000],
        ['timeout', '1h', 3_600_000],
        ['timeout', '0s', null],
        ['timeout', '577h', null],
        ['timeout', '30', null],
        ['timeout', '30S', null],
        ['timeout', '-1s', null],
        ['timeout', '1.5s', null],
        ['retry.delay', '0ms', 0],
        ['retries', '0', 0],
        ['retries', '1000', 1000],
        ['retries', '1001', null],
        ['retries', '1.0', null],
        ['retries', '', null],
        ['cascade', 'false', 0],
        ['cascade', 'true', 1],
        ['cascade', 'no', null],
        ['retry.factor', '1.5', 1.5],
        ['retry.factor', '0.5', null],
        ['retry.factor', '1e3', null],
    ])('%s = "%s" is %s', (key, text, expected) => {
        expect(parsePolicyValue(key, text)).toBe(expected);
    });
});
