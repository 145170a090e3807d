#!/usr/bin/env node
'use strict';
// Starts the command line on a Node that can run it: this one when it is recent enough, else the one installed beside the project.
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { spawnSync } = require('node:child_process');

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

function runWith(node) {
    // exec replaces nothing in Node, so signals are passed on by sharing the process group and the exit code is handed over.
    const child = spawnSync(node, [cli, ...process.argv.slice(2)], { stdio: 'inherit' });
    if (child.error) throw child.error;
    if (child.signal) process.kill(process.pid, child.signal);
    process.exitCode = child.status ?? 3;
}
