/** Commands that make recipes run, or reach a process that runs them, without the prefix `roboconf.`: each needs a trusted workspace. */
export const ACTING_COMMANDS = [
    'deploy',
    'deployAgain',
    'start',
    'retry',
    'stop',
    'undeploy',
    'cancel',
    'resume',
    'settleSucceeded',
    'settleFailed',
    'takeOver',
] as const;

/** Commands that connect to hosts of targets: each needs a trusted workspace as well, for the addresses stand in its files. */
export const CONNECTING_COMMANDS = ['testTarget', 'approveHostKey'] as const;
