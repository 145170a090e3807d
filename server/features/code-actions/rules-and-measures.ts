/** Cures for rules and probes (reference: language, sections 4.8, 6 and 7). */
import { PROBE_HANDLERS } from '../../../language/index.ts';
import { createCommand } from './commands.ts';
import {
    anyOf,
    atSpot,
    create,
    type Cure,
    type Cures,
    didYouMean,
    fix,
    type Fix,
    insert,
    preferred,
    rename,
    replace,
    replaceSpot,
    type Site,
    type Spot,
} from './fix.ts';
import { endWith } from './key-files.ts';
import { removeLine, removeLines } from './lines.ts';
import { baseNameOf } from './types.ts';

const MOST_CHOICES = 5;

function namesOf({ application }: Site, kind: 'command' | 'event'): readonly string[] {
    const names = application.declarations.filter((one) => one.kind === kind).map(({ name }) => name);
    return [...new Set(names)].sort().slice(0, MOST_CHOICES);
}

function ruleNameOf(file: string): string {
    return baseNameOf(file).replace(/\.drl$/i, '');
}

/** One action for each choice, put on a line of its own behind a word of the rule. */
function behind(spot: Spot, names: readonly string[], verb: string): readonly Fix[] {
    const make = names.length === 1 ? preferred : fix;
    return names.map((name) => make(`${verb} '${name}'`, [insert(spot.source, spot.end, `\n\t${name}`)]));
}

const chooseEvent: Cure = atSpot((spot) => behind(spot, namesOf(spot.site, 'event'), 'Wait for'));
const chooseCommand: Cure = atSpot((spot) => behind(spot, namesOf(spot.site, 'command'), 'Execute'));

/** A rule with the first event and command there are. */
function skeletonOf(site: Site, file: string): string {
    const [event = 'event'] = namesOf(site, 'event');
    const [command = 'command'] = namesOf(site, 'command');
    return ruleText(ruleNameOf(file), event, command);
}

function ruleText(name: string, event: string, command: string): string {
    return `rule "${name}"\nwhen\n\t${event}\nthen\n\t${command}\nend\n`;
}

const syntax: Cure = (finding, site) => {
    switch (finding.details['SHAPE'] ?? '') {
        case 'event':
            return chooseEvent(finding, site);
        case 'commands':
            return chooseCommand(finding, site);
        default:
            return wordSyntax(finding, site);
    }
};

const wordSyntax: Cure = atSpot((spot) => {
    const { source, start, end, text, site, fact, range } = spot;
    switch (fact('SHAPE')) {
        case 'empty':
            return [preferred('Write a rule', [insert(source, 0, skeletonOf(site, range.file))])];
        case 'name': {
            const name = ruleNameOf(range.file);
            const title = `Name the rule '${name}'`;
            if (/^rule$/i.test(text)) return [preferred(title, [insert(source, end, ` "${name}"`)])];
            if (/^when$/i.test(text)) return [preferred(title, [insert(source, start, `"${name}"\n`)])];
            return [preferred(`Quote the name: "${text}"`, [replaceSpot(spot, `"${text}"`)])];
        }
        case 'quote':
            return [preferred('Close the quotes', [insert(source, end, '"')])];
        case 'blank':
            return [preferred('Add a blank', [insert(source, start, ' ')])];
        case 'end': {
            const { text: all } = source;
            const gap = all.endsWith('\n') ? '' : '\n';
            return [preferred("Add 'end'", [insert(source, all.length, `${gap}end\n`)])];
        }
        default:
            return [];
    }
});

const nameOfFile: Cure = atSpot((spot) => {
    const name = spot.fact('EXPECTED') || ruleNameOf(spot.range.file);
    const isQuoted = spot.text.startsWith('"');
    const own = [preferred(`Name the rule '${name}'`, [replaceSpot(spot, isQuoted ? `"${name}"` : name)])];
    const to = spot.range.file.replace(/[^/]*$/, `${spot.fact('NAME')}.drl`);
    const isFree = /^[\w][\w. -]*$/.test(spot.fact('NAME')) && spot.site.textOf(to) === undefined;
    return isFree ? [...own, fix(`Rename the file to '${baseNameOf(to)}'`, [rename(spot.range.file, to)])] : own;
});

/** A rule gets a file of its own. */
const ownFile: Cure = atSpot(({ source, start, fact, site, range }) => {
    const name = fact('NAME');
    const file = range.file.replace(/[^/]*$/, `${name}.drl`);
    const first = source.lineAt(start).number;
    const end = source.lines.slice(first - 1).find((line) => /^\s*end\s*$/i.test(line.text));
    const isOnOwnLine = /^\s*rule\s/i.test(source.lineOf(first).text);
    if (!/^[\w][\w. -]*$/.test(name) || end === undefined || !isOnOwnLine || site.textOf(file) !== undefined) return [];
    const text = source.lines
        .slice(first - 1, end.number)
        .map((line) => line.text)
        .join('\n');
    return [
        preferred(`Move '${name}' to '${baseNameOf(file)}'`, [
            removeLines(source, first, end.number),
            create(file, `${text}\n`),
        ]),
    ];
});

