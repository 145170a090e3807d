/** Models whose pictures are looked at: an application of the examples, one of a kind people write, and some that are hard to draw. */
import { resolve } from 'node:path';
import { createLanguage, type ApplicationModel, type FileSystem } from '../../language/index.ts';
import { createDisk } from '../../server/workspace/disk.ts';
import { memoryFiles } from '../support/memory-files.ts';

const examples = resolve(import.meta.dirname, '../../examples');

function load(files: FileSystem, directory: string): ApplicationModel {
    const application = createLanguage().loadApplication(files, directory);
    const errors = application.findings.filter(({ severity }) => severity === 'error');
    // The samples have no recipes.
    const others = errors.filter(({ code }) => !code.startsWith('PROJ_'));
    if (others.length > 0) throw new Error(others.map(({ code, message }) => `${code} ${message}`).join('\n'));
    return application.model;
}

/** One property or bracket a line, as the language wants it; the samples are shorter to read otherwise. */
function lined(text: string): string {
    return text.replace(/[{;}]\s*/g, (end) => `${end.trim()}\n`);
}

function written(graph: string, instances: string): ApplicationModel {
    const descriptor =
        'application-name = sample\napplication-version = 1.0\ngraph-entry-point = main.graph\ninstance-entry-point = main.instances\n';
    return load(
        memoryFiles({
            '/app/descriptor/application.properties': descriptor,
            '/app/graph/main.graph': lined(graph),
            '/app/instances/main.instances': lined(instances),
        }),
        '/app',
    );
}

/** A balancer, two application servers with an application each, a database; one thing comes from elsewhere. */
const SHOP_GRAPH = `
Machine { installer: target; exports: ip; children: Apache, Tomcat, MariaDB; }
Apache { installer: script; exports: ip, port = 80; imports: Tomcat.ip, Tomcat.port, Login.ip (optional); }
Login { installer: script; exports: ip; }
Tomcat { installer: script; exports: ip, port = 8080; imports: MariaDB.ip, MariaDB.port, external Mail.ip; children: Shop, Login; }
Shop { installer: file; imports: MariaDB.*, external Billing.url (optional); }
MariaDB { installer: docker; exports: ip, port = 3306; }
`;

const SHOP_INSTANCES = `
instance of Machine { name: front; instance of Apache { name: httpd; } }
instance of Machine { name: app; count: 2;
    instance of Tomcat { name: tomcat; instance of Shop { name: shop; } }
}
instance of Machine { name: store; instance of MariaDB { name: mariadb; } }
`;

function nested(depth: number): ApplicationModel {
    const levels = Array.from({ length: depth }, (_, i) => i);
    const types = levels.map((i) => {
        const installer = i === 0 ? 'target' : 'script';
        const children = i + 1 < depth ? ` children: Level${String(i + 1)};` : '';
        const imports = i > 1 ? ` imports: Level${String(i - 1)}.ip (optional);` : '';
        return `Level${String(i)} { installer: ${installer}; exports: ip;${children}${imports} }`;
    });
    const open = levels.map((i) => `instance of Level${String(i)} { name: level-${String(i)};`).join('\n');
    const second = 'instance of Level0 { name: neighbour; instance of Level1 { name: inner; } }';
    return written(types.join('\n'), `${open}\n${'}'.repeat(depth)}\n${second}`);
}

/** One exporter and many importers, each on a machine of its own. */
function wide(count: number): ApplicationModel {
    const graph = `
Machine { installer: target; exports: ip; children: Queue, Worker, Monitor; }
Queue { installer: script; exports: ip, port = 5672; }
Worker { installer: script; imports: Queue.ip, Queue.port; exports: ip; }
Monitor { installer: logger; imports: Worker.ip (optional), Queue.ip (optional); }
`;
    const workers = `instance of Machine { name: node-; count: ${String(count)}; instance of Worker { name: worker; } }`;
    const rest =
        'instance of Machine { name: hub; instance of Queue { name: queue; } instance of Monitor { name: monitor; } }';
    return written(graph, `${workers}\n${rest}`);
}

/** Names at the limits of what is legal; and texts that no grammar would let through, as a half-typed model may hold them. */
function strange(): ApplicationModel {
    const long = `A${'VeryLongComponentName'.repeat(5)}`;
    const graph = `
Machine { installer: target; exports: ip; children: ${long}, B, C; }
${long} { installer: script; exports: ip, ${'aVeryLongVariableName'.repeat(3)} = 1; imports: B.ip, C.ip; }
B { installer: script; exports: ip; }
C { installer: puppet; exports: ip; imports: B.ip (optional); }
`;
    const instances = `
instance of Machine { name: machine; instance of ${long} { name: ${'long-name-'.repeat(9)}x; } instance of C { name: c; } }
instance of Machine { name: other; instance of B { name: b; } }
`;
    const model = written(graph, instances);
    const renamed = new Map([
        ['/machine/c', '🚀👩🏽‍💻 fusée à étages'],
        ['/other/b', 'خادم الويب שרת'],
        ['/other', '服务器集群一号'],
    ]);
    return {
        ...model,
        instances: model.instances.map((one) => ({ ...one, name: renamed.get(one.path) ?? one.name })),
    };
}

/** By name. */
export const SAMPLES: Readonly<Record<string, () => ApplicationModel>> = {
    'hello-cluster': () => load(createDisk(), resolve(examples, 'hello-cluster')),
    lamp: () => load(createDisk(), resolve(examples, 'lamp')),
    shop: () => written(SHOP_GRAPH, SHOP_INSTANCES),
    nested: () => nested(6),
    wide: () => wide(10),
    strange,
};
