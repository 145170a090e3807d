/** Findings about the keys and values of one target file. What a secret is appears in no message and no fact. */
import { isMavenModel } from '../application/maven.ts';
import type { PropertyEntry } from '../application/properties.ts';
import { didYouMean, type Scope } from '../validation/scope.ts';
import {
    COMMON_TARGET_KEYS,
    documentedMisspelling,
    handlersReading,
    patternPrefixOf,
    targetKeyOf,
} from './handlers.ts';
import type { TargetFile } from './target-file.ts';
import type { TargetHandler, TargetKey, ValueKind } from './target-key.ts';
import {
    expectedOf,
    inlineCommentIn,
    isOfKind,
    isSecretInClear,
    placeholdersIn,
    secretNameOf,
    soundsSecret,
} from './values.ts';

/** Keys that list the volumes other keys are about, by the beginning of these. */
const VOLUME_LISTS = [
    ['ec2.ebs-', 'ec2.use-block-storage'],
    ['openstack.volume-', 'openstack.use-block-storage'],
    ['openstack.delete-volume-on-termination.', 'openstack.use-block-storage'],
] as const;

/** X_TARGET_ codes of keys and values. */
export function checkTargetKeys(scope: Scope, target: TargetFile): void {
    for (const entry of target.properties.entries) {
        const winner = target.entries.get(entry.key);
        if (winner !== undefined && winner !== entry) reportRepeated(scope, entry, winner);
        else checkEntry(scope, target, entry);
    }
}

function reportRepeated(scope: Scope, { key, keyRange }: PropertyEntry, winner: PropertyEntry): void {
    const message = `'${key}' is set again below: only the last value counts.`;
    scope.report.add('X_TARGET_DUPLICATE_KEY', keyRange, message, {
        details: { NAME: key },
        related: [{ message: 'This value counts.', range: winner.keyRange }],
    });
}

function checkEntry(scope: Scope, target: TargetFile, entry: PropertyEntry): void {
    const key = targetKeyOf(target.handler, entry.key);
    if (key === null) reportUnread(scope, target, entry);
    else checkVolume(scope, target, entry, key);
    if (entry.key === UNVERIFIED && key !== null) reportUnverified(scope, entry);
    const isSecret = key?.value.kind === 'secret' || ((key === null || isOpen(key)) && soundsSecret(entry.key));
    if (isSecret) return checkSecret(scope, entry);
    if (key === null || COMMON_TARGET_KEYS.includes(key)) return;
    checkValue(scope, entry, key);
}

/** Whether a person chose a part of the key. */
function isOpen({ key }: TargetKey): boolean {
    return patternPrefixOf(key) !== null;
}

/** Of an unknown handler nobody knows the keys. */
function reportUnread(scope: Scope, { handler, handlerName }: TargetFile, entry: PropertyEntry): void {
    if (handler !== null) reportUnknown(scope, handler, entry);
    else if (handlerName === null) reportMisspelled(scope, entry);
}

function reportUnknown(scope: Scope, handler: TargetHandler, { key, keyRange }: PropertyEntry): void {
    const [other] = handlersReading(key);
    if (other !== undefined) {
        const message = `'${key}' is a key of the handler '${other.name}': '${handler.name}' ignores it.`;
        return scope.report.add('X_TARGET_UNKNOWN_KEY', keyRange, message, {
            details: { NAME: key, HANDLER: handler.name, OTHER: other.name, SHAPE: 'otherHandler' },
        });
    }
    const meant = documentedMisspelling(key) ?? longerSpelling(handler, key);
    const { hint, details } =
        meant === null
            ? didYouMean(scope, key, spellingsNear(handler, key))
            : { hint: ` Did you mean '${meant}'?`, details: { SUGGESTION: meant } };
    const message = `'${key}' is not a key of the handler '${handler.name}': it is ignored.${hint}`;
    scope.report.add('X_TARGET_UNKNOWN_KEY', keyRange, message, {
        details: { NAME: key, HANDLER: handler.name, ...details },
    });
}

/** The one key that goes on behind what is written. */
function longerSpelling(handler: TargetHandler, written: string): string | null {
    const [only, ...others] = handler.keys.filter(({ key }) => key.startsWith(`${written}.`) && !key.endsWith('>'));
    return only === undefined || others.length > 0 ? null : only.key;
}

/** While no handler is known, only a slip in what every target has can be told. */
function reportMisspelled(scope: Scope, { key, keyRange }: PropertyEntry): void {
    const names = COMMON_TARGET_KEYS.map((common) => common.key);
    const { hint, details } = didYouMean(scope, key, names);
    if (hint === '' || handlersReading(key).length > 0) return;
    const message = `'${key}' is none of the keys that all targets have: ${names.join(', ')}.${hint}`;
    scope.report.add('X_TARGET_UNKNOWN_KEY', keyRange, message, {
        details: { NAME: key, KNOWN: names.join(', '), SHAPE: 'noHandler', ...details },
    });
}

