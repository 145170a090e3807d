/** Cures for commands files (reference: language, sections 4.7 and 5). */
import type { DeclarationKind } from '../../../language/index.ts';
import { asName } from './block-words.ts';
import {
    anyOf,
    atSpot,
    type Change,
    create,
    type Cure,
    type Cures,
    didYouMean,
    fix,
    type Fix,
    insert,
    preferred,
    replace,
    replaceSpot,
    type Site,
    type Spot,
} from './fix.ts';
import { insertLines, removeLines } from './lines.ts';
import type { SourceText } from './source-text.ts';
import { componentModel, createType, freeName } from './types.ts';
import { importFile } from './unknown-names.ts';

const MOST_CHOICES = 5;

/** The first and last line of the instruction a place is in: a backslash at its end continues a line. */
function instructionAt(source: SourceText, offset: number): { readonly first: number; readonly last: number } {
    const isContinued = (number: number): boolean => source.lineOf(number).text.endsWith('\\');
    let first = source.lineAt(offset).number;
    let last = first;
    while (first > 1 && isContinued(first - 1)) first -= 1;
    while (last < source.lines.length && isContinued(last)) last += 1;
    return { first, last };
}

/** Puts an instruction before the one a finding is about. */
function insertBefore({ source, start }: Spot, instruction: string): Change {
    return insertLines(source, instructionAt(source, start).first, [instruction]);
}

const removeInstruction = (title: string): Cure =>
    atSpot(({ source, start }) => {
        const { first, last } = instructionAt(source, start);
        return [fix(title, [removeLines(source, first, last)])];
    });

const commentOut: Cure = atSpot(({ source, start }) => {
    const line = source.lineOf(instructionAt(source, start).first);
    return [fix('Turn this instruction into a comment', [insert(source, line.start + line.indent.length, '# ')])];
});

/** Puts a word behind the keyword it is missing after, with one blank on each side. */
function putBehind({ source, end }: Spot, word: string): Change {
    const blanks = /^[ \t]*/.exec(source.text.slice(end, source.lineAt(end).end))?.[0].length ?? 0;
    const isLast = end + blanks === source.lineAt(end).end;
    return replace(source, end, end + blanks, isLast ? ` ${word}` : ` ${word} `);
}

/** One action for each choice; the only one is preferred. */
function choices(names: readonly string[], action: (name: string, make: typeof fix) => Fix): readonly Fix[] {
    return names.slice(0, MOST_CHOICES).map((name) => action(name, names.length === 1 ? preferred : fix));
}

function declaredNames({ application }: Site, kind: DeclarationKind): readonly string[] {
    const names = application.declarations.filter((one) => one.kind === kind).map(({ name }) => name);
    return [...new Set(names)].sort();
}

function pathsOf({ application }: Site, components: readonly string[]): readonly string[] {
    return application.model.instances
        .filter(({ component }) => components.includes(component))
        .map(({ path }) => path);
}

function listed(text: string): readonly string[] {
    return text.split(', ').filter((item) => item !== '');
}

/** A path begins with a slash. */
const addSlash: Cure = atSpot(({ source, start, fact }) => {
    if (fact('SHAPE') !== 'path') return [];
    const line = source.lineAt(start);
    const before = /^\s*(?:replicate|rename|associate|change\s+status\s+of)\s+/i.exec(line.text)?.[0];
    return before === undefined
        ? []
        : [preferred("Begin the path with '/'", [insert(source, line.start + before.length, '/')])];
});

/** The instance could be made before: one action for each component that fits. */
const createInstance: Cure = atSpot((spot) => {
    const { site, fact } = spot;
    const parent = fact('PARENT');
    const name = fact('NAME');
    if (name === '' || fact('INSTANCE') !== `${parent}/${name}` || /[$()]/.test(name)) return [];
    const { model } = site.application;
    const holder = model.instances.find(({ path }) => path === parent)?.component;
    const fitting = parent === '' ? model.rootComponents : (componentModel(site, holder ?? '')?.resolvedChildren ?? []);
    const under = parent === '' ? '' : ` under ${parent}`;
    return fitting.slice(0, MOST_CHOICES).map((component) => {
        const instruction = `create ${component} as ${name}${under}`;
        return fix(`Insert '${instruction}' before`, [insertBefore(spot, instruction)]);
    });
});

