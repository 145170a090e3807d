/** Small pictures of what a node is. Each is a path in a square of 20 pixels, drawn with strokes of 1.5 and round ends. */
import type { PlacedNode } from '../../server/layout.ts';

export type IconName =
    | 'machine'
    | 'script'
    | 'puppet'
    | 'file'
    | 'log'
    | 'container'
    | 'package'
    | 'other'
    | 'instance'
    | 'facet'
    | 'outside';

/** Path data by icon. */
export const ICONS: Readonly<Record<IconName, string>> = {
    machine: 'M3 4.5h14v4.5H3zM3 11h14v4.5H3zM6 6.75h.01M6 13.25h.01M10 6.75h4M10 13.25h4',
    script: 'M3 4h14v12H3zM6 8l2.5 2L6 12M10.5 12.5H14',
    puppet: 'M4 2.75h4v4H4zM12 8h4v4h-4zM4 13.25h4v4H4zM8 5.75l4 3M8 14.25l4-3',
    file: 'M5 2.75h7l3.5 3.5v11H5zM12 2.75v3.5h3.5M10.25 9v5M8 12l2.25 2.25L12.5 12',
    log: 'M5 2.75h7l3.5 3.5v11H5zM12 2.75v3.5h3.5M7.75 10h5M7.75 13.25h5',
    container: 'M2.5 6h15v9h-15zM6 8.5v4M10 8.5v4M14 8.5v4M5 6V3.75h10V6',
    package: 'M10 2.75l6.5 3.5v7.5L10 17.25l-6.5-3.5v-7.5zM3.5 6.25L10 9.75l6.5-3.5M10 9.75v7.5',
    other: 'M4 6.5h3.25a2.1 2.1 0 1 1 3.5 0H14v3.75a2.1 2.1 0 1 1 0 3.5V17H4z',
    instance: 'M4 4h12v12H4zM7.5 7.5h5v5h-5z',
    outside: 'M6 15.5a3.5 3.5 0 0 1-.4-6.98A4.75 4.75 0 0 1 14.9 8.6a3.5 3.5 0 0 1-.4 6.9z',
    facet: 'M3.5 3.5h6l7 7-6 6-7-7zM6.75 6.75h.01',
};

const BY_INSTALLER: Readonly<Record<string, IconName>> = {
    target: 'machine',
    script: 'script',
    bash: 'script',
    puppet: 'puppet',
    chef: 'puppet',
    logger: 'log',
    docker: 'container',
    file: 'file',
};

/** The icon of a node: by its installer. `other` stands for installers that have none of their own. */
export function iconOf({ kind, installer }: Pick<PlacedNode, 'kind' | 'installer'>): IconName {
    switch (kind) {
        case 'facet':
            return 'facet';
        case 'outside':
            return 'outside';
        case 'component':
            return iconOfInstaller(installer, 'package');
        case 'instance':
            return iconOfInstaller(installer, 'instance');
        default:
            return kind satisfies never;
    }
}

function iconOfInstaller(installer: string, without: IconName): IconName {
    const name = installer.trim().toLowerCase();
    if (name === '') return without;
    return Object.hasOwn(BY_INSTALLER, name) ? (BY_INSTALLER[name] ?? 'other') : 'other';
}
