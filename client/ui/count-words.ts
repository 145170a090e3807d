/** Numbers of things in words. A language may say one thing otherwise than several: each has a sentence of its own. */
import * as vscode from 'vscode';

/** `1 application`, `3 applications`. */
export function applicationsText(count: number): string {
    return count === 1 ? vscode.l10n.t('1 application') : vscode.l10n.t('{0} applications', count);
}

/** `2 errors, 1 warning`. */
export function findingsText(errorCount: number, warningCount: number): string {
    const errors = errorCount === 1 ? vscode.l10n.t('1 error') : vscode.l10n.t('{0} errors', errorCount);
    const warnings = warningCount === 1 ? vscode.l10n.t('1 warning') : vscode.l10n.t('{0} warnings', warningCount);
    return `${errors}, ${warnings}`;
}
