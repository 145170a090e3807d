/** Cures that make or move files: layout of an application, recipes (reference: language, sections 1, 4.5 and 4.6). */
import { recipeFiles } from '../../../language/index.ts';
import {
    anyOf,
    atSpot,
    type Change,
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
    type Site,
} from './fix.ts';
import {
    addGraphEntry,
    DESCRIPTOR,
    descriptorText,
    entryFile,
    FIRST_GRAPH,
    ORDER,
    setKey,
    valueOfKey,
} from './key-files.ts';
import { addImport, commentAbove, removeBlocks } from './lines.ts';
import { type BlockLines, itemAt } from './properties.ts';
import type { SourceText } from './source-text.ts';
import { baseNameOf, componentModel, freeName } from './types.ts';

const createDescriptor: Cure = (_, site) => {
    const graph = entryFile(site, 'graph') === undefined ? [create('graph/main.graph', FIRST_GRAPH)] : [];
    return [preferred(`Create the file '${DESCRIPTOR}'`, [create(DESCRIPTOR, descriptorText(site)), ...graph])];
};

const createGraph: Cure = (_, site) => {
    const source = site.textOf(DESCRIPTOR);
    const entry = /^\s*(?:application-)?graph-entry-point\s*[=:]\s*(?<entry>\S+)/m.exec(source?.text ?? '')?.groups?.[
        'entry'
    ];
    const file = `graph/${entry ?? 'main.graph'}`;
    if (site.textOf(file) !== undefined || file.includes('..')) return [];
    return [preferred(`Create the file '${file}'`, [create(file, FIRST_GRAPH)])];
};

/** Another file is there to begin with; or the one that is named is made. */
const entryPoint = (root: 'graph' | 'instances'): Cure =>
    anyOf(
        didYouMean,
        atSpot((spot) => {
            const entry = entryFile(spot.site, root);
            if (entry === undefined || entry === spot.fact('SUGGESTION')) return [];
            return [preferred(`Change to '${entry}'`, [replaceSpot(spot, entry)])];
        }),
        ({ details }, site) => {
            const path = details['PATH'];
            if (path === undefined || site.textOf(path) !== undefined) return [];
            const change = create(path, root === 'graph' ? FIRST_GRAPH : '');
            return [preferred(`Create the file '${path}'`, [change])];
        },
    );

/** The instances cannot be checked without a graph: what mends the entry point mends this. */
const findGraph: Cure = (_, site) => {
    const missing = site.application.findings.find(
        ({ code }) => code === 'PROJ_MISSING_GRAPH_EP' || code === 'RM_MISSING_APPLICATION_GEP',
    );
    if (missing === undefined) return [];
    const isGiven = missing.code === 'PROJ_MISSING_GRAPH_EP';
    return (isGiven ? entryPoint('graph') : addGraphEntry)(missing, site);
};

/** Every graph or instances file that belongs to the application may import a stray one; the entry point is the likeliest. */
const importStray: Cure = (finding, site) => {
    const file = finding.range?.file ?? '';
    const root = file.startsWith('graph/') ? 'graph' : 'instances';
    const entry = site.application.files.find((one) => one.startsWith(`${root}/`) && one.endsWith(`.${root}`));
    const source = entry === undefined ? undefined : site.textOf(entry);
    if (source === undefined || !file.startsWith(`${root}/`)) return [];
    const path = file.slice(root.length + 1);
    return [preferred(`Import '${path}' in ${baseNameOf(source.file)}`, [addImport(source, path)])];
};

/** Moves a file into the directory it belongs to. */
const moveStray: Cure = (finding, site) => {
    const file = finding.range?.file ?? '';
    const root = /\.graph$/i.test(file) ? 'graph' : 'instances';
    const to = `${root}/${baseNameOf(file)}`;
    if (file === '' || site.textOf(to) !== undefined) return [];
    return [preferred(`Move it to '${to}'`, [rename(file, to)])];
};

/** Gives a file the extension its directory asks for. */
const changeExtension =
    (extension: string): Cure =>
    (finding, site) => {
        const file = finding.range?.file ?? '';
        const to = `${file.replace(/\.[^./]*$/, '')}${extension}`;
        if (file === '' || site.textOf(to) !== undefined) return [];
        return [preferred(`Rename it to '${baseNameOf(to)}'`, [rename(file, to)])];
    };

