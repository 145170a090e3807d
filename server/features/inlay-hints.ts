/** `textDocument/inlayHint`: what a model file means beyond its words: who provides an import, what an instance exports, how counted instances are called. */
import { type InlayHint, InlayHintKind, type InlayHintLabelPart, type Range } from 'vscode-languageserver/node';
import type { ComponentModel, FileSyntax, InstanceModel, OutlineItem, SyntaxToken } from '../../language/index.ts';
import type { InlayHintSettings } from '../settings.ts';
import { toLspRange } from '../workspace/diagnostics.ts';
import { type Locations, parentOf, pathIn } from '../workspace/locations.ts';
import type { FileView } from '../workspace/units.ts';
import { namedTokens, type NamedToken } from './name-tokens.ts';
import { prefixOf, simpleNameOf } from './scope.ts';
import { usesIn, type Uses } from './uses.ts';
import { escapeMarkdown, inlineCode } from './wording.ts';

export interface HintsQuestion {
    readonly lines: () => readonly string[];
    readonly syntax: () => FileSyntax;
    readonly view: FileView;
    readonly locations: Locations;
    readonly settings: InlayHintSettings;
    readonly range: Range;
}

/** Names and values in a hint; the tooltip has all. */
const MOST_NAMES = 3;
const LONGEST_VALUE = 24;
const MOST_IN_TOOLTIP = 50;

/** The hints of the lines of a range, in the order of the text. */
export function inlayHintsOf(question: HintsQuestion): readonly InlayHint[] {
    const uses = usesIn(question.view.analysis.application);
    const hints = [...importHints(question, uses), ...instanceHints(question, uses)];
    return hints.sort(
        ({ position: one }, { position: other }) => one.line - other.line || one.character - other.character,
    );
}

function* importHints(question: HintsQuestion, uses: Uses): Generator<InlayHint> {
    if (!question.settings.imports) return;
    for (const named of namedTokens(question)) {
        const { token, text, qualifier, before, isExternal } = named;
        if (!isInRange(question.range, token.line) || isExternal) continue;
        const type = qualifier ?? wildcardType(question, named);
        if (type === null || before === undefined) continue;
        const variable = `${type}.${text}`;
        const hint = providersHint(question, { type, variable, token }, uses.providersOf(variable));
        if (hint !== undefined) yield hint;
    }
}

/** `Database` for the star of `Database.*`. */
function wildcardType({ lines }: HintsQuestion, { token, text, before }: NamedToken): string | null {
    if (text !== '*' || before?.line !== token.line || before.type === 'keyword') return null;
    return lines()[before.line - 1]?.slice(before.column - 1, before.column - 1 + before.length) ?? null;
}

interface Imported {
    readonly type: string;
    readonly variable: string;
    readonly token: SyntaxToken;
}

/** Nothing where the import itself says it all: its component is the only provider, and there is no value to show. */
function providersHint(
    question: HintsQuestion,
    { type, variable, token }: Imported,
    providers: readonly ComponentModel[],
): InlayHint | undefined {
    const [first] = providers;
    if (first === undefined) return undefined;
    const position = endOf(token);
    if (providers.length > 1 || first.name !== type) {
        const label = providerParts(question, providers);
        return { position, label, paddingLeft: true, tooltip: markdown(providersText(variable, providers)) };
    }
    const value = first.exports[variable] ?? null;
    if (value === null || value === '') return undefined;
    return { position, label: `= ${shortened(value)}`, paddingLeft: true, tooltip: markdown(inlineCode(value)) };
}

function providerParts({ view, locations }: HintsQuestion, providers: readonly ComponentModel[]): InlayHintLabelPart[] {
    const { directory } = view.analysis.application;
    const named = providers.slice(0, MOST_NAMES).flatMap(({ name, range }, i): readonly InlayHintLabelPart[] => {
        const location = { uri: locations.uriOf(pathIn(directory, range.file)), range: toLspRange(range) };
        return [{ value: i === 0 ? '← ' : ', ' }, { value: name, location }];
    });
    const rest = providers.length - MOST_NAMES;
    return rest > 0 ? [...named, { value: `, +${rest}` }] : named;
}

function providersText(variable: string, providers: readonly ComponentModel[]): string {
    const names = providers.slice(0, MOST_IN_TOOLTIP).map(({ name }) => `- ${escapeMarkdown(name)}`);
    const rest = providers.length > MOST_IN_TOOLTIP ? ['- …'] : [];
    return [`${inlineCode(variable)} comes from instances of:`, '', ...names, ...rest].join('\n');
}

function* instanceHints(question: HintsQuestion, uses: Uses): Generator<InlayHint> {
    const { settings, range, syntax } = question;
    if (!settings.variables && !settings.counts) return;
    const components = componentTokens(question);
    for (const item of instancesIn(syntax().outline, range)) {
        const { line, column } = item.nameRange;
        const instances = uses.instancesAt({ file: question.view.file, line, column });
        const component = components.get(item.range.line);
        const [first] = instances;
        if (first === undefined || component === undefined) continue;
        if (settings.variables && isInRange(range, component.line)) yield* valuesHint(component, first);
        if (settings.counts) yield* countHint(item, instances, range);
    }
}

