/** CMD_NO_MATCHING_INSTANCE: why a path leads to no instance, and which one may be meant. */
import type { RelatedPlace } from '../finding.ts';
import type { Fault } from './fault.ts';
import { STAND_IN } from './generators.ts';
import { isLiteral, type PathWord } from './located-text.ts';
import { pathOf, type Trail } from './simulated-instances.ts';
import type { Step } from './simulate.ts';
import { quoted } from './text-faults.ts';
import type { World } from './world.ts';

/** The fault of a path that `trail` follows as far as it goes: at the first name that is not found, when that is written as it is. */
export function unknownPath(world: World, step: Step, path: PathWord, trail: Trail): Fault {
    const { text, segments } = path;
    const code = 'CMD_NO_MATCHING_INSTANCE';
    const related = causesOf(world, step, path, trail);
    if (!text.startsWith('/')) {
        const isThere = step.instances.find(text.split('/')).instance !== null;
        const message = `A path begins with '/': there is no instance ${quoted(text)}.`;
        const details = { INSTANCE: text, SHAPE: 'relative' };
        return meaning({ code, range: path.range, message, details, related }, isThere ? `/${text}` : null);
    }
    const missing = segments[trail.found.length];
    const parent = trail.found.at(-1) ?? null;
    const name = missing?.text ?? '';
    if (name === '') return emptyName(path, trail, related);
    const message =
        parent === null
            ? `There is no instance ${quoted(`/${name}`)}.`
            : `${quoted(`/${pathOf(parent).join('/')}`)} contains no instance ${quoted(name)}.`;
    const details = {
        INSTANCE: text,
        NAME: name,
        ...(parent === null ? {} : { SHAPE: 'nested', PARENT: `/${pathOf(parent).join('/')}` }),
    };
    if (missing === undefined || !isLiteral(missing, step.instruction.uses))
        return { code, range: path.range, message, details, related };
    const near = { word: name, candidates: () => step.instances.namesIn(parent) };
    return { code, range: missing.range, message, details, related, near };
}

/** `/`, `/a/` or `/a//b`. */
function emptyName({ text, range }: PathWord, { found }: Trail, related: readonly RelatedPlace[]): Fault {
    const shorter = found.length > 0 && text.endsWith('/') ? withoutEnd(text) : null;
    const message = `A name is missing between the slashes of ${quoted(text)}, or after the last one.`;
    const details = { INSTANCE: text, SHAPE: 'empty' };
    return meaning({ code: 'CMD_NO_MATCHING_INSTANCE', range, message, details, related }, shorter);
}

/** Without the slashes at its end. */
function withoutEnd(text: string): string {
    let end = text.length;
    while (text.charAt(end - 1) === '/') end--;
    return text.slice(0, end);
}

function meaning(fault: Fault, suggestion: string | null): Fault {
    if (suggestion === null) return fault;
    const { message, details, ...rest } = fault;
    return {
        ...rest,
        message: `${message} Did you mean '${suggestion}'?`,
        details: { ...details, SUGGESTION: suggestion },
    };
}

/** What took the instance away, or kept it from being there. */
function causesOf({ analysis }: World, step: Step, { segments }: PathWord, { found }: Trail): readonly RelatedPlace[] {
    const causes = [
        ...standInCauses(step),
        ...traceCauses(
            step,
            segments
                .slice(0, found.length + 1)
                .map(({ text }) => `/${text}`)
                .join(''),
        ),
    ];
    if (causes.length > 0) return causes.slice(0, 1);
    const failed = analysis.instances?.failures.find(({ word }) => word !== null)?.word ?? null;
    return failed === null ? [] : [{ message: 'Instances of this file are not known.', range: failed.range }];
}

/** Variables of the instruction whose index was not found. */
function standInCauses({ instruction, variables }: Step): readonly RelatedPlace[] {
    return instruction.uses.flatMap(({ name, isDefined }) => {
        const value = isDefined ? variables.get(name.text) : undefined;
        if (value?.isDisabled !== true) return [];
        const message = `No instance has the index that '${name.text}' asks for: it stands for '${STAND_IN}'.`;
        return [{ message, range: value.definition.range }];
    });
}

function traceCauses({ traces }: Step, missing: string): readonly RelatedPlace[] {
    const trace = traces.get(missing);
    if (trace === undefined) return [];
    const path = quoted(missing);
    const messages = {
        deleted: `${path} is deleted here.`,
        renamed: `${path} gets another name here.`,
        refused: `This instruction, which would make ${path}, is refused.`,
    };
    return [{ message: messages[trace.kind], range: trace.range }];
}