/** The instances of a graph file go to a file of their own, which becomes a part of the instances. */
const separateInstances: Cure = atSpot(({ source, site, range }) => {
    const blocks = instanceBlocks(source);
    const bare = baseNameOf(range.file).replace(/\.[^.]*$/, '');
    const name = `${freeName(bare, (one) => site.textOf(`instances/${one}.instances`) !== undefined)}.instances`;
    const descriptor = site.textOf(DESCRIPTOR);
    if (blocks.length === 0 || descriptor === undefined) return [];
    const texts = blocks.map((block) => textOfBlock(source, block));
    const entry = valueOfKey(descriptor, 'instance-entry-point');
    const home = entry === null ? undefined : site.textOf(`instances/${entry}`);
    // A file cannot become a part of itself.
    if (home?.file === source.file) return [];
    const reach = home === undefined ? setKey(descriptor, 'instance-entry-point', name, ORDER) : addImport(home, name);
    return [
        preferred(`Move the instances to 'instances/${name}'`, [
            ...removeBlocks(source, blocks),
            create(`instances/${name}`, `${texts.join('\n\n')}\n`),
            reach,
        ]),
    ];
});

function textOfBlock(source: SourceText, { line, endLine }: BlockLines): string {
    const lines = source.lines.slice(line - 1, endLine).map(({ text }) => text);
    return [...commentAbove(source, line), ...lines].join('\n');
}

