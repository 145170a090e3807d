// A key-value store of counters: POST /NAME adds one and answers the sum. Kept in a file, so that a restart loses nothing.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const [port, folder] = process.argv.slice(2);
const ready = join(folder, 'ready');
const file = join(folder, 'counters.json');
const counters = load();

createServer((request, response) => {
    const name = request.url.slice(1);
    if (request.method === 'POST') {
        counters[name] = (counters[name] ?? 0) + 1;
        save();
    }
    response.end(String(counters[name] ?? 0));
}).listen(Number(port), '127.0.0.1', () => writeFileSync(ready, String(process.pid)));

process.once('SIGTERM', () => {
    rmSync(ready, { force: true });
    process.exit();
});

function load() {
    try {
        return JSON.parse(readFileSync(file, 'utf8'));
    } catch {
        return {};
    }
}

function save() {
    writeFileSync(`${file}.new`, JSON.stringify(counters));
    renameSync(`${file}.new`, file);
}
