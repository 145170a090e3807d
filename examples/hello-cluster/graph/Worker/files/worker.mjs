// Answers a visit: counts it in the store and says who answered. As a page, or as JSON for programs.
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const [port, folder, store, name, greeting] = process.argv.slice(2);
const ready = join(folder, 'ready');

createServer(async (request, response) => {
    try {
        const count = await (await fetch(`http://${store}/visits`, { method: 'POST' })).text();
        answer(request, response, { worker: name, visits: Number(count), greeting });
    } catch (error) {
        response.writeHead(503).end(`The store at ${store} does not answer: ${error.message}\n`);
    }
}).listen(Number(port), '127.0.0.1', () => writeFileSync(ready, String(process.pid)));

process.once('SIGTERM', () => {
    rmSync(ready, { force: true });
    process.exit();
});

function answer(request, response, visit) {
    const wantsJson = request.headers.accept?.includes('application/json');
    response.setHeader('content-type', wantsJson ? 'application/json' : 'text/html; charset=utf-8');
    response.end(wantsJson ? `${JSON.stringify(visit)}\n` : page(visit));
}

function page({ worker, visits, greeting: text }) {
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><title>hello-cluster</title>
<style>
  :root { color-scheme: light dark; font-family: system-ui, sans-serif; }
  body { display: grid; place-content: center; min-height: 90vh; text-align: center; gap: .5rem; }
  h1 { font-weight: 600; margin: 0; } output { font-size: 5rem; font-variant-numeric: tabular-nums; } code { opacity: .7; }
</style>
</head>
<body>
<h1>${escape(text)}</h1>
<output>${visits}</output>
<p>visits so far. This one was answered by <code>${escape(worker)}</code>. Reload to meet the other worker.</p>
</body>
</html>
`;
}

function escape(text) {
    return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
