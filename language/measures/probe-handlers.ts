/** What probes can watch, once: what the parser reads, the editor proposes and explains, and the colours are made from (reference: language, section 7). */
import type { Keyword } from '../keywords.ts';

/** What a probe asks. */
export type ProbeHandlerName = 'file' | 'nagios' | 'rest' | 'docker';

export interface ProbeHandler extends Keyword {
    readonly name: ProbeHandlerName;
    /** What stands under the header, in words. */
    readonly form: string;
}

/** Letter case does not matter. */
export const PROBE_HANDLERS: readonly ProbeHandler[] = [
    {
        name: 'file',
        form: '[Delete if exists | Notify if not exists] path',
        summary:
            'Emits the event when a file exists; with `Notify if not exists` when it does not. `Delete if exists` removes it as well. One line.',
        example: '[EVENT file out-of-order]\nDelete if exists /tmp/out-of-order',
    },
    {
        name: 'rest',
        form: 'Check URL that name operator value',
        summary:
            'Emits the event when a value in the JSON answer of a web service meets a condition: `=`, `==`, `>`, `>=`, `<` or `<=`, with blanks around.',
        example: '[EVENT rest high-load]\nCheck http://localhost:8080/load that average > 0.8',
    },
    {
        name: 'nagios',
        form: '[Nagios configuration at URL] query',
        summary:
            'Emits the event with the answer to a LiveStatus query. Without a first line `Nagios configuration at host:port`, `localhost:50000` is asked.',
        example: '[EVENT nagios hosts]\nGET hosts\nColumns: host_name',
    },
    {
        name: 'docker',
        form: '[container]',
        summary:
            'Emits the event when a Docker container does not run. Its name may mention `ROBOCONF_INSTANCE_NAME` and the like; by default it is `ROBOCONF_CLEAN_REVERSED_INSTANCE_PATH`.',
        example: '[EVENT docker container-lost]\nweb-ROBOCONF_INSTANCE_NAME',
    },
];

/** The first words of a line of a file probe. Letter case does not matter; between the words stands exactly one blank. */
export const FILE_ACTIONS = {
    delete: 'Delete if exists',
    notify: 'Notify if not exists',
} as const;

/** The first words of a nagios probe that asks another server. */
export const NAGIOS_SERVER = 'Nagios configuration at';

/** Comparisons of a rest probe, the longest first. */
export const REST_OPERATORS: readonly string[] = ['==', '>=', '<=', '=', '>', '<'];

/** The handler with this name in any letter case; undefined when there is none. */
export function probeHandlerCalled(name: string): ProbeHandler | undefined {
    return PROBE_HANDLERS.find((handler) => handler.name === name.toLowerCase());
}
