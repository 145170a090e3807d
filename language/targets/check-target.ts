/** Findings about one target file, each at its place in it (reference: language, sections 4.6 and 8). */
import { baseNameOf } from '../application/paths.ts';
import type { SourceRange } from '../model/application-model.ts';
import type { InstanceTree } from '../model/instance-tree.ts';
import type { ModelCode } from '../validation/codes.ts';
import { reportLeftOut } from '../validation/read-text.ts';
import type { Scope } from '../validation/scope.ts';
import { checkTargetKeys } from './check-target-keys.ts';
import { TARGET_HANDLERS } from './handlers.ts';
import type { TargetFile } from './target-file.ts';

/** A fault that the original reports of a target file as a whole. */
export interface TargetFault {
    readonly code: ModelCode;
    readonly range: SourceRange;
    readonly message: string;
}

/** Properties of targets that instances set. */
export type DataKeys = () => ReadonlySet<string>;

const NOTHING: ReadonlySet<string> = new Set();

/** Where there are no instances. */
export const NO_DATA: DataKeys = () => NOTHING;

/** REC_TARGET_ and X_TARGET_ codes of the file itself. */
export function checkTarget(scope: Scope, target: TargetFile, given: DataKeys): void {
    for (const { code, range, message } of targetFaults(target)) {
        scope.report.add(code, range, message, { details: { FILE: baseNameOf(target.file), SHAPE: 'here' } });
    }
    for (const place of target.properties.leftOut) reportLeftOut(scope.report, place);
    checkHandler(scope, target);
    checkMissingKeys(scope, target, given);
    checkTargetKeys(scope, target);
}

/** REC_TARGET_INVALID_FILE_OR_CONTENT, or else what is missing of id, handler and name. */
export function targetFaults({ properties, entries, id, handlerName, name }: TargetFile): readonly TargetFault[] {
    const message = "Four hexadecimal digits must follow '\\u' in a properties file.";
    const malformed = properties.malformedEscapes.map((range): TargetFault => ({
        code: 'REC_TARGET_INVALID_FILE_OR_CONTENT',
        range,
        message,
    }));
    if (malformed.length > 0) return malformed;
    const missing = (code: ModelCode, key: string, said: string): TargetFault => ({
        code,
        range: entries.get(key)?.keyRange ?? properties.firstLine,
        message: said,
    });
    return [
        ...(id === null ? [missing('REC_TARGET_NO_ID', 'id', "A target needs an id: add 'id = …'.")] : []),
        ...(handlerName === null
            ? [
                  missing(
                      'REC_TARGET_NO_HANDLER',
                      'handler',
                      "A target needs a handler: add 'handler = …', such as local.",
                  ),
              ]
            : []),
        ...(name === null
            ? [missing('REC_TARGET_NO_NAME', 'name', "A target should have a name for people: add 'name = …'.")]
            : []),
    ];
}

function checkHandler(scope: Scope, { handler, handlerName }: TargetFile): void {
    if (handler !== null || handlerName === null || handlerName.text.includes('${')) return;
    const names = TARGET_HANDLERS.map(({ name }) => name);
    // Clouds are often called without what all their handlers begin with.
    const cloud = names.find((name) => name === `iaas-${handlerName.text.toLowerCase()}`);
    const meant = cloud ?? scope.suggestions.closest(handlerName.text, names);
    const known = meant === null ? `Known are ${names.join(', ')}.` : `Did you mean '${meant}'?`;
    const message = `'${handlerName.text}' is not a known handler: machines are made only where it is installed. ${known}`;
    scope.report.add('X_TARGET_UNKNOWN_HANDLER', handlerName.range, message, {
        details: {
            NAME: handlerName.text,
            KNOWN: names.join(', '),
            ...(meant === null ? {} : { SUGGESTION: meant }),
        },
    });
}

/** What instances give as data needs not stand in the file. */
function checkMissingKeys(scope: Scope, { handler, handlerName, entries }: TargetFile, given: DataKeys): void {
    if (handler === null || handlerName === null) return;
    const missing = handler.keys
        .filter(({ key, isRequired }) => isRequired && (entries.get(key)?.value.trim() ?? '') === '')
        .map(({ key }) => key)
        .filter((key) => !given().has(key));
    if (missing.length === 0) return;
    const message = `A target of '${handler.name}' cannot make machines without ${missing.join(', ')}: give each a value.`;
    scope.report.add('X_TARGET_MISSING_KEYS', handlerName.range, message, {
        details: { HANDLER: handler.name, KEYS: missing.join(', ') },
    });
}

/** Properties of targets that some instance sets with `data.<key>`; found when first asked for. */
export function dataKeysIn(tree: InstanceTree): DataKeys {
    let keys: Set<string> | undefined;
    return () => {
        if (keys !== undefined) return keys;
        keys = new Set();
        for (const { declaration } of tree.nodes) for (const key of declaration.data.keys()) keys.add(key);
        return keys;
    };
}
