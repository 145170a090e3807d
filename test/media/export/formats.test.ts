import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dotOf, drawioOf, htmlOf, mermaidOf } from '../../../media/export.ts';
import { EMPTY_OVERLAY, ENGLISH, pictureOf, type PictureOverlay } from '../../../media/picture.ts';
import type { LaidOutGraph } from '../../../server/layout.ts';
import { malformation } from '../well-formed.ts';
import { placed, routed, shopGraph } from './samples.ts';

const STATES: PictureOverlay = {
    ...EMPTY_OVERLAY,
    states: {
        'instance:/db': {
            status: 'DEPLOYED_STARTED',
            text: '',
            isProviding: true,
            notes: [],
            flags: '',
            wanted: '',
            isMoving: false,
            since: null,
            cause: '',
            isStale: false,
        },
    },
};

const CHANGES: PictureOverlay = {
    ...EMPTY_OVERLAY,
    changes: {
        title: 'HEAD',
        nodes: { 'instance:/db': { change: 'added', notes: [] } },
        edges: { 'import:instance:/vm/web->instance:/db': 'added', 'import:many': 'removed' },
    },
};

test('Mermaid: containers are subgraphs, kinds of import differ, states colour', () => {
    expect(mermaidOf(shopGraph(), STATES, ENGLISH)).toBe(
        [
            'flowchart LR',
            '  subgraph n0 ["/vm<br/>Machine"]',
            '    n1["/vm/web<br/>Web"]',
            '  end',
            '  n2["/db<br/>Db<br/>started"]',
            '  n3(["Mail"])',
            '  n1 -->|"Db.ip, Db.port"| n2',
            '  n1 -.-o|"Mail.host"| n3',
            '  n0 -->|"3 × Db.ip, Db.port"| n2',
            '  classDef good fill:#dcf5e6,stroke:#1a7f4b,color:#1c2433',
            '  class n2 good',
        ].join('\n'),
    );
});

test('Mermaid: what was added and removed has its lines', () => {
    const lines = mermaidOf(shopGraph(), CHANGES, ENGLISH).split('\n');
    expect(lines).toContain('  linkStyle 0 stroke:#1a7f4b');
    expect(lines).toContain('  linkStyle 2 stroke:#c4302b,stroke-dasharray:6 4');
    expect(lines).toContain('  n2["/db<br/>Db<br/>added"]');
});

test('DOT: containers are clusters, and lines to them are cut at their border', () => {
    const lines = dotOf(shopGraph(), STATES, ENGLISH).split('\n');
    expect(lines).toContain('  subgraph cluster_n0 {');
    expect(lines).toContain('    n1 [label="/vm/web\\nWeb"];');
    expect(lines).toContain('  n2 [label="/db\\nDb\\nstarted", fillcolor="#dcf5e6", color="#1a7f4b"];');
    expect(lines).toContain(
        '  n1 -> n3 [label="Mail.host", style=dashed, arrowhead=vee, arrowhead=odot, color="#7443c4"];',
    );
    expect(lines).toContain('  n0 -> n2 [label="3 × Db.ip, Db.port", ltail=cluster_n0];');
});

test('draw.io: what is inside of a container moves with it, lines keep their bends and ends', () => {
    const xml = drawioOf(shopGraph(), EMPTY_OVERLAY, ENGLISH, 'Shop');
    expect(malformation(xml)).toBeNull();
    expect(xml).toContain('<diagram name="Shop">');
    const web = /<mxCell id="n1" [^>]*parent="n0">\s*<mxGeometry x="22" y="60" width="176" height="56"/;
    expect(xml).toMatch(web);
    const line =
        /<mxCell id="e0" [^>]*source="n1" target="n2">[^]*?<mxPoint x="100" y="100"\/>\s*<mxPoint x="240" y="100"\/>/;
    expect(xml).toMatch(line);
});

test('HTML: one page that loads nothing and runs only its own script', () => {
    const picture = pictureOf(shopGraph(), EMPTY_OVERLAY, ENGLISH);
    const html = htmlOf({ title: 'A <b>&</b>', picture, language: 'en', texts: ENGLISH, nonce: 'n0nce' });
    expect(html).toContain("default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-n0nce'");
    expect(html).toContain('<title>A &#60;b&#62;&#38;&#60;/b&#62;</title>');
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).not.toMatch(/(?:src|href)="http/);
});

/** Names as models may have them, and worse. */
const anyName = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
        '"',
        '\\',
        '</script><script>alert(1)</script>',
        'a\nb',
        ']]>',
        'مرحبا',
        '👩‍👩‍👧',
        'end',
        '{}',
        '|x|',
        '`',
    ),
    fc.constant('long '.repeat(2_000)),
);

function graphNamed(names: readonly string[]): LaidOutGraph {
    const ids = names.map((_, index) => `instance:${String(index)}`);
    return {
        ...shopGraph(),
        nodes: names.map((label, index) => placed(ids[index] ?? '', { label, detail: label })),
        edges: ids.slice(1).map((id, index) => routed(ids[index] ?? '', id, { variables: [names[index] ?? ''] })),
    };
}

test('whatever things are called, every format stays what it is', () => {
    fc.assert(
        fc.property(fc.array(anyName, { minLength: 2, maxLength: 5 }), (names) => {
            const graph = graphNamed(names);
            expect(malformation(drawioOf(graph, STATES, ENGLISH, names[0] ?? ''))).toBeNull();
            const mermaid = mermaidOf(graph, STATES, ENGLISH).split('\n');
            expect(mermaid).toHaveLength(names.length * 2);
            for (const line of mermaid.slice(1, names.length + 1)) expect(line).toMatch(/^ {2}n\d+\["[^"[\]{}|`]*"\]$/);
            const dot = dotOf(graph, STATES, ENGLISH).split('\n');
            expect(dot).toHaveLength(names.length * 2 + 4);
            for (const line of dot.slice(4, -1))
                expect(line).toMatch(/^ {2}n\d+ (?:-> n\d+ )?\[label="(?:[^"\\]|\\.)*"(?:, \w+=[^\s,]+)*\];$/);
            const picture = pictureOf(graph, STATES, ENGLISH);
            const html = htmlOf({ title: names[0] ?? '', picture, language: 'en', texts: ENGLISH, nonce: 'x' });
            expect(html.match(/<script/g)).toHaveLength(1);
        }),
        { numRuns: 40 },
    );
});
