/** Rules of the runner that tests must miss when they are gone: each as the change of source that takes it away. */
export interface Mutant {
    readonly name: string;
    readonly file: string;
    /** Stands in the file exactly once. */
    readonly from: string;
    readonly to: string;
    /** Folders or files of tests that must notice. */
    readonly tests: readonly string[];
}

const ENGINE = ['test/scenarios', 'test/properties', 'test/runner/core'];
const LOCK = ['test/runner/process', 'test/runner/loop'];

const law = (name: string, from: string, to: string): Mutant => ({
    name,
    file: 'runner/core/laws.ts',
    from,
    to,
    tests: ENGINE,
});

export const MUTANTS: readonly Mutant[] = [
    law(
        'R5: an import lost stops nobody',
        'R5: (state, instance, remaining) => !nodeAt(state.topology, instance).groups.every((group) => remaining(group) > 0),',
        'R5: () => false,',
    ),
    law(
        'R7: a stop does not end waiting',
        "R7: (state, instance) => statusOf(state, instance) !== 'DEPLOYED_STOPPED',",
        'R7: () => false,',
    ),
    law(
        'R8: a machine runs any number of recipes at a time',
        'R8: (state, machine) => at(state.occupied, machine) === 0,',
        'R8: () => true,',
    ),
    {
        name: 'R8: what occupies a machine is not counted',
        file: 'runner/core/evolve-task.ts',
        from: 'state.occupied[machine] = at(state.occupied, machine) + difference;',
        to: '',
        tests: ENGINE,
    },
    {
        name: 'dependants first: an exporter does not wait for its importers',
        file: 'runner/core/consider.ts',
        from: 'if (at(state.activeBelow, node.index) > 0 || hasBusyDependants(state, node)) return REST;',
        to: 'if (at(state.activeBelow, node.index) > 0) return REST;',
        tests: ENGINE,
    },
    {
        name: 'dependants first: a parent does not wait for its children',
        file: 'runner/core/consider.ts',
        from: 'if (at(state.activeBelow, node.index) > 0 || hasBusyDependants(state, node)) return REST;',
        to: 'if (hasBusyDependants(state, node)) return REST;',
        tests: ENGINE,
    },
    {
        name: 'dependants first: what a machine that imports carries is not waited for',
        file: 'runner/core/consider.ts',
        from: ' || hasBusyMachine(state, node, group)',
        to: '',
        tests: ENGINE,
    },
    {
        name: 'update coalescing: what was told before is forgotten at each change',
        file: 'runner/core/evolve-status.ts',
        from: 'if (!pending.has(exporter)) pending.set(exporter, told);',
        to: 'pending.set(exporter, told);',
        tests: ENGINE,
    },
    {
        name: 'update coalescing: a change that was undone is told all the same',
        file: 'runner/core/import-change.ts',
        from: 'return isSame(before.values, after.values) ? null :',
        to: 'return',
        tests: ENGINE,
    },
    {
        name: 'update coalescing: an exporter that came and went is told',
        file: 'runner/core/import-change.ts',
        from: "if (after === null) return before === null ? null : { kind: 'removed', exporterPath, ...before };",
        to: "if (after === null) return { kind: 'removed', exporterPath, prefix: '', values: {}, ...before };",
        tests: ENGINE,
    },
    {
        name: 'the lock: a number that is taken can be claimed again',
        file: 'runner/process/claim.ts',
        from: "if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;",
        to: "if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return true;",
        tests: LOCK,
    },
    {
        name: 'the lock: a higher number that appeared meanwhile is not looked for',
        file: 'runner/process/claim.ts',
        from: 'if (highestFence(lockDirectory) === fence) return true;',
        to: 'return true;',
        tests: LOCK,
    },
    {
        name: 'the lock: nobody asks whether somebody else drives the deployment',
        file: 'runner/process/acquire.ts',
        from: 'if (holder !== null) return holder;',
        to: '',
        tests: LOCK,
    },
    {
        name: 'the lock: a runner that was replaced goes on recording',
        file: 'runner/loop.ts',
        from: 'if (config.isSuperseded()) {',
        to: 'if (config.isSuperseded() && false) {',
        tests: LOCK,
    },
];

/** The source without the rule. Throws when the place is not there, or there twice: then the mutant is to be written anew. */
export function mutated({ name, file, from, to }: Mutant, source: string): string {
    if (source.split(from).length !== 2) throw new Error(`${file} does not hold the place of '${name}' exactly once`);
    return source.replace(from, () => to);
}
