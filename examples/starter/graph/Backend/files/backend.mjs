// Answers every request with one sentence.
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [port, sentence] = process.argv.slice(2);

createServer((request, response) => {
    response.setHeader('content-type', 'text/plain; charset=utf-8');
    response.end(sentence);
}).listen(Number(port), '127.0.0.1', () => writeFileSync('backend.pid', String(process.pid)));

process.once('SIGTERM', () => {
    rmSync('backend.pid', { force: true });
    process.exit();
});
