/** An SSH host in this process: it does what a test tells it to, at once, and knows who came. */
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import ssh2 from 'ssh2';
import type { AuthContext, Connection, ParsedKey, ServerChannel } from 'ssh2';

export interface SshHostOptions {
    /** Private keys in PEM; an Ed25519 one of its own without them. */
    readonly hostKeys?: readonly string[];
    /** What lets in: public keys of the SSH format, a password, or nothing. */
    readonly publicKeys?: readonly Buffer[];
    readonly password?: string;
    /** Asks for the password by a question, and takes it in no other way; `code` asks for a code of one time as well. */
    readonly questions?: 'password' | 'code';
    /** Answers of the commands that are run; the command itself when it is not given. */
    readonly answerOf?: (command: string) => string;
    /** Runs a command itself instead of answering and closing. */
    readonly run?: (command: string, channel: ServerChannel) => void;
    readonly mostSessions?: number;
}

export interface SshHost {
    readonly port: number;
    /** The public host key in the format of the wire, of the first key. */
    readonly rawKey: Buffer;
    /** Open sockets, the oldest first. */
    readonly sockets: ReadonlySet<Socket>;
    /** How many connections were accepted so far, those that were dropped among them. */
    readonly acceptedCount: () => number;
    /** The most sessions that were open at one time. */
    readonly mostOpen: () => number;
    /** Drops so many connections from then on, before a word is said. */
    readonly drop: (count: number) => void;
    /** Neither reads nor writes any more, on any connection, until `thaw`. New ones are accepted and not answered. */
    readonly freeze: () => void;
    readonly thaw: () => void;
    readonly dispose: () => Promise<void>;
}

/** A new private key in the format of OpenSSH; an Ed25519 one can have a passphrase. */
export function newPrivateKey(type: 'ed25519' | 'ecdsa' | 'rsa' = 'ed25519', passphrase = ''): string {
    for (;;) {
        const key = generatedKey(type, passphrase);
        // About one in 400 of the Ed25519 keys that ssh2 makes is malformed: OpenSSH refuses it as well.
        if (!(ssh2.utils.parseKey(key, passphrase) instanceof Error)) return key;
    }
}

function generatedKey(type: 'ed25519' | 'ecdsa' | 'rsa', passphrase: string): string {
    const { generateKeyPairSync } = ssh2.utils;
    if (type === 'ecdsa') return generateKeyPairSync('ecdsa', { bits: 256 }).private;
    if (type === 'rsa') return generateKeyPairSync('rsa', { bits: 2048 }).private;
    if (passphrase === '') return generateKeyPairSync('ed25519').private;
    return generateKeyPairSync('ed25519', { passphrase, cipher: 'aes256-ctr', rounds: 4 }).private;
}

/** The public half of a private key, in the format of the wire. */
export function publicKeyOf(privateKey: string): Buffer {
    return parsedKey(privateKey).getPublicSSH();
}

/** Listens on 127.0.0.1, on `port` or any. */
export async function startSshHost(options: SshHostOptions = {}, port = 0): Promise<SshHost> {
    const hostKeys = options.hostKeys ?? [newPrivateKey()];
    const [firstKey = ''] = hostKeys;
    const sessions = { open: 0, most: 0 };
    const ssh = new ssh2.Server({ hostKeys: [...hostKeys] }, (connection) => serve(connection, options, sessions));
    const sockets = new Set<Socket>();
    let accepted = 0;
    let toDrop = 0;
    let isFrozen = false;
    const held: Socket[] = [];
    const server = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => {
        accepted++;
        socket.on('error', () => undefined);
        if (toDrop > 0) {
            toDrop--;
            return void socket.destroy();
        }
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
        if (isFrozen) return void held.push(socket);
        return ssh.injectSocket(socket);
    });
    await listen(server, port);
    const address = server.address();
    return {
        port: address !== null && typeof address === 'object' ? address.port : 0,
        rawKey: publicKeyOf(firstKey),
        sockets,
        acceptedCount: () => accepted,
        mostOpen: () => sessions.most,
        drop: (count) => (toDrop = count),
        freeze: () => {
            isFrozen = true;
            for (const socket of sockets) socket.pause();
        },
        thaw: () => {
            isFrozen = false;
            for (const socket of sockets) socket.resume();
            for (const socket of held.splice(0)) ssh.injectSocket(socket);
        },
        dispose: async () => {
            for (const socket of sockets) socket.destroy();
            await new Promise((resolve) => server.close(resolve));
        },
    };
}

function listen(server: NetServer, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', resolve);
    });
}

function parsedKey(text: string): ParsedKey {
    const key = ssh2.utils.parseKey(text);
    if (key instanceof Error) throw key;
    return key;
}

function serve(connection: Connection, options: SshHostOptions, sessions: { open: number; most: number }): void {
    connection.on('error', () => undefined);
    connection.on('authentication', (login) => authenticate(login, options));
    connection.on('tcpip', (accept, _reject, { destPort }) => {
        const stream = accept();
        void import('node:net').then(({ connect }) => {
            const socket = connect(destPort, '127.0.0.1');
            socket.on('error', () => stream.close());
            stream.on('error', () => undefined).on('close', () => socket.destroy());
            stream.pipe(socket).pipe(stream);
        });
    });
    connection.on('session', (accept, reject) => {
        if (sessions.open >= (options.mostSessions ?? Infinity)) return reject();
        sessions.open++;
        sessions.most = Math.max(sessions.most, sessions.open);
        const session = accept();
        session.on('close', () => sessions.open--);
        session.on('exec', (acceptRun, _reject, { command }) => {
            const channel = acceptRun();
            channel.on('error', () => undefined);
            channel.on('close', () => session.emit('close'));
            if (options.run !== undefined) return options.run(command, channel);
            channel.write(options.answerOf?.(command) ?? command);
            channel.exit(0);
            return channel.end();
        });
        return undefined;
    });
}

function authenticate(login: AuthContext, options: SshHostOptions): void {
    const methods: ('publickey' | 'password' | 'keyboard-interactive')[] = [
        ...(options.publicKeys === undefined ? [] : ['publickey' as const]),
        ...(options.password === undefined || options.questions !== undefined ? [] : ['password' as const]),
        ...(options.questions === undefined ? [] : ['keyboard-interactive' as const]),
    ];
    if (methods.length === 0 || isRight(login, options)) return login.accept();
    if (login.method !== 'keyboard-interactive' || options.questions === undefined) return login.reject(methods);
    const code = options.questions === 'code' ? [{ prompt: 'Code: ', echo: false }] : [];
    login.prompt([{ prompt: 'Password: ', echo: false }, ...code], ([password, given]) => {
        if (password === options.password && (code.length === 0 || given === '123456')) login.accept();
        else login.reject(methods);
    });
    return undefined;
}

function isRight(login: AuthContext, options: SshHostOptions): boolean {
    if (login.method === 'publickey') return isKnown(login.key.data, options);
    return login.method === 'password' && options.questions === undefined && login.password === options.password;
}

function isKnown(key: Buffer, { publicKeys = [] }: SshHostOptions): boolean {
    return publicKeys.some((known) => known.equals(key));
}
