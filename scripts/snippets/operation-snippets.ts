/** Commands, rules and probes. */
import { PROBE_HANDLERS, type ProbeHandlerName } from '../../language/measures/probe-handlers.ts';
import { literal, type Snippets } from './snippet.ts';

const NAME_VARIABLE = literal('$(name)');

export const COMMANDS_SNIPPETS: Snippets = {
    'New machine with an application': {
        prefix: 'scale-up',
        description: 'Adds a machine with a name of its own, and starts what runs on it',
        body: [
            `define name = \${1:vm}-${literal('$(SMART_INDEX)')}`,
            `create \${2:VM} as ${NAME_VARIABLE}`,
            `create \${3:Application} as \${4:application} under /${NAME_VARIABLE}`,
            `deploy and start all /${NAME_VARIABLE}`,
            '$0',
        ],
    },
    'Remove the last machine': {
        prefix: 'scale-down',
        description: 'Removes the machine with the highest number',
        body: [
            `define name = \${1:vm}-${literal('$(EXISTING_INDEX MAX)')}`,
            `undeploy all /${NAME_VARIABLE}`,
            `delete /${NAME_VARIABLE}`,
            '$0',
        ],
    },
    Create: {
        prefix: 'create',
        description: 'Creates an instance on another one',
        body: ['create ${1:Application} as ${2:application} under ${3:/vm}', '$0'],
    },
    'Create root': {
        prefix: 'create-root',
        description: 'Creates a root instance',
        body: ['create ${1:VM} as ${2:vm}', '$0'],
    },
    Replicate: {
        prefix: 'replicate',
        description: 'Copies a root instance with all on it',
        body: ['replicate ${1:/vm} as ${2:vm2}', '$0'],
    },
    Rename: { prefix: 'rename', description: 'Renames an instance', body: ['rename ${1:/vm} as ${2:other}', '$0'] },
    Associate: {
        prefix: 'associate',
        description: 'Says with which target a machine is made',
        body: ['associate ${1:/vm} with ${2:target-id}', '$0'],
    },
    'Change status': {
        prefix: 'change-status',
        description: 'Brings an instance into a state',
        body: ['change status of ${1:/vm} to ${2|deployed and started,deployed and stopped,not deployed|}', '$0'],
    },
    'Act on all instances of a component': {
        prefix: 'all-instances',
        description: 'Starts, stops, undeploys or deletes all instances of a component',
        body: ['${1|deploy and start all,stop all,undeploy all,delete all|} instances of ${2:Application}', '$0'],
    },
    'Act on an instance and all on it': {
        prefix: 'all-below',
        description: 'Starts, stops, undeploys or deletes an instance with all on it',
        body: ['${1|deploy and start all,stop all,undeploy all,delete|} ${2:/vm}', '$0'],
    },
    Define: { prefix: 'define', description: 'Gives a name to a value', body: ['define ${1:name} = ${2:value}', '$0'] },
    'Define with an index': {
        prefix: 'define-index',
        description: 'A name with the smallest free number',
        body: [`define \${1:name} = \${2:vm}-${literal('$(SMART_INDEX)')}`, '$0'],
    },
    Email: {
        prefix: 'email',
        description: 'Sends a message',
        body: ['email ${1:someone@example.com} with Subject: ${2:news}\\\\n${3:message}', '$0'],
    },
    Write: { prefix: 'write', description: 'Writes a file', body: ['write ${1:text} into ${2:%TMP%/file.txt}', '$0'] },
    Append: {
        prefix: 'append',
        description: 'Adds a line to a file',
        body: ['append ${1:text} into ${2:%TMP%/file.txt}', '$0'],
    },
    Execute: { prefix: 'execute', description: 'Runs another commands file', body: ['execute ${1:command}', '$0'] },
};

export const RULES_SNIPPETS: Snippets = {
    Rule: {
        prefix: 'rule',
        description: 'Runs commands when a probe emits an event',
        body: ['rule "${1:${TM_FILENAME_BASE:name}}"', 'when', '\t${2:event}', 'then', '\t${3:command};', 'end', '$0'],
    },
    'Rule with pauses': {
        prefix: 'rule-timed',
        description: 'A rule that does not run again too soon',
        body: [
            'rule "${1:${TM_FILENAME_BASE:name}}"',
            'sleep period is ${2:60}s',
            'time window is ${3:30}s',
            'when',
            '\t${4:event}',
            'then',
            '\t${5:command};',
            'end',
            '$0',
        ],
    },
};

const PROBE_BODIES: Readonly<Record<ProbeHandlerName, readonly string[]>> = {
    file: ['${2|Delete if exists,Notify if not exists|} ${3:/tmp/file}'],
    rest: ['Check ${2:http://localhost:8080/status} that ${3:value} ${4|>,>=,=,==,<,<=|} ${5:10}'],
    nagios: ['GET ${2:hosts}', 'Columns: ${3:host_name}', 'Filter: ${4:state} = ${5:1}'],
    docker: ['${2:web-ROBOCONF_INSTANCE_NAME}'],
};

export const MEASURES_SNIPPETS: Snippets = Object.fromEntries(
    PROBE_HANDLERS.map(({ name, form }) => [
        `Probe ${name}`,
        {
            prefix: `probe-${name}`,
            description: `A probe: ${form}`,
            body: [`[EVENT ${name} \${1:event}]`, ...PROBE_BODIES[name], '$0'],
        },
    ]),
);
