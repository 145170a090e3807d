/** What the editor explains and proposes is what the parsers read. */
import { afterAll, describe, expect, test } from 'vitest';
import {
    parsePolicyName,
    parsePolicyValue,
    POLICY_KEYS,
    RECIPE_PHASES,
} from '../../language/application/recipe-properties.ts';
import { parseCommands } from '../../language/commands/commands-file.ts';
import { BULK_ACTIONS, FORMS } from '../../language/commands/instruction.ts';
import { parseMeasures } from '../../language/measures/measures-file.ts';
import { parseRules } from '../../language/rules/rules-file.ts';
import { slotAt } from '../../server/features/commands-context.ts';
import { GENERATORS, INSTRUCTIONS, STATUSES } from '../../server/features/vocabulary/commands.ts';
import { PHASE_NAMES, POLICIES } from '../../server/features/vocabulary/recipes.ts';
import { createEditor, insertedBy } from '../support/editor.ts';
import { WHOLE_SAMPLE } from './application-sample.ts';

const codesOf = (text: string): readonly string[] => {
    const { findings, instructions } = parseCommands(`${text}\n`, 'commands/x.commands');
    const kinds = instructions.map(({ kind }) => kind);
    return [
        ...findings.map(({ code }) => code).filter((code) => code.startsWith('CMD_')),
        ...kinds.filter((kind) => kind === 'malformed' || kind === 'unrecognized'),
    ];
};

describe('instructions', () => {
    test.each(INSTRUCTIONS.map(({ head, example }) => [head, example]))('the example of %s is one', (_, example) => {
        expect(codesOf(example)).toEqual([]);
    });

    test.each(INSTRUCTIONS.map((instruction) => [instruction.head, instruction] as const))(
        '%s is told apart by its first words',
        (_, instruction) => {
            expect(slotAt(`${instruction.head} x`)?.instruction.head).toBe(instruction.head);
        },
    );

    test('all of the language are there', () => {
        const heads = INSTRUCTIONS.map(({ head }) => head.split(' ')[0]);
        const forms = Object.values(FORMS).map((form) => form.split(' ')[0]);
        const bulk = BULK_ACTIONS.map(([words]) => words.split(' ')[0]);
        expect(new Set(heads)).toEqual(new Set([...forms, ...bulk]));
    });

    test.each(STATUSES.map(({ name }) => [name]))('an instance can stay %s', (name) => {
        expect(codesOf(`change status of /x to ${name}`)).toEqual([]);
    });

    test.each(GENERATORS.map(({ name, snippet }) => [name, snippet]))('%s is a generator', (_, snippet) => {
        const plain = snippet.replaceAll(/\$\{\d+[:|]([^,|}]*)[^}]*\}/g, '$1');
        expect(codesOf(`define x = $(${plain})`).filter((code) => code === 'CMD_UNRESOLVED_VARIABLE')).toEqual([]);
    });
});

describe('policies', () => {
    test('all of the language are there', () => {
        expect(POLICIES.map(({ name }) => name)).toEqual(POLICY_KEYS);
        expect(PHASE_NAMES).toEqual(RECIPE_PHASES);
    });

    test.each(POLICIES.flatMap(({ name, samples }) => samples.map((sample) => [name, sample])))(
        '%s may be %s',
        (name, sample) => {
            const key = parsePolicyName(name)?.key;
            expect(key === undefined ? null : parsePolicyValue(key, sample)).not.toBeNull();
        },
    );
});

describe('whole blocks', () => {
    const editor = createEditor(WHOLE_SAMPLE);
    afterAll(() => editor.dispose());

    test('a proposed rule is one', async () => {
        const [rule] = await editor.complete('rules.autonomic/other.drl', '$0');
        expect(parseRules(insertedBy(rule) ?? '', 'rules.autonomic/other.drl').findings).toEqual([]);
    });

    test('a proposed probe is one', async () => {
        const probes = await editor.complete('probes/Web.measures', '$0');
        expect(probes).toHaveLength(4);
        for (const probe of probes)
            expect(parseMeasures(insertedBy(probe) ?? '', 'probes/Web.measures').findings).toEqual([]);
    });

    test('a proposed descriptor is one, with the files that are there', async () => {
        const items = await editor.complete('descriptor/application.properties', '$0');
        const text = insertedBy(items.find(({ label }) => label === 'whole descriptor')) ?? '';
        expect(text.replace(/^name = \S+/, 'name = app')).toBe(
            'name = app\nversion = 1.0.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\ninstance-entry-point = main.instances\n',
        );
    });
});