const otherParent: Cure = atSpot((spot) =>
    choices(pathsOf(spot.site, listed(spot.fact('PARENTS'))), (path, make) =>
        make(`Place it under '${path}'`, [replaceSpot(spot, path)]),
    ),
);

const addParent: Cure = atSpot((spot) =>
    choices(pathsOf(spot.site, listed(spot.fact('PARENTS'))), (path, make) =>
        make(`Place it under '${path}'`, [putBehind(spot, `under ${path}`)]),
    ),
);

const removeParent: Cure = atSpot(({ source, start, end, text }) => {
    const before = /\s+under\s+$/i.exec(source.text.slice(0, start))?.[0];
    if (before === undefined) return [];
    return [preferred(`Remove 'under ${text}'`, [replace(source, start - before.length, end, '')])];
});

/** The machine around the instance can be meant. */
const scopedAncestor: Cure = atSpot((spot) => {
    const { site, fact } = spot;
    const path = fact('INSTANCE');
    const machine = site.application.model.instances.findLast(
        (one) => path.startsWith(`${one.path}/`) && componentModel(site, one.component)?.resolvedInstaller === 'target',
    );
    return machine === undefined ? [] : [preferred(`Change to '${machine.path}'`, [replaceSpot(spot, machine.path)])];
});

const rootPath: Cure = atSpot((spot) => {
    const root = /^\/[^/]+/.exec(spot.fact('INSTANCE'))?.[0];
    return root === undefined ? [] : [preferred(`Change to '${root}'`, [replaceSpot(spot, root)])];
});

/** What an instance that passes through a state arrives at. */
const LASTING: Readonly<Record<string, string>> = {
    DEPLOYING: 'DEPLOYED_STOPPED',
    STARTING: 'DEPLOYED_STARTED',
    STOPPING: 'DEPLOYED_STOPPED',
    UNDEPLOYING: 'NOT_DEPLOYED',
};

const otherStatus: Cure = atSpot((spot) => {
    const { text, fact } = spot;
    const meant = fact('SUGGESTION') || (LASTING[fact('VALUE')] ?? '');
    const isMissing = text.toLowerCase() === 'to';
    const ordered = [...new Set([meant, ...listed(fact('SUPPORTED'))])].filter((status) => status !== '');
    return ordered.map((status) => {
        const change = isMissing ? putBehind(spot, status) : replaceSpot(spot, status);
        return (status === meant ? preferred : fix)(`Set the status '${status}'`, [change]);
    });
});

/** The component that is made, or the last name of the path that is copied. */
function instanceNameFor({ source, start, site }: Spot): string {
    const code = source.lineAt(start).text;
    const { component, path } =
        /^\s*(?:create\s+(?<component>[\w.-]+)|\w+\s+\S*\/(?<path>[^/\s]+))/i.exec(code)?.groups ?? {};
    const taken = new Set(site.application.model.instances.map(({ name }) => name));
    return freeName((component ?? path ?? 'instance').toLowerCase(), (name) => taken.has(name));
}

const nameInstance: Cure = atSpot((spot) => {
    const name = instanceNameFor(spot);
    return [preferred(`Name the instance '${name}'`, [putBehind(spot, name)])];
});

const validName: Cure = atSpot((spot) => {
    const name = asName(spot.text);
    return name === '_' ? [] : [preferred(`Change to '${name}'`, [replaceSpot(spot, name)])];
});

const otherName: Cure = atSpot((spot) => {
    const { site, text, fact } = spot;
    const parent = fact('CONFLICTING').slice(0, fact('CONFLICTING').lastIndexOf('/') + 1);
    const taken = new Set(site.application.model.instances.map(({ path }) => path));
    const name = freeName(text, (one) => one === text || taken.has(parent + one));
    return [preferred(`Change to '${name}'`, [replaceSpot(spot, name)])];
});

