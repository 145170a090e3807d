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
