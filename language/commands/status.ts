/** The states an instance can be put in (reference: language, section 3.6). */

/** States that last. */
export const STABLE_STATUSES: readonly string[] = [
    'NOT_DEPLOYED',
    'DEPLOYED_STOPPED',
    'UNRESOLVED',
    'WAITING_FOR_ANCESTOR',
    'DEPLOYED_STARTED',
];

/** States an instance only passes through. */
export const UNSTABLE_STATUSES: readonly string[] = ['DEPLOYING', 'STARTING', 'STOPPING', 'UNDEPLOYING', 'PROBLEM'];

/** The status a text names: `deployed and started` is DEPLOYED_STARTED. It may be none that exists. */
export function statusNamed(text: string): string {
    return text.toUpperCase().replaceAll(' ', '_').replaceAll('_AND_', '_');
}