/** All keys; patterns with what stands behind the last dot of the one that is looked for. */
function spellingsNear(handler: TargetHandler, written: string): readonly string[] {
    const tail = written.slice(written.lastIndexOf('.') + 1);
    return [...COMMON_TARGET_KEYS, ...handler.keys].map(({ key }) => {
        const prefix = patternPrefixOf(key);
        return prefix === null ? key : prefix + tail;
    });
}

function checkVolume(scope: Scope, target: TargetFile, entry: PropertyEntry, { key }: TargetKey): void {
    const prefix = patternPrefixOf(key);
    const list = VOLUME_LISTS.find(([begin]) => key.startsWith(begin))?.[1];
    if (prefix === null || list === undefined) return;
    const volume = entry.key.slice(prefix.length);
    const listed = target.entries.get(list)?.value ?? '';
    if (placeholdersIn(listed).length > 0 || listed.split(',').some((item) => item.trim() === volume)) return;
    const message = `'${entry.key}' is ignored: '${list}' does not list the volume '${volume}'.`;
    scope.report.add('X_TARGET_UNKNOWN_KEY', entry.keyRange, message, {
        details: { NAME: entry.key, KEY: list, VOLUME: volume, SHAPE: 'volume' },
    });
}

const UNVERIFIED = 'scp.disable.host.validation';

function reportUnverified(scope: Scope, { key, value, keyRange }: PropertyEntry): void {
    if (value.trim().toLowerCase() !== 'true') return;
    const message = `With '${key}' any host key is accepted: anybody on the way can pose as these machines. Remove it, and give the fingerprints of their keys by 'hostkey.<host>', or approve them once.`;
    scope.report.add('X_TARGET_UNVERIFIED_HOSTS', keyRange, message, { details: { NAME: key } });
}

function checkSecret(scope: Scope, entry: PropertyEntry): void {
    if (isSecretInClear(entry.value)) {
        const name = secretNameOf(entry.key);
        const message = `The secret '${entry.key}' stands here for everybody to read: write \${secret:${name}} or \${env:${name}}, and give the value there.`;
        return scope.report.add('X_TARGET_SECRET_IN_CLEAR', entry.valueRange, message, {
            details: { NAME: entry.key, SECRET: name, SUGGESTION: `\${secret:${name}}` },
        });
    }
    checkPlaceholders(scope, entry);
}

/** What cannot be read hides nothing else about the same value: one cure at a time. */
function checkValue(scope: Scope, entry: PropertyEntry, { value: kind, key }: TargetKey): void {
    const comment = inlineCommentIn(entry.value);
    if (comment !== null) {
        const message = `A comment cannot stand behind a value: it becomes a part of '${entry.key}'. Put it on a line of its own.`;
        return scope.report.add('X_TARGET_INLINE_COMMENT', entry.rangeOfPart(comment, entry.value.length), message, {
            details: { NAME: entry.key, VALUE: entry.value.slice(0, comment).trim() },
        });
    }
    const text = entry.value.trim();
    if (placeholdersIn(text).length > 0) return checkPlaceholders(scope, entry);
    if (text === '' || isOfKind(text, kind)) return;
    const message = `'${text}' is not a value of '${entry.key}': write ${expectedOf(kind)}.`;
    scope.report.add('X_TARGET_INVALID_VALUE', entry.valueRange, message, {
        details: { NAME: entry.key, KEY: key, UNEXPECTED: text, EXPECTED: expectedOf(kind), ...kindFacts(kind) },
    });
}

/** What messages in other languages are made from. */
function kindFacts(kind: ValueKind): Readonly<Record<string, string>> {
    switch (kind.kind) {
        case 'integer':
            return { SHAPE: kind.kind, LEAST: String(kind.least) };
        case 'url':
            return { SHAPE: kind.kind, SCHEMES: kind.schemes.map((scheme) => `${scheme}://`).join(', ') };
        case 'choice':
            return { SHAPE: kind.kind, CHOICES: kind.choices.join(', ') };
        case 'text':
        case 'secret':
        case 'path':
        case 'boolean':
        case 'addresses':
        case 'host':
        case 'hosts':
        case 'words':
            return { SHAPE: kind.kind };
        default:
            return kind satisfies never;
    }
}

function checkPlaceholders(scope: Scope, entry: PropertyEntry): void {
    const isFiltered = isMavenModel(scope.analysis.directory);
    for (const { text, start, end, isWellFormed } of placeholdersIn(entry.value)) {
        if (isWellFormed || (isFiltered && /^\$\{[^}]+\}$/.test(text))) continue;
        const message = `'${text}' stands for nothing: write \${env:NAME}, \${secret:NAME} or {{ ip }}.`;
        scope.report.add('X_TARGET_INVALID_PLACEHOLDER', entry.rangeOfPart(start, end), message, {
            details: { NAME: entry.key, UNEXPECTED: text },
        });
    }
}
