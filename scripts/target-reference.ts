/** The page of the user documentation about target files: what every one of them has, and the keys of each handler, from the catalogue that checks them. */
import { COMMON_TARGET_KEYS, TARGET_HANDLERS } from '../language/targets/handlers.ts';
import type { TargetHandler, TargetKey, ValueKind } from '../language/targets/target-key.ts';
import { expectedOf } from '../language/targets/values.ts';

const INTRODUCTION = `# Targets

A target says who makes the machines of a component whose installer is \`target\`, and how.
Target files are properties files: right in the recipe folder \`graph/<Component>/\`, in \`targets/\` of the application, in \`targets/\` beside it or above it, or anywhere.
One file in a recipe folder is the default target of the component; of several, the one called \`target.properties\` is.

This page is made from the catalogue that target files are checked, completed and explained with.
This tool makes machines with \`local\`, \`in-memory\` and \`embedded\` itself; the other handlers are those of a Deployment Manager, which may have more.
A deployment onto one of those is refused before anything begins.

## Which target makes which machine

What is said of an instance counts before what is said of its component, that before what is said of the application, and that before the default target of the component.
A machine of which nothing is said is a directory of this computer.

\`\`\`sh
roboconf deploy my-app --target pool                            # all machines
roboconf deploy my-app --target /front=pool --target Db=db.properties # one instance, one component by a file
roboconf deploy my-app --target local                           # this computer, whatever the files say
roboconf target list my-app                                     # what would make which machine, and who has which machine of a pool
\`\`\`

- An id that two files have is refused where it is used; the path of a file always says which one is meant.
- A component means this very component, not those that extend it. A default target, like the recipe folder it lies in, holds for those too.
- What was chosen is kept with the deployment: the next \`deploy\` goes on from it until everything is undeployed.
- A machine keeps the target it was made by, as that was then: editing or choosing another changes only what is made from then on, and the difference that \`deploy\` shows says so. A copy of the target lies with the deployment.
- One application may have machines of several targets. Those on this computer have the address 127.0.0.1, which no other machine can reach them by.

## Values

- A comment has a line of its own: behind a value it becomes a part of the value.
- \`\${env:NAME}\` is a variable of the environment and \`\${secret:NAME}\` a secret, so that none has to stand in the file. A secret that stands in clear is a finding.
- \`{{ ip }}\` is the address of the root instance, for a Deployment Manager.
- \`data.<key>\` of an instance replaces the key of its target: \`data.scp.user: root;\`.

## Secrets

The value of \`\${secret:NAME}\` is what the editor keeps under this name; else the variable \`ROBOCONF_SECRET_NAME\`; else the entry \`NAME\` of the properties file that \`ROBOCONF_SECRETS\` names, which nobody else may read (\`chmod 600\`).
Letters that no variable can have become \`_\`: \`\${secret:db.password}\` is \`ROBOCONF_SECRET_DB_PASSWORD\` too.
A secret is kept in the memory of the process that reaches the machines. It is in no journal, copy, log, event or message, and no recipe is given one.

## Pools of machines

The machines of \`embedded\` are there before and after: each instance takes a free one of the pool and gives it back, without what was put there, when it is undeployed.
All deployments of a user share their pools. A machine that does not answer is passed over; when none is free, the deploy says who has which.
Recipes need a POSIX shell and \`/proc\` there, and nothing else. What they make lies in \`~/.roboconf\` of the user who runs them.

A host is connected to only when its key is known: by \`hostkey.<host>\`, or by the file of known hosts.

\`\`\`sh
roboconf target test pool my-app    # connects to each machine and tells what it is
roboconf target approve pool my-app # shows the keys that are not known, asks, and keeps them
\`\`\`

A \`deploy\` at a terminal asks in the same way before anything begins; without one it is refused.
A key in the place of another one is never approved: find out why it changed, then remove the line of the old one.

A login is tried with the key file that is named, or those of \`~/.ssh\` (\`id_ed25519\`, \`id_ecdsa\`, \`id_rsa\`); then with the keys of the agent; then with the password.
Key files of OpenSSH and PEM are read, with a passphrase if need be. What \`~/.ssh/config\` says is not looked at: write the user, the port and the host on the way into the target.

Each host has one connection, with no more than eight programs at one time. A host that is refused, dropped or silent is tried for ten seconds.
A host of which nothing is heard for 2.2 seconds, and which cannot be connected again by 2.5, is lost: cut off, hanging or switched off is told within three seconds.
Shorter pauses, delays of some hundred milliseconds and a few lost packets are not taken for a loss; a link that loses a fifth of all packets is told to be lost, and back a second later, about twice a minute.
While much is sent to a host, each megabyte gives it eight more seconds.
A host that comes back with another key stays lost until its key is approved.

## Scripts for machines

A folder beside the target file, called like it without \`.properties\`, may hold scripts that are run once for each machine, as soon as it can run recipes: those with \`dm.configure.script.\` in their name on this computer, one machine after the other; then those with \`agent.script.\` on the machine.
They are given \`IP_ADDRESS\`, \`APPLICATION_NAME\`, \`SCOPED_INSTANCE_PATH\`, \`DOMAIN\` and \`USER_DATA\` (these facts as properties).
All files of the folder lie beside a script when it runs, on the machine without those that have \`local.\` in their name.
A script that fails fails the machine, with its last lines; \`retry\` runs it again. Machines of this computer have none.

## What every target is tested for

One suite, \`test/targets/kit.ts\`, is passed by this computer, by machines in memory, by a maker that makes another machine each time it is asked, and by \`embedded\` on real machines (\`npm run test:hosts -- test/hosts/targets.test.ts\`).
A machine is made once for its instance and is found again by the next process: when the answer to its making was lost, when it was made twice, when it was left half made, when making it fit to run recipes failed, when it was destroyed by hand, when its end was not answered. Nothing is made while nobody can tell what there is, and nothing of it is left when it has ended.
`;

