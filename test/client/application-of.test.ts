import { expect, test } from 'vitest';
import { applicationOf } from '../../client/language/application-of.ts';

const entry = (directory: string) => ({ directory, uri: `file://${directory}`, name: directory, findings: null });
const applications = [
    entry('/work/shop'),
    entry('/work/shop/nested'),
    entry('/work/shop-2'),
    entry('/w/%C3%A9t%C3%A9'),
];

test.each([
    ['/work/shop/graph/main.graph', '/work/shop'],
    ['/work/shop/nested/graph/main.graph', '/work/shop/nested'],
    ['/work/shop-2/graph/main.graph', '/work/shop-2'],
    ['/w/été/graph/main.graph', '/w/%C3%A9t%C3%A9'],
    ['/work/other/main.graph', undefined],
    ['/work/shop', undefined],
])('the application of %s is %s', (path, directory) => {
    expect(applicationOf(path, applications)?.directory).toBe(directory);
});
