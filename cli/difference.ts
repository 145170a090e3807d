/** What applying another model would do to a deployment, in lines for people. */
import type { DeploymentDifference, InstanceChange, InstanceChangeKind } from '../runner/index.ts';
import type { Output, Style } from './output.ts';

interface ChangeLook {
    readonly sign: string;
    readonly style: Style;
}

const LOOKS: Readonly<Record<InstanceChangeKind, ChangeLook>> = {
    added: { sign: '+', style: 'added' },
    removed: { sign: '-', style: 'removed' },
    replaced: { sign: '±', style: 'changed' },
    reinstalled: { sign: '~', style: 'changed' },
    restarted: { sign: '~', style: 'changed' },
    noted: { sign: '=', style: 'quiet' },
};

/** `+ /web-3/worker  added`, `~ /data/store  restarted: port was 80 and is 81`, then what touches no instance, then the counts. */
export function differenceLines(
    { changes, others }: DeploymentDifference,
    { paint }: Pick<Output, 'paint'>,
): readonly string[] {
    const width = Math.max(0, ...changes.map(({ path }) => path.length));
    const summary = [...countsOf(changes)].map(([kind, count]) => `${count} ${kind}`);
    return [
        ...changes.map((change) => changeLine(change, width, paint)),
        ...others.map((other) => `  ${paint('quiet', `= ${other}`)}`),
        ...(summary.length === 0 ? [] : [paint('strong', `Plan: ${summary.join(', ')}.`)]),
    ];
}

/** `1 added, 2 restarted`. */
function countsOf(changes: readonly InstanceChange[]): ReadonlyMap<InstanceChangeKind, number> {
    const counts = new Map<InstanceChangeKind, number>();
    for (const { kind } of changes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return counts;
}

function changeLine({ path, kind, reasons }: InstanceChange, width: number, paint: Output['paint']): string {
    const { sign, style } = LOOKS[kind];
    const why = reasons.length === 0 ? '' : `: ${reasons.join(', ')}`;
    return `  ${paint(style, `${sign} ${path.padEnd(width)}  ${kind}`)}${why}`;
}
