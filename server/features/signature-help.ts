/** `textDocument/signatureHelp`: the parts of what is being written, and which one it is. */
import type { MarkupContent, Position, SignatureHelp, SignatureHelpContext } from 'vscode-languageserver/node';
import { SignatureHelpTriggerKind } from 'vscode-languageserver/node';
import { type FileKind, PROBE_HANDLERS, PROPERTIES, RULE_ATTRIBUTES, VALUE_KEYWORDS } from '../../language/index.ts';
import type { FileView } from '../workspace/units.ts';
import { commandsPlaceAt, slotAt } from './commands-context.ts';
import { type LineContext, lineContextAt, type Lines } from './line-context.ts';
import { measuresPlaceAt } from './measures-context.ts';
import { rulesPlaceAt } from './rules-context.ts';
import { scopeOf, simpleNameOf, typeOf, variablesOf } from './scope.ts';
import { signatureOf } from './vocabulary/commands.ts';
import { escapeMarkdown, inlineCode, valueWords } from './wording.ts';

export interface SignatureQuestion {
    readonly kind: FileKind;
    readonly lines: Lines;
    readonly position: Position;
    readonly view: FileView;
    /** Why the editor asks; undefined when it does not say. */
    readonly context: SignatureHelpContext | undefined;
}

/** Characters that open the help by themselves. */
export const SIGNATURE_TRIGGERS: readonly string[] = [' ', ':', ',', '='];

/** A line of words, some of them parameters. */
interface Signature {
    readonly label: string;
    /** Each is a part of the label, in its order. */
    readonly parameters: readonly Parameter[];
    readonly active: number;
    /** Markdown. */
    readonly documentation: string;
}

interface Parameter {
    readonly label: string;
    /** Markdown. */
    readonly documentation: string;
}

/** The form of what is written at a position; null where nothing has parts. */
export function signatureHelpAt(question: SignatureQuestion): SignatureHelp | null {
    const signature = signatureAt(question);
    if (signature === undefined) return null;
    const { context } = question;
    if (context === undefined || isAskedFor(context)) return toSignatureHelp(signature);
    // What opens by itself lies over the text: it says what is to be written, and nothing of what has one part only.
    return signature.parameters.length < 2 ? null : toSignatureHelp({ ...signature, documentation: '' });
}

/** By the person, be it a moment ago: help that is open is kept as it was asked for. */
function isAskedFor({ triggerKind, isRetrigger, activeSignatureHelp }: SignatureHelpContext): boolean {
    if (triggerKind === SignatureHelpTriggerKind.Invoked && !isRetrigger) return true;
    return isRetrigger && activeSignatureHelp?.signatures[0]?.documentation !== undefined;
}

function signatureAt(question: SignatureQuestion): Signature | undefined {
    const { kind } = question;
    switch (kind) {
        case 'graph':
        case 'instances': {
            const { line, character } = question.position;
            const context = lineContextAt(question.lines, kind, line, character);
            return context.kind === 'value' ? valueSignature(question, context) : undefined;
        }
        case 'commands':
            return instructionSignature(question);
        case 'measures':
            return probeSignature(question);
        case 'rules':
            return attributeSignature(question);
        case 'descriptor':
        case 'target':
        case 'recipe':
        case 'instructions':
        case 'measureValues':
            return undefined;
        default:
            return kind satisfies never;
    }
}

function toSignatureHelp({ label, parameters, active, documentation }: Signature): SignatureHelp {
    let from = 0;
    const places = parameters.map((parameter) => {
        const start = label.indexOf(parameter.label, from);
        from = start + parameter.label.length;
        const place: [number, number] = [start, from];
        return { label: place, ...documented(parameter.documentation) };
    });
    const signature = { label, ...documented(documentation), parameters: places };
    return { signatures: [signature], activeSignature: 0, activeParameter: active };
}

