/** The instructions of command files, slot by slot, for completion, signature help and hover (reference: language, section 5). */

/** What stands in a part of an instruction. */
export type Slot =
    | 'component'
    | 'name'
    | 'parent'
    | 'path'
    | 'rootPath'
    | 'scopedPath'
    | 'target'
    | 'status'
    | 'recipients'
    | 'text'
    | 'variable'
    | 'value'
    | 'file'
    | 'command';

export interface InstructionSlot {
    readonly slot: Slot;
    /** As signatures write it. */
    readonly label: string;
    /** The word before it; empty for the first slot, which follows the head. */
    readonly keyword: string;
    /** What the part is, as a sentence of Markdown. */
    readonly summary: string;
}

export interface InstructionWords {
    /** The words an instruction begins with, in lower case, one blank between them. */
    readonly head: string;
    readonly slots: readonly InstructionSlot[];
    /** How many of the slots must be there. */
    readonly requiredCount: number;
    readonly summary: string;
    readonly example: string;
}

const PATH = 'The path of an instance, such as `/machine/server`.';

function slot(kind: Slot, label: string, summary: string, keyword = ''): InstructionSlot {
    return { slot: kind, label, keyword, summary };
}

function instruction(
    head: string,
    slots: readonly InstructionSlot[],
    words: { readonly summary: string; readonly example: string; readonly requiredCount?: number },
): InstructionWords {
    return { requiredCount: slots.length, ...words, head, slots };
}

const NAME = slot('name', 'name', 'The name of the instance, unique among its siblings.', 'as');
const ON_PATH = [slot('path', '/path', `${PATH} All instances below it are meant too.`)];
const ON_COMPONENT = [slot('component', 'Component', 'All instances of this component are meant.')];
const INTO = slot('file', 'file', 'The path of a file; `%TMP%` in it stands for the temporary directory.', 'into');

/** Every instruction; of those that begin alike, the longer head comes first. */
export const INSTRUCTIONS: readonly InstructionWords[] = [
    instruction(
        'create',
        [
            slot('component', 'Component', 'The component to make an instance of.'),
            NAME,
            slot('parent', '/parent', 'The instance it is placed in. Root components have none.', 'under'),
        ],
        { summary: 'Makes an instance.', example: 'create Tomcat as tomcat under /machine', requiredCount: 2 },
    ),
    instruction('replicate', [slot('rootPath', '/path', 'The path of a root instance.'), NAME], {
        summary: 'Makes a copy of a root instance with all it contains, under another name.',
        example: 'replicate /machine as machine-2',
    }),
    instruction('rename', [slot('path', '/path', PATH), NAME], {
        summary: 'Gives an instance another name.',
        example: 'rename /machine as big-machine',
    }),
    instruction(
        'associate',
        [
            slot('scopedPath', '/path', 'The path of a machine: an instance whose installer is `target`.'),
            slot('target', 'target', 'The `id` of a target.', 'with'),
        ],
        { summary: 'Says on which target a machine is made.', example: 'associate /machine with small-machines' },
    ),
    instruction(
        'change status of',
        [slot('path', '/path', PATH), slot('status', 'status', 'A status an instance can stay in.', 'to')],
        {
            summary: 'Brings one instance to a status.',
            example: 'change status of /machine/tomcat to deployed and started',
        },
    ),
    ...bulkInstructions('deploy and start all', 'Deploys and starts'),
    ...bulkInstructions('stop all', 'Stops'),
    ...bulkInstructions('undeploy all', 'Stops and undeploys'),
    instruction('delete all instances of', ON_COMPONENT, {
        summary: 'Removes all instances of a component from the model, with what they contain.',
        example: 'delete all instances of Tomcat',
    }),
    instruction('delete', ON_PATH, {
        summary: 'Removes an instance and all it contains from the model.',
        example: 'delete /machine/tomcat',
    }),
    instruction(
        'email',
        [
            slot('recipients', 'recipients', 'Addresses, separated by commas; may be left out.'),
            slot('text', 'message', 'The text. The two characters `\\n` break the line.', 'with'),
        ],
        { summary: 'Sends a message.', example: 'email ops@example.net with The machine is back.' },
    ),
    instruction(
        'define',
        [
            slot('variable', 'name', 'The name: `$(name)` means the value in all instructions below.'),
            slot('value', 'value', 'A text; generators such as `$(SMART_INDEX)` may stand in it.', '='),
            slot('parent', '/path', 'Where generators look for paths that exist.', 'under'),
        ],
        {
            summary: 'Defines a variable.',
            example: 'define server = server-$(SMART_INDEX) under /machine',
            requiredCount: 2,
        },
    ),
    instruction('write', [slot('text', 'text', 'What the file shall hold; may be empty.'), INTO], {
        summary: 'Writes a file, over what it holds.',
        example: 'write ready into %TMP%/state.txt',
    }),
    instruction('append', [slot('text', 'text', 'What is added at the end of the file.'), INTO], {
        summary: 'Adds a text to a file.',
        example: 'append scaled up into %TMP%/history.txt',
    }),
    instruction('execute', [slot('command', 'command', 'The name of a commands file, without extension.')], {
        summary: 'Runs another commands file of this application.',
        example: 'execute scale-up',
    }),
];

