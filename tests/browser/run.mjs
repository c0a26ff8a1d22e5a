// Runs the browser suite: `INTERVIEWD_BIN=target/debug/interviewd node tests/browser/run.mjs [name…]`.
//
// Builds nothing. The first run installs playwright-core, axe and Lighthouse into the user's cache (never into the clone); the
// browser is the system's Chromium (`CHROMIUM`, else /usr/bin/chromium). Names choose spec files: `run.mjs interview`.
// What measures runs only when it is named, so that it is alone on the machine.
// To add a spec: a file `NAME.test.mjs` here that takes what it needs from world.mjs.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { modulesFor } from '../../assets/modules.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const binary = process.env.INTERVIEWD_BIN;
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

if (!binary || !fs.existsSync(binary)) stop('Set INTERVIEWD_BIN to the interviewd binary that is to be tested.');
if (!fs.existsSync(chromium)) stop(`Chromium was not found at ${chromium}: install it (apt-get install chromium), or set CHROMIUM to its path.`);
modulesFor(here, 'the browser tests');

const MEASURING = ['lighthouse'];
const wanted = process.argv.slice(2);
const isWanted = (spec) => (wanted.length === 0 ? !MEASURING.includes(spec) : wanted.includes(spec));
const specs = fs
  .readdirSync(here)
  .filter((name) => name.endsWith('.test.mjs') && isWanted(name.replace('.test.mjs', '')))
  .map((name) => path.join(here, name));
if (specs.length === 0) stop(`No spec is called ${wanted.join(' or ')}.`);

// One file at a time: every spec has a server and a browser of its own, and the sandbox is given the cores.
const outcome = spawnSync(process.execPath, ['--test', '--test-concurrency=1', ...specs], {
  stdio: 'inherit',
  env: { ...process.env, INTERVIEWD_BIN: path.resolve(binary), CHROMIUM: chromium },
});
process.exit(outcome.status ?? 1);

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
