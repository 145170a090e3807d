/** The application that command files of these tests belong to. */
import { createLanguage, type Application, type Finding } from '../../../language/index.ts';
import { memoryFiles } from '../../support/memory-files.ts';

const GRAPH = `Machine {
	installer: target;
	children: Server, cache;
}
BigMachine {
	extends: Machine;
}
Server {
	installer: script;
	children: Site;
}
FastServer {
	extends: Server;
}
Redis {
	installer: script;
	facets: cache;
}
facet cache {
}
Site {
	installer: script;
}
`;

const INSTANCES = `instance of Machine {
	name: front;
	instance of Server {
		name: web;
		instance of Site {
			name: shop;
		}
	}
}
instance of Machine {
	name: back end;
	instance of Redis {
		name: store;
	}
}
instance of Machine {
	name: node;
	count: 3;
	instance of Server {
		name: web 7;
	}
}
instance of BigMachine {
	name: big;
	instance of FastServer {
		name: quick;
	}
}
`;

const DESCRIPTOR =
    'name = app\nversion = 1.0\ndsl-id = roboconf-1.0\ngraph-entry-point = main.graph\ninstance-entry-point = main.instances\n';

/** One for all tests: it parses the model once. */
const language = createLanguage();

/** The application with these files more; paths are relative to it. */
export function applicationWith(files: Readonly<Record<string, string>>): Application {
    const all = {
        'descriptor/application.properties': DESCRIPTOR,
        'graph/main.graph': GRAPH,
        'instances/main.instances': INSTANCES,
        ...files,
    };
    const texts = Object.entries(all).map(([path, text]) => [`/app/${path}`, text] as const);
    return language.loadApplication(memoryFiles(Object.fromEntries(texts)), '/app');
}

/** Findings about command files. */
export function commandFindings(files: Readonly<Record<string, string>>): readonly Finding[] {
    return applicationWith(files).findings.filter(({ range }) => range?.file.startsWith('commands/') === true);
}

/** Findings about one command file called `c`, as `CODE line:column-column`; the unused variables are left out. */
export function foundIn(text: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
    return commandFindings({ 'commands/c.commands': text, ...files })
        .filter(({ code, range }) => code !== 'X_UNUSED_VARIABLE' && range?.file === 'commands/c.commands')
        .map(({ code, range }) => `${code} ${range?.line}:${range?.column}-${range?.endColumn}`);
}
