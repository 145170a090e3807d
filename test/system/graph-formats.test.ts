/** `roboconf graph` as scripts use it: every format, ways to look, and what differs from another state. */
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { malformation } from '../media/well-formed.ts';
import { createProduct, type Product } from './product.ts';

let product: Product;
beforeEach(() => {
    product = createProduct('hello-cluster');
});
afterEach(async () => {
    await product.dispose();
});

async function drawn(...words: readonly string[]): Promise<string> {
    const { code, out, err } = await product.run('graph', product.directory, ...words);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return out;
}

test('a picture, a page and a drawing are whole files of their kind', async () => {
    expect(malformation(await drawn('--format', 'svg'))).toBeNull();
    expect(malformation(await drawn('--format', 'drawio', '--instances'))).toBeNull();
    expect(await drawn('--format', 'html', '--perspective', 'hosts')).toMatch(/^<!DOCTYPE html>[^]*<\/html>\n$/);
});

test('an image is written into a file, at the size that is asked for', async () => {
    const size = async (scale: string): Promise<readonly number[]> => {
        const file = join(product.directory, 'graph.png');
        expect(await drawn('--format', 'png', '--scale', scale, '--output', file)).toBe('');
        const image = readFileSync(file);
        expect(image.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001A\n');
        return [image.readUInt32BE(16), image.readUInt32BE(20)];
    };
    const [once, twice] = [await size('1'), await size('2')];
    expect(twice).toEqual(once.map((length) => length * 2));
});

test('a neighbourhood, and layers', async () => {
    const near = await drawn('--format', 'mermaid', '--focus', 'Store');
    expect(near).toContain('Worker');
    expect(near).not.toContain('LoadBalancer');
    const far = await drawn('--format', 'mermaid', '--focus', 'Store', '--distance', '2');
    expect(far).toContain('LoadBalancer');
    expect(await drawn('--format', 'mermaid', '--layers', 'inheritance')).not.toContain('-->');
});

test('what is not understood is named', async () => {
    const said = async (...words: readonly string[]): Promise<string> => {
        const { code, out, err } = await product.run('graph', product.directory, ...words);
        expect({ code, out }).toEqual({ code: 2, out: '' });
        return err;
    };
    expect(await said('--focus', 'Stora')).toContain("nothing in the graph is called 'Stora'; did you mean 'Store'?");
    expect(await said('--layers', 'imports,facet')).toContain("there is no layer 'facet'");
    expect(await said('--distance', '0')).toContain('--distance takes a whole number');
    expect(await said('--scale', 'big')).toContain('--scale takes a number');
    expect(await said('--output', join(product.directory, 'no', 'such', 'folder'))).toContain('cannot be written');
    expect(await said('--against', 'v9')).toMatch(/'v9' is (?:no directory|neither)/);
});

test('what differs from another directory, and from a commit', async () => {
    const other = `${product.directory}-before`;
    onTestFinished(() => rmSync(other, { recursive: true, force: true }));
    cpSync(product.directory, other, { recursive: true });
    const git = (...words: readonly string[]): void => {
        const person = ['-c', 'user.name=P', '-c', 'user.email=p@example.org', '-c', 'commit.gpgsign=false'];
        execFileSync('git', [...person, ...words], { cwd: product.directory, stdio: 'pipe' });
    };
    git('init', '-q');
    git('add', '-A');
    git('commit', '-q', '-m', 'as it was');
    const file = join(product.directory, 'instances', 'model.instances');
    writeFileSync(file, readFileSync(file, 'utf8').replace('name: web-2;', 'name: web-3;'));
    for (const state of [other, 'HEAD']) {
        const changed = await drawn('--instances', '--format', 'mermaid', '--against', state);
        expect(changed).toContain('["web-2<br/>Machine<br/>removed"]');
        expect(changed).toContain('["web-3<br/>Machine<br/>added"]');
    }
});
