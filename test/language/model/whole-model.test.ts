/** What files say together, as the ApplicationModel has it (reference: language, sections 2.7, 2.8 and 3). */
import { expect, test } from 'vitest';
import { createLanguage, type ApplicationModel } from '../../../language/index.ts';
import { memoryFiles } from '../../support/memory-files.ts';

interface Loaded {
    readonly model: ApplicationModel;
    /** Codes that are not about files of recipes. */
    readonly codes: readonly string[];
}

function load(graph: string, instances = ''): Loaded {
    const files = {
        '/app/descriptor/application.properties':
            'name=a\nversion=1.0\ndsl-id=roboconf-1.0\ngraph-entry-point=g.graph\ninstance-entry-point=i.instances\n',
        '/app/graph/g.graph': graph,
        '/app/instances/i.instances': instances,
    };
    const { model, findings } = createLanguage().loadApplication(memoryFiles(files), '/app');
    const codes = findings.map(({ code }) => code).filter((code) => !/^(PROJ_|REC_|P_EMPTY_FILE)/.test(code));
    return { model, codes };
}

const component = ({ model }: Loaded, name: string) => model.components.find((one) => one.name === name)!;
const instance = ({ model }: Loaded, path: string) => model.instances.find((one) => one.path === path)!;

const FAMILY = 'M {\n\tinstaller: target;\n\texports: ip, port = 1;\n}\nD {\n\textends: M;\n\texports: extra = 5;\n}\n';

test.each<[string, Readonly<Record<string, string | null>>, readonly string[]]>([
    ['extra: 6', { 'M.port': '1', 'D.port': '1', 'D.extra': '6' }, []],
    ['D.port: 2', { 'M.port': '1', 'D.port': '2', 'D.extra': '5' }, []],
    ['M.port: 2', { 'M.port': '2', 'D.port': '1', 'D.extra': '5' }, []],
    ['port: 2', { 'M.port': '2', 'D.port': '2', 'D.extra': '5', port: '2' }, ['RM_AMBIGUOUS_OVERRIDING']],
    ['other: 2', { 'M.port': '1', 'D.port': '1', 'D.extra': '5', other: '2' }, ['RM_MAGIC_INSTANCE_VARIABLE']],
    ['extra: 1;\n\textra: 2', { 'M.port': '1', 'D.port': '1', 'D.extra': '2' }, ['PM_DUPLICATE_PROPERTY']],
])('an instance that says %s', (line, exports, codes) => {
    const loaded = load(FAMILY, `instance of D {\n\tname: d;\n\t${line};\n}\n`);
    expect({ ...instance(loaded, '/d').exports }).toEqual({ 'M.ip': null, 'D.ip': null, ...exports });
    expect(loaded.codes).toEqual(codes);
});

test.each<[string, string]>([
    ['" 6 "', ' 6 '],
    ['  "a;b,c=d" ', 'a;b,c=d'],
    ['""', ''],
    ['a b  ', 'a b  '],
    ['"a" b', '"a" b'],
    ["'a'", "'a'"],
    ['$(ROBOCONF_INSTANCE_NAME)-$(x)', '$(ROBOCONF_INSTANCE_NAME)-$(x)'],
])('an override of %s', (written, value) => {
    const loaded = load(FAMILY, `instance of D {\n\tname: d;\n\textra: ${written};\n}\n`);
    expect(instance(loaded, '/d').overriddenExports).toEqual(expect.objectContaining({ extra: value }));
    expect(loaded.codes).toEqual([]);
});

test('exported values: quotes, blanks, nothing, and an empty text, which is a value', () => {
    const loaded = load(
        'C {\n\tinstaller: target;\n\texports: a = x y = z , b = " q , ; = ", c = "", d = $(ROBOCONF_INSTANCE_PATH), ip;\n}\n',
        'instance of C {\n\tname: c;\n}\n',
    );
    expect({ ...component(loaded, 'C').exports }).toEqual({
        'C.a': 'x y = z',
        'C.b': ' q , ; = ',
        'C.c': '',
        'C.d': '$(ROBOCONF_INSTANCE_PATH)',
        'C.ip': null,
    });
    expect(loaded.codes).toEqual([]);
});

test('random ports are inherited, from components and from facets, and need no value', () => {
    const loaded = load(
        'facet F {\n\texports: random[port] admin;\n}\nM {\n\tinstaller: target;\n\tfacets: F;\n\texports: random[PORT] http;\n}\nD {\n\textends: M;\n}\n',
        'instance of D {\n\tname: d;\n}\n\ninstance of D {\n\tname: e;\n\tD.http: 8080;\n}\n',
    );
    expect(component(loaded, 'D').randomPorts.toSorted()).toEqual([
        'D.admin',
        'D.http',
        'F.admin',
        'M.admin',
        'M.http',
    ]);
    expect(instance(loaded, '/e').exports['D.http']).toBe('8080');
    expect(loaded.codes).toEqual([]);
});

