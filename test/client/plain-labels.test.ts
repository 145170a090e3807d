/** Labels with variables look as they are written, and are still found by what is typed. */
import { expect, test, vi } from 'vitest';
import { PLAIN_LABELS, plainLabel } from '../../client/language/plain-labels.ts';

vi.mock('vscode', () => ({}));

const visible = (text: string): string => text.replaceAll('\u200B', '');

test.each([
    ['/$(machine)', '/$\u200B(machine)'],
    ['$(a) and $(SMART_INDEX)', '$\u200B(a) and $\u200B(SMART_INDEX)'],
    ['$(two words)', '$(two words)'],
    ['Worker.port', 'Worker.port'],
])('%s holds no icon', (text, plain) => {
    expect(plainLabel(text)).toBe(plain);
    expect(visible(plain)).toBe(text);
});

test('a proposal is found by its text', async () => {
    const items = [{ label: '/$(machine)' }, { label: { label: '$(x)', description: 'd' } }, { label: '/data' }];
    // The middleware reads labels alone, and passes the rest on to `next`.
    const provide = PLAIN_LABELS.provideCompletionItem as unknown as (...given: readonly unknown[]) => Promise<unknown>;
    expect(await provide({}, {}, {}, {}, () => items)).toEqual([
        { label: '/$\u200B(machine)', filterText: '/$(machine)' },
        { label: { label: '$\u200B(x)', description: 'd' }, filterText: '$(x)' },
        { label: '/data' },
    ]);
});
