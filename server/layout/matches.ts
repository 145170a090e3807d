/** What was in a container before and what is in it: found again by id, else by label, else in the place of the one that is missing. */
export interface Named {
    readonly id: string;
    readonly label: string;
}

export interface Match<C extends Named, B extends Named> {
    readonly child: C;
    /** Undefined for what is added. */
    readonly before: B | undefined;
}

/** One match for each child, in their order. */
export function matchesOf<C extends Named, B extends Named>(
    before: readonly B[],
    children: readonly C[],
): readonly Match<C, B>[] {
    const byId = new Map(before.map((child) => [child.id, child]));
    const ids = new Set(children.map(({ id }) => id));
    const gone = Map.groupBy(
        before.filter(({ id }) => !ids.has(id)),
        ({ label }) => label,
    );
    const matches = children.map((child) => ({
        child,
        before: byId.get(child.id) ?? gone.get(child.label)?.shift(),
    }));
    return renamed(before, matches);
}

/** One child less and another one more in the same place of the model: it has another name. */
function renamed<C extends Named, B extends Named>(
    before: readonly B[],
    matches: readonly Match<C, B>[],
): readonly Match<C, B>[] {
    const used = new Set(matches.map((match) => match.before?.id));
    const gone = before.filter(({ id }) => !used.has(id));
    const added = matches.filter((match) => match.before === undefined);
    const [only, missing] = [added[0], gone[0]];
    if (added.length !== 1 || gone.length !== 1 || only === undefined || missing === undefined) return matches;
    if (before.indexOf(missing) !== matches.indexOf(only)) return matches;
    return matches.map((match) => (match === only ? { ...match, before: missing } : match));
}
