#!/usr/bin/env node
'use strict';
// Starts the command line on a Node that can run it: this one when it is recent enough, else the one installed beside the project.
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { spawn } = require('node:child_process');

const cli = join(__dirname, '..', 'dist', 'cli.cjs');
const bundledNode = join(
    __dirname,
    '..',
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
);
const major = Number(process.versions.node.split('.')[0]);

if (major >= 22) require(cli);
else if (existsSync(bundledNode)) runWith(bundledNode);
else {
    process.stderr.write(
        `roboconf needs Node.js 22 or later; this is ${process.version}. Install a recent Node.js and try again.\n`,
    );
    process.exitCode = 3;
}

/** The command line goes with its launcher: a signal is passed on, and when the launcher is killed the channel tells it. */
function runWith(node) {
    const child = spawn(node, [cli, ...process.argv.slice(2)], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    // A terminal sends Ctrl+C to both of them.
    process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
    child.once('error', (error) => {
        throw error;
    });
    child.once('exit', (code, signal) => {
        process.removeAllListeners();
        if (signal === null) process.exitCode = code;
        else process.kill(process.pid, signal);
    });
}
