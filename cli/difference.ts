/** What applying another model would do to a deployment, in lines for people. */
import type { DeploymentDifference, InstanceChange, InstanceChangeEffect } from '../runner/index.ts';
import type { Output, Style } from './output.ts';

interface EffectLook {
    readonly sign: string;
    readonly style: Style;
    readonly word: string;
}

const LOOKS: Readonly<Record<InstanceChangeEffect, EffectLook>> = {
    added: { sign: '+', style: 'added', word: 'added' },
    removed: { sign: '-', style: 'removed', word: 'removed' },
    replaced: { sign: '±', style: 'changed', word: 'replaced' },
    reinstalled: { sign: '~', style: 'changed', word: 'reinstalled' },
    restarted: { sign: '~', style: 'changed', word: 'restarted' },
    noted: { sign: '=', style: 'quiet', word: 'kept' },
};

/** `+ /web-3/worker  added`, `~ /data/store  restarted: port was 80 and is 81`, then what touches no instance, then the counts. */
export function differenceLines(
    { changes, others }: DeploymentDifference,
    { paint }: Pick<Output, 'paint'>,
): readonly string[] {
    const width = Math.max(0, ...changes.map(({ path }) => path.length));
    const summary = [...countsOf(changes)].map(([word, count]) => `${count} ${word}`);
    return [
        ...changes.map((change) => changeLine(change, width, paint)),
        ...others.map((other) => `  ${paint('quiet', `= ${other}`)}`),
        ...(summary.length === 0 ? [] : [paint('strong', `Plan: ${summary.join(', ')}.`)]),
    ];
}

/** `1 added, 2 restarted`. */
function countsOf(changes: readonly InstanceChange[]): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { effect } of changes) counts.set(LOOKS[effect].word, (counts.get(LOOKS[effect].word) ?? 0) + 1);
    return counts;
}

function changeLine({ path, effect, reasons }: InstanceChange, width: number, paint: Output['paint']): string {
    const { sign, style, word } = LOOKS[effect];
    const why = reasons.length === 0 ? '' : `: ${reasons.join(', ')}`;
    return `  ${paint(style, `${sign} ${path.padEnd(width)}  ${word}`)}${why}`;
}
