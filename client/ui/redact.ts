/** The second line of defence against secrets in logs: nothing should bring one here, and what does is blotted out. */

const KEY =
    /\b([\w.-]*(?:password|passwd|secret|token|api[_-]?key|private[_-]?key|credential)[\w.-]*)(\s*[=:]\s*)("[^"]*"|'[^']*'|\S+)/gi;
const KEY_BLOCK = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
const USER_INFO = /\b([a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s/@]+@/gi;

/** The text with values that look like secrets replaced: `password = x`, private key blocks, `scheme://user:password@`. */
export function redact(text: string): string {
    return text.replace(KEY_BLOCK, '[private key]').replace(USER_INFO, '$1:[redacted]@').replace(KEY, '$1$2[redacted]');
}
