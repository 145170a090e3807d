/** Declarations as they are when the lines above them become more or fewer. Columns stay: a block begins on a line of its own. */
import type { SourceRange } from './application-model.ts';
import type { InstanceDeclaration, TypeDeclaration, Word } from './declarations.ts';

/** A type some lines further down. */
export function movedType(type: TypeDeclaration, lines: number): TypeDeclaration {
    const word = (one: Word): Word => movedWord(one, lines);
    return {
        ...type,
        name: word(type.name),
        block: movedRange(type.block, lines),
        installer: type.installer === null ? null : word(type.installer),
        extends: type.extends.map(word),
        facets: type.facets.map(word),
        children: type.children.map(word),
        exports: type.exports.map((item) => ({
            ...item,
            name: word(item.name),
            random: item.random === null ? null : word(item.random),
            range: movedRange(item.range, lines),
        })),
        imports: type.imports.map((item) => ({
            ...item,
            prefix: word(item.prefix),
            variable: item.variable === null ? null : word(item.variable),
            range: movedRange(item.range, lines),
        })),
    };
}

/** An instance, with those in it, some lines further down. */
export function movedInstance(instance: InstanceDeclaration, lines: number): InstanceDeclaration {
    const { component, name, count } = instance;
    return {
        ...instance,
        component: component === null ? null : movedWord(component, lines),
        name: name === null ? null : movedWord(name, lines),
        count: count === null ? null : { ...count, range: movedRange(count.range, lines) },
        overrides: instance.overrides.map((item) => ({
            ...item,
            key: movedWord(item.key, lines),
            range: movedRange(item.range, lines),
        })),
        instances: instance.instances.map((child) => movedInstance(child, lines)),
        block: movedRange(instance.block, lines),
    };
}

/** A word some lines further down. */
export function movedWord({ text, range }: Word, lines: number): Word {
    return { text, range: movedRange(range, lines) };
}

function movedRange({ file, line, column, endLine, endColumn }: SourceRange, lines: number): SourceRange {
    return { file, line: line + lines, column, endLine: endLine + lines, endColumn };
}
