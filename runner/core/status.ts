/** Words of the life cycle. Names are Roboconf's own. */

export type InstanceStatus =
    | 'NOT_DEPLOYED'
    | 'DEPLOYING'
    | 'DEPLOYED_STOPPED'
    | 'UNRESOLVED'
    | 'WAITING_FOR_ANCESTOR'
    | 'STARTING'
    | 'DEPLOYED_STARTED'
    | 'STOPPING'
    | 'UNDEPLOYING'
    | 'PROBLEM';

/** The only statuses that can be asked for; the others are consequences. */
export type DesiredStatus = 'NOT_DEPLOYED' | 'DEPLOYED_STOPPED' | 'DEPLOYED_STARTED';

/** The recipe actions of the life cycle. `initialize` runs once per deployment, before `deploy`. */
export type Phase = 'initialize' | 'deploy' | 'start' | 'update' | 'stop' | 'undeploy';