/** The whole page, in Markdown. */
export function targetReference(): string {
    return [
        INTRODUCTION,
        '## Every target',
        tableOf(COMMON_TARGET_KEYS),
        ...TARGET_HANDLERS.flatMap(handlerSection),
        '',
    ].join('\n\n');
}

function handlerSection({ name, summary, acceptsNested, keys }: TargetHandler): readonly string[] {
    const where = acceptsNested ? '' : ' For root instances alone.';
    return [`## \`${name}\``, summary + where, keys.length === 0 ? 'It has no keys of its own.' : tableOf(keys)];
}

function tableOf(keys: readonly TargetKey[]): string {
    const rows = keys.map((key) => `| ${[nameOf(key), meaningOf(key), defaultOf(key)].map(cell).join(' | ')} |`);
    return ['| key | meaning | default |', '| --- | --- | --- |', ...rows].join('\n');
}

function nameOf({ key, isRequired }: TargetKey): string {
    return `\`${key}\`${isRequired ? ' (required)' : ''}`;
}

function meaningOf({ summary, value }: TargetKey): string {
    const form = formOf(value);
    return form === '' ? summary : `${summary} ${form}.`;
}

/** What is worth saying of a value's form, where the meaning does not. */
function formOf(kind: ValueKind): string {
    switch (kind.kind) {
        case 'text':
        case 'path':
        case 'boolean':
        case 'addresses':
        case 'host':
        case 'hosts':
        case 'words':
            return '';
        case 'secret':
            return 'A secret';
        case 'choice':
            return `One of ${kind.choices.map((choice) => `\`${choice}\``).join(', ')}`;
        case 'integer':
        case 'url': {
            const expected = expectedOf(kind);
            return expected.charAt(0).toUpperCase() + expected.slice(1);
        }
        default:
            return kind satisfies never;
    }
}

function defaultOf({ default: fallback }: TargetKey): string {
    return fallback === null ? '' : `\`${fallback}\``;
}

function cell(text: string): string {
    return text.replaceAll('|', '\\|');
}
