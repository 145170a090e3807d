/** Whole blocks of graph and instances files. */
import { literal, type Snippets } from './snippet.ts';

export const GRAPH_SNIPPETS: Snippets = {
    'Root component': {
        prefix: 'component-target',
        description: 'A machine: a root component with what runs on it',
        body: ['${1:VM} {', '\tinstaller: target;', '\tchildren: ${2:Application};', '}', '$0'],
    },
    Component: {
        prefix: 'component',
        description: 'A component with what it exports',
        body: [
            '${1:Application} {',
            '\tinstaller: ${2|script,puppet,file,logger|};',
            '\texports: ip, ${3:port} = ${4:8080};',
            '}',
            '$0',
        ],
    },
    'Component with imports': {
        prefix: 'component-imports',
        description: 'A component that waits for what others export',
        body: [
            '${1:Application} {',
            '\tinstaller: ${2|script,puppet,file,logger|};',
            '\timports: ${3:Database}.ip, ${3:Database}.port;',
            '\texports: ip, ${4:port} = ${5:8080};',
            '}',
            '$0',
        ],
    },
    'Extending component': {
        prefix: 'component-extends',
        description: 'A component that takes over another one',
        body: ['${1:SpecialApplication} {', '\textends: ${2:Application};', '}', '$0'],
    },
    Facet: {
        prefix: 'facet',
        description: 'What several components share',
        body: ['facet ${1:deployable} {', '\texports: ${2:url};', '}', '$0'],
    },
    Import: {
        prefix: 'import',
        description: 'Takes in another graph file',
        body: ['import ${1:parts/database.graph};', '$0'],
    },
    'Random port': {
        prefix: 'random',
        description: 'A free port, chosen when the instance is deployed',
        body: ['random[port] ${1:port}'],
    },
};

export const INSTANCES_SNIPPETS: Snippets = {
    'Root instance': {
        prefix: 'instance',
        description: 'An instance of a component',
        body: ['instance of ${1:VM} {', '\tname: ${2:vm};', '\t$0', '}'],
    },
    'Instance with a child': {
        prefix: 'instance-child',
        description: 'A machine and what runs on it',
        body: [
            'instance of ${1:VM} {',
            '\tname: ${2:vm};',
            '\tinstance of ${3:Application} {',
            '\t\tname: ${4:application};',
            '\t}',
            '}',
            '$0',
        ],
    },
    'Several instances': {
        prefix: 'instance-count',
        description: 'Copies of an instance with all it contains',
        body: ['instance of ${1:VM} {', '\tname: ${2:vm};', '\tcount: ${3:2};', '}', '$0'],
    },
    'Instance on a known machine': {
        prefix: 'instance-address',
        description: 'A root instance whose address is given',
        body: ['instance of ${1:VM} {', '\tname: ${2:vm};', '\tdata.ip.address: ${3:127.0.0.1};', '}', '$0'],
    },
    Import: {
        prefix: 'import',
        description: 'Takes in another instances file',
        body: ['import ${1:machines.instances};', '$0'],
    },
    'Instance variable': {
        prefix: 'variable',
        description: 'What is put in for each instance',
        body: [
            `${literal('$(')}\${1|ROBOCONF_INSTANCE_NAME,ROBOCONF_INSTANCE_PATH,ROBOCONF_COMPONENT_NAME,ROBOCONF_CLEAN_INSTANCE_PATH,ROBOCONF_CLEAN_REVERSED_INSTANCE_PATH|})`,
        ],
    },
};