const chooseComponent: Cure = atSpot((spot) => {
    const { source, start, site } = spot;
    const under = /\sunder\s+(?<path>\/\S+)/i.exec(source.lineAt(start).text)?.groups?.['path'];
    const holder = site.application.model.instances.find(({ path }) => path === under)?.component;
    const fitting =
        under === undefined
            ? site.application.model.rootComponents
            : (componentModel(site, holder ?? '')?.resolvedChildren ?? []);
    return choices(fitting, (name, make) => make(`Create an instance of '${name}'`, [putBehind(spot, name)]));
});

const componentOfFacet: Cure = atSpot((spot) => {
    if (spot.fact('SHAPE') !== 'facet') return [];
    const wearers = spot.site.application.model.components.filter(({ allFacets }) => allFacets.includes(spot.text));
    return choices(
        wearers.map(({ name }) => name),
        (name, make) => make(`Change to '${name}'`, [replaceSpot(spot, name)]),
    );
});

const createComponent: Cure = atSpot((spot) => {
    const { source, start, site, text, fact, finding } = spot;
    if (fact('SHAPE') !== '' || !/^[a-zA-Z_][\w-]*$/.test(text)) return [];
    const under = /\sunder\s+(?<path>\/\S+)/i.exec(source.lineAt(start).text)?.groups?.['path'];
    const holder = site.application.model.instances.find(({ path }) => path === under)?.component;
    const body = [`installer: ${holder === undefined ? 'target' : 'script'};`];
    const parents = holder === undefined ? [] : [holder];
    const changes = createType(site, { kind: 'component', name: text, body, parents });
    const hasBetter = finding.details['IMPORT'] !== undefined || finding.details['SUGGESTION'] !== undefined;
    return [(hasBetter ? fix : preferred)(`Create component '${text}' in the graph`, changes)];
});

const chooseTarget: Cure = atSpot((spot) =>
    choices(declaredNames(spot.site, 'target'), (id, make) => make(`Choose the target '${id}'`, [putBehind(spot, id)])),
);

const chooseCommand: Cure = atSpot((spot) => {
    const own = spot.range.file.slice(spot.range.file.lastIndexOf('/') + 1).replace(/\.commands$/, '');
    const others = declaredNames(spot.site, 'command').filter((name) => name !== own);
    return choices(others, (name, make) => make(`Execute '${name}'`, [putBehind(spot, name)]));
});

/** A variable is defined right before its first use. */
const defineVariable: Cure = atSpot((spot) => {
    const name = spot.fact('NAME');
    const isGenerator = /^[A-Z]+_[A-Z]+/.test(name);
    if (spot.fact('SHAPE') !== '' || isGenerator || name.trim() === '' || name.includes('=')) return [];
    const make = spot.fact('SUGGESTION') === '' ? preferred : fix;
    return [make(`Define '${name}' before`, [insertBefore(spot, `define ${name} = value`)])];
});

/** Generators have a value in `define` only. */
const defineGenerated: Cure = atSpot((spot) => {
    if (spot.fact('SHAPE') !== 'generator') return [];
    const generator = spot.fact('NAME');
    const name = (/^[A-Z_]+/.exec(generator)?.[0] ?? 'value').toLowerCase().replaceAll('_', '-');
    return [
        preferred(`Define '${name}' before, and use it here`, [
            insertBefore(spot, `define ${name} = $(${generator})`),
            replaceSpot(spot, `$(${name})`),
        ]),
    ];
});

const writeGenerator: Cure = atSpot((spot) => {
    const form = spot.fact('EXPECTED').replaceAll("'", '');
    return spot.fact('SHAPE') !== 'form' ? [] : [fix(`Write '${form}'`, [replaceSpot(spot, form)])];
});

