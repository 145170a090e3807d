/**
 * What a finding says in the person's language: by its code and its facts, never by its English text. A client that has translations gives
 * them when it connects (`initializationOptions.findings`); what has none is said in English.
 */
import type { Finding } from '../../language/index.ts';
import type { FindingTemplates } from '../protocol.ts';

const FACT = /\{([A-Z_]+)\}/g;

/** Reads the templates of `initializationOptions`; what is not understood is left out. */
export function parseFindingTemplates(options: unknown): FindingTemplates {
    if (typeof options !== 'object' || options === null || !('findings' in options)) return {};
    const { findings } = options;
    if (typeof findings !== 'object' || findings === null) return {};
    const entries: readonly (readonly [string, unknown])[] = Object.entries(findings);
    return Object.fromEntries(
        entries.flatMap(([code, templates]) =>
            Array.isArray(templates) ? [[code, templates.filter((each) => typeof each === 'string')]] : [],
        ),
    );
}

/** The message of a finding, by the templates or as it is. */
export function findingMessage({ code, details, message }: Finding, templates: FindingTemplates): string {
    const shape = details['SHAPE'];
    const ofShape = shape === undefined ? [] : templatesOf(templates, `${code}/${shape}`);
    const usable = [...ofShape, ...templatesOf(templates, code)].find((template) => isUsable(template, details));
    return usable?.replaceAll(FACT, (_, name: string) => details[name] ?? '') ?? message;
}

function templatesOf(templates: FindingTemplates, key: string): readonly string[] {
    return Object.hasOwn(templates, key) ? (templates[key] ?? []) : [];
}

/** An empty fact is none: a sentence about it would have a hole. */
function isUsable(template: string, details: Finding['details']): boolean {
    return [...template.matchAll(FACT)].every(([, name = '']) => Object.hasOwn(details, name) && details[name] !== '');
}
