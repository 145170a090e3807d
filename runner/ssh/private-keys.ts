/** Private keys of this computer, read once: a hundred hosts are reached with one. */
import { readFileSync } from 'node:fs';
import ssh2 from 'ssh2';
import type { ParsedKey } from 'ssh2';

/** A key that can sign, or why there is none. */
export type KeyRead =
    | { readonly kind: 'key'; readonly key: ParsedKey }
    | { readonly kind: 'missing' }
    | { readonly kind: 'locked' }
    /** The passphrase is not the one of this key. */
    | { readonly kind: 'wrongPassphrase' }
    | { readonly kind: 'unusable'; readonly reason: string };

/** Reads the key of a file; `passphrase` is used only where one is asked for. */
export type KeyReader = (file: string, passphrase: string | null) => KeyRead;

/** A reader that keeps what it read for as long as it lives. */
export function createKeyReader(): KeyReader {
    const kept = new Map<string, KeyRead>();
    return (file, passphrase) => {
        const name = JSON.stringify([file, passphrase]);
        const before = kept.get(name);
        if (before !== undefined) return before;
        const read = readKey(file, passphrase);
        // What is not usable may be mended at any time.
        if (read.kind === 'key') kept.set(name, read);
        return read;
    };
}

function readKey(file: string, passphrase: string | null): KeyRead {
    let text: string;
    try {
        text = readFileSync(file, 'utf8');
    } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { kind: 'missing' };
        return { kind: 'unusable', reason: error instanceof Error ? error.message : String(error) };
    }
    return parsePrivateKey(text, passphrase);
}

/** The text of a key file: OpenSSH's format, the older PEM ones, or PuTTY's. */
function parsePrivateKey(text: string, passphrase: string | null): KeyRead {
    const isLocked = isEncrypted(text);
    if (isLocked && passphrase === null) return { kind: 'locked' };
    const parsed = isLocked ? ssh2.utils.parseKey(text, passphrase ?? '') : ssh2.utils.parseKey(text);
    // Files of OpenSSH may hold several keys by their format; the types do not say that a list is answered for them.
    const key: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
    if (key instanceof Error || !isParsedKey(key)) {
        return isLocked ? { kind: 'wrongPassphrase' } : { kind: 'unusable', reason: 'its format is not understood' };
    }
    return key.isPrivateKey() ? { kind: 'key', key } : { kind: 'unusable', reason: 'it holds a public key only' };
}

function isParsedKey(value: unknown): value is ParsedKey {
    return typeof value === 'object' && value !== null && 'isPrivateKey' in value;
}

const OPENSSH = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]*?)-----END/;
const MAGIC = 'openssh-key-v1\0';

/** Whether a passphrase is needed, by what the formats say in the open. */
function isEncrypted(text: string): boolean {
    const body = OPENSSH.exec(text)?.[1];
    if (body === undefined) return /Proc-Type: 4,ENCRYPTED|^Encryption: (?!none)/m.test(text);
    const raw = Buffer.from(body, 'base64');
    if (raw.length < MAGIC.length + 4 || raw.toString('latin1', 0, MAGIC.length) !== MAGIC) return false;
    const length = raw.readUInt32BE(MAGIC.length);
    return raw.toString('latin1', MAGIC.length + 4, MAGIC.length + 4 + length) !== 'none';
}
