/** Copies of target definitions in a deployment's folder, named by content, so that machines are ended by what made them. */
import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TargetChoice } from '../../language/index.ts';
import type { Targets } from '../core/state.ts';
import { recipeFingerprint, snapshotRecipe } from '../local/recipe-files.ts';
import type { DeploymentTargets, TargetDefinition } from './target.ts';

/**
 * Keeps the definitions that are associated with an instance; those that are there already stay. Throws what the disk says.
 * An association with a target that is not among the definitions is a bug of the caller.
 */
export function snapshotTargets(
    directory: string,
    { definitions, associations, choices = [] }: DeploymentTargets,
): Targets {
    if (choices.length > 0 || existsSync(choicesFileIn(directory))) keepChoices(directory, choices);
    const names = new Map<string, string>();
    const nameOf = (id: string): string => {
        const known = names.get(id);
        if (known !== undefined) return known;
        const definition = Object.hasOwn(definitions, id) ? definitions[id] : undefined;
        if (definition === undefined) throw new Error(`no target has the id ${id}`);
        const name = snapshotTarget(directory, definition);
        names.set(id, name);
        return name;
    };
    return Object.fromEntries(Object.entries(associations).map(([path, id]) => [path, nameOf(id)]));
}

/** The definition of a copy; null when there is none, or it is none. */
export function readTarget(directory: string, name: string): TargetDefinition | null {
    try {
        const definition = parseTarget(JSON.parse(readFileSync(fileOf(directory, name), 'utf8')));
        if (definition?.scripts === undefined) return definition ?? null;
        return { ...definition, scripts: join(directory, definition.scripts) };
    } catch {
        // What cannot be read is told like what is missing.
        return null;
    }
}

/** A definition that came as a message or from a file; undefined when it is none. */
function parseTarget(value: unknown): TargetDefinition | undefined {
    const [id, handler, name, directory] = ['id', 'handler', 'name', 'directory'].map((key) => field(value, key));
    const properties = field(value, 'properties');
    const scripts = field(value, 'scripts');
    const isWhole =
        typeof id === 'string' &&
        typeof handler === 'string' &&
        typeof name === 'string' &&
        typeof directory === 'string' &&
        isTextRecord(properties);
    if (!isWhole) return undefined;
    const definition = { id, handler, name, directory, properties };
    return typeof scripts === 'string' ? { ...definition, scripts } : definition;
}

/** Targets that came as a message; undefined when they are none, or name a target they do not have. */
export function parseTargets(value: unknown): DeploymentTargets | undefined {
    const [given, associations] = [field(value, 'definitions'), field(value, 'associations')];
    if (typeof given !== 'object' || given === null || !isTextRecord(associations)) return undefined;
    const definitions: Record<string, TargetDefinition> = {};
    for (const [id, each] of Object.entries(given)) {
        const definition = parseTarget(each);
        if (definition === undefined) return undefined;
        Object.defineProperty(definitions, id, { value: definition, enumerable: true });
    }
    const isClosed = Object.values(associations).every((id) => Object.hasOwn(definitions, id));
    const choices = parseChoices(field(value, 'choices') ?? []);
    return isClosed && choices !== undefined ? { definitions, associations, choices } : undefined;
}

/** What was chosen last for a deployment; nothing when that was never said, or cannot be read. */
export function readChoices(directory: string): readonly TargetChoice[] {
    try {
        return parseChoices(JSON.parse(readFileSync(choicesFileIn(directory), 'utf8'))) ?? [];
    } catch {
        // They are no more than what a deploy begins from: what is on which machine is recorded elsewhere.
        return [];
    }
}

/** Keeps what was chosen. Throws what the disk says. */
function keepChoices(directory: string, choices: readonly TargetChoice[]): void {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const part = `${choicesFileIn(directory)}.${process.pid}`;
    writeFileSync(part, `${JSON.stringify(choices, undefined, 4)}\n`, { mode: 0o600 });
    renameSync(part, choicesFileIn(directory));
}

function choicesFileIn(directory: string): string {
    return join(directory, 'choices');
}

function parseChoices(value: unknown): readonly TargetChoice[] | undefined {
    if (!Array.isArray(value)) return undefined;
    const choices = value.flatMap((each): readonly TargetChoice[] => {
        const [place, target] = [field(each, 'place'), field(each, 'target')];
        return typeof place === 'string' && typeof target === 'string' ? [{ place, target }] : [];
    });
    return choices.length === value.length ? choices : undefined;
}

function snapshotTarget(directory: string, definition: TargetDefinition): string {
    const name = copyNameOf(definition);
    const file = fileOf(directory, name);
    if (existsSync(file)) return name;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (definition.scripts !== undefined) snapshotRecipe(definition.scripts, directory, dirname(definition.scripts));
    const part = join(directory, `.${name}.${process.pid}`);
    writeFileSync(part, textOf(definition), { mode: 0o600 });
    renameSync(part, file);
    return name;
}

/** The name the copy of a definition has: another one for every content. */
export function copyNameOf(definition: TargetDefinition): string {
    return hash('sha256', textOf(definition), 'hex').slice(0, 24);
}

/** Scripts are named by their content: that of their copy. */
function textOf({ id, handler, name, properties, directory, scripts }: TargetDefinition): string {
    const fingerprint = scripts === undefined ? null : recipeFingerprint(scripts, dirname(scripts));
    const plain = { id, handler, name, properties, directory };
    return `${JSON.stringify(fingerprint === null ? plain : { ...plain, scripts: fingerprint }, undefined, 4)}\n`;
}

function fileOf(directory: string, name: string): string {
    return join(directory, `${name}.json`);
}

function isTextRecord(value: unknown): value is Readonly<Record<string, string>> {
    return (
        typeof value === 'object' && value !== null && Object.values(value).every((each) => typeof each === 'string')
    );
}

function field(value: unknown, name: string): unknown {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
