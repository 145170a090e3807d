/** The actions of `roboconf journal`: apart from the verb, as the completion of shells offers them too. */
export const JOURNAL_ACTIONS = ['verify', 'show'] as const;
