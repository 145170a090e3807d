/** Sends a recipe folder to a host as an archive over a channel of its own, unpacked beside its place and then put there at once. */
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { installedModeOf } from '../local/recipe-files.ts';
import type { Agent, Answer, Broken } from './agent.ts';
import type { ConnectRefusal, HostConnection, RemoteChannel } from './connection-port.ts';
import { REMOTE_FOLDER } from './remote-folder.ts';
import type { RecipeToSend } from './remote-recipe.ts';
import { tarEnd, tarHeader, tarPadding, type TarEntry } from './tar.ts';

const CHUNK = 64 * 1024;

/** Written last: an archive that was cut off does not have it. */
const COMPLETE = '.roboconf-complete';

export interface Sending {
    readonly agent: Agent;
    readonly connection: HostConnection;
    /** Name of the deployment's folder. */
    readonly folderName: string;
}

/** Words of the answer: `ready`, or `failed` and the folder. Throws when a file here cannot be read. */
export async function sendRecipe(
    recipe: RecipeToSend,
    { agent, connection, folderName }: Sending,
    signal: AbortSignal,
): Promise<Answer | Broken | ConnectRefusal> {
    const part = `.${recipe.name}.${randomBytes(6).toString('hex')}`;
    const entries = recipe.files.map((file): TarEntry & { readonly source: string } => {
        return { name: file.name, mode: installedModeOf(file), size: statSync(file.source).size, source: file.source };
    });
    const size = sizeOf([...entries, { name: COMPLETE, mode: 0o600, size: 0 }]);
    const place = `"$HOME/${REMOTE_FOLDER}/${folderName}/recipes/${part}"`;
    const unpack = `umask 077; mkdir -p ${place} && head -c ${size} | (cd ${place} && tar -x -p -o -f -)`;
    const channel = await connection.openChannel(commandOf(connection, unpack), signal);
    if ('kind' in channel) return channel;
    const isClosed = new Promise<void>((resolve) => channel.onClose(resolve));
    channel.onData(() => undefined);
    signal.addEventListener('abort', channel.close, { once: true });
    for (const entry of entries) await sendFile(channel, entry);
    channel.write(Buffer.concat([tarHeader({ name: COMPLETE, mode: 0o600, size: 0 }), tarEnd()]));
    await isClosed;
    signal.removeEventListener('abort', channel.close);
    return agent.request((nonce) => placement(recipe.name, part, nonce));
}

function commandOf({ spec }: HostConnection, command: string): string {
    return `exec ${spec.sudo ? 'sudo -n -H ' : ''}/bin/sh -c '${command}'`;
}

function sizeOf(entries: readonly TarEntry[]): number {
    const padded = entries.map((entry) => tarHeader(entry).length + entry.size + tarPadding(entry.size).length);
    return padded.reduce((sum, each) => sum + each, tarEnd().length);
}

async function sendFile(channel: RemoteChannel, entry: TarEntry & { readonly source: string }): Promise<void> {
    channel.write(tarHeader(entry));
    const descriptor = openSync(entry.source, 'r');
    try {
        for (let position = 0; position < entry.size; position += CHUNK) {
            const chunk = Buffer.alloc(Math.min(CHUNK, entry.size - position));
            readSync(descriptor, chunk, 0, chunk.length, position);
            channel.write(chunk);
            await channel.drained();
        }
    } finally {
        closeSync(descriptor);
    }
    channel.write(tarPadding(entry.size));
}

/** Another channel may have put an equal one there meanwhile. */
function placement(name: string, part: string, nonce: string): string {
    return `rc_x="$D"/recipes/${part}
[ -e "$rc_x"/${COMPLETE} ] && rm -f "$rc_x"/${COMPLETE} && { [ -d "$D"/recipes/${name} ] || mv "$rc_x" "$D"/recipes/${name}; }
rm -rf "$rc_x"
if [ -d "$D"/recipes/${name} ]; then printf '\\n%s end ready\\n' ${nonce}; else printf '\\n%s end failed %s\\n' ${nonce} "$D/recipes"; fi`;
}
