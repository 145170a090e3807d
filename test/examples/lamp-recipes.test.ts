/** What the recipes of the example LAMP write, without any machine; test/hosts/lamp.test.ts deploys them. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const GRAPH = join(import.meta.dirname, '../../examples/lamp/graph');

/** What a function of a file that recipes read prints, with these variables. */
function printedBy(
    component: string,
    file: string,
    call: string,
    environment: Readonly<Record<string, string>>,
): string {
    return execFileSync('bash', ['--norc', '-euc', `. "./${file}"; ${call}`], {
        cwd: join(GRAPH, component, 'scripts'),
        env: { PATH: process.env['PATH'] ?? '', ROBOCONF_INSTANCE_DIR: '/instances/one', ...environment },
        encoding: 'utf8',
    });
}

test('the notes about a machine are taken by the same file in all recipes that install packages', () => {
    const copies = ['Apache', 'MariaDB', 'Tomcat'].map((component) =>
        readFileSync(join(GRAPH, component, 'scripts/machine.sh'), 'utf8'),
    );
    expect(new Set(copies).size).toBe(1);
});

test('Apache shares requests among all Tomcat servers, and waits for none longer than half a second', () => {
    const workers = printedBy('Apache', 'workers.sh', 'all_workers', {
        Tomcat_size: '2',
        Tomcat_0_ip: '10.0.0.12',
        Tomcat_0_ajpPort: '8009',
        Tomcat_0_ajpSecret: 's$(id)&"',
        Tomcat_1_ip: '10.0.0.13',
        Tomcat_1_ajpPort: '8010',
        Tomcat_1_ajpSecret: 'two words',
    });
    expect(workers).toMatchInlineSnapshot(`
      "worker.tomcat0.type=ajp13
      worker.tomcat0.host=10.0.0.12
      worker.tomcat0.port=8009
      worker.tomcat0.secret=s$(id)&"
      worker.tomcat0.socket_connect_timeout=500
      worker.tomcat0.ping_mode=A
      worker.tomcat0.ping_timeout=500
      worker.tomcat0.reply_timeout=10000
      worker.tomcat0.retries=1
      worker.tomcat0.fail_on_status=-404,-503
      worker.tomcat1.type=ajp13
      worker.tomcat1.host=10.0.0.13
      worker.tomcat1.port=8010
      worker.tomcat1.secret=two words
      worker.tomcat1.socket_connect_timeout=500
      worker.tomcat1.ping_mode=A
      worker.tomcat1.ping_timeout=500
      worker.tomcat1.reply_timeout=10000
      worker.tomcat1.retries=1
      worker.tomcat1.fail_on_status=-404,-503
      worker.list=balancer,jk-status,jk-manager
      worker.balancer.type=lb
      worker.balancer.balance_workers=tomcat0,tomcat1
      worker.balancer.sticky_session=false
      worker.balancer.recover_time=10
      worker.jk-status.type=status
      worker.jk-status.read_only=true
      worker.jk-manager.type=status
      "
    `);
});

test('without any Tomcat server, Apache has somebody to ask who does not answer', () => {
    const workers = printedBy('Apache', 'workers.sh', 'all_workers', { Tomcat_size: '0' });
    const [, balanced = ''] = /^worker\.balancer\.balance_workers=(\w+)$/m.exec(workers) ?? [];
    expect(workers).toContain(`worker.${balanced}.host=127.0.0.1\n`);
});

test('a password of the database may hold any character', () => {
    const context = printedBy('Guestbook', 'application.sh', 'placing=1; context_file', {
        MariaDB_0_ip: '10.0.0.14',
        MariaDB_0_port: '3307',
        MariaDB_0_database: 'guest&book',
        MariaDB_0_user: 'guest',
        MariaDB_0_password: `<'"&>$(id)\\`,
    });
    expect(context).toMatchInlineSnapshot(`
      "<Context docBase="/var/lib/tomcat10/guestbook">
        <Parameter name="placing" value="1" override="false"/>
        <Resource name="jdbc/guestbook" auth="Container" type="javax.sql.DataSource" maxTotal="8" maxWaitMillis="3000"
                  driverClassName="org.mariadb.jdbc.Driver" validationQuery="SELECT 1" testOnBorrow="true"
                  url="jdbc:mariadb://10.0.0.14:3307/guest&amp;book?connectTimeout=2000&amp;socketTimeout=10000" username="guest" password="&lt;'&quot;&amp;>$(id)\\"/>
      </Context>
      "
    `);
});

test.each([
    ['an address of the machine', '10.0.0.14', '10.0.0.14'],
    ['an address of a router before it', '203.0.113.7', '0.0.0.0'],
    ['a part of an address of the machine', '10.0.0.1', '0.0.0.0'],
    ['a name', 'db.example.org', '0.0.0.0'],
])('a server whose model says %s listens where it can be reached', (_what, ip, expected) => {
    const listening = 'hostname() { echo "10.0.0.14 fd00::14 "; }; listening_address';
    expect(printedBy('MariaDB', 'machine.sh', listening, { ip })).toBe(`${expected}\n`);
});