function documented(value: string): { readonly documentation?: MarkupContent } {
    return value === '' ? {} : { documentation: { kind: 'markdown', value } };
}

type ValueContext = Extract<LineContext, { kind: 'value' }>;

function valueSignature(question: SignatureQuestion, context: ValueContext): Signature | undefined {
    if (context.block?.kind === 'instance') return instanceSignature(question, context);
    switch (context.property) {
        case 'exports':
            return exportSignature(context);
        case 'imports':
            return importSignature(question, context);
        case 'children':
        case 'facets':
        case 'extends':
            return listSignature(context);
        default:
            return undefined;
    }
}

function summaryOf(property: string): string {
    return PROPERTIES.find(({ name }) => name === property)?.summary ?? '';
}

function exportSignature({ typed }: ValueContext): Signature {
    const isRandom = /^random\b/i.test(typed.text) && !typed.text.includes(']');
    return {
        label: 'exports: [random[port]] name [= value], …',
        parameters: [
            { label: 'random[port]', documentation: VALUE_KEYWORDS.random.summary },
            { label: 'name', documentation: 'The variable; `ip` is set when the instance runs.' },
            {
                label: '= value',
                documentation:
                    'The default value. In double quotes it may hold commas and semicolons; `$(ROBOCONF_…)` is replaced for each instance.',
            },
        ],
        active: typed.text.includes('=') ? 2 : isRandom ? 0 : 1,
        documentation: summaryOf('exports'),
    };
}

function importSignature({ view }: SignatureQuestion, { typed, isAfterItem, isExternal }: ValueContext): Signature {
    const dot = typed.text.indexOf('.');
    const type = dot < 0 ? undefined : typeOf(scopeOf(view), typed.text.slice(0, dot));
    const names = type === undefined ? [] : Object.keys(type.exports).map(simpleNameOf);
    const known = [...new Set(names)].sort().slice(0, MOST_NAMES).map(inlineCode).join(', ');
    const external = { label: 'external', documentation: VALUE_KEYWORDS.external.summary };
    return {
        label: 'imports: [external] Prefix.name [(optional)], …',
        parameters: [
            external,
            {
                label: 'Prefix',
                documentation: isExternal
                    ? 'The `exports-prefix` of another application.'
                    : 'The component or facet that exports the variable.',
            },
            {
                label: 'name',
                documentation: `The variable, or \`*\` for all of them.${known === '' ? '' : ` Exported: ${known}`}`,
            },
            { label: '(optional)', documentation: VALUE_KEYWORDS.optional.summary },
        ],
        active: isAfterItem ? 3 : dot >= 0 ? 2 : 1,
        documentation: summaryOf('imports'),
    };
}

const MOST_NAMES = 12;

function listSignature({ property, block, others }: ValueContext): Signature {
    const isSingle = property === 'extends' && block?.kind !== 'facet';
    const word = { children: 'component or facet', facets: 'facet' }[property] ?? block?.kind ?? 'component';
    const documentation = `A ${word}.${others.length === 0 ? '' : ` Listed: ${others.map(inlineCode).join(', ')}`}`;
    return {
        label: `${property}: ${word}${isSingle ? '' : ', …'}`,
        parameters: [{ label: word, documentation }],
        active: 0,
        documentation: summaryOf(property),
    };
}

/** Of an override: the variable's default value and the type it comes from. */
function instanceSignature({ view }: SignatureQuestion, { block, property }: ValueContext): Signature | undefined {
    const scope = scopeOf(view);
    const type = typeOf(scope, block?.name ?? '');
    const keyword = PROPERTIES.find(({ name, blocks }) => name === property && blocks.includes('instance'));
    if (keyword !== undefined) return keywordSignature(property, keyword.summary);
    if (/^data\./i.test(property)) return keywordSignature(property, VALUE_KEYWORDS.data.summary);
    const variables = type === undefined ? [] : variablesOf(scope, type);
    const meant = variables.filter(({ fullName }) => fullName === property || simpleNameOf(fullName) === property);
    const lines = meant.map((variable) => {
        const words = escapeMarkdown(valueWords(variable));
        return `${inlineCode(variable.fullName)}: ${words}, from ${inlineCode(variable.origin)}`;
    });
    if (lines.length === 0) return undefined;
    return keywordSignature(property, `Overrides ${lines.join('; ')}`);
}

