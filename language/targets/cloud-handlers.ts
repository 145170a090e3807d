/** Handlers that rent machines from a cloud: root instances only. */
import {
    BOOLEAN,
    optional,
    PATH,
    required,
    SECRET,
    WEB,
    WORDS,
    type TargetHandler,
    type ValueKind,
} from './target-key.ts';

const GIGABYTES: ValueKind = { kind: 'integer', least: 1 };

const EC2: TargetHandler = {
    name: 'iaas-ec2',
    summary: 'Virtual machines of Amazon EC2.',
    acceptsNested: false,
    keys: [
        required('ec2.endpoint', 'The address of the service of a region.', 'eu-west-1.ec2.amazonaws.com', {
            kind: 'url',
            schemes: ['http', 'https'],
            isBareAllowed: true,
        }),
        required('ec2.access.key', 'The identifier of the access key.', '${env:AWS_ACCESS_KEY_ID}'),
        required('ec2.secret.key', 'The secret part of the access key.', '${secret:EC2_SECRET_KEY}', SECRET),
        required('ec2.ami', 'The image that machines are made from, with an agent in it.', 'ami-0abcdef1234567890'),
        required('ec2.instance.type', 'The size of the machines.', 't3.micro'),
        required('ec2.ssh.key', 'The name of the key pair that lets people log in.', 'my-key'),
        required('ec2.security.group', 'The security group of the machines.', 'default'),
        optional('ec2.elastic.ip', 'A fixed address of yours that the machine gets.', '203.0.113.7', {
            value: { kind: 'addresses' },
        }),
        optional('ec2.availability.zone', 'Where in the region machines are made.', 'eu-west-1a'),
        optional('ec2.use-block-storage', 'Names for the volumes of a machine, separated by commas.', 'data, logs', {
            value: WORDS,
        }),
        optional(
            'ec2.ebs-snapshot-id.<id>',
            'What a volume is made from: a snapshot, a volume or its name. `%APP%` is the application, `%NAME%` the instance.',
            'roboconf-%APP%-%NAME%',
            { default: 'roboconf-%APP%-%NAME%' },
        ),
        optional('ec2.ebs-size.<id>', 'The size of a volume in gigabytes.', '2', { value: GIGABYTES, default: '2' }),
        optional('ec2.ebs-mount-point.<id>', 'The device a volume becomes.', '/dev/sdf', {
            value: PATH,
            default: '/dev/sdf',
        }),
        optional('ec2.ebs-type.<id>', 'The kind of a volume.', 'gp2', { default: 'standard' }),
        optional('ec2.ebs-delete-on-termination.<id>', 'Whether a volume is deleted with its machine.', 'false', {
            value: BOOLEAN,
            default: 'false',
        }),
    ],
};

const OPENSTACK: TargetHandler = {
    name: 'iaas-openstack',
    summary: 'Virtual machines of an OpenStack cloud.',
    acceptsNested: false,
    keys: [
        required('openstack.keystone-url', 'The address of the identity service.', 'https://cloud.org:5000/v2.0', WEB),
        required('openstack.image-name', 'The image that machines are made from, with an agent in it.', 'agent'),
        required('openstack.tenant-name', 'The project that pays for the machines.', 'my-project'),
        required('openstack.flavor-name', 'The size of the machines.', 'm1.small'),
        required('openstack.security-group', 'The security group of the machines.', 'default'),
        required('openstack.key-pair', 'The name of the key pair that lets people log in.', 'my-key'),
        required('openstack.user', 'The user of the cloud.', 'me'),
        required('openstack.password', 'The password of the user.', '${secret:OPENSTACK_PASSWORD}', SECRET),
        optional('openstack.floating-ip-pool', 'The pool a public address is taken from.', 'public'),
        optional('openstack.network-id', 'The network the machines are connected to.', 'a1b2c3'),
        optional('openstack.region-name', 'The region machines are made in.', 'RegionOne'),
        optional('openstack.obj-storage', 'Containers of the object storage to make, separated by commas.', 'backups', {
            value: WORDS,
        }),
        optional('openstack.use-block-storage', 'Names for the volumes of a machine, separated by commas.', 'data', {
            value: WORDS,
        }),
        optional(
            'openstack.volume-name.<id>',
            'What a volume is called. `%APP%` is the application, `%NAME%` the instance.',
            'roboconf-%APP%-%NAME%',
            { default: 'roboconf-%APP%-%NAME%' },
        ),
        optional('openstack.volume-size.<id>', 'The size of a volume in gigabytes.', '5', {
            value: GIGABYTES,
            default: '5',
        }),
        optional(
            'openstack.volume-mount-point.<id>',
            'The device a volume becomes: another one for each.',
            '/dev/vdb',
            {
                value: PATH,
                default: '/dev/vdb',
            },
        ),
        optional('openstack.volume-type.<id>', 'The kind of a volume.', 'ssd'),
        optional(
            'openstack.delete-volume-on-termination.<id>',
            'Whether a volume is deleted with its machine.',
            'false',
            {
                value: BOOLEAN,
                default: 'false',
            },
        ),
    ],
};

