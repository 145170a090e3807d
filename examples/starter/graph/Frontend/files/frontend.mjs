// Shows the sentence of the backend on a page.
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [port, backend] = process.argv.slice(2);

createServer(async (request, response) => {
    try {
        const sentence = await (await fetch(backend)).text();
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.end(page(sentence));
    } catch (error) {
        response.writeHead(503).end(`The backend at ${backend} does not answer: ${error.message}\n`);
    }
}).listen(Number(port), '127.0.0.1', () => writeFileSync('frontend.pid', String(process.pid)));

process.once('SIGTERM', () => {
    rmSync('frontend.pid', { force: true });
    process.exit();
});

function page(sentence) {
    return `<!doctype html>
<html lang="en">
<meta charset="utf-8"><title>Frontend</title>
<style>
  :root { color-scheme: light dark; font-family: system-ui, sans-serif; }
  body { display: grid; place-content: center; min-height: 90vh; text-align: center; }
</style>
<h1>${sentence.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</h1>
</html>
`;
}
