/**
 * DOOR: the words of the modelling language, once. Completion, hover and the highlighting grammars are made from this table.
 * Imports nothing, so that scripts can read it before anything is built. Reference: language, sections 2.4 and 2.7.
 */

/** Where a property may stand. */
export type BlockKind = 'component' | 'facet' | 'instance';

/** A property name the language gives a meaning to. Names are case-sensitive. */
export interface PropertyKeyword {
    readonly name: string;
    readonly blocks: readonly BlockKind[];
    /** Whether a block may hold it several times. */
    readonly isRepeatable: boolean;
    /** Whether people write it; the others are written by a running platform. */
    readonly isForPeople: boolean;
    /** One or two sentences of Markdown. */
    readonly summary: string;
    readonly example: string;
}

/** A word that is not a property name. Letter case does not matter. */
export interface Keyword {
    readonly name: string;
    readonly summary: string;
    readonly example: string;
}

export const PROPERTIES: readonly PropertyKeyword[] = [
    {
        name: 'installer',
        blocks: ['component'],
        isRepeatable: false,
        isForPeople: true,
        summary:
            'What deploys instances of this component: `target` for machines, `script` for shell scripts, `logger` to only log, or another plug-in. Inherited through `extends`.',
        example: 'installer: script;',
    },
    {
        name: 'children',
        blocks: ['component', 'facet'],
        isRepeatable: false,
        isForPeople: true,
        summary: 'The components and facets whose instances may be placed inside instances of this type.',
        example: 'children: Tomcat, deployable;',
    },
    {
        name: 'exports',
        blocks: ['component', 'facet'],
        isRepeatable: true,
        isForPeople: true,
        summary:
            'Variables that instances publish to the others, with default values. `ip` is set when the instance runs; `random[port]` asks for a free port.',
        example: 'exports: ip, port = 8080;',
    },
    {
        name: 'imports',
        blocks: ['component'],
        isRepeatable: true,
        isForPeople: true,
        summary:
            'Variables this component needs from other instances before it can start, with the prefix of the type that exports them. `(optional)` ones do not hold it back.',
        example: 'imports: MySQL.ip, MySQL.port;',
    },
    {
        name: 'facets',
        blocks: ['component'],
        isRepeatable: false,
        isForPeople: true,
        summary: 'Facets this component has: it takes over their exports and children.',
        example: 'facets: deployable;',
    },
    {
        name: 'extends',
        blocks: ['component', 'facet'],
        isRepeatable: false,
        isForPeople: true,
        summary:
            'What this type takes over from: one component for a component, any number of facets for a facet. Exports, imports, children and the installer are inherited.',
        example: 'extends: Tomcat;',
    },
    {
        name: 'name',
        blocks: ['instance'],
        isRepeatable: false,
        isForPeople: true,
        summary: "The instance's name, unique among its siblings. Required.",
        example: 'name: tomcat;',
    },
    {
        name: 'count',
        blocks: ['instance'],
        isRepeatable: false,
        isForPeople: true,
        summary: 'Makes this many copies of the instance and all it contains; a number is added to the name of each.',
        example: 'count: 3;',
    },
    {
        name: 'channels',
        blocks: ['instance'],
        isRepeatable: false,
        isForPeople: true,
        summary: 'Names of the channels this instance belongs to, separated by commas.',
        example: 'channels: production;',
    },
    {
        name: 'instance-data',
        blocks: ['instance'],
        isRepeatable: false,
        isForPeople: false,
        summary:
            'Runtime data, written by a running platform when it saves its state. Use `data.<key>` in files of your own.',
        example: 'instance-data: ip.address = 192.168.1.10;',
    },
    {
        name: 'instance-state',
        blocks: ['instance'],
        isRepeatable: false,
        isForPeople: false,
        summary: 'The status the instance had, written by a running platform when it saves its state.',
        example: 'instance-state: DEPLOYED_STARTED;',
    },
];

