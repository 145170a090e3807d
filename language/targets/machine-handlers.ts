/** Handlers of machines that are there already, or that live on this computer: they accept scoped instances inside of others. */
import { BOOLEAN, optional, PATH, SECRET, type TargetHandler } from './target-key.ts';

const LOCAL: TargetHandler = {
    name: 'local',
    summary: 'This computer: each machine of the model is a directory of it, with the address 127.0.0.1.',
    acceptsNested: true,
    keys: [],
};

const IN_MEMORY: TargetHandler = {
    name: 'in-memory',
    summary: 'Agents that live in the memory of the Deployment Manager, for trying out a model without any machine.',
    acceptsNested: true,
    keys: [
        optional('in-memory.delay', 'How many milliseconds the making of a machine takes.', '30', {
            value: { kind: 'integer', least: 0 },
            default: '0',
        }),
        optional(
            'in-memory.execute-real-recipes',
            'Whether recipes are really run on this computer instead of being simulated.',
            'false',
            { value: BOOLEAN, default: 'false' },
        ),
        optional(
            'in-memory.ip-address-of-the-agent',
            'The address that the instances of these machines export as `ip`.',
            '127.0.0.1',
            { value: { kind: 'addresses' } },
        ),
        optional(
            'in-memory.write-user-data',
            'Whether the data given to a machine when it is made are written to a file.',
            'false',
            { value: BOOLEAN, default: 'false' },
        ),
    ],
};

const EMBEDDED: TargetHandler = {
    name: 'embedded',
    summary: 'Machines that exist already and are reached over SSH: each instance takes a free one of the pool.',
    acceptsNested: true,
    keys: [
        optional('embedded.ip', 'The pool: addresses of the machines, separated by commas.', '10.0.0.11, 10.0.0.12', {
            value: { kind: 'addresses' },
        }),
        optional('scp.user', 'The user to log in as.', 'ubuntu', { default: 'ubuntu' }),
        optional(
            'scp.keyfile',
            'The private key to log in with. Without it, those of `~/.ssh` are tried.',
            '~/.ssh/id',
            {
                value: PATH,
            },
        ),
        optional(
            'scp.known.hosts.file',
            'The file with the keys of known hosts. Without it, that of `~/.ssh` is used.',
            '~/.ssh/known_hosts',
            { value: PATH },
        ),
        optional(
            'scp.disable.host.validation',
            'Whether any host key is accepted. Anybody between here and the machine can then pose as it.',
            'false',
            { value: BOOLEAN, default: 'false' },
        ),
        optional(
            'scp.agent.configdir',
            'The directory of the machine with the configuration of its agent.',
            '/etc/agent',
            {
                value: PATH,
                default: '/etc/roboconf-agent',
            },
        ),
        optional('hostkey.<host>', 'The fingerprint of the key this host must show.', 'SHA256:…'),
    ],
};

const DOCKER: TargetHandler = {
    name: 'docker',
    summary: 'Docker containers, one a machine.',
    acceptsNested: true,
    keys: [
        optional('docker.endpoint', 'The address of the Docker service.', 'tcp://localhost:4243', {
            value: { kind: 'url', schemes: ['tcp', 'unix', 'http', 'https', 'npipe'], isBareAllowed: false },
            default: 'tcp://localhost:4243',
        }),
        optional(
            'docker.image',
            'The image that containers are made from. Its version is that of the Deployment Manager by default.',
            'roboconf/roboconf-agent:0.9',
            { default: 'roboconf/roboconf-agent:<version>' },
        ),
        optional('docker.user', 'The user of the image registry.', 'me'),
        optional('docker.password', 'The password of the user of the image registry.', '${secret:DOCKER_PASSWORD}', {
            value: SECRET,
        }),
        optional('docker.email', 'The e-mail address of the user of the image registry.', 'me@example.org'),
        optional('docker.version', 'The version of the Docker API to speak.', '1.41'),
        optional(
            'docker.generate.image.from',
            'A directory with a `Dockerfile`, relative to that of the target: the image is built from it when it is missing.',
            'image',
            { value: PATH },
        ),
        optional(
            'docker.option.run.<option>',
            'An option for making the container, as `docker run` names it: `memory`, `cap-add`…',
            'SYS_PTRACE',
        ),
        optional(
            'docker.option.env.<variable>',
            'A variable of the environment of the container. `<application-name>`, `<scoped-instance-path>` and `<scoped-messaging_type>` stand for what they name.',
            '<application-name>',
        ),
    ],
};

/** In the order people meet them. */
export const MACHINE_HANDLERS: readonly TargetHandler[] = [LOCAL, IN_MEMORY, EMBEDDED, DOCKER];