/** Whole blocks of instances that begin in the first column. */
function instanceBlocks({ lines }: SourceText): readonly BlockLines[] {
    return lines
        .filter(({ code }) => /^instance of\s.*\{$/i.test(code))
        .flatMap(({ number }) => {
            const last = lines.slice(number).find(({ code }) => /^\S/.test(code));
            return last?.code === '}' ? [{ line: number, endLine: last.number }] : [];
        });
}

const createRecipe: Cure = (finding, site) => {
    const name = finding.details['COMPONENT'] ?? '';
    const component = componentModel(site, name);
    if (component === undefined) return [];
    const files = recipeFiles(site.application.model, component);
    const changes = files.map(({ path, content }) => create(path, content));
    return [preferred(`Create the recipe 'graph/${name}'`, changes)];
};

/** Scripts that stand beside the place where they belong are moved there; without any, skeletons are made. */
const createScripts: Cure = (finding, site) => {
    const { COMPONENT: name = '', DIRECTORY: directory = `graph/${name}` } = finding.details;
    const strays = site.filesBelow(directory).filter((file) => /^[^/]+\.(?:sh|py|pl|rb)$/i.test(file));
    const component = componentModel(site, name);
    const skeletons = component === undefined ? [] : recipeFiles(site.application.model, component);
    const made = skeletons.map(({ path, content }) => create(`${directory}/scripts/${baseNameOf(path)}`, content));
    const moved = strays.map((file) => rename(`${directory}/${file}`, `${directory}/scripts/${file}`));
    const title = `Create '${directory}/scripts'`;
    if (strays.length === 0) return [preferred(title, made)];
    return [preferred(`Move the scripts to '${directory}/scripts'`, moved), fix(title, made)];
};

const PARAMETERS = /class [^(]+\((?<list>[^)]*)\)/i;

/** Adds a parameter to the class of a manifest. */
const addParameter =
    (parameterOf: (details: Readonly<Record<string, string>>) => string): Cure =>
    ({ details }, site) => {
        const source = site.textOf(details['FILE'] ?? '');
        const match = PARAMETERS.exec(source?.text ?? '');
        const parameter = parameterOf(details);
        if (source === undefined || match === null || parameter === '') return [];
        const list = match.groups?.['list'] ?? '';
        const at = match.index + match[0].length - 1 - (list.length - list.trimEnd().length);
        const before = list.trim() === '' ? '' : list.trimEnd().endsWith(',') ? ' ' : ', ';
        const change = insert(source, at, `${before}${parameter} = undef`);
        return [preferred(`Add the parameter '${parameter}' in ${baseNameOf(source.file)}`, [change])];
    };

function puppetClass(name: string): string {
    return `roboconf_${name.toLowerCase().replaceAll(/[^a-z0-9_]/g, '_')}`;
}

const createModule: Cure = (finding, site) => {
    const { COMPONENT: name = '', DIRECTORY: directory = `graph/${name}` } = finding.details;
    const module = puppetClass(name);
    const prefixes = (componentModel(site, name)?.imports ?? []).map(
        (item) => `$${item.name.slice(0, item.name.indexOf('.')).toLowerCase()}`,
    );
    const parameters = ['$runningState', '$importDiff', ...new Set(prefixes)].map((one) => `${one} = undef`);
    const text = `class ${module}(${parameters.join(', ')}) {\n}\n`;
    return [preferred(`Create the module '${module}'`, [create(`${directory}/${module}/manifests/init.pp`, text)])];
};

/** `Type.*` becomes the list of what it stands for. */
const expandWildcard: Cure = atSpot(({ source, start, site }) => {
    const found = itemAt(source, start);
    if (found === undefined) return [];
    const { item } = found;
    const match = /^(?<before>external\s+)?(?<prefix>[\w-]+)\.\*(?<behind>.*)$/i.exec(item.text);
    const { before = '', prefix = '', behind = '' } = match?.groups ?? {};
    const names = exportedUnder(site, prefix);
    if (names.length === 0) return [];
    const text = names.map((name) => `${before}${name}${behind}`).join(', ');
    return [preferred(`Import the variables of '${prefix}' one by one`, [replace(source, item.start, item.end, text)])];
});

function exportedUnder({ application }: Site, prefix: string): readonly string[] {
    const names = application.model.components.flatMap(({ exports }) => Object.keys(exports));
    return [...new Set(names.filter((name) => name.startsWith(`${prefix}.`)))].sort();
}

/** Target files of sub-directories are moved up. */
const moveTargets: Cure = (finding, site) => {
    const directory = finding.details['DIRECTORY'] ?? '';
    const files = site.filesBelow(directory).filter((file) => file.includes('/') && /\.properties$/i.test(file));
    const names = new Set(files.map(baseNameOf));
    const changes: readonly Change[] = files.map((file) =>
        rename(`${directory}/${file}`, `${directory}/${baseNameOf(file)}`),
    );
    return names.size < files.length || files.length === 0
        ? []
        : [preferred(`Move the target files to '${directory}'`, changes)];
};

export const PROJECT_CURES: Cures = {
    P_INVALID_FILE_TYPE: separateInstances,
    CO_GRAPH_COULD_NOT_BE_BUILT: findGraph,
    PROJ_MISSING_GRAPH_EP: entryPoint('graph'),
    PROJ_MISSING_INSTANCE_EP: entryPoint('instances'),
    PROJ_NO_DESC_DIR: createDescriptor,
    PROJ_NO_DESC_FILE: createDescriptor,
    PROJ_NO_GRAPH_DIR: createGraph,
    PROJ_NO_RESOURCE_DIRECTORY: createRecipe,
    PROJ_INVALID_COMMAND_EXT: changeExtension('.commands'),
    PROJ_INVALID_RULE_EXT: changeExtension('.drl'),
    PROJ_UNREACHABLE_FILE: importStray,
    PROJ_INVALID_FILE_LOCATION: moveStray,
    RM_MISSING_APPLICATION_GRAPHS: createGraph,
    REC_PUPPET_DISLIKES_WILDCARD_IMPORTS: expandWildcard,
    REC_PUPPET_HAS_NO_RBCF_MODULE: createModule,
    REC_PUPPET_MISSING_PARAM_IMPORT_DIFF: addParameter(() => '$importDiff'),
    REC_PUPPET_MISSING_PARAM_RUNNING_STATE: addParameter(() => '$runningState'),
    REC_PUPPET_MISSING_PARAM_FROM_IMPORT: addParameter((details) => details['PARAMETER'] ?? ''),
    REC_SCRIPT_NO_SCRIPTS_DIR: anyOf(createScripts),
    REC_TARGET_NO_PROPERTIES: moveTargets,
};