/** The words that start a line outside properties. `instance of` takes exactly one space. */
export const BLOCK_KEYWORDS = {
    import: {
        name: 'import',
        summary:
            'Takes in another file. The path starts at the `graph/` (or `instances/`) directory of the application, never at this file.',
        example: 'import parts/database.graph;',
    },
    facet: {
        name: 'facet',
        summary: 'Starts a facet: exports and children that several components share.',
        example: 'facet deployable {',
    },
    instanceOf: {
        name: 'instance of',
        summary: 'Starts an instance of a component. Instances inside it run on it.',
        example: 'instance of Tomcat {',
    },
} as const satisfies Readonly<Record<string, Keyword>>;

/** Words with a meaning inside the values of `exports` and `imports`, and before the key of runtime data. */
export const VALUE_KEYWORDS = {
    external: {
        name: 'external',
        summary: 'The variable comes from another application, through the exports of its descriptor.',
        example: 'imports: external Shop.url;',
    },
    optional: {
        name: '(optional)',
        summary: 'The component can start without this import.',
        example: 'imports: Cache.ip (optional);',
    },
    random: {
        name: 'random',
        summary: 'A value chosen when the instance is deployed. The only kind is `port`: a free port of the machine.',
        example: 'exports: random[port] port;',
    },
    data: {
        name: 'data.',
        summary:
            'Data for the machine of a root instance, such as `data.ip.address`. It overrides the target property of the same name.',
        example: 'data.ip.address: 127.0.0.1;',
    },
} as const satisfies Readonly<Record<string, Keyword>>;

/** Variables of an instance that values may mention, `$(NAME)` (reference: language, section 2.8). */
export const INSTANCE_VARIABLES: readonly string[] = [
    'ROBOCONF_INSTANCE_NAME',
    'ROBOCONF_INSTANCE_PATH',
    'ROBOCONF_COMPONENT_NAME',
    'ROBOCONF_CLEAN_INSTANCE_PATH',
    'ROBOCONF_CLEAN_REVERSED_INSTANCE_PATH',
];

/** Installers with what each does; others exist as plug-ins. */
export const INSTALLERS: readonly Keyword[] = [
    {
        name: 'target',
        summary: 'A machine: created and destroyed, never scripted. Root components need it.',
        example: 'installer: target;',
    },
    {
        name: 'script',
        summary: 'Runs the scripts of the recipe directory for each phase.',
        example: 'installer: script;',
    },
    { name: 'logger', summary: 'Only writes a log line for each phase.', example: 'installer: logger;' },
    {
        name: 'file',
        summary: 'Copies, writes and deletes files listed in the recipe directory.',
        example: 'installer: file;',
    },
    { name: 'puppet', summary: 'Applies the Puppet module of the recipe directory.', example: 'installer: puppet;' },
];

/** Keys of `descriptor/application.properties` (reference: language, section 1.1). */
export const DESCRIPTOR_KEYS: readonly (Keyword & { readonly isRequired: boolean })[] = [
    { name: 'name', isRequired: true, summary: "The application's name.", example: 'name = Shop' },
    {
        name: 'version',
        isRequired: true,
        summary: 'The version: `1.0`, `1.0.2`, `1.0-SNAPSHOT`.',
        example: 'version = 1.0.0',
    },
    {
        name: 'dsl-id',
        isRequired: true,
        summary: 'The version of the modelling language.',
        example: 'dsl-id = roboconf-1.0',
    },
    {
        name: 'graph-entry-point',
        isRequired: true,
        summary: 'The first graph file, relative to `graph/`.',
        example: 'graph-entry-point = main.graph',
    },
    {
        name: 'instance-entry-point',
        isRequired: false,
        summary: 'The first instances file, relative to `instances/`. Without it no instance is loaded.',
        example: 'instance-entry-point = main.instances',
    },
    {
        name: 'description',
        isRequired: false,
        summary: 'What the application is for.',
        example: 'description = A shop',
    },
    {
        name: 'tags',
        isRequired: false,
        summary: 'Words to find it by, separated by commas.',
        example: 'tags = web, demo',
    },
    {
        name: 'exports-prefix',
        isRequired: false,
        summary: 'The prefix under which other applications see the variables of `exports`.',
        example: 'exports-prefix = Shop',
    },
    {
        name: 'exports',
        isRequired: false,
        summary: 'Variables offered to other applications: `<graph variable> as <name>`, separated by commas.',
        example: 'exports = Apache.url as url',
    },
];
