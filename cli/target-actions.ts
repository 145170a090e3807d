/** What can be done with targets, in the order of the help text. */
export const TARGET_ACTIONS = ['list', 'test', 'approve'] as const;
