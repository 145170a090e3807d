import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTail } from '../../../runner/local/tail.ts';
import { temporaryDirectory } from '../support/application.ts';

const LIMITS = { forwarded: 1_000, kept: 400_000 };
const FLOOD = `${'x'.repeat(99)}\n`.repeat(5_000);

function followed(): Disposable & {
    readonly file: string;
    readonly tail: ReturnType<typeof createTail>;
    readonly heard: () => string;
} {
    const directory = temporaryDirectory();
    const file = join(directory.path, 'stdout');
    writeFileSync(file, '');
    writeFileSync(join(directory.path, 'stderr'), '');
    let heard = '';
    const tail = createTail(directory.path, 'a', ({ text }) => (heard += text), LIMITS);
    return { file, tail, heard: () => heard, [Symbol.dispose]: () => directory[Symbol.dispose]() };
}

test('a flood written between two looks is told of and its last lines are kept, also when the step ends with it', () => {
    using one = followed();
    appendFileSync(one.file, `${FLOOD}last\n`);
    expect(one.tail.finish().at(-1)).toBe('last');
    expect(one.heard()).toContain('more output follows');
    expect(one.heard().length).toBeLessThan(300_000);
    const kept = readFileSync(one.file, 'utf8');
    expect(kept.length).toBeLessThan(LIMITS.kept);
    expect(kept).toMatch(/^\[roboconf\] output before this line was cut[^]*last\n$/);
});

test('a file that grows too large while it is followed begins anew, what comes later is its end', () => {
    using one = followed();
    appendFileSync(one.file, FLOOD);
    one.tail.poll();
    appendFileSync(one.file, 'later\n');
    expect(one.tail.finish().at(-1)).toBe('later');
    expect(one.heard()).toContain('more output follows');
    expect(readFileSync(one.file, 'utf8')).toMatch(/^\[roboconf\] output before this line was cut[^\n]*\nlater\n$/);
});

test('a character that is written in two parts is told whole', () => {
    using one = followed();
    const [first, second] = [Buffer.from('é').subarray(0, 1), Buffer.from('é').subarray(1)];
    appendFileSync(one.file, first);
    one.tail.poll();
    appendFileSync(one.file, second);
    expect(one.tail.finish()).toEqual(['é']);
    expect(one.heard()).toBe('é');
});
