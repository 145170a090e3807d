/** What stands under the header of a probe, by its handler (reference: language, section 7). */
import type { Word } from '../model/declarations.ts';
import type { Span } from '../parsing/text-lines.ts';
import { FILE_ACTIONS, NAGIOS_SERVER, REST_OPERATORS, type ProbeHandlerName } from './probe-handlers.ts';

/** Values are as written; `{{ key }}` stays. */
export type ProbeBody =
    | {
          readonly kind: 'file';
          readonly path: string;
          readonly action: keyof typeof FILE_ACTIONS | 'exists';
      }
    | {
          readonly kind: 'nagios';
          readonly query: string;
          /** Null when it is the default. */
          readonly host: string | null;
          readonly port: number | null;
      }
    | {
          readonly kind: 'rest';
          readonly url: string;
          readonly parameter: string;
          readonly operator: string;
          readonly threshold: string;
      }
    | {
          readonly kind: 'docker';
          /** Empty for the default. */
          readonly container: string;
      };

/** The shape of a fault in a body. */
export type BodyFaultShape =
    'fileLines' | 'filePath' | 'fileAction' | 'nagiosQuery' | 'rest' | 'restQuoted' | 'restNumber' | 'docker';

export interface BodyFault {
    readonly shape: BodyFaultShape;
    /** Null for the header: the body is empty. */
    readonly word: Word | null;
}

export interface BodyReading {
    /** Null when Roboconf ignores the probe. */
    readonly body: ProbeBody | null;
    readonly faults: readonly BodyFault[];
}

/** Reads the lines of a body; they have neither blanks at their ends nor are they empty. */
export function readProbeBody(handler: ProbeHandlerName, lines: readonly Word[]): BodyReading {
    switch (handler) {
        case 'file':
            return fileBody(lines);
        case 'nagios':
            return nagiosBody(lines);
        case 'rest':
            return restBody(lines);
        case 'docker':
            return dockerBody(lines);
        default:
            return handler satisfies never;
    }
}

function fileBody(lines: readonly Word[]): BodyReading {
    const [first, second] = lines;
    if (second !== undefined) return { body: null, faults: [{ shape: 'fileLines', word: second }] };
    const text = first?.text ?? '';
    const action = actionOf(text);
    const path = action === 'exists' ? text : text.slice(FILE_ACTIONS[action].length).trim();
    const body: ProbeBody = { kind: 'file', path, action };
    if (path === '') return { body, faults: [{ shape: 'filePath', word: first ?? null }] };
    const isMisspelled = action === 'exists' && /^(?:delete|notify)\b.*\s/i.test(text);
    return { body, faults: isMisspelled ? [{ shape: 'fileAction', word: first ?? null }] : [] };
}

function actionOf(text: string): keyof typeof FILE_ACTIONS | 'exists' {
    const starts = (words: string): boolean =>
        text.toLowerCase().startsWith(words.toLowerCase()) && /^(?:\s|$)/.test(text.slice(words.length));
    if (starts(FILE_ACTIONS.delete)) return 'delete';
    return starts(FILE_ACTIONS.notify) ? 'notify' : 'exists';
}

function nagiosBody(lines: readonly Word[]): BodyReading {
    const first = lines[0] ?? null;
    const server = serverIn(first?.text ?? '');
    const query = server === null ? lines : lines.slice(1);
    const [, host = server, port] = /^(.+):(\d{1,5})$/.exec(server ?? '') ?? [];
    const body: ProbeBody = {
        kind: 'nagios',
        query: query.map(({ text }) => text).join('\n'),
        host,
        port: port === undefined ? null : Number(port),
    };
    return { body, faults: query.length === 0 ? [{ shape: 'nagiosQuery', word: first }] : [] };
}

/** What stands behind the words of a first line about the server; null for another line. */
function serverIn(line: string): string | null {
    const isAbout = line.toLowerCase().startsWith(NAGIOS_SERVER.toLowerCase());
    return isAbout ? line.slice(NAGIOS_SERVER.length).trim() : null;
}

const REST = new RegExp(
    `check\\s+(\\S+)\\s+that\\s+((?:\\w|\\{\\{[^\\s{}]+\\}\\})+)\\s+(${REST_OPERATORS.join('|')})\\s+(\\S+)([^\\n]*)`,
    'di',
);

/** Where the parts of a rest probe stand in its text: URL, parameter, operator, threshold and the rest of the line; null when it is none. */
export function restPartsIn(text: string): readonly Span[] | null {
    const match = REST.exec(withWholeKeys(text));
    if (match === null) return null;
    return [1, 2, 3, 4, 5].map((group) => {
        const [start, end] = match.indices?.[group] ?? [0, 0];
        return { start, end };
    });
}

/** A text as long in which each `{{ key }}` is one word: values are put in before the agent reads it. */
function withWholeKeys(text: string): string {
    return text.replaceAll(/\{\{[ \t]*[^\s{}]+[ \t]*\}\}/g, (key) => key.replaceAll(/[ \t]/g, '_'));
}

function restBody(lines: readonly Word[]): BodyReading {
    const word = lines[0] ?? null;
    const text = lines.map((line) => line.text).join('\n');
    const parts = restPartsIn(text)?.map(({ start, end }) => text.slice(start, end));
    if (parts === undefined) return { body: null, faults: [{ shape: 'rest', word }] };
    const [url = '', parameter = '', operator = '', threshold = '', rest = ''] = parts;
    const shape = thresholdFault(operator, threshold, rest);
    return {
        body: { kind: 'rest', url, parameter, operator, threshold },
        faults: shape === null ? [] : [{ shape, word }],
    };
}

function thresholdFault(operator: string, threshold: string, rest: string): 'restQuoted' | 'restNumber' | null {
    if (/^["']/.test(threshold) && rest.trim() !== '') return 'restQuoted';
    if (operator === '=' || operator === '==' || threshold.includes('{{')) return null;
    return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(threshold) ? null : 'restNumber';
}

function dockerBody(lines: readonly Word[]): BodyReading {
    const [first, second] = lines;
    const container = lines.map(({ text }) => text).join('\n');
    const odd = second ?? (/\s/.test(first?.text.replaceAll(/\{\{[^{}]*\}\}/g, '') ?? '') ? first : undefined);
    return {
        body: { kind: 'docker', container },
        faults: odd === undefined ? [] : [{ shape: 'docker', word: odd }],
    };
}
