/** The card of an instance, as Markdown. */
import type { InstanceModel } from '../../../language/index.ts';
import { allInstances, resolvedValue } from '../instances.ts';
import { type Scope, simpleNameOf, typeOf, variableOf } from '../scope.ts';
import { escapeMarkdown, inlineCode, valueWords } from '../wording.ts';
import { cell, lineByLine, paragraphs, relation, table } from './markdown.ts';

/** Copies and children beyond this are counted, not named. */
const MOST_PATHS = 5;

/** An instance: its component and what it publishes, as its importers will see it. `instances` are the copies of one block. */
export function instanceMarkdown(scope: Scope, instances: readonly InstanceModel[]): string {
    const [first] = instances;
    if (first === undefined) return '';
    const copies = instances.length === 1 ? '' : ` · ${instances.length} copies`;
    const names = Object.keys(first.exports).sort();
    const children = allInstances(scope).filter(
        ({ path }) => path.startsWith(`${first.path}/`) && !path.slice(first.path.length + 1).includes('/'),
    );
    return paragraphs([
        `**${escapeMarkdown(first.path)}** — instance of ${inlineCode(first.component)}${copies}`,
        instances.length === 1
            ? ''
            : relation(
                  'Copies',
                  instances.map(({ path }) => path),
                  MOST_PATHS,
              ),
        names.length === 0
            ? ''
            : table(
                  ['exports', 'value', 'from'],
                  names.map((name) => row(scope, first, name)),
              ),
        lineByLine([
            relation(
                'Contains',
                children.map(({ name }) => name),
                MOST_PATHS,
            ),
            relation('Channels', first.channels),
            relation(
                'Data',
                Object.entries(first.data).map(([key, value]) => `${key} = ${value}`),
            ),
        ]),
    ]);
}

function row(scope: Scope, instance: InstanceModel, name: string): string {
    const { exports, overriddenExports, component } = instance;
    const isOwn = Object.hasOwn(overriddenExports, name) || Object.hasOwn(overriddenExports, simpleNameOf(name));
    const type = typeOf(scope, component);
    const facts = type === undefined ? undefined : variableOf(scope, type, name);
    const value = exports[name] ?? '';
    const shown =
        value === '' && facts !== undefined
            ? `_${valueWords({ ...facts, value: null })}_`
            : cell(resolvedValue(instance, value));
    return `| ${cell(name)} | ${shown} | ${isOwn ? '_this instance_' : cell(facts?.origin ?? '')} |`;
}
