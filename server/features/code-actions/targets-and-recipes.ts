/** Cures for target files and what lies in recipe directories (reference: language, sections 8 and 9). */
import { TARGET_HANDLERS } from '../../../language/index.ts';
import {
    anyOf,
    atSpot,
    create,
    type Cure,
    type Cures,
    didYouMean,
    fix,
    insert,
    preferred,
    rename,
    replace,
    replaceSpot,
    safe,
} from './fix.ts';
import { endWith, lineOfKey, removeExport, setKey, targetId, valueOfKey } from './key-files.ts';
import { insertLines, removeLine } from './lines.ts';

const removeEntry: Cure = atSpot(({ source, start, fact }) => {
    const make = fact('SUGGESTION') === '' ? preferred : fix;
    return [make(`Remove '${fact('NAME')}'`, [removeLine(source, source.lineAt(start))])];
});

/** Of a key that is set twice, the value that does not count goes. */
const removeRepeated: Cure = atSpot(({ source, start, fact }) => [
    preferred(`Remove the first '${fact('NAME')}'`, [removeLine(source, source.lineAt(start))]),
]);

const legacyKey: Cure = atSpot((spot) => {
    const { source, start, fact } = spot;
    if (fact('SHAPE') === 'ignored')
        return [safe(`Remove '${fact('NAME')}'`, [removeLine(source, source.lineAt(start))])];
    return [safe(`Change to '${fact('SUGGESTION')}'`, [replaceSpot(spot, fact('SUGGESTION'))])];
});

/** A comment gets a line of its own, above the value it follows. */
const ownLine: Cure = atSpot(({ source, start, end, text }) => {
    const line = source.lineAt(start);
    const from = line.start + source.text.slice(line.start, start).trimEnd().length;
    return [
        preferred('Move the comment to a line above', [
            insertLines(source, line.number, [line.indent + text.trim()]),
            replace(source, from, end, ''),
        ]),
    ];
});

/** What stands between the brackets may be a variable of the environment, or a secret. */
const placeholder: Cure = atSpot((spot) => {
    const name =
        spot.text
            .replaceAll(/[^\w.-]+/g, ' ')
            .trim()
            .split(' ')
            .at(-1) ?? '';
    if (!/^[A-Za-z_]\w*$/.test(name)) return [];
    return [`\${env:${name}}`, `\${secret:${name}}`].map((text) => fix(`Write '${text}'`, [replaceSpot(spot, text)]));
});

/** The secret itself is in no title. */
const hideSecret: Cure = atSpot((spot) => {
    const name = spot.fact('SECRET');
    return [`\${secret:${name}}`, `\${env:${name}}`].map((text, i) =>
        (i === 0 ? preferred : fix)(`Write '${text}', and give the value there`, [replaceSpot(spot, text)]),
    );
});

const MOST_CHOICES = 6;

const validValue: Cure = atSpot((spot) => {
    const { fact } = spot;
    const usual: Readonly<Record<string, readonly string[]>> = {
        boolean: ['true', 'false'],
        integer: [fact('LEAST')],
        choice: fact('CHOICES').split(', '),
    };
    const values = (usual[fact('SHAPE')] ?? []).filter((value) => value !== '');
    return values.slice(0, MOST_CHOICES).map((value) => fix(`Change to '${value}'`, [replaceSpot(spot, value)]));
});

/** Each missing key with the value of its documentation. */
const missingKeys: Cure = atSpot(({ source, fact }) => {
    const handler = TARGET_HANDLERS.find(({ name }) => name === fact('HANDLER'));
    const missing = fact('KEYS').split(', ');
    const known = (handler?.keys ?? []).filter(({ key }) => missing.includes(key));
    const blank = known.flatMap(({ key, example }) => {
        const value = example.slice(example.indexOf('=') + 1).trim();
        return lineOfKey(source, key) === undefined ? [] : [setKey(source, key, value)];
    });
    const absent = known.filter(({ key }) => lineOfKey(source, key) === undefined).map(({ example }) => example);
    const added = absent.length === 0 ? [] : [endWith(source, absent.join('\n'))];
    return [preferred(`Add ${fact('KEYS')}`, [...blank, ...added])];
});

const otherHandler: Cure = atSpot(({ source, fact }) => {
    if (fact('SHAPE') !== 'otherHandler') return [];
    return [fix(`Set 'handler = ${fact('OTHER')}'`, [setKey(source, 'handler', fact('OTHER'))])];
});

/** The list of volumes gets one more. */
const listVolume: Cure = atSpot(({ source, fact }) => {
    if (fact('SHAPE') !== 'volume') return [];
    const listed = valueOfKey(source, fact('KEY'));
    const value = listed === null ? fact('VOLUME') : `${listed}, ${fact('VOLUME')}`;
    return [preferred(`List the volume '${fact('VOLUME')}' in '${fact('KEY')}'`, [setKey(source, fact('KEY'), value)])];
});

const otherId: Cure = atSpot((spot) => {
    const own = targetId(spot.source);
    const id = own === spot.text ? `${own}-2` : own;
    return [preferred(`Change to '${id}'`, [replaceSpot(spot, id)])];
});

/** One of several files gets the name that decides. */
const renameOneOf =
    (directoryOf: (details: Readonly<Record<string, string>>) => string, nameFor: NameFor): Cure =>
    ({ details }, site) => {
        const directory = directoryOf(details);
        return (details['FILES'] ?? '').split(', ').flatMap((file) => {
            const to = nameFor(file, details);
            const isFree = file !== '' && site.textOf(`${directory}/${to}`) === undefined;
            return isFree
                ? [fix(`Rename '${file}' to '${to}'`, [rename(`${directory}/${file}`, `${directory}/${to}`)])]
                : [];
        });
    };

