// Passes each visit on to the next worker of workers.json, which the update script rewrites while this program runs.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';
import { join } from 'node:path';

const [port, folder] = process.argv.slice(2);
const ready = join(folder, 'ready');
let turn = 0;

createServer((visit, response) => tryWorkers(visit, response, workers())).listen(Number(port), '127.0.0.1', () =>
    writeFileSync(ready, String(process.pid)),
);

process.once('SIGTERM', () => {
    rmSync(ready, { force: true });
    process.exit();
});

function workers() {
    const all = JSON.parse(readFileSync(join(folder, 'workers.json'), 'utf8'));
    const first = turn++ % Math.max(all.length, 1);
    return [...all.slice(first), ...all.slice(0, first)];
}

/** A worker that does not answer is passed over: the next one is tried. */
function tryWorkers(visit, response, [worker, ...others]) {
    if (worker === undefined) {
        response.writeHead(503).end('No worker answers.\n');
        return;
    }
    const forward = ask({ ...worker, path: visit.url, method: visit.method, headers: visit.headers }, (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
    });
    forward.on('error', () => tryWorkers(visit, response, others));
    visit.pipe(forward);
}
