/** What the steps on a host need of a connection to it; `connection.ts` has the real ones, tests put a shell of this computer behind it. */

/** How a host is reached, with every secret already in its place: never recorded, told or logged. */
export interface HostSpec {
    readonly address: string;
    readonly port: number;
    readonly user: string;
    /** Absolute; null = those of `~/.ssh`. */
    readonly keyFile: string | null;
    readonly passphrase: string | null;
    readonly password: string | null;
    /** Socket of an agent; null = none is asked. */
    readonly agent: string | null;
    /** Absolute. */
    readonly knownHostsFile: string;
    /** The only fingerprint that is accepted, `SHA256:…`; null = the known hosts file decides. */
    readonly fingerprint: string | null;
    /** Any host key will do. */
    readonly isUnverified: boolean;
    /** The host on the way; null = none. */
    readonly jump: HostSpec | null;
    /** Recipes are run by `sudo -n`. */
    readonly sudo: boolean;
}

export type ConnectRefusalCode =
    | 'hostKeyUnknown'
    | 'hostKeyChanged'
    | 'authentication'
    /** No answer in time, refused, or the address cannot be reached. */
    | 'unreachable'
    /** Something of this computer: a key file that cannot be read, a passphrase that is missing. */
    | 'configuration';

export interface ConnectRefusal {
    readonly kind: 'refused';
    readonly code: ConnectRefusalCode;
    /** Cause and next step, without any secret. */
    readonly message: string;
    /** What the host showed, for `hostKeyUnknown` and `hostKeyChanged`. */
    readonly hostKey: { readonly algorithm: string; readonly fingerprint: string; readonly key: string } | null;
}

/** One program on the host with its input and output, over one channel. */
export interface RemoteChannel {
    readonly write: (data: string | Buffer) => void;
    /** Resolves when what was written has left this process, or the channel is closed. */
    readonly drained: () => Promise<void>;
    /** Bytes of its standard output, in order. At most one listener. */
    readonly onData: (listener: (data: Buffer) => void) => void;
    /** It ended, or the connection did. Called once, after the last data. */
    readonly onClose: (listener: () => void) => void;
    /** Stops and resumes reading, for output that comes faster than it can be kept. */
    readonly pause: () => void;
    readonly resume: () => void;
    readonly close: () => void;
}

/** One connection, shared by all that is done on a host. */
export interface HostConnection {
    readonly spec: HostSpec;
    /** Runs a command line of the login shell without a terminal; its standard error goes nowhere. At most 8 at one time; others wait. */
    readonly openChannel: (command: string, signal: AbortSignal) => Promise<RemoteChannel | ConnectRefusal>;
    /** Settles with the reason when the connection is gone: broken, ended, or silent for longer than a lost host may go unnoticed. */
    readonly lost: Promise<string>;
    readonly isLost: () => boolean;
}

export type Connected = { readonly kind: 'connected'; readonly connection: HostConnection } | ConnectRefusal;

/** One connection a host, made when it is first needed and again after it was lost. */
export interface HostConnections {
    /** The connection to a host: the one there is, the one that is being made, or a new one. */
    readonly connect: (spec: HostSpec, signal: AbortSignal) => Promise<Connected>;
    /** Ends all; settles when their sockets are closed. */
    readonly dispose: () => Promise<void>;
}