type NameFor = (file: string, details: Readonly<Record<string, string>>) => string;

function extensionOf(file: string): string {
    return /\.[^.]*$/.exec(file)?.[0] ?? '';
}

const templateTag: Cure = atSpot((spot) => {
    const { source, end, fact } = spot;
    switch (fact('SHAPE')) {
        case 'unclosedTag': {
            const line = source.lineAt(Math.max(spot.start, end - 1));
            return [preferred("Close the tag with '}}'", [insert(source, Math.min(end, line.end), '}}')])];
        }
        case 'unclosedSection': {
            const gap = source.text.endsWith('\n') ? '' : '\n';
            const closing = `{{/${fact('NAME')}}}`;
            return [
                preferred(`Add '${closing}' at the end`, [insert(source, source.text.length, `${gap}${closing}\n`)]),
            ];
        }
        case 'unopenedSection': {
            const open = source.text.lastIndexOf('{{', spot.start);
            const close = source.text.indexOf('}}', end);
            if (open < 0 || close < 0) return [];
            const tag = source.text.slice(open, close + 2);
            return [preferred(`Remove '${tag}'`, [replace(source, open, close + 2, '')])];
        }
        default:
            return [];
    }
});

/** The part of a key that is wrong gives way to the similar word. */
const keyPart = (index: 0 | 2): Cure =>
    atSpot((spot) => {
        const suggestion = spot.fact('SUGGESTION');
        const parts = spot.text.split('.');
        if (suggestion === '' || parts.length !== 3) return [];
        const key = parts.map((part, i) => (i === index ? suggestion : part)).join('.');
        return [preferred(`Change to '${key}'`, [replaceSpot(spot, key)])];
    });

/** One action for each phase, when none is similar. */
const otherPhase: Cure = atSpot((spot) => {
    const [, ...rest] = spot.text.split('.');
    if (spot.fact('SUGGESTION') !== '' || rest.length !== 2) return [];
    return spot
        .fact('PHASES')
        .split(', ')
        .map((phase) => [phase, ...rest].join('.'))
        .map((key) => fix(`Change to '${key}'`, [replaceSpot(spot, key)]));
});

/** The first digit of a phase that no other instruction has. */
const otherPosition: Cure = atSpot((spot) => {
    const [phase = '', , action = ''] = spot.text.split('.');
    const taken = new Set(
        spot.source.lines
            .map(({ text }) => /^\s*(?<phase>\w+)\.\d*(?<digit>\d)\./.exec(text)?.groups)
            .filter((groups) => groups?.['phase']?.toLowerCase() === phase.toLowerCase())
            .map((groups) => groups?.['digit']),
    );
    const digit = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'].find((one) => !taken.has(one));
    if (digit === undefined) return [];
    return [preferred(`Change to '${phase}.${digit}.${action}'`, [replaceSpot(spot, `${phase}.${digit}.${action}`)])];
});

const createInstructions: Cure = ({ details }, site) => {
    const file = details['FILE'] ?? '';
    if (file === '' || site.textOf(file) !== undefined) return [];
    const text = '# <phase>.<position>.<action>, such as: deploy.1.copy = source -> target\n';
    return [preferred(`Create the file '${file}'`, [create(file, text)])];
};

export const TARGET_AND_RECIPE_CURES: Cures = {
    X_DESCRIPTOR_DUPLICATE_KEY: removeRepeated,
    X_DESCRIPTOR_EXPORTED_TWICE: removeExport,
    X_DESCRIPTOR_LEGACY_KEY: legacyKey,
    X_DESCRIPTOR_UNKNOWN_KEY: anyOf(didYouMean, removeEntry),
    X_ICON_NOT_CHOSEN: renameOneOf(
        () => 'descriptor',
        (file) => `application${extensionOf(file)}`,
    ),
    X_INSTRUCTION_INVALID_KEY: anyOf(keyPart(0), otherPhase),
    X_INSTRUCTION_NO_FILE: createInstructions,
    X_INSTRUCTION_SAME_POSITION: otherPosition,
    X_INSTRUCTION_UNKNOWN_ACTION: keyPart(2),
    X_RECIPE_DUPLICATE_KEY: removeRepeated,
    X_RECIPE_AMBIGUOUS_SCRIPT: renameOneOf(
        ({ DIRECTORY: directory = '' }) => `${directory}/scripts`,
        (_, { PHASE: phase = '' }) => `${phase}.sh`,
    ),
    X_TARGET_DUPLICATE_KEY: removeRepeated,
    X_TARGET_INLINE_COMMENT: ownLine,
    X_TARGET_INVALID_PLACEHOLDER: placeholder,
    X_TARGET_INVALID_VALUE: validValue,
    X_TARGET_MISSING_KEYS: missingKeys,
    X_TARGET_NO_DEFAULT: renameOneOf(
        ({ DIRECTORY: directory = '' }) => directory,
        () => 'target.properties',
    ),
    X_TARGET_SECRET_IN_CLEAR: hideSecret,
    X_TARGET_SHARED_ID: otherId,
    X_TARGET_UNKNOWN_HANDLER: didYouMean,
    X_TARGET_UNKNOWN_KEY: anyOf(didYouMean, listVolume, otherHandler, removeEntry),
    X_TARGET_UNVERIFIED_HOSTS: removeEntry,
    X_TEMPLATE_INVALID: templateTag,
    X_TEMPLATE_UNKNOWN_NAME: didYouMean,
};