function bulkInstructions(head: string, verb: string): readonly InstructionWords[] {
    return [
        instruction(`${head} instances of`, ON_COMPONENT, {
            summary: `${verb} all instances of a component.`,
            example: `${head} instances of Tomcat`,
        }),
        instruction(head, ON_PATH, {
            summary: `${verb} an instance and all it contains.`,
            example: `${head} /machine`,
        }),
    ];
}

/** Variables that only `define` may use, with what each stands for. */
export const GENERATORS: readonly { readonly name: string; readonly snippet: string; readonly summary: string }[] = [
    {
        name: 'SMART_INDEX',
        snippet: 'SMART_INDEX',
        summary: 'The smallest number from 1 on that makes a path which does not exist.',
    },
    {
        name: 'EXISTING_INDEX',
        snippet: 'EXISTING_INDEX ${1|MIN,MAX|}',
        summary:
            'The smallest (`MIN`) or largest (`MAX`) number of a path that exists; a bound such as `MAX < 10` may follow.',
    },
    {
        name: 'FORMATTED_TIME',
        snippet: 'FORMATTED_TIME ${1:yyyy-MM-dd}',
        summary: 'The time in a pattern such as `yyyy-MM-dd`. It must be the whole value.',
    },
    { name: 'NANO_TIME', snippet: 'NANO_TIME', summary: 'A clock, in nanoseconds.' },
    { name: 'MILLI_TIME', snippet: 'MILLI_TIME', summary: 'The time, in milliseconds.' },
    { name: 'UUID', snippet: 'UUID', summary: 'A unique identifier.' },
];

/** Statuses an instance can stay in, with what each means. */
export const STATUSES: readonly { readonly name: string; readonly summary: string }[] = [
    { name: 'NOT_DEPLOYED', summary: 'Nothing of the instance is on its machine.' },
    { name: 'DEPLOYED_STOPPED', summary: 'In place, but not started.' },
    { name: 'DEPLOYED_STARTED', summary: 'Started, with all the imports it needs.' },
    { name: 'UNRESOLVED', summary: 'Asked to be started, and waiting for an import it needs.' },
    { name: 'WAITING_FOR_ANCESTOR', summary: 'Asked to be started, and waiting for the instance around it.' },
];

/** An instruction with all its parts: `create Component as name [under /parent]`. */
export function signatureOf({ head, slots, requiredCount }: InstructionWords): string {
    const words = slots.map(({ keyword, label }, index) => {
        const part = keyword === '' ? label : `${keyword} ${label}`;
        return index < requiredCount ? part : `[${part}]`;
    });
    return [head, ...words].join(' ');
}
