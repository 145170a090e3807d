/** Instances of the model as people look at them: those of a component, those of a block, and values as they will be. */
import type { InstanceModel, SourceRange } from '../../language/index.ts';
import type { Scope } from './scope.ts';

/** Instances of a component, in the order of the model. */
export function instancesOf(scope: Scope, component: string): readonly InstanceModel[] {
    return allInstances(scope).filter((instance) => instance.component === component);
}

/** The instances that a block makes: several when it is counted. `name` is the place of its name. */
export function instancesAt(scope: Scope, name: SourceRange): readonly InstanceModel[] {
    return allInstances(scope).filter(
        ({ range }) => range.file === name.file && range.line === name.line && range.column === name.column,
    );
}

/** All instances; where two analyses know a path, once. */
export function allInstances(scope: Scope): readonly InstanceModel[] {
    if (scope.applications.length === 1) return scope.applications[0]?.model.instances ?? [];
    const byPath = new Map<string, InstanceModel>();
    for (const { model } of scope.applications)
        for (const instance of model.instances) byPath.set(instance.path, instance);
    return [...byPath.values()];
}

/** A value with what is replaced for each instance (reference: language, section 2.8). */
export function resolvedValue({ name, path, component }: InstanceModel, value: string): string {
    const segments = path.split('/').slice(1);
    const words: Readonly<Record<string, string>> = {
        ROBOCONF_INSTANCE_NAME: name,
        ROBOCONF_INSTANCE_PATH: path,
        ROBOCONF_COMPONENT_NAME: component,
        ROBOCONF_CLEAN_INSTANCE_PATH: cleaned(segments),
        ROBOCONF_CLEAN_REVERSED_INSTANCE_PATH: cleaned([...segments].reverse()),
    };
    return value.replaceAll(/\$\((\w+)\)/g, (text, word: string) => words[word] ?? text);
}

function cleaned(segments: readonly string[]): string {
    return segments.join('/').replaceAll(/\W/g, '_');
}