function keywordSignature(property: string, documentation: string): Signature {
    const parameters = [{ label: 'value', documentation: '' }];
    return { label: `${property}: value;`, parameters, active: 0, documentation };
}

function instructionSignature({ lines, position }: SignatureQuestion): Signature | undefined {
    const place = commandsPlaceAt(lines, position.line, position.character);
    const slot = place === null ? undefined : slotAt(place.text);
    if (slot === undefined) return undefined;
    const { instruction, index } = slot;
    const parameters = instruction.slots.map(({ label, summary }) => ({ label, documentation: summary }));
    return { label: signatureOf(instruction), parameters, active: index, documentation: instruction.summary };
}

/** The lines of `rest` and `file` probes have parts. */
function probeSignature({ lines, position }: SignatureQuestion): Signature | undefined {
    const place = measuresPlaceAt(lines, position.line, position.character);
    if (place?.kind === 'header') return headerSignature(place.word);
    if (place?.kind !== 'body' || place.typed.text === '') return undefined;
    const handler = PROBE_HANDLERS.find(({ name }) => name === place.handler);
    if (handler?.name === 'rest') return restSignature(place.typed.text, handler.summary);
    if (handler?.name !== 'file') return undefined;
    const isPath = /exists?\s/i.test(place.typed.text) || place.typed.text.startsWith('/');
    return {
        label: handler.form,
        parameters: [
            { label: '[Delete if exists | Notify if not exists]', documentation: handler.summary },
            { label: 'path', documentation: 'The file that is looked for on the machine of the instance.' },
        ],
        active: isPath ? 1 : 0,
        documentation: handler.summary,
    };
}

function headerSignature(word: 0 | 1 | 2): Signature {
    const names = PROBE_HANDLERS.map(({ name }) => inlineCode(name)).join(', ');
    return {
        label: '[EVENT handler name]',
        parameters: [
            { label: 'EVENT', documentation: '' },
            { label: 'handler', documentation: `What looks: ${names}.` },
            { label: 'name', documentation: 'The event; rules wait for it by this name.' },
        ],
        active: word,
        documentation: 'Starts a probe.',
    };
}

function restSignature(text: string, documentation: string): Signature {
    const behind = /\sthat(?:\s+(?<rest>.*))?$/i.exec(text);
    const words = (behind?.groups?.['rest'] ?? '').split(/\s+/).length;
    return {
        label: 'Check URL that name operator value',
        parameters: [
            { label: 'URL', documentation: 'The address of the service; its answer is JSON.' },
            { label: 'name', documentation: 'A key of the answer.' },
            { label: 'operator', documentation: '`=`, `==`, `>`, `>=`, `<` or `<=`, with blanks around.' },
            { label: 'value', documentation: 'A number, or with `=` a text.' },
        ],
        active: behind === null ? 0 : Math.min(3, words),
        documentation,
    };
}

function attributeSignature({ lines, position }: SignatureQuestion): Signature | undefined {
    const place = rulesPlaceAt(lines, position.line, position.character);
    if (place?.part !== 'attributes') return undefined;
    const attribute = RULE_ATTRIBUTES.find(({ name }) => place.typed.text.toLowerCase().startsWith(`${name} is`));
    if (attribute === undefined) return undefined;
    const value = attribute.unit === 'seconds' ? 'seconds' : 'number';
    return {
        label: `${attribute.name} is ${value}`,
        parameters: [{ label: value, documentation: 'A whole number.' }],
        active: 0,
        documentation: attribute.summary,
    };
}