test('facets that extend facets give their variables and children to the components that have them', () => {
    const loaded = load(
        'facet F {\n\texports: p = 1;\n\tchildren: X;\n}\nfacet G {\n\textends: F;\n\texports: q = 2;\n}\nVM {\n\tinstaller: target;\n\tchildren: G;\n}\nC {\n\tinstaller: script;\n\tfacets: G;\n}\nD {\n\textends: C;\n}\nX {\n\tinstaller: script;\n}\n',
    );
    const d = component(loaded, 'D');
    expect(d.allFacets.toSorted()).toEqual(['F', 'G']);
    expect({ ...d.exports }).toEqual({ 'F.p': '1', 'G.q': '2', 'C.p': '1', 'C.q': '2', 'D.p': '1', 'D.q': '2' });
    expect(d.resolvedChildren).toEqual(['X']);
    expect(d.resolvedInstaller).toBe('script');
    expect(component(loaded, 'VM').resolvedChildren.toSorted()).toEqual(['C', 'D']);
    expect(component(loaded, 'X').resolvedAncestors.toSorted()).toEqual(['C', 'D']);
    expect(loaded.codes).toEqual([]);
});

test('imports: wildcard, optional and external; the nearest declaration of a name counts, within a component the last', () => {
    const loaded = load(
        'Db {\n\tinstaller: target;\n\texports: ip, port = 1;\n}\nBase {\n\tinstaller: target;\n\timports: Db.*, Db.ip, EXTERNAL Shop.url (Optional), Db.port, Db.port (optional);\n}\nHeir {\n\textends: Base;\n\timports: Db.ip(optional);\n}\n',
    );
    expect(component(loaded, 'Base').ownImports).toEqual([
        { name: 'Db.*', optional: false, external: false },
        { name: 'Db.ip', optional: false, external: false },
        { name: 'Shop.url', optional: true, external: true },
        { name: 'Db.port', optional: true, external: false },
    ]);
    expect(component(loaded, 'Heir').imports).toContainEqual({ name: 'Db.ip', optional: true, external: false });
    expect(component(loaded, 'Heir').imports).toHaveLength(4);
    expect(loaded.codes).toEqual([]);
});

test('count makes padded copies with their children, channels and overrides; data and status stay with the first', () => {
    const loaded = load(
        'VM {\n\tinstaller: target;\n\tchildren: A;\n}\nA {\n\tinstaller: script;\n\texports: x = 1;\n}\n',
        'instance of VM {\n\tname: vm;\n\tcount: 10;\n\tchannels: a, b;\n\tdata.k: v;\n\tinstance-state: deployed_started;\n\tinstance of A {\n\t\tname: a;\n\t\tcount: +2;\n\t\tx: 2;\n\t}\n}\n',
    );
    const paths = loaded.model.instances.map(({ path }) => path);
    expect(paths).toHaveLength(30);
    expect(paths.slice(0, 4)).toEqual(['/vm01', '/vm01/a1', '/vm01/a2', '/vm02']);
    const { data, status, channels } = instance(loaded, '/vm01');
    expect([{ ...data }, status, channels]).toEqual([{ k: 'v' }, 'DEPLOYED_STARTED', ['a', 'b']]);
    const copy = instance(loaded, '/vm10');
    expect([{ ...copy.data }, copy.status, copy.channels]).toEqual([{}, 'NOT_DEPLOYED', ['a', 'b']]);
    expect({ ...instance(loaded, '/vm10/a2').exports }).toEqual({ 'A.x': '2' });
    expect(loaded.codes).toEqual([]);
});

test('data of an instance, whatever the case of the prefix and whatever the name; unknown states are none', () => {
    const loaded = load(
        'VM {\n\tinstaller: target;\n}\n',
        'instance of VM {\n\tname: a;\n\tDATA.ip.address: 10.0.0.1 ;\n\tdata.count: 2;\n\tinstance-data: k = v, bad, x= y=z;\n\tinstance-state: resting;\n}\n',
    );
    expect(loaded.model.instances).toHaveLength(1);
    const { data, status } = instance(loaded, '/a');
    expect({ ...data }).toEqual({ k: 'v', x: 'y=z', 'ip.address': '10.0.0.1 ', count: '2' });
    expect(status).toBe('NOT_DEPLOYED');
});

test('names of instances keep their blanks, and paths are made of them', () => {
    const loaded = load('VM {\n\tinstaller: target;\n}\n', 'instance of VM {\n\tname: my vm ;\n}\n');
    expect(loaded.model.instances.map(({ path }) => path)).toEqual(['/my vm ']);
});
