/** What the parser understood of a text, as lines: the expected side of tests. */
import type { ParsedFile } from '../../../language/parsing/parse-file.ts';
import type { Instance } from '../../../language/generated/ast.ts';

/** `import path`, `component A: exports facets`, `instance of A: name`, nested ones indented. */
export function outlineOf(file: ParsedFile): string[] {
    return [
        ...file.imports.map((one) => `import ${one.path ?? ''}`),
        ...file.types.map((type) => {
            const keys = type.properties.map((property) => property.key).join(' ');
            return `${type.$type.toLowerCase()} ${type.name}: ${keys}`.trim();
        }),
        ...file.instances.flatMap((instance) => instanceLines(instance, '')),
    ];
}

/** `line CODE` of each finding. */
export function findingLines(file: ParsedFile): string[] {
    return file.findings.map(({ code, range }) => `${range.line} ${code}`);
}

function instanceLines(instance: Instance, indent: string): string[] {
    const keys = instance.properties.map((property) => property.key).join(' ');
    return [
        `${indent}instance of ${instance.component?.$refText ?? ''}: ${keys}`.trimEnd(),
        ...instance.instances.flatMap((nested) => instanceLines(nested, `${indent}  `)),
    ];
}
