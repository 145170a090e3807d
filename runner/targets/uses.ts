/** Which machines a deploy of a part of an application needs. Pure. */
import type { TargetUse } from '../../language/index.ts';
import { isNamedBy } from '../core/instance-path.ts';

/** Machines that a deploy of some sub-trees needs (none = all): those named, and those on which named instances are. */
export function usesOf(uses: readonly TargetUse[], paths: readonly string[]): readonly TargetUse[] {
    return uses.filter(({ path }) => isNamedBy(path, paths) || paths.some((named) => isNamedBy(named, [path])));
}