/** A date gets a variable of its own. */
const separateDate: Cure = atSpot((spot) => {
    const { source, start, text } = spot;
    const match = /\$\(FORMATTED_TIME [^)]*\)/.exec(text);
    if (match === null) return [];
    const at = start + match.index;
    return [
        preferred("Define 'date' before, and use it here", [
            insertBefore(spot, `define date = ${match[0]}`),
            replace(source, at, at + match[0].length, '$(date)'),
        ]),
    ];
});

const usualDate: Cure = atSpot((spot) => [
    preferred("Write '$(FORMATTED_TIME yyyy-MM-dd)'", [replaceSpot(spot, '$(FORMATTED_TIME yyyy-MM-dd)')]),
]);

const usualQuery: Cure = atSpot(({ source, start, text }) => {
    const match = /\$\(EXISTING_INDEX[^)]*\)?/.exec(text);
    if (match === null) return [];
    const at = start + match.index;
    return ['MIN', 'MAX'].map((end, i) =>
        (i === 0 ? preferred : fix)(`Write '$(EXISTING_INDEX ${end})'`, [
            replace(source, at, at + match[0].length, `$(EXISTING_INDEX ${end})`),
        ]),
    );
});

/** A file that holds nothing but the place to begin. */
export const createCommand: Cure = ({ details }, site) => {
    const name = details['NAME'] ?? '';
    const file = `commands/${name}.commands`;
    const isName = /^\w[\w. -]*$/.test(name) && !name.endsWith('.commands');
    if (!isName || site.textOf(file) !== undefined) return [];
    const make = details['SUGGESTION'] === undefined ? preferred : fix;
    return [make(`Create the file '${file}'`, [create(file, `# ${name}\n`)])];
};

export const COMMAND_CURES: Cures = {
    CMD_UNRECOGNIZED_INSTRUCTION: anyOf(didYouMean, commentOut),
    CMD_INVALID_SYNTAX: anyOf(addSlash, commentOut),
    CMD_NO_MATCHING_INSTANCE: anyOf(didYouMean, createInstance),
    CMD_NOT_AN_ACCEPTABLE_PARENT: otherParent,
    CMD_CANNOT_HAVE_ANY_PARENT: removeParent,
    CMD_MISSING_PARENT_INSTANCE: addParent,
    CMD_NOT_A_SCOPED_INSTANCE: scopedAncestor,
    CMD_NOT_A_ROOT_INSTANCE: rootPath,
    CMD_INVALID_INSTANCE_STATUS: otherStatus,
    CMD_INSTABLE_INSTANCE_STATUS: otherStatus,
    CMD_EMPTY_VARIABLE_NAME: atSpot((spot) => [
        preferred("Name the variable 'variable'", [putBehind(spot, 'variable')]),
    ]),
    CMD_MISSING_INSTANCE_NAME: nameInstance,
    CMD_INVALID_INSTANCE_NAME: validName,
    CMD_MISSING_COMPONENT_NAME: chooseComponent,
    CMD_INEXISTING_COMPONENT: anyOf(importFile, didYouMean, componentOfFacet, createComponent),
    CMD_CONFLICTING_INSTANCE_NAME: otherName,
    CMD_INVALID_TARGET_ID: chooseTarget,
    CMD_UNRESOLVED_VARIABLE: anyOf(didYouMean, defineGenerated, writeGenerator, defineVariable),
    CMD_MISSING_TARGET_FILE: atSpot((spot) => [
        preferred("Write into '%TMP%/file.txt'", [putBehind(spot, '%TMP%/file.txt')]),
    ]),
    CMD_MISSING_COMMAND_NAME: chooseCommand,
    CMD_INEXISTING_COMMAND: anyOf(didYouMean, createCommand),
    CMD_LOOPING_COMMAND: removeInstruction('Remove this instruction'),
    CMD_NASTY_LOOPING_COMMAND: removeInstruction('Remove this instruction'),
    CMD_INVALID_DATE_PATTERN: usualDate,
    CMD_NO_MIX_FOR_PATTERNS: separateDate,
    CMD_INVALID_INDEX_PATTERN: usualQuery,
    X_UNUSED_VARIABLE: removeInstruction('Remove this definition'),
};
