/** Texts of every kind of file that begin sound and are damaged: cut, mixed, and strewn with what no reader likes. */
import fc from 'fast-check';
import { WHOLE_SAMPLE } from './application-sample.ts';

/** An application with a file of every kind. */
export const EVERY_KIND: Readonly<Record<string, string>> = {
    ...WHOLE_SAMPLE,
    'commands/scale-up.commands':
        '# Adds a machine.\ndefine size = 2\ncreate Machine as extra_$(size)\ncreate Web as web under /extra_$(size)\n',
    'graph/main.graph': `${WHOLE_SAMPLE['graph/main.graph'].replace('Web, Database', 'Web, Database, File')}
File {
    installer: file;
}
`,
    'graph/Web/recipe.properties': '# Policies.\nstart.timeout = 30s\nstart.retries = 2\n',
    'graph/File/instructions.properties': 'deploy.1.copy = a.conf -> b.conf\nstart.1.delete = b.conf\n',
};

/** The files that are damaged, one of each kind. */
export const DAMAGED: readonly string[] = [
    'graph/main.graph',
    'instances/main.instances',
    'descriptor/application.properties',
    'commands/scale-up.commands',
    'rules.autonomic/scale.drl',
    'probes/Web.measures',
    'probes/Web.measures.properties',
    'graph/Machine/target.properties',
    'graph/Web/recipe.properties',
    'graph/File/instructions.properties',
];

const SIGNS = '{}[]()<>#;:,=."\'\\/$*!?@&|%~`^+-_ \t'.split('');
const LINE_ENDS = ['\n', '\r\n', '\r', '\\\n', '\\\r\n', '\n\n', '\u0085', '\u2028', '\v', '\f'];
/** Signs of the language underneath, and of encodings: half a pair, marks, what turns text around. */
const STRANGE = ['\0', '\uFEFF', '\uD83D', '\uDE00', '\u{1F600}', 'é', 'e\u0301', '\u202E', '\u00A0', '\uFFFD', 'İ'];
const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', 'a'.repeat(3000), '0', '-1', 'ß'];
const PHRASES = [
    ...['import ', 'facet ', 'instance of ', 'exports: ', 'imports: ', 'children: ', 'extends: ', 'installer: '],
    ...['external ', '(optional)', 'random[port] ', 'name: ', 'count: 3', 'data.', 'Web.port', 'Database.*', '/front'],
    ...[
        'define x = ',
        'create Web as w under /front',
        'execute ',
        'write a into /front',
        '$(x)',
        '$(',
        '$(FORMATTED_TIME ',
    ],
    ...['$(EXISTING_INDEX /front MAX', 'rule "x"', 'rule "', 'when\n', 'then\n', 'end\n', '/*', '*/', '//'],
    ...['[EVENT rest x]\n', '[EVENT ', 'Check http://{{ port }}', '{{', '}}', '${', '${env:', '${secret:x}'],
    ...[
        'handler = ',
        'start.timeout = ',
        'deploy.1.copy = ',
        '\\u',
        '\\uD8',
        '\\u00e9',
        ' -> ',
        'exports = Web.port as ',
    ],
];

/** Something that is put in for as many characters. */
interface Damage {
    readonly from: number;
    readonly length: number;
    readonly put: string;
}

const piece = fc.oneof(
    ...[SIGNS, LINE_ENDS, STRANGE, NAMES, PHRASES].map((list) => fc.constantFrom(...list)),
    fc.string({ unit: 'binary', maxLength: 6 }),
);
const damage: fc.Arbitrary<Damage> = fc.record({
    from: fc.nat(),
    length: fc.oneof(
        { weight: 6, arbitrary: fc.constant(0) },
        { weight: 3, arbitrary: fc.nat(5) },
        { weight: 1, arbitrary: fc.nat(200) },
    ),
    put: fc.oneof({ weight: 1, arbitrary: fc.constant('') }, { weight: 4, arbitrary: piece }),
});

export interface DamagedFile {
    readonly file: string;
    readonly text: string;
    /** A place asked about, as a part of the text. */
    readonly at: number;
}

/** A file of any kind whose text is a damaged one of any kind, mostly its own. */
export const damagedFile: fc.Arbitrary<DamagedFile> = fc
    .record({
        file: fc.constantFrom(...DAMAGED),
        source: fc.oneof(
            { weight: 6, arbitrary: fc.constant(null) },
            { weight: 1, arbitrary: fc.constantFrom(...DAMAGED) },
        ),
        damages: fc.oneof(
            fc.array(damage, { minLength: 1, maxLength: 2 }),
            fc.array(damage, { minLength: 3, maxLength: 9 }),
        ),
        lineEnd: fc.constantFrom('\n', '\n', '\r\n', '\r'),
        mark: fc.constantFrom('', '', '', '\uFEFF'),
        at: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ file, source, damages, lineEnd, mark, at }) => {
        const sound = (EVERY_KIND[source ?? file] ?? '').replaceAll('\n', lineEnd);
        return { file, text: mark + damages.reduce(damaged, sound), at };
    });

function damaged(text: string, { from, length, put }: Damage): string {
    const start = from % (text.length + 1);
    return text.slice(0, start) + put + text.slice(start + length);
}
