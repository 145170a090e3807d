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
    summary:
        'Machines that are nothing but a note in memory, for trying out a model without any: recipes are said instead of run.',
    acceptsNested: true,
    keys: [
        optional('in-memory.delay', 'How many milliseconds the making of a machine takes.', '30', {
            value: { kind: 'integer', least: 0 },
            default: '0',
        }),
        optional(
            'in-memory.execute-real-recipes',
            'Whether recipes are really run instead: then the machines are directories of this computer.',
            'false',
            { value: BOOLEAN, default: 'false' },
        ),
        optional(
            'in-memory.ip-address-of-the-agent',
            'The address that the instances of these machines export as `ip`; `127.0.0.1` when nothing is said.',
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
        optional(
            'embedded.ip',
            'The pool: the machines, separated by commas, each as `host`, `host:port` or `user@host:port`. Deployments share them: one that has a machine keeps it until it is undeployed.',
            '10.0.0.11, 10.0.0.12',
            { value: { kind: 'hosts' } },
        ),
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
        optional(
            'hostkey.<host>',
            'The fingerprint of the key this host must show, whatever the file of known hosts says.',
            'SHA256:…',
        ),
        optional('ssh.port', 'The port of the machines whose entry in the pool names none.', '2222', {
            value: { kind: 'integer', least: 1 },
            default: '22',
        }),
        optional(
            'ssh.jump',
            'The host on the way to the machines, as `host`, `host:port` or `user@host:port`. It is logged in to with the same keys, never with the password.',
            'me@gate.example.org',
            { value: { kind: 'host' } },
        ),
        optional(
            'ssh.agent',
            'The socket of the agent whose keys are tried, or `none`. Without it, `SSH_AUTH_SOCK` names it.',
            '/run/user/1000/agent.sock',
            { value: PATH },
        ),
        optional('ssh.password', 'The password of the user, for machines that take no key.', '${secret:SSH_PASSWORD}', {
            value: SECRET,
        }),
        optional('ssh.passphrase', 'The passphrase of the private key.', '${secret:SSH_PASSPHRASE}', {
            value: SECRET,
        }),
        optional(
            'embedded.sudo',
            'Whether recipes run as root, by `sudo -n`: the user must be allowed to without a password.',
            'true',
            { value: BOOLEAN, default: 'false' },
        ),
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
