/** Entry of the language server process: over IPC, a socket or a pipe when the arguments say so, else over standard input and output. */
import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createLayout } from './layout.ts';
import { processConfig, startServer } from './start.ts';

const TRANSPORTS = ['--node-ipc', '--socket', '--pipe', '--stdio'];
const isTold = process.argv.some((argument) => TRANSPORTS.some((transport) => argument.startsWith(transport)));
const connection = isTold
    ? createConnection(ProposedFeatures.all)
    : createConnection(ProposedFeatures.all, process.stdin, process.stdout);

startServer(connection, processConfig(createLayout({ workerPath: join(import.meta.dirname, 'layout-worker.cjs') })));