const AZURE: TargetHandler = {
    name: 'iaas-azure',
    summary: 'Virtual machines of Microsoft Azure.',
    acceptsNested: false,
    keys: [
        required('azure.subscription.id', 'The subscription that pays for the machines.', 'a1b2c3d4'),
        required('azure.key.store.file', 'The key store with the certificate to log in with.', 'azure.jks', PATH),
        required('azure.key.store.password', 'The password of the key store.', '${secret:AZURE_PASSWORD}', SECRET),
        required(
            'azure.create.cloud.service.template',
            'The request that makes a cloud service, as an XML file.',
            'service.xml',
            PATH,
        ),
        required(
            'azure.create.deployment.template',
            'The request that makes a deployment, as an XML file.',
            'deployment.xml',
            PATH,
        ),
        required('azure.location', 'The region machines are made in.', 'West Europe'),
        required('azure.vm.size', 'The size of the machines.', 'Small'),
        required('azure.vm.template', 'The image that machines are made from, with an agent in it.', 'agent'),
    ],
};

const VMWARE: TargetHandler = {
    name: 'iaas-vmware',
    summary: 'Virtual machines of a VMware vCenter, cloned from a template.',
    acceptsNested: false,
    keys: [
        required('vmware.url', 'The address of the SDK of the vCenter.', 'https://vcenter.org/sdk', WEB),
        required('vmware.user', 'The user of the vCenter.', 'me'),
        required('vmware.password', 'The password of the user.', '${secret:VMWARE_PASSWORD}', SECRET),
        required('vmware.template', 'The template that machines are cloned from.', 'agent'),
        required('vmware.cluster', 'The cluster machines run in.', 'main'),
        required('vmware.datacenter', 'The data center machines run in.', 'main'),
        required('vmware.vmuser', 'The user to log in to a machine as.', 'roboconf'),
        required('vmware.vmpassword', 'The password of the user of a machine.', '${secret:VM_PASSWORD}', SECRET),
        optional('vmware.ignorecert', 'Whether any certificate of the vCenter is accepted.', 'false', {
            value: BOOLEAN,
            default: 'false',
        }),
    ],
};

const JCLOUDS: TargetHandler = {
    name: 'jclouds',
    summary: 'Virtual machines of any cloud that Apache jclouds knows. The image must hold a configured agent.',
    acceptsNested: false,
    keys: [
        required('jclouds.provider-id', 'The provider, as jclouds calls it.', 'openstack-nova'),
        required('jclouds.endpoint', 'The address of the service.', 'https://cloud.org:5000/v2.0', WEB),
        required('jclouds.image-name', 'The image that machines are made from.', 'agent'),
        required('jclouds.security-group', 'The security group of the machines.', 'default'),
        required('jclouds.identity', 'Who asks for machines.', 'my-project:me'),
        required('jclouds.credential', 'The password or key of who asks.', '${secret:JCLOUDS_CREDENTIAL}', SECRET),
        required('jclouds.hardware-name', 'The size of the machines.', 'm1.small'),
        optional('jclouds.key-pair', 'The name of the key pair that lets people log in.', 'my-key'),
    ],
};

const OCCI: TargetHandler = {
    name: 'iaas-occi',
    summary: 'Virtual machines of a cloud that speaks OCCI. Experimental.',
    acceptsNested: false,
    keys: [
        required('occi.serverIpPort', 'The address and port of the service.', '203.0.113.7:8080'),
        required('occi.image', 'The image that machines are made from, with an agent in it.', 'agent'),
        optional('occi.title', 'The title of a machine.', 'web'),
        optional('occi.summary', 'What a machine is for.', 'A web server'),
        optional('occi.user', 'The user of the service.', 'me'),
        optional('occi.password', 'The password of the user.', '${secret:OCCI_PASSWORD}', { value: SECRET }),
        optional('occi.rendering', 'The form of requests.', 'json', {
            value: { kind: 'choice', choices: ['http', 'json'] },
        }),
        optional('occi.backend', 'The kind of cloud behind the service.', 'openstack'),
        optional('cloudautomation.<name>', 'An attribute of the kind of cloud `cloudautomation`.', 'value'),
        optional('vmwarefolders.<name>', 'An attribute of the kind of cloud `vmwarefolders`.', 'value'),
    ],
};

export const CLOUD_HANDLERS: readonly TargetHandler[] = [EC2, OPENSTACK, AZURE, VMWARE, JCLOUDS, OCCI];
