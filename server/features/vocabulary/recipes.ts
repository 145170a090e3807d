/** The words of `recipe.properties` and `instructions.properties`, for completion and hover (reference: language, section 9; docs/recipes.md). */
import type { Keyword, RecipePhase } from '../../../language/index.ts';

/** The phases of a step in the order they run, with what each is for. */
export const PHASES: Readonly<Record<RecipePhase, string>> = {
    deploy: 'Puts an instance in place.',
    start: 'Starts it, once all it needs is there.',
    update: 'Runs when an import came, changed or went while the instance is started.',
    stop: 'Stops it.',
    undeploy: 'Takes away what `deploy` has put in place.',
};

/** The names of the phases, in their order. */
export const PHASE_NAMES: readonly RecipePhase[] = ['deploy', 'start', 'update', 'stop', 'undeploy'];

/** A key of `recipe.properties`: for all phases, or behind the name of one. */
export interface PolicyWord extends Keyword {
    readonly samples: readonly string[];
    /** The only phases it has a meaning for; absent = all. */
    readonly phases?: readonly RecipePhase[];
}

export const POLICIES: readonly PolicyWord[] = [
    {
        name: 'timeout',
        summary:
            'How long a step may take; after it, everything the step started is ended. 10 minutes when nothing is said.',
        example: 'timeout = 5m',
        samples: ['30s', '5m', '1h'],
    },
    {
        name: 'retries',
        summary: 'How many more times a failed step is tried. Only what may run twice should have any.',
        example: 'start.retries = 3',
        samples: ['1', '3'],
    },
    {
        name: 'retry.delay',
        summary: 'How long to wait between a failure and the next try; one second when nothing is said.',
        example: 'start.retry.delay = 2s',
        samples: ['2s', '10s'],
    },
    {
        name: 'retry.factor',
        summary: 'Each delay is the one before times this; 2 when nothing is said.',
        example: 'retry.factor = 1.5',
        samples: ['1', '2'],
    },
    {
        name: 'cascade',
        summary:
            'Whether the recipe is run when the parent goes the same way; `false` where the recipe of the parent does it all. For `stop` and `undeploy`.',
        example: 'stop.cascade = false',
        samples: ['false', 'true'],
        phases: ['stop', 'undeploy'],
    },
];

/** What an instruction of the installer `file` does. */
export interface FileAction extends Keyword {
    /** The value as a snippet. */
    readonly value: string;
}

export const FILE_ACTIONS: readonly FileAction[] = [
    {
        name: 'download',
        summary: 'Downloads a file from an address; the next instructions call it `roboconf_tmp_file`.',
        example: 'deploy.1.download = https://example.net/app.zip',
        value: '${1:https://}',
    },
    {
        name: 'copy',
        summary: 'Copies a file, `source -> target`. A relative source lies in the recipe folder.',
        example: 'deploy.2.copy = files/app.conf -> /etc/app.conf',
        value: '${1:source} -> ${2:target}',
    },
    {
        name: 'move',
        summary: 'Moves a file, `source -> target`.',
        example: 'deploy.3.move = roboconf_tmp_file -> /opt/app.zip',
        value: '${1:source} -> ${2:target}',
    },
    {
        name: 'delete',
        summary: 'Deletes a file or a directory.',
        example: 'undeploy.1.delete = /opt/app.zip',
        value: '${1:path}',
    },
];

/** What the folder of a recipe must hold, by the name of its installer in lower case; as Markdown. */
export const RECIPE_FOLDERS: Readonly<Record<string, string>> = {
    script: '`scripts/<phase>.sh`, or any file of `scripts/` called as the phase, or templates in `roboconf-templates/`; data in `files/`',
    puppet: 'one module folder `roboconf_…` with `manifests/<phase>.pp` or `manifests/init.pp`',
    file: '`instructions.properties`, with lines such as `deploy.1.copy = files/app.conf -> /etc/app.conf`',
    target: '`*.properties` files, each a target; `target.properties` is the default one',
    logger: 'nothing: each phase writes one line to the log',
};