const separateCommands: Cure = atSpot(({ source, start, text }) => {
    const [first = ''] = text.split('\n');
    const written = first.replace(/\s*(?:#|\/\/|\/\*).*$/, '');
    return [preferred('End the command with a semicolon', [insert(source, start + written.length, ';')])];
});

/** Takes out a part of a line, and the line when nothing is left. */
const removeWords = (title: string, make = fix): Cure =>
    atSpot(({ source, start, end }) => {
        const line = source.lineAt(start);
        const isWhole =
            source.text.slice(line.start, start).trim() === '' && source.text.slice(end, line.end).trim() === '';
        return [make(title, [isWhole ? removeLine(source, line) : replace(source, start, end, '')])];
    });

const largest: Cure = atSpot((spot) => [
    preferred(`Write '${spot.fact('MAXIMUM')}'`, [replaceSpot(spot, spot.fact('MAXIMUM'))]),
]);

/** The key gets a value in the file beside the probes. */
const defineKey: Cure = ({ details, range }, site) => {
    const { NAME: key = '', FILE: name = '' } = details;
    const file = (range?.file ?? '').replace(/[^/]*$/, name);
    const source = site.textOf(file);
    const entry = `${key} = value`;
    const change = source === undefined ? create(file, `${entry}\n`) : endWith(source, entry);
    const make = details['SUGGESTION'] === undefined ? preferred : fix;
    return [make(`Give '${key}' a value in ${name}`, [change])];
};

/** A header in another spelling: its two words are told. With one word, the kind of the probe is missing. */
const validHeader: Cure = atSpot((spot) => {
    const { handler, event } =
        /^\[\s*events?\b[\s:,]*(?:(?<handler>[\w-]+)[\s:,]+)?(?<event>[\w.-]+)/i.exec(spot.text)?.groups ?? {};
    if (event === undefined) return [];
    const write = (one: string): string => `[EVENT ${one} ${event}]`;
    if (handler !== undefined) return [preferred(`Write '${write(handler)}'`, [replaceSpot(spot, write(handler))])];
    return PROBE_HANDLERS.map(({ name }) => fix(`Write '${write(name)}'`, [replaceSpot(spot, write(name))]));
});

const renameProbes: Cure = ({ details, range }, site) => {
    const { SUGGESTION: component } = details;
    const file = range?.file ?? '';
    const to = file.replace(/[^/]*$/, `${component}.measures`);
    if (component === undefined || site.textOf(to) !== undefined) return [];
    return [preferred(`Rename it to '${baseNameOf(to)}'`, [rename(file, to)])];
};

/** An event that no rule waits for: one rule for each command. */
const createRule: Cure = ({ details }, site) => {
    const event = details['NAME'] ?? '';
    const file = `rules.autonomic/${event}.drl`;
    if (!/^[\w][\w.-]*$/.test(event) || site.textOf(file) !== undefined) return [];
    return namesOf(site, 'command').map((command) =>
        fix(`Create a rule that executes '${command}'`, [create(file, ruleText(event, event, command))]),
    );
};

const commentOut: Cure = atSpot(({ source, range }) => {
    const lines = source.lines.slice(range.line - 1, range.endLine).filter(({ text }) => text.trim() !== '');
    return [
        preferred(
            'Turn this into a comment',
            lines.map(({ start }) => insert(source, start, '# ')),
        ),
    ];
});

const removeEntry: Cure = atSpot(({ source, start, fact }) => [
    preferred(`Remove '${fact('NAME')}'`, [removeLine(source, source.lineAt(start))]),
]);

export const RULE_CURES: Cures = {
    RULE_EMPTY_NAME: nameOfFile,
    RULE_EMPTY_WHEN: chooseEvent,
    RULE_EMPTY_THEN: chooseCommand,
    RULE_INVALID_SYNTAX: syntax,
    RULE_UNKNOWN_COMMAND: anyOf(didYouMean, createCommand),
    X_RULE_DUPLICATE_ATTRIBUTE: removeWords('Remove the repetition', preferred),
    X_RULE_JOINED_COMMANDS: separateCommands,
    X_RULE_NAME_MISMATCH: nameOfFile,
    X_RULE_NUMBER_TOO_LARGE: largest,
    X_RULE_SEVERAL_RULES: ownFile,
    X_RULE_UNKNOWN_ATTRIBUTE: anyOf(didYouMean, removeWords('Remove the ignored words')),
    X_RULE_UNKNOWN_EVENT: didYouMean,
    X_MEASURES_DUPLICATE_KEY: removeEntry,
    X_MEASURES_INVALID_HEADER: validHeader,
    X_MEASURES_STRAY_TEXT: commentOut,
    X_MEASURES_UNDEFINED_KEY: anyOf(didYouMean, defineKey),
    X_MEASURES_UNKNOWN_COMPONENT: renameProbes,
    X_MEASURES_UNKNOWN_HANDLER: didYouMean,
    X_MEASURES_UNUSED_EVENT: anyOf(didYouMean, createRule),
    X_MEASURES_UNUSED_VALUE: removeEntry,
};
