/**
 * The folder recipes have on a host: `~/.roboconf/<deployment>`, in the home of the user who runs them (with `sudo` that is root's).
 * Nobody else can look into it, so files below may keep the rights a recipe gave them.
 */
import { hash, randomBytes } from 'node:crypto';
import type { HostConnection } from './connection-port.ts';
import { quoted, shellCommandOf } from './shell-text.ts';
import { SHELL_MS, silenceText } from './silent-shell.ts';

/** Folder of all deployments in a home. */
export const REMOTE_FOLDER = '.roboconf';

const NAME_LENGTH = 80;

/** The name of a deployment's folder on a host: clean, without dots (marks end names with one), another one for every deployment. */
export function remoteNameOf(deployment: string): string {
    if (/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(deployment) && deployment.length <= NAME_LENGTH) return deployment;
    const clean = deployment.replace(/[^A-Za-z0-9-]/g, '_').slice(0, NAME_LENGTH / 2);
    return `d${clean}-${hash('sha256', deployment, 'hex').slice(0, 16)}`;
}

const REMOVAL_WAITS = 50;

/**
 * Ends what is left of a deployment on a host and takes its folder away; the folder of all deployments goes with the last one.
 * Answers null, or why it could not be done: one sentence for people.
 */
export async function removeRemoteDeployment(
    connection: HostConnection,
    deployment: string,
    signal: AbortSignal,
): Promise<null | string> {
    const name = remoteNameOf(deployment);
    const script = `
mark=${quoted(`ROBOCONF_INSTANCE_MARK=${name}.`)}
marked() {
    if printf 'a\\000b\\n' | grep -q b; then
        entries=$(grep -lsF -e "$mark" /proc/[0-9]*/environ)
    else
        entries=
        for entry in /proc/[0-9]*/environ; do
            tr '\\000' '\\n' <"$entry" 2>/dev/null | grep -qF -e "$mark" && entries="$entries $entry"
        done
    fi
    for entry in $entries; do
        entry=\${entry#/proc/}
        printf '%s ' "\${entry%/environ}"
    done
}
if [ -d "$HOME/${REMOTE_FOLDER}/${name}" ]; then
    signal=TERM round=0
    while found=$(marked); [ -n "$found" ] && [ $round -lt ${REMOVAL_WAITS * 2} ]; do
        kill -$signal $found 2>/dev/null
        round=$((round + 1))
        [ $round -lt ${REMOVAL_WAITS} ] || signal=KILL
        sleep 0.1 2>/dev/null || sleep 1
    done
    rm -rf "$HOME/${REMOTE_FOLDER}/${name}"
fi
rmdir "$HOME/${REMOTE_FOLDER}" 2>/dev/null
if [ -e "$HOME/${REMOTE_FOLDER}/${name}" ]; then answer "left $HOME/${REMOTE_FOLDER}/${name}"; else answer removed; fi
exit
`;
    const told = await runScript(connection, script, signal);
    if (told.kind === 'failed') return told.reason;
    if (told.answer === 'removed') return null;
    const place = splitAt(told.answer, ' ')[1];
    return `${connection.spec.address}: ${place} could not be taken away; look at its rights, then undeploy again`;
}

type Told = { readonly kind: 'told'; readonly answer: string } | { readonly kind: 'failed'; readonly reason: string };

/** Longest noise of a login before the answer. */
const MOST_TEXT = 256 * 1024;

/** Runs a script that gives one answer of one line, by the function `answer`, and ends. */
async function runScript(connection: HostConnection, script: string, signal: AbortSignal): Promise<Told> {
    const { spec } = connection;
    const channel = await connection.openChannel(shellCommandOf(spec), signal);
    if ('kind' in channel) return { kind: 'failed', reason: channel.message };
    const mark = randomBytes(12).toString('hex');
    let isEndless = false;
    const patience = setTimeout(() => {
        isEndless = true;
        channel.close();
    }, SHELL_MS);
    const text = await new Promise<string>((resolve) => {
        let heard = '';
        channel.onData((data) => {
            heard = `${heard}${data.toString('utf8')}`.slice(-MOST_TEXT);
            if (heard.includes(`\n${mark} `)) clearTimeout(patience);
        });
        channel.onClose(() => resolve(heard));
        signal.addEventListener('abort', channel.close, { once: true });
        channel.write(`{\nanswer() { printf '\\n%s %s\\n' ${mark} "$1"; }\nanswer begun\n${script}}\n`);
    });
    clearTimeout(patience);
    signal.removeEventListener('abort', channel.close);
    const answers = text
        .split('\n')
        .flatMap((each) => (each.startsWith(`${mark} `) ? [each.slice(mark.length + 1)] : []));
    const [begun, answer] = answers;
    if (answer !== undefined) return { kind: 'told', answer };
    if (signal.aborted) return { kind: 'failed', reason: `${spec.address}: it was cancelled` };
    if (begun !== undefined || connection.isLost())
        return { kind: 'failed', reason: `${spec.address}: the connection broke` };
    return { kind: 'failed', reason: silenceText(connection, { said: Buffer.from(text), isEndless }) };
}

function splitAt(text: string, separator: string): readonly [string, string] {
    const at = text.indexOf(separator);
    return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