/** The components of instances, by the line of the header. */
function componentTokens({ syntax, range }: HintsQuestion): ReadonlyMap<number, SyntaxToken> {
    const named = syntax().tokens.filter(({ type, line }) => type === 'component' && isInRange(range, line));
    return new Map(named.map((token) => [token.line, token]));
}

function* instancesIn(items: readonly OutlineItem[], range: Range): Generator<OutlineItem> {
    for (const item of items) {
        const isNear = item.range.line - 1 <= range.end.line && item.range.endLine - 1 >= range.start.line;
        if (item.kind !== 'instance' || !isNear) continue;
        yield item;
        yield* instancesIn(item.children, range);
    }
}

/** What an instance exports beyond what its block says word for word: inherited values, and overrides with names of the instance inserted. */
function* valuesHint(component: SyntaxToken, instance: InstanceModel): Generator<InlayHint> {
    const values = exportedValues(instance);
    const untold = values.filter(({ isWritten }) => !isWritten);
    if (untold.length === 0) return;
    const shown = untold.slice(0, MOST_NAMES).map(({ name, value }) => `${name} = ${shortened(value)}`);
    const label = [...shown, ...(untold.length > MOST_NAMES ? ['…'] : [])].join(', ');
    const rows = values
        .slice(0, MOST_IN_TOOLTIP)
        .map(({ name, value }) => `- ${inlineCode(name)} = ${inlineCode(value)}`);
    const tooltip = markdown([`${inlineCode(instance.path)} exports:`, '', ...rows].join('\n'));
    yield { position: endOf(component), label, paddingLeft: true, tooltip };
}

interface ExportedValue {
    /** Without prefix. */
    readonly name: string;
    readonly value: string;
    /** The block of the instance has it in these words. */
    readonly isWritten: boolean;
}

/** The component's own variables first; several full names of one variable count once. Variables without value are left out. */
function exportedValues(instance: InstanceModel): readonly ExportedValue[] {
    const { exports, component, overriddenExports } = instance;
    const entries = Object.entries(exports).toSorted(([one], [other]) => (one < other ? -1 : 1));
    const own = entries.filter(([name]) => prefixOf(name) === component);
    const values = new Map<string, ExportedValue>();
    for (const [fullName, written] of [...own, ...entries]) {
        const name = simpleNameOf(fullName);
        if (written === null || written === '' || values.has(name)) continue;
        const value = insertedInto(written, instance);
        const isOverridden = Object.hasOwn(overriddenExports, fullName) || Object.hasOwn(overriddenExports, name);
        values.set(name, { name, value, isWritten: isOverridden && value === written });
    }
    return [...values.values()];
}

/** A value with the names of its instance in the place of `$(ROBOCONF_…)` (reference: language, section 2.8). */
function insertedInto(value: string, { name, path, component }: InstanceModel): string {
    const names: Readonly<Record<string, string>> = {
        ROBOCONF_INSTANCE_NAME: name,
        ROBOCONF_INSTANCE_PATH: path,
        ROBOCONF_COMPONENT_NAME: component,
    };
    return value.replaceAll(/\$\((\w+)\)/g, (whole, variable: string) => names[variable] ?? whole);
}

/** `web1 … web3` behind `count: 3`. */
function* countHint(item: OutlineItem, instances: readonly InstanceModel[], range: Range): Generator<InlayHint> {
    const count = item.children.find(({ kind, name }) => kind === 'property' && name === 'count');
    if (count === undefined || !isInRange(range, count.range.line)) return;
    // Copies of a parent are in other places: what is meant are those beside each other.
    const parent = parentOf(instances[0]?.path ?? '');
    const names = instances.filter(({ path }) => parentOf(path) === parent).map(({ name }) => name);
    const [first] = names;
    const last = names.at(-1);
    if (first === undefined || last === undefined || names.length < 2) return;
    const position = { line: count.range.endLine - 1, character: count.range.endColumn - 1 };
    const label = names.length === 2 ? `${first}, ${last}` : `${first} … ${last}`;
    yield { position, label, kind: InlayHintKind.Type, paddingLeft: true };
}

function isInRange({ start, end }: Range, line: number): boolean {
    return start.line <= line - 1 && line - 1 <= end.line;
}

function endOf({ line, column, length }: SyntaxToken): InlayHint['position'] {
    return { line: line - 1, character: column - 1 + length };
}

function shortened(value: string): string {
    return value.length <= LONGEST_VALUE ? value : `${value.slice(0, LONGEST_VALUE).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function markdown(value: string): { kind: 'markdown'; value: string } {
    return { kind: 'markdown', value };
}
