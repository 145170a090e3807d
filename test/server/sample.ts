/** A small application for the server's tests: a machine, a web server that needs a database. */
export const SAMPLE = {
    'descriptor/application.properties':
        'name = Shop\nversion = 1.0.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\ninstance-entry-point = main.instances\n',
    'graph/main.graph': `import parts/database.graph;

# A machine.
Machine {
    installer: target;
    children: Web, Database;
}

# Serves the pages.
Web {
    installer: script;
    facets: reachable;
    exports: port = 8080;
    imports: Database.port;
}

facet reachable {
    exports: ip;
}
`,
    'graph/parts/database.graph': `# Keeps the orders.
Database {
    installer: script;
    exports: ip, port = 5432, random[port] admin;
}
`,
    'graph/Machine/note.txt': 'x',
    'graph/Web/scripts/start.sh': 'true',
    'graph/Database/scripts/start.sh': 'true',
    'instances/main.instances': `instance of Machine {
    name: front;
    instance of Web {
        name: web;
    }
    instance of Database {
        name: orders;
    }
}
`,
} as const;
