/** A target of SSH hosts as a person describes it, and the file that says so. Pure: the text is the same for the same answers. */
import * as vscode from 'vscode';

export interface HostsForm {
    readonly id: string;
    /** As they go into `embedded.ip`: `host`, `host:port` or `user@host:port`. */
    readonly addresses: readonly string[];
    readonly user: string;
    /** How machines are logged in to: with a key file (empty = those of `~/.ssh` and the agent), or with a password. */
    readonly login: { readonly kind: 'key'; readonly file: string } | { readonly kind: 'password' };
    readonly sudo: boolean;
}

/** A target file for machines that exist. A password is a reference to a secret, never a value. */
export function hostsTargetText({ id, addresses, user, login, sudo }: HostsForm): string {
    return [
        comment(vscode.l10n.t('Machines that are reached over SSH: each machine of the model takes a free one.')),
        `id = ${id}`,
        `name = ${id}`,
        'handler = embedded',
        '',
        comment(vscode.l10n.t('The pool: host, host:port or user@host:port, separated by commas.')),
        `embedded.ip = ${addresses.join(', ')}`,
        '',
        comment(vscode.l10n.t('Who logs in, and with what.')),
        `scp.user = ${value(user)}`,
        ...loginLines(id, login),
        ...(sudo
            ? [
                  '',
                  comment(vscode.l10n.t('Recipes run as root: the user may use sudo without a password.')),
                  'embedded.sudo = true',
              ]
            : []),
        '',
        comment(vscode.l10n.t('There is more: ssh.port, ssh.jump, ssh.agent, scp.known.hosts.file, hostkey.HOST.')),
        '',
    ].join('\n');
}

function loginLines(id: string, login: HostsForm['login']): readonly string[] {
    if (login.kind === 'password') return [`ssh.password = \${secret:${secretNameFor(id)}}`];
    if (login.file !== '') return [`scp.keyfile = ${value(login.file)}`];
    return [
        comment(
            vscode.l10n.t('Keys of the agent and of ~/.ssh are tried; or name one: scp.keyfile = ~/.ssh/id_ed25519'),
        ),
    ];
}

/** A target whose machines are folders of this computer. */
export function localTargetText(id: string): string {
    return [
        comment(vscode.l10n.t('This computer: each machine of the model is a folder of it.')),
        `id = ${id}`,
        `name = ${id}`,
        'handler = local',
        '',
    ].join('\n');
}

/** The name a target's password is kept under. */
export function secretNameFor(id: string): string {
    return `${id.replace(/[^\w.-]+/g, '-')}-password`;
}

/** What is wrong with a list of addresses, undefined when nothing is. */
export function addressesFault(text: string, isAddress: (word: string) => boolean): string | undefined {
    const addresses = addressesIn(text);
    if (addresses.length === 0) return vscode.l10n.t('A pool needs at least one address.');
    const wrong = addresses.find((address) => !isAddress(address));
    if (wrong === undefined) return undefined;
    return vscode.l10n.t("'{0}' is no address: write host, host:port or user@host:port.", wrong);
}

/** The addresses of a text in which commas or blanks stand between them, each once. */
export function addressesIn(text: string): readonly string[] {
    return [...new Set(text.split(/[\s,]+/).filter((word) => word !== ''))];
}

/** What is wrong with the id of a target among those that are known, undefined when nothing is. */
export function targetIdFault(id: string, known: readonly string[]): string | undefined {
    if (id === '') return vscode.l10n.t('The target needs an id.');
    if (!/^[A-Za-z0-9][\w.-]*$/.test(id))
        return vscode.l10n.t("An id starts with a letter or digit and goes on with letters, digits, '_', '-' and '.'.");
    return known.includes(id) ? vscode.l10n.t("There is a target '{0}' already.", id) : undefined;
}

function comment(text: string): string {
    return `# ${text}`;
}

/** A text as a value of a properties file, where a backslash begins an escape. */
function value(text: string): string {
    return text.replaceAll('\\', '\\\\');
}
