/** What tells a deployment from all others there ever were, on machines that several people and computers share. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DeploymentPaths } from './state-directory.ts';

/** 24 hexadecimal digits, made at random when they are first asked for. They stay as long as the deployment's folder. */
export function identityOf({ identity }: Pick<DeploymentPaths, 'identity'>): string {
    const known = readIdentity(identity);
    if (known !== null) return known;
    const made = randomBytes(12).toString('hex');
    mkdirSync(dirname(identity), { recursive: true, mode: 0o700 });
    writeFileSync(identity, `${made}\n`, { mode: 0o600 });
    return made;
}

/** What a file says of it; null when nobody asked for one yet. */
export function readIdentity(file: string): string | null {
    try {
        const text = readFileSync(file, 'utf8').trim();
        return /^[0-9a-f]{24}$/.test(text) ? text : null;
    } catch {
        // Nobody asked for it before.
        return null;
    }
}
