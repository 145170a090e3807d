/** Templates of the `script` installer: Mustache over what the instance imports (reference §4.3). */
import mustache from 'mustache';

export interface TemplateData {
    readonly importLists: readonly {
        readonly prefix: string;
        readonly imports: readonly {
            readonly exportedVars: readonly { readonly name: string; readonly value: string }[];
        }[];
    }[];
}

export type Rendered =
    { readonly kind: 'rendered'; readonly text: string } | { readonly kind: 'refused'; readonly reason: string };

/** Fills a template in. Values are put in as they are: the result is a program, not a page. */
export function renderTemplate(template: string, data: TemplateData): Rendered {
    try {
        return { kind: 'rendered', text: mustache.render(template, data, {}, { escape: String }) };
    } catch (error) {
        return {
            kind: 'refused',
            reason: `the template is not valid Mustache: ${error instanceof Error ? error.message : String(error)}`,
        };
    }
}

/**
 * The template's data from the variables of the recipe contract. Environment names have `-` written as `_`, so `D_0_my_port`
 * gives the name `D.my_port`. Prefixes come in alphabetical order, imports by index.
 */
export function templateDataOf(environment: Readonly<Record<string, string>>): TemplateData {
    const prefixes = Object.keys(environment)
        .filter((name) => name.endsWith('_size') && /^\d+$/.test(environment[name] ?? ''))
        .map((name) => name.slice(0, -'_size'.length))
        .filter((prefix) => isImportPrefix(environment, prefix))
        .sort();
    return { importLists: prefixes.map((prefix) => ({ prefix, imports: importsOf(environment, prefix) })) };
}

function isImportPrefix(environment: Readonly<Record<string, string>>, prefix: string): boolean {
    const count = Number(environment[`${prefix}_size`]);
    return count === 0 || environment[`${prefix}_0_name`] !== undefined;
}

function importsOf(
    environment: Readonly<Record<string, string>>,
    prefix: string,
): TemplateData['importLists'][number]['imports'] {
    const count = Number(environment[`${prefix}_size`]);
    return Array.from({ length: count }, (_, index) => ({ exportedVars: variablesOf(environment, prefix, index) }));
}

function variablesOf(
    environment: Readonly<Record<string, string>>,
    prefix: string,
    index: number,
): readonly { readonly name: string; readonly value: string }[] {
    const start = `${prefix}_${index}_`;
    return Object.entries(environment)
        .filter(([name]) => name.startsWith(start) && name !== `${start}name`)
        .map(([name, value]) => ({ name: `${prefix}.${name.slice(start.length)}`, value }))
        .sort((left, right) => (left.name < right.name ? -1 : 1));
}
