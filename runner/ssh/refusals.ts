/** The texts of refused connections: cause and next step, in one place, without any secret. */
import type { ConnectRefusal, ConnectRefusalCode, HostSpec } from './connection-port.ts';
import type { HostKey } from './host-key.ts';
import type { HostKeyVerdict } from './known-hosts.ts';

/** How a host is named to people, such as `root@10.0.0.11` or `root@10.0.0.11:2222`. */
export function hostLabelOf({ user, address, port }: HostSpec): string {
    const host = address.includes(':') ? `[${address}]` : address;
    return `${user}@${host}${port === 22 ? '' : `:${port}`}`;
}

/** A refusal without a key. `cause` is one sentence or more. */
export function refused(spec: HostSpec, code: ConnectRefusalCode, cause: string): ConnectRefusal {
    return { kind: 'refused', code, message: `${hostLabelOf(spec)}: ${cause}`, hostKey: null };
}

/** What the keys say of a host that must not be trusted. */
export type Distrust =
    | Exclude<HostKeyVerdict, { readonly kind: 'known' }>
    /** It is not the fingerprint that was demanded. */
    | { readonly kind: 'notDemanded'; readonly fingerprint: string };

export function distrusted(spec: HostSpec, hostKey: HostKey, distrust: Distrust): ConnectRefusal {
    const code = distrust.kind === 'unknown' ? 'hostKeyUnknown' : 'hostKeyChanged';
    return { ...refused(spec, code, distrustText(spec, hostKey, distrust)), hostKey };
}

function distrustText(spec: HostSpec, { algorithm, fingerprint }: HostKey, distrust: Distrust): string {
    const shown = `It shows the ${algorithm} key ${fingerprint}`;
    switch (distrust.kind) {
        case 'unknown':
            return `Its host key is not known. ${shown}.${otherText(distrust)} Compare this fingerprint with that of the host, then approve it.`;
        case 'changed':
            return `Its host key changed: somebody may be listening in, or it was installed again. ${shown}, but line ${distrust.line} of ${spec.knownHostsFile} has another one. Find out why; only then remove that line.`;
        case 'revoked':
            return `Its host key is revoked by line ${distrust.line} of ${spec.knownHostsFile}. ${shown}.`;
        case 'notDemanded':
            return `Its host key is not the one that hostkey.${spec.address} demands. ${shown}, not ${distrust.fingerprint}. Find out why before changing the target.`;
        default:
            return distrust satisfies never;
    }
}

function otherText({ otherTypes, hasAuthority }: Extract<HostKeyVerdict, { readonly kind: 'unknown' }>): string {
    const others = otherTypes.length === 0 ? '' : ` It is known by another kind of key (${otherTypes.join(', ')}).`;
    const authority = hasAuthority ? ' Certificates of hosts (@cert-authority) are not supported.' : '';
    return others + authority;
}
