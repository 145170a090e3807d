/**
 * How a login is proved: keys, then what asks questions, then the password, as OpenSSH tries them. The key file that was named comes
 * before the agent, so that an agent full of other keys does not use up the tries a host allows.
 */
import { basename, join } from 'node:path';
import type { AnyAuthMethod, AuthenticationType, ParsedKey } from 'ssh2';
import type { HostSpec } from './connection-port.ts';
import type { KeyReader } from './private-keys.ts';

/** One way in, and how it is named to people. */
export interface LoginWay {
    readonly method: AnyAuthMethod;
    /** As in `the key ~/.ssh/id_ed25519`. */
    readonly name: string;
    /** As hosts name it. */
    readonly type: AuthenticationType;
}

export interface LoginPlan {
    readonly ways: readonly LoginWay[];
    /** Why something that could have been tried is not, each a clause. */
    readonly skipped: readonly string[];
    /** Set when the login cannot succeed as it was asked for: cause and next step. */
    readonly fault: string | null;
}

/** Where keys lie on this computer. */
export interface LoginKeys {
    /** Absolute home directory. */
    readonly home: string;
    readonly readKey: KeyReader;
}

const DEFAULT_KEYS = ['id_ed25519', 'id_ecdsa', 'id_rsa'];

/** All ways in for a host, in the order they are tried. */
export function loginPlanOf(spec: HostSpec, keys: LoginKeys): LoginPlan {
    const files = spec.keyFile === null ? defaultKeys(spec, keys) : namedKey(spec, spec.keyFile, keys);
    const agent = spec.agent === null ? [] : [agentWay(spec.user, spec.agent)];
    const ways = [...files.ways, ...agent, ...passwordWays(spec)];
    if (files.fault !== null && ways.length === 0) return { ...files, ways };
    return { ways, skipped: files.skipped, fault: ways.length === 0 ? noWayText(files.skipped) : null };
}

function defaultKeys(spec: HostSpec, keys: LoginKeys): LoginPlan {
    const ways: LoginWay[] = [];
    const skipped: string[] = [];
    for (const name of DEFAULT_KEYS) {
        const read = keys.readKey(join(keys.home, '.ssh', name), spec.passphrase);
        const shown = `~/.ssh/${name}`;
        if (read.kind === 'key') ways.push(keyWay(spec.user, read.key, shown));
        else if (read.kind === 'locked') skipped.push(`${shown} is protected by a passphrase that was not given`);
        else if (read.kind === 'wrongPassphrase') skipped.push(`the passphrase is not that of ${shown}`);
        else if (read.kind === 'unusable') skipped.push(`${shown} cannot be used: ${read.reason}`);
    }
    return { ways, skipped, fault: null };
}

function namedKey(spec: HostSpec, file: string, keys: LoginKeys): LoginPlan {
    const read = keys.readKey(file, spec.passphrase);
    const faulty = (fault: string): LoginPlan => ({ ways: [], skipped: [fault], fault: `${upper(fault)}.` });
    switch (read.kind) {
        case 'key':
            return { ways: [keyWay(spec.user, read.key, file)], skipped: [], fault: null };
        case 'missing':
            return faulty(`the key file ${file} does not exist`);
        case 'locked':
            return faulty(
                `the key file ${file} is protected by a passphrase: give it as ssh.passphrase = \${secret:NAME}, or add the key to an agent`,
            );
        case 'wrongPassphrase':
            return faulty(`the passphrase is not that of the key file ${file}`);
        case 'unusable':
            return faulty(`the key file ${file} cannot be used: ${read.reason}`);
        default:
            return read satisfies never;
    }
}

function keyWay(username: string, key: ParsedKey, name: string): LoginWay {
    return { method: { type: 'publickey', username, key }, name: `the key ${name}`, type: 'publickey' };
}

function agentWay(username: string, agent: string): LoginWay {
    return {
        method: { type: 'agent', username, agent },
        name: `the keys of the agent ${basename(agent)}`,
        type: 'publickey',
    };
}

/** Hosts ask for a password in one of two ways, and rarely say why. */
function passwordWays({ user, password }: HostSpec): readonly LoginWay[] {
    if (password === null) return [];
    return [
        { method: questions(user, password), name: 'the password, asked for', type: 'keyboard-interactive' },
        { method: { type: 'password', username: user, password }, name: 'the password', type: 'password' },
    ];
}

/** Answers the one hidden question a host asks with the password, once; any other question (a code of one time) ends it unanswered. */
function questions(username: string, password: string): AnyAuthMethod {
    let isAnswered = false;
    return {
        type: 'keyboard-interactive',
        username,
        // ssh2 gives what the host calls the questions first; only the questions count.
        prompt: (...[, , , prompts, finish]) => {
            const [only, ...others] = prompts;
            const isPassword = only !== undefined && others.length === 0 && only.echo !== true && !isAnswered;
            isAnswered = true;
            finish(isPassword ? [password] : prompts.map(() => ''));
        },
    };
}

function noWayText(skipped: readonly string[]): string {
    const why = skipped.length === 0 ? 'there is no key in ~/.ssh' : skipped.join(', ');
    return `There is nothing to log in with: ${why}. Set scp.keyfile, ssh.agent, or ssh.password = \${secret:NAME}.`;
}

/** Goes through the ways of a plan, past those the host does not take. Answers null when none is left. */
export function createLogin(plan: LoginPlan): {
    readonly next: (accepted: readonly string[] | null) => LoginWay | null;
    /** Names of what was tried, in order. */
    readonly tried: () => readonly string[];
} {
    const tried: string[] = [];
    let at = 0;
    return {
        next: (accepted) => {
            for (; at < plan.ways.length;) {
                const way = plan.ways[at++];
                if (way === undefined || accepted?.includes(way.type) === false) continue;
                tried.push(way.name);
                return way;
            }
            return null;
        },
        tried: () => tried,
    };
}

/** Cause and next step of a login nobody let in. `accepted`: what the host said it takes, if it said so. */
export function refusedLoginText(
    spec: HostSpec,
    plan: LoginPlan,
    tried: readonly string[],
    accepted: readonly string[],
): string {
    const what = tried.length === 0 ? 'Nothing it takes could be tried' : `Tried: ${tried.join('; ')}`;
    const skipped = plan.skipped.length === 0 ? '' : ` Not tried: ${plan.skipped.join('; ')}.`;
    const takes = accepted.length === 0 ? '' : ` It takes: ${accepted.join(', ')}.`;
    return `The host refuses the login of '${spec.user}'. ${what}.${skipped}${takes} ${remedyOf(spec)}`;
}

function remedyOf({ password, keyFile }: HostSpec): string {
    if (password === null) return 'Check scp.user and scp.keyfile, and that the host has your public key.';
    if (keyFile === null) return 'Check scp.user and ssh.password.';
    return 'Check scp.user, ssh.password and scp.keyfile, and that the host has your public key.';
}

function upper(text: string): string {
    return text.charAt(0).toUpperCase() + text.slice(1);
}
